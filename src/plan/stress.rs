//! Where an agreement breaks: more leads, people missing, a campaign with or without notice, a list dropped at once.

use super::readings::{Measure, Readings, Side, side};
use super::stress_ladder::stretches;
use super::stress_search::Play;
use super::unrest::{self, Kind, Week};
use crate::scenario::Scenario;
use crate::stats::{Estimate, paired};
use crate::study::{DecayRefused, Failure, Pilot, Progress, Settings};

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

/// A stretch of volumes that all lie surely on one side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// The side; never one that cannot be told.
    pub side: Side,
    /// Its first volume, times today's.
    pub from: f64,
    /// Its last.
    pub to: f64,
}

/// What was played again with fresh luck.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Again {
    /// The agreement as it is.
    AsItIs,
    /// So many times today's leads.
    Volume(f64),
    /// Another stress.
    Case(Kind),
}

/// A size that the answer names, played again with luck that the search has not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confirmed {
    /// What was played.
    pub what: Again,
    /// On which side the search found it: the last that holds, or the first that does not; today's may be one that it could not tell.
    pub found: Side,
    /// Share of fresh trials in which the agreement holds; all of these intervals hold together.
    pub fresh: Estimate,
}

impl Confirmed {
    /// Whether fresh luck puts it on the other side of the wanted probability.
    pub fn contradicted(&self, probability: f64) -> bool {
        let other = side(&self.fresh, probability);
        ![other, self.found].contains(&Side::CannotTell) && other != self.found
    }
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
    /// Today it surely does not hold.
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
    /// Volumes that surely hold and that surely do not, by stretches, rising: two where there is one break.
    pub stretches: Vec<Stretch>,
    /// The sizes that the answer names, with fresh luck.
    pub confirmed: Vec<Confirmed>,
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
    /// Trials of each; of volumes that fewer tell apart, those.
    pub trials: u64,
    /// Trials of each volume of the ladder that is looked at first.
    pub coarse: u64,
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
pub(super) const INTERVALS: usize = 75 * OF_EACH;

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

    /// The sizes that the answer names for people out or a list: the last that holds, and the first that does not; where they are surely so,
    /// these, else by the best estimate.
    pub fn named(&self, least: Option<Least>, number: fn(Kind) -> Option<u64>) -> (Option<u64>, Option<u64>) {
        let Some(Least::From { breaks, holds }) = least else {
            let most = if let Some(Least::NotUpTo(most)) = least { Some(most) } else { None };
            return (most, None);
        };
        let (surely_holds, surely_breaks) = self.surely(number);
        (surely_holds.or(Some(holds)), surely_breaks.or(Some(breaks)))
    }

    /// On which side of the wanted probability today's agreement lies.
    pub fn today_side(&self) -> Side {
        self.side(&self.today)
    }
}

/// These sizes as far as there are so many, and the most there are.
fn up_to(sizes: &[u64], most: u64) -> Vec<u64> {
    let below = sizes.iter().copied().filter(|size| *size < most);
    below.chain((most > 0).then_some(most)).collect()
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
    let Some((today, today_week)) = play.variant(model.clone(), settings)? else { return Ok(None) };
    let mut found = Stress {
        today: today.clone(),
        today_week,
        week: week.as_ref().map(|week| week.label.clone()),
        volumes: vec![VolumePoint { times: 1.0, readings: today }],
        not_scalable: model.with_volume(2.0).err().map(|error| error.to_string()),
        breaks: None,
        falls: None,
        stretches: Vec::new(),
        confirmed: Vec::new(),
        cases: Vec::new(),
        reps_out: None,
        reps_out_two_weeks: None,
        burst: None,
        level: settings.level,
        trials: settings.trials.at_most(),
        coarse: play.coarse(),
        played: 0,
        seed: settings.seed,
        stopped: false,
        wanted: wanted.clone(),
    };
    if found.not_scalable.is_none() && play.ladder(&mut found)? {
        found.breaks = play.crossing(&mut found, Measure::Holds, wanted.probability)?;
        found.falls = play.crossing(&mut found, Measure::Attainment, goal)?;
        found.stretches = stretches(&found, Measure::Holds, wanted.probability);
    }
    for notice in &wanted.notices {
        play.case(&mut found, Kind::Campaign { times: wanted.campaign, notice: *notice })?;
    }
    let most = unrest::most_out(&model, &model.agreement.commitments[wanted.commitments[0]].scope.tiers);
    let reps = up_to(&[1, 2, 3, 4, 6, 8, 12, 24, 48], most);
    found.reps_out = play.least(&mut found, |reps| Kind::RepsOut { reps }, &reps)?;
    found.reps_out_two_weeks = play.least(&mut found, |reps| Kind::RepsOutTwoWeeks { reps }, &reps)?;
    found.burst =
        play.least(&mut found, |leads| Kind::Burst { leads }, &[10, 25, 50, 100, 200, 400, 800, 1600])?;
    play.confirm(&mut found)?;
    found.played = play.played;
    found.stopped = play.stopped;
    found.cases.sort_by_key(|case| case.kind.place());
    Ok(Some(found))
}

#[cfg(test)]
mod tests {
    use super::up_to;

    /// Of six reps five may be out: the search that grows by steps tries just these too.
    #[test]
    fn the_most_that_may_be_out_are_tried() {
        let sizes = [1, 2, 3, 4, 6, 8];
        assert_eq!(up_to(&sizes, 5), [1, 2, 3, 4, 5]);
        assert_eq!(up_to(&sizes, 4), [1, 2, 3, 4]);
        assert_eq!(up_to(&sizes, 20), [1, 2, 3, 4, 6, 8, 20]);
        assert!(up_to(&sizes, 0).is_empty());
    }
}
