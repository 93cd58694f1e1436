//! The least cover: the fewest rep-hours a week, hours by hours, for which promises hold with a wanted probability; no rep can be taken out
//! of any hours without falling short, each tried.

use super::cover_desk::{CoverError, Desk, Judged, LeastCover, fewer, less, more, moves};
use super::decide::{SoFar, decided};
use super::size::{Decision, Wanted, fresh, hold};
use super::slack::{Looks, target};
use crate::stats::law::normal_quantile;
use crate::stats::proportion;
use crate::study::{self, Ending, Pilot, Progress, Settings, Trials};

/// A rep moved from some hours to shorter ones is tried for so many of the most promising pairs.
pub const MOST_MOVES: usize = 8;
/// Covers judged at most: so many, or [`JUDGED_A_PART`] for each part of the cover where that is more.
const FEWEST_JUDGED: usize = 40;
const JUDGED_A_PART: usize = 6;
/// A part of the cover gets at most so many times today's reps, or [`ROOM`] where that is more.
pub const MOST_TIMES: u32 = 3;
/// See [`MOST_TIMES`].
pub const ROOM: u32 = 12;

/// A search in progress.
struct Search<'a> {
    desk: &'a Desk<'a>,
    pilot: &'a Pilot<'a>,
    wanted: &'a Wanted,
    progress: &'a dyn Progress,
    looks: Looks<'a>,
    judged: Vec<Judged>,
    at_most: usize,
    /// The slack of a look from which on a cover is thought to be enough.
    target: f64,
    trials: u64,
    spent: bool,
    stopped: bool,
}

/// Finds the least cover of a desk that is enough.
///
/// Quick looks on shared luck (common random numbers) lead to a cover that looks just enough. Each cover on the way is then judged on luck
/// of its own by a confidence sequence with the error shared out among the most that may be judged: as no cover's luck has been seen when
/// it is chosen, it does not matter that earlier ones decide which is tried next. From the one with the fewest rep-hours that is enough, today's
/// included, one rep is taken out wherever that is still enough, or moved to shorter hours, until no such step is.
///
/// # Errors
///
/// [`CoverError`]: a cover or a decay curve that cannot be true, or a trial that failed.
pub fn least_cover(
    desk: &Desk<'_>,
    wanted: &Wanted,
    progress: &dyn Progress,
) -> Result<LeastCover, CoverError> {
    let pilot = Pilot::of(&desk.scenario.base);
    let mut search = Search::of(desk, &pilot, wanted, progress);
    let today = desk.today();
    if search.judge(&today)?.is_some() {
        search.set_right(&today)?;
    }
    let start = search.scaled(&today)?;
    let start = search.leaner(start)?;
    search.climb(start)?;
    let least = match search.least_enough() {
        Some(enough) => Some(search.down_from(enough)?),
        None => None,
    };
    search.finish(least)
}

impl<'a> Search<'a> {
    fn of(desk: &'a Desk<'a>, pilot: &'a Pilot<'a>, wanted: &'a Wanted, progress: &'a dyn Progress) -> Self {
        Search {
            desk,
            pilot,
            wanted,
            progress,
            looks: Looks::new(desk, pilot, wanted),
            judged: Vec::new(),
            at_most: FEWEST_JUDGED.max(JUDGED_A_PART * desk.parts.len()),
            target: normal_quantile(wanted.probability),
            trials: 0,
            spent: false,
            stopped: false,
        }
    }

    /// A cover's slack at a quick look.
    fn look(&mut self, counts: &[u32]) -> Result<Option<f64>, CoverError> {
        let so_far = SoFar::new(self.progress, self.trials);
        let before = self.looks.trials;
        let slack = self.looks.look(counts, &so_far)?;
        self.trials += self.looks.trials - before;
        self.stopped |= self.looks.stopped;
        Ok(slack)
    }

    /// Plays a cover until it is decided; `None` if the user stopped it, or no further one may be judged.
    fn judge(&mut self, counts: &[u32]) -> Result<Option<Decision>, CoverError> {
        if let Some(place) = self.place(counts) {
            return Ok(Some(self.judged[place].tried.decision));
        }
        self.spent |= self.judged.len() >= self.at_most;
        if self.spent || self.stopped {
            return Ok(None);
        }
        let model = self.desk.model(counts, self.pilot)?;
        // luck that no look and no cover before has seen, nor the last confirmation
        let seed = (0..=self.judged.len()).fold(fresh(self.wanted.seed), |seed, _| fresh(seed));
        let error = self.wanted.error / self.at_most as f64;
        let so_far = SoFar::new(self.progress, self.trials);
        let value = crate::scenario::cover_text(&self.desk.cover(counts));
        let (tried, played) = decided(&value, model, self.wanted, error, seed, &so_far)?;
        self.trials += played;
        self.stopped |= tried.is_none();
        let Some(tried) = tried else { return Ok(None) };
        let decision = tried.decision;
        let rep_hours = self.desk.rep_hours(counts);
        self.judged.push(Judged { counts: counts.to_vec(), rep_hours, tried });
        Ok(Some(decision))
    }

    fn place(&self, counts: &[u32]) -> Option<usize> {
        self.judged.iter().position(|judged| judged.counts == counts)
    }

    /// Moves the slack that counts as enough to where the judged share of a cover says it lies: distances to a goal are not normal. What is
    /// known to be enough never lies below it.
    fn set_right(&mut self, counts: &[u32]) -> Result<(), CoverError> {
        let Some(place) = self.place(counts) else { return Ok(()) };
        let (decision, (held, played)) = (self.judged[place].tried.decision, self.judged[place].tried.held);
        if let Some(slack) = self.look(counts)? {
            self.target = target(self.target, self.wanted.probability, slack, decision, (held, played));
        }
        Ok(())
    }

    /// The least multiple of today's cover, rounded, that looks enough; the largest if none does.
    fn scaled(&mut self, today: &[u32]) -> Result<Vec<u32>, CoverError> {
        let largest = today.iter().copied().max().unwrap_or(1).max(1);
        let times = |n: u32| -> Vec<u32> {
            let of = |count: &u32| (f64::from(*count) * f64::from(n) / f64::from(largest)).round() as u32;
            today.iter().map(of).collect()
        };
        let (mut low, mut high) = (0, (MOST_TIMES * largest).max(ROOM));
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            match self.look(&times(middle))? {
                Some(slack) if slack >= self.target => high = middle,
                _ => low = middle,
            }
        }
        Ok(times(high))
    }

    /// Takes reps out as long as that looks enough: each time where an hour saved costs least slack; then moves one to shorter hours.
    fn leaner(&mut self, mut counts: Vec<u32>) -> Result<Vec<u32>, CoverError> {
        loop {
            let Some(here) = self.look(&counts)? else { return Ok(counts) };
            let mut best: Option<(f64, Vec<u32>)> = None;
            let one_fewer: Vec<Vec<u32>> = fewer(&counts).into_iter().flatten().collect();
            let steps = if here < self.target { Vec::new() } else { one_fewer };
            for next in steps {
                let Some(slack) = self.look(&next)?.filter(|slack| *slack >= self.target) else { continue };
                let saved = self.desk.rep_hours(&counts) - self.desk.rep_hours(&next);
                let price = (here - slack) / saved;
                if best.as_ref().is_none_or(|(least, _)| price < *least) {
                    best = Some((price, next));
                }
            }
            let next = match best {
                Some((_, next)) => Some(next),
                None => self
                    .ranked_moves(&counts)?
                    .into_iter()
                    .find(|(slack, _)| *slack >= self.target)
                    .map(|m| m.1),
            };
            match next {
                Some(next) => counts = next,
                None => return Ok(counts),
            }
        }
    }

    /// One rep moved to shorter hours, those that look best first; no more than [`MOST_MOVES`], foreseen from what each rep alone is worth.
    fn ranked_moves(&mut self, counts: &[u32]) -> Result<Vec<(f64, Vec<u32>)>, CoverError> {
        let moves = moves(&self.desk.parts, counts);
        let Some(here) = self.look(counts)? else { return Ok(Vec::new()) };
        let (mut loses, mut gains) = (vec![f64::INFINITY; counts.len()], vec![0.0; counts.len()]);
        for part in 0..counts.len() {
            if let Some(less) = less(counts, part)
                && let Some(slack) = self.look(&less)?
            {
                loses[part] = here - slack;
            }
            if moves.iter().any(|(_, to)| *to == part)
                && let Some(slack) = self.look(&more(counts, part))?
            {
                gains[part] = slack - here;
            }
        }
        let mut foreseen: Vec<(f64, (usize, usize))> =
            moves.into_iter().map(|(from, to)| (gains[to] - loses[from], (from, to))).collect();
        foreseen.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut ranked = Vec::new();
        for (_, (from, to)) in foreseen.into_iter().take(MOST_MOVES) {
            let Some(next) = less(&more(counts, to), from) else { continue };
            let slack = self.look(&next)?.unwrap_or(f64::NEG_INFINITY);
            ranked.push((slack, next));
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(ranked)
    }

    /// Judges covers from here upwards until one is enough, or none with fewer rep-hours than one that is enough is left.
    fn climb(&mut self, mut counts: Vec<u32>) -> Result<(), CoverError> {
        while !matches!(self.judge(&counts)?, None | Some(Decision::Enough)) {
            self.set_right(&counts)?;
            let Some(next) = self.climbed(&counts)? else { return Ok(()) };
            let hours = self.desk.rep_hours(&next);
            if self.least_enough().is_some_and(|least| self.desk.rep_hours(&least) <= hours) {
                return Ok(());
            }
            counts = next;
        }
        Ok(())
    }

    /// Of the covers judged, the one with the fewest rep-hours that is enough.
    fn least_enough(&self) -> Option<Vec<u32>> {
        let enough = self.judged.iter().filter(|judged| judged.tried.decision == Decision::Enough);
        enough.min_by(|a, b| a.rep_hours.total_cmp(&b.rep_hours)).map(|judged| judged.counts.clone())
    }

    /// One rep more, and further ones until it looks enough: each time where an hour gains most slack. `None` where there is no room.
    fn climbed(&mut self, counts: &[u32]) -> Result<Option<Vec<u32>>, CoverError> {
        let mut at = counts.to_vec();
        loop {
            let here = self.look(&at)?;
            let mut best: Option<(f64, Vec<u32>)> = None;
            for part in 0..at.len() {
                let today = self.desk.parts[part].count;
                if today == 0 || at[part] >= (MOST_TIMES * today).max(ROOM) {
                    continue;
                }
                let next = more(&at, part);
                let hours = self.desk.parts[part].minutes() as f64 / 60.0;
                let gain = match (here, self.look(&next)?) {
                    (Some(here), Some(slack)) => (slack - here) / hours,
                    // nothing is known: where there are fewest beside today
                    _ => -1e6 - f64::from(at[part]) / f64::from(today),
                };
                if best.as_ref().is_none_or(|(most, _)| gain > *most) {
                    best = Some((gain, next));
                }
            }
            let Some((_, next)) = best else { return Ok((at != counts).then_some(at)) };
            at = next;
            if self.look(&at)?.is_none_or(|slack| slack >= self.target) {
                return Ok(Some(at));
            }
        }
    }

    /// From a cover that is enough, one rep fewer or moved to shorter hours as long as that is enough as well.
    fn down_from(&mut self, mut counts: Vec<u32>) -> Result<Vec<u32>, CoverError> {
        'steps: loop {
            let mut order = Vec::new();
            for (part, next) in fewer(&counts).into_iter().enumerate() {
                let Some(next) = next else { continue };
                // nothing is known: where there are most beside today
                let beside = f64::from(counts[part]) / f64::from(self.desk.parts[part].count.max(1));
                order.push((self.look(&next)?.unwrap_or(beside - 1e6), next));
            }
            order.sort_by(|a, b| b.0.total_cmp(&a.0));
            for (_, next) in order {
                match self.judge(&next)? {
                    Some(Decision::Enough) => {
                        counts = next;
                        continue 'steps;
                    }
                    Some(_) => {}
                    None => return Ok(counts),
                }
            }
            for (_, next) in self.ranked_moves(&counts)? {
                match self.judge(&next)? {
                    Some(Decision::Enough) => {
                        counts = next;
                        continue 'steps;
                    }
                    Some(_) => {}
                    None => return Ok(counts),
                }
            }
            return Ok(counts);
        }
    }

    /// The answer, and the answer and what came nearest to it once more, with luck that nothing has seen.
    fn finish(mut self, least: Option<Vec<u32>>) -> Result<LeastCover, CoverError> {
        let parts = self.desk.parts.len();
        let place = least.as_ref().and_then(|least| self.place(least));
        let fewer = least.as_ref().map_or(vec![None; parts], |least| {
            fewer(least).iter().map(|next| self.place(next.as_ref()?)).collect()
        });
        let moved = least.as_ref().map_or(Vec::new(), |least| {
            let pairs = moves(&self.desk.parts, least).into_iter();
            pairs.filter_map(|(from, to)| less(&more(least, to), from)).collect()
        });
        let judged_moves = moved.iter().filter_map(|next| self.place(next)).collect();
        let mut answer = LeastCover {
            judged: std::mem::take(&mut self.judged),
            at_most: self.at_most,
            least: place,
            fewer,
            moves: (moved.len(), judged_moves),
            looked_at: self.looks.covers(),
            look_trials: self.looks.trials,
            looks_spent: self.looks.spent,
            trials: self.trials,
            spent: self.spent,
            stopped: self.stopped,
        };
        let runner_up = answer
            .runner_up()
            .and_then(|runner| answer.judged.iter().position(|j| j.counts == runner.counts));
        for place in [place, runner_up].into_iter().flatten() {
            if answer.stopped || self.wanted.confirm == 0 || answer.least.is_none() {
                break;
            }
            self.confirm(&mut answer, place)?;
        }
        Ok(answer)
    }

    fn confirm(&self, answer: &mut LeastCover, place: usize) -> Result<(), CoverError> {
        let settings = Settings {
            seed: fresh(self.wanted.seed),
            trials: Trials::Fixed(self.wanted.confirm),
            level: self.wanted.level,
            ..Settings::default()
        };
        let model = self.desk.model(&answer.judged[place].counts, self.pilot)?;
        let study = study::run(model, settings, &SoFar::new(self.progress, answer.trials))?;
        answer.trials += study.trials();
        if study.ending == Ending::Stopped {
            answer.stopped = true;
            return Ok(());
        }
        let holds = |record: &&_| hold(&study.model, &self.wanted.commitments, record);
        let held = study.records.iter().filter(holds).count() as u64;
        let fresh = proportion::clopper_pearson_estimate(held, study.trials(), self.wanted.level);
        answer.judged[place].tried.confirmed = Some(fresh);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::CoverHours;
    use crate::time::WeeklyBlock;
    use crate::time::civil::Weekday;

    /// Without any look left reps are added evenly beside today, and nothing is known of whom to leave out.
    #[test]
    fn without_looks_reps_are_added_where_there_are_fewest_beside_today() {
        let text = include_str!("../../scenarios/template.toml");
        let scenario = crate::scenario::from_text(text, "template", std::path::Path::new("."), &[])
            .expect("the template");
        let part = |count, from| CoverHours {
            hours: format!("part from {from}"),
            count,
            blocks: vec![WeeklyBlock { weekday: Weekday::Monday, from_minute: from, to_minute: from + 60 }],
        };
        let desk =
            Desk { scenario: &scenario, group: "reps", parts: vec![part(2, 0), part(4, 60), part(2, 120)] };
        let pilot = Pilot::of(&scenario.base);
        let wanted = Wanted {
            commitments: vec![0],
            probability: 0.9,
            margin: 0.005,
            error: 0.01,
            at_most: 40,
            confirm: 0,
            seed: 1,
            level: 0.95,
        };
        let mut search = Search::of(&desk, &pilot, &wanted, &crate::study::Quiet);
        search.looks = search.looks.used_up();
        let mut at = desk.today();
        for _ in 0..8 {
            at = search.climbed(&at).expect("no trial is played").expect("there is room");
        }
        assert_eq!(at, [4, 8, 4]);
        assert!(search.looks.spent && search.trials == 0);
    }
}
