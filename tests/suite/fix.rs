//! The cheapest fix: equal to brute force on a list whose exact answer is known, never two levers that contradict each other, clear on the
//! command line.

use crate::cli::{Place, leadsim};
use crate::measured::scenario;
use leadsim::plan::fix::{Decision, Fixed, Wanted, fix};
use leadsim::plan::price_list::{PriceList, PriceListError, price_list};
use leadsim::scenario::Scenario;
use leadsim::study::{self, Quiet, Settings, Trials};
use rayon::prelude::*;

/// Eight hours of six leads an hour per half-hour of handling, from an empty desk; on time is whoever is begun at once (COMP-MMC-DAY).
/// Four reps, and a price list of more of them.
pub(crate) const DAY: &str = "format = 1\n[horizon]\nstart = \"2026-02-02\"\nlength = \"1 day\"\nrun_in = \"0 weeks\"\nrun_out = \"none\"\nzone = \"UTC\"\n\
    [calendar]\nhours = [\"every day 00:00-24:00\"]\n[tiers.1]\n[sources.web]\ntier = 1\nper_hour = 2\n\
    hour_shares = [1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]\n[routing]\npolicy = \"pool\"\nfollow_ups_to = \"pool\"\n\
    [team.reps]\ncount = 4\nshift = \"every day 00:00-24:00\"\nthen = \"oldest first\"\ncost_per_hour = \"$10\"\n\
    [work]\ndial = { law = \"exponential\", mean = \"30min\" }\n[buyers.cadence]\nsteps.1 = { day = 0, by = \"phone\" }\n\
    [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"0 min\"\ngoal = \"80%\"\n\
    [levers.ann]\ntitle = \"Ann\"\nset = 'team.ann={ count = 1, shift = \"every day 00:00-24:00\", then = \"oldest first\" }'\ncost = \"$100 once\"\n\
    [levers.bob]\ntitle = \"Bob\"\nset = 'team.bob={ count = 1, shift = \"every day 00:00-24:00\", then = \"oldest first\" }'\ncost = \"$150 once\"\n\
    [levers.six]\ntitle = \"two more\"\nset = \"team.reps.count=6\"\ncost = \"$180 once\"\n\
    [levers.seven]\ntitle = \"three more\"\nset = \"team.reps.count=7\"\ncost = \"as paid\"\n";

/// Shares of days on which 80 % are begun at once, exact by dynamic programming: with 4, 5, 6, 7 and 8 reps.
const EXACT: [f64; 5] = [
    0.190_330_860_688_504,
    0.608_878_285_276_929,
    0.893_910_429_756_291,
    0.980_498_395_856_515,
    0.997_055_601_549_347,
];

fn wanted(probability: f64, seed: u64, at_most: u64) -> Wanted {
    Wanted {
        commitments: vec![0],
        probability,
        margin: 0.01,
        error: 0.01,
        at_most,
        confirm: 0,
        seed,
        level: 0.95,
    }
}

fn list(scenario: &Scenario) -> PriceList {
    price_list(scenario, scenario.levers.clone(), None, None).unwrap_or_else(|error| panic!("{error}"))
}

fn found(scenario: &Scenario, list: &PriceList, wanted: &Wanted) -> Fixed {
    fix(list, &scenario.base, wanted, u64::MAX, &Quiet).unwrap_or_else(|error| panic!("{error}"))
}

fn names(list: &PriceList, set: usize) -> Vec<&str> {
    list.sets[set].levers.iter().map(|&lever| list.levers[lever].name.as_str()).collect()
}

/// Seeds tried; more on request (with 200, all were right).
fn seeds() -> u64 {
    std::env::var("LEADSIM_FIX_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(40)
}

/// Six reps hold on 89.4 % of days, too near to 90 % for a few hundred: two ways to six are named, and nothing dearer is played. With enough in
/// all the answer is seven reps, and the cheapest six still not told apart from it. No set is ever put on its wrong side (1 % error).
#[test]
fn a_search_that_may_not_go_on_names_what_it_cannot_separate() {
    let scenario = scenario(DAY);
    let list = list(&scenario);
    let wanted = Wanted { margin: 0.001, ..wanted(0.9, 1, 2_000) };
    let capped = fix(&list, &scenario.base, &wanted, 600, &Quiet).unwrap_or_else(|error| panic!("{error}"));
    assert!(capped.capped && capped.answer.is_none() && capped.trials <= 700, "{}", capped.trials);
    let named = |found: &Fixed| {
        let (cheaper, dearer) = found.open_choice().expect("six reps are not told apart");
        [cheaper, dearer].map(|place| names(&list, found.tried[place].set).join("+"))
    };
    assert_eq!(named(&capped), ["six", "ann+bob"]);
    let whole = fix(&list, &scenario.base, &wanted, 50_000, &Quiet).unwrap_or_else(|error| panic!("{error}"));
    assert!(!whole.capped && whole.trials > 4_000);
    let answer = names(&list, whole.answer().expect("seven reps are enough").set).join("+");
    assert_eq!(named(&whole), ["six".to_owned(), answer]);
}

#[test]
fn the_page_names_both_sets_that_it_cannot_separate() {
    let place = Place::new("fix-capped");
    std::fs::write(place.0.join("day.toml"), DAY).expect("a file can be written");
    let arguments =
        ["fix", "day.toml", "--margin", "0.1pp", "--in-all", "600", "--no-out", "-q", "--seed", "1"];
    let output = leadsim(&place, &arguments).assert().success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).replace("\n  ", " ");
    assert!(text.starts_with("No set of these levers was shown to keep S1"), "{text}");
    assert!(
        text.contains("Cannot separate two more ($180 a horizon) from Ann and Bob ($250 a horizon) after"),
        "{text}"
    );
    assert!(text.contains("with fresh luck in") && text.contains("600 in all were the most"), "{text}");
}

/// Twelve sets: four of Ann and Bob, times as it is, six or seven; never six and seven. Three reps more are paid 3 × 24 h × $10.
#[test]
fn the_price_list_holds_every_set_once_at_its_price() {
    let scenario = scenario(DAY);
    let list = list(&scenario);
    let all: Vec<(Vec<&str>, f64)> =
        (0..list.sets.len()).map(|set| (names(&list, set), list.sets[set].cost)).collect();
    assert_eq!(all.len(), 12);
    assert_eq!(
        all[..6],
        [
            (vec![], 0.0),
            (vec!["ann"], 100.0),
            (vec!["bob"], 150.0),
            (vec!["six"], 180.0),
            (vec!["ann", "bob"], 250.0),
            (vec!["ann", "six"], 280.0)
        ]
    );
    assert!(all.contains(&(vec!["seven"], 720.0)), "{all:?}");
    assert!(!all.iter().any(|(names, _)| names.contains(&"six") && names.contains(&"seven")));
    assert_eq!(list.alternatives.len(), 1);
    assert_eq!(list.alternatives[0].path.as_deref(), Some("team.reps.count"));
}

/// Every set played 4,000 times: the cheapest whose share is at least the wanted one.
fn brute_force(list: &PriceList, probability: f64) -> usize {
    let holds = |set: &usize| {
        let settings = Settings { seed: 77, trials: Trials::Fixed(4_000), ..Settings::default() };
        let model = list.sets[*set].model.clone();
        let study = study::run(model, settings, &Quiet).expect("no trial fails");
        let held = study
            .records
            .iter()
            .filter(|record| {
                let tally = record.commitments[0].all;
                f64::from(tally.kept) >= 0.8 * f64::from(tally.judged) - 1e-9
            })
            .count();
        held as f64 / 4_000.0 >= probability
    };
    (0..list.sets.len()).find(holds).expect("all together are enough")
}

/// Wanted shares that lie at least 2.6 points from every exact one, more than the margin: the answer must be the exact one in 99 % of
/// seeds, so in all of 40. A search is wrong with chance at most 1 % by its error budget, and by size.rs's measured error far less.
#[test]
fn the_cheapest_set_is_found_and_equals_brute_force() {
    let scenario = scenario(DAY);
    let list = list(&scenario);
    let truths = [
        (0.5, vec!["ann"], vec!["bob"]),
        (0.86, vec!["six"], vec!["ann", "bob"]),
        (0.94, vec!["ann", "six"], vec!["bob", "six"]),
    ];
    for (probability, cheapest, second) in truths {
        assert!(EXACT.iter().all(|share| (share - probability).abs() >= 0.026));
        assert_eq!(names(&list, brute_force(&list, probability)), cheapest);
        let right = |seed: &u64| {
            let fixed = found(&scenario, &list, &wanted(probability, *seed, 20_000));
            let of = |tried: Option<&leadsim::plan::fix::Tried>| tried.map(|tried| names(&list, tried.set));
            of(fixed.answer()) == Some(cheapest.clone()) && of(fixed.runner_up()) == Some(second.clone())
        };
        let right = (0..seeds()).into_par_iter().filter(right).count() as u64;
        assert!(100 * right >= 99 * seeds(), "{right} of {} found {cheapest:?} for {probability}", seeds());
    }
}

/// Six reps hold the goal on 89.4 % of days, 0.6 points from 90 %: with no margin 2,000 days cannot tell, it is said, and seven are bought.
/// One fixed seed; the interval leaves the exact share out with chance at most 1 %.
#[test]
fn what_cannot_be_told_apart_counts_as_not_enough_and_is_listed() {
    let scenario = scenario(DAY);
    let list = list(&scenario);
    let wanted = Wanted { margin: 0.0, ..wanted(0.9, 1, 2_000) };
    let fixed = found(&scenario, &list, &wanted);
    assert_eq!(fixed.answer().map(|tried| names(&list, tried.set)), Some(vec!["ann", "six"]));
    let untold: Vec<Vec<&str>> = fixed.untold().map(|tried| names(&list, tried.set)).collect();
    assert_eq!(untold, [vec!["six"], vec!["ann", "bob"]]);
    for tried in fixed.untold() {
        assert_eq!((tried.decision, tried.held.1), (Decision::CannotTell, 2_000));
        assert!(tried.holds.contains(EXACT[2]));
    }
}

#[test]
fn too_many_sets_are_counted_and_larger_ones_left_out_on_request() {
    let more: String = (0..9)
        .map(|n| format!("[levers.more_{n}]\ntitle = \"more {n}\"\nset = 'team.more_{n}={{ count = 1 }}'\n"))
        .collect();
    let scenario = scenario(&format!("{DAY}{more}"));
    let levers = || scenario.levers.clone();
    let Err(PriceListError::TooMany { levers: many, at_most }) = price_list(&scenario, levers(), None, None)
    else {
        panic!("13 levers are too many")
    };
    // of 78 pairs one contradicts itself, and 11 of 286 triples hold it
    assert_eq!((many, at_most), (13, [14, 14 + 77, 14 + 77 + 275]));
    let list = price_list(&scenario, levers(), Some(2), Some(120.0)).expect("few");
    assert_eq!(list.together, Some(2));
    // as it is, nine free ones, 36 pairs of them, Ann, nine pairs with Ann
    assert_eq!((list.sets.len(), list.too_dear), (1 + 9 + 36 + 1 + 9, 91 - 56));
}

fn day(name: &str, text: &str) -> Place {
    let place = Place::new(name);
    std::fs::write(place.0.join("day.toml"), text).expect("a file can be written");
    place
}

#[test]
fn the_page_answers_first_and_the_folder_holds_it() {
    let place = day("fix-page", DAY);
    let ask = ["fix", "day.toml", "--probability", "0.86", "--confirm", "40", "-q"];
    let output = leadsim(&place, &[&ask[..], &["--out", "answer"]].concat()).assert().success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    assert!(text.starts_with("Two more is the cheapest way to keep S1"), "{text}");
    let first = text.split(';').next().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(first.contains("in 86 % of horizons of 1 day: $180 a horizon"), "{first}");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for says in
        ["The runner-up is Ann and Bob for $250", "($70 more)", "both write team.reps.count", "720, as paid"]
    {
        assert!(flat.contains(says), "{says}: {text}");
    }
    for file in ["summary.txt", "sets.csv", "fix.json", "fix.png", "fix.svg", "manifest.json"] {
        assert!(place.0.join("answer").join(file).is_file(), "{file}");
    }
    let json = [&ask[..], &["--no-out", "--format", "json", "--threads"]].concat();
    let one = leadsim(&place, &[&json[..], &["1"]].concat()).assert().success();
    let two = leadsim(&place, &[&json[..], &["2"]].concat()).assert().success();
    assert_eq!(one.get_output().stdout, two.get_output().stdout);
    let document: serde_json::Value = serde_json::from_slice(&one.get_output().stdout).expect("JSON");
    assert_eq!(document["answer"]["levers"], serde_json::json!(["six"]));
    assert_eq!(document["runner_up"]["cost"], 250.0);
}

#[test]
fn free_levers_are_used_and_said_to_be_free() {
    let place = day("fix-free", &DAY.replace("cost = \"$180 once\"\n", ""));
    let ask = ["fix", "day.toml", "--probability", "0.86", "--confirm", "0", "--no-out", "-q"];
    let output = leadsim(&place, &ask).assert().success();
    let text = String::from_utf8_lossy(&output.get_output().stdout).into_owned();
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("in 86 % of horizons of 1 day: no money;"), "{text}");
    assert!(flat.contains("No price is written for two more: free."), "{text}");
}

#[test]
fn nothing_to_do_and_nothing_that_does_are_both_said() {
    let place = day("fix-nothing", DAY);
    let ask = |more: &[&str]| {
        let all = [&["fix", "day.toml", "--confirm", "0", "--no-out", "-q"], more].concat();
        let output = leadsim(&place, &all).assert().success();
        String::from_utf8_lossy(&output.get_output().stdout).into_owned()
    };
    let text = ask(&["--probability", "0.1"]);
    assert!(text.starts_with("Nothing needs to change: as it is, S1"), "{text}");
    let text = ask(&["--levers", "ann,bob"]);
    assert!(
        text.starts_with("None of 4 sets of these levers") && text.contains("The best, Ann and Bob"),
        "{text}"
    );
    let text = ask(&["--at-most-cost", "$170"]);
    assert!(text.starts_with("None of 3 sets of these levers, within the cost asked for,"), "{text}");
}

#[test]
fn wrong_questions_are_refused_with_the_way_out() {
    let place = day("fix-refused", DAY);
    let other = DAY.split("[levers.ann]").next().unwrap_or("");
    std::fs::write(place.0.join("none.toml"), other).expect("a file can be written");
    std::fs::write(place.0.join("cost.toml"), DAY.replace("$100 once", "$100"))
        .expect("a file can be written");
    let against = DAY.replace("cost = \"$100 once\"", "excludes = \"bbo\"");
    std::fs::write(place.0.join("against.toml"), against).expect("a file can be written");
    for (arguments, says) in [
        (vec!["day.toml", "--levers", "eve"], "it has ann, bob, six, seven"),
        (vec!["day.toml", "--margin", "12pp"], "write a smaller --margin"),
        (vec!["day.toml", "--at-most-cost", "cheap"], "write dollars"),
        (vec!["none.toml"], "[levers.back_up]"),
        (vec!["cost.toml"], "write \"$100 per quarter\", or \"$100 once\""),
        (vec!["against.toml"], "known here: bob, six, seven"),
    ] {
        let all = [vec!["fix", "--no-out"], arguments].concat();
        let output = leadsim(&place, &all).assert().code(2);
        let text = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(text.contains(says), "{all:?}: {text}");
    }
}
