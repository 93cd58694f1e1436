//! Busyness shared out among a block's trials changes how sure an answer is, and nothing that it is about.

use crate::cli::{Place, TEMPLATE, leadsim, out};
use crate::measured::scenario;
use leadsim::model::Model;
use leadsim::study::{self, FEWEST_BLOCKS, Finding, Quiet, Scope, Settings, Study, Trials};
use leadsim::trial::{self, Outcome, Prepared, STRATA, Unwatched};

/// One day: its leads are Poisson with a busyness of their own, and each is routed on time with the same chance.
const LEADS: f64 = 12.0;
const SHAPE: f64 = 3.0;
const ON_TIME: f64 = 0.8;

fn day(per: &str) -> Model {
    scenario(&format!(
        "format = 1\n[horizon]\nstart = \"2026-02-02\"\nlength = \"1 day\"\nrun_in = \"0 weeks\"\nzone = \"UTC\"\n\
         [calendar]\nhours = [\"Mon-Sun 00:00-24:00\"]\n[tiers.1]\n[leads.busyness]\nper = \"{per}\"\nshape = {SHAPE}\n\
         [sources.web]\ntier = 1\nper_day = {LEADS}\n[routing]\npolicy = \"pool\"\nfails = {}\n\
         by_hand = {{ delay = \"2h\", clock = \"wall\" }}\n[team.reps]\ncount = 1\nshift = \"Mon-Sun 00:00-24:00\"\n\
         [commitments.M]\nfrom = \"created\"\nto = \"routed\"\nwithin = \"1h\"\ngoal = \"80%\"\n",
        1.0 - ON_TIME
    ))
    .model
}

fn play(model: &Model, trials: u64, stratified: bool) -> Study {
    let settings = Settings { seed: 5, trials: Trials::Fixed(trials), stratified, ..Settings::default() };
    study::run(model.clone(), settings, &Quiet).expect("no trial fails")
}

fn named<'a>(findings: &'a [Finding], measure: &str) -> &'a Finding {
    let is_it = |f: &&Finding| f.measure == measure && f.scope == Scope::All && f.tier.is_none();
    findings.iter().find(is_it).unwrap_or_else(|| panic!("no {measure}"))
}

fn leads(study: &Study) -> Vec<f64> {
    study.records.iter().map(|o| o.tiers.iter().map(|tier| f64::from(tier.funnel.mqls)).sum()).collect()
}

/// Mean and standard error from whole blocks.
fn of_blocks(study: &Study, values: &[f64]) -> (f64, f64) {
    let means = study.units().means(values);
    let count = means.len() as f64;
    let mean = means.iter().sum::<f64>() / count;
    let squares: f64 = means.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (count - 1.0) / count).sqrt())
}

/// Leads of a day are negative binomial: their mean, their variance, the chance of none, and the share on time are known, by day and by week.
/// Eight comparisons at 4.2 standard errors of 1,000 blocks: together a false alarm of 2e-4; the seed is fixed.
#[test]
fn what_is_known_exactly_comes_out() {
    for per in ["day", "week"] {
        let study = play(&day(per), 20_000, true);
        let leads = leads(&study);
        let variance = LEADS + LEADS * LEADS / SHAPE;
        let moments: [(&str, Vec<f64>, f64); 4] = [
            ("mean", leads.clone(), LEADS),
            ("variance", leads.iter().map(|n| (n - LEADS).powi(2)).collect(), variance),
            (
                "none",
                leads.iter().map(|n| f64::from(u8::from(*n == 0.0))).collect(),
                (SHAPE / (SHAPE + LEADS)).powf(SHAPE),
            ),
            ("late", late(&study), LEADS * (1.0 - ON_TIME)),
        ];
        for (what, values, exact) in moments {
            let (mean, error) = of_blocks(&study, &values);
            assert!((mean - exact).abs() < 4.2 * error, "{what} by {per}: {mean} ± {error}, not {exact}");
        }
    }
}

fn late(study: &Study) -> Vec<f64> {
    let of = |o: &Outcome| f64::from(o.commitments[0].all.judged - o.commitments[0].all.kept);
    study.records.iter().map(of).collect()
}

/// Of the leads of a day three quarters of the variance are its busyness, and all of that goes but a five-hundredth: intervals shrink, to about half.
/// The same trials under plain chance have 4,000 independent days (the error of a variance is then 2 %, of blocks 10 %); by design, not by luck.
#[test]
fn intervals_shrink_where_busyness_is_what_varies() {
    let model = day("day");
    let (shared, plain) = (play(&model, 4_000, true).findings(), play(&model, 4_000, false).findings());
    let (shared, plain) = (named(&shared, "mqls"), named(&plain, "mqls"));
    assert_eq!((shared.estimate.trials, shared.estimate.blocks), (4_000, Some(4_000 / STRATA)));
    assert_eq!((plain.estimate.trials, plain.estimate.blocks), (4_000, None));
    let ratio = plain.estimate.half_width().unwrap() / shared.estimate.half_width().unwrap();
    // Variance 60 against 12 and a little: √(60 / 12.3) = 2.2.
    assert!((1.8..2.6).contains(&ratio), "{ratio}");
    // What one trial is like has not changed: 10th and 90th percentile of a day's leads.
    let (shared, plain) = (shared.typical.unwrap(), plain.typical.unwrap());
    assert!((shared.0 - plain.0).abs() <= 1.0 && (shared.1 - plain.1).abs() <= 1.0, "{shared:?} {plain:?}");
}

/// The number of trials is rounded up to whole blocks where a caller asks for something else.
#[test]
fn blocks_are_whole() {
    let model = day("day");
    assert_eq!(play(&model, 10, true).trials(), FEWEST_BLOCKS * STRATA);
    assert_eq!(play(&model, 401, true).trials(), 420);
    let precise = Settings {
        trials: Trials::Precision { half_width: 0.02, at_most: 5_000 },
        stratified: true,
        ..Settings::default()
    };
    let trials = study::run(model, precise, &Quiet).expect("no trial fails").trials();
    assert!(trials >= FEWEST_BLOCKS * STRATA && trials.is_multiple_of(STRATA), "{trials}");
}

fn template() -> Model {
    let scenario = leadsim::scenario::load(TEMPLATE.as_ref(), &[]).unwrap_or_else(|wrong| panic!("{wrong}"));
    scenario.model
}

/// A trial is a function of scenario, seed, number and of whether busyness is shared out: alone it is what it was in the run, on any threads.
#[test]
fn a_trial_alone_is_the_trial_among_others_on_any_threads() {
    let model = template();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a thread pool");
        pool.install(|| play(&model, FEWEST_BLOCKS * STRATA, true))
    };
    let one = on(1);
    let bits = |study: &Study| {
        let findings = serde_json::to_string(&study.findings()).expect("findings are plain data");
        format!("{:?}\n{findings}", study.records)
    };
    let bits_of_one = bits(&one);
    for threads in [2, 3] {
        assert!(bits_of_one == bits(&on(threads)), "{threads} threads differ from one");
    }
    let prepared = Prepared::new(&model).sharing_busyness(true);
    let plain = Prepared::new(&model);
    for number in [0, 19, 20, 333] {
        let alone = trial::run(&prepared, 5, number, &mut Unwatched);
        assert_eq!(alone.tiers, one.records[number as usize].tiers, "trial {number}");
        assert_ne!(alone.tiers, trial::run(&plain, 5, number, &mut Unwatched).tiers, "trial {number}");
    }
}

/// From outside: whole blocks only, with the way out; said on the page and in the document; a lead's story is that of the run.
#[test]
fn the_command_line_says_blocks() {
    let place = Place::new("stratified");
    let refused = leadsim(&place, &["run", TEMPLATE, "--stratified", "--trials", "410", "--no-out"]);
    let output = { refused }.output().expect("the program starts");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && told.contains("write --trials 420, or leave out"), "{told}");

    let page =
        out(&place, &["run", TEMPLATE, "--stratified", "--trials", "400", "--trace", "1", "--out", "here"]);
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains("400 quarters in 20 blocks of 20 that share out busy and quiet days"), "{page}");
    let estimates = std::fs::read_to_string(place.0.join("here/estimates.json")).expect("written");
    assert!(estimates.contains("\n  \"blocks\": 20,") && estimates.contains("\"trials\":400,\"blocks\":20,"));
    let leads = std::fs::read_to_string(place.0.join("here/leads.csv")).expect("written");
    let count = leads.lines().count() - 1;
    let none =
        leadsim(&place, &["trace", TEMPLATE, "--stratified", "--lead", "99999"]).output().expect("starts");
    let told = String::from_utf8_lossy(&none.stderr).into_owned();
    assert!(told.contains(&format!("from 1 to {count}")), "{told}");
}

/// Without busyness there is nothing to share out: a note, and the plain answer to the letter.
#[test]
fn nothing_to_share_out_is_said() {
    let place = Place::new("nothing-to-stratify");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/start-up.toml");
    let with = ["run", file, "--trials", "30", "--no-out", "--stratified", "--format", "json"];
    let shared = leadsim(&place, &with).output().expect("the program starts");
    let told = String::from_utf8_lossy(&shared.stderr).into_owned();
    assert!(told.contains("nothing for --stratified to share out"), "{told}");
    let plain = out(&place, &["run", file, "--trials", "30", "--no-out", "--format", "json"]);
    assert_eq!(String::from_utf8_lossy(&shared.stdout), plain);
}
