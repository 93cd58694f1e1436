//! Buyers of the model: acceptance, cadence, contact, qualification, and the funnel behind them.

use super::view::{Desk, View};
use super::{cadence, curves};
use crate::model::{
    Buyers, Cadence, Channel, Contact, Destination, Funnel, Leads, Meeting, ReasonLaw, Recycling, TierBuyers,
    TierId,
};
use crate::random::{Choice, Law};
use crate::scenario::kind::{CHANNELS, Unit};
use crate::scenario::value;

/// Buyers and what follows from them.
pub(super) fn buyers(desk: &mut Desk<'_>, root: &View<'_>, leads: &Leads) -> Buyers {
    let empty = crate::scenario::tree::Node::table(crate::scenario::tree::Place::DEFAULT);
    let view = root.get("buyers").unwrap_or(View { node: &empty, path: "buyers".to_string() });
    let (rejection_reasons, rejection_mix) = reasons(&view, "rejections", "rejected");
    let (disqualification_reasons, disqualification_mix) =
        reasons(&view, "disqualifications", "disqualified");
    let decay = curves::decay(desk, &view);
    let interest = interest(desk, &view, decay.is_some());
    let patience = super::patience::patience(desk, &view, decay.is_some());
    let cadences = cadence::cadences(desk, &view, leads);
    Buyers {
        tiers: tiers(desk, &view, &cadences),
        cadences,
        rejection_reasons,
        rejection_mix,
        disqualification_reasons,
        disqualification_mix,
        overturn_after_business_days: view.read("overturned_after", value::business_days).unwrap_or(0),
        reply_delay: view.law_or_zero("reply_delay", Unit::BusinessMinutes),
        decay,
        interest,
        patience,
        funnel: funnel(&view),
        recycling: recycling(desk, &view),
    }
}

fn tiers(desk: &mut Desk<'_>, view: &View<'_>, cadences: &[Cadence]) -> Vec<TierBuyers> {
    let table = view.get("tiers");
    if let Some(table) = &table {
        for (name, entry) in table.all() {
            if entry.is_own() {
                desk.tier(name, &entry);
            }
        }
    }
    let mut tiers = Vec::new();
    for name in desk.tiers.clone() {
        let Some(entry) = table.as_ref().and_then(|table| table.get(&name)) else {
            if let Some(table) = &table {
                desk.report_from(
                    table,
                    &[],
                    format!("tier `{name}` is left out"),
                    format!("add a table [buyers.tiers.{name}]"),
                );
            }
            tiers.push(TierBuyers {
                accepted: 1.0,
                contact: Contact::ByAttempt(vec![0.0]),
                qualified: 0.0,
                opportunity: 0.0,
                won: 0.0,
            });
            continue;
        };
        // A tier of one's own takes no other tier's rates; they must be written as soon as anybody answers.
        let contact = contact(desk, &entry, cadences);
        let answers = contact.most() > 0.0;
        for key in ["qualified", "opportunity", "won"] {
            if answers && entry.get(key).is_none() {
                desk.report_from(
                    &entry,
                    &["contact"],
                    format!("tier `{name}` needs `{key}`"),
                    format!("write {key} = 0.5, or what you see today"),
                );
            }
        }
        tiers.push(TierBuyers {
            accepted: entry.share("accepted"),
            contact,
            qualified: entry.share("qualified"),
            opportunity: entry.share("opportunity"),
            won: entry.share("won"),
        });
    }
    tiers
}

/// How likely each attempt is answered: one list, or one for each channel, of which the cadence's own must be there.
fn contact(desk: &mut Desk<'_>, tier: &View<'_>, cadences: &[Cadence]) -> Contact {
    let Some(by) = tier.get("contact").filter(|contact| contact.node.is_table()) else {
        let list = tier.list("contact", value::share);
        return Contact::ByAttempt(if list.is_empty() { vec![0.0] } else { list });
    };
    let mut lists = [Vec::new(), Vec::new(), Vec::new()];
    for (name, channel) in CHANNELS.iter().zip([Channel::Phone, Channel::Email, Channel::LinkedIn]) {
        let mut steps = cadences.iter().flat_map(|cadence| &cadence.steps);
        let used = steps.any(|step| step.channel.contains(&channel));
        if used && by.get(name).is_none() {
            desk.report_from(
                &by,
                &[],
                format!("channel `{name}` is left out, and the cadence uses it"),
                format!("add {name} = 0.1, or what you see today"),
            );
        }
        lists[channel as usize] = by.list(name, value::share);
    }
    Contact::ByChannel(lists)
}

fn reasons(view: &View<'_>, key: &str, otherwise: &str) -> (Vec<ReasonLaw>, Choice) {
    let (mut reasons, mut weights) = (Vec::new(), Vec::new());
    for (name, entry) in view.entries(key) {
        let destination = super::patience::destination(&entry);
        weights.push(entry.read("share", value::weight).unwrap_or(0.0));
        reasons.push(ReasonLaw {
            name: name.to_string(),
            destination,
            overturned: entry.share("overturned"),
        });
    }
    match Choice::new(&weights) {
        Some(mix) => (reasons, mix),
        None => {
            let only =
                ReasonLaw { name: otherwise.to_string(), destination: Destination::Closed, overturned: 0.0 };
            (vec![only], Choice::certain())
        }
    }
}

fn interest(desk: &mut Desk<'_>, view: &View<'_>, decays: bool) -> Option<Law> {
    let table = view.get("interest")?;
    if decays && !table.flag("both") {
        desk.report_from(
            &table,
            &["both"],
            "loss of interest beside a decay curve counts the effect of speed twice",
            "switch one off ([buyers.decay] off = true, or [buyers.interest] off = true), or say both = true",
        );
    }
    table.law("after", Unit::Hours)
}

fn funnel(view: &View<'_>) -> Funnel {
    let booking = view.get("booking");
    let days: Vec<((u32, u32), f64)> = booking
        .as_ref()
        .map(|table| table.mix("days_out"))
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(name, weight)| Some((value::day_range(name).ok()?, weight)))
        .collect();
    let weights: Vec<f64> = days.iter().map(|(_, weight)| *weight).collect();
    let (days_out, days_out_mix) = match Choice::new(&weights) {
        Some(mix) => (days.into_iter().map(|(range, _)| range).collect(), mix),
        None => (vec![(0, 0)], Choice::certain()),
    };
    let meeting = match &booking {
        Some(table) => Meeting {
            show: table.share("show"),
            show_per_week_out: table.share("show_per_week_out"),
            rebooked: table.share("rebooked"),
            rebooked_show: table.share("rebooked_show"),
        },
        None => Meeting { show: 1.0, show_per_week_out: 1.0, rebooked: 0.0, rebooked_show: 0.0 },
    };
    let worth = view.get("opportunity");
    let worth = worth.as_ref();
    Funnel {
        days_out_mix,
        days_out,
        meeting,
        amount: worth.map_or(Law::ZERO, |table| table.law_or_zero("amount", Unit::Dollars)),
        cycle_days: worth.map_or(Law::ZERO, |table| table.law_or_zero("cycle", Unit::Days)),
        pipeline_goal: worth.and_then(|table| table.money("pipeline_goal")),
        inquiry_to_mql: worth.and_then(|table| table.read("inquiry_to_mql", value::share)),
    }
}

fn recycling(desk: &mut Desk<'_>, view: &View<'_>) -> Recycling {
    let off = Recycling {
        share: 0.0,
        after_days: Law::ZERO,
        tier: TierId(0),
        qualified_times: 1.0,
        passes: 1,
        to_previous_owner: false,
    };
    let Some(table) = view.get("recycling") else { return off };
    let tier = table.get("tier").and_then(|key| {
        let name = value::tier_name(key.node).ok()?;
        desk.tier(&name, &key)
    });
    Recycling {
        share: table.share("share"),
        after_days: table.law_or_zero("after", Unit::Days),
        tier: tier.unwrap_or(TierId(0)),
        qualified_times: table.number("qualified_times").unwrap_or(1.0),
        passes: u8::try_from(table.count("passes")).unwrap_or(1).max(1),
        to_previous_owner: table.text("to") == Some("previous owner"),
    }
}
