//! Volume and headcount together: which volumes are played, with which team, and the same under another decay curve.

use super::ladder::{Delivery, Question, Solver};
use super::lags::{self, Lags};
use super::team::{Judge, NotPlayed, Played};
use super::turning::{self, Line, Turning};
use crate::model::Model;
use crate::plan::alternatives::Whole;
use crate::plan::curves;
use crate::scenario::{Scenario, Set};
use crate::study::{Pilot, Progress, Settings, Trials};

/// One headcount to be played, its decay calibrated.
#[derive(Debug, Clone)]
pub struct Headcount {
    /// Reps in the team.
    pub reps: u64,
    /// What is simulated, at today's volume.
    pub model: Model,
}

/// What is wanted of the team.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// Pipeline goal, dollars.
    pub goal: f64,
    /// Probability with which it is to be reached.
    pub probability: f64,
    /// From how many past leads the rate is known; `None` for those of one quarter like today's.
    pub rate_from: Option<f64>,
    /// Marketing's share of the bookings goal, dollars, which the pipeline is to cover.
    pub bookings: f64,
    /// How many times today's volume is played; `None` for a choice around what is needed.
    pub times: Option<Vec<f64>>,
}

/// What today's team shows at today's volume: the numbers from which the ladder starts.
#[derive(Debug, Clone)]
pub struct Today {
    /// What was played.
    pub played: Played,
    /// The ladder's question.
    pub question: Question,
    /// Opportunities and wins in time; `None` where there was no opportunity.
    pub lags: Option<(Lags, Lags)>,
}

/// The answer with the team, or as far as it came.
#[derive(Debug, Clone)]
pub struct WithTeam {
    /// One line a headcount, in the order asked; only whole ones.
    pub lines: Vec<Line>,
    /// Today's headcount under another decay curve.
    pub other: Option<OtherCurve>,
    /// Whether the user stopped it.
    pub stopped: bool,
}

/// Another decay curve.
#[derive(Debug, Clone)]
pub enum OtherCurve {
    /// It was played.
    Played {
        /// The scenario's own curve.
        own_name: String,
        /// The other.
        name: String,
        /// Share of its effect that had to be put on contact to make it possible, where that is more than the scenario's.
        moved_to_contact: Option<f64>,
        /// The same headcount under the scenario's own curve, on the same trials.
        own: Box<Line>,
        /// Under the other.
        line: Box<Line>,
    },
    /// It cannot be true of this scenario.
    Refused {
        /// Its name.
        name: String,
        /// Why.
        why: String,
    },
}

/// Plays today's team at today's volume; `None` if the user stopped it.
///
/// # Errors
///
/// [`NotPlayed`] if a trial failed.
pub fn today(
    model: &Model,
    wanted: &Wanted,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Option<Today>, NotPlayed> {
    let Some(played) = Played::of(model, 1.0, settings, progress)? else { return Ok(None) };
    let amount = &model.buyers.funnel.amount;
    let rate = played.rate(settings.level).value;
    let question = Question {
        goal: wanted.goal,
        amount: amount.mean(),
        amount_cv: amount.variance().sqrt() / amount.mean(),
        rate: if rate.is_finite() { rate } else { 0.0 },
        rate_from: Some(wanted.rate_from.unwrap_or_else(|| played.leads().round())),
        delivery: Delivery::Uneven(played.unevenness()),
        inside: 1.0,
    };
    let lags = lags::of_model(model, settings.seed);
    Ok(Some(Today { played, question, lags }))
}

/// How many volumes are tried beside today's, and how many more between those around the answer.
const VOLUMES: usize = 7;
const CLOSER: usize = 2;

/// The largest volume tried around the answer, in times today's.
const MOST_TIMES: f64 = 8.0;

/// Where opportunities still rise at the largest volume, it is doubled, with fewer trials, until they no longer do; at most up to so many
/// times today's.
const FURTHEST: f64 = 12.0;

/// Volumes that are tried further on at most: two doublings from three times today's, and four around the turning point.
const FURTHER: usize = 6;

/// Volumes in even ratios from half of what is there or needed to well beyond it, today's among them.
pub fn times(today: &Today, wanted: &Wanted) -> Vec<f64> {
    if let Some(times) = &wanted.times {
        return times.clone();
    }
    let layer = *today.question.layers().last().expect("count luck is always there");
    let needed = Solver::new(today.question).needed(layer, wanted.probability);
    let needed = needed.map_or(1.0, |leads| leads as f64 / today.played.leads().max(1.0));
    let low = (0.5 * needed.min(1.0)).max(0.05);
    let high = (1.6 * needed).clamp(3.0, MOST_TIMES);
    let step = (high / low).powf(1.0 / (VOLUMES - 1) as f64);
    let mut times: Vec<f64> = (0..VOLUMES).map(|n| rounded(low * step.powi(n as i32))).collect();
    // today's takes the place of its nearest neighbour
    let nearest = (0..VOLUMES)
        .min_by(|a, b| times[*a].ln().abs().total_cmp(&times[*b].ln().abs()))
        .expect("there are volumes");
    times[nearest] = 1.0;
    times
}

/// To two digits behind the point: what is printed is what was played.
fn rounded(times: f64) -> f64 {
    (times * 100.0).round() / 100.0
}

/// How many quarters of today's size are played in all, at most, with so many trials, headcounts and these volumes.
pub fn quarters(times: &[f64], wanted: &Wanted, headcounts: usize, trials: u64) -> f64 {
    let most = times.iter().copied().fold(0.0, f64::max);
    let near = (times.iter().sum::<f64>() + CLOSER as f64 * most) * trials as f64;
    let furthest = if wanted.times.is_some() { most } else { FURTHEST };
    let far = 4.0 * furthest * few(trials) as f64;
    (near + far) * headcounts as f64
}

/// Trials where few will do, because all comparisons are paired.
fn few(trials: u64) -> u64 {
    trials.min(curves::MOST_TRIALS)
}

/// What is played in one go: settings, volumes, and how answers are read.
struct Table<'a> {
    wanted: &'a Wanted,
    settings: &'a Settings,
    times: &'a [f64],
    judge: Judge,
    progress: &'a dyn Progress,
    planned: u64,
}

impl Table<'_> {
    /// One headcount at all volumes, then at more around the answer; `None` if the user stopped it.
    fn line(
        &self,
        headcount: &Headcount,
        known: Option<&Played>,
        before: u64,
    ) -> Result<Option<Line>, NotPlayed> {
        let each = trials(self.settings);
        let mut points: Vec<Played> = Vec::new();
        let mut done = before;
        let play = |times: f64, done: &mut u64| {
            let whole = Whole { progress: self.progress, before: *done, planned: self.planned };
            *done += each;
            Played::of(&headcount.model, times, self.settings, &whole)
        };
        for times in self.times {
            let point = match known.filter(|known| known.times == *times) {
                Some(known) => known.clone(),
                None => match play(*times, &mut done)? {
                    Some(point) => point,
                    None => return Ok(None),
                },
            };
            points.push(point);
        }
        for _ in 0..CLOSER {
            points.sort_by(|a, b| a.times.total_cmp(&b.times));
            let chances: Vec<f64> = points.iter().map(|point| self.judge.chance(point).value).collect();
            let Some(next) = turning::bracket(&points, &chances, self.wanted.probability).map(rounded) else {
                break;
            };
            if points.iter().any(|point| (point.times / next - 1.0).abs() < 0.01) {
                break;
            }
            let Some(point) = play(next, &mut done)? else { return Ok(None) };
            points.push(point);
        }
        if !self.further(headcount, &mut points, &mut done)? {
            return Ok(None);
        }
        points.sort_by(|a, b| a.times.total_cmp(&b.times));
        let line = Line::of(headcount.reps, points, &self.judge, self.wanted.probability);
        Ok(Some(line))
    }
}

impl Table<'_> {
    /// Doubles the largest volume while opportunities still rise there, then looks on both sides of the best; false if the user stopped it.
    fn further(
        &self,
        headcount: &Headcount,
        points: &mut Vec<Played>,
        done: &mut u64,
    ) -> Result<bool, NotPlayed> {
        let few = few(trials(self.settings));
        let settings = Settings { trials: Trials::Fixed(few), ..self.settings.clone() };
        let mut play = |times: f64, points: &mut Vec<Played>| -> Result<bool, NotPlayed> {
            let whole = Whole { progress: self.progress, before: *done, planned: self.planned };
            *done += few;
            let Some(point) = Played::of(&headcount.model, rounded(times), &settings, &whole)? else {
                return Ok(false);
            };
            points.push(point);
            points.sort_by(|a, b| a.times.total_cmp(&b.times));
            Ok(true)
        };
        points.sort_by(|a, b| a.times.total_cmp(&b.times));
        loop {
            let last = points.last().expect("volumes were played").times;
            let rises = matches!(turning::turning(points, self.settings.level), Turning::Rises { .. });
            if !rises || last > 0.8 * FURTHEST || self.wanted.times.is_some() {
                break;
            }
            if !play((last * 2.0).min(FURTHEST), points)? {
                return Ok(false);
            }
        }
        for _ in 0..CLOSER {
            let Turning::Turns { at, .. } = turning::turning(points, self.settings.level) else { break };
            let best = points.iter().position(|point| point.leads() == at).expect("the best is one of them");
            let beside = [best.checked_sub(1), Some(best + 1)].into_iter().flatten();
            let middles: Vec<f64> = beside
                .filter_map(|place| Some((points.get(place)?.times * points[best].times).sqrt()))
                .filter(|times| points.iter().all(|point| (point.times / times - 1.0).abs() > 0.05))
                .collect();
            for times in middles {
                if !play(times, points)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }
}

fn trials(settings: &Settings) -> u64 {
    match settings.trials {
        Trials::Fixed(trials) => trials,
        Trials::Precision { at_most, .. } => at_most,
    }
}

/// How a goal is judged, given what today shows.
pub fn judge(today: &Today, wanted: &Wanted, level: f64) -> Judge {
    let question = &today.question;
    Judge::new(
        question.deals(),
        question.amount_cv,
        question.rate,
        question.rate_from,
        wanted.bookings,
        level,
    )
}

/// Plays every headcount at every volume on the same luck, then today's headcount under another decay curve.
///
/// # Errors
///
/// [`NotPlayed`] where sources cannot be multiplied, or a trial failed.
pub fn with_team(
    scenario: &Scenario,
    pilot: &Pilot<'_>,
    headcounts: &[Headcount],
    today: &Today,
    wanted: &Wanted,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<WithTeam, NotPlayed> {
    let times = times(today, wanted);
    let further = FURTHER as u64 * few(trials(settings));
    let a_line = (times.len() + CLOSER) as u64 * trials(settings) + further;
    let planned = a_line * headcounts.len() as u64;
    let table = Table {
        wanted,
        settings,
        times: &times,
        judge: judge(today, wanted, settings.level),
        progress,
        planned,
    };
    let today_reps = scenario.model.reps.len() as u64;
    let mut lines: Vec<Line> = Vec::new();
    for (place, headcount) in headcounts.iter().enumerate() {
        let known = (headcount.reps == today_reps).then_some(&today.played);
        match table.line(headcount, known, a_line * place as u64)? {
            Some(line) => lines.push(line),
            None => return Ok(WithTeam { lines, other: None, stopped: true }),
        }
    }
    let recommended = recommended(&lines, today_reps).map(|line| line.reps);
    let other = match lines.iter().zip(headcounts).find(|(line, _)| Some(line.reps) == recommended) {
        Some((line, headcount)) => other_curve(scenario, pilot, line, headcount, &table)?,
        None => None,
    };
    let stopped = progress.stop();
    Ok(WithTeam { lines, other: other.filter(|_| !stopped), stopped })
}

/// The line the answer is about: today's team if it surely reaches the goal, else the smallest that surely does, else today's, or the first.
pub fn recommended(lines: &[Line], today: u64) -> Option<&Line> {
    let own = lines.iter().find(|line| line.reps == today);
    own.filter(|line| line.reaches()).or_else(|| smallest(lines)).or(own).or_else(|| lines.first())
}

/// The smallest team that surely reaches the goal with some volume played.
fn smallest(lines: &[Line]) -> Option<&Line> {
    lines.iter().filter(|line| line.reaches()).min_by_key(|line| line.reps)
}

/// The recommended headcount under the decay curve that stands beside the scenario's, on fewer trials; `None` where speed has no effect.
fn other_curve(
    scenario: &Scenario,
    pilot: &Pilot<'_>,
    line: &Line,
    headcount: &Headcount,
    table: &Table<'_>,
) -> Result<Option<OtherCurve>, NotPlayed> {
    let Some(decay) = &scenario.model.buyers.decay else { return Ok(None) };
    let Some(name) = curves::beside(&decay.curve.name) else { return Ok(None) };
    let refused = |why: String| Ok(Some(OtherCurve::Refused { name: name.to_owned(), why }));
    let set = Set::new("buyers.decay.curve", &format!("{name:?}")).expect("a path and a quoted word");
    let Ok(changed) = scenario.with(&[set]) else { return refused("this scenario does not take it".into()) };
    let mut model = headcount.model.clone();
    model.buyers.decay = changed.model.buyers.decay;
    let share = match pilot.calibrate_by_split(&mut model) {
        Ok(share) => share,
        Err(refusal) => {
            return refused(format!(
                "tier {}, answered at once, would need {} of {:.2}",
                refusal.tier, refusal.what, refusal.needed
            ));
        }
    };
    let few = few(trials(table.settings));
    let settings = Settings { trials: Trials::Fixed(few), ..table.settings.clone() };
    let times: Vec<f64> = line.points.iter().map(|point| point.times).collect();
    let planned = few * (times.len() + CLOSER + FURTHER) as u64;
    let cut = line.played.iter().map(|played| played.first(few as usize)).collect();
    let own = Line::of(line.reps, cut, &table.judge, table.wanted.probability);
    let table = Table { settings: &settings, times: &times, planned, judge: table.judge.clone(), ..*table };
    let Some(other) = table.line(&Headcount { reps: line.reps, model }, None, 0)? else { return Ok(None) };
    Ok(Some(OtherCurve::Played {
        own_name: decay.curve.name.clone(),
        name: name.to_owned(),
        moved_to_contact: share.filter(|share| *share > decay.on_contact + 1e-9),
        own: Box::new(own),
        line: Box::new(other),
    }))
}
