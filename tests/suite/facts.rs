//! Facts known exactly, asked of the whole program through scenario files: meetings, pools, rotation, queues.

use crate::measured::{Measured, agrees, kept, play, scenario};
use leadsim::analytic::ErlangC;

fn missed(kept: Measured) -> Measured {
    Measured { value: 1.0 - kept.value, ..kept }
}

/// Reps who do nothing but meet: blocks of `length` minutes every `every`, leads that take no time, alerts noticed at once.
/// Leads come from 02:00 to 22:00, away from midnight where a new offset is drawn and blocks may touch.
fn meeting_reps(reps: u32, every: u32, length: u32, policy: &str, leads_per_hour: f64) -> String {
    format!(
        r#"
format = 1
[horizon]
length = "4 weeks"
run_in = "0 weeks"
[sources.web]
per_hour = {leads_per_hour}
hour_shares = [0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]
[routing]
policy = "{policy}"
[team.reps]
count = {reps}
meetings.blocks = {{ every = "{every}min", length = "{length}min" }}
[commitments.S1]
from = "routed"
to = "attempted"
within = "15min"
"#
    )
}

/// A lead that comes in a block waits for its end, which is uniform: late with probability s·(L − 15)/L.
#[test]
fn a_single_owner_misses_by_meetings_alone() {
    for (every, length, exact) in [(120, 30, 0.125), (75, 30, 0.20), (150, 60, 0.30), (120, 60, 0.375)] {
        let share = f64::from(length) / f64::from(every);
        let formula = share * f64::from(length - 15) / f64::from(length);
        assert!((formula - exact).abs() < 1e-12);
        let study = play(&scenario(&meeting_reps(1, every, length, "round robin", 4.0)), 300, 1);
        agrees(&format!("{length} min every {every}"), missed(kept(&study, "S1")), exact, 0.003);
    }
}

/// With the first free of five, all five must be in the first `L − 15` minutes of a block: the fifth power.
#[test]
fn the_first_free_of_five_hardly_ever_misses() {
    for (every, length, exact, trials) in [(75, 30, 0.00032, 3_000), (150, 60, 0.00243, 1_000)] {
        let share = f64::from(length) / f64::from(every);
        let formula = (share * f64::from(length - 15) / f64::from(length)).powi(5);
        assert!((formula - exact).abs() < 1e-12);
        let study = play(&scenario(&meeting_reps(5, every, length, "pool", 1.0)), trials, 1);
        agrees(&format!("five, {length} min every {every}"), missed(kept(&study, "S1")), exact, exact / 8.0);
    }
}

/// A rotation gives five reps of the same hours the same number of leads, give or take one: no month is out of balance.
#[test]
fn a_rotation_is_balanced_every_month() {
    let text = r#"
format = 1
[horizon]
start = "2026-02-01"
end = "2026-04-30"
run_in = "1 week"
[sources.web]
per_month = 150
[routing]
policy = "round robin"
[team.reps]
count = 5
[commitments.S1]
from = "routed"
to = "attempted"
within = "15min"
"#;
    let study = play(&scenario(text), 200, 1);
    let findings = study.findings();
    let balanced =
        findings.iter().find(|finding| finding.measure == "balanced_months").expect("there is a rotation");
    let totals = balanced.totals.expect("a share has its counts");
    assert_eq!((totals.kept, totals.judged), (600, 600), "three whole months in each of 200 trials");
    assert!((balanced.estimate.value - 1.0).abs() < f64::EPSILON);
}

/// Forty-two leads an hour, eight minutes each, seven reps day and night: the textbook queue of Erlang (1917).
#[test]
fn a_pool_day_and_night_is_erlangs_queue() {
    let text = r#"
format = 1
[horizon]
length = "2 weeks"
run_in = "1 week"
[sources.web]
per_hour = 42
[routing]
policy = "pool"
[team.reps]
count = 7
[work]
dial = { law = "exponential", mean = "8min" }
[commitments.one]
from = "routed"
to = "attempted"
within = "1min"
[commitments.five]
from = "routed"
to = "attempted"
within = "5min"
[commitments.fifteen]
from = "routed"
to = "attempted"
within = "15min"
"#;
    let study = play(&scenario(text), 200, 1);
    let cases = [("one", 1.0, 0.592_076), ("five", 5.0, 0.797_431), ("fifteen", 15.0, 0.964_799)];
    let queue = ErlangC::new(42.0 / 60.0, 1.0 / 8.0, 7).expect("the queue is stable");
    for (commitment, minutes, exact) in cases {
        assert!(
            (queue.wait_within(minutes) - exact).abs() < 1e-6,
            "the formula agrees with the published value"
        );
        agrees(commitment, kept(&study, commitment), exact, 0.003);
    }
}

/// Hot leads go first, a call in hand is finished: the priority queue of Cobham (1954); shares within a time by
/// inversion of its transform (Davis, 1966).
#[test]
fn hot_leads_first_is_cobhams_queue() {
    let text = r#"
format = 1
[horizon]
length = "2 weeks"
run_in = "1 week"
[tiers.hot]
[tiers.warm]
[sources.demo]
tier = "hot"
per_hour = 10
[sources.content]
tier = "warm"
per_hour = 26
[routing]
policy = "pool"
[team.reps]
count = 6
order = ["new hot", "new warm", "reply", "follow-up", "own work"]
then = "oldest first"
[work]
dial = { law = "exponential", mean = "8min" }
"#;
    let cases = [
        ("hot", 1, 0.711_065_026_952_851_1),
        ("hot", 5, 0.971_981_407_078_769_1),
        ("hot", 15, 0.999_917_953_162_899_6),
        ("warm", 1, 0.549_920_589_002_682_5),
        ("warm", 5, 0.721_378_506_971_773_9),
        ("warm", 15, 0.907_522_556_940_841_3),
        ("warm", 60, 0.999_296_405_519_683_7),
    ];
    let mut all = text.to_string();
    for (tier, minutes, _) in cases {
        all += &format!(
            "[commitments.{tier}{minutes}]\ntiers = [\"{tier}\"]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"{minutes}min\"\n"
        );
    }
    let study = play(&scenario(&all), 200, 1);
    for (tier, minutes, exact) in cases {
        agrees(&format!("{tier} {minutes}"), kept(&study, &format!("{tier}{minutes}")), exact, 0.003);
    }
}
