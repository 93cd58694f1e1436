//! How leads of a random scenario find their rep.

use super::{law, now_and_then, word};
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub struct Routing {
    pool: bool,
    aware_of: &'static str,
    delay: Option<String>,
    fails: bool,
    by_hand: String,
    by_hand_clock: &'static str,
    after_hours: Option<&'static str>,
    follow_ups_to_pool: bool,
    back_up: Option<(u32, u32)>,
    calls_again: Option<(String, f64)>,
    other_policy: Option<usize>,
}

pub fn routing() -> impl Strategy<Value = Routing> {
    let aware = word(&[
        "[]",
        "[\"shift\"]",
        "[\"leave\"]",
        "[\"shift\", \"leave\"]",
        "[\"shift\", \"leave\", \"meetings\"]",
    ]);
    (
        (any::<bool>(), aware, now_and_then(0.3, law(20)), prop::bool::weighted(0.2)),
        (law(120), word(&["business", "wall"])),
        now_and_then(0.3, word(&["hold until 08:00", "hold until 10:30"])),
        prop::bool::weighted(0.3),
        now_and_then(0.25, (1..=30u32, 1..=3u32)),
        now_and_then(0.1, (law(60), prop::sample::select(vec![0.3, 1.0, 0.0]))),
        now_and_then(0.25, 0..4usize),
    )
        .prop_map(
            |(
                (pool, aware_of, delay, fails),
                hand,
                after_hours,
                follow_ups_to_pool,
                back_up,
                calls_again,
                other_policy,
            )| {
                let (by_hand, by_hand_clock) = hand;
                Routing {
                    pool,
                    aware_of,
                    delay,
                    fails,
                    by_hand,
                    by_hand_clock,
                    after_hours,
                    follow_ups_to_pool,
                    back_up,
                    calls_again,
                    other_policy,
                }
            },
        )
}

impl Routing {
    pub fn write(&self, text: &mut String, tiers: usize, headcount: bool) {
        let pool = self.pool || headcount;
        let name = |pool: bool| if pool { "pool" } else { "round robin" };
        *text += &format!("[routing]\npolicy = \"{}\"\naware_of = {}\n", name(pool), self.aware_of);
        if let Some(delay) = &self.delay {
            *text += &format!("delay = {delay}\n");
        }
        if self.fails {
            *text += "fails = 0.2\n";
        }
        if let Some(rule) = self.after_hours {
            *text += &format!("after_hours = \"{rule}\"\n");
        }
        if self.follow_ups_to_pool || headcount {
            *text += "follow_ups_to = \"pool\"\n";
        }
        *text +=
            &format!("[routing.by_hand]\ndelay = {}\nclock = \"{}\"\n", self.by_hand, self.by_hand_clock);
        let other = self.other_policy.filter(|_| tiers > 1 && !headcount).map(|tier| tier % tiers);
        if let Some((after, times)) = self.back_up.filter(|_| !pool && other.is_none()) {
            *text += &format!("[routing.back_up]\nafter = \"{after}min\"\ntimes = {times}\n");
        }
        if let Some((after, gives_up)) = self.calls_again.as_ref().filter(|_| pool && other.is_none()) {
            let after = if after == "\"0min\"" { "\"5min\"" } else { after };
            *text += &format!(
                "[routing.calls_again]\nafter = {after}\ngives_up = [0, {gives_up}]\nthen = \"nurture\"\n"
            );
        }
        if let Some(tier) = other {
            *text += &format!("[routing.tiers.{}]\npolicy = \"{}\"\n", tier + 1, name(!pool));
        }
    }
}
