//! The sections of a random scenario: frame, leads, routing, team, buyers, promises.

mod buyers;
mod leads;
mod promises;
mod routing;
mod team;

pub use buyers::{Buyers, buyers};
pub use leads::{Frame, Leads, frame, leads};
pub use promises::{Promises, promises};
pub use routing::{Routing, routing};
pub use team::{Group, group};

use proptest::prelude::*;

/// One of these words, the first when it shrinks.
pub fn word(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> + Clone {
    prop::sample::select(words)
}

/// A line or nothing; nothing when it shrinks.
pub fn now_and_then<S: Strategy>(share: f64, strategy: S) -> impl Strategy<Value = Option<S::Value>> {
    prop::option::weighted(share, strategy)
}

/// A law of minutes around so many: constants on a grid of five minutes make things happen at one instant.
pub fn law(most: u32) -> impl Strategy<Value = String> + Clone {
    let grid = (most / 5).max(1);
    prop_oneof![
        3 => (0..=grid).prop_map(|n| format!("\"{}min\"", 5 * n)),
        1 => (1..=most).prop_map(|n| format!("{{ law = \"exponential\", mean = \"{n}min\" }}")),
        1 => (1..=most).prop_map(|n| format!("{{ median = \"{n}min\", sigma = 0.8 }}")),
        1 => (1..=most).prop_map(|n| format!("{{ law = \"uniform\", from = \"0min\", to = \"{n}min\" }}")),
    ]
}

/// The names of so many tiers as a list.
pub fn tier_list(tiers: impl Iterator<Item = usize>) -> String {
    let names: Vec<String> = tiers.map(|tier| (tier + 1).to_string()).collect();
    format!("[{}]", names.join(", "))
}
