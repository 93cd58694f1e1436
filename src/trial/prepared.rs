//! Tables worked out once for a model, so that no trial converts a zone or works out a mean again.

use super::company_week::CompanyDays;
use super::demand::HourSums;
use super::lead::Lead;
use super::leakage;
use super::pool;
use super::rep_set::RepSet;
use super::stretch::Stretches;
use crate::model::{Arrivals, Milestone, Model, Policy, Promise, RepGroup, SegmentId, TierId};
use crate::time::{Instant, Span, Zone};
use jiff::ToSpan;
use jiff::civil::Date;

/// A model with its look-up tables; made once, shared by all trials.
#[derive(Debug)]
pub struct Prepared<'m> {
    /// What is simulated.
    pub model: &'m Model,
    /// Whether the trials of a block share out their busyness evenly.
    shares_busyness: bool,
    /// Calendar days on which leads may arrive, in order.
    pub(super) days: Vec<Day>,
    /// The stretches of the horizon.
    pub(super) stretches: Stretches,
    /// By source, what a usual day of it brings by each hour; empty sums for those without a rate.
    pub(super) usual_hours: Vec<HourSums>,
    /// Midnights of the company's days, from before the run-in to after the run-out.
    pub(super) company: CompanyDays,
    /// Reps who may take a lead of a tier, by tier.
    pub(super) may_take: Vec<RepSet>,
    /// Number of classes: reps who may take the same tiers.
    pub(super) classes: usize,
    /// The class of each tier.
    pub(super) class_of_tier: Vec<usize>,
    /// The classes of each rep.
    pub(super) classes_of_rep: Vec<Vec<usize>>,
    /// The group whose habits stand for the pool's, by tier: the first that may take the tier.
    pub(super) pool_group: Vec<usize>,
    /// Some leads belong to one rep from the start.
    pub(super) has_owners: bool,
    /// By group, how it ranks the work of each line of the pool.
    pub(super) line_ranks: Vec<Vec<u8>>,
    /// Some work takes reps off other work.
    pub(super) puts_down: bool,
    /// Some of the reps' own work gives way to leads.
    pub(super) own_gives_way: bool,
    /// The chance of contact at each step of the cadence, by kind of lead, before any effect of speed.
    pub(super) contacts: Vec<Vec<f64>>,
    /// Whoever waits no longer is worth as much as if answered at once.
    pub(super) as_good_as_at_once: Span,
    /// No wait lowers any chance: no decay, no loss of interest, nobody leaves.
    pub(super) speed_is_free: bool,
    /// The chance of an ideal twin, by kind of lead.
    ideal: Vec<f64>,
    /// Probability that a booked meeting is held in the end.
    pub(super) held: f64,
    /// Mean amount of an opportunity, dollars.
    pub(super) mean_amount: f64,
    /// The timed promise on the first attempt of each tier, of in-hours leads and of after-hours leads, if the agreement has one (index of
    /// the commitment).
    pub(super) first_attempt: Vec<[Option<usize>; 2]>,
    /// The timed promise on routing that covers in-hours leads, and the one for after-hours leads.
    pub(super) routing_promise: [Option<usize>; 2],
    /// Upload and replay arrivals that are the same in every trial need no luck; the rest is drawn.
    pub(super) stop_at: Instant,
}

/// Leads that are worked and buy alike.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// The tier that decides on the cadence.
    pub label: TierId,
    /// The tier like which they buy.
    pub tier: TierId,
    pub segment: SegmentId,
}

impl Kind {
    #[inline]
    pub(super) fn of(lead: &Lead) -> Kind {
        Kind { label: lead.tier, tier: lead.true_tier, segment: lead.segment }
    }

    /// Every kind, in the order of its number.
    fn all(model: &Model) -> Vec<Kind> {
        let tiers = || (0..model.leads.tiers.len()).map(|tier| TierId(tier as u8));
        let segments = || (0..model.leads.segments.len()).map(|segment| SegmentId(segment as u8));
        let of_label = |label| {
            tiers().flat_map(move |tier| segments().map(move |segment| Kind { label, tier, segment }))
        };
        tiers().flat_map(of_label).collect()
    }
}

/// A calendar day, as each lead zone lives it.
#[derive(Debug)]
pub(super) struct Day {
    pub date: Date,
    /// 0 is Monday.
    pub weekday: u8,
    /// Counts Monday weeks.
    pub week: u64,
    /// The earliest midnight of the day over all lead zones.
    pub begins: Instant,
    /// Midnight by lead zone; `None` where the day has a clock change and each stamp is converted on its own.
    pub midnights: Vec<Option<Instant>>,
}

const DAY: Span = Span::days(1);

/// The day after.
pub(super) fn next(date: Date) -> Date {
    date.checked_add(1.day()).expect("a scenario's horizon ends centuries before the calendar does")
}

impl<'m> Prepared<'m> {
    /// Works out the tables of `model`.
    pub fn new(model: &'m Model) -> Self {
        let stop_at = model.horizon.last();
        let tiers = model.leads.tiers.len();
        let may_take: Vec<RepSet> = (0..tiers)
            .map(|tier| {
                RepSet::from_fn(model.reps.len(), |rep| {
                    model.groups[model.reps[rep].group].tiers.contains(&TierId(tier as u8))
                })
            })
            .collect();
        let (class_of_tier, classes_of_rep) = classes(&may_take, model.reps.len());
        let mut prepared = Prepared {
            model,
            shares_busyness: false,
            contacts: Vec::new(),
            as_good_as_at_once: as_good_as_at_once(model),
            speed_is_free: model.buyers.decay.is_none()
                && model.buyers.interest.is_none()
                && model.buyers.patience.is_none(),
            ideal: Vec::new(),
            classes: class_of_tier.iter().max().map_or(0, |most| most + 1),
            class_of_tier,
            classes_of_rep,
            days: days(model, stop_at),
            stretches: Stretches::of(&model.horizon),
            usual_hours: model.sources.iter().map(|source| usual_hours(&source.arrivals)).collect(),
            company: CompanyDays::new(&model.horizon.zone, model.horizon.opens - DAY, stop_at + DAY),
            may_take,
            pool_group: (0..tiers)
                .map(|t| model.groups.iter().position(|g| g.tiers.contains(&TierId(t as u8))).unwrap_or(0))
                .collect(),
            has_owners: model.routing.tiers.iter().any(|tier| tier.policy != Policy::Pool)
                || model.buyers.recycling.to_previous_owner,
            line_ranks: model.groups.iter().map(|group| pool::ranks_of_lines(&group.order)).collect(),
            puts_down: model
                .groups
                .iter()
                .any(|group| group.put_down_for.any() || group.own_work_gives_way()),
            own_gives_way: model.groups.iter().any(RepGroup::own_work_gives_way),
            held: held(model),
            mean_amount: model.buyers.funnel.amount.mean(),
            first_attempt: (0..tiers)
                .map(|tier| [true, false].map(|in_hours| first_attempt(model, TierId(tier as u8), in_hours)))
                .collect(),
            routing_promise: [routing_promise(model, true), routing_promise(model, false)],
            stop_at,
        };
        let kinds = Kind::all(model);
        prepared.contacts = kinds.iter().map(|kind| contacts(model, *kind)).collect();
        prepared.ideal = kinds.iter().map(|kind| leakage::ideal(&prepared, *kind)).collect();
        prepared
    }

    /// The same, with the busyness of its days and weeks shared out evenly among the [`super::STRATA`] trials of each block, if `stratified`.
    pub fn sharing_busyness(self, stratified: bool) -> Self {
        Prepared { shares_busyness: stratified, ..self }
    }

    /// Whether the trials of a block share out their busyness.
    pub fn stratified(&self) -> bool {
        self.shares_busyness
    }

    /// The timed promise on the first attempt of this lead.
    #[inline]
    pub(super) fn first_attempt_of(&self, lead: &Lead) -> Option<usize> {
        self.first_attempt[usize::from(lead.tier.0)][usize::from(!lead.in_hours)]
    }

    /// The chance of an opportunity of this lead's ideal twin.
    #[inline]
    pub(super) fn ideal_of(&self, lead: &Lead) -> f64 {
        self.ideal[self.kind(Kind::of(lead))]
    }

    /// The number of a kind of leads.
    #[inline]
    pub(super) fn kind(&self, kind: Kind) -> usize {
        let leads = &self.model.leads;
        let by_label = usize::from(kind.label.0) * leads.tiers.len() + usize::from(kind.tier.0);
        by_label * leads.segments.len() + usize::from(kind.segment.0)
    }
}

/// The chance of contact at each step of the cadence of a kind of leads.
fn contacts(model: &Model, kind: Kind) -> Vec<f64> {
    let contact = &model.buyers.tiers[usize::from(kind.tier.0)].contact;
    let steps = (1..).zip(&model.buyers.cadence(kind.label).steps);
    steps.map(|(number, step)| contact.chance(number, step.channel_for(kind.segment))).collect()
}

/// The longest wait that costs nothing.
fn as_good_as_at_once(model: &Model) -> Span {
    match (&model.buyers.decay, &model.buyers.interest) {
        (_, Some(_)) => Span::ZERO,
        // A hair less: what rounding makes of the curve's first point.
        (Some(decay), None) => Span::from_minutes_f64(decay.curve.flat_until() * (1.0 - 1e-9)),
        (None, None) => Span::MAX,
    }
}

/// Tiers that the same reps may take share a class.
fn classes(may_take: &[RepSet], reps: usize) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut firsts: Vec<usize> = Vec::new();
    let mut class_of_tier = Vec::new();
    for (tier, set) in may_take.iter().enumerate() {
        let class = firsts.iter().position(|first| may_take[*first] == *set).unwrap_or_else(|| {
            firsts.push(tier);
            firsts.len() - 1
        });
        class_of_tier.push(class);
    }
    let of_rep = |rep: usize| {
        let may = |first: &usize| may_take[*first].contains(crate::model::RepId(rep as u32));
        firsts.iter().enumerate().filter(|(_, first)| may(first)).map(|(class, _)| class).collect()
    };
    (class_of_tier, (0..reps).map(of_rep).collect())
}

fn usual_hours(arrivals: &Arrivals) -> HourSums {
    match arrivals {
        Arrivals::Rate(rate) => HourSums::of(&rate.hourly),
        _ => HourSums::of(&[0.0; 168]),
    }
}

fn days(model: &Model, stop_at: Instant) -> Vec<Day> {
    let zones: Vec<&Zone> = model.leads.zones.iter().map(|z| &z.zone).collect();
    let first =
        zones.iter().map(|z| z.local(model.horizon.opens).date()).min().expect("a model has a lead zone");
    let last = zones.iter().map(|z| z.local(stop_at).date()).max().expect("a model has a lead zone");
    let first_monday = i64::from(first.weekday().to_monday_zero_offset());
    let mut days = Vec::new();
    let mut date = first;
    while date <= last {
        let midnights: Vec<Instant> = zones.iter().map(|z| z.instant(date.at(0, 0, 0, 0))).collect();
        let ends: Vec<Instant> = zones.iter().map(|z| z.instant(next(date).at(0, 0, 0, 0))).collect();
        days.push(Day {
            date,
            weekday: date.weekday().to_monday_zero_offset() as u8,
            week: ((days.len() as i64 + first_monday) / 7) as u64,
            begins: *midnights.iter().min().expect("a model has a lead zone"),
            midnights: midnights.iter().zip(&ends).map(|(m, e)| (*e - *m == DAY).then_some(*m)).collect(),
        });
        date = next(date);
    }
    days
}

/// The chance that a booked meeting is held, over days out and rebooking.
fn held(model: &Model) -> f64 {
    let funnel = &model.buyers.funnel;
    let first: f64 = funnel
        .days_out
        .iter()
        .enumerate()
        .map(|(i, &(from, to))| {
            let days = (to - from + 1) as f64;
            let mean: f64 = (from..=to).map(|d| funnel.meeting.show_at(d)).sum::<f64>() / days;
            funnel.days_out_mix.share(i) * mean
        })
        .sum();
    first + (1.0 - first) * funnel.meeting.rebooked * funnel.meeting.rebooked_show
}

fn first_attempt(model: &Model, tier: TierId, in_hours: bool) -> Option<usize> {
    model.agreement.commitments.iter().position(|c| {
        matches!(c.promise, Promise::Timed { to: Milestone::Attempted, .. })
            && c.scope.in_hours.is_none_or(|h| h == in_hours)
            && (c.scope.tiers.is_empty() || c.scope.tiers.contains(&tier))
    })
}

fn routing_promise(model: &Model, in_hours: bool) -> Option<usize> {
    model.agreement.commitments.iter().position(|c| {
        matches!(c.promise, Promise::Timed { to: Milestone::Routed, .. })
            && c.scope.in_hours.is_none_or(|h| h == in_hours)
    })
}
