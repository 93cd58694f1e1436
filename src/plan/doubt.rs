//! How far each answer of a run can be off: by luck, which more trials take away, and by its inputs, which only better data do.

use super::uncertainty::{self, DRAWS, Drawn, TRIALS_OF_A_DRAW, UncertaintyError, ratio_by_trial};
use crate::scenario::{Belief, Scenario};
use crate::stats::components::{Components, components};
use crate::stats::explained::{self, Input};
use crate::stats::{Estimate, law};
use crate::study::{ByTrial, Finding, Progress, Series, Study, Unit};

/// Most draws: each has a pilot of its own.
pub const MOST_DRAWS: u64 = 500;
/// Confidence, one-sided, with which the inputs' part of the doubt is said to be at least so large.
pub const SURE: f64 = 0.95;

/// Measures of all leads whose doubt is told, where a scenario has them.
const MONEY: [&str; 6] = ["holds_jointly", "mqls", "opportunities", "pipeline", "won", "revenue"];

/// The doubt of one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// "attainment", "holds", "opportunities", …
    pub measure: &'static str,
    /// The commitment's id, where it is about one.
    pub commitment: Option<String>,
    /// What it is counted in.
    pub unit: Unit,
    /// With every input as written.
    pub as_written: Estimate,
    /// With inputs drawn: the mean, and its variance taken apart.
    pub drawn: Components,
    /// How far luck and the number of draws leave the mean off, at the level of the study: more trials, and with them draws, take it away.
    pub runs: f64,
    /// How far the true answer lies from the mean for want of better inputs, at the same level: no trial takes it away.
    pub data: f64,
    /// The part of what is not known that lies in the inputs; none where nothing varies.
    pub share_of_inputs: Option<f64>,
    /// The least that share may be, at 95 %: 0 where the inputs' part cannot be told from luck.
    pub share_at_least: Option<f64>,
    /// The input that most of it comes from, where one stands out beyond chance.
    pub leading: Option<Leading>,
}

impl Doubt {
    /// Whether the inputs' part is more than luck makes it; what never varies has no luck either.
    pub fn is_beyond_luck(&self) -> bool {
        self.share_at_least != Some(0.0)
    }

    /// Where the true answer lies for want of better inputs; a share within none and all.
    pub fn data_ends(&self) -> (f64, f64) {
        let (low, high) = (self.drawn.mean - self.data, self.drawn.mean + self.data);
        if self.unit == Unit::Share { (low.max(0.0), high.min(1.0)) } else { (low, high) }
    }

    /// What [`Doubt::runs`] would be with so many trials of the run, as a part of what it is; none where it is nothing.
    pub fn runs_with(&self, trials: u64) -> Option<f64> {
        let (draws, each) = shape(trials);
        let of = |draws: u64, each: u64| {
            (self.drawn.inputs / draws as f64 + self.drawn.luck / (draws * each) as f64).sqrt()
        };
        let now = of(self.drawn.groups, self.drawn.each);
        (now > 0.0).then(|| of(draws, each) / now)
    }
}

/// The input that explains most of a measure's doubt.
#[derive(Debug, Clone, PartialEq)]
pub struct Leading {
    /// Its path.
    pub path: String,
    /// The part of the inputs' variance that it explains.
    pub share: f64,
    /// What would be known better.
    pub better: Better,
    /// What [`Doubt::data`] would then be.
    pub data_then: f64,
}

/// More data on one input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Better {
    /// Twice the cases: so many instead of so many.
    TwiceTheCases(f64, f64),
    /// Low and high half as far apart, which takes about four times the data.
    HalfTheRange,
    /// Which of its values is true.
    Known,
}

impl Better {
    fn of(belief: &Belief) -> Better {
        match belief {
            Belief::Counts { of, .. } => Better::TwiceTheCases(2.0 * of, *of),
            Belief::Between(..) => Better::HalfTheRange,
            Belief::OneOf(_) => Better::Known,
        }
    }

    /// The part of the input's variance that is left.
    fn left(self) -> f64 {
        match self {
            Better::TwiceTheCases(..) => 0.5,
            Better::HalfTheRange => 0.25,
            Better::Known => 0.0,
        }
    }
}

/// The doubts of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubts {
    /// Paths of the uncertain inputs.
    pub paths: Vec<String>,
    /// One a measure: each commitment's attainment and how often it holds, then the funnel.
    pub rows: Vec<Doubt>,
    /// Draws that were played.
    pub draws: u64,
    /// Trials of each.
    pub each: u64,
    /// Draws whose decay curve cannot be true.
    pub refused: u64,
    /// Level of both ±.
    pub level: f64,
}

/// How many draws a run of so many trials takes, and how many trials each: at least [`DRAWS`] of [`TRIALS_OF_A_DRAW`], together no fewer than the run.
pub fn shape(trials: u64) -> (u64, u64) {
    let draws = trials.div_ceil(TRIALS_OF_A_DRAW).clamp(DRAWS, MOST_DRAWS);
    (draws, trials.div_ceil(draws).max(TRIALS_OF_A_DRAW))
}

/// Plays so many trials of every draw and takes the doubt about each measure of `study` apart; `None` where the user stopped it.
///
/// # Errors
///
/// [`UncertaintyError`]: no draw has a possible decay curve, or a trial failed.
pub fn doubts(
    scenario: &Scenario,
    study: &Study,
    drawn: Vec<Drawn>,
    each: u64,
    progress: &dyn Progress,
) -> Result<Option<Doubts>, UncertaintyError> {
    let keep = |study: &Study| study.series().into_iter().filter(|one| is_told(&one.finding)).collect();
    let played = uncertainty::play::<Vec<Series>>(drawn, each, &study.settings, progress, keep)?;
    let level = study.settings.level;
    let whole = Some(played).filter(|played| !played.stopped);
    Ok(whole.map(|played| Doubts {
        paths: scenario.uncertainty.iter().map(|one| one.path.clone()).collect(),
        rows: wanted(study).iter().filter_map(|main| doubt(scenario, main, &played.draws, level)).collect(),
        draws: played.draws.len() as u64,
        each,
        refused: played.refused,
        level,
    }))
}

fn is_told(finding: &Finding) -> bool {
    finding.commitment.is_some() || MONEY.contains(&finding.measure)
}

/// The measures of the run that are told: commitments first, that of the headline before the others.
fn wanted(study: &Study) -> Vec<Finding> {
    let series = study.series();
    let agreement = &study.model.agreement;
    let mut ids: Vec<Option<&str>> = agreement.commitments.iter().map(|one| Some(one.id.as_str())).collect();
    if let Some(place) = agreement.headline() {
        ids[..=place].rotate_right(1);
    }
    let promises = ids.into_iter().flat_map(|id| [("attainment", id), ("holds", id)]);
    let wanted = promises.chain(MONEY.map(|measure| (measure, None)));
    wanted.filter_map(|(measure, id)| Some(Series::overall(&series, measure, id)?.finding.clone())).collect()
}

fn by_trial(series: &Series) -> Option<Vec<f64>> {
    match &series.by_trial {
        ByTrial::Ratio(pairs) => ratio_by_trial(pairs),
        ByTrial::Mean(values) => Some(values.clone()),
        ByTrial::YesNo(answers) => Some(answers.iter().map(|yes| f64::from(u8::from(*yes))).collect()),
    }
}

/// The doubt about one measure; none where it never is anything but 0, or was seen in too few draws.
fn doubt(
    scenario: &Scenario,
    main: &Finding,
    draws: &[(Vec<f64>, Vec<Series>)],
    level: f64,
) -> Option<Doubt> {
    let of = |(quantiles, series): &(Vec<f64>, Vec<Series>)| {
        let found = series.iter().find(|one| one.is_same_as(main))?;
        Some((quantiles.clone(), by_trial(found)?))
    };
    let (quantiles, groups): (Vec<Vec<f64>>, Vec<Vec<f64>>) = draws.iter().filter_map(of).unzip();
    let drawn = components(&groups)?;
    let is_nothing = drawn.mean == 0.0 && main.estimate.value == 0.0 && main.commitment.is_none();
    let z = law::critical_normal(level).filter(|_| !is_nothing)?;
    let means: Vec<f64> = groups.iter().map(|group| crate::stats::mean::average(group)).collect();
    let share_at_least = drawn.share_of_inputs_at_least(SURE);
    let leading = leading(scenario, &quantiles, &means, &drawn, z).filter(|_| share_at_least != Some(0.0));
    Some(Doubt {
        measure: main.measure,
        commitment: main.commitment.clone(),
        unit: main.unit,
        as_written: main.estimate,
        drawn,
        runs: z * drawn.of_runs(),
        data: z * drawn.of_inputs(),
        share_of_inputs: drawn.share_of_inputs(),
        share_at_least,
        leading,
    })
}

/// The input that explains most of how the draws' means differ.
fn leading(
    scenario: &Scenario,
    quantiles: &[Vec<f64>],
    means: &[f64],
    drawn: &Components,
    z: f64,
) -> Option<Leading> {
    // what is explained of the means' variance is a larger part of the inputs': luck within the draws is no part of that
    let whole = drawn.inputs + drawn.luck / drawn.each as f64;
    let of = |(place, one): (usize, &crate::scenario::Uncertain)| {
        let at = quantiles.iter().map(|draw| draw[place]);
        let input = match one.belief {
            Belief::OneOf(_) => Input::Among(at.filter_map(|quantile| one.belief.place(quantile)).collect()),
            _ => Input::Along(at.map(law::normal_quantile).collect()),
        };
        let share = (explained::share(means, &input) * whole / drawn.inputs).min(1.0);
        let better = Better::of(&one.belief);
        let left = 1.0 - share * (1.0 - better.left());
        Leading { path: one.path.clone(), share, better, data_then: z * (drawn.inputs * left).sqrt() }
    };
    let all = scenario.uncertainty.iter().enumerate().filter(|_| drawn.inputs > 0.0).map(of);
    all.filter(|one| one.share > 0.0).max_by(|a, b| a.share.total_cmp(&b.share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_grow_with_the_trials_of_the_run() {
        assert_eq!([1, 1_000, 1_200].map(shape), [(60, 20); 3]);
        assert_eq!((shape(2_000), shape(20_000)), ((100, 20), (500, 40)));
    }
}
