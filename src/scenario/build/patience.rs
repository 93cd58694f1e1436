//! Leads that do not wait for ever: who leaves a line, and who calls again where there is none.

use super::view::{Desk, View};
use crate::model::{CallsAgain, Destination, Patience, Policy, TierPatience};
use crate::scenario::kind::Unit;
use crate::scenario::law;
use crate::scenario::value::{self, Whither};

/// Where a lead goes; closed if nothing is written.
pub(super) fn destination(view: &View<'_>) -> Destination {
    match view.read("then", value::destination) {
        Some(Whither::Nurture) => Destination::Nurture,
        Some(Whither::Recycle(days)) => Destination::Recycle { days },
        _ => Destination::Closed,
    }
}

/// Leads that visibly leave while nobody has begun them.
pub(super) fn patience(desk: &mut Desk<'_>, buyers: &View<'_>, decays: bool) -> Option<Patience> {
    let table = buyers.get("patience")?;
    if decays && !table.flag("both") {
        desk.report_from(
            &table,
            &["both"],
            "leaving beside a decay curve counts the effect of speed twice",
            "switch one off ([buyers.decay] off = true, or [buyers.patience] off = true), or say both = true",
        );
    }
    if table.get("leaves_after").is_none() && table.get("leaves_at_once").is_none() {
        desk.report_from(
            &table,
            &["leaves_after", "leaves_at_once"],
            "nothing says when a lead leaves",
            "write leaves_after = \"30min\", or leaves_at_once = 0.15",
        );
    }
    let leaves_after = desk.by_some_tiers(&table, "leaves_after", |node| law::law(node, Unit::Minutes));
    let leaves_at_once = desk.by_some_tiers(&table, "leaves_at_once", value::share);
    let tiers = leaves_after.into_iter().zip(leaves_at_once);
    let tiers = tiers
        .map(|(leaves_after, at_once)| TierPatience { leaves_after, leaves_at_once: at_once.unwrap_or(0.0) })
        .collect();
    Some(Patience { tiers, then: destination(&table) })
}

/// Where there is no line to wait in.
pub(super) fn calls_again(
    desk: &mut Desk<'_>,
    own: Option<&View<'_>>,
    all: &View<'_>,
    policy: Policy,
) -> Option<CallsAgain> {
    let table = own.and_then(|own| own.get("calls_again")).or_else(|| all.get("calls_again"))?;
    if policy != Policy::Pool {
        desk.report_from(
            &table,
            &[],
            "with a round robin there is always an owner to wait for",
            "write policy = \"pool\", or remove calls_again",
        );
    }
    let after = table.law("after", Unit::Minutes)?;
    if after.mean() < LEAST_MINUTES {
        desk.report(&table, "a lead cannot call again at once, for ever", "write after = \"30min\"");
    }
    let gives_up = table.list("gives_up", value::share);
    Some(CallsAgain { after, gives_up, then: destination(&table) })
}

/// A second: shorter pauses between calls would be nothing but calls.
const LEAST_MINUTES: f64 = 1.0 / 60.0;
