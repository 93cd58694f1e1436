//! A sweep spends its trials where its curve needs them: every point is as sure as was asked, those around the goal and at bends surer, and a
//! range of fractions has points put in there.

use crate::cli::{Place, leadsim};
use crate::size::DAY;
use std::collections::BTreeMap;

type Row = BTreeMap<String, String>;

fn swept(name: &str, over: &str) -> (String, Vec<Row>) {
    let place = Place::new(name);
    std::fs::write(place.0.join("day.toml"), DAY).expect("a file can be written");
    let output =
        leadsim(&place, &["sweep", "day.toml", "--over", over, "--out", "s", "--seed", "1"]).assert();
    let text = String::from_utf8_lossy(&output.success().get_output().stdout).replace("\n  ", " ");
    let mut table = csv::Reader::from_path(place.0.join("s/sweep.csv")).expect("sweep.csv");
    (text, table.deserialize().map(|row| row.expect("a row")).collect())
}

fn number(row: &Row, name: &str) -> f64 {
    row[name].parse().unwrap_or_else(|_| panic!("{name} in {row:?}"))
}

fn half(row: &Row, name: &str) -> f64 {
    (number(row, &format!("{name}_high")) - number(row, &format!("{name}_low"))) / 2.0
}

/// Six reps hold their goal on 89.4 % of days with two leads an hour for one rep in half an hour: the curve crosses 90 % just before.
#[test]
fn points_are_put_in_where_the_goal_is_crossed_and_all_are_sure_enough() {
    let (text, rows) = swept("sweep-put-in", "sources.web.per_hour=1..3:0.5");
    let values: Vec<f64> = rows.iter().map(|row| number(row, "sources.web.per_hour")).collect();
    assert!(values.windows(2).all(|pair| pair[0] < pair[1]), "{values:?}");
    let put_in: Vec<f64> = rows
        .iter()
        .filter(|row| row["put_in"] == "yes")
        .map(|row| number(row, "sources.web.per_hour"))
        .collect();
    // the step on the side where it is crossed is halved twice
    let near = put_in.iter().filter(|value| (1.5..=2.5).contains(*value)).count();
    assert!(near >= 2 && rows.len() <= 7, "{put_in:?}");
    assert!(text.contains("Put in between the values asked for"), "{text}");
    for row in &rows {
        let capped = row["trials"] == "1200";
        assert!(capped || half(row, "kept") <= 0.01 && half(row, "holds") <= 0.03, "{row:?}");
    }
    assert!(text.contains("in all, where the most at every point would have been"), "{text}");
}

/// Whole numbers have nothing in between. The two sizes between which the curve as written crosses the goal (at six: 89.4 %, seven: 98.0 %; luck
/// may put six on either side) are played until twice as sure, or as long as a point may be.
#[test]
fn the_sizes_around_the_goal_are_surer_than_was_asked() {
    let (_, rows) = swept("sweep-surer", "team.reps.count=3..9");
    assert!(rows.len() == 7 && rows.iter().all(|row| row["put_in"] == "no"));
    let enough = rows.iter().position(|row| number(row, "holds") >= 0.9).expect("some size is enough");
    assert!(["6", "7"].contains(&rows[enough]["team.reps.count"].as_str()), "{:?}", rows[enough]);
    for row in &rows[enough - 1..=enough] {
        let sure = half(row, "holds") <= 0.015 && half(row, "kept") <= 0.005;
        assert!(row["trials"] == "1200" || sure, "{row:?}");
    }
    assert!(number(&rows[6], "trials") < 600.0, "{:?}", rows[6]);
}
