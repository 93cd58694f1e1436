//! The same file and seed give the same answer: on any number of threads, in any order of work, in any build; nothing else gets in.
//!
//! The numbers D1 to D10 are those of the project's list. Where each one stands:
//!
//! | | promise | test |
//! |---|---|---|
//! | D1 | the same bits on 1, 2, 3, 7 and 16 threads, whatever block is done first | [`sixteen_threads_and_a_shuffled_order_of_work_give_the_same_bits`], `trials::the_same_seed_gives_the_same_bits_on_any_number_of_threads`; as a file: `estimates::the_answer_does_not_depend_on_threads_and_hangs_on_the_seed` |
//! | D2 | debug and release alike | [`values_are_those_of_the_golden_files`], run in either profile against the same files |
//! | D3 | a trial alone is the trial among others | [`trials_share_nothing_whatever_their_order`], `trials::a_trial_alone_equals_the_same_trial_among_others` |
//! | D4 | more trials go on where fewer stopped | `trials::more_trials_go_on_where_fewer_stopped`; there is no resuming from a file |
//! | D5 | asking for more changes nothing | [`another_promise_changes_no_other_answer`], `trials::watching_changes_nothing_and_nothing_is_out_of_order` |
//! | D6 | values are stable across versions | [`values_are_those_of_the_golden_files`] |
//! | D7 | what breaks it is banned | `clippy.toml`, [`nothing_that_depends_on_the_run_is_used`], `architecture::a_trial_depends_on_nothing_but_its_arguments` |
//! | D8 | sums in the order of trial numbers, counts as whole numbers | D1, and [`nothing_that_depends_on_the_run_is_used`] |
//! | D9 | ties have an order | [`everything_at_one_instant_happens_in_the_written_order`] |
//! | D10 | time does not drift | [`a_thousand_million_seconds_later_nothing_differs`] |
//!
//! Other platforms are not tested here: docs/METHOD.md says what is promised across them.

use crate::measured::scenario;
use crate::metamorphic::{difference, lives, office};
use leadsim::model::Model;
use leadsim::plan::replay;
use leadsim::study::{self, Period, Progress, Quiet, Settings, Study, Trials};
use leadsim::trial::{self, Ending, Prepared, Unwatched};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

const SOURCES: &str = "[sources.demo]\ntier = 1\nper_hour = 1\n[sources.content]\ntier = 2\nper_hour = 2\nbatch = { law = \"geometric\", mean = 1.5 }\n";

/// Owners in a rotation, with everything that is drawn by the day.
const OWNERS: &str = "back_up = { after = \"20min\" }\n[team.reps]\ncount = 9\nshift = \"Mon-Fri 08:30-17:30\"\nsick = 0.03\n\
    lunch = { at = [\"12:00\", \"13:00\"], length = \"45min\" }\nattention = { median = \"3min\", p90 = \"12min\" }\n\
    meetings.calls = { per_day = 3, length = { values = [\"30min\", \"60min\"], weights = [3, 1] } }\n\
    own_work.book = { share = 0.1, length = { law = \"gamma\", mean = \"10min\", cv = 0.5 } }\n";

fn owners() -> String {
    office(SOURCES, OWNERS, "[leads.busyness]\nper = \"day\"\nshape = 10\n")
        .replace("policy = \"pool\"\nfollow_ups_to = \"pool\"", "policy = \"round robin\"")
}

/// A pool with a headcount by time of day, colder work put down for hotter leads, and leads that leave.
fn covered() -> String {
    let team = "[team.desk]\nafter_close = \"work off\"\nput_down_for = [\"new 1\"]\n\
        [team.desk.cover]\n\"Mon-Fri 08:00-12:00\" = 6\n\"Mon-Fri 12:00-18:00\" = 4\n";
    office(SOURCES, team, "[buyers.patience]\nleaves_after = { law = \"exponential\", mean = \"5h\" }\n")
}

/// A pool day and night whose reps are called away; leads that nobody can take at once call again.
fn callers() -> String {
    "format = 1\n[horizon]\nzone = \"UTC\"\nlength = \"1 week\"\nrun_in = \"1 week\"\n[sources.web]\nper_hour = 6\ngaps = { law = \"erlang\", stages = 2, mean = 1 }\n\
     [routing]\npolicy = \"pool\"\ncalls_again = { after = { law = \"uniform\", from = \"5min\", to = \"15min\" }, gives_up = [0, 0.2] }\n\
     [team.reps]\ncount = 2\ninterruption = \"pause\"\n\
     away.call = { after = { law = \"exponential\", mean = \"2h\" }, length = { law = \"weibull\", shape = 1.5, scale = \"9min\" } }\n\
     [work]\ndial = { law = \"mixture\", weights = [1, 3], means = [\"30min\", \"6min\"] }\n\
     [commitments.S1]\nfrom = \"created\"\nto = \"attempted\"\nwithin = \"15min\"\n"
        .to_string()
}

fn study_of(model: &Model, trials: Trials, threads: usize, progress: &dyn Progress) -> Study {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
    let settings = Settings { seed: 1, trials, level: 0.95, ..Settings::default() };
    pool.install(|| study::run(model.clone(), settings, progress)).expect("no trial fails")
}

/// Every number of a study, to the bit.
fn bits(study: &Study) -> String {
    let findings = serde_json::to_string(&study.findings()).expect("findings are plain");
    format!("{:?}\n{:?}\n{findings}\n{:?}", study.ending, study.records, study.cover_by_hour)
}

/// Holds up blocks by different lengths, so that they are done in another order each time.
#[derive(Default)]
struct Shuffled(AtomicU64);

impl Progress for Shuffled {
    fn stop(&self) -> bool {
        let asked = self.0.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(Duration::from_micros(asked.wrapping_mul(0x9E37_79B9) % 4_000));
        false
    }
}

/// D1, D8.
#[test]
fn sixteen_threads_and_a_shuffled_order_of_work_give_the_same_bits() {
    let model = scenario(&callers()).model;
    for trials in [Trials::Fixed(330), Trials::Precision { half_width: 0.006, at_most: 400 }] {
        let one = bits(&study_of(&model, trials, 1, &Quiet));
        for threads in [2, 7, 16] {
            assert!(
                one == bits(&study_of(&model, trials, threads, &Shuffled::default())),
                "{threads} threads, {trials:?}"
            );
        }
    }
}

/// D3.
#[test]
fn trials_share_nothing_whatever_their_order() {
    for text in [owners(), covered(), callers()] {
        let model = scenario(&text).model;
        let prepared = Prepared::new(&model);
        let play = |number| trial::run(&prepared, 1, number, &mut Unwatched);
        let up: Vec<_> = (0..6).map(play).collect();
        let mut down: Vec<_> = (0..6).rev().map(play).collect();
        down.reverse();
        assert!(up == down);
        assert!(up[0] != up[1], "trials have luck of their own");
    }
}

/// D5. Where work is not taken by due time, a further promise is only one more thing that is judged.
#[test]
fn another_promise_changes_no_other_answer() {
    let base = covered().replace("after_close", "then = \"oldest first\"\nafter_close");
    let more = format!(
        "{base}[commitments.S9]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"1 business day\"\n[levers.more]\ntitle = \"more\"\nset = [\"work.dial=1min\"]\n"
    );
    let [base, more] = [base, more].map(|text| scenario(&text).model);
    assert_eq!(difference(&lives(&base, 0), &lives(&more, 0)), None);
    let told = |model: &Model| {
        let mut findings = study_of(model, Trials::Fixed(60), 2, &Quiet).findings();
        // Kept together and why late are about all promises.
        findings.retain(|f| {
            f.commitment.as_deref() == Some("S1")
                || matches!(
                    f.measure,
                    "mqls" | "attempted" | "rep_time" | "speed_to_lead_p50" | "opportunities"
                )
        });
        serde_json::to_string(&findings).expect("findings are plain")
    };
    let (base, more) = (told(&base), told(&more));
    assert!(base.len() > 2_000 && base == more);
}

/// What a person can read of a scenario's answer: the first leads of the first trial, and main measures over four.
fn story(text: &str) -> String {
    let model = scenario(text).model;
    let mut told = String::from("first leads of trial 0: source, created, attempts, end\n");
    for lead in replay::trial(&model, 1, 0, false)
        .leads
        .iter()
        .map(|story| &story.lead)
        .filter(|lead| lead.in_horizon)
        .take(12)
    {
        let attempts: Vec<String> = lead.attempts.iter().map(|(at, _)| at.to_string()).collect();
        let end = lead.ended.map_or("open".to_string(), |(at, how): (_, Ending)| format!("{how:?} {at}"));
        let source = &model.sources[usize::from(lead.source.0)].name;
        writeln!(told, "{:>3} {source:<8} {} | {} | {end}", lead.number, lead.created, attempts.join(" "))
            .expect("text");
    }
    told += "\nfour trials: measure, of what, value\n";
    const SHOWN: [&str; 14] = [
        "attainment",
        "holds",
        "mqls",
        "attempted",
        "attempts",
        "contacted",
        "sqls",
        "held",
        "opportunities",
        "left",
        "speed_to_lead_p90",
        "backlog",
        "rep_time",
        "late_leads",
    ];
    let mut measures = Vec::new();
    for finding in study_of(&model, Trials::Fixed(4), 2, &Quiet).findings() {
        if SHOWN.contains(&finding.measure) && finding.period == Period::Horizon {
            let scope = format!("{:?}", finding.scope);
            let parts = [
                finding.commitment.as_deref(),
                finding.tier.as_deref(),
                finding.cause.as_deref(),
                Some(&scope),
            ];
            let of: Vec<&str> = parts.into_iter().flatten().collect();
            let counts = finding.totals.map_or(String::new(), |t| format!("  ({} of {})", t.kept, t.judged));
            measures.push(format!(
                "{:<18} {:<28} {:.6}{counts}\n",
                finding.measure,
                of.join(" "),
                finding.estimate.value
            ));
        }
    }
    measures.sort();
    told + &measures.concat()
}

/// D2, D6. Debug and release builds are held against the same files, so they agree with each other.
#[test]
fn values_are_those_of_the_golden_files() {
    let folder = Path::new(ROOT).join("tests/suite/golden");
    let mut wrong = Vec::new();
    for (name, text) in [("owners", owners()), ("covered", covered()), ("callers", callers())] {
        let (path, now) = (folder.join(format!("{name}.txt")), story(&text));
        if std::env::var_os("LEADSIM_RENEW_GOLDEN").is_some() {
            fs::write(&path, &now).expect("the folder of golden files can be written");
        }
        let then = fs::read_to_string(&path).unwrap_or_default();
        if let Some((was, is)) =
            then.lines().chain([""]).zip(now.lines().chain([""])).find(|(was, is)| was != is)
        {
            wrong.push(format!("{name}.txt, first difference:\n  was {was}\n  is  {is}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nThe same scenario and seed gave another answer. If that is not meant, it is a mistake. If it is meant: run\n  \
         LEADSIM_RENEW_GOLDEN=1 cargo test --test suite golden\nread the diff of tests/suite/golden, and say in CHANGELOG.md under \"Changed numbers\" what changed and why.",
        wrong.join("\n")
    );
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the source tree") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// D7. Parallel work is only collected, in order; nothing below the command line asks for the time, the thread or the machine's luck.
#[test]
fn nothing_that_depends_on_the_run_is_used() {
    let mut files = Vec::new();
    sources(&Path::new(ROOT).join("src"), &mut files);
    let (mut parallel, mut wrong) = (0, Vec::new());
    for path in files {
        let text = fs::read_to_string(&path).expect("a source file");
        let code: String = text
            .split("#[cfg(test)]")
            .next()
            .unwrap_or("")
            .lines()
            .map(|l| l.split("//").next().unwrap_or(""))
            .collect();
        for chain in code.split("par_iter()").skip(1).chain(code.split("par_chunks(").skip(1)) {
            parallel += 1;
            let ends = [".collect", ".reduce(", ".for_each(", ".sum", ".fold(", ".count("];
            let first = ends.iter().filter_map(|end| chain.find(end).map(|at| (at, *end))).min();
            if first.is_none_or(|(_, end)| end != ".collect") {
                wrong.push(format!(
                    "{}: parallel work that is not collected in order: {first:?}",
                    path.display()
                ));
            }
        }
        let below =
            !path.starts_with(Path::new(ROOT).join("src/cli")) && !path.to_string_lossy().contains("tests");
        let banned = [
            "SystemTime::now",
            "Instant::now()",
            "thread::current",
            "current_thread_index",
            "rand::rng()",
            "RandomState",
            "random_range",
            "available_parallelism",
        ];
        for word in banned.iter().filter(|word| below && code.contains(**word)) {
            wrong.push(format!("{}: {word}", path.display()));
        }
    }
    assert!(parallel >= 2, "blocks of trials and pilots run in parallel: {parallel}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// D9. Three lists of leads come at one instant and take no time: all is over at that instant, hotter leads first, in the order of the file
/// and of the lists, and the reps take them in rotation.
#[test]
fn everything_at_one_instant_happens_in_the_written_order() {
    let upload = |tier: u8, leads: u32| {
        format!("tier = {tier}\nupload = {{ leads = {leads}, at = \"2026-02-03 10:00\" }}\n")
    };
    let text = format!(
        "format = 1\n[horizon]\nzone = \"UTC\"\nstart = \"2026-02-02\"\nlength = \"1 week\"\nrun_in = \"0 weeks\"\n[tiers.1]\n[tiers.2]\n\
         [sources.a]\n{}[sources.b]\n{}[sources.c]\n{}[routing]\npolicy = \"pool\"\n[team.reps]\ncount = 3\n[work]\nreview = {{ 1 = \"0min\", 2 = \"1min\" }}\n",
        upload(2, 40),
        upload(1, 30),
        upload(2, 20),
    );
    let model = scenario(&text).model;
    let told = replay::trial(&model, 1, 0, true);
    let order: Vec<u32> = told.leads.iter().map(|story| story.lead.number).collect();
    assert_eq!(order, (1..=90).collect::<Vec<_>>());
    let by_source: Vec<u16> = told.leads.iter().map(|story| story.lead.source.0).collect();
    assert!(by_source.is_sorted(), "lists come in the order of the file: {by_source:?}");
    let mut begun = Vec::new();
    for (at, event) in &told.events {
        if let replay::Event::Lead(number, trial::Happening::ReviewStarted(rep)) = event {
            begun.push((*at, *number, rep.0));
        }
    }
    let ten = told.leads[0].lead.created;
    // Whoever is free takes the first arrivals; after that hot leads take no time, and are all done before the second lead of the list.
    assert_eq!(begun.len(), 90);
    assert!(begun.windows(2).all(|two| two[0].0 <= two[1].0));
    let of = |tier: u8| {
        begun
            .iter()
            .filter(|b| told.leads[b.1 as usize - 1].lead.tier.0 == tier)
            .map(|b| b.1)
            .collect::<Vec<_>>()
    };
    assert!(of(0).is_sorted() && of(1).is_sorted(), "first come, first served within a tier");
    let hot_at: Vec<_> = begun.iter().filter(|b| (41..=70).contains(&b.1)).map(|b| b.0).collect();
    assert!(hot_at.iter().all(|at| *at <= ten + leadsim::time::Span::minutes(1)), "{hot_at:?}");
    let again = replay::trial(&model, 1, 0, true);
    assert!(told.events == again.events);
    // With nothing taking time at all, the clock does not move.
    let still = scenario(&text.replace("2 = \"1min\"", "2 = \"0min\"")).model;
    let told = replay::trial(&still, 1, 0, true);
    assert!(told.leads.iter().all(|story| story.lead.attempted == Some(story.lead.created)
        && story.lead.ended.is_some_and(|(at, _)| at == story.lead.created)));
}

/// D10. 1,654 weeks are a little more than 1e9 seconds: time is a whole number of microseconds and drifts nowhere.
#[test]
fn a_thousand_million_seconds_later_nothing_differs() {
    let text = callers();
    let [now, later] = ["2026-02-02", "2057-10-15"].map(|start| {
        scenario(&text.replace("zone = \"UTC\"", &format!("zone = \"UTC\"\nstart = \"{start}\""))).model
    });
    let seconds = (later.horizon.start - now.horizon.start).as_seconds();
    assert!(seconds > 1e9 && seconds % (7.0 * 86_400.0) == 0.0, "{seconds}");
    for number in 0..3 {
        let (now, later) = (lives(&now, number), lives(&later, number));
        assert!(now.len() > 900);
        assert_eq!(difference(&now, &later), None);
    }
}
