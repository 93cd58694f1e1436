//! How much speed is worth: conversion against the lead clock (created → first attempt), by a named curve.

/// A relative curve of conversion against wall time since created: a table, interpolated in log time and log value.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// "steep", "moderate", "gentle", or the scenario's own name.
    pub name: String,
    /// `(minutes, relative conversion)`, minutes rising, values positive and not rising; flat outside.
    pub points: Vec<(f64, f64)>,
}

impl Curve {
    /// The relative conversion of a lead first attempted `minutes` after it was created.
    pub fn at(&self, minutes: f64) -> f64 {
        let (first, last) = (self.points[0], self.points[self.points.len() - 1]);
        if minutes <= first.0 {
            return first.1;
        }
        if minutes >= last.0 {
            return last.1;
        }
        let i = self.points.partition_point(|p| p.0 <= minutes);
        let ((t0, v0), (t1, v1)) = (self.points[i - 1], self.points[i]);
        let part = (minutes / t0).ln() / (t1 / t0).ln();
        v0 * (v1 / v0).powf(part)
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
    /// Scale by true tier; 1 until calibrated by a pilot of the base scenario (`study::calibrate_decay`).
    pub scale: Vec<f64>,
}

impl Decay {
    /// Factors on `(contact, qualification)` for a lead of `tier` first attempted `minutes` after created.
    pub fn factors(&self, tier: super::TierId, minutes: f64) -> (f64, f64) {
        let tier = usize::from(tier.0);
        if self.strength[tier] == 0.0 {
            return (1.0, 1.0);
        }
        let log = self.scale[tier].ln() + self.strength[tier] * self.curve.at(minutes).ln();
        ((self.on_contact * log).exp(), ((1.0 - self.on_contact) * log).exp())
    }
}
