//! Attempts by tier: a tier that is tried less often is, no other tier notices, and the agreement asks what it asked.

use crate::measured::{kept, play, scenario};
use leadsim::model::{LeadId, Model};
use leadsim::scenario::{self, Origin, Set};
use leadsim::trial::{self, Happening, Lead, Prepared, Watch};
use std::collections::BTreeMap;
use std::path::Path;

/// So many reps that nobody waits for them, and nobody answers: every lead is tried to the end of its cadence.
const DESK: &str = r#"
format = 1
[horizon]
start = "2026-02-02"
length = "4 weeks"
run_in = "2 weeks"
[calendar]
hours = "Mon-Fri 08:00-18:00"
[tiers.1]
[tiers.2]
[tiers.3]
[sources.hot]
tier = 1
per_week = 20
[sources.warm]
tier = 2
per_week = 20
[sources.cold]
tier = 3
per_week = 20
[routing]
policy = "pool"
follow_ups_to = "pool"
[team.reps]
count = 40
[work]
dial = "1min"
email = "1min"
[buyers.cadence]
most_per_day = 2
[buyers.cadence.steps]
1 = { day = 0, by = "phone" }
2 = { day = 1, by = "email" }
3 = { day = 2, by = "phone" }
4 = { day = 4, by = "email" }
5 = { day = 7, by = "phone" }
[commitments.S4]
kind = "persistence"
attempts = 5
within_days = 10
"#;

/// The attempts on each lead that ended, by its label: when, in business days after the first, and by which channel.
#[derive(Default)]
struct Attempts(BTreeMap<(u8, u32), Vec<(usize, String)>>);

impl Watch for Attempts {
    fn lead(&mut self, _: leadsim::time::Instant, _: LeadId, lead: &Lead, what: Happening) {
        if let Happening::Ended(_) = what {
            let first = lead.attempts.first().map(|(at, _)| *at);
            let of = |(at, channel): &(leadsim::time::Instant, leadsim::model::Channel)| {
                let days = (*at - first.expect("it has attempts")).as_days();
                (days.floor() as usize, format!("{channel:?}"))
            };
            self.0.insert((lead.tier.0 + 1, lead.number), lead.attempts.iter().map(of).collect());
        }
    }
}

fn attempts(model: &Model, trial: u64) -> Attempts {
    let mut attempts = Attempts::default();
    trial::run(&Prepared::new(model), 5, trial, &mut attempts);
    attempts
}

fn counts(attempts: &Attempts, tier: u8) -> Vec<usize> {
    let mut counts: Vec<usize> =
        attempts.0.iter().filter(|((of, _), _)| *of == tier).map(|(_, made)| made.len()).collect();
    counts.sort_unstable();
    counts.dedup();
    counts
}

#[test]
fn a_trimmed_tier_gets_so_many_attempts_and_no_other_tier_notices() {
    let usual = scenario(DESK).model;
    let trimmed = scenario(&format!("{DESK}[buyers.cadence.tiers.3]\nattempts = 3\n")).model;
    let (before, after) = (attempts(&usual, 0), attempts(&trimmed, 0));
    assert_eq!([1, 2, 3].map(|tier| counts(&before, tier)), [vec![5], vec![5], vec![5]]);
    assert_eq!([1, 2, 3].map(|tier| counts(&after, tier)), [vec![5], vec![5], vec![3]]);
}

#[test]
fn steps_of_its_own_have_their_days_gaps_and_channels() {
    let own = "[buyers.cadence.tiers.2]\nmost_per_day = 1\nsteps = [{ day = 0, by = \"email\" }, { gap = \"20 business hours\", by = \"phone\" }]\n";
    let made = attempts(&scenario(&format!("{DESK}{own}")).model, 0);
    let of_tier = |tier: u8| made.0.iter().filter(move |((of, _), _)| *of == tier);
    assert!(of_tier(2).count() > 40);
    for (lead, attempts) in of_tier(2) {
        let channels: Vec<&str> = attempts.iter().map(|(_, channel)| channel.as_str()).collect();
        assert_eq!(channels, ["Email", "Phone"], "{lead:?}");
        // two open days later: on the wall 34 hours at least (from one opening to the next closing), four days at most
        assert!((1..=4).contains(&attempts[1].0), "{lead:?}: {attempts:?}");
    }
    assert_eq!(counts(&made, 1), [5]);
}

/// What S4 asks for is the agreement's. Of a tier that is tried three times nobody is tried five times, whatever its reps were told to do.
#[test]
fn the_agreement_asks_what_it_asked() {
    let kept_of = |more: &str, tiers: &str| {
        let text = format!("{DESK}tiers = {tiers}\n{more}");
        let kept = kept(&play(&scenario(&text), 4, 1), "S4");
        (kept.value, kept.judged)
    };
    let trimmed = "[buyers.cadence.tiers.3]\nattempts = 3\n";
    let (usual, _) = kept_of("", "[1, 2, 3]");
    assert_eq!(usual, 1.0, "five attempts in eight days, and nobody waits");
    let (of_others, others) = kept_of(trimmed, "[1, 2]");
    let (of_third, third) = kept_of(trimmed, "3");
    assert_eq!((of_others, of_third), (1.0, 0.0));
    assert!(others > 400 && third > 200, "{others}, {third}");
    let (of_all, all) = kept_of(trimmed, "[1, 2, 3]");
    assert_eq!((of_all, all), (others as f64 / all as f64, others + third));
}

#[test]
fn mistakes_are_told_with_their_place_and_the_way_out() {
    let wrong = |more: &str| {
        let problems = scenario::from_text(&format!("{DESK}{more}"), "try", Path::new("."), &[])
            .err()
            .unwrap_or_else(|| panic!("taken: {more}"));
        assert_eq!(problems.list.len(), 1, "{problems}");
        let problem = &problems.list[0];
        (problem.path.clone(), problem.message.clone(), problem.help.clone().unwrap_or_default())
    };
    let told =
        |path: &str, message: &str, help: &str| (path.to_string(), message.to_string(), help.to_string());
    assert_eq!(
        wrong("[buyers.cadence.tiers.3]\nattempts = 7\n"),
        told(
            "buyers.cadence.tiers.3.attempts",
            "7 attempts, and buyers.cadence.steps plan 5",
            "write attempts = 5 or fewer, or add steps"
        )
    );
    assert_eq!(
        wrong("[buyers.cadence.tiers.3]\n"),
        told(
            "buyers.cadence.tiers.3",
            "nothing is said of this tier's cadence",
            "write attempts = 3, or take it out"
        )
    );
    let (path, message, help) = wrong("[buyers.cadence.tiers.4]\nattempts = 3\n");
    assert_eq!((path.as_str(), message.as_str()), ("buyers.cadence.tiers.4", "there is no tier `4`"));
    assert!(help.contains('1'), "{help}");
    let (path, message, help) = wrong("[buyers.cadence.tiers.3]\nattemps = 3\n");
    assert!(message.contains("unknown key") && help.contains("attempts"), "{path}: {message}: {help}");
}

#[test]
fn a_change_from_the_command_line_is_explained_with_its_source() {
    let set = Set::parse("buyers.cadence.tiers.3.attempts=3").expect("well formed");
    let scenario = scenario::from_text(DESK, "try", Path::new("."), &[set]).unwrap_or_else(|p| panic!("{p}"));
    assert_eq!(
        scenario.model.buyers.cadences.iter().map(|its| its.steps.len()).collect::<Vec<_>>(),
        [5, 5, 3]
    );
    let plain = scenario::from_text(DESK, "try", Path::new("."), &[]).unwrap_or_else(|p| panic!("{p}"));
    assert_ne!(scenario.hash, plain.hash);
    let explained = scenario::explain(&scenario);
    let line = explained.iter().find(|line| line.path == "buyers.cadence.tiers.3.attempts");
    let line = line.expect("it is listed");
    assert!(line.value == "3" && matches!(line.origin, Origin::Set), "{} {:?}", line.value, line.origin);
}
