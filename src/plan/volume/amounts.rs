//! How likely a given number of deals adds up to the goal, where deals differ in size.

use statrs::function::erf::erfc;
use std::f64::consts::{PI, SQRT_2};

/// Deals above which nobody plans one by one; more are refused where goals are read.
pub const MOST_DEALS: f64 = 1e6;

/// From here on in standard deviations a number of deals is taken as certain, or as impossible (error below 1e-14).
const FAR: f64 = 8.0;

/// The share 10⁻⁸ of the discretisation error, as the exponent of Abate and Whitt (1992).
const ABATE_WHITT: f64 = 18.4;

/// Terms of the alternating series whose partial sums are averaged (Euler summation, Abate and Whitt 1992).
const EULER: usize = 12;

/// Step of the trapezoid rule over the standard normal; its error falls faster than any power of the step.
const STEP: f64 = 0.004;

/// For 0, 1, 2, … deals: the probability that their amounts add up to the goal or more.
///
/// Amounts are independent and log-normal with the mean and coefficient of variation given. The probability is
/// the Laplace transform of one amount, to the power of the number of deals, inverted at the goal (Abate and Whitt
/// 1992, error below 1e-7); where the sum is log-normal to four digits, by its mean and variance (Fenton 1960).
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// Fewer deals than this never reach the goal.
    first: usize,
    /// For `first`, `first` + 1, … deals; more are certain.
    chances: Vec<f64>,
}

impl Reach {
    /// Of a goal that is `deals` mean amounts large (above 0, at most [`MOST_DEALS`]), where amounts spread by `cv` of their mean.
    pub fn new(deals: f64, cv: f64) -> Reach {
        if cv <= 0.0 {
            // a goal of exactly 50 amounts is reached by 50, whatever the last digit of the division
            return Reach {
                first: (deals - 1e-9 * deals.max(1.0)).ceil().max(0.0) as usize,
                chances: Vec::new(),
            };
        }
        // a standard deviation of the sum is cv √deals amounts; small goals have long tails, hence the constant
        let reach = FAR * cv * (deals.sqrt() + FAR * cv);
        let first = (deals - reach).floor().max(0.0) as usize;
        let last = (deals + reach).ceil() as usize;
        let log_normal_will_do = cv.powi(3) / (first.max(1) as f64).sqrt() <= 1e-3;
        let chances = if log_normal_will_do {
            (first..=last).map(|k| fenton(k, deals, cv)).collect()
        } else {
            inverted(first, last, deals, cv)
        };
        Reach { first, chances }
    }

    /// So many deals, and more, reach the goal for certain.
    pub fn certain_from(&self) -> usize {
        self.first + self.chances.len()
    }

    /// The probability that so many deals reach the goal.
    pub fn of(&self, deals: usize) -> f64 {
        match deals.checked_sub(self.first) {
            None => 0.0,
            Some(place) => self.chances.get(place).copied().unwrap_or(1.0),
        }
    }
}

/// The sum of `k` log-normal amounts of mean 1 taken as log-normal with its mean and variance (Fenton 1960).
fn fenton(k: usize, goal: f64, cv: f64) -> f64 {
    if k == 0 {
        return 0.0;
    }
    let k = k as f64;
    let variance = (cv * cv / k).ln_1p();
    let z = ((goal / k).ln() + variance / 2.0) / variance.sqrt();
    0.5 * erfc(z / SQRT_2)
}

/// A complex number; the standard library has none.
#[derive(Debug, Clone, Copy)]
struct Complex {
    re: f64,
    im: f64,
}

impl Complex {
    fn times(self, other: Complex) -> Complex {
        Complex { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }

    fn power(self, exponent: usize) -> Complex {
        let size = self.re.hypot(self.im).powf(exponent as f64);
        let angle = self.im.atan2(self.re) * exponent as f64;
        Complex { re: size * angle.cos(), im: size * angle.sin() }
    }

    /// The real part of self / other.
    fn real_of_quotient(self, other: Complex) -> f64 {
        (self.re * other.re + self.im * other.im) / (other.re * other.re + other.im * other.im)
    }
}

/// Probabilities that `first` to `last` deals reach the goal, by inversion of their Laplace transforms.
fn inverted(first: usize, last: usize, goal: f64, cv: f64) -> Vec<f64> {
    // the series is over once the transform of the sum is nothing
    let plain = (7.0 * (goal.sqrt() / cv).max(1.0) / PI).ceil().max(80.0) as usize;
    let nodes: Vec<Complex> = (0..plain + EULER)
        .map(|n| Complex { re: ABATE_WHITT / (2.0 * goal), im: PI * n as f64 / goal })
        .collect();
    let transforms = transforms(&nodes, cv);
    let weights = binomial_weights();
    let mut powers: Vec<Complex> = transforms.iter().map(|of_one| of_one.power(first)).collect();
    let mut chances: Vec<f64> = Vec::new();
    for k in first..=last {
        let below = euler_sum(&powers, &nodes, plain, &weights) * (ABATE_WHITT / 2.0).exp() / goal;
        let chance = if k == 0 { 0.0 } else { (1.0 - below).clamp(0.0, 1.0) };
        // one more deal never makes the goal less likely; the last digits of the inversion may say so
        chances.push(chances.last().map_or(chance, |before| chance.max(*before)));
        for (power, of_one) in powers.iter_mut().zip(&transforms) {
            *power = power.times(*of_one);
        }
    }
    chances
}

/// E exp(−s X) of a log-normal amount X of mean 1, at every node s.
fn transforms(nodes: &[Complex], cv: f64) -> Vec<Complex> {
    let variance = (cv * cv).ln_1p();
    let (sigma, mu) = (variance.sqrt(), -variance / 2.0);
    let steps = (9.0 / STEP).ceil() as i32;
    let points: Vec<(f64, f64)> = (-steps..=steps)
        .map(|step| {
            let z = f64::from(step) * STEP;
            ((mu + sigma * z).exp(), STEP * (-z * z / 2.0).exp() / (2.0 * PI).sqrt())
        })
        .collect();
    let at = |node: &Complex| {
        let mut sum = Complex { re: 0.0, im: 0.0 };
        for (amount, weight) in &points {
            let size = weight * (-node.re * amount).exp();
            let (sine, cosine) = (node.im * amount).sin_cos();
            sum.re += size * cosine;
            sum.im -= size * sine;
        }
        sum
    };
    nodes.iter().map(at).collect()
}

/// The alternating series of the inversion, its last partial sums averaged.
fn euler_sum(powers: &[Complex], nodes: &[Complex], plain: usize, weights: &[f64]) -> f64 {
    let (mut sum, mut averaged) = (0.0, 0.0);
    for (n, (power, node)) in powers.iter().zip(nodes).enumerate() {
        let term = power.real_of_quotient(*node) * if n == 0 { 0.5 } else { 1.0 };
        sum += if n % 2 == 0 { term } else { -term };
        if let Some(place) = (n + 1).checked_sub(plain) {
            averaged += weights[place] * sum;
        }
    }
    averaged
}

/// Binomial coefficients of [`EULER`] over their sum.
fn binomial_weights() -> Vec<f64> {
    let mut weights = vec![1.0];
    for n in 0..EULER {
        let before = weights.clone();
        weights = (0..=n + 1)
            .map(|k| {
                let from = |place: Option<usize>| place.and_then(|p| before.get(p)).copied().unwrap_or(0.0);
                (from(Some(k)) + from(k.checked_sub(1))) / 2.0
            })
            .collect();
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Law};

    #[test]
    fn one_deal_has_the_log_normal_tail() {
        for (goal, cv) in [(0.5, 0.8), (1.0, 0.8), (2.5, 0.8), (1.0, 0.3), (3.0, 1.5)] {
            let law = Law::log_normal_mean_cv(1.0, cv).expect("valid");
            let reach = Reach::new(goal, cv);
            assert!((reach.of(1) - (1.0 - law.cdf(goal))).abs() < 1e-7, "{goal} {cv}: {}", reach.of(1));
            assert_eq!(reach.of(0), 0.0);
        }
    }

    /// P(X + Y ≥ g) = P(X ≥ g) + ∫ f(x) P(Y ≥ g − x) dx over x below g, by the trapezoid rule on the normal scale.
    #[test]
    fn two_deals_agree_with_the_integral() {
        let (goal, cv) = (2.4, 0.8);
        let law = Law::log_normal_mean_cv(1.0, cv).expect("valid");
        let Law::LogNormal { mu, sigma } = law else { panic!("log-normal") };
        let mut expected = 0.0;
        for step in -80_000..=80_000 {
            let z = f64::from(step) * 1e-4;
            let x = (mu + sigma * z).exp();
            let tail = if x >= goal { 1.0 } else { 1.0 - law.cdf(goal - x) };
            expected += tail * (-z * z / 2.0).exp() / (2.0 * PI).sqrt() * 1e-4;
        }
        assert!((Reach::new(goal, cv).of(2) - expected).abs() < 1e-6);
    }

    /// 40,000 draws of 50 deals: four standard errors, a false alarm of 6e-5 were the seed changed.
    #[test]
    fn fifty_deals_agree_with_draws() {
        let law = Law::log_normal_mean_cv(1.0, 0.8).expect("valid");
        let draws = 40_000_u32;
        let reached = (0..draws)
            .filter(|n| {
                (0..50).map(|k| law.draw(Key::root(11).child(u64::from(*n)), 0, k)).sum::<f64>() >= 50.0
            })
            .count() as f64;
        let exact = Reach::new(50.0, 0.8).of(50);
        let error = (exact * (1.0 - exact) / f64::from(draws)).sqrt();
        assert!((reached / f64::from(draws) - exact).abs() < 4.0 * error, "{exact}");
        assert!((exact - 0.473_642).abs() < 1e-6, "an independent inversion in another language: {exact}");
    }

    #[test]
    fn the_short_cut_for_many_or_even_deals_joins_on() {
        for (deals, cv) in [(50.0, 0.12), (50.0, 0.2), (2_000.0, 0.3)] {
            for k in [deals * 0.97, deals, deals * 1.02] {
                let k = f64::round(k) as usize;
                let exact = inverted(k, k, deals, cv)[0];
                assert!((exact - fenton(k, deals, cv)).abs() < 5e-4, "{deals} {cv} {k}: {exact}");
            }
        }
    }

    #[test]
    fn equal_amounts_need_the_whole_number() {
        let reach = Reach::new(50.0, 0.0);
        assert_eq!((reach.of(49), reach.of(50), reach.of(51)), (0.0, 1.0, 1.0));
        assert_eq!(Reach::new(2e6 / 40e3 + 1e-12, 0.0).of(50), 1.0);
        assert_eq!((Reach::new(50.2, 0.0).of(50), Reach::new(50.2, 0.0).of(51)), (0.0, 1.0));
    }
}
