//! The command line as a user meets it: answers, exit codes, and messages that end with the way out.

use assert_cmd::Command;
use std::fs;
use std::path::{Path, PathBuf};

/// The template's own file.
pub const TEMPLATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/template.toml");

/// A folder of a test's own, empty, below the build folder; removed when the test is over.
pub struct Place(pub PathBuf);

impl Place {
    pub fn new(name: &str) -> Place {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        if path.exists() {
            fs::remove_dir_all(&path).expect("an earlier run's folder can go");
        }
        fs::create_dir_all(&path).expect("the build folder takes folders");
        Place(path)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The program, working in `place`.
pub fn leadsim(place: &Place, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("leadsim").expect("the binary is built with the tests");
    command.current_dir(&place.0).args(arguments);
    command
}

/// Standard output of a run that must succeed.
pub fn out(place: &Place, arguments: &[&str]) -> String {
    let output = leadsim(place, arguments).output().expect("the program starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Exit code and standard error.
fn failure(place: &Place, arguments: &[&str]) -> (i32, String) {
    let output = leadsim(place, arguments).output().expect("the program starts");
    (output.status.code().expect("no signal"), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn run_answers_in_words_first_and_fits_the_page() {
    let place = Place::new("answer");
    let text = out(&place, &["run", TEMPLATE, "--trials", "60", "--no-out"]);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("template: 6 reps, one owner by round robin"), "{text}");
    assert!(lines[2].starts_with("NO   \"Tier 1 within 15 minutes\" does not hold."), "{text}");
    assert!(lines[2].contains("goal 90 %*"), "the goal is leadsim's own, and says so: {text}");
    for part in [
        "WHY  ",
        "PAY  ",
        "COMMITMENT",
        "S1 ",
        "in hours, 15 bus. min",
        "after hours, by 09:00 next bus. day",
        "% of months",
    ] {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert!(lines.iter().all(|line| line.chars().count() <= 100), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains('\u{a0}'), "no colours in a pipe: {text:?}");
    assert!(!place.0.join("output").exists(), "--no-out writes nothing");
}

#[test]
fn a_quarter_is_only_called_one_if_it_is_one() {
    let place = Place::new("weeks");
    let horizon = "horizon={zone=\"UTC\", start=\"2026-02-02\", length=\"5 weeks\", run_in=\"2 weeks\"}";
    let text = out(&place, &["run", TEMPLATE, "--trials", "50", "--no-out", "--set", horizon]);
    assert!(text.contains("2 Feb – 8 Mar 2026") && text.contains("horizons of 5 weeks"), "{text}");
    assert!(text.contains("HORIZONS KEPT") && !text.to_lowercase().contains("quarter"), "{text}");
}

#[test]
fn one_trial_has_no_interval_and_no_verdict() {
    let place = Place::new("one");
    let text = out(&place, &["run", TEMPLATE, "--trials", "1", "--no-out"]);
    assert!(text.contains("UNCLEAR") && text.contains("The one quarter"), "{text}");
    let row = text.lines().find(|line| line.starts_with("S2 ")).expect("a row for S2");
    assert!(row.contains('–') && row.ends_with("? too few"), "{row}");
}

#[test]
fn fail_if_missed_is_the_only_way_to_one() {
    let place = Place::new("missed");
    let run = ["run", TEMPLATE, "--trials", "60", "--no-out", "--quiet"];
    leadsim(&place, &run).assert().code(0);
    let assert = leadsim(&place, &[&run[..], &["--fail-if-missed"]].concat()).assert().code(1);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(told.contains("missed: S1 ") && !told.contains("missed: S3 "), "{told}");
    // the headline alone is not enough
    let headline = ["--fail-if-missed", "--set", "commitments.S1.goal=0.3"];
    let assert = leadsim(&place, &[&run[..], &headline].concat()).assert().code(1);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(told.contains("missed: S2 ") && !told.contains("missed: S1 "), "{told}");
    let mut easy = vec!["--fail-if-missed"];
    for set in ["S1.goal=0.3", "S2.goal=0.3", "S4.goal=0.3", "M1.off=true", "M8.off=true"] {
        easy.extend(["--set", set]);
    }
    let easy: Vec<String> = easy
        .iter()
        .map(|word| if word.starts_with("--") { (*word).into() } else { format!("commitments.{word}") })
        .collect();
    let easy: Vec<&str> = easy.iter().map(String::as_str).collect();
    let assert = leadsim(&place, &[&run[..], &easy].concat()).assert().code(0);
    let text = String::from_utf8_lossy(&assert.get_output().stdout).into_owned();
    assert!(text.starts_with("YES  ") && text.lines().count() <= 3, "{text}");
}

#[test]
fn a_wanted_precision_is_reached_or_its_lack_is_said_first() {
    let place = Place::new("precision");
    let run = ["run", TEMPLATE, "--no-out", "--quiet"];
    let capped = out(&place, &[&run[..], &["--precision", "0.1pp", "--at-most", "100"]].concat());
    assert!(capped.starts_with("only ±") && capped.contains("wanted ±0.1 points"), "{capped}");
    let precise = out(&place, &["run", TEMPLATE, "--no-out", "--precision", "3pp"]);
    assert!(precise.contains("wanted precision reached"), "{precise}");
}

#[test]
fn wrong_input_ends_with_two_and_the_way_out() {
    let place = Place::new("wrong");
    fs::write(place.0.join("file"), "not a folder").expect("a file");
    fs::copy(TEMPLATE, place.0.join("template.toml")).expect("a copy");
    fs::write(place.0.join("empty.toml"), "# nothing yet\n").expect("a file");
    fs::write(place.0.join("utf16.toml"), b"\xff\xfef\0o\0").expect("a file");
    let run = ["run", TEMPLATE, "--no-out"];
    let with = |more: &[&'static str]| [&run[..], more].concat();
    let sweep = |over: &'static str| vec!["sweep", TEMPLATE, "--no-out", "--over", over];
    let cases: [(Vec<&str>, &str); 27] = [
        (vec!["run", "nowhere-near.toml"], "leadsim init"),
        (vec!["run", "tmplate.toml"], "did you mean template.toml?"),
        (vec!["run", "."], "name the scenario file in it"),
        (vec!["run", "empty.toml"], "leadsim init"),
        (vec!["run", "utf16.toml"], "encoding UTF-8"),
        (with(&["--set", "team.reps.cuont=3"]), "did you mean `count`?"),
        (with(&["--set", "team.reps=7"]), "write a heading [team.reps]"),
        (with(&["--precision", "0.5"]), "--precision 0.5pp"),
        (with(&["--level", "95"]), "--level 0.95"),
        (with(&["--trials", "900000000"]), "fits"),
        (with(&["--trials", "0"]), "must be at least 1"),
        (with(&["--trials", "1,000"]), "write 1000"),
        (with(&["--trials", "-5"]), "at least 1"),
        (with(&["--seed", "-1"]), "at least 0"),
        (with(&["--threads", "x"]), "no whole number"),
        (vec!["run", TEMPLATE, "--out", "file"], "is a file, not a folder"),
        (
            vec!["run", TEMPLATE, "--out", "file/below"],
            "file is a file, not a folder\n  choose another place with --out DIR",
        ),
        (sweep("team.reps.count=9..3"), "write --over team.reps.count=3..12"),
        (sweep("team.reps.count=3-9"), "for a range write 3..9"),
        (sweep("team.reps.count=3..x"), "the point team.reps.count = 3..x of --over"),
        (sweep("team.reps.count=0..2"), "the team has no reps"),
        (vec!["sweep", TEMPLATE, "--over", "team.reps.count=3", "--line", "a=b"], "write --line"),
        (vec!["trace", TEMPLATE, "--lead", "999999"], "choose --lead from 1 to"),
        (vec!["trace", TEMPLATE, "--lead", "0"], "must be at least 1"),
        (vec!["init", "."], "is a folder"),
        (vec!["init", "no/such/folder.toml"], "make its folder first"),
        (vec!["rum", TEMPLATE], "'run'"),
    ];
    for (arguments, way_out) in cases {
        let (code, text) = failure(&place, &arguments);
        assert_eq!(code, 2, "{arguments:?}: {text}");
        assert!(text.contains(way_out), "{arguments:?} should say {way_out:?}:\n{text}");
    }
    assert!(!place.0.join("output").exists(), "a refused run leaves nothing");
}

#[test]
fn another_decay_curve_is_shown_beside_or_refused_by_name() {
    let place = Place::new("curves");
    let run = |set: &str| out(&place, &["run", TEMPLATE, "--trials", "50", "--no-out", "--set", set]);
    let text = run("buyers.decay.strength={1=0.2, 2=0.1, 3=0.1}");
    assert!(
        text.contains("opportunities (moderate: ") && text.contains("if speed mattered as much"),
        "{text}"
    );
    let text = run("buyers.decay.strength={1=0.6, 2=0.3, 3=0.15}");
    assert!(text.contains("opportunities (moderate: ") && !text.contains("on contact"), "{text}");
    let text = run("buyers.tiers.1.contact=[0.6]");
    assert!(
        text.contains("\"moderate\" cannot be true here: tier 1") && !text.contains("(moderate: "),
        "{text}"
    );
    let text = run("buyers.decay.off=true");
    assert!(text.contains("Speed has no effect") && !text.contains("moderate"), "{text}");
}

#[test]
fn trace_tells_a_life_with_both_clocks_and_verdicts() {
    let place = Place::new("trace");
    let text = out(&place, &["trace", TEMPLATE, "--lead", "300", "--trial", "3"]);
    assert!(text.starts_with("Lead 300 of trial 3, seed 1: Tier "), "{text}");
    for part in ["All times are the lead's own: America/", "becomes an MQL", "SLA clock ", "Lead clock ", "M"]
    {
        assert!(text.contains(part), "no {part:?} in\n{text}");
    }
    assert_eq!(text, out(&place, &["trace", TEMPLATE, "--lead", "300", "--trial", "3"]));
}

/// Dates never run backwards down the page, a deal stands under its own date, and nobody waits for a morning that is not waited for.
#[test]
fn trace_dates_what_comes_later_and_names_only_waits_that_are_waited() {
    let place = Place::new("trace-dates");
    let mut met = 0;
    for lead in 1..=60 {
        let lead = lead.to_string();
        let at_once = ["--set", "routing.after_hours=route at once"];
        let text = out(&place, &[&["trace", TEMPLATE, "--lead", &lead], &at_once[..]].concat());
        assert!(!text.contains("morning"), "{text}");
        let lines: Vec<&str> = text.lines().collect();
        let mut date: Vec<&str> = Vec::new();
        for pair in lines.windows(2) {
            let dated = !pair[1].starts_with(' ');
            if dated {
                date = pair[1].split_whitespace().take(5).collect();
            }
            if pair[1].ends_with("the meeting takes place") {
                let booked = pair[0].rsplit("books a meeting for ").next().unwrap_or("");
                let words: Vec<&str> = booked.split_whitespace().collect();
                assert_eq!(words[..3], date[..3], "the meeting stands under another date:\n{text}");
                assert!(date[4].starts_with(words[3]), "the meeting stands under another time:\n{text}");
                met += 1;
            }
            if pair[1].ends_with(" opens") {
                assert!(
                    dated || pair[0].ends_with("takes place"),
                    "the deal stands under another date:\n{text}"
                );
            }
        }
    }
    assert!(met > 0, "some leads of sixty meet");
}

#[test]
fn init_writes_a_scenario_that_runs_and_never_overwrites() {
    let place = Place::new("init");
    let told = out(&place, &["init"]);
    assert!(told.contains("leadsim run scenario.toml"), "{told}");
    out(&place, &["run", "scenario.toml", "--trials", "5", "--no-out"]);
    let explained = out(&place, &["explain", "scenario.toml", "--set", "team.reps.count=7"]);
    let line = explained.lines().find(|line| line.starts_with("team.reps.count ")).expect("the changed line");
    assert!(line.contains(" 7 ") && line.contains("--set"), "{line}");
    fs::write(place.0.join("scenario.toml"), "mine").expect("a file");
    let (code, text) = failure(&place, &["init"]);
    assert!(code == 2 && text.contains("--force"), "{text}");
    assert_eq!(fs::read_to_string(place.0.join("scenario.toml")).expect("still there"), "mine");
    out(&place, &["init", "--force"]);
    assert!(fs::read_to_string(place.0.join("scenario.toml")).expect("new").contains("format = 1"));
}

#[test]
fn events_without_a_folder_are_refused_with_the_way_out() {
    let place = Place::new("events");
    let assert = leadsim(&place, &["run", TEMPLATE, "--no-out", "--events"]).assert().code(2);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(told.contains("leave out --no-out and add --trace N"), "{told}");
}

#[test]
fn loss_of_interest_is_an_effect_of_speed() {
    let place = Place::new("interest");
    let run = ["run", TEMPLATE, "--trials", "5", "--no-out", "--set", "buyers.decay.off=true"];
    let none = out(&place, &run);
    assert!(none.contains("Speed has no effect on conversion here."), "{none}");
    let law = "buyers.interest.after={ law = \"exponential\", mean = \"20h\" }";
    let lost = out(&place, &[&run[..], &["--set", law]].concat());
    assert!(lost.contains("Leads lose interest with time (exponential law, mean 20 h)"), "{lost}");
    assert!(!lost.contains("no effect"), "{lost}");
}

#[test]
fn lines_of_a_sweep_say_what_is_played() {
    let place = Place::new("sweep-lines");
    let sweep = |over: &str| {
        let arguments = ["sweep", TEMPLATE, "--no-out", "--levers", "--trials", "1", "--over", over];
        let output = leadsim(&place, &arguments).output().expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr))
    };
    let (page, notes) = sweep("routing.tiers.1.back_up.after=5min,10min");
    assert!(page.contains("as it is") && page.contains("Tier 1 pooled"), "{page}");
    assert!(!page.contains("one owner") && !page.contains("back-up owner after 5 min"), "{page}");
    assert!(notes.contains("the lever `back_up` changes routing.tiers.1.back_up.after itself"), "{notes}");
    let (page, notes) = sweep("team.reps.count=6");
    assert!(page.contains("one owner") && page.contains("back-up owner after 5 min"), "{page}");
    assert!(!notes.contains("lever"), "{notes}");
}

#[test]
fn errors_of_a_sweep_name_the_file_with_its_folder_and_the_option_as_written() {
    let place = Place::new("sweep-errors");
    fs::create_dir(place.0.join("ours")).expect("the place takes folders");
    fs::copy(TEMPLATE, place.0.join("ours/team.toml")).expect("and files");
    let said = |arguments: &[&str]| {
        let all: Vec<&str> =
            ["sweep", "ours/team.toml", "--no-out"].iter().chain(arguments).copied().collect();
        let output = leadsim(&place, &all).output().expect("the program starts");
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let zero = said(&["--over", "team.reps.count=0"]);
    assert!(
        zero.contains("error: --over team.reps.count=0") && zero.contains("problem in ours/team.toml"),
        "{zero}"
    );
    let word = said(&["--over", "team.reps.count=many"]);
    assert!(word.contains("error: --over team.reps.count=many") && !word.contains("--set"), "{word}");
    let line = said(&["--over", "team.reps.count=6", "--line", "ill: team.reps.sick=2"]);
    assert!(line.contains("error: --line team.reps.sick=2"), "{line}");
}

#[test]
fn a_scenario_without_handling_times_says_so() {
    let place = Place::new("no-work");
    let file = |work: &str| {
        let text = format!(
            "format = 1\n[horizon]\nlength = \"1 week\"\nrun_in = \"0 weeks\"\n[sources.web]\nper_hour = 4\n[routing]\npolicy = \"pool\"\n[team.reps]\ncount = 3\n{work}[commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n"
        );
        fs::write(place.0.join("bare.toml"), text).expect("the place takes files");
        out(&place, &["run", "bare.toml", "--no-out", "--trials", "4"])
    };
    let note = "NOTE No handling times are given ([work]), so reps answer at no cost of time: read this as the best that can be.";
    let words = |page: String| page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(file("")).contains(note));
    assert!(!words(file("[work]\nreview = \"8min\"\n")).contains("NOTE"));
}

#[test]
fn too_few_trials_for_intervals_are_told_once() {
    let place = Place::new("few");
    let page = |trials: &str| out(&place, &["run", TEMPLATE, "--no-out", "--trials", trials]);
    assert_eq!(page("20").matches("intervals need 50 quarters").count(), 1);
    assert!(!page("50").contains("intervals need"));
}

#[test]
fn the_foot_says_what_came_from_the_template_and_not_from_the_file() {
    let place = Place::new("inherited");
    let file = "format = 1\npreset = \"template\"\n[sources.demo_form]\nper_month = 30\n[commitments.S1]\ngoal = 0.9\n";
    fs::write(place.0.join("ours.toml"), file).expect("a file");
    let run = ["run", "ours.toml", "--trials", "5", "--out", "run"];
    let text = out(&place, &run);
    let said =
        "From the template, not from your file: sources pricing_or_direct, event_registration, webinar,";
    assert!(text.contains(said), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
    let s1 = text.lines().find(|line| line.starts_with("S1 ")).expect("a row for S1");
    assert!(s1.contains("90 %") && !s1.contains('*'), "the goal is the file's: {s1}");
    let summary = fs::read_to_string(place.0.join("run/summary.txt")).expect("summary.txt");
    assert!(summary.contains(said) && !summary.contains("EXPECTED"), "{summary}");
    let json = fs::read_to_string(place.0.join("run/estimates.json")).expect("estimates.json");
    let document: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(document["expect"], serde_json::Value::Null);
    assert_eq!(document["scenario"]["title"], "ours");
    assert_eq!(document["from_preset"]["sources"].as_array().map(Vec::len), Some(7));
    assert_eq!(document["from_preset"]["deal_sizes"], true);
    assert!(text.contains("; meetings (") && text.contains(" h a rep-week); own work; "), "{text}");
    let quiet = out(&place, &["run", "ours.toml", "--trials", "5", "--no-out", "--quiet"]);
    assert!(!quiet.contains("From the template"), "{quiet}");
    let template = out(&place, &["run", TEMPLATE, "--trials", "5", "--no-out"]);
    assert!(!template.contains("From the template"), "{template}");
}
