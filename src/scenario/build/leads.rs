//! The leads of the model: tiers, segments, zones with their business hours, record quality.

use super::frame::Frame;
use super::view::{Desk, View};
use crate::model::{Backlog, Busyness, LeadZone, Leads, Segment, Tier, ZoneId};
use crate::random::{Choice, Law};
use crate::scenario::kind::Unit;
use crate::scenario::value;
use crate::time::Zone;

/// Tier names, hottest first: as written in [tiers], or else the names that the sources use.
pub(super) fn tier_names(desk: &mut Desk<'_>, root: &View<'_>) -> Vec<String> {
    let mut names: Vec<String> = match root.get("tiers") {
        Some(tiers) => tiers.all().into_iter().map(|(name, _)| name.to_string()).collect(),
        None => named_by_sources(root),
    };
    if names.is_empty() {
        names.push("1".to_string());
    }
    if names.iter().all(|name| name.parse::<u32>().is_ok()) {
        names.sort_by_key(|name| name.parse::<u32>().unwrap_or(u32::MAX));
    }
    if names.len() > 100 {
        let view = root.get("tiers").or_else(|| root.get("sources"));
        if let Some(view) = view {
            desk.report(&view, format!("{} tiers; leadsim takes 100", names.len()), "use fewer tiers");
        }
        names.truncate(100);
    }
    names
}

fn named_by_sources(root: &View<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (_, source) in root.entries("sources") {
        let mix = source.entries("tiers").into_iter().map(|(name, _)| name.to_string());
        for name in source.read("tier", value::tier_name).into_iter().chain(mix) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

fn tiers(desk: &Desk<'_>, root: &View<'_>) -> Vec<Tier> {
    let tiers = root.get("tiers");
    let cost = |name: &str| {
        tiers.as_ref().and_then(|tiers| tiers.get(name)).and_then(|tier| tier.money("cost_per_mql"))
    };
    desk.tiers
        .iter()
        .map(|name| Tier { name: name.clone(), cost_per_mql: cost(name).unwrap_or(0.0) })
        .collect()
}

/// What every lead draws at birth.
pub(super) fn leads(desk: &mut Desk<'_>, root: &View<'_>, frame: &Frame) -> Leads {
    let view = root.get("leads");
    let table = view.as_ref();
    let (zones, zone_mix, default_zone) = zones(desk, table, frame);
    let segments =
        table.map(|table| table.mix("segments")).filter(|mix| !mix.is_empty()).unwrap_or(vec![("all", 1.0)]);
    if segments.len() > 200
        && let Some(view) = table
    {
        desk.report(view, format!("{} segments; leadsim takes 200", segments.len()), "use fewer segments");
    }
    let weights: Vec<f64> = segments.iter().map(|(_, weight)| *weight).collect();
    let share = |name: &str| table.map_or(0.0, |table| table.share(name));
    Leads {
        tiers: tiers(desk, root),
        segments: segments.iter().map(|(name, _)| Segment { name: (*name).to_string() }).collect(),
        segment_mix: Choice::new(&weights).unwrap_or_else(Choice::certain),
        zones,
        zone_mix,
        zone_unknown: share("zone_unknown"),
        default_zone,
        mis_tiered: share("mis_tiered"),
        missing_fields: share("missing_fields"),
        rework: table.map_or(Law::ZERO, |table| table.law_or_zero("rework", Unit::Minutes)),
    }
}

fn zones(desk: &mut Desk<'_>, table: Option<&View<'_>>, frame: &Frame) -> (Vec<LeadZone>, Choice, ZoneId) {
    let mut named: Vec<(Zone, f64)> = Vec::new();
    for (name, weight) in table.map(|table| table.mix("zones")).unwrap_or_default() {
        if let Ok(zone) = Zone::named(name) {
            named.push((zone, weight));
        }
    }
    if named.is_empty() {
        named.push((frame.zone().clone(), 1.0));
    }
    let default_zone = named.iter().position(|(zone, _)| zone == frame.zone()).unwrap_or_else(|| {
        // Leads of unknown zone live with the company, even where no known lead does.
        named.push((frame.zone().clone(), 0.0));
        named.len() - 1
    });
    if named.len() > 200
        && let Some(view) = table
    {
        desk.report(view, format!("{} zones; leadsim takes 200", named.len()), "use fewer zones");
        named.truncate(200);
    }
    let weights: Vec<f64> = named.iter().map(|(_, weight)| *weight).collect();
    let mix = Choice::new(&weights).unwrap_or_else(Choice::certain);
    let zones = named
        .into_iter()
        .filter_map(|(zone, _)| Some(LeadZone { hours: frame.hours_in(&zone)?, zone }))
        .collect();
    (zones, mix, ZoneId(default_zone.min(199) as u8))
}

/// Leads that are there already when the trial opens.
pub(super) fn backlog(desk: &mut Desk<'_>, root: &View<'_>) -> Vec<Backlog> {
    let mut standing = Vec::new();
    for (name, view) in root.entries("backlog") {
        let Some(tier) = desk.tier(name, &view) else { continue };
        let written = |key: &str| view.get(key).filter(View::is_own);
        if let Some(age) = written("age")
            && written("waiting").or(written("in_cadence")).is_none()
            && view.count("waiting") + view.count("in_cadence") == 0
        {
            let help = "write waiting = 20 or in_cadence = 20 beside it, or take it out";
            desk.report(&age, "nothing says how many leads of this age there are", help);
        }
        let age_days = view.law_or_zero("age", Unit::Days);
        standing.push(Backlog {
            tier,
            waiting: view.count("waiting"),
            in_cadence: view.count("in_cadence"),
            age_days,
        });
    }
    standing
}

/// How much busier than usual a day is.
pub(super) fn busyness(root: &View<'_>) -> Busyness {
    let table = root.get("leads").and_then(|leads| leads.get("busyness"));
    let shape = table.as_ref().and_then(|table| table.number("shape"));
    match (table.as_ref().and_then(|table| table.text("per")), shape) {
        (Some("week"), Some(shape)) => Busyness::Weekly { shape },
        (Some(_), Some(shape)) => Busyness::Daily { shape },
        _ => Busyness::None,
    }
}

/// Shares of the week's leads by hour of the week, Monday midnight first; they sum to 1.
pub(super) fn week_profile(source: &View<'_>, root: &View<'_>) -> Box<[f64; 168]> {
    let leads = root.get("leads");
    let rhythm = ["hourly", "weekday_shares", "hour_shares"];
    let own = rhythm.iter().any(|key| source.get(key).is_some());
    let hourly = |view: &View<'_>| view.read("hourly", |node| value::weights(node, 168));
    // A source with a weekday rhythm of its own still has the hours of the others.
    let find = |key: &str, count: usize| {
        let read = |view: &View<'_>| view.read(key, |node| value::weights(node, count));
        read(source).or_else(|| leads.as_ref().and_then(read)).unwrap_or_else(|| vec![1.0; count])
    };
    let whole = hourly(source).or_else(|| if own { None } else { leads.as_ref().and_then(hourly) });
    let mut profile = Box::new([0.0; 168]);
    let (days, hours) = (find("weekday_shares", 7), find("hour_shares", 24));
    for (hour, share) in profile.iter_mut().enumerate() {
        *share = whole.as_ref().map_or(days[hour / 24] * hours[hour % 24], |whole| whole[hour]);
    }
    let total: f64 = profile.iter().sum();
    profile.iter_mut().for_each(|share| *share /= total);
    profile
}
