//! Where the spread of a result comes from: luck within equal inputs, or inputs that are not known.

use statrs::distribution::{ContinuousCDF, FisherSnedecor};

/// Variances of a result in groups that share their inputs (one-way random effects; Searle, Casella and McCulloch 1992, §3.6).
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Components {
    /// Mean over all.
    pub mean: f64,
    /// Variance between inputs: shrinks with data.
    pub inputs: f64,
    /// Variance of one trial at fixed inputs: its part of a mean shrinks with trials.
    pub luck: f64,
    /// Groups.
    pub groups: u64,
    /// Trials of each.
    pub each: u64,
}

impl Components {
    /// Standard deviation of the true result over what the inputs may be.
    pub fn of_inputs(&self) -> f64 {
        self.inputs.sqrt()
    }

    /// Standard error of the mean over all, from luck and from having drawn so many inputs only.
    pub fn of_runs(&self) -> f64 {
        (self.inputs / self.groups as f64 + self.of_luck().powi(2)).sqrt()
    }

    /// The part of it that is luck within the trials.
    fn of_luck(&self) -> f64 {
        (self.luck / (self.groups * self.each) as f64).sqrt()
    }

    /// Share of what is not known that more trials cannot take away: σ²(inputs) / (σ²(inputs) + σ²(luck) / trials). None where nothing varies.
    pub fn share_of_inputs(&self) -> Option<f64> {
        let whole = self.inputs + self.of_luck().powi(2);
        (whole > 0.0).then(|| self.inputs / whole)
    }
}

impl Components {
    /// The least that share may be, at a one-sided `confidence`: 0 where the groups differ by no more than luck makes them. From the ratio of mean
    /// squares, exact for normal results (Searle, Casella and McCulloch 1992, §3.6).
    pub fn share_of_inputs_at_least(&self, confidence: f64) -> Option<f64> {
        let (m, r) = (self.groups as f64, self.each as f64);
        if self.luck <= 0.0 {
            return self.share_of_inputs();
        }
        let law = FisherSnedecor::new(m - 1.0, m * (r - 1.0)).expect("two groups of two or more");
        let ratio = 1.0 + r * self.inputs / self.luck;
        let inputs_by_luck = ((ratio / law.inverse_cdf(confidence) - 1.0) / r).max(0.0);
        Some(inputs_by_luck / (inputs_by_luck + 1.0 / (m * r)))
    }
}

/// Takes the variance apart: σ²(inputs) = (MS between − MS within) / r, never below 0. `None` unless there are two groups or more, of equal size,
/// two or more each.
pub fn components(groups: &[Vec<f64>]) -> Option<Components> {
    let each = groups.first()?.len();
    if groups.len() < 2 || each < 2 || groups.iter().any(|group| group.len() != each) {
        return None;
    }
    let (m, r) = (groups.len() as f64, each as f64);
    let means: Vec<f64> = groups.iter().map(|group| super::mean::average(group)).collect();
    let mean = super::mean::average(&means);
    let between = r * means.iter().map(|of| (of - mean).powi(2)).sum::<f64>() / (m - 1.0);
    let within: f64 =
        groups.iter().zip(&means).flat_map(|(group, of)| group.iter().map(move |x| (x - of).powi(2))).sum();
    let luck = within / (m * (r - 1.0));
    Some(Components {
        mean,
        inputs: ((between - luck) / r).max(0.0),
        luck,
        groups: groups.len() as u64,
        each: each as u64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, Law};
    use rand::SeedableRng;
    use rand_distr::{Distribution, StandardNormal};

    /// Normal inputs (variance 4) under normal luck (variance 9): with 1,000 draws of ten trials each the share of the inputs in the variance
    /// of one trial, 4/13, comes within 10 % of itself. Its standard error is about 4.6 % (delta method: inputs' variance 4.9 × √(2/999) / 4 =
    /// 5.5 %, luck's 1.5 %), so a false alarm, were the seed changed, has a chance of about 3 %.
    #[test]
    fn known_components_are_found() {
        let mut rng = rand::rngs::Xoshiro256PlusPlus::seed_from_u64(4);
        let mut normal = || -> f64 { StandardNormal.sample(&mut rng) };
        let groups: Vec<Vec<f64>> = (0..1_000)
            .map(|_| {
                let input = 10.0 + 2.0 * normal();
                (0..10).map(|_| input + 3.0 * normal()).collect()
            })
            .collect();
        let found = components(&groups).expect("groups of equal size");
        let ratio = found.inputs / (found.inputs + found.luck);
        assert!((ratio / (4.0 / 13.0) - 1.0).abs() < 0.1, "{ratio} {found:?}");
        assert!((found.mean - 10.0).abs() < 0.3 && (found.luck / 9.0 - 1.0).abs() < 0.1, "{found:?}");
        assert!(found.share_of_inputs().is_some_and(|share| share > 0.99), "{found:?}");
    }

    /// By hand: groups (1, 3) and (5, 7): within 2, between 2·8 = 16, inputs (16 − 2)/2 = 7.
    #[test]
    fn components_by_hand() {
        let found = components(&[vec![1.0, 3.0], vec![5.0, 7.0]]).expect("two groups");
        assert_eq!((found.mean, found.inputs, found.luck), (4.0, 7.0, 2.0));
        assert_eq!(components(&[vec![1.0, 2.0]]), None);
        assert_eq!(components(&[vec![1.0], vec![2.0]]), None);
    }

    /// Luck alone: no variance is put down to inputs that do not vary.
    #[test]
    fn luck_alone_is_not_taken_for_inputs() {
        let law = Law::Exponential { mean: 1.0 };
        let draw = |m: u32, r: u32| law.draw(Key::root(3).child(u64::from(m)), 0, r);
        let groups: Vec<Vec<f64>> = (0..400).map(|m| (0..10).map(|r| draw(m, r)).collect()).collect();
        let found = components(&groups).expect("groups");
        assert!(found.inputs < 0.02 * found.luck, "{found:?}");
    }

    /// 60 draws of 20 trials whose inputs have no effect: at 95 % the share is above zero in one of twenty, and above 80 % in fewer. 400 macro-runs,
    /// fixed seed; the bounds are the binomial's at a false alarm of 1e-4 (20 ± 3.9 standard deviations of 4.4).
    #[test]
    fn luck_alone_is_seldom_taken_for_inputs() {
        let mut rng = rand::rngs::Xoshiro256PlusPlus::seed_from_u64(8);
        let mut above = 0;
        for _ in 0..400 {
            let groups: Vec<Vec<f64>> =
                (0..60).map(|_| (0..20).map(|_| StandardNormal.sample(&mut rng)).collect()).collect();
            let found = components(&groups).expect("60 groups of 20");
            above += u32::from(found.share_of_inputs_at_least(0.95).is_some_and(|share| share > 0.0));
        }
        assert!((4..=37).contains(&above), "{above} of 400");
    }
}
