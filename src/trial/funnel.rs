//! From MQL to money: what became of leads created in one stretch of time, followed to their end, and how long each step took.

use super::stretch::Visit;
use crate::model::CHANNELS;
use serde::Serialize;

/// A step of a lead's way, whose length is measured in wall time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Leg {
    /// Became an MQL → went to sales.
    CreatedToRouted,
    /// → first attempt (not of leads worked only after their rejection was overturned).
    RoutedToAttempted,
    /// → the buyer first talked to us.
    AttemptedToContacted,
    /// → qualified, and at once booked.
    ContactedToSql,
    /// → the meeting took place.
    SqlToHeld,
    /// The whole way from MQL to opportunity, weighted with the chance that the held meeting makes one.
    CreatedToOpportunity,
    /// → won, weighted with the chance that it is.
    OpportunityToWon,
}

/// Number of [`Leg`]s.
pub const LEGS: usize = 7;

/// Of these, the first ones are of leads that went them; the others are weighted with a chance.
const LEGS_OF_LEADS: usize = 5;

impl Leg {
    /// All, in order.
    pub const ALL: [Leg; LEGS] = [
        Leg::CreatedToRouted,
        Leg::RoutedToAttempted,
        Leg::AttemptedToContacted,
        Leg::ContactedToSql,
        Leg::SqlToHeld,
        Leg::CreatedToOpportunity,
        Leg::OpportunityToWon,
    ];
}

/// Created → routed, as its three parts: the hold until business hours, the automation, what came by hand.
pub const ROUTING_PARTS: usize = 3;

/// The funnel of a cohort: leads created in one stretch of time, followed to their end, whenever that is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Funnel {
    /// MQLs.
    pub mqls: u32,
    /// Routed to sales.
    pub routed: u32,
    /// Of these, by the automation alone.
    pub auto_routed: u32,
    /// Got a name on them (or were shown to the pool).
    pub assigned: u32,
    /// Accepted or rejected at review.
    pub disposed: u32,
    /// Accepted by sales (SAL; the template's "SQL: Accepted").
    pub accepted: u32,
    /// Rejected at review and not overturned.
    pub rejected: u32,
    /// Rejected at review and overturned.
    pub overturned: u32,
    /// Attempted at least once.
    pub attempted: u32,
    /// Attempts.
    pub attempts: u32,
    /// Attempts by channel (phone, email, LinkedIn).
    pub attempts_by_channel: [u32; CHANNELS],
    /// Contacted.
    pub contacted: u32,
    /// Qualified (SQL: conversation confirmed it).
    pub sqls: u32,
    /// Disqualified after a conversation.
    pub disqualified: u32,
    /// Meetings held.
    pub held: u32,
    /// Opportunities, drawn.
    pub opportunities: u32,
    /// Opportunities, expected given the held meetings.
    pub opportunities_expected: f64,
    /// Pipeline, drawn, dollars.
    pub pipeline: f64,
    /// Pipeline, expected given the held meetings, dollars.
    pub pipeline_expected: f64,
    /// Won in the end, drawn.
    pub won: u32,
    /// Won in the end, expected given the held meetings.
    pub won_expected: f64,
    /// Won by the horizon's end, drawn.
    pub won_by_close: u32,
    /// Revenue in the end, drawn, dollars.
    pub revenue: f64,
    /// Never attempted, for whatever reason but rejection.
    pub never_attempted: u32,
    /// The rep gave up the cadence early.
    pub gave_up: u32,
    /// Ended without contact.
    pub unresponsive: u32,
    /// Left, or stopped calling, before anybody had begun them.
    pub left: u32,
    /// Still open when the trial stopped.
    pub open: u32,
    /// Sent back to marketing: to nurture, or to come back on a date.
    pub sent_back: u32,
    /// Of these, will be an MQL again, whenever that is.
    pub recycled: u32,
    /// Of these, by the horizon's end.
    pub recycled_by_close: u32,
    /// Of those sent back, not again an MQL within the longest the trial may last.
    pub nurtured: u32,
    /// Minutes of rep time on leads that were rejected.
    pub minutes_on_rejected: f64,
    /// Created → routed, wall minutes: hold, automation, by hand.
    pub routing_minutes: [f64; ROUTING_PARTS],
    /// Created → assigned, wall minutes of the assigned.
    pub owner_minutes: f64,
    /// Wall hours of each [`Leg`], summed over those who went all of it.
    pub leg_hours: [f64; LEGS],
    /// How many went all of each [`Leg`] that is not weighted with a chance.
    pub leg_leads: [u32; LEGS_OF_LEADS],
    /// The summed chances of those who went all of a leg that is: the last ones.
    pub leg_chances: [f64; LEGS - LEGS_OF_LEADS],
}

impl Funnel {
    /// Somebody went all of a leg, in so many hours.
    pub(super) fn went(&mut self, leg: Leg, hours: f64) {
        self.leg_hours[leg as usize] += hours;
        self.leg_leads[leg as usize] += 1;
    }

    /// Somebody went all of a leg that is weighted with this chance, in so many hours.
    pub(super) fn went_perhaps(&mut self, leg: Leg, hours: f64, chance: f64) {
        self.leg_hours[leg as usize] += chance * hours;
        self.leg_chances[leg as usize - LEGS_OF_LEADS] += chance;
    }

    /// Wall hours of a leg, summed over those who went all of it, and how many they were (expected, where it is weighted with a chance).
    pub fn leg(&self, leg: Leg) -> (f64, f64) {
        let place = leg as usize;
        let leads = match place.checked_sub(LEGS_OF_LEADS) {
            None => f64::from(self.leg_leads[place]),
            Some(place) => self.leg_chances[place],
        };
        (self.leg_hours[place], leads)
    }
}

impl std::ops::Add<&Funnel> for Funnel {
    type Output = Funnel;

    fn add(mut self, other: &Funnel) -> Funnel {
        self += other;
        self
    }
}

impl std::ops::AddAssign<&Funnel> for Funnel {
    fn add_assign(&mut self, other: &Funnel) {
        self.mqls += other.mqls;
        self.routed += other.routed;
        self.auto_routed += other.auto_routed;
        self.assigned += other.assigned;
        self.disposed += other.disposed;
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.overturned += other.overturned;
        self.attempted += other.attempted;
        self.attempts += other.attempts;
        for (sum, more) in self.attempts_by_channel.iter_mut().zip(other.attempts_by_channel) {
            *sum += more;
        }
        self.contacted += other.contacted;
        self.sqls += other.sqls;
        self.disqualified += other.disqualified;
        self.held += other.held;
        self.opportunities += other.opportunities;
        self.opportunities_expected += other.opportunities_expected;
        self.pipeline += other.pipeline;
        self.pipeline_expected += other.pipeline_expected;
        self.won += other.won;
        self.won_expected += other.won_expected;
        self.won_by_close += other.won_by_close;
        self.revenue += other.revenue;
        self.never_attempted += other.never_attempted;
        self.gave_up += other.gave_up;
        self.unresponsive += other.unresponsive;
        self.left += other.left;
        self.open += other.open;
        self.sent_back += other.sent_back;
        self.recycled += other.recycled;
        self.recycled_by_close += other.recycled_by_close;
        self.nurtured += other.nurtured;
        self.minutes_on_rejected += other.minutes_on_rejected;
        for (sum, more) in self.routing_minutes.iter_mut().zip(other.routing_minutes) {
            *sum += more;
        }
        self.owner_minutes += other.owner_minutes;
        for (sum, more) in self.leg_hours.iter_mut().zip(other.leg_hours) {
            *sum += more;
        }
        for (sum, more) in self.leg_leads.iter_mut().zip(other.leg_leads) {
            *sum += more;
        }
        for (sum, more) in self.leg_chances.iter_mut().zip(other.leg_chances) {
            *sum += more;
        }
    }
}

impl Funnel {
    /// Shows every number to `visit`, always in the same order.
    pub(super) fn each(&mut self, visit: &mut impl Visit) {
        visit.counts([
            &mut self.mqls,
            &mut self.routed,
            &mut self.auto_routed,
            &mut self.assigned,
            &mut self.disposed,
            &mut self.accepted,
            &mut self.rejected,
            &mut self.overturned,
            &mut self.attempted,
            &mut self.attempts,
            &mut self.contacted,
            &mut self.sqls,
            &mut self.disqualified,
            &mut self.held,
            &mut self.opportunities,
            &mut self.won,
        ]);
        visit.counts([
            &mut self.won_by_close,
            &mut self.never_attempted,
            &mut self.gave_up,
            &mut self.unresponsive,
            &mut self.left,
            &mut self.open,
            &mut self.sent_back,
            &mut self.recycled,
            &mut self.recycled_by_close,
            &mut self.nurtured,
        ]);
        visit.counts(self.attempts_by_channel.each_mut());
        visit.counts(self.leg_leads.each_mut());
        visit.amounts([
            &mut self.opportunities_expected,
            &mut self.pipeline,
            &mut self.pipeline_expected,
            &mut self.won_expected,
            &mut self.revenue,
            &mut self.minutes_on_rejected,
            &mut self.owner_minutes,
        ]);
        visit.amounts(self.routing_minutes.each_mut());
        visit.amounts(self.leg_hours.each_mut());
        visit.amounts(self.leg_chances.each_mut());
    }
}
