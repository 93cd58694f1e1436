//! What binds, as a table: a row a constraint in one yardstick, what it brings alone and its fair share, each with its interval.

use super::binding::{WhyPage, helps};
use super::binding_words::{name, unit};
use super::comparison_words::Scaled;
use super::wording::{goal, plain};
use crate::plan::why::Ranking;
use crate::plan::yardstick::Yardstick;
use crate::stats::Estimate;

/// What a ranking counts, with its unit: "S1 kept, percentage points".
pub(super) fn unit_of(page: &WhyPage<'_>, yardstick: Yardstick) -> String {
    match yardstick {
        Yardstick::Attainment => {
            let id = page.asked.promise.map(|place| page.model.agreement.commitments[place].id.as_str());
            format!("Leads for which {} is kept, percentage points", id.unwrap_or("the promise"))
        }
        Yardstick::Opportunities => format!("Opportunities a {}", plain(&page.trial().one)),
        Yardstick::Pipeline => format!("Pipeline a {}, dollars", plain(&page.trial().one)),
    }
}

fn heading(page: &WhyPage<'_>, yardstick: Yardstick) -> String {
    match yardstick {
        Yardstick::Attainment => {
            let id = page.asked.promise.map(|place| page.model.agreement.commitments[place].id.as_str());
            format!("{} KEPT, POINTS", id.unwrap_or(""))
        }
        Yardstick::Opportunities => "OPPORTUNITIES".into(),
        Yardstick::Pipeline => format!("PIPELINE A {}", page.trial().short.to_uppercase()),
    }
}

/// The rows of one ranking, below their headings; the whole gap last.
pub(super) fn rows(page: &WhyPage<'_>, ranking: &Ranking) -> Vec<Vec<String>> {
    let level = plain(&goal(page.asked.level)).replace(' ', "");
    let mut rows = vec![vec![
        heading(page, ranking.yardstick),
        "ALONE".into(),
        format!("{level} CI"),
        "FAIR SHARE".into(),
        format!("{level} CI"),
        "OF THE GAP".into(),
    ]];
    let dollars = |scaled: Scaled, estimate: Estimate| {
        plain(&match ranking.yardstick {
            Yardstick::Pipeline => scaled.with_unit(estimate.value),
            _ => scaled.signed(estimate.value),
        })
    };
    for gain in &ranking.gains {
        let scaled = in_column(ranking, gain.alone);
        let mut row =
            vec![name(gain.constraint).to_owned(), dollars(scaled, gain.alone), scaled.ends(gain.alone)];
        if let Some(share) = gain.share {
            let scaled = in_column(ranking, share);
            row.extend([dollars(scaled, share), scaled.ends(share), of_gap(share.value, ranking.gap)]);
        }
        rows.push(row);
    }
    for absent in &page.why.absent {
        rows.push(vec![name(*absent).to_owned(), "0".into(), "none here".into(), "0".into()]);
    }
    if !ranking.gap.is_known() {
        return rows;
    }
    let scaled = in_column(ranking, ranking.gap);
    let (gap, ends) = (dollars(scaled, ranking.gap), scaled.ends(ranking.gap));
    rows.push(vec!["all taken away".into(), gap.clone(), ends.clone()]);
    if ranking.gains.iter().any(|gain| gain.share.is_some()) {
        rows.last_mut().expect("it was pushed").extend([gap, ends, "100 %".into()]);
    }
    rows
}

/// In the unit of the whole column, with the decimals that its own interval knows.
fn in_column(ranking: &Ranking, estimate: Estimate) -> Scaled {
    // a gap that is not known is left out by max
    let size = ranking.gap.value.abs().max(estimate.value.abs());
    let half = estimate.half_width().unwrap_or(0.0);
    let widest = Estimate { value: size, low: Some(size - half), high: Some(size + half), ..estimate };
    Scaled::of(unit(ranking.yardstick), widest)
}

/// A share's part of the gap, where there is one: "34 %".
fn of_gap(share: f64, gap: Estimate) -> String {
    let percent = (share / gap.value * 100.0).round();
    match helps(&gap) {
        true if percent < 0.0 => format!("−{:.0} %", percent.abs()),
        // a tiny negative part is "0 %", not "−0 %"
        true => format!("{:.0} %", percent.abs()),
        false => "–".into(),
    }
}
