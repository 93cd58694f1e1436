//! Stopped in the middle, plans answer with what is finished, call it a part, and say what is not known.

use crate::fix::DAY;
use crate::measured::scenario;
use leadsim::plan::promise::{self, promise};
use leadsim::plan::uncertainty;
use leadsim::plan::why::{Asked, Why, why};
use leadsim::report::{PromisePage, WhyPage, promise_page, why_document, why_page};
use leadsim::scenario::{self, Scenario};
use leadsim::study::{Progress, Quiet, Settings, Trials};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// Somebody who stops after so many trials.
struct Stops {
    after: u64,
    seen: AtomicU64,
}

impl Stops {
    fn after(after: u64) -> Self {
        Stops { after, seen: AtomicU64::new(0) }
    }
}

impl Progress for Stops {
    fn done(&self, trials: u64, _: u64) {
        self.seen.store(trials, Ordering::SeqCst);
    }

    fn stop(&self) -> bool {
        self.seen.load(Ordering::SeqCst) >= self.after
    }
}

fn template() -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.toml");
    scenario::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}"))
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Waves of 40 trials: today, then constraint by constraint.
#[test]
fn why_tells_the_constraints_finished_so_far() {
    let scenario = template();
    let asked = Asked { promise: scenario.model.agreement.headline(), trials: 40, seed: 5, level: 0.95 };
    let found = |after: u64| -> Option<Why> {
        why(&scenario, &asked, &Stops::after(after)).unwrap_or_else(|error| panic!("{error}"))
    };
    assert!(found(1).is_some_and(|why| why.rankings[0].gains.is_empty() && why.unplayed.len() == 8));
    let (two, four) = (found(120).expect("today is known"), found(200).expect("today is known"));
    assert!(two.stopped && two.is_part() && four.is_part());
    assert_eq!((two.unplayed.len(), four.unplayed.len()), (6, 4));
    for (some, more) in two.rankings.iter().zip(&four.rankings) {
        assert_eq!((some.gains.len(), more.gains.len()), (2, 4));
        assert!(some.gains.iter().all(|gain| more.gains.contains(gain) && gain.share.is_none()));
        assert!(!some.gap.is_known() && some.today.is_known());
    }
    let page = WhyPage { name: "template", model: &scenario.model, asked: &asked, why: &two };
    let text = joined(&why_page(&page));
    assert!(text.starts_with("Part of the answer, for it was stopped: of the 2 constraints"), "{text}");
    assert!(text.contains("nothing is known yet of") && !text.contains("NaN"), "{text}");
    assert!(!text.contains("Shapley") && !text.contains("add up to"), "{text}");
    let document = serde_json::to_value(why_document(&page)).expect("JSON");
    assert_eq!(document["unplayed"].as_array().map(Vec::len), Some(6), "{document}");
}

/// The first 80 trials of the agreement as written are what 80 trials alone would say.
#[test]
fn a_promise_is_answered_from_the_trials_that_were_played() {
    let scenario = template();
    let wanted = |trials| promise::Wanted {
        commitments: vec![scenario.model.agreement.headline().expect("S1")],
        certainties: vec![0.9],
        goal: None,
        review_after: 2,
        trials,
        seed: 7,
        level: 0.95,
    };
    let found = |trials, progress: &dyn Progress| {
        promise(&scenario.model, &scenario.base, &wanted(trials), progress).unwrap_or_else(|e| panic!("{e}"))
    };
    let part = found(400, &Stops::after(80));
    assert!(part.stopped && part.of_each == 80 && part.answers.len() == 1);
    let whole = found(80, &Stops::after(80));
    let shortest = |promises: &promise::Promises| promises.answers[0].as_written.goal.at(0.9, 0.95);
    assert_eq!(shortest(&part), shortest(&whole));
    let wanted = wanted(400);
    let page = PromisePage { name: "template", model: &scenario.model, wanted: &wanted, promises: &part };
    let text = joined(&promise_page(&page).0);
    assert!(
        text.starts_with("Part of the answer, for it was stopped: 80 of 400 quarters are in it."),
        "{text}"
    );
    assert!(found(400, &Stops::after(0)).answers.is_empty(), "nothing was played");
}

/// Draws of twenty trials: ten of sixty were finished.
#[test]
fn the_spread_of_inputs_is_told_from_the_draws_that_were_played() {
    let text =
        format!("{DAY}[uncertainty]\n\"sources.web.per_hour\" = {{ low = \"1.25\", high = \"5.0\" }}\n");
    let scenario = scenario(&text);
    let settings = Settings { seed: 3, trials: Trials::Fixed(20), ..Settings::default() };
    let spread = |progress: &dyn Progress| {
        uncertainty::spread(&scenario, &[0], &settings, progress).expect("played").expect("one input")
    };
    let (part, whole) = (spread(&Stops::after(200)), spread(&Quiet));
    assert!(part.stopped && part.draws == 10 && part.of_holds.is_some(), "{part:?}");
    assert!(!whole.stopped && whole.draws == uncertainty::DRAWS);
    assert!(spread(&Stops::after(0)).draws == 0);
}
