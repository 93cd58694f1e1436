//! The JSON document: it fits its schema, does not depend on threads, and agrees with the tables and the sweep.

use super::cli::{Place, TEMPLATE, out};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;

/// What is wrong with `value` under `schema`: the part of JSON Schema that the program's own schemas use.
fn wrong(schema: &Value, value: &Value, root: &Value, at: &str, problems: &mut Vec<String>) {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(name.trim_start_matches('#')).expect("a reference leads somewhere");
        return wrong(target, value, root, at, problems);
    }
    if let Some(options) = schema.get("anyOf").or(schema.get("oneOf")).and_then(Value::as_array) {
        let fits = options.iter().any(|option| {
            let mut inner = Vec::new();
            wrong(option, value, root, at, &mut inner);
            inner.is_empty()
        });
        if !fits {
            problems.push(format!("{at}: {value} fits none of {} options", options.len()));
        }
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() || number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is = |name: &Value| name == kind || (name == "number" && kind == "integer");
    match schema.get("type") {
        Some(Value::Array(names)) if !names.iter().any(is) => {
            problems.push(format!("{at}: {kind}, not {names:?}"))
        }
        Some(name @ Value::String(_)) if !is(name) => problems.push(format!("{at}: {kind}, not {name}")),
        _ => {}
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array)
        && !words.contains(value)
    {
        problems.push(format!("{at}: {value} is none of {words:?}"));
    }
    if schema.get("const").is_some_and(|only| only != value) {
        problems.push(format!("{at}: {value} is not {}", schema["const"]));
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        for (place, item) in values.iter().enumerate() {
            wrong(items, item, root, &format!("{at}[{place}]"), problems);
        }
    }
    let Some(fields) = value.as_object() else { return };
    let properties = schema.get("properties").and_then(Value::as_object);
    for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
        if !fields.contains_key(name.as_str().expect("names are text")) {
            problems.push(format!("{at}: {name} is missing"));
        }
    }
    for (name, inner) in properties.into_iter().flatten() {
        if let Some(field) = fields.get(name) {
            wrong(inner, field, root, &format!("{at}.{name}"), problems);
        }
    }
    for name in fields.keys() {
        if properties.is_some_and(|known| !known.contains_key(name)) {
            problems.push(format!("{at}: {name} is not in the schema"));
        }
    }
}

fn document(place: &Place, more: &[&str]) -> Value {
    let text = out(place, &[&["run", TEMPLATE, "--format", "json", "--no-out"], more].concat());
    serde_json::from_str(&text).expect("standard output is one JSON document and nothing else")
}

fn schema(place: &Place) -> Value {
    serde_json::from_str(&out(place, &["schema", "--of", "estimates"])).expect("a schema")
}

/// The value of a measure over the horizon, of a commitment or of all leads.
fn value(document: &Value, measure: &str, commitment: Option<&str>) -> f64 {
    let rows = document["estimates"].as_array().expect("rows");
    let row = rows.iter().find(|row| {
        row["measure"] == measure
            && row["commitment"].as_str() == commitment
            && row["period"] == "horizon"
            && row["scope"] == "all"
            && (commitment.is_some() || row["tier"].is_null())
    });
    row.unwrap_or_else(|| panic!("no {measure}"))["value"].as_f64().expect("a number")
}

#[test]
fn the_document_fits_its_schema() {
    let place = Place::new("schema");
    let schema = schema(&place);
    let weak = ["--set", "buyers.decay.strength={1=0.2, 2=0.1, 3=0.1}"];
    for more in [vec!["--trials", "1"], [vec!["--trials", "60"], weak.to_vec()].concat()] {
        let document = document(&place, &more);
        let mut problems = Vec::new();
        wrong(&schema, &document, &schema, "document", &mut problems);
        assert!(problems.is_empty(), "{}", problems.join("\n"));
        let shares =
            document["estimates"].as_array().expect("rows").iter().filter(|row| row["unit"] == "share");
        for row in shares {
            let ends = [&row["low"], &row["value"], &row["high"]];
            let known: Vec<f64> = ends.iter().filter_map(|end| end.as_f64()).collect();
            assert!(known.is_sorted() && known.iter().all(|s| (0.0..=1.0).contains(s)), "{row}");
        }
    }
}

/// Each table of periods holds the very rows of the document, and totals are blank where nothing is judged by a clock.
#[test]
fn weeks_and_months_in_the_tables_are_those_of_the_document() {
    let place = Place::new("periods");
    let run = ["run", TEMPLATE, "--trials", "12", "--out", "run", "--format", "json"];
    let document: Value = serde_json::from_str(&out(&place, &run)).expect("JSON");
    let rows = document["estimates"].as_array().expect("rows");
    for kind in ["week", "month"] {
        let of_kind: Vec<&Value> = rows
            .iter()
            .filter(|row| row["period"].as_str().is_some_and(|period| period.starts_with(kind)))
            .collect();
        let mut table =
            csv::Reader::from_path(place.0.join(format!("run/by-{kind}.csv"))).expect("the table");
        let lines: Vec<BTreeMap<String, String>> =
            table.deserialize().map(|line| line.expect("a row")).collect();
        assert_eq!(lines.len(), of_kind.len());
        for (line, row) in lines.iter().zip(of_kind) {
            assert_eq!(line["measure"], row["measure"].as_str().expect("a name"));
            let (written, read) = (line["value"].parse::<f64>().ok(), row["value"].as_f64());
            let apart = written.zip(read).map_or(0.0, |(a, b)| (a - b).abs() / b.abs().max(1.0));
            assert!(written.is_some() == read.is_some() && apart < 1e-12, "{row}");
            let counted = row["measure"] == "attainment" && row["scope"] == "all";
            assert_eq!(row["rejected_before"].is_u64(), counted, "{row}");
            assert_eq!(line["open"].is_empty(), !counted, "{row}");
        }
        for measure in ["attainment", "contact_rate", "occupancy", "time_in_stage", "leakage_total"] {
            assert!(lines.iter().any(|line| line["measure"] == measure), "{measure} by {kind}");
        }
    }
}

#[test]
fn the_validator_of_these_tests_refuses_what_is_wrong() {
    let place = Place::new("validator");
    let schema = schema(&place);
    let good = document(&place, &["--trials", "2"]);
    let spoilt: [(&str, Value); 5] = [
        ("/seed", Value::from("one")),
        ("/estimates/0/unit", Value::from("bananas")),
        ("/estimates/0/value", Value::from("0.5")),
        ("/commitments/0/verdict", Value::from("perhaps")),
        ("/horizon", Value::from(serde_json::Map::new())),
    ];
    for (path, bad) in spoilt {
        let mut document = good.clone();
        *document.pointer_mut(path).expect("the field is there") = bad;
        let mut problems = Vec::new();
        wrong(&schema, &document, &schema, "document", &mut problems);
        assert!(!problems.is_empty(), "{path} was let through");
    }
}

#[test]
fn the_schema_in_the_documents_is_the_program_s_own() {
    let place = Place::new("schema-file");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/estimates.schema.json");
    let kept = fs::read_to_string(path).expect("docs/estimates.schema.json is kept");
    assert_eq!(kept, out(&place, &["schema", "--of", "estimates"]), "leadsim schema --of estimates > {path}");
}

#[test]
fn the_answer_does_not_depend_on_threads_and_hangs_on_the_seed() {
    let place = Place::new("threads");
    let one = document(&place, &["--trials", "40", "--threads", "1"]);
    assert_eq!(one, document(&place, &["--trials", "40", "--threads", "4"]));
    assert_ne!(one["estimates"], document(&place, &["--trials", "40", "--seed", "2"])["estimates"]);
}

#[test]
fn the_tables_add_up_to_the_estimates() {
    let place = Place::new("tables");
    let run = ["run", TEMPLATE, "--trials", "30", "--out", "run", "--trace", "2", "--format", "json"];
    let document: Value = serde_json::from_str(&out(&place, &run)).expect("JSON");
    let mut trials = csv::Reader::from_path(place.0.join("run/trials.csv")).expect("trials.csv");
    let rows: Vec<BTreeMap<String, f64>> = trials.deserialize().map(|row| row.expect("numbers")).collect();
    assert_eq!(rows.len(), 30);
    let sum = |name: &str| rows.iter().map(|row| row[name]).sum::<f64>();
    let kept = sum("S1_kept") / sum("S1_judged");
    assert!((kept - value(&document, "attainment", Some("S1"))).abs() < 1e-12, "{kept}");
    let opportunities = sum("opportunities_expected") / 30.0;
    assert!((opportunities - value(&document, "opportunities", None)).abs() < 1e-3, "{opportunities}");

    // leads.csv judges every lead again, from its stamps alone
    let mut leads = csv::Reader::from_path(place.0.join("run/leads.csv")).expect("leads.csv");
    let horizon = "2026-02-01T00:00:00-05:00".parse::<jiff::Timestamp>().expect("a stamp")
        .."2026-05-01T00:00:00-04:00".parse::<jiff::Timestamp>().expect("a stamp");
    let (mut kept, mut judged) = ([0.0; 2], [0.0; 2]);
    for lead in leads.deserialize::<BTreeMap<String, String>>() {
        let lead = lead.expect("a row");
        let Ok(routed) = lead["routed"].parse::<jiff::Timestamp>() else { continue };
        let trial: usize = lead["trial"].parse().expect("a number");
        if horizon.contains(&routed) && matches!(lead["S1_verdict"].as_str(), "kept" | "missed") {
            judged[trial] += 1.0;
            kept[trial] += f64::from(u8::from(lead["S1_verdict"] == "kept"));
            let due: jiff::Timestamp = lead["S1_due"].parse().expect("a due time");
            let in_time = lead["attempted"].parse::<jiff::Timestamp>().is_ok_and(|at| at <= due);
            // stamps are written to the second, so a tie may go either way
            let tie = lead["attempted"].parse::<jiff::Timestamp>().is_ok_and(|at| at == due);
            assert!(tie || in_time == (lead["S1_verdict"] == "kept"), "{lead:?}");
        }
    }
    for trial in 0..2 {
        assert_eq!((kept[trial], judged[trial]), (rows[trial]["S1_kept"], rows[trial]["S1_judged"]));
        assert!(judged[trial] > 30.0, "a quarter brings some 70 Tier 1 leads");
    }
}

#[test]
fn a_sweep_agrees_with_a_run_of_the_same_point_and_shares_its_luck() {
    let place = Place::new("sweep");
    let sweep = ["sweep", TEMPLATE, "--over", "team.reps.count=2,6", "--trials", "60", "--out", "sweep"];
    let lines = ["--line", "as it is:", "--line", "back-up: routing.tiers.1.back_up.after=5min"];
    let text = out(&place, &[&sweep[..], &lines].concat());
    assert!(text.contains("as it is: ") && text.contains("back-up: rises from "), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let mut table = csv::Reader::from_path(place.0.join("sweep/sweep.csv")).expect("sweep.csv");
    let rows: Vec<BTreeMap<String, String>> = table.deserialize().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 4);
    let kept = |line: &str, reps: &str| -> f64 {
        let row = rows.iter().find(|row| row["line"] == line && row["team.reps.count"] == reps);
        row.expect("the point is there")["kept"].parse().expect("a number")
    };
    let run = document(&place, &["--trials", "60"]);
    assert_eq!(kept("as it is", "6"), value(&run, "attainment", Some("S1")));
    assert!(kept("back-up", "6") > kept("as it is", "6") + 0.1);
    for picture in ["capacity-curve.png", "capacity-curve.svg"] {
        assert!(place.0.join("sweep").join(picture).metadata().expect("it is drawn").len() > 5_000);
    }
}

#[test]
fn a_sweep_keeps_the_scenario_as_it_is_beside_the_lines_and_names_words_one_by_one() {
    let place = Place::new("sweep-words");
    let sweep = ["sweep", TEMPLATE, "--over", "routing.tiers.1.policy=round robin,pool", "--trials", "20"];
    let lines = ["--line", "back-up: routing.tiers.1.back_up.after=5min", "--out", "words"];
    let text = out(&place, &[&sweep[..], &lines].concat());
    assert!(text.contains("as it is: kept for ") && text.contains("back-up: kept for "), "{text}");
    assert!(text.contains(" with round robin and ") && !text.contains("rises"), "{text}");
    let picture = std::fs::read_to_string(place.0.join("words/capacity-curve.svg")).expect("it is drawn");
    assert!(picture.contains("round robin") && picture.contains("pool"));
}

#[test]
fn a_swept_target_is_drawn_on_one_unit_and_promised_in_no_title() {
    let place = Place::new("sweep-target");
    let over = "commitments.S1.within=15 business min,30 business min,1 business hour";
    let text = out(&place, &["sweep", TEMPLATE, "--over", over, "--trials", "20", "--out", "target"]);
    assert!(text.contains("first attempt in time") && !text.contains("within 15 minutes"), "{text}");
    let picture = std::fs::read_to_string(place.0.join("target/capacity-curve.svg")).expect("it is drawn");
    assert!(picture.contains("business minutes") && picture.contains("60") && picture.contains("today: 15"));
}

#[test]
fn a_point_that_cannot_be_true_is_refused_and_the_others_are_played() {
    let place = Place::new("sweep-refused");
    let over = "buyers.decay.strength.1=0.6,10";
    let text = out(&place, &["sweep", TEMPLATE, "--over", over, "--trials", "20", "--no-out"]);
    assert!(text.contains("refused") && text.contains("cannot be true of tier 1"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}
