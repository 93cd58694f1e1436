//! More effort where a sweep's curve needs it: trials for the points around its goal and at its bends, and points in between where the values
//! are no whole numbers.

use super::bends::{Knot, bends, crossings};
use super::sweep::{Narrow, Sweep, SweepError, SweepPoint, Variant, play_point};
use crate::study::{Progress, Settings, Trials};

/// What the first pass of a sweep is made sharper by.
pub struct Sharper<'a> {
    /// Share of trials from which on a goal counts as reached: the curve is looked at where it crosses it.
    pub reliable: f64,
    /// How narrow every point is already.
    pub narrow: Narrow,
    /// A variant halfway between two of one line; none where the values have nothing in between.
    pub between: &'a dyn Fn(&Variant, &Variant) -> Option<Variant>,
}

/// Points put in on one line, at most; and no more than half as many as were asked for.
const MOST_PUT_IN: usize = 4;

/// Extra trials are at most this part of those that all points needed, but at least those of the two points beside a crossing.
const EXTRA: f64 = 1.0 / 3.0;

/// Weight of a point beside a crossing, above that of every bend.
const BESIDE: f64 = 1e9;

/// A point that gets more is played until its intervals are half as wide as was wanted of every point.
const HALF: f64 = 0.5;

/// Plays points around the goal and at bends longer, and puts points in between; the new ones stand where they lie among `variants` and among
/// the sweep's points. The most trials of a point stay those of the settings.
///
/// # Errors
///
/// [`SweepError`] names the trial that failed.
pub fn sharpen(
    variants: &mut Vec<Variant>,
    swept: &mut Sweep,
    settings: &Settings,
    sharper: &Sharper<'_>,
    progress: &dyn Progress,
) -> Result<(), SweepError> {
    let needed: u64 = swept.points.iter().map(|point| point.trials).sum();
    let mut at_work = Sharpening { variants, swept, settings, sharper, progress };
    let mut names: Vec<String> = Vec::new();
    for variant in at_work.variants.iter() {
        if !names.contains(&variant.line) {
            names.push(variant.line.clone());
        }
    }
    for name in &names {
        at_work.put_in(name)?;
    }
    let most = settings.trials.at_most();
    at_work.play_longer(&names, ((needed as f64 * EXTRA) as u64).max(2 * most))?;
    swept.tell_opportunities_of_shared_trials();
    Ok(())
}

struct Sharpening<'a> {
    variants: &'a mut Vec<Variant>,
    swept: &'a mut Sweep,
    settings: &'a Settings,
    sharper: &'a Sharper<'a>,
    progress: &'a dyn Progress,
}

impl Sharpening<'_> {
    /// Places of a line's points among all, from the smallest value on; none where its values do not lie along an axis.
    fn line(&self, name: &str) -> Vec<usize> {
        let at = |place: &usize| self.variants[*place].at;
        let mut places: Vec<usize> =
            (0..self.variants.len()).filter(|place| self.variants[*place].line == name).collect();
        if places.iter().any(|place| at(place).is_none()) {
            return Vec::new();
        }
        places.sort_by(|a, b| at(a).unwrap_or(0.0).total_cmp(&at(b).unwrap_or(0.0)));
        places
    }

    fn crossings(&self, line: &[usize]) -> Vec<usize> {
        let holds = |place: &usize| self.swept.points[*place].holds.map(|holds| holds.value);
        crossings(&line.iter().map(holds).collect::<Vec<_>>(), self.sharper.reliable)
    }

    /// The sharper of the bends of both curves, by place in the line.
    fn bends(&self, line: &[usize]) -> Vec<f64> {
        let of = |measure: fn(&SweepPoint) -> Option<crate::stats::Estimate>| {
            let knot =
                |place: &usize| Knot::of(self.variants[*place].at?, measure(&self.swept.points[*place]));
            bends(&line.iter().map(knot).collect::<Vec<_>>())
        };
        of(|point| point.kept).into_iter().zip(of(|point| point.holds)).map(|(a, b)| a.max(b)).collect()
    }

    /// Halves the step where the line crosses its goal, twice, and on both sides of its sharpest bend.
    fn put_in(&mut self, name: &str) -> Result<(), SweepError> {
        let mut left = MOST_PUT_IN.min(self.line(name).len() / 2);
        for _ in 0..2 {
            let line = self.line(name);
            let Some(&place) = self.crossings(&line).first().filter(|_| left > 0) else { break };
            left -= usize::from(self.halve(line[place], line[place + 1])?);
        }
        let line = self.line(name);
        let bends = self.bends(&line);
        let sharpest = (0..line.len()).max_by(|a, b| bends[*a].total_cmp(&bends[*b]));
        let Some(middle) = sharpest.filter(|place| bends[*place] > 1.0 && left > 0) else { return Ok(()) };
        // the later one first, so that the places before it stay
        let asked = |place: usize| !self.swept.points[line[place]].put_in;
        let sides = [(middle, middle + 1), (middle - 1, middle)];
        let sides = sides.into_iter().filter(|(a, b)| asked(*a) && asked(*b)).collect::<Vec<_>>();
        let values: Vec<(String, String)> = sides
            .iter()
            .map(|(a, b)| (self.variants[line[*a]].value.clone(), self.variants[line[*b]].value.clone()))
            .collect();
        for (low, high) in values.into_iter().take(left) {
            let place =
                |value: &str| self.variants.iter().position(|its| its.line == name && its.value == value);
            if let (Some(low), Some(high)) = (place(&low), place(&high)) {
                self.halve(low, high)?;
            }
        }
        Ok(())
    }

    /// Plays the point halfway between two places and puts it behind the first of them; whether there was one.
    fn halve(&mut self, low: usize, high: usize) -> Result<bool, SweepError> {
        if self.swept.stopped {
            return Ok(false);
        }
        let (one, other) = (&self.variants[low], &self.variants[high]);
        let Some(variant) = (self.sharper.between)(one, other) else { return Ok(false) };
        let narrow = Some(self.sharper.narrow);
        let played = play_point(&variant, self.settings, narrow, self.progress)?;
        let Some(mut point) = played else {
            self.swept.stopped = true;
            return Ok(false);
        };
        point.put_in = true;
        // behind the first of the two as they were written
        let place = low.min(high) + 1;
        self.variants.insert(place, variant);
        self.swept.points.insert(place, point);
        Ok(true)
    }

    /// How much each point of a line deserves more trials: beside a crossing above all, the nearer the goal the more, then by its bend; points
    /// that deserve none are left out.
    fn wanted(&self, name: &str) -> Vec<(f64, usize)> {
        let line = self.line(name);
        let beside: Vec<usize> = self.crossings(&line).iter().flat_map(|n| [*n, n + 1]).collect();
        let off = |place: usize| {
            self.swept.points[place].holds.map_or(1.0, |holds| (holds.value - self.sharper.reliable).abs())
        };
        let urgent = |(place, bend): (usize, f64)| {
            let urgent =
                if beside.contains(&place) { BESIDE - off(line[place]) } else { bend.min(BESIDE - 2.0) };
            (urgent > 1.0).then_some((urgent, line[place]))
        };
        self.bends(&line).into_iter().enumerate().filter_map(urgent).collect()
    }

    /// Plays points longer, those beside a crossing first, then bends from the sharpest on, as long as trials are left. Where the curve crosses
    /// its goal is asked again after each, as what was near may turn out to lie on the other side.
    fn play_longer(&mut self, names: &[String], budget: u64) -> Result<(), SweepError> {
        let narrow =
            Narrow { kept: self.sharper.narrow.kept * HALF, holds: self.sharper.narrow.holds * HALF };
        let mut left = budget;
        let mut tried: Vec<usize> = Vec::new();
        loop {
            let wanted = names.iter().flat_map(|name| self.wanted(name));
            let next = wanted.filter(|(_, place)| !tried.contains(place)).max_by(|a, b| a.0.total_cmp(&b.0));
            let Some((_, place)) = next.filter(|_| !self.swept.stopped) else { return Ok(()) };
            tried.push(place);
            let most = self.settings.trials.at_most().min(left);
            let had = self.swept.points[place].trials;
            if most <= had {
                continue;
            }
            let settings = Settings { trials: Trials::Fixed(most), ..self.settings.clone() };
            match play_point(&self.variants[place], &settings, Some(narrow), self.progress)? {
                Some(point) if point.trials > had => {
                    left -= point.trials.min(left);
                    let put_in = self.swept.points[place].put_in;
                    self.swept.points[place] = SweepPoint { put_in, ..point };
                }
                Some(_) => {}
                // what the point had stays: more was wanted, nothing is missing
                None => self.swept.stopped = true,
            }
        }
    }
}
