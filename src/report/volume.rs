//! How many leads a scenario's sources are expected to bring a month: computed from their rates, not counted in trials.

use super::wording::days_of;
use crate::model::{Arrivals, Horizon, Model, RateProfile, Replay, Resample};
use jiff::ToSpan;

/// Days of a mean month: a year of 365.25 days over 12.
const MONTH: f64 = 365.25 / 12.0;

/// Leads a mean month from all sources, surges and uploads spread evenly over the horizon.
pub(super) fn monthly(model: &Model) -> f64 {
    let horizon = &model.horizon;
    let days = (horizon.end - horizon.start).as_days();
    let of = |arrivals: &Arrivals| match arrivals {
        Arrivals::Rate(profile) => {
            let weekly: f64 = profile.hourly.iter().sum();
            weekly * profile.batch.mean() * surged(profile, horizon) * MONTH / 7.0
        }
        Arrivals::Uploads(uploads) => {
            let inside = uploads.iter().filter(|upload| horizon.contains(upload.at));
            inside.map(|upload| upload.leads.mean()).sum::<f64>() * MONTH / days
        }
        Arrivals::Replay(replay) if replay.resample == Resample::AsIs => {
            replay.stamps.iter().filter(|at| horizon.contains(**at)).count() as f64 * MONTH / days
        }
        Arrivals::Replay(replay) => resampled(replay) * MONTH,
    };
    model.sources.iter().map(|source| of(&source.arrivals)).sum()
}

/// Mean multiplier of the rate over the days of the horizon, each day weighed by its usual rate.
fn surged(profile: &RateProfile, horizon: &Horizon) -> f64 {
    let (first, last) = days_of(horizon);
    let (mut usual, mut all) = (0.0, 0.0);
    for date in first.series(1.day()).take_while(|date| *date <= last) {
        let monday = date.weekday().to_monday_zero_offset() as usize;
        let rate: f64 = profile.hourly[monday * 24..(monday + 1) * 24].iter().sum();
        let surges = profile.surges.iter().filter(|surge| (surge.from..=surge.until).contains(&date));
        usual += rate;
        all += rate * surges.map(|surge| surge.times).product::<f64>();
    }
    if usual > 0.0 { all / usual } else { 1.0 }
}

/// Stamps a day of a resampled record: the mean of each weekday, and of those the mean.
fn resampled(replay: &Replay) -> f64 {
    let (mut stamps, mut days) = ([0.0_f64; 7], [0.0_f64; 7]);
    for (place, (first, _, weekday)) in replay.days.iter().enumerate() {
        let next = replay.days.get(place + 1).map_or(replay.stamps.len(), |day| day.0);
        stamps[usize::from(*weekday)] += (next - first) as f64;
        days[usize::from(*weekday)] += 1.0;
    }
    stamps.iter().zip(days).filter(|(_, days)| *days > 0.0).map(|(n, days)| n / days).sum::<f64>() / 7.0
}
