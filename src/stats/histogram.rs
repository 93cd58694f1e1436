//! How long things took, over all trials at once: a curve of "share within t" and its quantiles, with honest intervals.
//!
//! Times fall into narrow buckets whose sums are integers, so histograms of different trials merge in any order with
//! the same result. Besides the counts it keeps what the interval needs: cases inside one trial share its luck, so the
//! uncertainty of "share within t" comes from how that share varies between trials (Woodruff 1952).

use super::estimate::{Estimate, Method};
use super::ratio::{Critical, RatioTally, Scale, within_a_share};

/// Buckets per doubling of time: each is at most 1.6 % wide.
pub const BUCKETS_PER_OCTAVE: usize = 64;
const OCTAVES: usize = 27;
/// Times longer than this many seconds (about four years) count as "never".
pub const LONGEST_SECONDS: f64 = (1_u64 << OCTAVES) as f64;

/// Durations in seconds of all cases of all trials, and how many cases never came to an end.
///
/// Times of up to one second count as immediate; between bucket edges the curve is interpolated linearly. `PER_OCTAVE` buckets, a power of
/// two, make a doubling of time: the fewer, the smaller it is and the more is interpolated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BucketHistogram<const PER_OCTAVE: usize> {
    trials: u64,
    cases: u128,
    cases_squared: u128,
    /// One step per edge, edge 0 at one second; empty until the first finite value, to keep unused ones small.
    steps: Vec<Step>,
}

/// The histogram for a curve that is drawn: its buckets are narrow.
pub type DurationHistogram = BucketHistogram<BUCKETS_PER_OCTAVE>;

/// What happens at one edge t, summed over trials, X(t) being the number of values of a trial that are at most t.
///
/// X(t)² and X(t)·N are kept as increments from the edge before: they only change where a trial has values, so adding
/// a trial touches its own buckets instead of all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Step {
    count: u64,
    square: u64,
    product: u64,
}

/// With fewer cases than this the sums of squares fit 64 bits, since they are at most the square of all cases.
const MOST_CASES: u128 = 1 << 32;

/// The bucket of a time: what of it a histogram keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket<const PER_OCTAVE: usize>(u16);

/// The bucket of what never ended.
const NEVER: u16 = u16::MAX;

impl<const PER_OCTAVE: usize> Bucket<PER_OCTAVE> {
    /// The bucket of a time in seconds.
    pub fn of(seconds: f64) -> Self {
        Bucket(edge_of::<PER_OCTAVE>(seconds).map_or(NEVER, |edge| edge as u16))
    }

    /// Its number, larger for longer times.
    #[inline]
    pub fn number(self) -> u16 {
        self.0
    }

    /// The bucket of a number that [`Bucket::number`] gave.
    #[inline]
    pub fn numbered(number: u16) -> Self {
        Bucket(number)
    }

    /// The bucket of the same time where `WIDER` buckets, a part of these, make a doubling: every edge there is an edge here.
    #[inline]
    pub fn among<const WIDER: usize>(self) -> Bucket<WIDER> {
        let parts = const { (PER_OCTAVE / WIDER) as u16 };
        Bucket(if self.0 == NEVER { NEVER } else { self.0.div_ceil(parts) })
    }
}

impl<const PER_OCTAVE: usize> BucketHistogram<PER_OCTAVE> {
    const BUCKETS: usize = PER_OCTAVE * OCTAVES;

    /// Adds one trial: its durations in seconds, ascending, and the number of cases without an end.
    ///
    /// Durations beyond [`LONGEST_SECONDS`], infinite or NaN count as never; negative ones as immediate. Values out of
    /// order are put in order first.
    pub fn add_trial(&mut self, seconds: &[f64], never: u64) {
        if seconds.is_sorted_by(|a, b| a <= b) {
            self.add_sorted(seconds, never);
        } else {
            let mut ordered = seconds.to_vec();
            ordered.sort_by(f64::total_cmp);
            self.add_sorted(&ordered, never);
        }
    }

    fn add_sorted(&mut self, seconds: &[f64], never: u64) {
        self.add_buckets(seconds.iter().map(|&seconds| Bucket::of(seconds)), seconds.len() as u64 + never);
    }

    /// The same, where the buckets of the times, ascending, are known; `cases` counts those without an end, too.
    pub fn add_buckets(&mut self, buckets: impl Iterator<Item = Bucket<PER_OCTAVE>>, cases: u64) {
        let size = u128::from(cases);
        self.trials += 1;
        self.cases += size;
        self.cases_squared += size * size;
        assert!(self.cases < MOST_CASES, "more cases than sums of squares have room for");
        let mut before: u64 = 0;
        let mut run = (NEVER, 0);
        for Bucket(edge) in buckets.take_while(|bucket| bucket.0 != NEVER) {
            if edge != run.0 {
                before += self.add_run(run, before, cases);
                run = (edge, 0);
            }
            run.1 += 1;
        }
        self.add_run(run, before, cases);
    }

    /// So many cases of one trial at one edge, after others `before` it; answers how many.
    #[inline]
    fn add_run(&mut self, (edge, count): (u16, u64), before: u64, cases: u64) -> u64 {
        if count > 0 {
            if self.steps.is_empty() {
                self.steps = vec![Step::default(); Self::BUCKETS + 1];
            }
            let step = &mut self.steps[usize::from(edge)];
            step.count += count;
            step.square += count * (2 * before + count);
            step.product += count * cases;
        }
        count
    }

    /// Adds the trials of another histogram.
    pub fn merge(&mut self, other: &Self) {
        self.trials += other.trials;
        self.cases += other.cases;
        self.cases_squared += other.cases_squared;
        assert!(self.cases < MOST_CASES, "more cases than sums of squares have room for");
        if self.steps.is_empty() {
            self.steps.clone_from(&other.steps);
            return;
        }
        for (mine, theirs) in self.steps.iter_mut().zip(&other.steps).filter(|(_, theirs)| theirs.count > 0) {
            mine.count += theirs.count;
            mine.square += theirs.square;
            mine.product += theirs.product;
        }
    }

    /// Takes all trials added so far for a single one: a block of trials that are not independent of each other is one unit.
    pub fn gather(&mut self) {
        self.trials = self.trials.min(1);
        self.cases_squared = self.cases * self.cases;
        let cases = u64::try_from(self.cases).expect("fewer cases than sums of squares have room for");
        let mut before = 0;
        for step in self.steps.iter_mut().filter(|step| step.count > 0) {
            step.square = step.count * (2 * before + step.count);
            step.product = step.count * cases;
            before += step.count;
        }
    }

    /// Number of trials added.
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// Number of cases over all trials, ended or not.
    pub fn cases(&self) -> u128 {
        self.cases
    }

    /// Number of cases that never ended (or only after [`LONGEST_SECONDS`]).
    pub fn never(&self) -> u128 {
        self.cases - self.steps.iter().map(|step| u128::from(step.count)).sum::<u128>()
    }

    /// The share of all cases that ended within `seconds`, with the interval of a pooled ratio; unknown without cases.
    pub fn share_within(&self, seconds: f64, level: f64) -> Estimate {
        if self.cases == 0 || seconds.is_nan() {
            return Estimate::unknown(level, Method::Delta, self.trials);
        }
        let place = Place::of::<PER_OCTAVE>(seconds);
        let (mut before, mut after) = (self.empty_tally(), self.empty_tally());
        for (edge, tally) in self.tallies() {
            if place.edge.is_some_and(|last| edge <= last) {
                before = tally;
            }
            if place.edge.is_some_and(|last| edge <= last + 1) {
                after = tally;
            }
        }
        let between = |low: f64, high: f64| low + place.part * (high - low);
        let share = |tally: &RatioTally| tally.sum_x as f64 / tally.sum_n as f64;
        let value = between(share(&before), share(&after));
        let Some(confidence) = Critical::new(level, self.trials) else {
            return Estimate::bare(value, level, Method::Delta, self.trials);
        };
        let (low, high, method) = within_a_share(value, true, |scale| {
            let (low_before, high_before, method_before) = before.bounds(&confidence, scale);
            let (low_after, high_after, method_after) = after.bounds(&confidence, scale);
            let method = if place.part > 0.0 { method_after } else { method_before };
            (between(low_before, low_after), between(high_before, high_after), method)
        });
        Estimate::with_interval(value, (low, high), level, method, self.trials)
    }

    /// The time in seconds within which a `share` of all cases ended, with Woodruff's interval.
    ///
    /// `None` when that share never ended, or there are no cases. In the estimate, `high` is `None` when the data
    /// leave open that the share never ends (or there is only one trial).
    pub fn quantile(&self, share: f64, level: f64) -> Option<Estimate> {
        let value = self.first_time(|tally| tally.sum_x as f64 / tally.sum_n as f64, share)?;
        let Some(confidence) = Critical::new(level, self.trials) else {
            return Some(Estimate::bare(value, level, Method::Woodruff, self.trials));
        };
        // One scale for the whole curve, so that the bounds are continuous in t; log-odds, because long waits come from few bad trials, and
        // bounds symmetric about the share then end too early (Borgan & Liestøl 1990 for curves of survival).
        let scale = Scale::LogOdds;
        let low = self.first_time(|tally| tally.bounds(&confidence, scale).1, share);
        let high = self.first_time(|tally| tally.bounds(&confidence, scale).0, share);
        // Inside one bucket the straight lines of value and bounds may cross.
        let (low, high) = (low.map(|low| low.min(value)), high.map(|high| high.max(value)));
        let bare = Estimate::bare(value, level, Method::Woodruff, self.trials);
        Some(Estimate { low, high, ..bare })
    }

    /// The curve for drawing: (seconds, share ended within), rising, from 0 s to the longest time seen.
    pub fn curve(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let total = self.cases as f64;
        let last = self.steps.iter().rposition(|step| step.count > 0);
        let mut so_far = 0_u128;
        self.steps.iter().take(last.map_or(0, |last| last + 1)).enumerate().map(move |(edge, step)| {
            so_far += u128::from(step.count);
            let seconds = if edge == 0 { 0.0 } else { seconds_at::<PER_OCTAVE>(edge) };
            (seconds, so_far as f64 / total)
        })
    }

    /// First time at which `reading` of the tally of "ended within t" reaches `share`, interpolated inside the bucket.
    fn first_time(&self, reading: impl Fn(&RatioTally) -> f64, share: f64) -> Option<f64> {
        let mut before = 0.0;
        for (edge, tally) in self.tallies() {
            let now = reading(&tally);
            if now >= share {
                if edge == 0 {
                    return Some(0.0);
                }
                let (from, to) = (seconds_at::<PER_OCTAVE>(edge - 1), seconds_at::<PER_OCTAVE>(edge));
                // A bound may jump back where a share first leaves 0; then the edge itself is the answer.
                let part =
                    if now > before { ((share - before) / (now - before)).clamp(0.0, 1.0) } else { 1.0 };
                return Some(from + part * (to - from));
            }
            before = now;
        }
        None
    }

    /// For the first edge, and every edge with cases, the sums of the pooled ratio "ended within t".
    fn tallies(&self) -> impl Iterator<Item = (usize, RatioTally)> + '_ {
        let mut tally = self.empty_tally();
        let steps = if self.cases == 0 { &[] } else { self.steps.as_slice() };
        let changes = steps.iter().enumerate().filter(|(edge, step)| *edge == 0 || step.count > 0);
        changes.map(move |(edge, step)| {
            tally.sum_x += u128::from(step.count);
            tally.sum_xx += u128::from(step.square);
            tally.sum_xn += u128::from(step.product);
            (edge, tally)
        })
    }

    fn empty_tally(&self) -> RatioTally {
        let (sum_n, sum_nn) = (self.cases, self.cases_squared);
        RatioTally { trials: self.trials, sum_n, sum_nn, ..RatioTally::default() }
    }
}

/// Where a time lies among the edges: the last edge not after it (`None` before time 0) and the part of the way to
/// the next one.
struct Place {
    edge: Option<usize>,
    part: f64,
}

impl Place {
    fn of<const PER_OCTAVE: usize>(seconds: f64) -> Self {
        if seconds < 0.0 {
            return Self { edge: None, part: 0.0 };
        }
        match edge_of::<PER_OCTAVE>(seconds) {
            None => Self { edge: Some(PER_OCTAVE * OCTAVES), part: 0.0 },
            // On an edge the answer is that edge's own, without the rounding of an interpolation.
            Some(edge) if edge == 0 || seconds == seconds_at::<PER_OCTAVE>(edge) => {
                Self { edge: Some(edge), part: 0.0 }
            }
            Some(upper) => {
                let (from, to) = (seconds_at::<PER_OCTAVE>(upper - 1), seconds_at::<PER_OCTAVE>(upper));
                Self { edge: Some(upper - 1), part: (seconds - from) / (to - from) }
            }
        }
    }
}

/// First edge not before `seconds`, or `None` beyond the last one. Buckets are open below and closed above, so "within
/// 15 minutes" counts a case of exactly 15 minutes.
fn edge_of<const PER_OCTAVE: usize>(seconds: f64) -> Option<usize> {
    if seconds <= 1.0 {
        return Some(0);
    }
    if seconds.is_nan() || seconds > LONGEST_SECONDS {
        return None;
    }
    // The leading bits of a float are its octave and its place in it; the step down by one bit closes buckets above.
    let place_bits = const { PER_OCTAVE.trailing_zeros() };
    let leading = (seconds.to_bits() - 1) >> (52 - place_bits);
    let leading_of_one = 1.0_f64.to_bits() >> (52 - place_bits);
    Some((leading - leading_of_one) as usize + 1)
}

/// Time of an edge in seconds: within an octave the edges are equally far apart.
fn seconds_at<const PER_OCTAVE: usize>(edge: usize) -> f64 {
    let (octave, place) = (edge / PER_OCTAVE, edge % PER_OCTAVE);
    (1_u64 << octave) as f64 * (1.0 + place as f64 / PER_OCTAVE as f64)
}

#[cfg(test)]
#[path = "tests/histogram.rs"]
mod tests;
