//! The auditor can fail: for every property a trial that was told wrongly, or a result that is wrong, and the property is reported.

use super::told::{Hears, Record, Told};
use super::{Auditor, Property, Wrong, whole};
use leadsim::model::{Activity, Model};
use leadsim::scenario;
use leadsim::time::{Instant, Span};
use leadsim::trial::{Happening, Outcome, RepState};
use std::path::Path;

const TEXT: &str = r#"
format = 1
[horizon]
start = "2026-06-01"
length = "2 weeks"
run_in = "0 weeks"
[calendar]
hours = "Mon-Fri 08:00-18:00"
[tiers.1]
[tiers.2]
[sources.hot]
tier = 1
per_week = 40
[sources.cold]
tier = 2
per_week = 40
[routing]
policy = "pool"
[team.reps]
count = 2
shift = "Mon-Fri 09:00-17:00"
attention = { law = "uniform", from = "0min", to = "20min" }
lunch = { at = "12:00", length = "45min" }
cost_per_hour = "$60"
order = ["new 1", "new 2", "reply", "follow-up", "own work"]
[work]
review = "20min"
dial = "10min"
[buyers]
tiers.1 = { contact = 0.2, qualified = 0.5, opportunity = 1, won = 0.5 }
tiers.2 = { contact = 0.2, qualified = 0.5, opportunity = 1, won = 0.5 }
[buyers.cadence]
most_per_day = 2
[buyers.cadence.steps]
1 = { day = 0, by = "phone" }
2 = { day = 1, by = "phone", pause = "1h" }
[commitments.S1]
from = "routed"
to = "attempted"
within = "30 business min"
"#;

/// A trial as it was told, and what it counted.
struct Heard {
    model: Model,
    record: Record,
    outcome: Outcome,
}

fn heard() -> Heard {
    let model =
        scenario::from_text(TEXT, "doctored", Path::new("."), &[]).unwrap_or_else(|p| panic!("{p}")).model;
    let (record, outcome) = whole::record(&model, 1);
    Heard { model, record, outcome }
}

/// Which properties the auditor finds broken.
fn broken(heard: &Heard) -> Vec<Property> {
    let mut auditor = Auditor::new(&heard.model);
    heard.record.0.iter().for_each(|(at, told)| auditor.hear(*at, *told));
    let mut found: Vec<Property> =
        auditor.close(&heard.outcome).iter().map(|violation| violation.property).collect();
    found.sort();
    found.dedup();
    found
}

/// The place of the `n`-th thing told that fits.
fn place(heard: &Heard, n: usize, fits: impl Fn(&Told) -> bool) -> usize {
    heard.record.0.iter().enumerate().filter(|(_, (_, told))| fits(told)).nth(n).expect("it is told").0
}

fn expect(property: Property, doctor: impl Fn(&mut Heard)) {
    let mut heard = heard();
    assert_eq!(broken(&heard), [], "the trial itself is in order");
    doctor(&mut heard);
    let found = broken(&heard);
    assert!(found.contains(&property), "{property:?} is not among {found:?}");
}

#[test]
fn p1_a_lead_that_ends_twice_or_is_lost() {
    let ended = |told: &Told| matches!(told, Told::Lead(_, _, Happening::Ended(_)));
    expect(Property::P1, |heard| {
        let place = place(heard, 3, ended);
        let twice = heard.record.0[place];
        heard.record.0.insert(place, twice);
    });
    expect(Property::P1, |heard| {
        heard.record.0.remove(place(heard, 3, ended));
    });
    expect(Property::P1, |heard| heard.outcome.ended += 1);
}

#[test]
fn p2_a_count_that_is_one_off() {
    expect(Property::P2, |heard| heard.outcome.stretches[1].tiers[0].funnel.attempted += 1);
    expect(Property::P2, |heard| heard.outcome.tiers[1].funnel.contacted -= 1);
}

#[test]
fn p3_a_wait_that_is_not_booked() {
    expect(Property::P3, |heard| heard.outcome.tiers[0].handling.waiting_minutes -= 0.01);
    expect(Property::P3, |heard| heard.outcome.stretches[0].tiers[1].handling.waiting_minutes += 0.01);
}

#[test]
fn p4_minutes_that_are_booked_twice() {
    expect(Property::P4, |heard| heard.outcome.rep_minutes[RepState::NewLead as usize] += 0.01);
    expect(Property::P4, |heard| heard.outcome.team_cost += 1.0);
    expect(Property::P4, |heard| {
        let place = place(heard, 5, |told| matches!(told, Told::Rep(_, RepState::Lunch)));
        heard.record.0[place].0 += Span::minutes(1);
        heard.record.0.sort_by_key(|(at, _)| *at);
    });
}

#[test]
fn p5_a_free_rep_beside_work_and_a_lead_noticed_late() {
    // Work that nobody takes, while somebody sits free.
    expect(Property::P5, |heard| {
        let pairs = heard.record.0.windows(2).enumerate();
        let is_left_free = |pair: &[(Instant, Told)]| {
            matches!(pair[0].1, Told::Rep(_, RepState::Free)) && pair[1].0 > pair[0].0
        };
        let (free, pair) = pairs.skip(200).find(|(_, pair)| is_left_free(pair)).expect("somebody is free");
        let at = pair[0].0;
        let waits = heard.record.0[..free].iter().rev().find_map(|(_, told)| match told {
            Told::InLine(id, Activity::NewLead, None) => Some(*id),
            _ => None,
        });
        let told = Told::InLine(waits.expect("some lead waited"), Activity::NewLead, None);
        heard.record.0.insert(free + 1, (at, told));
    });
    expect(Property::P5, |heard| {
        let place = place(heard, 4, |told| matches!(told, Told::Alerted(..)));
        if let Told::Alerted(_, _, desk_time) = &mut heard.record.0[place].1 {
            *desk_time += Span::minutes(1);
        }
    });
}

#[test]
fn p6_work_at_lunch_two_things_at_once_and_attempts_too_soon() {
    expect(Property::P6, |heard| {
        let lunch = place(heard, 0, |told| matches!(told, Told::Rep(_, RepState::Lunch)));
        let (at, Told::Rep(rep, _)) = heard.record.0[lunch] else { unreachable!("it is about a rep") };
        heard.record.0.insert(lunch + 1, (at, Told::Takes(rep, Activity::OwnWork, None)));
    });
    expect(Property::P6, |heard| {
        let done = place(heard, 6, |told| matches!(told, Told::Done(_)));
        heard.record.0.remove(done);
    });
    expect(Property::P6, |heard| {
        let second = place(heard, 2, |told| matches!(told, Told::Lead(_, _, Happening::Attempted(_, 2, _))));
        let (_, told) = heard.record.0[second];
        let Told::Lead(id, ..) = told else { unreachable!("it is about a lead") };
        let first = heard.record.0[..second].iter().rposition(
            |(_, told)| matches!(told, Told::Lead(other, _, Happening::Attempted(_, 1, _)) if *other == id),
        );
        let (at, _) = heard.record.0[first.expect("the first came before")];
        heard.record.0.insert(first.expect("the first came before") + 1, (at, told));
    });
    // A shift that ends without the rep going home.
    expect(Property::P6, |heard| {
        let off = place(heard, 0, |told| matches!(told, Told::Rep(_, RepState::Off)));
        heard.record.0.remove(off);
    });
}

/// The trial is left as it was, and the rules are said to have been others.
#[test]
fn p6_a_meeting_in_hours_without_meetings_and_an_attempt_too_many() {
    let talks = "[team.reps.meetings.talks]\nper_day = 2\nlength = \"30min\"\n[work]";
    let model = scenario::from_text(&TEXT.replace("[work]", talks), "doctored", Path::new("."), &[])
        .unwrap_or_else(|p| panic!("{p}"))
        .model;
    let (record, outcome) = whole::record(&model, 1);
    let mut heard = Heard { model, record, outcome };
    assert_eq!(broken(&heard), [], "the trial itself is in order");
    heard.model.buyers.cadences[1].steps.truncate(1);
    assert_eq!(broken(&heard), [Property::P6], "tier 2 is tried twice");
    heard.model.buyers.cadences[1] = heard.model.buyers.cadences[0].clone();
    for rep in &mut heard.model.reps {
        rep.no_meetings = rep.days.iter().map(|day| (day.starts, day.ends)).collect();
    }
    assert_eq!(broken(&heard), [Property::P6], "every hour is kept free of meetings");
}

#[test]
fn p7_a_colder_lead_is_taken_first() {
    // Where a tier 1 lead is taken, a tier 2 lead is said to have waited, and to be taken in its place.
    expect(Property::P7, |heard| {
        let takes = heard
            .record
            .0
            .iter()
            .position(|(_, told)| matches!(told, Told::Takes(_, Activity::FollowUp, Some(_))));
        let takes = takes.expect("some follow-up is taken");
        let (at, _) = heard.record.0[takes];
        let waits = heard.record.0[takes..].iter().find_map(|(_, told)| match told {
            Told::InLine(id, Activity::NewLead, None) => Some(*id),
            _ => None,
        });
        let created = heard.record.0[..takes].iter().find_map(|(_, told)| match told {
            Told::Lead(id, _, Happening::Created) => Some(*id),
            _ => None,
        });
        let id = waits.filter(|id| {
            heard.record.0[..takes]
                .iter()
                .any(|(_, t)| matches!(t, Told::Lead(other, _, Happening::Created) if other == id))
        });
        let told = Told::InLine(id.or(created).expect("some lead is there"), Activity::NewLead, None);
        heard.record.0.insert(takes, (at, told));
    });
}

#[test]
fn p8_a_promise_judged_wrongly() {
    expect(Property::P8, |heard| {
        let of = &mut heard.outcome.commitments[0];
        of.in_hours.kept += 1;
    });
    expect(Property::P8, |heard| {
        heard.outcome.commitments[0].all.kept = heard.outcome.commitments[0].all.judged + 1
    });
    expect(Property::P8, |heard| {
        let funnel = &mut heard.outcome.tiers[0].funnel;
        (funnel.sqls, funnel.contacted) = (funnel.contacted + 1, funnel.sqls);
    });
}

#[test]
fn p9_an_estimate_outside_of_its_interval() {
    let study =
        leadsim::study::run(heard().model, leadsim::study::Settings::default(), &leadsim::study::Quiet);
    let findings = study.expect("no trial fails").findings();
    let with_interval = findings.iter().find(|finding| finding.estimate.low.is_some_and(|low| low > 0.0));
    let mut one = with_interval.expect("some number has an interval").estimate;
    let reported = |estimate| {
        let mut wrong = Wrong::default();
        whole::estimate("doctored", &estimate, None, &mut wrong);
        wrong.0.iter().any(|violation| violation.property == Property::P9)
    };
    assert!(!reported(one));
    one.value = f64::NAN;
    assert!(reported(one));
    one.value = one.low.expect("it has one") - 0.1;
    assert!(reported(one));
}

#[test]
fn p10_a_tighter_target_taken_for_a_looser_one() {
    let model = whole::with_looser(&heard().model);
    let mut outcome = whole::record(&model, 1).1;
    let reported = |outcome: &Outcome| {
        let mut wrong = Wrong::default();
        whole::looser(outcome, &mut wrong);
        wrong.0.iter().any(|violation| violation.property == Property::P10)
    };
    assert!(!reported(&outcome));
    outcome.commitments.reverse();
    assert!(reported(&outcome), "the two targets differ for some lead");
}

#[test]
fn p11_time_that_runs_backwards_and_a_past_that_knows_the_future() {
    expect(Property::P11, |heard| {
        let half = heard.record.0.len() / 2;
        heard.record.0[half].0 = heard.model.horizon.opens;
    });
    expect(Property::P11, |heard| {
        let last = heard.record.0.len() - 1;
        heard.record.0[last].0 = heard.model.horizon.last();
    });
    let heard = heard();
    let (until, mut other) = (heard.model.horizon.start + Span::days(5), heard.record.clone());
    let mut wrong = Wrong::default();
    whole::same_before(until, &heard.record, &other, &mut wrong);
    assert!(wrong.0.is_empty());
    other.0.remove(10);
    whole::same_before(until, &heard.record, &other, &mut wrong);
    assert_eq!(wrong.0[0].property, Property::P11);
}

#[test]
fn p12_a_line_that_is_lost_in_writing() {
    let scenario =
        scenario::from_text(TEXT, "doctored", Path::new("."), &[]).unwrap_or_else(|p| panic!("{p}"));
    let written = whole::written_out(&scenario);
    assert!(whole::round_trip(&scenario.model, &written).is_empty());
    let lost: String = written
        .lines()
        .filter(|line| !line.contains("cost_per_hour"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_eq!(whole::round_trip(&scenario.model, &lost)[0].property, Property::P12);
}
