//! Why leads were late, in words a salesperson uses: causes of the study grouped into a few, with their shares.

use super::lead_tables::snake;
use super::lookup::Findings;
use super::names;
use super::wording::parts_of_hundred;
use crate::model::{Model, TierId};
use crate::trial::LateCause;

/// A few causes in place of many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    OwnerInMeeting,
    OwnerAtLunch,
    OwnerOffShift,
    OwnerAway,
    OwnerOnOwnWork,
    OwnerOnOtherLeads,
    SlowToNotice,
    NobodyOnShift,
    NoneFreeMeeting,
    NoneFreeLunch,
    NoneFreeOffShift,
    NoneFreeAway,
    OtherWorkFirst,
    OtherLeads,
    Ignored,
    Reading,
}

const GROUPS: [Group; 16] = [
    Group::OwnerInMeeting,
    Group::OwnerAtLunch,
    Group::OwnerOffShift,
    Group::OwnerAway,
    Group::OwnerOnOwnWork,
    Group::OwnerOnOtherLeads,
    Group::SlowToNotice,
    Group::NobodyOnShift,
    Group::NoneFreeMeeting,
    Group::NoneFreeLunch,
    Group::NoneFreeOffShift,
    Group::NoneFreeAway,
    Group::OtherWorkFirst,
    Group::OtherLeads,
    Group::Ignored,
    Group::Reading,
];

impl Group {
    fn of(cause: &str) -> Option<Group> {
        Some(match cause {
            "attention" => Group::SlowToNotice,
            "ownership_meeting" => Group::OwnerInMeeting,
            "ownership_lunch" => Group::OwnerAtLunch,
            "ownership_off_shift" => Group::OwnerOffShift,
            "ownership_absent" => Group::OwnerAway,
            "ownership_own_work" => Group::OwnerOnOwnWork,
            "ownership_other_leads" => Group::OwnerOnOtherLeads,
            "nobody_on_shift" => Group::NobodyOnShift,
            "prioritisation" => Group::OtherWorkFirst,
            "contention" => Group::OtherLeads,
            "meeting" => Group::NoneFreeMeeting,
            "lunch" => Group::NoneFreeLunch,
            "off_shift" => Group::NoneFreeOffShift,
            "absent" => Group::NoneFreeAway,
            "ignored" => Group::Ignored,
            "review" => Group::Reading,
            _ => return None,
        })
    }

    /// Another rep is free, but the lead is not theirs.
    fn is_ownership(self) -> bool {
        self <= Group::OwnerOnOtherLeads
    }

    /// There is more to do than people to do it.
    fn is_workload(self) -> bool {
        matches!(self, Group::OwnerOnOtherLeads | Group::OtherLeads | Group::OtherWorkFirst)
    }

    /// After "the one owner is", for ownership; else on its own.
    fn words(self) -> &'static str {
        match self {
            Group::OwnerInMeeting => "in meetings",
            Group::OwnerAtLunch => "at lunch",
            Group::OwnerOffShift => "off shift",
            Group::OwnerAway => "on leave or sick",
            Group::OwnerOnOwnWork => "on own work",
            Group::OwnerOnOtherLeads => "on other leads",
            Group::SlowToNotice => "slow to notice",
            Group::NobodyOnShift => "nobody on shift",
            // the one who may take it is there, and no other rep is free; not all need be in the same place
            Group::NoneFreeMeeting => "no rep free (meeting)",
            Group::NoneFreeLunch => "no rep free (lunch)",
            Group::NoneFreeOffShift => "no rep free (off shift)",
            Group::NoneFreeAway => "no rep free (leave)",
            Group::OtherWorkFirst => "less urgent work first",
            Group::OtherLeads => "reps on other leads",
            Group::Ignored => "seen and left",
            Group::Reading => "reading it first",
        }
    }

    /// For the legend of a picture.
    fn label(self) -> &'static str {
        match self {
            Group::OwnerInMeeting => "owner in a meeting",
            Group::OwnerAtLunch => "owner at lunch",
            Group::OwnerOffShift => "owner off shift",
            Group::OwnerAway => "owner on leave or sick",
            Group::OwnerOnOwnWork => "owner on own work",
            Group::OwnerOnOtherLeads => "owner on other leads",
            other => other.words(),
        }
    }
}

/// Of a lead that anybody may take, nobody is free because all are away.
fn pooled_label(group: Group) -> &'static str {
    match group {
        Group::NoneFreeMeeting => "all reps in a meeting",
        Group::NoneFreeLunch => "all reps at lunch",
        Group::NoneFreeOffShift => "all reps off shift",
        Group::NoneFreeAway => "all reps on leave or sick",
        other => other.label(),
    }
}

/// What a late lead was waiting for, in a few words: "owner in a meeting", "not noticed".
pub(super) fn waited_for(cause: LateCause) -> &'static str {
    match Group::of(&snake(cause)) {
        Some(Group::SlowToNotice) | None => "not noticed",
        Some(group) => group.label(),
    }
}

/// Shares of late leads' waiting, largest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    shares: Vec<(Group, f64)>,
}

impl Why {
    /// Of one tier (`None`: all); `None` if no lead was late.
    pub fn of(findings: &Findings, tier: Option<&str>) -> Option<Why> {
        let causes = findings.causes("late_because", tier);
        let mut shares: Vec<(Group, f64)> = GROUPS
            .iter()
            .map(|group| {
                let all = causes.iter().filter(|(cause, _)| Group::of(cause) == Some(*group));
                (*group, all.map(|(_, share)| share).sum())
            })
            .filter(|(_, share)| *share > 0.0)
            .collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        (!shares.is_empty()).then_some(Why { shares })
    }

    fn sum(&self, is: impl Fn(Group) -> bool) -> f64 {
        self.shares.iter().filter(|(group, _)| is(*group)).map(|(_, share)| share).sum()
    }

    /// The part in which the owner is not free while another rep is.
    pub fn ownership(&self) -> f64 {
        self.sum(Group::is_ownership)
    }

    /// The part in which reps were on other leads or on less urgent work.
    pub fn workload(&self) -> f64 {
        self.sum(Group::is_workload)
    }

    /// The largest cause, as a noun phrase for a picture's title.
    pub fn largest(&self) -> &'static str {
        self.shares.first().map_or("nothing", |(group, _)| group.label())
    }

    /// The sentence: of whom, and the parts in whole per cent that add up to 100.
    pub fn sentence(&self, whom: &str, one_owner: bool) -> String {
        let shares: Vec<f64> = self.shares.iter().map(|(_, share)| *share).collect();
        let parts: Vec<(Group, u32)> =
            self.shares.iter().map(|(group, _)| *group).zip(parts_of_hundred(&shares)).collect();
        let owned: u32 = parts.iter().filter(|(group, _)| group.is_ownership()).map(|(_, n)| n).sum();
        if owned < 35 || !one_owner {
            let name = if one_owner { Group::label } else { pooled_label };
            return format!("Of late {whom}' waiting: {}.", told(&parts, 6, "other causes", name));
        }
        let (theirs, rest): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(group, _)| group.is_ownership());
        let rest = if rest.is_empty() {
            String::new()
        } else {
            format!(" \nThe rest: {}.", told(&rest, 5, "other causes", Group::words))
        };
        format!(
            "For {owned}\u{a0}% of late {whom}' waiting the one owner is not free while another rep is: {}.{rest}",
            told(&theirs, 5, "else", Group::words)
        )
    }
}

/// The largest parts with their per cents; the sign stands once; what is left is summed.
fn told(parts: &[(Group, u32)], most: usize, remainder: &str, name: fn(Group) -> &'static str) -> String {
    let shown = parts.iter().take(most).take_while(|(_, n)| *n >= 1).count();
    let rest: u32 = parts[shown..].iter().map(|(_, n)| n).sum();
    let mut words: Vec<String> = Vec::new();
    for (place, (group, n)) in parts[..shown].iter().enumerate() {
        let sign = if place == 0 { "\u{a0}%" } else { "" };
        words.push(format!("{}\u{a0}{n}{sign}", name(*group)));
    }
    if rest > 0 {
        words.push(format!("{remainder}\u{a0}{rest}"));
    }
    if words.is_empty() { "less than 1\u{a0}% each".into() } else { words.join(", ") }
}

/// The bars of a picture: what they have in common, and each tier's own.
pub struct Bars {
    /// Names of the causes in one order for all tiers; small ones are summed as "rest".
    pub labels: Vec<String>,
    /// The colour bound to each cause; none for the rest.
    pub colours: Vec<Option<usize>>,
    /// Each tier's bar.
    pub tiers: Vec<TierBar>,
}

/// One tier's bar, cause by cause.
pub struct TierBar {
    /// Name of the tier.
    pub name: String,
    /// Shares of the waiting (0 to 1).
    pub shares: Vec<f64>,
    /// The same in whole per cent, as the sentence tells them.
    pub written: Vec<u32>,
}

impl Why {
    /// The part of one group, and the same in whole per cent such that all groups make 100.
    fn of_group(&self, group: Group) -> (f64, u32) {
        let shares: Vec<f64> = self.shares.iter().map(|(_, share)| *share).collect();
        let place = self.shares.iter().position(|(other, _)| *other == group);
        place.map_or((0.0, 0), |place| (shares[place], parts_of_hundred(&shares)[place]))
    }
}

/// Causes for the bars of a picture; small ones are summed as "rest".
pub fn bars(findings: &Findings, model: &Model) -> Bars {
    const SHOWN: usize = 7;
    let whys: Vec<(String, Option<Why>)> = (0..model.leads.tiers.len())
        .map(|tier| {
            let id = TierId(tier as u8);
            (names::tier_of(model, id), Why::of(findings, Some(&model.leads.tiers[tier].name)))
        })
        .collect();
    let of = |why: &Option<Why>, group: Group| why.as_ref().map_or((0.0, 0), |why| why.of_group(group));
    let mut order: Vec<Group> = GROUPS.to_vec();
    let most = |group: Group| whys.iter().map(|(_, why)| of(why, group).0).fold(0.0, f64::max);
    order.sort_by(|a, b| most(*b).total_cmp(&most(*a)));
    order.retain(|group| most(*group) > 0.0);
    let shown = order.len().min(SHOWN);
    // those worth showing stand in the order of the first tier
    let first = |group: Group| whys.first().map_or(0.0, |(_, why)| of(why, group).0);
    order[..shown].sort_by(|a, b| first(*b).total_cmp(&first(*a)));
    let mut labels: Vec<String> = order[..shown].iter().map(|group| group.label().to_owned()).collect();
    let mut colours: Vec<Option<usize>> = order[..shown].iter().map(|group| Some(*group as usize)).collect();
    if order.len() > shown {
        labels.push("rest".into());
        colours.push(None);
    }
    let bar = |(name, why): (String, Option<Why>)| {
        let mut parts: Vec<(f64, u32)> = order[..shown].iter().map(|group| of(&why, *group)).collect();
        if order.len() > shown {
            let rest = order[shown..].iter().map(|group| of(&why, *group));
            parts.push(rest.fold((0.0, 0), |sum, part| (sum.0 + part.0, sum.1 + part.1)));
        }
        let (shares, written) = parts.into_iter().unzip();
        TierBar { name, shares, written }
    };
    let tiers = whys.iter().cloned().map(bar).collect();
    Bars { labels, colours, tiers }
}

/// What a cause of late leads' waiting is called, under its name in the findings.
pub fn of_waiting(cause: &str) -> String {
    Group::of(cause).map_or_else(|| cause.replace('_', " "), |group| group.label().to_owned())
}

/// What a cause of leakage is called.
pub fn leak(cause: &str) -> &'static str {
    match cause {
        "after_hours" => "nights and weekends",
        "routing_delay" => "routing delay",
        "automation_failure" => "failed automation",
        "nobody_on_shift" => "nobody on shift",
        "slow_response" => "slow first attempt",
        "wrongly_rejected" => "wrongly rejected",
        "never_worked" => "never worked",
        "gave_up" => "given up too early",
        "lost_interest" => "lost interest",
        _ => "other",
    }
}
