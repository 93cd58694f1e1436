//! The order of work: which waiting work a rep does first.

use super::view::{Desk, View};
use crate::model::{Order, PutDownFor, TieBreak};
use crate::scenario::problem::did_you_mean;
use crate::scenario::value;

/// The order of a group; by default own work, the first two tiers, replies, other tiers, follow-ups.
pub(super) fn order(desk: &mut Desk<'_>, group: &View<'_>) -> Order {
    let then = match group.text("then") {
        Some("oldest first") => TieBreak::OldestFirst,
        Some("newest first") => TieBreak::NewestFirst,
        Some("random") => TieBreak::Random,
        _ => TieBreak::DueFirst,
    };
    match group.get("order") {
        Some(view) => written(desk, &view, then),
        None => usual(desk.tiers.len(), then),
    }
}

fn usual(tiers: usize, then: TieBreak) -> Order {
    let new = (0..tiers).map(|tier| if tier < 2 { 1 + tier as u8 } else { 2 + tier as u8 }).collect();
    Order { own_work: 0, new, reply: 3, follow_up: tiers.max(2) as u8 + 2, then }
}

fn written(desk: &mut Desk<'_>, view: &View<'_>, then: TieBreak) -> Order {
    let mut new: Vec<Option<u8>> = vec![None; desk.tiers.len()];
    let (mut other_new, mut reply, mut follow_up, mut own_work) = (None, None, None, None);
    for (rank, item) in value::one_or_more(view.node).into_iter().enumerate() {
        let rank = rank.min(250) as u8;
        let Ok(text) = value::text(item) else { continue };
        for word in text.split(" and ").map(str::trim) {
            let item = View { node: item, path: view.path.clone() };
            match word {
                "reply" => reply = Some(rank),
                "follow-up" => follow_up = Some(rank),
                "own work" => own_work = Some(rank),
                "new" => other_new = Some(rank),
                _ => match word.strip_prefix("new ") {
                    Some(tier) if !item.is_own() && !desk.tiers.iter().any(|known| known == tier) => {}
                    Some(tier) => {
                        if let Some(tier) = desk.tier(tier, &item) {
                            new[usize::from(tier.0)] = Some(rank);
                        }
                    }
                    None => {
                        let known = ["new 1", "new", "reply", "follow-up", "own work"];
                        desk.report(&item, format!("unknown work \"{word}\""), did_you_mean(word, known));
                    }
                },
            }
        }
    }
    let mut left_out: Vec<String> = Vec::new();
    let mut take = |rank: Option<u8>, name: &str| {
        rank.unwrap_or_else(|| {
            left_out.push(format!("\"{name}\""));
            u8::MAX
        })
    };
    let reply = take(reply, "reply");
    let follow_up = take(follow_up, "follow-up");
    let own_work = take(own_work, "own work");
    let tiers = new.iter().zip(&desk.tiers);
    let new = tiers.map(|(rank, name)| take(rank.or(other_new), &format!("new {name}"))).collect();
    if !left_out.is_empty() {
        desk.report(
            view,
            format!("the order of work leaves out {}", left_out.join(", ")),
            "name every kind of work once; \"a and b\" share a rank",
        );
    }
    Order { new, reply, follow_up, own_work, then }
}

/// Work that takes a rep off work that comes later; nothing by default.
pub(super) fn put_down_for(desk: &mut Desk<'_>, group: &View<'_>) -> PutDownFor {
    let mut list = PutDownFor { new: vec![false; desk.tiers.len()], reply: false, follow_up: false };
    let Some(view) = group.get("put_down_for") else { return list };
    for item in value::one_or_more(view.node) {
        let Ok(text) = value::text(item) else { continue };
        let item = View { node: item, path: view.path.clone() };
        for word in text.split(" and ").map(str::trim) {
            match word {
                "reply" => list.reply = true,
                "follow-up" => list.follow_up = true,
                "new" => list.new.fill(true),
                "own work" => {
                    let help = "it waits its turn; take it out of `put_down_for`";
                    desk.report(&item, "own work takes nobody off a lead", help);
                }
                _ => match word.strip_prefix("new ") {
                    Some(tier) if !item.is_own() && !desk.tiers.iter().any(|known| known == tier) => {}
                    Some(tier) => {
                        if let Some(tier) = desk.tier(tier, &item) {
                            list.new[usize::from(tier.0)] = true;
                        }
                    }
                    None => {
                        let known = ["new 1", "new", "reply", "follow-up"];
                        desk.report(&item, format!("unknown work \"{word}\""), did_you_mean(word, known));
                    }
                },
            }
        }
    }
    list
}
