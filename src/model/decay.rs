//! How much speed is worth: conversion against the lead clock (created → first attempt), by a named curve.

/// A relative curve of conversion against wall time since created: a table, interpolated in log time and log value.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// "steep", "moderate", "gentle", or the scenario's own name.
    pub name: String,
    /// Logarithms of `(minutes, relative conversion)`, minutes rising, values not rising; flat outside.
    logs: Vec<(f64, f64)>,
}

impl Curve {
    /// A curve through `(minutes, relative conversion)`: at least one point, all positive, minutes rising, values not rising.
    pub fn new(name: &str, points: &[(f64, f64)]) -> Self {
        Curve { name: name.to_string(), logs: points.iter().map(|(t, v)| (t.ln(), v.ln())).collect() }
    }

    /// Up to so many minutes an answer is worth as much as one at once.
    pub fn flat_until(&self) -> f64 {
        self.logs[0].0.exp()
    }

    /// The logarithm of the relative conversion of a lead first attempted `minutes` after it was created.
    pub fn ln_at(&self, minutes: f64) -> f64 {
        let (first, last) = (self.logs[0], self.logs[self.logs.len() - 1]);
        let log = minutes.ln();
        // Also true for zero minutes, whose logarithm is minus infinity.
        if log <= first.0 {
            return first.1;
        }
        if log >= last.0 {
            return last.1;
        }
        let i = self.logs.partition_point(|p| p.0 <= log);
        let ((t0, v0), (t1, v1)) = (self.logs[i - 1], self.logs[i]);
        v0 + (v1 - v0) * (log - t0) / (t1 - t0)
    }
}

/// A curve with its strength and scale by tier.
///
/// The factor `scale * curve(t)^strength` multiplies the chance from accepted to qualified: `on_contact` of its logarithm goes to
/// the probability of contact at each attempt, the rest to qualification. `scale` makes the base scenario's own response times
/// reproduce the entered rates (rates are the ones seen today).
#[derive(Debug, Clone, PartialEq)]
pub struct Decay {
    /// The curve.
    pub curve: Curve,
    /// Exponent on the curve, by true tier; 0 is no effect.
    pub strength: Vec<f64>,
    /// Share of the effect's logarithm that acts on contact.
    pub on_contact: f64,
    /// Logarithm of the scale by true tier; 0 until calibrated by a pilot of the base scenario (`study::calibrate_decay`).
    pub log_scale: Vec<f64>,
}

impl Decay {
    /// Factors on `(contact, qualification)` for a lead of `tier` first attempted `minutes` after created.
    pub fn factors(&self, tier: super::TierId, minutes: f64) -> (f64, f64) {
        let tier = usize::from(tier.0);
        if self.strength[tier] == 0.0 {
            return (1.0, 1.0);
        }
        let log = self.log_scale[tier] + self.strength[tier] * self.curve.ln_at(minutes);
        let contact = (self.on_contact * log).exp();
        // Shared in halves, the usual case, one power is both.
        (contact, if self.on_contact == 0.5 { contact } else { ((1.0 - self.on_contact) * log).exp() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_goes_through_its_points_and_is_straight_between_in_logarithms() {
        let curve = Curve::new("own", &[(1.0, 34.0), (5.0, 32.0), (60.0, 18.0)]);
        for (minutes, value) in [(0.0, 34.0), (1.0, 34.0), (5.0, 32.0), (60.0, 18.0), (1e6, 18.0)] {
            assert!((curve.ln_at(minutes).exp() - value).abs() < 1e-9, "{minutes}");
        }
        let middle = curve.ln_at((5.0f64 * 60.0).sqrt());
        assert!((middle - (32.0f64.ln() + 18.0f64.ln()) / 2.0).abs() < 1e-12);
    }
}
