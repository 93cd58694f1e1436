//! One trial: the event loop that plays one horizon under the agreement, from an empty (or given) desk to its close.
//!
//! A trial is a function of its arguments and nothing else: no wall clock, no global generator, one thread. Handlers change
//! the world and schedule events; time only moves in [`run`].

mod advance;
mod arrive;
mod away;
mod busyness;
mod choose;
mod clock;
mod close;
mod company_week;
mod count;
mod cover;
mod day;
mod demand;
mod desk;
mod funnel;
mod late;
mod lead;
mod leakage;
mod line;
mod lot;
mod luck;
mod meanwhile;
mod outcome;
mod patience;
mod persistence;
mod pool;
mod prepared;
mod put_down;
mod queue;
#[cfg(test)]
mod queue_tests;
mod rep_set;
mod rep_time;
mod route;
mod states;
mod stretch;
mod watch;
mod work;
mod world;

pub use busyness::STRATA;
pub use clock::{Judged, Verdict, judge};
pub use funnel::{Funnel, LEGS, Leg, ROUTING_PARTS};
pub use lead::{Lead, Stage};
pub use outcome::{
    CLAUSES, CommitmentOutcome, Handling, Judgements, LATE_CAUSES, LEAK_CAUSES, LateCause, Leak, LeakCause,
    Outcome, Response, ResponseSums, Responses, Tally, TierOutcome,
};
pub use persistence::clauses;
pub use prepared::Prepared;
pub use stretch::{Stretch, TierStretch, Visit, stretches, stretches_in};
pub use watch::{Ending, Happening, REP_STATES, RepState, Unwatched, Watch};

use crate::model::{LeadId, RepId};
use queue::{Kind, Scheduled};
use world::World;

/// Plays one trial. `trial` is its number; the same seed and number give the same outcome, alone or among others.
pub fn run(prepared: &Prepared<'_>, seed: u64, trial: u64, watch: &mut impl Watch) -> Outcome {
    let mut world = World::open(prepared, seed, trial, watch);
    while !world.is_over() {
        // Arrivals are kept in lists of their own.
        let arrival = world.arrivals.next_at();
        let event = world.queue.pop_before(arrival, Kind::Arrival);
        let at = event.map_or(arrival, |event| event.at);
        if at >= prepared.stop_at {
            break;
        }
        assert!(at >= world.now, "time never runs backwards");
        world.now = at;
        world.out.events += 1;
        match event {
            Some(event) => play(&mut world, event),
            None => {
                let arrival = world.arrivals.pop().expect("an arrival was next");
                if let Some(lead) = arrive::arrive(&mut world, arrival) {
                    route::route(&mut world, lead);
                }
            }
        }
        world.dispatch();
    }
    world.close()
}

/// Everything that can happen stands here.
#[inline]
fn play<W: Watch>(world: &mut World<'_, '_, W>, event: Scheduled) {
    let (whom, stamp) = (event.whom, event.stamp);
    match event.kind {
        Kind::TaskEnds => work::task_ends(world, RepId(whom), stamp),
        Kind::Agenda => desk::agenda(world, RepId(whom)),
        Kind::Day => demand::day(world, whom),
        Kind::Arrival => unreachable!("arrivals are kept in lists of their own"),
        Kind::Routed => route::route(world, LeadId(whom)),
        Kind::Noticed => route::noticed(world, whom, stamp),
        Kind::BackUp => route::back_up(world, LeadId(whom), stamp),
        Kind::FollowUpDue => advance::follow_up_due(world, LeadId(whom), stamp),
        Kind::Reply => advance::replied(world, LeadId(whom), stamp),
        Kind::Overturned => advance::overturned(world, LeadId(whom), stamp),
        Kind::OwnTask => desk::own_task(world, RepId(whom)),
        Kind::Returns => {
            if let Some(lead) = arrive::returns(world, whom) {
                route::route(world, lead);
            }
        }
        Kind::Stalled => advance::stalled(world, LeadId(whom), stamp),
        Kind::BuyerActs => patience::acts(world, LeadId(whom), stamp),
    }
}
