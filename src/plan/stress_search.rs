//! Playing a stress test: the ladder of volumes, the search for each break, and the sizes found once more with fresh luck.

use super::decide::SoFar;
use super::readings::{Measure, Readings, Side};
use super::size::fresh;
use super::stress::{Again, Break, Case, Confirmed, INTERVALS, Least, Stress, VolumePoint, Wanted};
use super::stress_ladder::{LADDER, NEAR, bracket, read_off, surely};
use super::unrest::{self, Kind, Week};
use crate::model::Model;
use crate::stats::{Estimate, paired};
use crate::study::{self, Ending, Failure, Period, Progress, Scope, Settings, Study, Trials};

/// Further volumes that are played to say how sure the crossing is, on each side.
const SURER: usize = 3;

/// Stresses shown even where today's agreement does not hold, or holds on.
const SHOWN: usize = 2;

/// A rung of the ladder is played with this part of the trials first, but no fewer than [`FEWEST`].
const COARSE: u64 = 4;
const FEWEST: u64 = 40;

/// Sizes that are played again with fresh luck: two of each of four stresses.
const CONFIRMED: usize = 8;

/// What all variants share.
pub(super) struct Play<'a> {
    pub model: &'a Model,
    pub wanted: &'a Wanted,
    pub settings: &'a Settings,
    pub progress: &'a dyn Progress,
    pub week: Option<&'a Week>,
    pub played: u64,
    pub stopped: bool,
}

impl Play<'_> {
    /// One variant: what each trial gave, and attainment in the stressed week; none where the user stopped it.
    pub fn variant(
        &mut self,
        model: Model,
        settings: &Settings,
    ) -> Result<Option<(Readings, Option<Estimate>)>, Failure> {
        if self.stopped {
            return Ok(None);
        }
        let so_far = SoFar::new(self.progress, self.played);
        // The intervals of the stressed week are the study's own: they hold together with all others.
        let level = paired::level_of_each(self.settings.level, INTERVALS);
        let study = study::run(model, Settings { level, ..settings.clone() }, &so_far)?;
        self.played += study.trials();
        if study.ending == Ending::Stopped {
            self.stopped = true;
            return Ok(None);
        }
        let week = self.week.and_then(|week| in_week(&study, self.wanted.commitments[0], &week.label));
        Ok(Some((Readings::of(&study, &self.wanted.commitments), week)))
    }

    /// Trials of a rung of the ladder.
    pub fn coarse(&self) -> u64 {
        let all = self.settings.trials.at_most();
        (all / COARSE).max(FEWEST).min(all)
    }

    fn under(&self, kind: Kind) -> Option<Model> {
        let covered = &self.model.agreement.commitments[self.wanted.commitments[0]].scope.tiers;
        unrest::under(self.model, kind, self.week, covered)
    }

    /// A stress played and kept; none where it cannot happen here, or the user stopped it.
    pub fn case(&mut self, found: &mut Stress, kind: Kind) -> Result<Option<f64>, Failure> {
        let place = |case: &&Case| case.kind == kind;
        if let Some(case) = found.cases.iter().find(place) {
            return Ok(Some(found.estimate(&case.readings, Measure::Holds).value));
        }
        let Some(model) = self.under(kind) else { return Ok(None) };
        let Some((readings, week)) = self.variant(model, self.settings)? else { return Ok(None) };
        let value = found.estimate(&readings, Measure::Holds).value;
        found.cases.push(Case { kind, readings, week });
        Ok(Some(value))
    }

    /// The least number of a stress that breaks the agreement: gallops up `sizes`, then halves what lies between.
    pub fn least(
        &mut self,
        found: &mut Stress,
        kind: fn(u64) -> Kind,
        sizes: &[u64],
    ) -> Result<Option<Least>, Failure> {
        let already = found.today_side() == Side::Breaks;
        let (mut holds, mut breaks) = (0, None);
        for (place, size) in sizes.iter().enumerate() {
            if (already || breaks.is_some()) && place >= SHOWN {
                break;
            }
            let Some(value) = self.case(found, kind(*size))? else { break };
            match value >= self.wanted.probability {
                true if breaks.is_none() => holds = *size,
                false => breaks = breaks.or(Some(*size)),
                true => {}
            }
        }
        let Some(mut breaks) = breaks else {
            return Ok((holds > 0).then_some(Least::NotUpTo(holds)));
        };
        if already {
            return Ok(Some(Least::Already));
        }
        while breaks - holds > 1 && breaks as f64 > NEAR * holds as f64 {
            let middle = holds + (breaks - holds) / 2;
            match self.case(found, kind(middle))? {
                Some(value) if value >= self.wanted.probability => holds = middle,
                Some(_) => breaks = middle,
                None => break,
            }
        }
        Ok(Some(Least::From { breaks, holds }))
    }

    /// A volume, played with so many trials unless it has them; false where the user stopped it.
    fn volume(&mut self, found: &mut Stress, times: f64, trials: u64) -> Result<bool, Failure> {
        let times = (times * 1000.0).round() / 1000.0;
        let same = |point: &VolumePoint| point.times == times;
        if found.volumes.iter().any(|point| same(point) && point.readings.trials() >= trials) {
            return Ok(true);
        }
        let Ok(model) = self.model.with_volume(times) else { return Ok(false) };
        let settings = Settings { trials: Trials::Fixed(trials), ..self.settings.clone() };
        let Some((readings, _)) = self.variant(model, &settings)? else { return Ok(false) };
        found.volumes.retain(|point| !same(point));
        found.volumes.push(VolumePoint { times, readings });
        found.volumes.sort_by(|a, b| a.times.total_cmp(&b.times));
        Ok(true)
    }

    /// The whole ladder: a few trials a rung, and all of them where these cannot tell; false where the user stopped it.
    pub fn ladder(&mut self, found: &mut Stress) -> Result<bool, Failure> {
        for times in LADDER {
            if !self.volume(found, times, self.coarse())? {
                return Ok(false);
            }
            let rung = found.volumes.iter().find(|point| point.times == times);
            let open = rung.is_some_and(|point| found.side(&point.readings) == Side::CannotTell);
            if open && !self.volume(found, times, self.settings.trials.at_most())? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Where a measure crosses what is wanted: halves what lies between the rungs around it, and then looks where it is surely good enough and
    /// where it surely is not.
    pub fn crossing(
        &mut self,
        found: &mut Stress,
        measure: Measure,
        wanted: f64,
    ) -> Result<Option<Break>, Failure> {
        let today = found.estimate(&found.today, measure).value >= wanted;
        let Some((mut low, mut high)) = bracket(found, measure, wanted) else {
            let (first, last) = (found.volumes[0].times, found.volumes[found.volumes.len() - 1].times);
            return Ok(Some(if today { Break::NotUpTo(last) } else { Break::NotDownTo(first) }));
        };
        let all = self.settings.trials.at_most();
        loop {
            // both ends with all trials before the step between them is halved
            if !self.volume(found, low, all)? || !self.volume(found, high, all)? {
                return Ok(None);
            }
            let Some(next) = bracket(found, measure, wanted) else { break };
            if next != (low, high) {
                (low, high) = next;
                continue;
            }
            if high / low <= NEAR {
                break;
            }
            if !self.volume(found, (low * high).sqrt(), all)? {
                return Ok(None);
            }
            let Some(next) = bracket(found, measure, wanted) else { break };
            (low, high) = next;
        }
        self.surer(found, measure, wanted)?;
        let Some(around) = bracket(found, measure, wanted) else { return Ok(None) };
        Ok(Some(read_off(found, measure, wanted, around)))
    }

    /// Plays a few volumes more, so that those surely good enough and surely not lie near to the crossing.
    fn surer(&mut self, found: &mut Stress, measure: Measure, wanted: f64) -> Result<(), Failure> {
        for above in [false, true] {
            let Some((low, high)) = bracket(found, measure, wanted) else { return Ok(()) };
            let at = (low * high).sqrt();
            let (mut near, mut far) = (at, None);
            for _ in 0..SURER {
                let Some(around) = bracket(found, measure, wanted) else { return Ok(()) };
                far = far.or_else(|| surely(found, measure, wanted, around, above));
                let Some(edge) = far.filter(|edge| (edge / near).max(near / edge) > NEAR) else { break };
                let middle = ((near * edge).sqrt() * 1000.0).round() / 1000.0;
                if !self.volume(found, middle, self.settings.trials.at_most())? {
                    return Ok(());
                }
                let Some(around) = bracket(found, measure, wanted) else { return Ok(()) };
                match surely(found, measure, wanted, around, above) {
                    Some(closer) if closer == middle => far = Some(middle),
                    _ => near = middle,
                }
            }
        }
        Ok(())
    }

    /// The sizes that the answer names once more, with luck that the search has not seen.
    pub fn confirm(&mut self, found: &mut Stress) -> Result<(), Failure> {
        let settings = Settings { seed: fresh(self.settings.seed), ..self.settings.clone() };
        let level = paired::level_of_each(self.settings.level, CONFIRMED);
        for (what, side) in named(found) {
            let model = match what {
                Again::AsItIs => Some(self.model.clone()),
                Again::Volume(times) => self.model.with_volume(times).ok(),
                Again::Case(kind) => self.under(kind),
            };
            let Some(model) = model else { continue };
            let Some((readings, _)) = self.variant(model, &settings)? else { return Ok(()) };
            let fresh = readings.estimate(Measure::Holds, level);
            found.confirmed.push(Confirmed { what, found: side, fresh });
        }
        Ok(())
    }
}

/// The last size of each stress that holds, and the first that does not: what is surely so, else the best estimate.
fn named(found: &Stress) -> Vec<(Again, Side)> {
    let mut named: Vec<(Again, Side)> = Vec::new();
    let mut add = |what: Again, side: Side| {
        // today's own share is not called good only because it is the last that is not bad
        let side = if what == Again::AsItIs && found.today_side() == Side::CannotTell {
            Side::CannotTell
        } else {
            side
        };
        if !named.iter().any(|(other, _)| *other == what) {
            named.push((what, side));
        }
    };
    if let Some(Break::At { low, high, .. }) = found.breaks {
        let around = bracket(found, Measure::Holds, found.wanted.probability);
        let volume = |times: f64| if times == 1.0 { Again::AsItIs } else { Again::Volume(times) };
        for (times, side) in [
            (low.or(around.map(|(low, _)| low)), Side::Holds),
            (high.or(around.map(|(_, high)| high)), Side::Breaks),
        ] {
            times.into_iter().for_each(|times| add(volume(times), side));
        }
    }
    let reps_out = |kind| if let Kind::RepsOut { reps } = kind { Some(reps) } else { None };
    let two_weeks = |kind| if let Kind::RepsOutTwoWeeks { reps } = kind { Some(reps) } else { None };
    let burst = |kind| if let Kind::Burst { leads } = kind { Some(leads) } else { None };
    let mut add_both = |least, number: fn(Kind) -> Option<u64>, kind: fn(u64) -> Kind| {
        let (holds, breaks) = found.named(least, number);
        for (size, side) in [(holds, Side::Holds), (breaks, Side::Breaks)] {
            let Some(size) = size else { continue };
            add(if size == 0 { Again::AsItIs } else { Again::Case(kind(size)) }, side);
        }
    };
    add_both(found.reps_out, reps_out, |reps| Kind::RepsOut { reps });
    add_both(found.reps_out_two_weeks, two_weeks, |reps| Kind::RepsOutTwoWeeks { reps });
    add_both(found.burst, burst, |leads| Kind::Burst { leads });
    named
}

/// Attainment of a promise among leads created in one week.
fn in_week(study: &Study, commitment: usize, label: &str) -> Option<Estimate> {
    let id = &study.model.agreement.commitments[commitment].id;
    let covered = study.model.agreement.commitments[commitment].scope.tiers.len();
    let found = study.findings().into_iter().find(|finding| {
        finding.measure == "attainment"
            && finding.commitment.as_ref() == Some(id)
            && finding.period == Period::Week(label.to_owned())
            && finding.scope == Scope::All
            && (covered == 1 || finding.tier.is_none())
    });
    found.map(|finding| finding.estimate).filter(Estimate::is_known)
}
