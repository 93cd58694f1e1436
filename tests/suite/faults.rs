//! Faults: a trial that panics, a full disk, a folder that cannot be written, a program killed while it writes, and input without bounds. Old
//! results stay, nothing half-done is taken for an answer, and the message names the way out.

use super::cli::{Place, TEMPLATE, leadsim, out};
use super::measured::scenario;
use leadsim::model::{Arrivals, Model};
use leadsim::random::{Choice, Law};
use leadsim::study::{self, Quiet, Settings, Trials};
use leadsim::trial::{self, Prepared, Unwatched};
use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// A small office.
const OFFICE: &str = "format = 1\n[horizon]\nlength = \"1 week\"\nrun_in = \"0 weeks\"\n[sources.web]\nper_hour = 2\n\
    [routing]\npolicy = \"pool\"\n[team.reps]\ncount = 3\n[work]\nreview = \"8min\"\n[commitments.S1]\nfrom = \"routed\"\n\
    to = \"attempted\"\nwithin = \"15min\"\n";

/// A model in which one batch of leads in two hundred thousand cannot be drawn: now and then a trial panics. No scenario file makes such a law.
fn now_and_then_broken() -> Model {
    let mut model = scenario(OFFICE).model;
    let Arrivals::Rate(rate) = &mut model.sources[0].arrivals else { panic!("the office has a rate") };
    rate.batch = Law::Mixture {
        choice: Choice::new(&[200_000.0, 1.0]).expect("weights"),
        parts: vec![Law::Constant(1.0), Law::Gamma { shape: -1.0, scale: 1.0 }],
    };
    model
}

fn breaks(model: &Model, seed: u64, number: u64) -> bool {
    let prepared = Prepared::new(model);
    catch_unwind(AssertUnwindSafe(|| trial::run(&prepared, seed, number, &mut Unwatched))).is_err()
}

#[test]
fn a_panic_names_trial_and_seed_and_is_never_averaged_away() {
    let model = now_and_then_broken();
    let seed = 7;
    let first = (0..400).find(|number| breaks(&model, seed, *number)).expect("one in some dozens breaks");
    assert!(
        first >= 20,
        "the first block of trials is whole, so that there would be something to average: {first}"
    );
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
        for trials in [Trials::Fixed(400), Trials::Precision { half_width: 1e-9, at_most: 400 }] {
            let settings = Settings { seed, trials, level: 0.95, ..Settings::default() };
            let failed = pool.install(|| study::run(model.clone(), settings, &Quiet));
            let failure = failed.expect_err("no study is made without the trial that panics");
            assert_eq!(
                (failure.trial, failure.seed),
                (first, seed),
                "the first that fails, on {threads} threads"
            );
            let told = failure.to_string();
            assert!(told.starts_with(&format!("trial {first} of seed {seed} failed: ")), "{told}");
            assert!(told.contains("the scenario admits only positive shapes"), "what it said: {told}");
            assert!(told.contains(&format!("--trial {first} --seed {seed}")), "how to play it alone: {told}");
        }
    }
    let before = Settings { seed, trials: Trials::Fixed(first), level: 0.95, ..Settings::default() };
    assert_eq!(study::run(model, before, &Quiet).expect("all before it are well").trials(), first);
}

#[test]
fn a_panic_in_a_pilot_names_the_trial_too() {
    let mut model = scenario("format = 1\npreset = \"template\"\n").model;
    model.busyness = leadsim::model::Busyness::Daily { shape: -1.0 };
    let base = model.clone();
    let calibrated = catch_unwind(AssertUnwindSafe(|| study::calibrate_decay(&base, &mut model)));
    let told = study::panic_message(calibrated.expect_err("no rate is made without it").as_ref());
    assert!(told.starts_with("pilot trial ") && told.contains(" of seed "), "{told}");
    assert!(told.contains("positive shapes"), "{told}");
}

/// Every file of a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("an entry"));
    let named = entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()));
    named.map(|(name, path)| (name, fs::read(path).expect("a file"))).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

const RUN: [&str; 6] = ["run", TEMPLATE, "--trials", "5", "--out", "mine"];

/// No file may be longer than so many blocks of 1024 bytes, which the shell asks of the system: a disk that is full for whoever writes.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_results() {
    use std::process::Command;
    let place = Place::new("full-disk");
    out(&place, &RUN);
    let before = files(&place.0.join("mine"));
    let program = assert_cmd::cargo::cargo_bin("leadsim");
    let changed = ["--seed", "9", "--force"];
    let mut told_of = 0;
    for blocks in ["0", "8", "40"] {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let ended = Command::new("bash")
            .args(["-c", &script])
            .arg(&program)
            .args(RUN)
            .args(changed)
            .current_dir(&place.0)
            .output();
        let Ok(ended) = ended else {
            println!("skipped: there is no bash here to limit what is written");
            return;
        };
        let told = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(2), "{blocks} blocks: {told}");
        assert!(told.contains("cannot write to") && told.contains("--out DIR"), "{blocks} blocks: {told}");
        assert!(before == files(&place.0.join("mine")), "{blocks} blocks: the old results are as they were");
        assert_eq!(names(&place.0), ["mine"], "{blocks} blocks: nothing half-written stays");
        told_of += 1;
    }
    assert_eq!(told_of, 3);
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_printed_is_a_failure_and_the_folder_stands() {
    let place = Place::new("full-screen");
    let full = fs::OpenOptions::new().write(true).open("/dev/full");
    let Ok(full) = full else {
        println!("skipped: this system has no /dev/full");
        return;
    };
    let program = assert_cmd::cargo::cargo_bin("leadsim");
    let ended = std::process::Command::new(program).args(RUN).current_dir(&place.0).stdout(full).output();
    let ended = ended.expect("the program starts");
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2), "{told}");
    assert!(told.contains("cannot write the answer") && told.contains("written all the same"), "{told}");
    assert!(place.0.join("mine/manifest.json").exists());
}

/// A folder without write permission, or one that takes no folders whoever asks: the superuser is refused nothing but the latter.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_told_before_any_work() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new("read-only");
    let locked = place.0.join("locked");
    fs::create_dir(&locked).expect("a folder");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("it is ours");
    let everything_is_allowed = fs::write(locked.join("probe"), "").is_ok();
    let into = if everything_is_allowed { "/proc/leadsim-run" } else { "locked/run" };
    // so many trials that it would be noticed if they were played first
    let arguments = ["run", TEMPLATE, "--trials", "100000", "--out", into];
    let assert = leadsim(&place, &arguments).timeout(std::time::Duration::from_secs(20)).assert().code(2);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(
        told.contains("cannot write to") && told.contains("choose another place with --out DIR"),
        "{told}"
    );
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("it is ours");
}

/// Killed without warning at many moments of a run that would replace an older one: what stands there is the old run or the new one, whole.
#[cfg(unix)]
#[test]
fn killed_at_any_moment_the_folder_holds_a_whole_run() {
    use std::process::{Command, Stdio};
    use std::time::Duration;
    let place = Place::new("killed");
    out(&place, &RUN);
    let old = files(&place.0.join("mine"));
    let program = assert_cmd::cargo::cargo_bin("leadsim");
    let (mut killed, mut length) = (0, 20);
    for _ in 0..14 {
        let child = Command::new(&program)
            .args(RUN)
            .args(["--seed", "9", "--force"])
            .current_dir(&place.0)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut child = child.expect("the program starts");
        std::thread::sleep(Duration::from_millis(length));
        // longer and longer, until a run is done before it is killed
        length = length * 5 / 4;
        child.kill().expect("it may be killed");
        let ended = child.wait().expect("it ends");
        if ended.success() {
            break;
        }
        killed += 1;
        assert!(old == files(&place.0.join("mine")), "after {length} ms the old run is no longer whole");
    }
    assert!(killed > 0, "at least one was killed before its end");
    let told = out(&place, &[&RUN[..], &["--seed", "9", "--force"]].concat());
    assert!(told.contains("mine"), "{told}");
    assert!(old["estimates.json"] != files(&place.0.join("mine"))["estimates.json"]);
}

/// Exit code 2 and what was said, soon.
fn refused(place: &Place, arguments: &[&str]) -> String {
    let assert = leadsim(place, arguments).timeout(std::time::Duration::from_secs(20)).assert().code(2);
    let told = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(!told.contains("panicked"), "{told}");
    told
}

#[test]
fn what_would_never_end_is_refused_before_it_begins() {
    let place = Place::new("too-large");
    let with = |set: &str| refused(&place, &["run", TEMPLATE, "--no-out", "--trials", "1", "--set", set]);
    for (set, said, way_out) in [
        ("sources.demo_form.per_month=1e9", "leads in one trial", "a shorter horizon"),
        ("sources.demo_form.batch=1e12", "leads at once", "write a smaller number"),
        ("sources.demo_form.batch={median=1, sigma=50}", "leads at once", "less spread"),
        ("sources.webinar.upload.leads=1e12", "leads at once", "write a smaller number"),
        (
            "sources.demo_form.gaps={values=[0, 1], weights=[1e8, 1]}",
            "nearly all leads come at one moment",
            "batch",
        ),
        ("sources.demo_form.gaps={median=1, sigma=50}", "the gaps have mean", "only their proportions"),
        ("sources.demo_form.gaps=1e-300", "the gaps have mean", "only their proportions"),
        ("team.reps.count=10001", "10000", "write 10000 or less"),
        ("horizon.run_in=100000 weeks", "longer than ten years", "4 weeks"),
    ] {
        let told = with(set);
        assert!(told.contains(said) && told.contains(way_out), "{set}: {told}");
    }
    let surges = "sources.demo_form.surges={a={from=\"2026-02-01\", until=\"2026-04-30\", times=1000}, b={from=\"2026-02-01\", until=\"2026-04-30\", times=1000}}";
    let told = with(surges);
    assert!(told.contains("leads in one trial"), "surges that lie on one another multiply: {told}");
    let long = "horizon={start=\"2026-02-02\", length=\"520 weeks\", run_in=\"520 weeks\"}";
    let told =
        refused(&place, &["run", TEMPLATE, "--no-out", "--set", long, "--set", "team.reps.count=10000"]);
    assert!(told.contains("rep-days; leadsim takes 10000000") && told.contains("shorter horizon"), "{told}");
}

#[test]
fn too_many_trials_points_and_threads_are_refused_with_what_fits() {
    let place = Place::new("too-many");
    let most = u64::MAX.to_string();
    let told = refused(&place, &["run", TEMPLATE, "--no-out", "--trials", &most]);
    assert!(told.contains("events, hours of work") && told.contains("--trials "), "{told}");
    // so many points that trials times points is next to nothing again, should it ever wrap round
    let half = (1_u64 << 63).to_string();
    let told = refused(
        &place,
        &["sweep", TEMPLATE, "--no-out", "--trials", &half, "--over", "team.reps.count=3,4", "--line", "a:"],
    );
    assert!(told.contains("fewer points, or fewer --trials at each"), "{told}");
    let told = refused(&place, &["run", TEMPLATE, "--no-out", "--threads", "65535"]);
    assert!(told.contains("must be at most 1024"), "{told}");
    // hardly any work a trial, and a record each
    fs::write(
        place.0.join("idle.toml"),
        OFFICE.replace("per_hour = 2", "per_month = 0.001").replace("count = 3", "count = 1"),
    )
    .expect("a file");
    let told = refused(&place, &["run", "idle.toml", "--no-out", "--trials", "50000000"]);
    assert!(told.contains("of memory") || told.contains("events"), "{told}");
}

/// The pilot that calibrates the decay curve plays today's scenario, whatever `--set` makes of it.
#[test]
fn a_file_too_large_for_its_pilot_is_refused_though_the_change_is_small() {
    let place = Place::new("large-base");
    let text = "format = 1\npreset = \"template\"\n[sources.demo_form]\nper_month = 1e8\n";
    fs::write(place.0.join("huge.toml"), text).expect("a file");
    let told = refused(
        &place,
        &["run", "huge.toml", "--no-out", "--trials", "1", "--set", "sources.demo_form.per_month=10"],
    );
    assert!(told.contains("leads in one trial"), "{told}");
}

#[test]
fn what_takes_minutes_says_so_before_it_begins() {
    let place = Place::new("announced");
    let arguments = ["run", TEMPLATE, "--no-out", "--trials", "100000"];
    let mut command = leadsim(&place, &arguments);
    let output = command.timeout(std::time::Duration::from_secs(3)).output().expect("the program starts");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    for part in ["note: about ", " leads and ", " events in all", " of memory and ", " minute"] {
        assert!(told.contains(part), "no {part:?} in {told:?}");
    }
    let short = leadsim(&place, &["run", TEMPLATE, "--no-out", "--trials", "5"]).output().expect("it starts");
    assert!(!String::from_utf8_lossy(&short.stderr).contains("events in all"));
}

#[test]
fn tables_and_lists_without_end_are_refused_by_name() {
    let place = Place::new("many-names");
    let many = |line: fn(usize) -> String, count: usize| -> String { (0..count).map(line).collect() };
    let promises = many(
        |i| format!("[commitments.A{i}]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"{}min\"\n", i + 1),
        1_001,
    );
    let rhythms =
        many(|i| format!("[team.reps.meetings.m{i}]\nevery = \"75min\"\nlength = \"1min\"\n"), 1_001);
    let closed = format!("[calendar]\nclosed = [{}]\n", many(|_| "\"2026-03-01\", ".into(), 10_001));
    for (text, said) in [
        (promises, "1002 entries; leadsim takes 1000"),
        (rhythms, "1001 entries; leadsim takes 1000"),
        (closed, "10001 items; leadsim takes 10000"),
    ] {
        fs::write(place.0.join("many.toml"), format!("{OFFICE}{text}")).expect("a file");
        let told = refused(&place, &["run", "many.toml", "--no-out"]);
        assert!(
            told.contains(said) && told.contains("many.toml:"),
            "{said}: {}",
            told.chars().take(400).collect::<String>()
        );
    }
}

#[cfg(unix)]
#[test]
fn what_has_no_end_is_given_up() {
    let place = Place::new("endless");
    if !Path::new("/dev/zero").exists() {
        println!("skipped: this system has no /dev/zero");
        return;
    }
    let told = refused(&place, &["run", "/dev/zero", "--no-out"]);
    assert!(told.contains("larger than 4 MB"), "{told}");
    fs::write(
        place.0.join("log.toml"),
        format!("{OFFICE}[sources.log]\nreplay = {{ file = \"/dev/zero\" }}\n"),
    )
    .expect("a file");
    let told = refused(&place, &["run", "log.toml", "--no-out"]);
    assert!(told.contains("larger than 512 MB"), "{told}");
}
