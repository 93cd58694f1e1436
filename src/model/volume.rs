//! The same world with more or fewer leads: every source multiplied.

use super::{Arrivals, Model};
use crate::random::{Choice, Law};

/// A source that cannot bring more or fewer leads.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("source {source_name} replays real stamps, which cannot be multiplied")]
pub struct NotScalable {
    /// The source.
    pub source_name: String,
}

impl Model {
    /// The same model, every source bringing `times` its leads (above 0): rates and the sizes of uploaded lists are multiplied; the
    /// rhythm of the week, surges, busyness, batches and what is there at the opening stay.
    ///
    /// # Errors
    ///
    /// [`NotScalable`] where a source replays stamps and `times` is not 1.
    pub fn with_volume(&self, times: f64) -> Result<Model, NotScalable> {
        let mut model = self.clone();
        if times == 1.0 {
            return Ok(model);
        }
        for source in &mut model.sources {
            match &mut source.arrivals {
                Arrivals::Rate(profile) => {
                    profile.hourly.iter_mut().for_each(|rate| *rate *= times);
                    for part in profile.cycle.iter_mut().flat_map(|cycle| &mut cycle.parts) {
                        part.first *= times;
                        part.last *= times;
                    }
                }
                Arrivals::Uploads(uploads) => {
                    uploads.iter_mut().for_each(|upload| upload.leads = scaled(&upload.leads, times));
                }
                Arrivals::Replay(_) => return Err(NotScalable { source_name: source.name.clone() }),
            }
        }
        Ok(model)
    }
}

/// The law of `times` a quantity; a whole number of leads stays one on average.
fn scaled(law: &Law, times: f64) -> Law {
    match law {
        Law::Constant(value) => between_whole_numbers(value.round() * times),
        Law::Exponential { mean } => Law::Exponential { mean: mean * times },
        Law::LogNormal { mu, sigma } => Law::LogNormal { mu: mu + times.ln(), sigma: *sigma },
        Law::Gamma { shape, scale } => Law::Gamma { shape: *shape, scale: scale * times },
        Law::Weibull { shape, scale } => Law::Weibull { shape: *shape, scale: scale * times },
        Law::Uniform { low, high } => Law::Uniform { low: low * times, high: high * times },
        // more people of whom each might come: the mean grows, not what one counts for
        Law::Poisson { mean, unit } => Law::Poisson { mean: mean * times, unit: *unit },
        Law::Geometric { mean, unit } => Law::Geometric { mean: *mean, unit: unit * times },
        Law::Mixture { choice, parts } => Law::Mixture {
            choice: choice.clone(),
            parts: parts.iter().map(|part| scaled(part, times)).collect(),
        },
        Law::Empirical { choice, values } => Law::Empirical {
            choice: choice.clone(),
            values: values.iter().map(|value| value * times).collect(),
        },
    }
}

/// Whole numbers next to `value` whose mean it is: 13.5 is 13 or 14, each half of the time.
fn between_whole_numbers(value: f64) -> Law {
    let (low, part) = (value.floor(), value.fract());
    match Choice::new(&[1.0 - part, part]) {
        Some(choice) if part > 1e-9 && part < 1.0 - 1e-9 => {
            Law::Empirical { choice, values: vec![low, low + 1.0] }
        }
        _ => Law::Constant(value.round()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laws_grow_by_their_mean() {
        let laws = [
            Law::Constant(18.0),
            Law::Exponential { mean: 3.0 },
            Law::log_normal_mean_cv(12.0, 1.0).expect("valid"),
            Law::Gamma { shape: 2.0, scale: 3.0 },
            Law::Weibull { shape: 0.7, scale: 2.0 },
            Law::Uniform { low: 10.0, high: 20.0 },
            Law::Poisson { mean: 7.0, unit: 1.0 },
            Law::Geometric { mean: 2.0, unit: 1.0 },
            Law::Empirical { choice: Choice::new(&[1.0, 3.0]).expect("valid"), values: vec![4.0, 8.0] },
        ];
        for law in laws {
            for times in [0.75, 1.25, 3.0] {
                let grown = scaled(&law, times);
                assert!((grown.mean() - times * law.mean()).abs() < 1e-9, "{law:?} {grown:?}");
            }
        }
        assert_eq!(scaled(&Law::Constant(18.0), 2.0), Law::Constant(36.0));
    }
}
