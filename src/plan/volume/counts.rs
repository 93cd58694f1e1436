//! The laws of a count: how many opportunities come of so many leads, by what is left to chance.

use super::amounts::Reach;

/// A law of a count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CountLaw {
    /// So many trials, each a success with the same known chance.
    Binomial {
        /// Trials.
        trials: u64,
        /// Chance of each.
        chance: f64,
    },
    /// The same, with a chance known as Beta(a, b) (Skellam 1948).
    BetaBinomial {
        /// Trials.
        trials: u64,
        /// First parameter; 1 or more.
        a: f64,
        /// Second parameter, above 0.
        b: f64,
    },
    /// As many as come at random at a known rate.
    Poisson {
        /// Mean.
        mean: f64,
    },
    /// As many as come at random at a rate that itself varies as a gamma law (negative binomial, Greenwood and Yule 1920).
    GammaPoisson {
        /// Mean.
        mean: f64,
        /// Standard deviation of the rate over its mean, above 0.
        cv: f64,
    },
}

/// Terms this much smaller than the largest are left out.
const NOTHING: f64 = 1e-17;

impl CountLaw {
    fn mean(&self) -> f64 {
        match *self {
            CountLaw::Binomial { trials, chance } => trials as f64 * chance,
            CountLaw::BetaBinomial { trials, a, b } => trials as f64 * a / (a + b),
            CountLaw::Poisson { mean } | CountLaw::GammaPoisson { mean, .. } => mean,
        }
    }

    fn most(&self) -> u64 {
        match *self {
            CountLaw::Binomial { trials, .. } | CountLaw::BetaBinomial { trials, .. } => trials,
            _ => u64::MAX,
        }
    }

    /// The probability of k + 1 over that of k, for k below the most.
    fn ratio(&self, k: u64) -> f64 {
        let up = k as f64 + 1.0;
        match *self {
            CountLaw::Binomial { trials, chance } => (trials - k) as f64 / up * chance / (1.0 - chance),
            CountLaw::BetaBinomial { trials, a, b } => {
                (trials - k) as f64 / up * (k as f64 + a) / ((trials - k - 1) as f64 + b)
            }
            CountLaw::Poisson { mean } => mean / up,
            CountLaw::GammaPoisson { mean, cv } => {
                let shape = 1.0 / (cv * cv);
                (k as f64 + shape) / up * mean / (shape + mean)
            }
        }
    }

    /// The counts that have a probability worth naming: the first of them, and the probabilities from there on.
    pub fn probabilities(&self) -> (usize, Vec<f64>) {
        let mean = self.mean();
        if let CountLaw::Binomial { trials, chance } = *self
            && chance >= 1.0
        {
            return (trials as usize, vec![1.0]);
        }
        if mean <= 0.0 {
            return (0, vec![1.0]);
        }
        let start = (mean.floor() as u64).min(self.most());
        // relative to the start, outwards by the ratio of neighbours: no factorial is ever needed
        let (mut below, mut term, mut largest, mut k) = (Vec::new(), 1.0_f64, 1.0_f64, start);
        while k > 0 {
            term /= self.ratio(k - 1);
            largest = largest.max(term);
            if term < largest * NOTHING {
                break;
            }
            below.push(term);
            k -= 1;
        }
        let first = start as usize - below.len();
        let mut all: Vec<f64> = below.into_iter().rev().chain([1.0]).collect();
        let (mut term, mut k) = (1.0_f64, start);
        while k < self.most() {
            term *= self.ratio(k);
            largest = largest.max(term);
            if term < largest * NOTHING {
                break;
            }
            all.push(term);
            k += 1;
        }
        let total: f64 = all.iter().sum();
        all.iter_mut().for_each(|term| *term /= total);
        (first, all)
    }

    /// The probability that so many deals reach the goal.
    ///
    /// From some number of deals on the goal is certain. Where the law is wide (an uneven volume) only the counts below are walked through, from none
    /// upwards: its right tail, which may be a thousand times as long, is never looked at.
    pub fn reaches(&self, goal: &Reach) -> f64 {
        let certain = goal.certain_from();
        if let Some(of_none) = self.of_none()
            && (certain as f64) < WIDE * self.variance().sqrt()
        {
            return (1.0 - self.missed_from_none(goal, of_none)).clamp(0.0, 1.0);
        }
        let (first, probabilities) = self.probabilities();
        let each = probabilities.iter().enumerate().map(|(place, p)| p * goal.of(first + place));
        each.sum::<f64>().clamp(0.0, 1.0)
    }

    /// The probability to miss the goal, counts taken from none upwards until it is certain. What has no number yet, because it is smaller than any,
    /// is carried as a logarithm.
    fn missed_from_none(&self, goal: &Reach, log_of_none: f64) -> f64 {
        const LARGE: f64 = 1e200;
        let (mut scale, mut term, mut missed) = (log_of_none, 1.0_f64, 0.0);
        let mut unit = scale.exp();
        let certain = goal.certain_from() as u64;
        for k in 0..certain {
            missed += term * unit * (1.0 - goal.of(k as usize));
            if k >= self.most() {
                break;
            }
            term *= self.ratio(k);
            if term > LARGE {
                term /= LARGE;
                scale += LARGE.ln();
                unit = scale.exp();
            }
        }
        missed
    }

    /// The logarithm of the probability of none; `None` where it is not worked out, or none is impossible.
    fn of_none(&self) -> Option<f64> {
        let log = match *self {
            CountLaw::Binomial { trials, chance } => trials as f64 * (-chance).ln_1p(),
            CountLaw::BetaBinomial { .. } => return None,
            CountLaw::Poisson { mean } => -mean,
            CountLaw::GammaPoisson { mean, cv } => -(mean * cv * cv).ln_1p() / (cv * cv),
        };
        log.is_finite().then_some(log)
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        match *self {
            CountLaw::Binomial { chance, .. } => mean * (1.0 - chance),
            CountLaw::BetaBinomial { trials, a, b } => {
                mean * b / (a + b) * (a + b + trials as f64) / (a + b + 1.0)
            }
            CountLaw::Poisson { .. } => mean,
            CountLaw::GammaPoisson { cv, .. } => mean + (mean * cv).powi(2),
        }
    }
}

/// A law is wide where so many of its standard deviations hold all counts that may miss a goal: about as many terms as a bell has on both sides.
const WIDE: f64 = 16.0;

/// Points of the midpoint rule over a Beta law.
const POINTS: u32 = 240;

/// Points and weights (adding up to 1) of a Beta(a, b) law with a and b of at least ½, such that means over it are means over the points.
///
/// Midpoint rule in the angle whose squared sine is the chance, which has no singular ends: off by less than 1e-5 with 4 past
/// cases, less than 1e-9 with 40.
pub fn beta_points(a: f64, b: f64) -> Vec<(f64, f64)> {
    let log_density = |chance: f64| (a - 0.5) * chance.ln() + (b - 0.5) * (1.0 - chance).ln();
    // the angle's law has its top at (a − ½) / (a + b − 1), and a standard deviation of about 1 / (2 √(a + b))
    let top = ((a - 0.5) / (a + b - 1.0).max(1e-9)).clamp(1e-6, 1.0 - 1e-6);
    let (middle, reach) = (top.sqrt().asin(), 9.0 / (2.0 * (a + b).sqrt()));
    let (low, high) = ((middle - reach).max(0.0), (middle + reach).min(std::f64::consts::FRAC_PI_2));
    let width = (high - low) / f64::from(POINTS);
    let scale = log_density(top);
    let mut points: Vec<(f64, f64)> = (0..POINTS)
        .map(|point| {
            let chance = (low + (f64::from(point) + 0.5) * width).sin().powi(2);
            (chance, (log_density(chance) - scale).exp())
        })
        .filter(|(_, weight)| *weight > NOTHING)
        .collect();
    let total: f64 = points.iter().map(|(_, weight)| weight).sum();
    points.iter_mut().for_each(|(_, weight)| *weight /= total);
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{Binomial, Discrete, NegativeBinomial, Poisson};
    use statrs::function::beta::ln_beta;
    use statrs::function::factorial::ln_binomial;

    fn assert_follows(law: CountLaw, expected: impl Fn(u64) -> f64) {
        let (first, probabilities) = law.probabilities();
        for (place, found) in probabilities.iter().enumerate() {
            let k = (first + place) as u64;
            assert!((found - expected(k)).abs() < 1e-11, "{law:?} at {k}: {found} {}", expected(k));
        }
        assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn counts_have_their_published_probabilities() {
        let binomial = Binomial::new(0.25, 200).expect("valid");
        assert_follows(CountLaw::Binomial { trials: 200, chance: 0.25 }, |k| binomial.pmf(k));
        let poisson = Poisson::new(63.0).expect("valid");
        assert_follows(CountLaw::Poisson { mean: 63.0 }, |k| poisson.pmf(k));
        // shape 25 = 1 / 0.2²; success chance shape / (shape + mean)
        let negative = NegativeBinomial::new(25.0, 25.0 / (25.0 + 50.0)).expect("valid");
        assert_follows(CountLaw::GammaPoisson { mean: 50.0, cv: 0.2 }, |k| negative.pmf(k));
        // Skellam 1948: C(n, k) B(k + a, n − k + b) / B(a, b)
        let (a, b) = (10.0, 30.0);
        assert_follows(CountLaw::BetaBinomial { trials: 320, a, b }, |k| {
            let log = ln_binomial(320, k) + ln_beta(k as f64 + a, (320 - k) as f64 + b) - ln_beta(a, b);
            log.exp()
        });
    }

    /// Both ways of summing: outwards from the middle over every count, and from none upwards until the goal is certain.
    #[test]
    fn counts_from_none_agree_with_counts_from_the_middle() {
        let whole = |law: CountLaw, goal: &Reach| {
            let (first, all) = law.probabilities();
            all.iter().enumerate().map(|(place, p)| p * goal.of(first + place)).sum::<f64>()
        };
        let goal = Reach::new(50.0, 0.8);
        for law in [
            CountLaw::GammaPoisson { mean: 60.0, cv: 1.0 },
            CountLaw::GammaPoisson { mean: 900.0, cv: 1.0 },
            CountLaw::GammaPoisson { mean: 70.0, cv: 0.05 },
            CountLaw::GammaPoisson { mean: 2_000.0, cv: 0.02 },
            CountLaw::Poisson { mean: 75.0 },
            CountLaw::Binomial { trials: 260, chance: 0.25 },
        ] {
            let missed = law.missed_from_none(&goal, law.of_none().expect("a law of counts from none"));
            assert!((1.0 - missed - whole(law, &goal)).abs() < 1e-10, "{law:?} {missed}");
            assert!((law.reaches(&goal) - whole(law, &goal)).abs() < 1e-10, "{law:?}");
        }
    }

    /// Geometric by hand: a rate as uneven as an exponential law (cv 1) brings k deals with chance (1 − q) qᵏ, q = m / (1 + m), so fifty or more with
    /// chance q⁵⁰, however large m is. The right tail of the last has some 4e9 terms: it is not walked through.
    #[test]
    fn a_goal_under_an_uneven_volume_takes_no_more_time_with_more_leads() {
        let goal = Reach::new(50.0, 0.0);
        for mean in [10.0, 1e3, 1e5, 1e8] {
            let found = CountLaw::GammaPoisson { mean, cv: 1.0 }.reaches(&goal);
            let exact = (-50.0 * (1.0 / mean).ln_1p()).exp();
            assert!((found - exact).abs() < 1e-12, "{mean}: {found} {exact}");
        }
    }

    /// By hand: Beta(1, 1) makes every count from 0 to n equally likely.
    #[test]
    fn a_rate_of_which_nothing_is_known_makes_all_counts_equal() {
        let (first, all) = CountLaw::BetaBinomial { trials: 9, a: 1.0, b: 1.0 }.probabilities();
        assert_eq!((first, all.len()), (0, 10));
        assert!(all.iter().all(|p| (p - 0.1).abs() < 1e-14));
    }

    #[test]
    fn nothing_and_certainty_are_counts_too() {
        assert_eq!(CountLaw::Poisson { mean: 0.0 }.probabilities(), (0, vec![1.0]));
        assert_eq!(CountLaw::Binomial { trials: 7, chance: 1.0 }.probabilities(), (7, vec![1.0]));
    }

    /// The mixture of binomials over the points is the beta-binomial law, and of Poissons has its mean and variance.
    #[test]
    fn means_over_a_beta_law_are_exact() {
        for (a, b, trials) in [(50.0, 150.0, 266), (10.0, 30.0, 322), (1.0, 3.0, 100), (0.5, 0.5, 20)] {
            let points = beta_points(a, b);
            let mean: f64 = points.iter().map(|(chance, weight)| chance * weight).sum();
            let bound = if a + b < 40.0 { 1e-5 } else { 1e-9 };
            assert!((mean - a / (a + b)).abs() < bound, "{a} {b}: {mean}");
            if a >= 1.0 {
                let goal = Reach::new(25.0, 0.0);
                let mixed: f64 = points
                    .iter()
                    .map(|(chance, weight)| {
                        weight * CountLaw::Binomial { trials, chance: *chance }.reaches(&goal)
                    })
                    .sum();
                let exact = CountLaw::BetaBinomial { trials, a, b }.reaches(&goal);
                assert!((mixed - exact).abs() < 10.0 * bound, "{a} {b}: {mixed} {exact}");
            }
        }
    }
}
