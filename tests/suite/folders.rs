//! The output folder: whole or not there, the same bytes again, and nothing of anybody else's ever lost.

use super::cli::{Place, TEMPLATE, leadsim, out};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every file of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (name(&path), fs::read(&path).expect("a file")))
        .collect()
}

fn name(path: &Path) -> String {
    path.file_name().expect("a name").to_string_lossy().into_owned()
}

/// What lies in a folder, hidden leftovers included.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("it is there")
        .map(|entry| name(&entry.expect("an entry").path()))
        .collect();
    names.sort();
    names
}

/// Exit code 2 and what was said.
fn refused(place: &Place, arguments: &[&str]) -> String {
    let assert = leadsim(place, arguments).assert().code(2);
    String::from_utf8_lossy(&assert.get_output().stderr).into_owned()
}

#[test]
fn the_same_run_leaves_the_same_bytes_in_the_same_folder() {
    let place = Place::new("bytes");
    let run = ["run", TEMPLATE, "--trials", "10", "--trace", "1", "--events"];
    let text = out(&place, &run);
    let output = place.0.join("output");
    let folder: PathBuf = match names(&output).as_slice() {
        [only] => output.join(only),
        more => panic!("one folder and no leftovers, not {more:?}"),
    };
    assert!(name(&folder).starts_with("template-") && text.contains(&name(&folder)), "{text}");
    let first = files(&folder);
    for picture in ["attainment", "response-times", "why-late", "by-week", "heat-map", "rep-hours", "funnel"]
    {
        assert!(first[&format!("{picture}.png")].starts_with(b"\x89PNG"), "{picture}");
        assert!(first[&format!("{picture}.svg")].windows(4).any(|part| part == b"<svg"), "{picture}");
    }
    for table in [
        "trials.csv",
        "by-week.csv",
        "by-month.csv",
        "leads.csv",
        "events.csv",
        "estimates.json",
        "summary.txt",
    ] {
        assert!(first[table].len() > 500, "{table}");
    }
    let manifest: serde_json::Value = serde_json::from_slice(&first["manifest.json"]).expect("a manifest");
    let listed = manifest["files"].as_array().expect("files");
    assert_eq!(listed.len() + 1, first.len(), "every file is listed, the manifest itself apart");
    assert!(manifest["effective_scenario"].as_array().expect("values").len() > 150);
    out(&place, &run);
    assert!(first == files(&folder), "byte for byte");
    out(&place, &["run", TEMPLATE, "--trials", "11"]);
    assert_eq!(names(&output).len(), 2, "another run has another folder");
}

#[test]
fn another_run_is_replaced_only_by_force_and_foreign_files_never() {
    let place = Place::new("force");
    let ten = ["run", TEMPLATE, "--trials", "5", "--out", "mine"];
    let seed = ["run", TEMPLATE, "--trials", "5", "--out", "mine", "--seed", "9"];
    out(&place, &ten);
    let first = files(&place.0.join("mine"));
    let told = refused(&place, &seed);
    assert!(told.contains("--force") && first == files(&place.0.join("mine")), "{told}");
    out(&place, &[&seed[..], &["--force"]].concat());
    assert!(first["estimates.json"] != files(&place.0.join("mine"))["estimates.json"]);

    fs::write(place.0.join("mine/notes.txt"), "keep me").expect("a file");
    let told = refused(&place, &[&ten[..], &["--force"]].concat());
    assert!(told.contains("notes.txt") && told.contains("never replaced"), "{told}");
    fs::create_dir(place.0.join("photos")).expect("a folder");
    fs::write(place.0.join("photos/cat.png"), "meow").expect("a file");
    let told = refused(&place, &["run", TEMPLATE, "--trials", "5", "--out", "photos", "--force"]);
    assert!(told.contains("cat.png"), "{told}");
    assert_eq!(names(&place.0), ["mine", "photos"], "no leftovers");
}

/// A business day has no length of its own: the picture marks it where the open hours put it, or says that it cannot.
#[test]
fn targets_of_business_days_are_in_the_picture() {
    let place = Place::new("business-day");
    let picture = |set: &[&str]| {
        let run = ["run", TEMPLATE, "--trials", "20", "--out", "run", "--force"];
        out(&place, &[&run[..], set].concat());
        fs::read_to_string(place.0.join("run/response-times.svg")).expect("it is drawn")
    };
    let usual = picture(&[]);
    assert!(usual.contains("target 1 business day (10 h)"), "Mon-Fri 08:00-18:00");
    let shorter = picture(&["--set", "calendar.hours=[\"Mon-Thu 08:00-18:00\", \"Fri 08:00-13:00\"]"]);
    assert!(shorter.contains("target 1 business day (about 10 h)"));
    let by_time = picture(&["--set", "commitments.S3.within=by 12:00 next business day"]);
    assert!(!by_time.contains("target by") && by_time.contains("no fixed place"), "{by_time}");
}

/// A point that could not be run says why in the table, not only on the screen.
#[test]
fn a_refused_point_of_a_sweep_carries_its_reason() {
    let place = Place::new("refused-point");
    let over = "buyers.decay.strength.1=0.6,10";
    out(&place, &["sweep", TEMPLATE, "--over", over, "--trials", "20", "--out", "sweep"]);
    let mut table = csv::Reader::from_path(place.0.join("sweep/sweep.csv")).expect("sweep.csv");
    let rows: Vec<BTreeMap<String, String>> = table.deserialize().map(|row| row.expect("a row")).collect();
    let point = |value: &str| {
        rows.iter().find(|row| row["buyers.decay.strength.1"] == value).expect("the point is there")
    };
    assert!(point("0.6")["refused"].is_empty() && !point("0.6")["kept"].is_empty());
    let refused = point("10");
    assert!(
        refused["refused"].contains("cannot be true of tier 1") && refused["kept"].is_empty(),
        "{refused:?}"
    );
    assert!(!refused["refused"].contains('\n') && refused["trials"] == "0", "{refused:?}");
}

/// The first Ctrl-C answers with the finished prefix in a folder of its own; the second leaves nothing.
#[cfg(unix)]
#[test]
fn an_interrupted_run_is_labelled_or_leaves_nothing() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let place = Place::new("interrupted");
    for presses in [1, 2] {
        let child = Command::new(assert_cmd::cargo::cargo_bin("leadsim"))
            .args(["run", TEMPLATE, "--trials", "200000"])
            .current_dir(&place.0)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        #[expect(clippy::disallowed_methods, reason = "does not wait for ever")]
        let begun = Instant::now();
        while !place.0.join("output").exists() && begun.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(20));
        }
        // long enough for the first blocks, far too short for all
        std::thread::sleep(Duration::from_secs(4));
        for _ in 0..presses {
            let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
            assert!(sent.is_ok_and(|status| status.success()));
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().expect("it ends");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if presses == 1 {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(130), "an answer, but not the one asked for: {told}");
            assert!(text.starts_with("first ") && text.contains("of 200,000 quarters; stopped"), "{text}");
            let left = names(&place.0.join("output"));
            assert!(left.len() == 1 && left[0].ends_with("-stopped"), "{left:?}");
            fs::remove_dir_all(place.0.join("output")).expect("it can go");
        } else {
            assert_eq!(output.status.code(), Some(130));
            assert!(text.is_empty(), "{text}");
            assert!(names(&place.0.join("output")).is_empty(), "nothing half-written");
        }
    }
}
