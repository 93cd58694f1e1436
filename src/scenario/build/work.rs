//! Minutes of work of the model.

use super::view::{Desk, View};
use crate::model::WorkTimes;
use crate::random::Law;
use crate::scenario::kind::Unit;
use crate::scenario::law;

/// How long each activity takes; no time where nothing is said.
pub(super) fn work(desk: &mut Desk<'_>, root: &View<'_>) -> WorkTimes {
    let view = root.get("work");
    let minutes = |name: &str| view.as_ref().map_or(Law::ZERO, |view| view.law_or_zero(name, Unit::Minutes));
    let review = match &view {
        Some(view) => desk.by_tier(view, "review", |node| law::law(node, Unit::Minutes), Law::ZERO),
        None => vec![Law::ZERO; desk.tiers.len()],
    };
    WorkTimes {
        review,
        rejection: minutes("rejection"),
        dial: minutes("dial"),
        voicemail: minutes("voicemail"),
        voicemail_share: view.as_ref().map_or(0.0, |view| view.share("voicemail_share")),
        email: minutes("email"),
        linkedin: minutes("linkedin"),
        conversation: minutes("conversation"),
        logging: minutes("logging"),
        reply: minutes("reply"),
    }
}
