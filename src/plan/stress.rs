//! Where an agreement breaks: more leads, people missing, a campaign with or without notice, a list dropped at once.

use super::decide::SoFar;
use super::readings::{Measure, Readings, Side, side};
use super::unrest::{self, Kind, Week};
use crate::model::Model;
use crate::scenario::Scenario;
use crate::stats::{Estimate, paired};
use crate::study::{self, DecayRefused, Ending, Failure, Period, Pilot, Progress, Scope, Settings, Study};

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Commitments that must hold together, by their place in the agreement; at least one.
    pub commitments: Vec<usize>,
    /// With which probability.
    pub probability: f64,
    /// How many times the usual leads a campaign brings.
    pub campaign: f64,
    /// Business days of notice before a campaign.
    pub notices: Vec<u32>,
}

/// The agreement at one volume.
#[derive(Debug, Clone)]
pub struct VolumePoint {
    /// How many times today's leads.
    pub times: f64,
    /// What each trial gave.
    pub readings: Readings,
}

/// Where along the volume a measure falls below what is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Break {
    /// Between two volumes played, at about `at`.
    At {
        /// Best estimate, times today's volume.
        at: f64,
        /// Up to here it is surely good enough; none if no volume played surely is.
        low: Option<f64>,
        /// From here on it surely is not; none if no volume played surely fails.
        high: Option<f64>,
    },
    /// Good enough at every volume played, up to this one.
    NotUpTo(f64),
    /// Not good enough at any volume played, down to this one.
    NotDownTo(f64),
}

/// One stress other than more leads all the time.
#[derive(Debug, Clone)]
pub struct Case {
    /// What happens.
    pub kind: Kind,
    /// What each trial gave.
    pub readings: Readings,
    /// Of leads created in the stressed week: share for which the first wanted promise was kept; and the same without the stress.
    pub week: Option<Estimate>,
}

/// A whole number of something (reps out, leads of a list) at which the probability falls below the wanted one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Least {
    /// The smallest number played at which it does, and the largest at which it does not.
    From {
        /// Breaks.
        breaks: u64,
        /// Still holds; 0 is today.
        holds: u64,
    },
    /// It holds at every number played.
    NotUpTo(u64),
    /// Today it does not hold.
    Already,
}

/// The answer, or as far as it came.
#[derive(Debug, Clone)]
pub struct Stress {
    /// What was wanted.
    pub wanted: Wanted,
    /// Today's agreement.
    pub today: Readings,
    /// Its attainment in the week that is stressed.
    pub today_week: Option<Estimate>,
    /// The week that campaigns and absences fall into, by its Monday.
    pub week: Option<String>,
    /// Volumes played, rising; today's among them.
    pub volumes: Vec<VolumePoint>,
    /// Why volumes could not be played.
    pub not_scalable: Option<String>,
    /// Where the probability falls below the wanted one.
    pub breaks: Option<Break>,
    /// Where attainment falls below its goal.
    pub falls: Option<Break>,
    /// All other stresses.
    pub cases: Vec<Case>,
    /// Reps out for the whole horizon.
    pub reps_out: Option<Least>,
    /// Reps out for two weeks.
    pub reps_out_two_weeks: Option<Least>,
    /// Leads of a list dropped at once.
    pub burst: Option<Least>,
    /// Confidence of all intervals together.
    pub level: f64,
    /// Trials of each.
    pub trials: u64,
    /// Trials in all.
    pub played: u64,
    /// Seed of all luck.
    pub seed: u64,
    /// Whether the user stopped it.
    pub stopped: bool,
}

/// Intervals that are shown of each variant: how often the agreement holds, attainment, how far it moved, and attainment in the stressed week.
const OF_EACH: usize = 4;
/// Intervals that hold together at the level asked for: of so many variants. With more of them (a long list of notices), all hold together at
/// a lower level, which is told.
const INTERVALS: usize = 75 * OF_EACH;

/// Volumes looked at upwards and downwards until the measure crosses.
const UPWARDS: [f64; 8] = [1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0];
const DOWNWARDS: [f64; 8] = [0.8, 0.65, 0.5, 0.35, 0.25, 0.15, 0.1, 0.05];

/// A crossing is known when its neighbours are this near, as a ratio.
const NEAR: f64 = 1.04;

/// Further volumes that are played to say how sure the crossing is, on each side.
const SURER: usize = 3;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum StressError {
    /// The decay curve cannot be true.
    #[error("{0}")]
    Decay(#[from] DecayRefused),
    /// A trial failed.
    #[error(transparent)]
    Trial(#[from] Failure),
}

impl Stress {
    /// The level of each interval.
    pub fn each(&self) -> f64 {
        paired::level_of_each(self.level, INTERVALS)
    }

    /// The level at which all intervals of what was played hold together: the one asked for, unless more was played than is reckoned with.
    pub fn together(&self) -> f64 {
        let shown = (OF_EACH * (self.volumes.len() + self.cases.len())) as f64;
        self.level.min(1.0 - shown * (1.0 - self.each()))
    }

    /// Of the cases that `number` finds the number of, the largest number up to which every one surely holds, and the least from which on
    /// every one surely breaks.
    pub fn surely(&self, number: fn(Kind) -> Option<u64>) -> (Option<u64>, Option<u64>) {
        let mut sides: Vec<(u64, Side)> = self
            .cases
            .iter()
            .filter_map(|case| Some((number(case.kind)?, self.side(&case.readings))))
            .collect();
        sides.sort_by_key(|(number, _)| *number);
        let holds = sides.iter().take_while(|(_, side)| *side == Side::Holds).last();
        let breaks = sides.iter().rev().take_while(|(_, side)| *side == Side::Breaks).last();
        (holds.map(|(number, _)| *number), breaks.map(|(number, _)| *number))
    }

    /// How far the attainment of the first wanted promise or the probability lies from today's.
    pub fn moved(&self, readings: &Readings, measure: Measure) -> Estimate {
        self.today.moved(readings, measure, self.each())
    }

    /// A measure with its interval.
    pub fn estimate(&self, readings: &Readings, measure: Measure) -> Estimate {
        readings.estimate(measure, self.each())
    }

    /// On which side of the wanted probability it lies.
    pub fn side(&self, readings: &Readings) -> Side {
        side(&self.estimate(readings, Measure::Holds), self.wanted.probability)
    }

    /// Whether today's agreement holds with the wanted probability, by the best estimate.
    pub fn holds_today(&self) -> bool {
        self.estimate(&self.today, Measure::Holds).value >= self.wanted.probability
    }
}

/// Plays every stress with the same luck.
///
/// # Errors
///
/// [`StressError`]: the decay curve is impossible, or a trial failed.
pub fn stress(
    scenario: &Scenario,
    wanted: Wanted,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Option<Stress>, StressError> {
    let mut model = scenario.model.clone();
    Pilot::of(&scenario.base).calibrate(&mut model)?;
    let goal = model.agreement.commitments[wanted.commitments[0]].goal.share;
    let week = Week::of(&model);
    let mut play = Play {
        model: &model,
        wanted: &wanted,
        settings,
        progress,
        week: week.as_ref(),
        played: 0,
        stopped: false,
    };
    let Some((today, today_week)) = play.variant(model.clone())? else { return Ok(None) };
    let mut found = Stress {
        today: today.clone(),
        today_week,
        week: week.as_ref().map(|week| week.label.clone()),
        volumes: vec![VolumePoint { times: 1.0, readings: today }],
        not_scalable: model.with_volume(2.0).err().map(|error| error.to_string()),
        breaks: None,
        falls: None,
        cases: Vec::new(),
        reps_out: None,
        reps_out_two_weeks: None,
        burst: None,
        level: settings.level,
        trials: settings.trials.at_most(),
        played: 0,
        seed: settings.seed,
        stopped: false,
        wanted: wanted.clone(),
    };
    if found.not_scalable.is_none() {
        found.breaks = play.crossing(&mut found, Measure::Holds, wanted.probability)?;
        found.falls = play.crossing(&mut found, Measure::Attainment, goal)?;
    }
    for notice in &wanted.notices {
        play.case(&mut found, Kind::Campaign { times: wanted.campaign, notice: *notice })?;
    }
    found.reps_out =
        play.least(&mut found, |reps| Kind::RepsOut { reps }, &[1, 2, 3, 4, 6, 8, 12, 24, 48])?;
    found.reps_out_two_weeks =
        play.least(&mut found, |reps| Kind::RepsOutTwoWeeks { reps }, &[1, 2, 3, 4, 6, 8, 12, 24, 48])?;
    found.burst =
        play.least(&mut found, |leads| Kind::Burst { leads }, &[10, 25, 50, 100, 200, 400, 800, 1600])?;
    found.played = play.played;
    found.stopped = play.stopped;
    found.cases.sort_by_key(|case| case.kind.place());
    Ok(Some(found))
}

/// Stresses shown even where today's agreement does not hold, or holds on.
const SHOWN: usize = 2;

/// What all variants share.
struct Play<'a> {
    model: &'a Model,
    wanted: &'a Wanted,
    settings: &'a Settings,
    progress: &'a dyn Progress,
    week: Option<&'a Week>,
    played: u64,
    stopped: bool,
}

impl Play<'_> {
    /// One variant: what each trial gave, and attainment in the stressed week; none where the user stopped it.
    fn variant(&mut self, model: Model) -> Result<Option<(Readings, Option<Estimate>)>, Failure> {
        if self.stopped {
            return Ok(None);
        }
        let so_far = SoFar::new(self.progress, self.played);
        // The intervals of the stressed week are the study's own: they hold together with all others.
        let level = paired::level_of_each(self.settings.level, INTERVALS);
        let study = study::run(model, Settings { level, ..self.settings.clone() }, &so_far)?;
        self.played += study.trials();
        if study.ending == Ending::Stopped {
            self.stopped = true;
            return Ok(None);
        }
        let week = self.week.and_then(|week| in_week(&study, self.wanted.commitments[0], &week.label));
        Ok(Some((Readings::of(&study, &self.wanted.commitments), week)))
    }

    /// A stress played and kept; false where it cannot happen here, or the user stopped it.
    fn case(&mut self, found: &mut Stress, kind: Kind) -> Result<Option<f64>, Failure> {
        let place = |case: &&Case| case.kind == kind;
        if let Some(case) = found.cases.iter().find(place) {
            return Ok(Some(found.estimate(&case.readings, Measure::Holds).value));
        }
        let covered = &self.model.agreement.commitments[self.wanted.commitments[0]].scope.tiers;
        let Some(model) = unrest::under(self.model, kind, self.week, covered) else { return Ok(None) };
        let Some((readings, week)) = self.variant(model)? else { return Ok(None) };
        let value = found.estimate(&readings, Measure::Holds).value;
        found.cases.push(Case { kind, readings, week });
        Ok(Some(value))
    }

    /// The least number of a stress that breaks the agreement: gallops up `sizes`, then halves what lies between.
    fn least(
        &mut self,
        found: &mut Stress,
        kind: fn(u64) -> Kind,
        sizes: &[u64],
    ) -> Result<Option<Least>, Failure> {
        let already = !found.holds_today();
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

    /// A volume, played once.
    fn volume(&mut self, found: &mut Stress, times: f64) -> Result<bool, Failure> {
        let times = (times * 1000.0).round() / 1000.0;
        if found.volumes.iter().any(|point| point.times == times) {
            return Ok(true);
        }
        let Ok(model) = self.model.with_volume(times) else { return Ok(false) };
        let Some((readings, _)) = self.variant(model)? else { return Ok(false) };
        found.volumes.push(VolumePoint { times, readings });
        found.volumes.sort_by(|a, b| a.times.total_cmp(&b.times));
        Ok(true)
    }

    /// Where a measure crosses what is wanted: gallops away from today, halves what lies between, and then looks where it is surely good
    /// enough and where it surely is not.
    fn crossing(
        &mut self,
        found: &mut Stress,
        measure: Measure,
        wanted: f64,
    ) -> Result<Option<Break>, Failure> {
        let good =
            |found: &Stress, point: &VolumePoint| found.estimate(&point.readings, measure).value >= wanted;
        let today = found.volumes.iter().find(|point| point.times == 1.0).is_some_and(|p| good(found, p));
        for times in if today { UPWARDS } else { DOWNWARDS } {
            if bracket(found, &good).is_some() {
                break;
            }
            if !self.volume(found, times)? {
                return Ok(None);
            }
        }
        let Some((mut low, mut high)) = bracket(found, &good) else {
            let (first, last) = (found.volumes[0].times, found.volumes[found.volumes.len() - 1].times);
            return Ok(Some(if today { Break::NotUpTo(last) } else { Break::NotDownTo(first) }));
        };
        while high / low > NEAR {
            if !self.volume(found, (low * high).sqrt())? {
                return Ok(None);
            }
            let Some(next) = bracket(found, &good) else { break };
            (low, high) = next;
        }
        self.surer(found, measure, wanted, (low * high).sqrt())?;
        Ok(Some(read_off(found, measure, wanted, (low, high))))
    }

    /// Plays a few volumes more, so that those surely good enough and surely not lie near to the crossing.
    fn surer(&mut self, found: &mut Stress, measure: Measure, wanted: f64, at: f64) -> Result<(), Failure> {
        for above in [false, true] {
            let (mut near, mut far) = (at, None);
            for _ in 0..SURER {
                far = far.or_else(|| surely(found, measure, wanted, above));
                let Some(edge) = far.filter(|edge| (edge / near).max(near / edge) > NEAR) else { break };
                let middle = ((near * edge).sqrt() * 1000.0).round() / 1000.0;
                if !self.volume(found, middle)? {
                    return Ok(());
                }
                match surely(found, measure, wanted, above) {
                    Some(closer) if closer == middle => far = Some(middle),
                    _ => near = middle,
                }
            }
        }
        Ok(())
    }
}

/// Neighbouring volumes of which the smaller is good and the larger is not, the first from below.
fn bracket(found: &Stress, good: &impl Fn(&Stress, &VolumePoint) -> bool) -> Option<(f64, f64)> {
    let pairs = found.volumes.windows(2);
    let crossing = pairs.filter(|pair| good(found, &pair[0]) && !good(found, &pair[1])).last()?;
    Some((crossing[0].times, crossing[1].times))
}

/// The largest volume up to which every one is surely good enough, or the smallest from which on every one surely is not.
fn surely(found: &Stress, measure: Measure, wanted: f64, above: bool) -> Option<f64> {
    let sure = |point: &&VolumePoint| {
        let side = side(&found.estimate(&point.readings, measure), wanted);
        side == if above { Side::Breaks } else { Side::Holds }
    };
    match above {
        false => found.volumes.iter().take_while(sure).last().map(|point| point.times),
        true => found.volumes.iter().rev().take_while(sure).last().map(|point| point.times),
    }
}

/// The crossing on the straight line between the two volumes around it.
fn read_off(found: &Stress, measure: Measure, wanted: f64, (low, high): (f64, f64)) -> Break {
    let value = |times: f64| {
        let point = found.volumes.iter().find(|point| point.times == times).expect("it was played");
        found.estimate(&point.readings, measure).value
    };
    let (y0, y1) = (value(low), value(high));
    let part = if y0 > y1 { ((y0 - wanted) / (y0 - y1)).clamp(0.0, 1.0) } else { 0.5 };
    Break::At {
        at: low + part * (high - low),
        low: surely(found, measure, wanted, false),
        high: surely(found, measure, wanted, true),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Trials of which a share holds.
    fn held(share: f64) -> Readings {
        let trials = 400_usize;
        let holds = (share * trials as f64).round() as usize;
        Readings {
            held: (0..trials).map(|n| n < holds).collect(),
            kept: (0..trials).map(|n| (if n < holds { 19 } else { 10 }, 20)).collect(),
            opportunities: vec![1.0; trials],
            pipeline: vec![1.0; trials],
            won: vec![1.0; trials],
        }
    }

    fn found(points: &[(f64, f64)]) -> Stress {
        let volumes: Vec<VolumePoint> = points
            .iter()
            .map(|(times, share)| VolumePoint { times: *times, readings: held(*share) })
            .collect();
        Stress {
            wanted: Wanted { commitments: vec![0], probability: 0.9, campaign: 3.0, notices: Vec::new() },
            today: held(1.0),
            today_week: None,
            week: None,
            volumes,
            not_scalable: None,
            breaks: None,
            falls: None,
            cases: Vec::new(),
            reps_out: None,
            reps_out_two_weeks: None,
            burst: None,
            level: 0.95,
            trials: 400,
            played: 0,
            seed: 1,
            stopped: false,
        }
    }

    #[test]
    fn a_crossing_lies_between_its_neighbours_and_inside_what_is_sure() {
        let found = found(&[(0.8, 1.0), (1.0, 0.99), (1.2, 0.93), (1.4, 0.85), (1.6, 0.6)]);
        let good = |found: &Stress, point: &VolumePoint| {
            found.estimate(&point.readings, Measure::Holds).value >= 0.9
        };
        assert_eq!(bracket(&found, &good), Some((1.2, 1.4)));
        let Break::At { at, low, high } = read_off(&found, Measure::Holds, 0.9, (1.2, 1.4)) else {
            panic!("there is a crossing")
        };
        assert!((at - (1.2 + 0.2 * 0.03 / 0.08)).abs() < 1e-9, "{at}");
        // 93 and 85 of 100 are within chance of 90 at the level of all intervals together
        assert_eq!((low, high), (Some(1.0), Some(1.6)));
    }

    #[test]
    fn nothing_crosses_where_all_is_good_or_bad() {
        let good = |found: &Stress, point: &VolumePoint| {
            found.estimate(&point.readings, Measure::Holds).value >= 0.9
        };
        assert_eq!(bracket(&found(&[(1.0, 1.0), (6.0, 0.95)]), &good), None);
        assert_eq!(bracket(&found(&[(0.05, 0.2), (1.0, 0.0)]), &good), None);
    }
}
