//! Random scenarios, written as the files a user would write: small desks with everything that can be said about them now and then.

use super::scenario_parts::{
    Buyers, Frame, Group, Leads, Promises, Routing, buyers, frame, group, leads, promises, routing,
};
use proptest::prelude::*;
use std::fmt;

/// The text of a random scenario.
#[derive(Clone)]
pub struct Text(pub String);

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}", self.0)
    }
}

/// Scenarios that the loader takes nearly always; simpler ones come first when a case shrinks.
pub fn any_scenario() -> impl Strategy<Value = Text> {
    let teams = prop::collection::vec(group(), 1..=2);
    (frame(), leads(), routing(), teams, buyers(), promises()).prop_map(
        |(frame, leads, routing, team, buyers, promises)| {
            Text(written(&frame, &leads, &routing, &team, &buyers, &promises))
        },
    )
}

/// Sections in the order of the format. A headcount takes pooled work only, so one group with cover turns the whole scenario to the pool.
fn written(
    frame: &Frame,
    leads: &Leads,
    routing: &Routing,
    team: &[Group],
    buyers: &Buyers,
    promises: &Promises,
) -> String {
    let headcount = team.iter().any(|group| group.cover.is_some());
    let mut text = String::from("format = 1\n");
    frame.write(&mut text);
    leads.write(&mut text, frame);
    routing.write(&mut text, leads.tiers, headcount);
    for (n, group) in team.iter().enumerate() {
        group.write(&mut text, n, leads.tiers, frame);
    }
    buyers.write(&mut text, leads, headcount);
    promises.write(&mut text, leads.tiers);
    text
}
