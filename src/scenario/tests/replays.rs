//! Replays of real stamps: every format, every complaint.

use super::*;
use crate::model::{Arrivals, Replay, Resample};
use crate::time::Span;

/// A folder of its own under the system's temporary one, with a CSV file in it.
struct Folder(std::path::PathBuf);

impl Folder {
    fn with(name: &str, csv: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("leadsim-replay-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the temporary folder can be written");
        std::fs::write(path.join("leads.csv"), csv).expect("the temporary folder can be written");
        Folder(path)
    }

    fn read(&self, keys: &str) -> Result<Scenario, Problems> {
        let replay = format!("replay = {{ file = \"leads.csv\"{keys} }}");
        from_text(&SMALL.replace("per_hour = 42", &replay), "try", &self.0, &[])
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Left-overs in a temporary folder harm nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn replay(scenario: &Scenario) -> &Replay {
    match &scenario.model.sources[0].arrivals {
        Arrivals::Replay(replay) => replay,
        other => panic!("expected a replay, found {other:?}"),
    }
}

fn message(result: Result<Scenario, Problems>) -> String {
    let problems = result.expect_err("something is wrong");
    assert_eq!(problems.list.len(), 1, "{problems}");
    problems.list[0].message.clone()
}

#[test]
fn reads_every_kind_of_stamp_and_sorts_them() {
    let csv = "id,created\n1,2026-02-04 10:30\n2,2026-02-03T09:00:00.250+0100\n3,2026-02-03 09:00:30\n4,2026-02-02T23:00:00Z\n";
    let folder = Folder::with("formats", csv);
    let scenario = folder.read(", zone = \"UTC\"").unwrap_or_else(|problems| panic!("{problems}"));
    let stamps: Vec<String> = replay(&scenario).stamps.iter().map(ToString::to_string).collect();
    assert_eq!(
        stamps,
        ["2026-02-02T23:00:00Z", "2026-02-03T08:00:00.25Z", "2026-02-03T09:00:30Z", "2026-02-04T10:30:00Z"]
    );
    assert_eq!(
        scenario.notes,
        [
            "leads.csv: 4 of 4 stamps (2026-02-02 to 2026-02-04) fall into the horizon",
            "leads.csv covers 3 of the 7 days of the horizon (2026-02-02 to 2026-02-08); counts, rates and promises about months are too low"
        ]
    );
    let days: Vec<(usize, u8)> = replay(&scenario).days.iter().map(|day| (day.0, day.2)).collect();
    assert_eq!(days, [(0, 0), (1, 1), (3, 2)]);
}

#[test]
fn complaints_name_file_line_and_column() {
    let bad = Folder::with("bad", "id,created\n1,2026-02-04 10:30\n2,02/04/2026\n");
    let said = message(bad.read(", zone = \"UTC\""));
    assert_eq!(said, "leads.csv, line 3, column `created`: \"02/04/2026\" is no date with a time");
    let naive = Folder::with("naive", "created\n2026-02-04 10:30\n");
    assert!(message(naive.read("")).ends_with("has no offset, and no zone is given"));
    let column = Folder::with("column", "craeted\n2026-02-04 10:30\n");
    assert_eq!(message(column.read("")), "leads.csv has no column `created`");
    let empty = Folder::with("empty", "created\n");
    assert_eq!(message(empty.read("")), "leads.csv holds no stamps");
    let help = |folder: &Folder| {
        folder.read("").expect_err("it cannot be read").list[0].help.clone().unwrap_or_default()
    };
    let semicolons = Folder::with("semicolons", "created;tier\n2026-02-04 10:30;1\n");
    assert_eq!(help(&semicolons), "its columns are not separated by commas; save it as CSV with commas");
    assert!(help(&Folder::with("nothing", "")).starts_with("the file is empty"));
    let missing = empty.read(", column = \"created\"").expect_err("still empty");
    assert_eq!(missing.list.len(), 1);
    let text = SMALL.replace("per_hour = 42", "replay = { file = \"nowhere.csv\" }");
    assert!(message(read(&text)).starts_with("cannot read nowhere.csv"));
}

#[test]
fn every_wrong_line_is_told_at_once_up_to_ten() {
    let keys = ", zone = \"UTC\", tier_column = \"tier\"";
    let said = |name: &str, csv: &str| {
        let folder = Folder::with(name, csv);
        let replay = format!("replay = {{ file = \"leads.csv\"{keys} }}");
        let text = format!("{}[tiers.1]\n", SMALL.replace("per_hour = 42", &replay));
        let problems = from_text(&text, "try", &folder.0, &[]).expect_err("lines are wrong").list;
        problems.into_iter().map(|problem| problem.message).collect::<Vec<String>>()
    };
    let good = "2026-02-04 10:30,1\n";
    let three = format!("created,tier\n{good}soon,1\n{good}2026-02-30 10:30,1\n2026-02-04 10:30,9\n");
    assert_eq!(
        said("three", &three),
        [
            "leads.csv, line 3, column `created`: \"soon\" is no date with a time",
            "leads.csv, line 5, column `created`: \"2026-02-30 10:30\" is no date with a time",
            "leads.csv, line 6, column `tier`: there is no tier \"9\"",
        ]
    );
    assert_eq!(said("both", "created,tier\nsoon,9\n").len(), 2);
    let many = said("many", &format!("created,tier\n{}", "soon,1\n".repeat(12)));
    assert_eq!((many.len(), many[10].as_str()), (11, "leads.csv: and 2 more lines"));
    assert_eq!(
        said("eleven", &format!("created,tier\n{}", "soon,1\n".repeat(11)))[10],
        "leads.csv: and 1 more line"
    );
}

#[test]
fn a_record_of_another_year_is_refused_or_shifted() {
    let folder = Folder::with("shift", "created\n2011-10-05 10:30\n2011-10-07 16:00\n");
    let said = message(folder.read(", zone = \"UTC\""));
    assert_eq!(
        said,
        "none of the 2 stamps of leads.csv (2011-10-05 to 2011-10-07) falls into the horizon (2026-02-02 to 2026-02-08)"
    );
    let scenario = folder
        .read(", zone = \"UTC\", shift_to = \"horizon\"")
        .unwrap_or_else(|problems| panic!("{problems}"));
    let stamps: Vec<String> = replay(&scenario).stamps.iter().map(ToString::to_string).collect();
    assert_eq!(stamps, ["2026-02-04T10:30:00Z", "2026-02-06T16:00:00Z"], "weekday and clock stay");
}

#[test]
fn a_record_that_lies_mostly_outside_of_the_run_is_warned_of() {
    let warnings = |csv: &str, keys: &str| {
        let folder = Folder::with("outside", csv);
        folder
            .read(&format!(", zone = \"UTC\"{keys}"))
            .unwrap_or_else(|problems| panic!("{problems}"))
            .warnings
    };
    let mistyped = "created\n2026-02-04 10:30\n2062-02-04 10:30\n2062-02-05 10:30\n";
    let said = warnings(mistyped, "");
    assert_eq!(said.len(), 1);
    for part in [
        "leads.csv: 2 of 3 stamps (2026-02-04 to 2062-02-05)",
        "horizon 2026-02-02 to 2026-02-08",
        "shift_to = \"horizon\"",
        "under sources.web.replay",
    ] {
        assert!(said[0].contains(part), "{part}: {}", said[0]);
    }
    // Shifting keeps the years apart, so it is no way out of a mistyped one.
    assert_eq!(
        warnings(
            "created\n2011-10-05 10:30\n2012-10-05 10:30\n2012-10-06 10:30\n",
            ", shift_to = \"horizon\""
        )
        .len(),
        1
    );
    assert!(warnings("created\n2026-02-04 10:30\n2062-02-04 10:30\n", "").is_empty(), "half of it is played");
    assert!(warnings(mistyped, ", resample = \"day\"").is_empty(), "days are drawn from any year");
}

#[test]
fn tiers_come_from_their_column() {
    let folder = Folder::with(
        "tiers",
        "created,tier\n2026-02-04 10:30,hot\n2026-02-03 10:30,cold\n2026-02-05 10:30,hot\n",
    );
    let keys = ", zone = \"UTC\", tier_column = \"tier\"";
    let text = |tiers: &str| {
        format!(
            "{}\n{tiers}",
            SMALL.replace("per_hour = 42", &format!("replay = {{ file = \"leads.csv\"{keys} }}"))
        )
    };
    let two = from_text(&text("[tiers.hot]\n[tiers.cold]\n"), "try", &folder.0, &[])
        .unwrap_or_else(|problems| panic!("{problems}"));
    let tiers: Vec<u8> = replay(&two).tiers.iter().flatten().map(|tier| tier.0).collect();
    assert_eq!(tiers, [1, 0, 0]);
    assert!((two.model.sources[0].tier_mix.share(0) - 2.0 / 3.0).abs() < 1e-12);
    let one = from_text(&text("[tiers.hot]\n"), "try", &folder.0, &[]);
    assert_eq!(message(one), "leads.csv, line 3, column `tier`: there is no tier \"cold\"");
}

#[test]
fn weeks_can_be_resampled_only_if_there_is_one() {
    let short = Folder::with("short", "created\n2011-10-05 10:30\n2011-10-07 16:00\n");
    assert!(message(short.read(", zone = \"UTC\", resample = \"week\"")).contains("no whole Monday week"));
    let long = Folder::with("long", "created\n2011-10-03 10:30\n2011-10-17 16:00\n");
    let scenario =
        long.read(", zone = \"UTC\", resample = \"week\"").unwrap_or_else(|problems| panic!("{problems}"));
    let replay = replay(&scenario);
    assert_eq!(
        (replay.resample, replay.days.len(), replay.days[14]),
        (Resample::Week, 15, (1, replay.stamps[1] - Span::hours(16), 0))
    );
    assert_eq!(replay.targets[0].0, scenario.model.horizon.opens);
}
