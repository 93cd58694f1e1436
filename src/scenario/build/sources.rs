//! The sources of the model: rates by hour of the week, surges, uploads, replays.

use super::frame::Frame;
use super::view::{Desk, View};
use super::{cycles, leads, replay, uploads};
use crate::model::{Arrivals, RateProfile, Source, Surge};
use crate::random::{Choice, Law};
use crate::scenario::kind::Unit;
use crate::scenario::law::scaled;
use crate::scenario::value;

/// Weeks in a mean month: 365.25 days are 52.178571 weeks.
const WEEKS_A_YEAR: f64 = 52.178_571;

/// Largest standard deviation of gaps, in mean gaps.
const MOST_UNEVEN: f64 = 1e3;

/// Most leads that one batch or list may bring.
const MOST_AT_ONCE: f64 = 1e7;

/// Keys that say how many leads come.
const VOLUMES: [&str; 7] = ["per_month", "per_week", "per_day", "per_hour", "rate", "upload", "replay"];

/// Where leads come from.
pub(super) fn sources(desk: &mut Desk<'_>, root: &View<'_>, frame: &Frame) -> Vec<Source> {
    let named = root.entries("sources");
    if named.len() > 1000
        && let Some(view) = root.get("sources")
    {
        desk.report(&view, format!("{} sources; leadsim takes 1,000", named.len()), "use fewer sources");
        return Vec::new();
    }
    if named.is_empty()
        && let Some(view) = root.get("sources")
    {
        desk.report(
            &view,
            "no source of leads is left",
            "add a table [sources.some_name] with per_month = …",
        );
    }
    named.iter().filter_map(|(name, view)| source(desk, root, frame, name, view)).collect()
}

fn source(
    desk: &mut Desk<'_>,
    root: &View<'_>,
    frame: &Frame,
    name: &str,
    view: &View<'_>,
) -> Option<Source> {
    let written = VOLUMES.iter().filter(|key| view.get(key).is_some()).count();
    if written != 1 {
        // Two at once were already refused as a contradiction.
        if written == 0 {
            desk.report_from(
                view,
                &VOLUMES,
                "nothing says how many leads this source brings",
                "write per_month = …, or add a table `upload` or `replay`",
            );
        }
        if view.get("tier").is_some() || view.get("tiers").is_some() {
            tier_mix(desk, view);
        }
        return None;
    }
    refuse_idle_keys(desk, view);
    let (arrivals, from_file) = arrivals(desk, root, frame, view);
    let by_column = view.get("replay").is_some_and(|table| table.get("tier_column").is_some());
    let tier_mix = if by_column { from_file } else { tier_mix(desk, view) };
    let outside_automation = view.flag("outside_automation");
    Some(Source { name: name.to_string(), tier_mix: tier_mix?, arrivals: arrivals?, outside_automation })
}

/// How its leads come, and their tiers where the file of a replay names them.
fn arrivals(
    desk: &mut Desk<'_>,
    root: &View<'_>,
    frame: &Frame,
    view: &View<'_>,
) -> (Option<Arrivals>, Option<Choice>) {
    if let Some(upload) = view.get("upload") {
        (uploads::uploads(desk, &upload, frame).map(Arrivals::Uploads), None)
    } else if let Some(table) = view.get("replay") {
        let replay = replay::replay(desk, &table, frame);
        let tiers = replay.as_ref().and_then(|replay| replay.tiers.as_ref());
        let mix = tiers.and_then(|tiers| tier_shares(desk, tiers));
        (replay.map(Arrivals::Replay), mix)
    } else {
        (rate(desk, root, frame, view).map(Arrivals::Rate), None)
    }
}

/// Keys that an upload or a replay would ignore.
const OF_A_RATE: [&str; 7] =
    ["gaps", "batch", "busyness", "surges", "weekday_shares", "hour_shares", "hourly"];

fn refuse_idle_keys(desk: &mut Desk<'_>, view: &View<'_>) {
    let replay = view.get("replay");
    if replay.is_none() && view.get("upload").is_none() {
        return;
    }
    let by_column = replay.is_some_and(|table| table.get("tier_column").is_some());
    let tiers: &[&str] = if by_column { &["tier", "tiers"] } else { &[] };
    for key in OF_A_RATE.iter().chain(tiers) {
        if let Some(found) = view.get(key).filter(View::is_own) {
            desk.report(&found, format!("`{key}` has no effect on this source"), "take it out");
        }
    }
}

fn tier_shares(desk: &Desk<'_>, tiers: &[crate::model::TierId]) -> Option<Choice> {
    let mut counts = vec![0.0; desk.tiers.len()];
    tiers.iter().for_each(|tier| counts[usize::from(tier.0)] += 1.0);
    Choice::new(&counts)
}

fn tier_mix(desk: &mut Desk<'_>, view: &View<'_>) -> Option<Choice> {
    let mut weights = vec![0.0; desk.tiers.len()];
    if let Some(tier) = view.get("tier") {
        let name = value::tier_name(tier.node).ok()?;
        weights[usize::from(desk.tier(&name, &tier)?.0)] = 1.0;
    } else if let Some(mix) = view.get("tiers") {
        for (name, entry) in mix.all() {
            if let (Some(tier), Ok(weight)) = (desk.tier(name, &entry), value::weight(entry.node)) {
                weights[usize::from(tier.0)] = weight;
            }
        }
    } else if weights.len() == 1 {
        weights[0] = 1.0;
    } else {
        desk.report_from(
            view,
            &["tier", "tiers"],
            "nothing says which tier this source's leads are",
            format!("write tier = {}", desk.tiers[0]),
        );
        return None;
    }
    Choice::new(&weights)
}

fn rate(desk: &mut Desk<'_>, root: &View<'_>, frame: &Frame, view: &View<'_>) -> Option<RateProfile> {
    let (hourly, cycle) = match view.get("rate") {
        Some(table) => {
            let cycle = cycles::cycle(desk, &table, frame)?;
            (Box::new([cycle.mean(); 168]), Some(cycle))
        }
        None => {
            let per_week = [
                ("per_month", 12.0 / WEEKS_A_YEAR),
                ("per_week", 1.0),
                ("per_day", 7.0),
                ("per_hour", 168.0),
            ]
            .iter()
            .find_map(|(key, times)| view.number(key).map(|rate| rate * times))
            .unwrap_or(0.0);
            let mut hourly = leads::week_profile(view, root);
            hourly.iter_mut().for_each(|share| *share *= per_week);
            (hourly, None)
        }
    };
    let gaps = match view.get("gaps") {
        None => Law::Exponential { mean: 1.0 },
        Some(key) => {
            let law = view.law("gaps", Unit::Count).unwrap_or(Law::Constant(1.0));
            let (mean, spread) = (law.mean(), law.variance().sqrt());
            if mean <= 0.0 {
                desk.report(&key, "the gaps have mean 0", "write gaps = 1 for arrivals like clockwork");
                law
            } else if !(1e-9..=1e9).contains(&mean) {
                let help = "only their proportions count: write gaps = 1, or a law of mean 1";
                desk.report(&key, format!("the gaps have mean {mean:.3e}"), help);
                law
            } else if spread > MOST_UNEVEN * mean {
                let message = "the gaps are so uneven that nearly all leads come at one moment";
                let help = "write a law whose standard deviation is at most 1000 times its mean, and bursts as `batch`";
                desk.report(&key, message, help);
                law
            } else {
                scaled(&law, 1.0 / mean)
            }
        }
    };
    let batch = view.law("batch", Unit::Count).unwrap_or(Law::Constant(1.0));
    if let Some(key) = view.get("batch") {
        if batch.mean() <= 0.0 {
            desk.report(&key, "a batch of 0 leads brings none", "write batch = 1");
        }
        refuse_a_flood(desk, &key, &batch);
    }
    let surges =
        view.entries("surges").iter().filter_map(|(_, surge)| self::surge(desk, surge, frame)).collect();
    Some(RateProfile {
        hourly,
        cycle,
        gaps,
        batch,
        surges,
        busyness: view.read("busyness", value::flag).unwrap_or(true),
    })
}

/// Refuses so many leads at once that one draw of them would not fit into memory.
pub(super) fn refuse_a_flood(desk: &mut Desk<'_>, key: &View<'_>, leads: &Law) {
    // ten standard deviations are rarely exceeded by any law
    let at_once = leads.mean() + 10.0 * leads.variance().sqrt();
    if at_once > MOST_AT_ONCE {
        let message = format!("this may bring {at_once:.1e} leads at once; leadsim takes {MOST_AT_ONCE:.0e}");
        desk.report(key, message, "write a smaller number, or a law with less spread");
    }
}

fn surge(desk: &mut Desk<'_>, view: &View<'_>, frame: &Frame) -> Option<Surge> {
    let surge = Surge {
        from: view.read("from", value::date)?,
        until: view.read("until", value::date)?,
        times: view.number("times")?,
    };
    if surge.until < surge.from {
        desk.report(
            view,
            format!("the surge ends on {}, before it starts", surge.until),
            "write the last day of the surge in `until`",
        );
        return None;
    }
    let (first, last) = frame.days_from_run_in();
    if desk.sure_of_horizon && view.is_own() && (surge.until < first || surge.from >= last) {
        uploads::outside(desk, view, frame, "this surge", "dates");
        return None;
    }
    Some(surge)
}
