//! The published curves of conversion against speed, as tables. Buckets stand at their middle; open-ended ones at 48 hours.

use super::view::{Desk, View};
use crate::model::{Curve, Decay};
use crate::scenario::value;

/// Optifai 2025 (vendor; 939 B2B SaaS firms): close rate by time to first answer.
const GENTLE: [(f64, f64); 9] = [
    (1.0, 34.0),
    (5.0, 32.0),
    (10.0, 28.0),
    (15.0, 25.0),
    (30.0, 20.0),
    (60.0, 18.0),
    (240.0, 15.0),
    (1440.0, 12.0),
    (2880.0, 9.0),
];

/// SalesUp 2025 (vendor; 10,000 leads): opportunity rate under 5 min, 5–30, 30–60, 1–4 h, 4–24 h, over 24 h.
const MODERATE: [(f64, f64); 6] =
    [(2.5, 35.0), (17.5, 22.0), (45.0, 14.0), (150.0, 9.0), (840.0, 4.0), (2880.0, 1.0)];

/// MIT and InsideSales 2007 (6 firms, 15,000 leads): odds of qualifying, 4× from 10 to 5 minutes and 21× from 30 to 5.
/// The study gives no table after 30 minutes, so the curve is flat there.
const STEEP: [(f64, f64); 3] = [(5.0, 21.0), (10.0, 5.25), (30.0, 1.0)];

/// Oldroyd, McElheran and Elkington 2011 (1.25 million leads): within an hour 7× the next hour and 60× a day later.
const STEEP_HOURS: [(f64, f64); 3] = [(30.0, 60.0), (90.0, 60.0 / 7.0), (1440.0, 1.0)];

/// The published curve called `name`; `None` for "none" and unknown names.
pub(super) fn published(name: &str) -> Option<Curve> {
    let points: &[(f64, f64)] = match name {
        "gentle" => &GENTLE,
        "moderate" => &MODERATE,
        "steep" => &STEEP,
        "steep, hours" => &STEEP_HOURS,
        _ => return None,
    };
    Some(Curve::new(name, points))
}

/// The decay of [buyers.decay], not yet calibrated; `None` where speed has no effect.
pub(super) fn decay(desk: &mut Desk<'_>, buyers: &View<'_>) -> Option<Decay> {
    let view = buyers.get("decay")?;
    let curve = match (view.read("points", value::points), view.text("curve")) {
        (Some(points), _) => Curve::new("own", &points),
        (None, Some(name)) => published(name)?,
        (None, None) => {
            desk.report_from(
                &view,
                &["curve", "points"],
                "nothing says which curve",
                "write curve = \"gentle\", or points = [[\"5min\", 21], [\"30min\", 1]]",
            );
            return None;
        }
    };
    let strength = desk.by_tier(&view, "strength", |node| value::number_between(node, 0.0, 10.0), 0.0);
    let log_scale = vec![0.0; strength.len()];
    Some(Decay { curve, strength, on_contact: view.share("on_contact"), log_scale })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gentle_curve_gives_the_one_published_before_and_after() {
        // One firm went from 18 h to 42 min and saw +27 % from MQL to SQL: a factor 1.52 at strength 1, 1.27 at 0.57.
        let gentle = published("gentle").expect("known");
        let factor = (gentle.ln_at(42.0) - gentle.ln_at(18.0 * 60.0)).exp();
        assert!((factor - 1.52).abs() < 0.01, "{factor}");
        assert!((factor.powf(0.57) - 1.27).abs() < 0.01);
    }

    #[test]
    fn every_curve_falls() {
        for name in ["gentle", "moderate", "steep", "steep, hours"] {
            let curve = published(name).expect("known");
            let values: Vec<f64> = (0..60).map(|n| curve.ln_at(1.3f64.powi(n))).collect();
            assert!(values.windows(2).all(|pair| pair[0] >= pair[1]) && values[0] > values[59], "{name}");
        }
        assert_eq!(published("none"), None);
    }
}
