//! Reps who are interrupted lose nothing: no lead, no minute of work or of the shift, and nothing happens at midnight.

use crate::measured::scenario;
use leadsim::model::{LeadId, Model, RepId};
use leadsim::scenario::{self, Set};
use leadsim::time::Instant;
use leadsim::trial::{self, Happening, Lead, Outcome, Prepared, RepState, Watch};
use std::collections::BTreeMap;
use std::path::Path;

/// Who has which lead in hand or has put it down, minutes of lead work seen and booked, every state of every rep.
#[derive(Default)]
struct Hands {
    put_down: BTreeMap<LeadId, RepId>,
    put_downs: u32,
    by_another: u32,
    /// Minutes of rep time booked on leads that have ended.
    booked: f64,
    /// Minutes reps were seen on leads.
    seen: f64,
    states: BTreeMap<RepId, Vec<(Instant, RepState)>>,
    problems: Vec<String>,
}

impl Watch for Hands {
    fn lead(&mut self, at: Instant, id: LeadId, lead: &Lead, what: Happening) {
        match what {
            Happening::PutDown(rep) => {
                self.put_downs += 1;
                if self.put_down.insert(id, rep).is_some() {
                    self.problems.push(format!("{at} {id:?} put down twice"));
                }
            }
            Happening::TakenUp(rep) => match self.put_down.remove(&id) {
                Some(before) => self.by_another += u32::from(before != rep),
                None => self.problems.push(format!("{at} {id:?} taken up, and nobody had put it down")),
            },
            Happening::Ended(_) => self.booked += lead.minutes,
            _ => {}
        }
        let goes_on = matches!(
            what,
            Happening::PutDown(_) | Happening::TakenUp(_) | Happening::Replied | Happening::Routed
        );
        if !goes_on && self.put_down.contains_key(&id) {
            self.problems.push(format!("{at} {id:?} is put down, and {what:?}"));
        }
    }

    fn rep(&mut self, at: Instant, rep: RepId, state: RepState) {
        let states = self.states.entry(rep).or_default();
        if let Some((since, before)) = states.last()
            && before.is_lead_work()
        {
            self.seen += (at - *since).as_minutes();
        }
        states.push((at, state));
    }
}

fn listen(model: &Model, number: u64) -> (Hands, Outcome) {
    let mut hands = Hands::default();
    let outcome = trial::run(&Prepared::new(model), 3, number, &mut hands);
    (hands, outcome)
}

/// The template with a text behind it and changes; speed has no effect, so that nothing has to be fitted.
fn template(more: &str, sets: &[&str]) -> Model {
    let text = format!("format = 1\npreset = \"template\"\n{more}");
    let sets: Vec<Set> = sets.iter().map(|set| Set::parse(set).expect("a well-formed change")).collect();
    scenario::from_text(&text, "away", Path::new("."), &sets)
        .unwrap_or_else(|problems| panic!("{problems}"))
        .model
}

const CALLS: &str = "[team.reps]\nput_down_for = [\"new\", \"reply\", \"follow-up\"]\n\
    [team.reps.away.customers]\nafter = { law = \"exponential\", mean = \"90min\" }\nlength = { median = \"12min\", sigma = 0.8 }\n";

#[test]
fn whatever_interrupts_a_rep_no_lead_and_no_minute_is_lost() {
    for policy in ["round robin", "pool"] {
        for interruption in ["finish", "pause", "hand back"] {
            let sets = [
                format!("routing.policy={policy}"),
                format!("team.reps.interruption={interruption}"),
                "routing.follow_ups_to=pool".to_string(),
            ];
            let sets: Vec<&str> =
                sets.iter().map(String::as_str).take(if policy == "pool" { 3 } else { 2 }).collect();
            let model = template(CALLS, &sets);
            let (hands, outcome) = listen(&model, 0);
            let what = format!("{policy}, {interruption}");
            assert!(hands.problems.is_empty(), "{what}: {}", hands.problems.join("\n"));
            assert_eq!(outcome.created, outcome.ended + outcome.open, "{what}");
            assert!(hands.put_downs > 20, "{what}: {} put down", hands.put_downs);
            assert_eq!(
                hands.by_another > 0,
                policy == "pool",
                "{what}: {} taken up by another",
                hands.by_another
            );
            assert!(hands.put_down.len() <= 20, "{what}: {} are still put down", hands.put_down.len());
            // Open leads have minutes of their own: a few of thousands of hours.
            let (seen, booked) = (hands.seen, hands.booked);
            assert!(booked <= seen && booked > 0.9 * seen, "{what}: {booked} minutes booked, {seen} seen");
            let shift: f64 = outcome.rep_minutes.iter().sum();
            let planned = model.reps.len() as f64 * 63.0 * 9.0 * 60.0;
            assert!((shift / planned - 1.0).abs() < 0.02, "{what}: {shift} of {planned} minutes");
        }
    }
}

/// One rep a shift, no meeting to run over: where tasks do not keep anybody, shifts last to the minute.
const TWO_SHIFTS: &str = r#"
format = 1
[horizon]
start = "2026-06-01"
length = "4 weeks"
run_in = "0 weeks"
[sources.web]
per_hour = 0.4
[routing]
policy = "pool"
[team.early]
count = 1
shift = "Mon-Sun 00:00-12:00"
interruption = "hand back"
[team.early.away.calls]
after = { law = "exponential", mean = "5h" }
length = { law = "exponential", mean = "2h" }
[team.late]
count = 1
shift = "Mon-Sun 12:00-24:00"
interruption = "hand back"
pace = 0.5
[work]
review = "2h"
[commitments.S1]
from = "routed"
to = "attempted"
within = "15min"
"#;

#[test]
fn a_task_handed_back_at_the_end_of_a_shift_is_gone_on_with_by_the_next() {
    let model = scenario(TWO_SHIFTS).model;
    for number in 0..5 {
        let (hands, outcome) = listen(&model, number);
        assert!(hands.problems.is_empty(), "{}", hands.problems.join("\n"));
        assert!(hands.by_another > 20, "{} handed over", hands.by_another);
        let shift: f64 = outcome.rep_minutes.iter().sum();
        let days = 28.0 * 24.0 * 60.0;
        assert!((shift - days).abs() < 1e-6, "{shift} of {days} minutes on shift");
        // What is left of two hours takes the fast rep half as long, and is booked so.
        let rest = hands.seen - hands.booked;
        assert!((-1e-6..240.0).contains(&rest), "{rest} minutes seen beside those booked on ended leads");
    }
}

fn quiet(team: &str) -> Model {
    scenario(&format!(
        "format = 1\n[horizon]\nstart = \"2026-06-01\"\nlength = \"2 weeks\"\nrun_in = \"0 weeks\"\n\
         [sources.web]\nper_week = 0.000001\n[routing]\npolicy = \"pool\"\n[team.reps]\ncount = 1\n{team}\n\
         [work]\nreview = \"1min\"\n[commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n"
    ))
    .model
}

/// Hours from the start of the horizon at which the only rep changes to a state, and that state.
fn changes(model: &Model) -> Vec<(f64, RepState)> {
    let (hands, _) = listen(model, 0);
    let states = hands.states.into_values().next().expect("there is one rep");
    states.into_iter().map(|(at, state)| ((at - model.horizon.start).as_hours(), state)).collect()
}

#[test]
fn a_rep_at_work_day_and_night_does_not_go_home_at_midnight() {
    assert_eq!(changes(&quiet("")), [(0.0, RepState::Free)]);
    let once = quiet("own_work.notes = { when_idle = \"once\", length = \"30h\" }");
    assert_eq!(
        changes(&once),
        [(0.0, RepState::Free), (0.0, RepState::OwnWork), (30.0, RepState::Free)],
        "one spell of idleness, however many days"
    );
    let away = quiet("away.trip = { after = \"20h\", length = \"50h\" }");
    let cycles = (0..5).flat_map(|n| {
        let begins = 70.0 * f64::from(n);
        [(begins, RepState::Free), (begins + 20.0, RepState::Meeting)]
    });
    let expected: Vec<(f64, RepState)> = cycles.filter(|change| change.0 < 336.0).collect();
    assert_eq!(changes(&away), expected, "absences go over midnight, and so does the clock of the next");
}

#[test]
fn the_clock_of_calls_is_desk_time_and_a_call_ends_with_the_shift() {
    let team = "shift = \"Mon-Fri 09:00-17:00\"\nlunch = { at = \"12:00\", length = \"1h\" }\n\
                away.calls = { after = \"150min\", length = \"1h\" }";
    let day = |n: f64| -> Vec<(f64, RepState)> {
        let all = changes(&quiet(team)).into_iter().map(|(hour, state)| (hour - 24.0 * n, state));
        all.filter(|(hour, _)| (0.0..24.0).contains(hour)).collect()
    };
    let (free, away, lunch, off) = (RepState::Free, RepState::Meeting, RepState::Lunch, RepState::Off);
    let monday = [(9.0, free), (11.5, away), (12.5, lunch), (13.5, free), (16.0, away), (17.0, off)];
    assert_eq!(day(0.0), monday, "lunch waits for the call to end and keeps its length");
    assert_eq!(day(1.0), monday, "the clock was wound up at the end of Monday");
    let late = team.replace("150min", "8h");
    let all = changes(&quiet(&late));
    let calls: Vec<f64> = all.iter().filter(|(_, state)| *state == away).map(|(hour, _)| *hour).collect();
    // Seven hours at the desk on Monday and one on Tuesday; five after that call, three on Wednesday until lunch, which comes first.
    assert_eq!(calls[..3], [24.0 + 10.0, 48.0 + 13.0, 72.0 + 15.0]);
}

/// Conversations are never put down: where every call is answered and nothing is read, nothing changes.
#[test]
fn nobody_hangs_up_on_a_buyer() {
    let text = |more: &str| {
        format!(
            "format = 1\n[horizon]\nlength = \"4 weeks\"\nrun_in = \"0 weeks\"\n[tiers.1]\n[tiers.2]\n\
             [sources.a]\ntier = 1\nper_hour = 2\n[sources.b]\ntier = 2\nper_hour = 3\n[routing]\npolicy = \"pool\"\n\
             [team.reps]\ncount = 2\n{more}\n[buyers.tiers.1]\ncontact = 1\n[buyers.tiers.2]\ncontact = 1\n[work]\nconversation = \"20min\"\ndial = \"20min\"\n\
             [commitments.S1]\nfrom = \"routed\"\nto = \"attempted\"\nwithin = \"15min\"\n"
        )
    };
    let put_down = "put_down_for = [\"new 1\"]";
    let (polite, outcome) = listen(&scenario(&text(put_down)).model, 0);
    assert_eq!((polite.put_downs, outcome), (0, listen(&scenario(&text("")).model, 0).1));
    let unanswered = text(put_down).replace("contact = 1", "contact = 0");
    assert!(listen(&scenario(&unanswered).model, 0).0.put_downs > 100);
}

/// Being called away moves nobody else's luck, and what is set to zero effect changes nothing.
#[test]
fn calls_have_luck_of_their_own() {
    let own = |more: &str| {
        let model = template(&format!("[team.reps]\nsick = 0.1\n{more}"), &[]);
        let (hands, outcome) = listen(&model, 1);
        let absent: Vec<Instant> =
            hands.states.values().flatten().filter(|s| s.1 == RepState::Absent).map(|s| s.0).collect();
        (absent, outcome)
    };
    let (plain, without) = own("");
    let (called, with) =
        own("[team.reps.away.calls]\nafter = { law = \"exponential\", mean = \"2h\" }\nlength = \"5min\"\n");
    assert!(plain.len() > 20 && plain == called, "sick days are the same");
    assert!(without != with);
    let (_, never) = own("[team.reps.away.calls]\nafter = \"9000 weeks\"\nlength = \"5min\"\n");
    assert_eq!(without, never, "a call that never comes changes nothing");
}
