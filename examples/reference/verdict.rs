//! Holds estimates against exact values: alarms of the whole table together come by chance once in a thousand runs.

use leadsim::stats::law::critical_t;
use leadsim::stats::proportion::exact_test;

/// Chance that a right program fails anywhere in the table.
pub const FAMILY_FALSE_ALARM: f64 = 1e-3;

/// Widest standard error of a probability that counts as an answer.
pub const PROBABILITY_ERROR: f64 = 0.003;

/// Widest relative standard error of any other number.
pub const RELATIVE_ERROR: f64 = 0.01;

/// Hits that fewer trials than this saw are too few for a normal bound.
pub const FEW: u64 = 30;

/// What came of one number.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// Estimate and exact value agree, and the estimate is sharp enough to tell.
    Pass,
    /// They do not agree.
    Fail,
    /// They agree, but the standard error is too large to tell.
    TooWide,
    /// Not compared, and why.
    Skipped(String),
}

/// One number of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// Its exact value.
    pub exact: f64,
    /// What came out; NaN if not run.
    pub estimate: f64,
    /// Standard error over independent trials; 0 for a procedure.
    pub error: f64,
    /// What came of it.
    pub verdict: Verdict,
    /// Why it is as it is, where that needs saying.
    pub note: String,
}

impl Line {
    /// A number that is not compared.
    pub fn skipped(name: String, exact: f64, reason: &str) -> Line {
        let verdict = Verdict::Skipped(reason.to_string());
        Line { name, exact, estimate: f64::NAN, error: f64::NAN, verdict, note: String::new() }
    }

    /// Standard errors between estimate and exact value.
    pub fn z(&self) -> f64 {
        (self.estimate - self.exact) / self.error
    }
}

/// Hits among tries that are as good as independent, for numbers too near 0 or 1 for a normal bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rare {
    /// Hits.
    pub hits: u64,
    /// Tries.
    pub tries: u64,
}

/// An estimated number, ready to be judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimated {
    /// The estimate.
    pub value: f64,
    /// Its standard error over independent trials.
    pub error: f64,
    /// Number of independent trials.
    pub trials: u64,
    /// Whether it is a probability.
    pub probability: bool,
    /// Set if hits (or misses) are rare.
    pub rare: Option<Rare>,
}

/// The largest standard error with which a number counts as answered.
pub fn widest_error(exact: f64, probability: bool) -> f64 {
    if probability { PROBABILITY_ERROR } else { RELATIVE_ERROR * exact.abs() }
}

/// Chance of a false alarm for one of so many comparisons (Šidák 1967: exact for independent ones, safe for positively
/// dependent ones).
pub fn false_alarm_of_one(comparisons: usize) -> f64 {
    -f64::exp_m1(f64::ln_1p(-FAMILY_FALSE_ALARM) / comparisons.max(1) as f64)
}

/// Judges one estimate among `comparisons` of the run; `accuracy` is the relative error the exact value may have.
pub fn judge(exact: f64, accuracy: f64, found: &Estimated, comparisons: usize) -> (Verdict, String) {
    let alarm = false_alarm_of_one(comparisons);
    let slack = accuracy * exact.abs();
    let wide = found.error > widest_error(exact, found.probability);
    let too_few = found.trials < 200;
    if let Some(rare) = found.rare {
        let p = exact_test(rare.hits, rare.tries, exact);
        let note = format!("exact binomial: {} of {}, p = {p:.2}", rare.hits, rare.tries);
        let verdict = match (p < alarm, wide || too_few) {
            (true, _) => Verdict::Fail,
            (false, true) => Verdict::TooWide,
            (false, false) => Verdict::Pass,
        };
        return (verdict, note);
    }
    if !found.value.is_finite() || !found.error.is_finite() {
        return (Verdict::TooWide, "nothing was observed".to_string());
    }
    let Some(critical) = critical_t(1.0 - alarm, found.trials.saturating_sub(1)) else {
        return (Verdict::TooWide, "one trial has no error".to_string());
    };
    let verdict = if (found.value - exact).abs() > critical * found.error + slack {
        Verdict::Fail
    } else if wide || too_few {
        Verdict::TooWide
    } else {
        Verdict::Pass
    };
    (verdict, String::new())
}

/// Judges a number that a procedure computes without chance: relative error at most `accuracy`, and never finer than the last
/// digits of double precision.
pub fn judge_exactly(name: String, exact: f64, value: f64, accuracy: f64, note: &str) -> Line {
    let off = (value - exact).abs();
    let agrees = off <= accuracy.max(1e-12) * exact.abs() || off <= 1e-15;
    let verdict = if agrees { Verdict::Pass } else { Verdict::Fail };
    Line { name, exact, estimate: value, error: 0.0, verdict, note: note.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(value: f64, error: f64) -> Estimated {
        Estimated { value, error, trials: 400, probability: false, rare: None }
    }

    /// The design's table: 300 comparisons at 1e-3 together need 4.65 (normal), 4.78 with 199 degrees of freedom.
    #[test]
    fn the_bar_rises_with_the_number_of_comparisons() {
        let critical =
            |comparisons| critical_t(1.0 - false_alarm_of_one(comparisons), 199).expect("in range");
        assert!((critical(1) - 3.34).abs() < 0.005 && (critical(300) - 4.78).abs() < 0.005);
    }

    #[test]
    fn verdicts() {
        let judged = |value, error| judge(10.0, 0.0, &found(value, error), 300).0;
        assert_eq!(judged(10.3, 0.09), Verdict::Pass);
        assert_eq!(judged(10.5, 0.09), Verdict::Fail);
        assert_eq!(judged(10.3, 0.11), Verdict::TooWide);
        assert_eq!(judged(f64::NAN, 0.0), Verdict::TooWide);
        assert_eq!(judge(10.0, 0.05, &found(10.5, 0.09), 300).0, Verdict::Pass, "the reference may be off");
        let few = Estimated { trials: 100, ..found(10.0, 0.01) };
        assert_eq!(judge(10.0, 0.0, &few, 1).0, Verdict::TooWide);
    }

    #[test]
    fn nothing_seen_of_a_rare_thing_is_judged_by_counting() {
        let rare = |hits| Estimated {
            probability: true,
            rare: Some(Rare { hits, tries: 10_000 }),
            ..found(hits as f64 / 1e4, 0.0)
        };
        assert_eq!(judge(1e-6, 0.0, &rare(0), 300).0, Verdict::Pass);
        assert_eq!(judge(1e-6, 0.0, &rare(3), 300).0, Verdict::Fail);
        assert_eq!(judge(2.5e-3, 0.0, &rare(0), 300).0, Verdict::Fail);
    }

    #[test]
    fn procedures_must_agree_to_the_stated_digits() {
        let line = |value| judge_exactly("x".to_string(), 2.0, value, 1e-9, "").verdict;
        assert_eq!(line(2.0 + 1e-9), Verdict::Pass);
        assert_eq!(line(2.0 + 1e-8), Verdict::Fail);
    }
}
