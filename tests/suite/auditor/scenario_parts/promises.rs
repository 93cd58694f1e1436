//! What a random scenario promises: several commitments of each kind.

use super::{now_and_then, word};
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub struct Promises {
    timed: Vec<Timed>,
    persistence: Option<(u32, u32, bool)>,
    volume: Option<u32>,
    rejection: bool,
}

#[derive(Debug, Clone)]
struct Timed {
    tier: Option<usize>,
    covers: Option<&'static str>,
    from_to: (&'static str, &'static str),
    within: &'static str,
    after_hours: Option<&'static str>,
}

const TARGETS: &[&str] = &[
    "15 business min",
    "15min",
    "2 business hours",
    "1 business day",
    "24h",
    "by 09:00 next business day",
    "0min",
    "24h skipping closed days",
    "same business day",
];

fn timed() -> impl Strategy<Value = Timed> {
    let pairs = prop_oneof![
        6 => Just(("routed", "attempted")),
        2 => Just(("created", "attempted")),
        2 => Just(("created", "routed")),
        1 => Just(("assigned", "disposed")),
        1 => Just(("routed", "disposed")),
        1 => Just(("created", "assigned")),
    ];
    (
        prop::option::of(0..4usize),
        now_and_then(0.4, word(&["in hours", "after hours"])),
        pairs,
        word(TARGETS),
        now_and_then(0.3, word(&["by 09:00 next business day", "4 business hours"])),
    )
        .prop_map(|(tier, covers, from_to, within, after_hours)| Timed {
            tier,
            covers,
            from_to,
            within,
            after_hours,
        })
}

pub fn promises() -> impl Strategy<Value = Promises> {
    (
        prop::collection::vec(timed(), 1..=5),
        now_and_then(0.5, (1..=5u32, 1..=6u32, any::<bool>())),
        now_and_then(0.3, 1..=200u32),
        prop::bool::weighted(0.3),
    )
        .prop_map(|(timed, persistence, volume, rejection)| Promises {
            timed,
            persistence,
            volume,
            rejection,
        })
}

impl Promises {
    pub fn write(&self, text: &mut String, tiers: usize) {
        for (n, timed) in self.timed.iter().enumerate() {
            let Timed { from_to: (from, to), within, .. } = timed;
            *text +=
                &format!("[commitments.T{n}]\nfrom = \"{from}\"\nto = \"{to}\"\nwithin = \"{within}\"\n");
            if let Some(tier) = timed.tier {
                *text += &format!("tiers = [{}]\n", tier % tiers + 1);
            }
            if let Some(covers) = timed.covers {
                *text += &format!("covers = \"{covers}\"\n");
            }
            if let Some(after_hours) = timed.after_hours.filter(|_| timed.covers != Some("in hours")) {
                *text += &format!("after_hours = \"{after_hours}\"\n");
            }
        }
        if let Some((attempts, days, limits)) = self.persistence {
            *text += &format!(
                "[commitments.P]\nkind = \"persistence\"\nattempts = {attempts}\nwithin_days = {days}\nphone = [1, 1]\ndays = 1\n"
            );
            if limits {
                *text += "most_per_day = 2\npause = \"1h\"\n";
            }
        }
        if let Some(at_least) = self.volume {
            *text += &format!("[commitments.V]\nkind = \"monthly volume\"\nat_least = {at_least}\n");
        }
        if self.rejection {
            *text += "[commitments.R]\nkind = \"rejection below\"\nbelow = 0.25\n";
        }
    }
}
