//! Routing of the model: rules for all tiers, and where single tiers differ.

use super::patience;
use super::view::{Desk, View};
use crate::model::{AfterHours, Awareness, BackUp, ByHand, Policy, Routing, Source, TierRouting};
use crate::random::Law;
use crate::scenario::kind::Unit;
use crate::scenario::value;

/// From MQL to a name on the lead.
pub(super) fn routing(desk: &mut Desk<'_>, root: &View<'_>, sources: &[Source]) -> Routing {
    let view = root.get("routing").unwrap_or(View { node: root.node, path: "routing".to_string() });
    let aware_of: Vec<&str> = view.list("aware_of", value::text);
    let aware = |word| aware_of.contains(&word);
    let fails = view.share("fails");
    let by_hand = view.get("by_hand").and_then(|table| by_hand(&table));
    let needs_hands = fails > 0.0 || sources.iter().any(|source| source.outside_automation);
    let tier_rules = view.get("tiers");
    if let Some(rules) = &tier_rules {
        for (name, entry) in rules.all() {
            if entry.is_own() {
                desk.tier(name, &entry);
            }
        }
    }
    let mut tiers = Vec::new();
    for name in desk.tiers.clone() {
        let own = tier_rules.as_ref().and_then(|rules| rules.get(&name));
        let own_hand =
            own.as_ref().and_then(|table| table.get("by_hand")).and_then(|table| self::by_hand(&table));
        if needs_hands && own_hand.is_none() && by_hand.is_none() {
            let message = format!(
                "leads of tier {name} may need routing by hand, and nothing says how long that takes"
            );
            let keys = ["fails", "by_hand", "tiers"];
            desk.report_from(
                &view,
                &keys,
                message,
                "add a table [routing.by_hand] with delay = \"4 business hours\"",
            );
        }
        let nobody = ByHand { delay: Law::ZERO, business: false };
        let policy = own.as_ref().and_then(policy).or_else(|| policy(&view)).unwrap_or(Policy::RoundRobin);
        tiers.push(TierRouting {
            policy,
            by_hand: own_hand.or_else(|| by_hand.clone()).unwrap_or(nobody),
            back_up: back_up(desk, own.as_ref(), &view),
            calls_again: patience::calls_again(desk, own.as_ref(), &view, policy),
        });
    }
    Routing {
        automated: view.law_or_zero("delay", Unit::Minutes),
        fails,
        after_hours: match view.read("after_hours", value::after_hours).flatten() {
            Some(minute_of_day) => AfterHours::HoldUntil { minute_of_day },
            None => AfterHours::RouteAtOnce,
        },
        aware: Awareness { shift: aware("shift"), leave: aware("leave"), meetings: aware("meetings") },
        follow_ups_to_owner: view.text("follow_ups_to") != Some("pool"),
        tiers,
    }
}

/// Every policy there is, to find one by its word.
const POLICIES: [Policy; 2] = [Policy::RoundRobin, Policy::Pool];

/// What the file calls a policy.
fn word(policy: Policy) -> &'static str {
    match policy {
        Policy::RoundRobin => "round robin",
        Policy::Pool => "pool",
    }
}

fn policy(table: &View<'_>) -> Option<Policy> {
    let written = table.text("policy")?;
    POLICIES.into_iter().find(|policy| word(*policy) == written)
}

fn by_hand(table: &View<'_>) -> Option<ByHand> {
    Some(ByHand {
        delay: table.law("delay", Unit::BusinessMinutes)?,
        business: table.text("clock") != Some("wall"),
    })
}

fn back_up(desk: &mut Desk<'_>, own: Option<&View<'_>>, all: &View<'_>) -> Option<BackUp> {
    let table = own.and_then(|own| own.get("back_up")).or_else(|| all.get("back_up"))?;
    if table.whole("times") == Some(0) {
        return None;
    }
    let after = table.span("after")?;
    if after.micros() <= 0 {
        desk.report_from(
            &table,
            &["after"],
            "a back-up after no time at all is no back-up",
            "write after = \"5min\", or policy = \"pool\"",
        );
    }
    Some(BackUp { after, times: u8::try_from(table.count("times")).unwrap_or(1) })
}

#[cfg(test)]
mod tests {
    use super::{POLICIES, word};
    use crate::scenario::format::ROOT;
    use crate::scenario::kind::{Kind, Table};

    fn table(under: &'static Table, name: &str) -> &'static Table {
        under.key(name).and_then(|key| key.kind.as_table()).expect("a table of the format")
    }

    #[test]
    fn every_word_of_the_format_is_a_policy_and_no_policy_lacks_its_word() {
        let routing = table(&ROOT, "routing");
        let Some(Kind::Word(words)) = routing.key("policy").map(|key| key.kind) else {
            panic!("the policy is one of a few words")
        };
        assert_eq!(words, POLICIES.map(word));
    }
}
