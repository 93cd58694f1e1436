//! The team of the model: groups with their rules, and one entry a person.

use super::frame::{Frame, days_between};
use super::shifts::Shifts;
use super::view::{Desk, View};
use super::{cover, leave, meetings, no_meetings, order};
use crate::model::{
    Absences, Attention, Away, IdleWork, Interruption, Lunch, OwnWork, Rearranged, Rep, RepGroup, TierId,
    WorkDay,
};
use crate::random::Law;
use crate::scenario::kind::Unit;
use crate::scenario::law;
use crate::scenario::tree::join;
use crate::scenario::value;
use crate::time::civil::Time;
use crate::time::{Span, Zone};

/// Most reps in all.
const MOST_REPS: usize = 10_000;

/// Most days of all reps together: a day holds a shift, a lunch and meetings.
const MOST_REP_DAYS: i64 = 10_000_000;

/// Groups and reps.
pub(super) fn team(desk: &mut Desk<'_>, root: &View<'_>, frame: &Frame) -> (Vec<RepGroup>, Vec<Rep>) {
    let (mut groups, mut reps) = (Vec::new(), Vec::new());
    let Some(team) = root.get("team") else { return (groups, reps) };
    let wanted: usize = team.all().iter().map(|(_, view)| head_count(view) as usize).sum();
    let counts: Vec<String> = team.all().iter().map(|(name, _)| join(&join("", name), "count")).collect();
    let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
    if wanted > MOST_REPS {
        desk.report_from(
            &team,
            &counts,
            format!("{wanted} reps; leadsim takes {MOST_REPS} in all"),
            "use fewer reps",
        );
    }
    let (first, last) = frame.days_played();
    let rep_days = wanted as i64 * days_between(first, last);
    let too_long = rep_days > MOST_REP_DAYS && wanted <= MOST_REPS;
    if too_long && desk.sure_of_horizon {
        desk.report_from(
            &team,
            &counts,
            format!(
                "{wanted} reps for {} days of run-in, horizon and run-out are {rep_days} rep-days; leadsim takes {MOST_REP_DAYS}",
                days_between(first, last)
            ),
            "use fewer reps or a shorter horizon",
        );
    }
    if wanted == 0 {
        let help = "write count = 1 or more in one of its groups";
        let in_doubt =
            team.all().iter().any(|(_, group)| group.get("count").or(group.get("cover")).is_none());
        desk.report_by(&team, &counts, in_doubt, "the team has no reps", help);
    }
    for (name, view) in team.all() {
        let index = groups.len();
        let sites = sites(&view, frame);
        let mut rules = group(desk, name, &view);
        rules.cover = cover::cover(desk, &view, &sites[0].0, frame);
        match (view.get("cover").is_some(), wanted <= MOST_REPS && !too_long) {
            (_, false) => {}
            (true, true) => reps.extend(headcount(desk, name, index, &view, &sites)),
            (false, true) => {
                let members = members(desk, name, index, &view, frame, &sites);
                no_meetings::check(desk, &view, &rules.meetings, &members);
                reps.extend(members);
            }
        }
        groups.push(rules);
    }
    nobody_for_a_tier(desk, &team, &groups, &reps);
    (groups, reps)
}

/// How many reps the group has.
fn head_count(view: &View<'_>) -> u32 {
    if view.get("cover").is_some() { cover::most(view) } else { view.count("count") }
}

/// A tier that nobody may take would wait for ever.
fn nobody_for_a_tier(desk: &mut Desk<'_>, team: &View<'_>, groups: &[RepGroup], reps: &[Rep]) {
    // a group with an unknown tier in its list may mean any of them
    let doubtful = |path: &str| path.starts_with("team.") && path.ends_with(".tiers");
    if reps.is_empty() || desk.problems.iter().any(|problem| doubtful(&problem.path)) {
        return;
    }
    // who sits in a group, and which tiers it takes
    let names = groups.iter().map(|group| join("", &group.name));
    let keys: Vec<String> = names.flat_map(|name| [join(&name, "count"), join(&name, "tiers")]).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    for tier in desk.tier_ids() {
        if !reps.iter().any(|rep| groups[rep.group].tiers.contains(&tier)) {
            let name = desk.tiers[usize::from(tier.0)].clone();
            desk.report_from(
                team,
                &keys,
                format!("no rep may take leads of tier {name}"),
                format!("add {name} to the `tiers` of a group"),
            );
        }
    }
}

fn group(desk: &mut Desk<'_>, name: &str, view: &View<'_>) -> RepGroup {
    let attention = desk.by_tier(view, "attention", |node| law::law(node, Unit::Minutes), Law::ZERO);
    let all: Vec<TierId> = desk.tier_ids().collect();
    RepGroup {
        name: name.to_string(),
        cover: None,
        meetings: meetings::by_chance(desk, view),
        rhythms: meetings::rhythms(desk, view),
        own_work: own_work(desk, view),
        idle_work: idle_work(desk, view),
        away: away(desk, view),
        absences: Absences {
            sick: view.share("sick"),
            leave_weeks_per_quarter: view.number("leave_weeks_per_quarter").unwrap_or(0.0),
        },
        rearranged: Rearranged::default(),
        attention: attention.into_iter().map(|delay| Attention { delay }).collect(),
        attention_follow_up: view.law_or_zero("attention_follow_up", Unit::Minutes),
        order: order::order(desk, view),
        put_down_for: order::put_down_for(desk, view),
        interruption: interruption(view).unwrap_or(Interruption::Finish),
        pace: view.number("pace").unwrap_or(1.0),
        never_worked: desk.by_tier(view, "never_worked", value::share, 0.0),
        gives_up: desk.by_tier(view, "gives_up", value::share, 0.0),
        tiers: desk.tiers_listed(view, "tiers", true).unwrap_or(all),
        cost_per_hour: view.money("cost_per_hour").unwrap_or(0.0),
    }
}

fn interruption(view: &View<'_>) -> Option<Interruption> {
    match view.text("interruption")? {
        "pause" => Some(Interruption::Pause),
        "hand back" => Some(Interruption::HandBack),
        _ => Some(Interruption::Finish),
    }
}

fn away(desk: &mut Desk<'_>, view: &View<'_>) -> Vec<Away> {
    let usual = interruption(view).unwrap_or(Interruption::Finish);
    let mut calls = Vec::new();
    for (name, entry) in view.entries("away") {
        let (Some(after), Some(length)) =
            (entry.law("after", Unit::Minutes), entry.law("length", Unit::Minutes))
        else {
            continue;
        };
        if after.mean() <= 0.0 {
            desk.report(&entry, "a rep called away at once never works", "write after = \"2h\", or a law");
        }
        let interruption = interruption(&entry).unwrap_or(usual);
        calls.push(Away { name: name.to_string(), after, length, interruption });
    }
    calls
}

fn idle_work(desk: &mut Desk<'_>, view: &View<'_>) -> Option<IdleWork> {
    let mut found: Option<IdleWork> = None;
    for (name, entry) in view.entries("own_work") {
        let (Some(when), Some(length)) = (entry.text("when_idle"), entry.law("length", Unit::Minutes)) else {
            continue;
        };
        if length.mean() <= 0.0 {
            desk.report(&entry, "own work needs a length above zero", "write length = \"8min\"");
        }
        if let Some(other) = &found {
            let message = format!("idle reps do {} already", other.name);
            desk.report(&entry, message, "leave one `when_idle` a group; a law of lengths can mix several");
            continue;
        }
        found = Some(IdleWork {
            name: name.to_string(),
            length,
            again: when != "once",
            interruptible: entry.flag("interruptible"),
        });
    }
    found
}

fn own_work(desk: &mut Desk<'_>, view: &View<'_>) -> Vec<OwnWork> {
    let mut works = Vec::new();
    for (name, entry) in view.entries("own_work") {
        if entry.get("share").is_none() && entry.get("when_idle").is_none() {
            let help = "write share = 0.2, or when_idle = \"again and again\"";
            desk.report(&entry, "nothing says when this own work is done", help);
        }
        let (Some(share), Some(length)) = (entry.number("share"), entry.law("length", Unit::Minutes)) else {
            continue;
        };
        if length.mean() <= 0.0 {
            desk.report(&entry, "own work needs a length above zero", "write length = \"8min\"");
        }
        works.push(OwnWork {
            name: name.to_string(),
            share,
            length,
            interruptible: entry.flag("interruptible"),
        });
    }
    let total: f64 = works.iter().map(|work| work.share).sum();
    if total >= 1.0
        && let Some(table) = view.get("own_work")
    {
        desk.report(
            &table,
            format!("own work takes {:.0} % of desk time", 100.0 * total),
            "leave some time for leads: shares under 1 in all",
        );
    }
    works
}

/// Where the group sits, by weight; with the company unless it says.
fn sites(view: &View<'_>, frame: &Frame) -> Vec<(Zone, f64)> {
    let mut named: Vec<(Zone, f64)> = Vec::new();
    for (site, weight) in view.mix("sites") {
        if let Ok(zone) = Zone::named(site) {
            named.push((zone, weight));
        }
    }
    if named.is_empty() {
        named.push((frame.zone().clone(), 1.0));
    }
    named
}

/// As many reps as are ever at work at once; none of them has a day of their own.
fn headcount(
    desk: &mut Desk<'_>,
    name: &str,
    group: usize,
    view: &View<'_>,
    sites: &[(Zone, f64)],
) -> Vec<Rep> {
    if sites.len() > 1 {
        let help = "write one group a site, or leave out `sites`";
        desk.report(view, "a headcount is on the clock of one site", help);
    }
    let rep = |ordinal: u32| Rep {
        name: format!("{name} {} ({})", ordinal + 1, sites[0].0.name()),
        group,
        ordinal,
        days: std::sync::Arc::new([]),
        lunch: None,
        standing: Vec::new(),
        no_meetings: std::sync::Arc::new([]),
        leave: Vec::new(),
    };
    (0..head_count(view)).map(rep).collect()
}

fn members(
    desk: &mut Desk<'_>,
    name: &str,
    group: usize,
    view: &View<'_>,
    frame: &Frame,
    named: &[(Zone, f64)],
) -> Vec<Rep> {
    let count = view.count("count");
    if view.get("count").is_none() {
        desk.report(view, "nothing says how many reps these are", "write count = 5, or a table `cover`");
    }
    let weights: Vec<f64> = named.iter().map(|(_, weight)| *weight).collect();
    let sites = rotation(&weights, count as usize);
    let known = desk.problems.len();
    let shifts = Shifts::read(desk, view);
    let sure = desk.sure_of_horizon && desk.problems.len() == known;
    let days: Vec<_> = named.iter().map(|(zone, _)| shifts.days(zone, view, frame)).collect();
    if let Some(shift) = view.get("shift")
        && count > 0
        && sure
        && sites.iter().any(|site| days[*site].is_empty())
    {
        desk.report(
            &shift,
            "these reps have no working day in the horizon",
            "write shift = \"Mon-Fri 09:00-17:00\"",
        );
    }
    let closed: Vec<_> = named.iter().map(|(zone, _)| no_meetings::at_site(view, zone, frame)).collect();
    let lunches = lunches(view);
    let at_sites: Vec<Vec<Lunch>> = named
        .iter()
        .zip(&days)
        .map(|((zone, _), days)| lunches.iter().map(|lunch| at_site(*lunch, zone, days)).collect())
        .collect();
    refuse_lunch_all_day(desk, view, &days, &at_sites);
    let mut reps: Vec<Rep> = (0..count)
        .map(|ordinal| {
            let site = sites[ordinal as usize];
            Rep {
                name: format!("{name} {} ({})", ordinal + 1, named[site].0.name()),
                group,
                ordinal,
                days: days[site].clone(),
                lunch: at_sites[site].get(ordinal as usize % lunches.len().max(1)).cloned(),
                standing: Vec::new(),
                no_meetings: closed[site].clone(),
                leave: leave::leave(desk, view, ordinal, &named[site].0),
            }
        })
        .collect();
    leave::warn_of_idle_dates(desk, view, frame);
    meetings::seat(desk, view, frame, &mut reps);
    reps
}

/// Which site each rep sits at: whoever is furthest behind its share comes next, so that one more rep moves nobody.
pub(super) fn rotation(weights: &[f64], count: usize) -> Vec<usize> {
    let total: f64 = weights.iter().sum();
    let mut seated = vec![0.0; weights.len()];
    let mut sites = Vec::with_capacity(count);
    for k in 1..=count {
        let behind = |site: usize| weights[site] / total * k as f64 - seated[site];
        // The small margin keeps ties (1/6 × 3 against 1/2) with the first site on every machine.
        let next = (1..weights.len())
            .fold(0, |best, site| if behind(site) > behind(best) + 1e-9 { site } else { best });
        seated[next] += 1.0;
        sites.push(next);
    }
    sites
}

fn lunches(view: &View<'_>) -> Vec<(u16, Span)> {
    let Some(lunch) = view.get("lunch") else { return Vec::new() };
    let length = lunch.span("length").unwrap_or(Span::ZERO);
    lunch.list("at", value::time_of_day).into_iter().map(|minute| (minute, length)).collect()
}

/// Lunch on each working day of a site: the first time after the shift's start at which the clock on the wall shows its minute.
fn at_site((minute, length): (u16, Span), zone: &Zone, days: &[WorkDay]) -> Lunch {
    let time = value::clock_time(minute).unwrap_or(Time::midnight());
    let on_day = |day: &WorkDay| {
        let date = zone.local(day.midnight).date();
        let dates = [date, date.tomorrow().unwrap_or(date)];
        let starts = dates.map(|date| zone.instant(date.to_datetime(time)));
        starts.into_iter().find(|starts| day.starts <= *starts).filter(|starts| *starts < day.ends)
    };
    Lunch { starts: days.iter().map(on_day).collect(), length }
}

/// Refuses a lunch that falls into the shift and leaves nothing of it.
fn refuse_lunch_all_day(
    desk: &mut Desk<'_>,
    view: &View<'_>,
    days: &[std::sync::Arc<[WorkDay]>],
    at_sites: &[Vec<Lunch>],
) {
    let longest = days.iter().flat_map(|days| days.iter().map(|day| day.ends - day.starts)).max();
    let eaten = at_sites.iter().flatten().find(|lunch| lunch.starts.iter().any(Option::is_some));
    if let (Some(longest), Some(lunch), Some(table)) = (longest, eaten, view.get("lunch"))
        && lunch.length >= longest
    {
        let message = format!("a lunch of {} leaves nothing of a shift of {longest}", lunch.length);
        desk.report(&table, message, "write length = \"30min\" in it, or a longer shift");
    }
}

#[cfg(test)]
mod tests {
    use super::rotation;

    #[test]
    fn six_reps_sit_three_one_two_and_a_seventh_moves_nobody() {
        let weights = [3.0, 1.0, 2.0];
        let six = rotation(&weights, 6);
        let at = |site| six.iter().filter(|s| **s == site).count();
        assert_eq!([at(0), at(1), at(2)], [3, 1, 2]);
        let many = rotation(&weights, 60);
        for count in 0..60 {
            assert_eq!(rotation(&weights, count), many[..count]);
        }
        assert_eq!(many.iter().filter(|s| **s == 1).count(), 10);
    }
}
