//! What is simulated: the leads, the team, the routing, the buyers and the agreement, every value already checked.
//!
//! A [`Model`] is made by [`crate::scenario`] only and holds no invalid value: probabilities lie in [0, 1],
//! laws are positive, calendars open sometimes. Nothing below this floor has to say "bad input".
//! Times are integer [`crate::time::Instant`]s, durations inside laws are minutes, money is dollars.

mod agreement;
mod arrivals;
mod buyer;
mod decay;
mod horizon;
mod lead;
mod rep;
mod routing;
mod volume;
mod work;

use crate::time::{Instant, Span};

pub use agreement::{Agreement, Clock, Commitment, Goal, Milestone, Persistence, Promise, Scope};
pub use arrivals::{
    Arrivals, Backlog, Busyness, RateCycle, RatePart, RateProfile, Replay, Resample, Source, Surge, Upload,
};
pub use buyer::{
    Buyers, CHANNELS, Cadence, Channel, Contact, Destination, Funnel, Meeting, Patience, ReasonLaw,
    Recycling, Step, TierBuyers, TierPatience,
};
pub use decay::{Curve, Decay};
pub use horizon::{Horizon, Period, RunOut};
pub use lead::{LeadId, LeadZone, Leads, Segment, SegmentId, SourceId, Tier, TierId, ZoneId};
pub use rep::{
    Absences, Attention, Away, Cover, IdleWork, Interruption, Lunch, OwnWork, RandomMeetings, Rep, RepGroup,
    RepId, Rhythm, StandingMeeting, WorkDay,
};
pub use routing::{AfterHours, Awareness, BackUp, ByHand, CallsAgain, Policy, Routing, TierRouting};
pub use volume::NotScalable;
pub use work::{Activity, Order, PutDownFor, Rank, TieBreak, WorkTimes};

/// Everything one trial needs to know about the world it plays.
#[derive(Debug, Clone)]
pub struct Model {
    /// The scenario's name, for headings.
    pub name: String,
    /// When the trial runs and which weeks and months are judged.
    pub horizon: Horizon,
    /// What a lead may be: tiers, segments, zones, data quality.
    pub leads: Leads,
    /// How much busier than usual a day is.
    pub busyness: Busyness,
    /// Where leads come from.
    pub sources: Vec<Source>,
    /// Leads that are there already when the trial opens.
    pub backlog: Vec<Backlog>,
    /// Who may take a lead, and when it gets there.
    pub routing: Routing,
    /// Groups of reps that share rules; [`Rep::group`] points here.
    pub groups: Vec<RepGroup>,
    /// The team, one entry a person.
    pub reps: Vec<Rep>,
    /// How long each activity takes, in minutes.
    pub work: WorkTimes,
    /// How buyers answer, qualify and buy.
    pub buyers: Buyers,
    /// What was promised.
    pub agreement: Agreement,
}

impl Model {
    /// Whether some source follows a busyness of days or weeks.
    pub fn has_busyness(&self) -> bool {
        let follows = |source: &Source| matches!(&source.arrivals, Arrivals::Rate(rate) if rate.busyness);
        self.busyness != Busyness::None && self.sources.iter().any(follows)
    }

    /// Whether leads may visibly leave before anybody begins them.
    pub fn leads_may_leave(&self) -> bool {
        self.buyers.patience.is_some() || self.routing.tiers.iter().any(|tier| tier.calls_again.is_some())
    }

    /// Hours the team is due to work within the horizon: shifts, or headcounts by time; leave and sickness not taken off.
    pub fn shift_hours(&self) -> f64 {
        let (start, end) = (self.horizon.start, self.horizon.end);
        let within =
            |from: Instant, until: Instant| (until.min(end) - from.max(start)).max(Span::ZERO).as_hours();
        let shifts: f64 = self
            .reps
            .iter()
            .filter(|rep| self.groups[rep.group].cover.is_none())
            .flat_map(|rep| rep.days.iter().map(|day| within(day.starts, day.ends)))
            .sum();
        let covers = self.groups.iter().filter_map(|group| group.cover.as_ref()).map(|cover| {
            let ends = cover.steps.iter().skip(1).map(|step| step.0).chain([end]);
            let pieces = cover.steps.iter().zip(ends);
            pieces.map(|((from, people), until)| f64::from(*people) * within(*from, until)).sum::<f64>()
        });
        shifts + covers.sum::<f64>()
    }
}
