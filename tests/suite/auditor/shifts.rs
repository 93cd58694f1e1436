//! P6 for reps: nobody begins anything outside of the shift, at lunch or in a meeting, or beyond the headcount; no meeting in hours that
//! are kept free of them; only the task in hand goes on; what is put down may be put down.

use super::scene::Scene;
use super::told::Told;
use super::{Property, Wrong};
use leadsim::model::{Cover, Interruption, RepId, WorkDay};
use leadsim::time::{Instant, Span};
use leadsim::trial::{Happening, RepState};

/// What a rep did since the shift began.
#[derive(Debug, Clone)]
struct Day {
    /// Meetings and lunches since the start of the run, as (began, ended).
    meetings: Vec<(Instant, Instant)>,
    lunches: Vec<(Instant, Instant)>,
    state: RepState,
    since: Instant,
    /// In a meeting that a free rep went to, so that it began when it was meant to.
    on_time: bool,
    /// Put down just now: who puts something down takes better work at once or leaves.
    put_down: Option<Instant>,
}

pub struct Shifts {
    days: Vec<Day>,
}

/// The working day that holds `at`.
fn day_at(days: &[WorkDay], at: Instant) -> Option<(usize, &WorkDay)> {
    let after = days.partition_point(|day| day.starts <= at);
    days[..after].iter().enumerate().rev().take(2).find(|(_, day)| at < day.ends)
}

/// How many are wanted at an instant, and how many before.
fn wanted(cover: &Cover, at: Instant) -> (u32, u32) {
    let after = cover.steps.partition_point(|(from, _)| *from <= at);
    let step = |n: Option<usize>| n.map_or(0, |n| cover.steps[n].1);
    (step(after.checked_sub(1)), step(after.checked_sub(2)))
}

impl Shifts {
    pub fn new(scene: &Scene<'_>) -> Self {
        let since = scene.model.horizon.opens;
        let day = Day {
            meetings: Vec::new(),
            lunches: Vec::new(),
            state: RepState::Off,
            since,
            on_time: false,
            put_down: None,
        };
        Shifts { days: vec![day; scene.reps.len()] }
    }

    pub fn hear(&mut self, scene: &Scene<'_>, told: &Told, wrong: &mut Wrong) {
        match *told {
            Told::Takes(rep, ..) => self.takes(scene, rep, wrong),
            Told::Rep(rep, state) => self.changes(scene, rep, state, wrong),
            Told::Lead(id, facts, Happening::PutDown(rep)) => {
                self.days[rep.0 as usize].put_down = Some(scene.now);
                let talking = scene.leads.get(&id).is_some_and(|seen| seen.contacted.is_some());
                wrong.unless(!talking, Property::P6, scene.now, || {
                    format!("{rep:?} puts lead {} down in the midst of a conversation", facts.number)
                });
            }
            _ => {}
        }
    }

    fn takes(&mut self, scene: &Scene<'_>, rep: RepId, wrong: &mut Wrong) {
        let (now, person) = (scene.now, &scene.model.reps[rep.0 as usize]);
        self.days[rep.0 as usize].put_down = None;
        let state = scene.state(rep);
        wrong.unless(state == RepState::Free, Property::P6, now, || {
            format!("{rep:?} takes work, and is {state:?}")
        });
        if let Some(cover) = &scene.group(rep).cover {
            return headcount(scene, cover, rep, wrong);
        }
        let Some((number, day)) = day_at(&person.days, now) else {
            return wrong.add(Property::P6, now, format!("{rep:?} takes work outside of the shift"));
        };
        if let Some((starts, length)) = person.lunch_on(number).filter(|(starts, _)| *starts <= now) {
            let had = self.days[rep.0 as usize]
                .lunches
                .iter()
                .any(|(began, ended)| *began >= starts && *ended - *began == length);
            wrong.unless(had, Property::P6, now, || {
                format!("{rep:?} takes work, and lunch was due at {starts}")
            });
        }
        let due = person.standing.iter().filter(|meeting| {
            day.starts <= meeting.starts && meeting.starts <= now && meeting.starts < day.ends
        });
        for meeting in due {
            let since =
                self.days[rep.0 as usize].meetings.iter().filter(|(_, ended)| *ended > meeting.starts);
            let sat: Span =
                since.fold(Span::ZERO, |sum, (began, ended)| sum + (*ended - (*began).max(meeting.starts)));
            wrong.unless(sat >= meeting.length, Property::P6, now, || {
                format!(
                    "{rep:?} takes work, and sat {sat} of the meeting of {} due at {}",
                    meeting.length, meeting.starts
                )
            });
        }
    }

    fn changes(&mut self, scene: &Scene<'_>, rep: RepId, state: RepState, wrong: &mut Wrong) {
        let now = scene.now;
        let day = &mut self.days[rep.0 as usize];
        let (before, since) =
            (std::mem::replace(&mut day.state, state), std::mem::replace(&mut day.since, now));
        match before {
            RepState::Meeting => day.meetings.push((since, now)),
            RepState::Lunch => day.lunches.push((since, now)),
            _ => {}
        }
        let day = &mut self.days[rep.0 as usize];
        if before == RepState::Meeting && day.on_time {
            kept_free(scene, rep, (since, now), wrong);
        }
        day.on_time = (before, state) == (RepState::Free, RepState::Meeting);
        let leaves = state < RepState::Free;
        if leaves {
            day.put_down = None;
        }
        let group = scene.group(rep);
        let pauses = group.interruption != Interruption::Finish
            || group.away.iter().any(|away| away.interruption != Interruption::Finish);
        let in_hand = scene.reps[rep.0 as usize].in_hand;
        wrong.unless(!leaves || pauses || in_hand.is_none(), Property::P6, now, || {
            format!("{rep:?} leaves for {state:?} with {in_hand:?} in hand")
        });
    }

    /// Asked when time is about to pass.
    pub fn at_rest(&self, scene: &Scene<'_>, wrong: &mut Wrong) {
        for (number, day) in self.days.iter().enumerate() {
            let (rep, now) = (RepId(number as u32), scene.now);
            wrong.unless(day.put_down.is_none(), Property::P6, now, || {
                format!("{rep:?} put work down for nothing")
            });
            if scene.group(rep).cover.is_some() {
                continue;
            }
            let on = day_at(&scene.model.reps[number].days, now).is_some();
            let fits = match day.state {
                RepState::Free | RepState::Absent => on,
                RepState::Off => !on,
                _ => true,
            };
            wrong.unless(fits, Property::P6, now, || format!("{rep:?} is {:?}, on shift: {on}", day.state));
        }
        headcounts_at_rest(scene, wrong);
    }
}

/// Meetings that began on time, one after the other, lie outside of hours without meetings; calls away and excepted meetings may not.
fn kept_free(scene: &Scene<'_>, rep: RepId, (began, ended): (Instant, Instant), wrong: &mut Wrong) {
    let group = scene.group(rep);
    let elsewhere = group.meetings.iter().any(|meetings| meetings.anywhere) || !group.rhythms.is_empty();
    if elsewhere || !group.away.is_empty() {
        return;
    }
    let mut closed = scene.model.reps[rep.0 as usize].no_meetings.iter();
    let inside = closed.find(|(from, until)| began < *until && *from < ended);
    wrong.unless(inside.is_none(), Property::P6, scene.now, || {
        format!("{rep:?} in a meeting from {began} to {ended}, and {inside:?} is kept free of meetings")
    });
}

/// A rep of a headcount begins: no more may be at work than are wanted.
fn headcount(scene: &Scene<'_>, cover: &Cover, rep: RepId, wrong: &mut Wrong) {
    let group = scene.model.reps[rep.0 as usize].group;
    let (now, before) = wanted(cover, scene.now);
    let most = if now == 0 && cover.works_off { before } else { now };
    let there = at_work(scene, group).count() as u32;
    wrong.unless(there <= most, Property::P6, scene.now, || {
        format!("{rep:?} begins, and {there} are at work where {most} are wanted")
    });
}

fn at_work<'s>(scene: &'s Scene<'_>, group: usize) -> impl Iterator<Item = RepId> + 's {
    scene.all_reps().filter(move |rep| {
        scene.model.reps[rep.0 as usize].group == group && scene.state(*rep) != RepState::Off
    })
}

fn headcounts_at_rest(scene: &Scene<'_>, wrong: &mut Wrong) {
    for (number, group) in scene.model.groups.iter().enumerate() {
        let Some(cover) = &group.cover else { continue };
        let (most, before) = wanted(cover, scene.now);
        let there = at_work(scene, number).count() as u32;
        let free = at_work(scene, number).filter(|rep| scene.state(*rep) == RepState::Free).count();
        let closing = most == 0 && cover.works_off;
        let fits = match there > most {
            true => free == 0 && (!closing || there <= before),
            false => there == most,
        };
        wrong.unless(fits, Property::P6, scene.now, || {
            format!("group {number}: {there} at work, {free} of them free, {most} wanted")
        });
    }
}
