//! What may happen to a team: people out, a campaign with or without notice, a list dropped at once; each as a change of the model.

use crate::model::{Arrivals, Model, Source, Surge, TierId, Upload};
use crate::random::{Choice, Law};
use crate::time::civil::{Date, Time};
use crate::time::{Instant, Span, Zone};

/// One stress.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// So many reps are away for the whole horizon.
    RepsOut {
        /// How many.
        reps: u64,
    },
    /// So many are away for two weeks.
    RepsOutTwoWeeks {
        /// How many.
        reps: u64,
    },
    /// For one week every source with a rate brings more leads.
    Campaign {
        /// How many times the usual.
        times: f64,
        /// Business days before its Monday on which the team hears of it.
        notice: u32,
    },
    /// A list is dropped into the CRM at once.
    Burst {
        /// Leads on it, all of the promise's first tier.
        leads: u64,
    },
}

impl Kind {
    /// Where it stands in a list: kind by kind, the smaller first.
    pub fn place(self) -> (u8, u64) {
        match self {
            Kind::RepsOut { reps } => (0, reps),
            Kind::RepsOutTwoWeeks { reps } => (1, reps),
            Kind::Campaign { notice, .. } => (2, u64::from(notice)),
            Kind::Burst { leads } => (3, leads),
        }
    }
}

/// The week that is stressed: a whole Monday week in the middle of the horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// "2026-03-16", as measures by week call it.
    pub label: String,
    /// Its Monday on the company's calendar.
    pub monday: Date,
    /// Where the week after the next begins: two weeks end there.
    pub two_weeks_end: Instant,
    /// Its first instant.
    pub starts: Instant,
    /// The first instant after it.
    pub ends: Instant,
}

/// A meeting is moved out of the way if it lies so many business days after the notice, or more.
pub const DAYS_TO_MOVE_A_MEETING: u32 = 5;

/// Leave is moved out of a week that begins so many business days after the notice, or more.
pub const DAYS_TO_MOVE_LEAVE: u32 = 10;

/// Business days of a week, for notices.
const BUSINESS_DAYS: u32 = 5;

/// Hour of the company's clock at which a list is dropped, on the Tuesday of the week.
const HOUR_OF_A_BURST: i8 = 10;

/// How far before noon a working day of the first may begin to be one of the horizon.
const FAR_EAST: Span = Span::hours(11);

impl Week {
    /// The whole week in the middle of a horizon, if it has one.
    pub fn of(model: &Model) -> Option<Week> {
        let horizon = &model.horizon;
        let whole: Vec<_> = horizon.weeks.iter().filter(|week| week.whole).collect();
        let week = whole.get(whole.len() / 2)?;
        let monday = horizon.zone.local(week.start).date();
        let two_weeks_end = midnight(&horizon.zone, after(monday, 14));
        Some(Week { label: week.label.clone(), monday, two_weeks_end, starts: week.start, ends: week.end })
    }
}

impl Week {
    /// Whether the horizon has the week after it too: else two weeks are no more than what is left of it.
    pub fn has_two(&self, model: &Model) -> bool {
        self.two_weeks_end <= model.horizon.end
    }
}

fn after(date: Date, days: u32) -> Date {
    (0..days).fold(date, |date, _| date.tomorrow().unwrap_or(date))
}

fn midnight(zone: &Zone, date: Date) -> Instant {
    zone.instant(date.to_datetime(Time::midnight()))
}

/// The model under a stress; `None` where it cannot happen there: nobody to be away, no week to stress, no source with a rate.
pub fn under(model: &Model, kind: Kind, week: Option<&Week>, covered: &[TierId]) -> Option<Model> {
    match kind {
        Kind::RepsOut { reps } => {
            let horizon = &model.horizon;
            // whoever is far to the east is in the middle of a day when the horizon begins
            // and in one whose noon is still to come when it ends
            away(model, reps, covered, (horizon.start - FAR_EAST, horizon.last() + Span::hours(12)))
        }
        Kind::RepsOutTwoWeeks { reps } => {
            let week = week.filter(|week| week.has_two(model))?;
            away(model, reps, covered, (week.starts, week.two_weeks_end))
        }
        Kind::Campaign { times, notice } => campaign(model, times, notice, week?),
        Kind::Burst { leads } => burst(model, leads, week?, covered),
    }
}

/// Reps who may take the promise's leads, by place; true: and are no headcount by the hour, so that one of them can be missing.
fn who_may(model: &Model, covered: &[TierId], missing: bool) -> Vec<usize> {
    let takes = |place: &usize| {
        let group = &model.groups[model.reps[*place].group];
        let mine = covered.is_empty() || covered.iter().any(|tier| group.tiers.contains(tier));
        mine && !(missing && group.cover.is_some())
    };
    (0..model.reps.len()).filter(takes).collect()
}

/// How many reps may be away at most, as one at least stays; a group whose headcount is set by the hour has nobody who could be.
pub fn most_out(model: &Model, covered: &[TierId]) -> u64 {
    (who_may(model, covered, true).len() as u64).saturating_sub(1)
}

/// Whether those who may take the promise's leads are, all or in part, headcounts by the hour.
pub fn is_covered(model: &Model, covered: &[TierId]) -> bool {
    who_may(model, covered, true).len() < who_may(model, covered, false).len()
}

/// So many reps on leave, in the order of the scenario, of those who may take the promise's leads; one at least stays.
fn away(model: &Model, reps: u64, covered: &[TierId], stretch: (Instant, Instant)) -> Option<Model> {
    let places = who_may(model, covered, true);
    if reps == 0 || reps > most_out(model, covered) {
        return None;
    }
    let mut model = model.clone();
    for place in places.into_iter().take(reps as usize) {
        let leave = &mut model.reps[place].leave;
        leave.push(stretch);
        leave.sort_unstable();
    }
    Some(model)
}

/// More leads in one week. A team that knows of it moves meetings into the week after and, told early enough, leave as well; standing
/// meetings of the days it can clear are left out.
fn campaign(model: &Model, times: f64, notice: u32, week: &Week) -> Option<Model> {
    let mut model = model.clone();
    let until = after(week.monday, 6);
    let mut any = false;
    for source in &mut model.sources {
        if let Arrivals::Rate(profile) = &mut source.arrivals {
            profile.surges.push(Surge { from: week.monday, until, times });
            any = true;
        }
    }
    if !any {
        return None;
    }
    let kept = DAYS_TO_MOVE_A_MEETING.saturating_sub(notice).min(BUSINESS_DAYS);
    let cleared = BUSINESS_DAYS - kept;
    if cleared > 0 {
        let from = midnight(&model.horizon.zone, after(week.monday, kept));
        for group in &mut model.groups {
            let more = 1.0 + f64::from(cleared) / f64::from(BUSINESS_DAYS);
            let moved = &mut group.rearranged.meetings;
            moved.extend([(from, week.ends, 0.0), (week.ends, week.two_weeks_end, more)]);
            if notice >= DAYS_TO_MOVE_LEAVE {
                let moved = &mut group.rearranged.leave;
                moved.extend([(week.starts, week.ends, 0.0), (week.ends, week.two_weeks_end, 2.0)]);
            }
        }
        for rep in &mut model.reps {
            rep.standing.retain(|meeting| meeting.starts < from || meeting.starts >= week.ends);
        }
    }
    Some(model)
}

/// One list of leads of the promise's first tier, all at once on the Tuesday morning; no other lead's luck changes.
fn burst(model: &Model, leads: u64, week: &Week, covered: &[TierId]) -> Option<Model> {
    let mut model = model.clone();
    let tier = covered.first().map_or(0, |tier| usize::from(tier.0));
    let weights: Vec<f64> = (0..model.leads.tiers.len()).map(|n| f64::from(u8::from(n == tier))).collect();
    let tuesday = week.monday.tomorrow().ok()?;
    let at = model.horizon.zone.instant(tuesday.to_datetime(Time::constant(HOUR_OF_A_BURST, 0, 0, 0)));
    let upload = Upload { at, leads: Law::Constant(leads as f64), delay: Law::ZERO };
    model.sources.push(Source {
        name: "a list of a stress test".into(),
        tier_mix: Choice::new(&weights)?,
        arrivals: Arrivals::Uploads(vec![upload]),
        outside_automation: false,
    });
    Some(model)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, Scenario};
    use std::path::Path;

    fn template() -> Scenario {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.toml");
        scenario::load(&path, &[]).expect("the shipped template")
    }

    #[test]
    fn the_week_lies_in_the_middle_and_is_whole() {
        let week = Week::of(&template().model).expect("a quarter has whole weeks");
        assert_eq!((week.label.as_str(), week.monday.weekday().to_monday_zero_offset()), ("2026-03-16", 0));
        assert!((week.two_weeks_end - week.starts).as_days() > 13.9);
    }

    /// No notice clears nothing; two days clear Thursday and Friday; five all; ten leave as well. What is moved comes back in the week after.
    #[test]
    fn notice_clears_days_from_the_end_of_the_week_on() {
        let model = template().model;
        let week = Week::of(&model).expect("whole weeks");
        let after_notice = |notice| {
            campaign(&model, 3.0, notice, &week).expect("the template has sources with a rate").groups[0]
                .rearranged
                .clone()
        };
        assert_eq!(after_notice(0).meetings, []);
        let two = after_notice(2);
        assert_eq!((two.meetings[0].0 - week.starts).as_days().round(), 3.0);
        assert_eq!((two.meetings[0].2, two.meetings[1].2), (0.0, 1.4));
        let (five, ten) = (after_notice(5), after_notice(10));
        assert_eq!((five.meetings[0].0, five.meetings[1].2), (week.starts, 2.0));
        assert!(five.leave.is_empty());
        assert_eq!((ten.leave[0].2, ten.leave[1].2, &ten.meetings), (0.0, 2.0, &five.meetings));
    }

    #[test]
    fn standing_meetings_of_cleared_days_are_left_out() {
        let model = template().model;
        let week = Week::of(&model).expect("whole weeks");
        let inside = |model: &Model| {
            let meetings = model.reps.iter().flat_map(|rep| &rep.standing);
            meetings.filter(|m| week.starts <= m.starts && m.starts < week.ends).count()
        };
        let at = |notice| inside(&campaign(&model, 3.0, notice, &week).expect("sources with a rate"));
        assert!(inside(&model) == at(0) && at(2) < at(0) && at(5) == 0);
    }

    /// Two weeks need two weeks: of one the second would be cut off, and "two weeks" would mean "all week".
    #[test]
    fn two_weeks_are_refused_where_the_horizon_has_not_got_them() {
        let of = |length: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/template.toml");
            let set = crate::scenario::Set::new("horizon.length", length).expect("a path");
            scenario::load(&path, &[set]).expect("the shipped template").model
        };
        for (length, can) in [("1 week", false), ("2 weeks", false), ("5 weeks", true)] {
            let model = of(length);
            let week = Week::of(&model);
            let out = under(&model, Kind::RepsOutTwoWeeks { reps: 1 }, week.as_ref(), &[]);
            assert_eq!(out.is_some(), can, "{length}");
        }
    }

    #[test]
    fn nobody_is_left_to_be_away_or_to_stay() {
        let model = template().model;
        let week = Week::of(&model);
        let out = |reps| under(&model, Kind::RepsOut { reps }, week.as_ref(), &[]).is_some();
        assert!(!out(0) && out(1) && out(5) && !out(6));
    }
}
