//! Whether what a sensitivity names first, and the way of working it finds best, stand under a second decay curve: yes, no, or not known.

use super::readings::{Measure, Readings};
use super::sensitivity::{Bar, Sensitivity};
use crate::stats::{Estimate, paired};

/// Whether a recommendation stands under a second decay curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// It is surely the same under both.
    Stays,
    /// It is another, surely under both.
    Changes,
    /// Neither is sure.
    CannotTell,
}

impl Sensitivity {
    fn reach_under_other(&self, bar: &Bar, measure: Measure) -> f64 {
        let of = |end| self.moved_under_other(end, measure).map_or(0.0, |moved| moved.by.value.abs());
        of(&bar.low).max(of(&bar.high))
    }

    /// The input that moves opportunities most under the other curve; none without one.
    pub fn first_under_other(&self) -> Option<usize> {
        self.ways[0].other.as_ref()?;
        let reach = |place: &usize| self.reach_under_other(&self.bars[*place], Measure::Opportunities);
        (0..self.bars.len()).max_by(|a, b| reach(a).total_cmp(&reach(b)).then(b.cmp(a)))
    }

    /// Whether one input surely moves opportunities more than another, under the own or the other curve.
    fn surely_moves_more(&self, more: usize, less: usize, other: bool) -> bool {
        // the sizes that each end's move may have: none of them is of a known sign
        let sizes = |bar: &Bar| -> Vec<(f64, f64)> {
            let moved = |end| match other {
                false => self.moved(end, Measure::Opportunities),
                true => self.moved_under_other(end, Measure::Opportunities),
            };
            let moves = [&bar.low, &bar.high].map(moved);
            let ends = moves.into_iter().flatten().filter_map(|moved| moved.by.shown());
            ends.map(|(low, high)| {
                let least = if low <= 0.0 && high >= 0.0 { 0.0 } else { low.abs().min(high.abs()) };
                (least, low.abs().max(high.abs()))
            })
            .collect()
        };
        let least = sizes(&self.bars[more]).into_iter().map(|(least, _)| least).fold(0.0, f64::max);
        let most = sizes(&self.bars[less]).into_iter().map(|(_, most)| most).fold(0.0, f64::max);
        least > most
    }

    /// Whether the input that moves opportunities most is another under the other curve: surely so under both, surely not under either, or none
    /// of these; none without a second curve or an input.
    pub fn input_changes(&self) -> Option<Stands> {
        let (here, there) = (*self.order(Measure::Opportunities).first()?, self.first_under_other()?);
        if here != there {
            let sure =
                self.surely_moves_more(here, there, false) && self.surely_moves_more(there, here, true);
            return Some(if sure { Stands::Changes } else { Stands::CannotTell });
        }
        let leads = |other: bool| {
            (0..self.bars.len())
                .filter(|place| *place != here)
                .all(|place| self.surely_moves_more(here, place, other))
        };
        Some(if leads(false) && leads(true) { Stands::Stays } else { Stands::CannotTell })
    }

    /// Whether the best way of working is another under the other curve; none where there is only one, or no second curve.
    pub fn way_changes(&self) -> Option<Stands> {
        self.ways[0].other.as_ref().filter(|_| self.ways.len() > 1)?;
        Some(match (self.best_way(false), self.best_way(true)) {
            _ if self.ways_change() => Stands::Changes,
            (Some((here, _)), Some((there, _))) if here == there => Stands::Stays,
            _ => Stands::CannotTell,
        })
    }

    /// What a way of working gave under the own or the other curve, over as many trials under both.
    fn way_under(&self, place: usize, other: bool) -> Option<Readings> {
        let way = &self.ways[place];
        match (other, &self.ways[0].other) {
            (true, _) => way.other.clone(),
            (false, None) => way.own.clone(),
            (false, Some(theirs)) => way.own.as_ref().map(|own| own.first(theirs.held.len())),
        }
    }

    /// Whether the other curve calls for another way of working, beyond chance: each leader surely beats the other under its own curve, or what
    /// leads under one surely brings nothing under the other.
    pub fn ways_change(&self) -> bool {
        let level = paired::level_of_each(self.level, self.ways.len().saturating_sub(1));
        // Today is the way of working at place 0.
        let (here, there) =
            [false, true].map(|other| self.best_way(other).map_or(0, |(place, _)| place)).into();
        let beats = |other: bool, winner: usize, loser: usize| {
            let lead = self.way_under(loser, other).zip(self.way_under(winner, other));
            lead.is_some_and(|(loser, winner)| {
                let lead = loser.moved(&winner, Measure::Opportunities, level);
                lead.shown().is_some_and(|(low, _)| low > 0.0)
            })
        };
        here != there && beats(false, here, there) && beats(true, there, here)
    }

    /// The way of working with the most opportunities under the own or the other curve, if a lever brings more than today beyond chance.
    pub fn best_way(&self, other: bool) -> Option<(usize, Estimate)> {
        let today = self.way_under(0, other)?;
        let level = paired::level_of_each(self.level, self.ways.len().saturating_sub(1));
        let gains = (1..self.ways.len()).filter_map(|place| {
            Some((place, today.moved(&self.way_under(place, other)?, Measure::Opportunities, level)))
        });
        let real = gains.filter(|(_, gain)| gain.shown().is_some_and(|(low, _)| low > 0.0));
        real.max_by(|a, b| a.1.value.total_cmp(&b.1.value))
    }
}
