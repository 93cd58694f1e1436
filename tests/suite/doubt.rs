//! The doubt of a run: luck and inputs told apart where both are known, the same on any number of threads, said by every command.

use crate::cli::{Place, TEMPLATE, leadsim, out};
use crate::measured::scenario;
use crate::sensitivity::DAY;
use leadsim::plan::doubt::{self, Better, Doubt, Doubts};
use leadsim::plan::uncertainty;
use leadsim::study::{self, Quiet, Settings, Trials};

fn doubts(uncertain: &str, draws: u64, each: u64) -> Doubts {
    let scenario = scenario(&format!("{DAY}[uncertainty]\n{uncertain}"));
    let settings = Settings { seed: 11, trials: Trials::Fixed(60), ..Settings::default() };
    let study = study::run(scenario.model.clone(), settings, &Quiet).expect("it is played");
    let drawn = uncertainty::drawn(&scenario, 11, draws).unwrap_or_else(|error| panic!("{error}"));
    doubt::doubts(&scenario, &study, drawn, each, &Quiet).expect("it is played").expect("nobody stops it")
}

fn row<'a>(doubts: &'a Doubts, measure: &str) -> &'a Doubt {
    doubts.rows.iter().find(|row| row.measure == measure).expect("the measure is told")
}

/// MQLs of a day are Poisson with 24 times the rate an hour, the rate log-normal with its 10th and 90th percentile 10 % off 2: its logarithm has
/// the standard deviation s = ln(2.2 / (2 / 1.1)) / 2 / 1.28155 = 0.0744, so the variance of the inputs is (48 exp(s²/2))² (exp(s²) − 1) = 12.9,
/// and that of luck the mean, 48.1. With 500 draws of 20 trials the first is known to (12.9 + 2.4) / 12.9 · √(2/499) = 7.5 %, the second to
/// √(2/9500) = 1.5 %, the mean to 0.18. Each is held to five standard errors: a false alarm, were the seed changed, has a chance below 1e-5.
#[test]
fn a_doubtful_rate_and_poisson_luck_are_told_apart() {
    let uncertain = "\"sources.web.per_hour\" = { low = \"1.81818182\", high = \"2.2\" }\n\"routing.delay\" = { low = \"1sec\", high = \"2sec\" }\n";
    let found = doubts(uncertain, 500, 20);
    let mqls = row(&found, "mqls");
    let s = (1.1_f64 * 1.1).ln() / 2.0 / 1.281_551_565_544_6;
    let mean = 48.0 * (s * s / 2.0).exp();
    let inputs = mean * mean * ((s * s).exp() - 1.0);
    assert!((mqls.drawn.mean - mean).abs() < 5.0 * 0.18, "{mqls:?} {mean}");
    assert!((mqls.drawn.inputs / inputs - 1.0).abs() < 5.0 * 0.075, "{mqls:?} {inputs}");
    assert!((mqls.drawn.luck / mean - 1.0).abs() < 5.0 * 0.015, "{mqls:?} {mean}");
    assert!((mqls.data / (1.959_964 * mqls.drawn.inputs.sqrt()) - 1.0).abs() < 1e-6);
    assert!(mqls.share_of_inputs.is_some_and(|share| share > 0.99), "{mqls:?}");
    // the rate explains all of it, the second of routing nothing; a range half as wide leaves a quarter of the variance, so half of the ±
    let leading = mqls.leading.as_ref().expect("one input stands out");
    assert_eq!((leading.path.as_str(), leading.better), ("sources.web.per_hour", Better::HalfTheRange));
    assert!(leading.share > 0.9 && (leading.data_then / mqls.data - 0.5).abs() < 0.06, "{leading:?}");
}

/// Where inputs hardly vary, all of the doubt is luck, and no input is blamed.
#[test]
fn luck_alone_is_not_put_down_to_inputs() {
    let found = doubts("\"sources.web.per_hour\" = { low = \"1.9999\", high = \"2.0001\" }\n", 60, 20);
    let mqls = row(&found, "mqls");
    assert!(mqls.leading.is_none() && mqls.share_at_least == Some(0.0) && !mqls.is_beyond_luck(), "{mqls:?}");
    let place = Place::new("doubt-weak");
    let file = place.0.join("weak.toml").display().to_string();
    let weak =
        format!("{DAY}[uncertainty]\n\"sources.web.per_hour\" = {{ low = \"1.9999\", high = \"2.0001\" }}\n");
    std::fs::write(&file, weak).expect("a file");
    let folder = place.0.join("out").display().to_string();
    let text = joined(&out(&place, &["run", &file, "--trials", "60", "--out", &folder]));
    assert!(
        text.contains("No doubt from the inputs can be told from luck; more runs help: --trials 4800"),
        "{text}"
    );
    assert!(!text.contains(", data "), "{text}");
    let row = text.split("MQLs a horizon").nth(1).expect("a row of the table");
    let row = row.split_whitespace().take(6).collect::<Vec<_>>();
    assert_eq!(&row[3..6], ["–", "–", "–"], "{row:?}");
    let csv = std::fs::read_to_string(place.0.join("out/uncertainty.csv")).expect("a table of its own");
    let mut lines = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let column = head.iter().position(|name| *name == "share_of_inputs_at_least").expect("a column");
    assert!(lines.any(|cells| cells[0] == "mqls" && cells[column] == "0"), "{csv}");
}

/// At a rate of next to nothing a draw judges no lead in 20 days: it has no attainment, and the page says of how many draws it is told.
#[test]
fn draws_in_which_nothing_is_judged_are_said_to_be_left_out() {
    let found = doubts("\"sources.web.per_hour\" = { low = \"0.000001\", high = \"10\" }\n", 60, 20);
    let kept = row(&found, "attainment");
    assert!((2..60).contains(&kept.drawn.groups), "{kept:?}");
    let place = Place::new("doubt-nothing-judged");
    let file = place.0.join("rare.toml").display().to_string();
    let rare =
        format!("{DAY}[uncertainty]\n\"sources.web.per_hour\" = {{ low = \"0.000001\", high = \"10\" }}\n");
    std::fs::write(&file, rare).expect("a file");
    let text = joined(&out(&place, &["run", &file, "--trials", "20", "--no-out"]));
    assert!(text.contains("Draws with nothing to judge are left out: \"S1 kept\" by "), "{text}");
}

/// Of 5 and 7 reps, each as likely, leads are begun at once on a known share of days: 60.9 % and 98.0 % of days reach the goal (dynamic
/// programming), so the inputs' standard deviation is half of the difference, 18.6 points, and their mean 79.5 %. With 200 draws of 20 the mean
/// is known to 1.4 points, the variance to about 9 %; both within five standard errors.
#[test]
fn values_one_by_one_are_drawn_as_they_are_written() {
    let found = doubts("\"team.reps.count\" = { values = [\"5\", \"7\"] }\n", 200, 20);
    let holds = row(&found, "holds");
    let (low, high) = (0.608_878_285_276_929, 0.980_498_395_856_515);
    assert!((holds.drawn.mean - (low + high) / 2.0).abs() < 0.07, "{holds:?}");
    let inputs = ((high - low) / 2.0_f64).powi(2);
    assert!((holds.drawn.inputs / inputs - 1.0).abs() < 0.45, "{holds:?} {inputs}");
    let leading = holds.leading.as_ref().expect("one input");
    assert!(leading.better == Better::Known && leading.data_then < 0.35 * holds.data, "{leading:?}");
}

fn doubtful(place: &Place) -> String {
    let text = format!(
        "{DAY}[uncertainty]\n\"sources.web.per_hour\" = {{ low = \"1.25\", high = \"5.0\" }}\n\"team.reps.count\" = {{ values = [\"5\", \"6\", \"7\"] }}\n"
    );
    let path = place.0.join("doubtful.toml");
    std::fs::write(&path, text).expect("a file in a place of its own");
    path.display().to_string()
}

fn joined(text: &str) -> String {
    text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn run_says_what_is_luck_and_what_are_the_inputs() {
    let place = Place::new("doubt");
    let file = doubtful(&place);
    let folder = place.0.join("out").display().to_string();
    let text = joined(&out(&place, &["run", &file, "--trials", "60", "--out", &folder]));
    for words in [
        "DOUBT The rest of this page takes every input as written.",
        "With the 2 inputs of [uncertainty] drawn 60 times instead: S1 is kept for",
        "of the doubt is from the inputs: more runs cannot help, for they leave the interval of data as it is; better inputs can.",
        "comes from sources.web.per_hour: low and high half as far apart",
        "RUNS, INTERVAL DATA, INTERVAL FROM INPUTS",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let quiet = joined(&out(&place, &["run", &file, "--trials", "60", "--no-out", "--quiet"]));
    assert!(quiet.contains("DOUBT") && !quiet.contains("RUNS, INTERVAL"), "{quiet}");
    let csv = std::fs::read_to_string(place.0.join("out/uncertainty.csv")).expect("a table of its own");
    assert!(
        csv.starts_with("measure,commitment,unit,as_written,") && csv.contains("\nholds,S1,share,"),
        "{csv}"
    );
    let page = std::fs::read_to_string(place.0.join("out/report.html")).expect("a page");
    assert!(page.contains("With uncertain inputs drawn"), "the page has the table");
    let summary = std::fs::read_to_string(place.0.join("out/summary.txt")).expect("a summary");
    assert!(summary.contains("DOUBT"), "{summary}");
}

#[test]
fn the_doubt_is_the_same_on_any_number_of_threads_and_absent_without_doubt() {
    let place = Place::new("doubt-threads");
    let file = doubtful(&place);
    let on = |threads: &str| {
        out(&place, &["run", &file, "--trials", "60", "--no-out", "--format", "json", "--threads", threads])
    };
    let one = on("1");
    assert_eq!(one, on("3"));
    let document: serde_json::Value = serde_json::from_str(&one).expect("JSON");
    let doubt = &document["input_uncertainty"];
    assert_eq!((doubt["draws"].as_u64(), doubt["trials_of_a_draw"].as_u64()), (Some(60), Some(20)));
    assert_eq!(doubt["measures"][0]["commitment"], "S1");
    assert_eq!(doubt["measures"][0]["more_runs_cannot_help"], true);
    let sure = place.0.join("sure.toml");
    std::fs::write(&sure, DAY).expect("a file");
    let sure = sure.display().to_string();
    let without = out(&place, &["run", &sure, "--trials", "60", "--no-out", "--format", "json"]);
    let without: serde_json::Value = serde_json::from_str(&without).expect("JSON");
    assert!(without.get("input_uncertainty").is_none());
    assert_eq!(without["estimates"], document["estimates"], "the run itself takes inputs as written");
}

/// A precision is one of luck alone, and the page says so where the inputs leave more open.
#[test]
fn a_precision_is_told_to_be_of_luck_alone() {
    let place = Place::new("doubt-precision");
    let file = doubtful(&place);
    let text = joined(&out(&place, &["run", &file, "--precision", "3pp", "--no-out"]));
    assert!(text.contains("points asked for are of luck alone"), "{text}");
}

#[test]
fn other_commands_say_that_they_take_inputs_as_written() {
    let place = Place::new("doubt-others");
    let file = doubtful(&place);
    let line = "Inputs of [uncertainty] (sources.web.per_hour, team.reps.count) are taken as written here;";
    let commands: [&[&str]; 5] = [
        &["why", "--trials", "20"],
        &["size", "--over", "team.reps.count=5..7", "--at-most", "100", "--confirm", "50"],
        &["sweep", "--over", "team.reps.count=5,7", "--trials", "50"],
        &["compare", "--line", "more: team.reps.count=7", "--trials", "50"],
        &["stress", "--trials", "20"],
    ];
    for command in commands {
        let arguments: Vec<&str> = command[..1]
            .iter()
            .chain([&file.as_str()])
            .chain(&command[1..])
            .chain(&["--no-out"])
            .copied()
            .collect();
        let text = joined(&out(&place, &arguments));
        assert!(text.contains(line), "{command:?}: {text}");
    }
}

#[test]
fn what_cannot_be_drawn_is_named_with_the_way_out() {
    let place = Place::new("doubt-refused");
    for (entry, wanted) in [
        (
            "\"routing.policy\" = { low = \"pool\", high = \"round robin\" }",
            "values = [\"pool\", \"round robin\"]",
        ),
        ("\"team.reps.shift\" = { low = \"08:00\", high = \"09:00\" }", "more than one number"),
        ("\"team.reps.count\" = { values = [\"5\"] }", "two or more"),
        ("\"team.reps.count\" = { values = [\"5\", \"x\"] }", "[uncertainty] drew team.reps.count=x"),
        ("\"team.reps.cuont\" = { values = [\"5\", \"6\"] }", "count"),
        (
            "\"work.dial.mean\" = { low = \"1min\", high = \"5min\", values = [\"1min\", \"2min\"] }",
            "values alone",
        ),
    ] {
        let file = place.0.join("refused.toml");
        std::fs::write(&file, format!("{DAY}[uncertainty]\n{entry}\n")).expect("a file");
        let file = file.display().to_string();
        let output =
            leadsim(&place, &["run", &file, "--no-out", "--trials", "20"]).output().expect("it starts");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{entry}: {told}");
        assert!(told.contains(wanted), "{entry}: {told}");
    }
}

/// Money of a comparison and of a sweep stands under two curves, with what that means for the recommendation.
#[test]
fn comparisons_and_sweeps_tell_money_under_a_second_curve() {
    let place = Place::new("second-curve");
    let line = ["--line", "back-up: routing.tiers.1.back_up.after=5min", "--trials", "60"];
    let text = joined(&out(&place, &[&["compare", TEMPLATE, "--no-out"][..], &line].concat()));
    assert!(text.contains("Under the decay curve \"moderate\" instead of \"gentle\""), "{text}");
    assert!(text.contains("(first 60 quarters, the same leads) back-up brings +"), "{text}");
    assert!(text.contains("the recommendation does not change"), "{text}");
    let sweep =
        ["sweep", TEMPLATE, "--levers", "--over", "team.reps.count=4,8", "--trials", "50", "--no-out"];
    let text = joined(&out(&place, &sweep));
    assert!(
        text.contains("50 quarters at a few points, the same leads under both decay curves; \"moderate\" is possible only with"),
        "{text}"
    );
    assert!(text.contains("4 to 8, ") && text.contains("under \"gentle\" and "), "{text}");
    assert!(text.contains("the recommendation does not change"), "{text}");
    let curve =
        ["sweep", TEMPLATE, "--over", "buyers.decay.curve=gentle,moderate", "--trials", "50", "--no-out"];
    let text = joined(&out(&place, &curve));
    assert!(
        text.contains("Opportunities stand under one decay curve only: the decay curve is what is varied."),
        "{text}"
    );
}

/// Slower answers to leads that qualify more often pay where speed is worth little, and not where it is worth much: both beyond chance, so the page says
/// that the recommendation changes.
#[test]
fn a_recommendation_that_hangs_on_the_curve_is_told_to_change() {
    let place = Place::new("second-curve-changes");
    let line = "slow: routing.delay=3h, buyers.tiers.2.qualified=0.8, buyers.tiers.3.qualified=0.75";
    let text = joined(&out(&place, &["compare", TEMPLATE, "--no-out", "--line", line, "--trials", "100"]));
    assert!(
        text.contains("the recommendation changes: slow is then worse than template in opportunities"),
        "{text}"
    );
}
