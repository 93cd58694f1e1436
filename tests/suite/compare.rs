//! Alternatives on the same leads: what moved is found, what did not is not, and what cannot be paired is refused.

use crate::measured::play;
use leadsim::plan::differences::{Differences, differences};
use leadsim::scenario::{self, Scenario, Set};
use leadsim::study::{ByTrial, Period, Series, Study};
use std::path::Path;

fn template(sets: &[&str]) -> Scenario {
    let sets: Vec<Set> = sets.iter().map(|s| Set::parse(s).expect("a well-formed change")).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.toml");
    scenario::load(&path, &sets).unwrap_or_else(|problems| panic!("{problems}"))
}

fn series(sets: &[&str], trials: u64) -> Vec<Series> {
    play(&template(sets), trials, 4).series()
}

/// Every series makes up the estimate that it stands behind, and every estimate over the horizon but pooled quantiles has one.
#[test]
fn series_make_up_the_estimates() {
    let study: Study = play(&template(&[]), 60, 4);
    let series = study.series();
    for Series { finding, by_trial } in &series {
        let value = match by_trial {
            ByTrial::Ratio(pairs) => {
                let sum = pairs.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + pair.0, sum.1 + pair.1));
                sum.0 / sum.1
            }
            ByTrial::Mean(values) => values.iter().sum::<f64>() / values.len() as f64,
            ByTrial::YesNo(answers) => {
                answers.iter().filter(|yes| **yes).count() as f64 / answers.len() as f64
            }
        };
        assert_eq!(by_trial.trials(), 60, "{finding:?}");
        let near = (value - finding.estimate.value).abs() <= 1e-9 * value.abs().max(1e-9);
        assert!(near, "{value} for {finding:?}");
    }
    let mut left_out: Vec<&str> = study
        .findings_over_horizon()
        .iter()
        .filter(|finding| finding.period == Period::Horizon && finding.estimate.is_known())
        .filter(|finding| !series.iter().any(|s| s.is_same_as(finding)))
        .map(|finding| finding.measure)
        .collect();
    left_out.sort_unstable();
    left_out.dedup();
    assert!(
        left_out.iter().all(|measure| measure.contains("_p50") || measure.contains("_p9")),
        "{left_out:?}"
    );
}

fn between(one: &[&str], other: &[&str], trials: u64) -> Differences {
    differences(&series(one, trials), &series(other, trials), |_| 0.95)
}

#[test]
fn identical_scenarios_differ_in_nothing_at_all() {
    let found = between(&[], &[], 60);
    assert!(found.both.len() > 200, "{}", found.both.len());
    assert!(found.only_base.is_empty() && found.only_other.is_empty());
    for difference in found.both {
        assert_eq!(difference.difference.value, 0.0, "{:?}", difference.finding);
        assert!(difference.is_same && !difference.moved && difference.worth.is_none(), "{difference:?}");
    }
}

/// Dearer reps cost their difference, to the cent, and nothing else moves.
#[test]
fn a_known_difference_is_found_and_nothing_beside_it() {
    let found = between(&["team.reps.cost_per_hour=$100"], &["team.reps.cost_per_hour=$110"], 60);
    for difference in &found.both {
        let of_cost = difference.finding.measure.contains("cost")
            || difference.finding.cause.as_deref() == Some("rejected_leads");
        assert!(of_cost || difference.is_same, "{:?}", difference.finding);
    }
    let cost = found.both.iter().find(|d| d.finding.measure == "team_cost").expect("a cost");
    assert!((cost.difference.value - cost.base.value * 0.1).abs() < 1e-6 * cost.base.value, "{cost:?}");
    assert!(cost.moved);
}

/// Where leads return in one scenario only, the counts of the other are 0, and its rates belong to it alone.
#[test]
fn counts_that_cannot_happen_are_nothing_and_rates_stand_alone() {
    let found = between(&["buyers.recycling.off=true"], &[], 60);
    let returned = |measure: &str| {
        found
            .both
            .iter()
            .find(|d| d.finding.measure == measure && d.finding.scope == leadsim::study::Scope::Returned)
    };
    let mqls = returned("mqls").expect("returning leads");
    assert_eq!(mqls.base.value, 0.0);
    assert!(mqls.moved && mqls.difference.value == mqls.other.value, "{mqls:?}");
    assert!(returned("accept_rate").is_none());
    assert!(found.only_other.iter().any(|f| f.measure == "accept_rate"), "{:?}", found.only_other);
}
