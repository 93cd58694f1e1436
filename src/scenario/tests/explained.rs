//! `explain` leaves nothing out: every key that has a meaning is listed, and every default says where it comes from.

use super::*;
use crate::scenario::format::ROOT;
use crate::scenario::kind::{Kind, Table};
use crate::scenario::merge::{filled_section, template};
use crate::scenario::missing::{Missing, Reason};
use crate::scenario::tree::{Node, Place, join};
use crate::scenario::{ExplainLine, Origin, explain, explain_text, load};

/// A small scenario with one of everything that has kinds: uploads, headcounts, meetings, promises, laws by tier.
const KINDS: &str = r#"
format = 1
[tiers.1]
[tiers.2]
cost_per_mql = "$5"
[sources.list]
tier = 1
upload = { leads = 4, monthly = "1st Monday 09:00" } # ours
[sources.phone]
tiers = { 1 = 1, 2 = 3 }
rate = { every = "24h", per_hour = [1, 3] }
[leads.busyness]
[backlog.1]
[routing.back_up]
after = "5min"
[routing.tiers.1]
[team.desk]
count = 2
lunch = { at = "12:00", length = "30min" }
leave.may = { from = "2026-03-02", until = "2026-03-03" }
meetings.huddle = { on = "Mon 09:00", length = "15min" }
meetings.block = { every = "75min", length = "15min" }
no_meetings = { hours = "Fri 14:00-15:00", except = "block" }
meetings.guests = { per_day = 1, length = "15min" }
away.door = { after = "2h", length = "5min" }
own_work.calls = { share = 0.1, length = "5min" }
own_work.mail = { when_idle = "once", length = "5min" }
[buyers.tiers.1]
[buyers.tiers.2]
[buyers.cadence]
steps = [{ day = 0, by = "phone" }]
tiers.1.attempts = 1
tiers.2.steps = [{ day = 0, by = "email" }]
[buyers.rejections.wrong]
share = 1
[buyers.disqualifications.broke]
share = 1
[buyers.patience]
leaves_after = "2h"
[buyers.booking]
[buyers.opportunity]
[buyers.recycling]
[commitments.quick]
from = "routed"
to = "attempted"
within = "15min"
[commitments.stubborn]
kind = "persistence"
attempts = 6
within_days = 10
[commitments.many]
kind = "monthly volume"
at_least = 10
[commitments.fit]
kind = "rejection below"
below = 0.2
[levers.more]
title = "one more"
set = "team.desk.count=3"
cost = "$3,000 per month"
excludes = "other"
[levers.other]
title = "one more, otherwise"
set = "team.desk.count=4"
[study]
"#;

/// A group by headcount beside it, and a line on which leads call again.
const COVERED: &str = r#"
format = 1
[sources.calls]
per_hour = 4
[routing]
policy = "pool"
follow_ups_to = "pool"
calls_again = { after = "30min" }
[team.desk]
cover = { "Mon-Fri 08:00-18:00" = 3 }
"#;

/// Every shipped scenario, the starter, and small ones.
fn scenarios() -> Vec<(String, Scenario)> {
    let mut all: Vec<(String, Scenario)> = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    for entry in std::fs::read_dir(folder).expect("the scenarios are shipped").flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "toml") {
            let scenario = load(&entry.path(), &[]).unwrap_or_else(|problems| panic!("{problems}"));
            all.push((entry.path().display().to_string(), scenario));
        }
    }
    assert!(all.len() >= 9, "{} scenarios are shipped", all.len());
    let changed = on_template(
        "[buyers.rejections]\n\"Duplicate\" = { share = 9 } # ours\n[buyers.decay]\nstrength.1 = 0.5 # ours\n[team.berlin]\ncount = 1\n",
    );
    let texts = [
        ("small", SMALL.to_string()),
        ("kinds", KINDS.to_string()),
        ("covered", COVERED.to_string()),
        ("bare preset", on_template("")),
        ("changed preset", changed),
        ("starter", crate::scenario::starter()),
    ];
    all.extend(texts.into_iter().map(|(name, text)| (name.to_string(), valid(&text))));
    all
}

/// The marks that end a published reason.
fn is_marked(reason: &str) -> bool {
    let marks = reason.rsplit("; ").next().unwrap_or(reason);
    !marks.is_empty()
        && marks
            .split([',', '/'])
            .all(|mark| matches!(mark.trim(), "S0" | "S1" | "S2" | "S3" | "S4" | "E" | "P" | "C" | "A"))
}

/// Whether a reason says whose the default is: nobody's, other keys', leadsim's, the template's, or a source's.
fn is_told(reason: &str) -> bool {
    let kinds = ["neutral: ", "follows: ", "leadsim's choice: ", "template: "];
    kinds.iter().any(|kind| reason.len() > kind.len() && reason.starts_with(kind)) || is_marked(reason)
}

#[test]
fn no_value_of_the_template_bears_a_bare_mark() {
    let mut found = 0;
    for line in crate::scenario::merge::TEMPLATE_TEXT.lines().filter(|line| !line.starts_with(['#', '['])) {
        let Some((value, note)) = line.rsplit_once(" # ") else {
            assert!(line.is_empty(), "no reason at all: {line}");
            continue;
        };
        assert!(value.contains(" = "), "{line}");
        assert!(!is_marked(note) || note.contains("; "), "a mark, but no reason: {line}");
        assert!(note.split("; ").next().is_some_and(|reason| reason.len() > 3), "no reason: {line}");
        found += 1;
    }
    assert!(found > 200, "{found} values");
}

#[test]
fn every_default_says_where_it_comes_from() {
    for (name, scenario) in scenarios() {
        let lines = explain(&scenario);
        let defaults = lines.iter().filter(|line| line.origin == Origin::Default).count();
        assert!(defaults > 10, "{name}: {defaults} defaults");
        for line in &lines {
            let source = line.source.as_deref().unwrap_or("");
            match line.origin {
                Origin::Default => assert!(is_told(source), "{name}: {} is default: {source:?}", line.path),
                Origin::Preset { .. } | Origin::PresetGroup { .. } => {
                    assert!(!source.is_empty() && source != "ours", "{name}: {}: {source:?}", line.path)
                }
                Origin::File { .. } | Origin::Set => {}
            }
        }
    }
}

/// What the format says of defaults that nobody could check, table by table.
fn complaints(table: &'static Table, preset: Option<&Node>, path: &str, found: &mut Vec<String>) {
    for key in table.keys {
        let path = join(path, key.name);
        let of_preset = preset.and_then(|preset| preset.entry(key.name));
        let wrong = match key.missing {
            Missing::Off(words, why) | Missing::Instead(words, why) | Missing::Value(words, why) => {
                let text = why.to_string();
                let published =
                    !matches!(why, Reason::Published(_)) || (is_marked(&text) && text.contains("; "));
                words.is_empty() || !is_told(&text) || !published || text.ends_with('.') || text.len() > 100
            }
            Missing::Elsewhere(words) => words.is_empty(),
            Missing::Empty(_) => {
                let inner = key.kind.as_table().filter(|_| std::ptr::eq(table, &ROOT));
                inner
                    .is_none_or(|inner| inner.keys.iter().any(|key| matches!(key.missing, Missing::Required)))
            }
            Missing::Template => {
                let note = of_preset.and_then(|entry| entry.note.as_deref());
                note.is_none_or(|note| note.is_empty())
            }
            Missing::Required => false,
        };
        if wrong {
            found.push(path.clone());
        }
        let of_preset = of_preset.map(|entry| &entry.node);
        match &key.kind {
            Kind::Table(inner) => complaints(inner, of_preset, &path, found),
            Kind::Named(named) => {
                if let Some(inner) = named.entry.as_table() {
                    let first =
                        of_preset.and_then(|preset| preset.entries().first()).map(|entry| &entry.node);
                    complaints(inner, first, &path, found);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn the_format_gives_every_default_a_reason() {
    let mut found = Vec::new();
    complaints(&ROOT, Some(template()), "", &mut found);
    assert!(found.is_empty(), "without a reason: {found:?}");
}

/// Whether a key has no effect in the table at hand, told once more here so that a slip in the format shows.
fn without_effect(path: &str, key: &str, node: &Node) -> bool {
    let there = |names: &[&str]| names.iter().any(|name| node.get(name).is_some());
    let kind = node.get("kind").map_or(String::new(), Node::text);
    let persistence =
        ["attempts", "within_days", "phone", "email", "linkedin", "days", "most_per_day", "pause"];
    if path.starts_with("sources.") {
        let rhythm = ["weekday_shares", "hour_shares", "gaps", "batch", "busyness", "surges"];
        return (there(&["upload", "replay"]) && rhythm.contains(&key))
            || (there(&["rate"]) && key.ends_with("_shares"))
            || (there(&["tiers"]) && key == "tier");
    }
    if path.starts_with("commitments.") {
        return (["from", "to", "within", "after_hours"].contains(&key) && kind != "\"timed\"")
            || (persistence.contains(&key) && kind != "\"persistence\"");
    }
    if path.contains(".meetings.") {
        return (["zone", "every_weeks", "who"].contains(&key) && !there(&["on"]))
            || (key == "grid" && !there(&["per_day"]));
    }
    let of_a_person = [
        "shift",
        "lunch",
        "leave_weeks_per_quarter",
        "leave",
        "sick",
        "interruption",
        "no_meetings",
        "meetings",
        "away",
        "own_work",
    ];
    (key == "after_close" && !there(&["cover"]))
        || (of_a_person.contains(&key) && there(&["cover"]))
        || (path == "horizon" && key == "length" && there(&["end"]))
        || (path == "leads" && key.ends_with("_shares") && there(&["hourly"]))
}

/// Keys of the tables that are there, and of those that are read as if they were, that no line shows.
fn unlisted(lines: &[ExplainLine], node: &Node, table: &'static Table, path: &str, found: &mut Vec<String>) {
    for key in table.keys {
        let full = join(path, key.name);
        let listed = lines.iter().any(|line| line.path == full || line.path.starts_with(&format!("{full}.")));
        let said_elsewhere = matches!(key.missing, Missing::Elsewhere(_)) && node.get(key.name).is_none();
        if !listed && !said_elsewhere && !without_effect(path, key.name, node) {
            found.push(full.clone());
        }
        let empty = matches!(key.missing, Missing::Empty(_))
            .then(|| filled_section(key.name, &Node::table(Place::DEFAULT)));
        match (&key.kind, node.get(key.name).or(empty.as_ref())) {
            (Kind::Table(inner), Some(node)) => unlisted(lines, node, inner, &full, found),
            (Kind::Named(named), Some(node)) => {
                for entry in node.entries() {
                    if let Some(inner) = named.entry.as_table() {
                        unlisted(lines, &entry.node, inner, &join(&full, &entry.name), found);
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn every_key_with_a_meaning_is_listed() {
    for (name, scenario) in scenarios() {
        let lines = explain(&scenario);
        let mut found = Vec::new();
        unlisted(&lines, &scenario.effective, &ROOT, "", &mut found);
        assert!(found.is_empty(), "{name}: not listed: {found:?}");
        let mut paths: Vec<&str> = lines.iter().map(|line| line.path.as_str()).collect();
        paths.sort_unstable();
        assert!(paths.windows(2).all(|pair| pair[0] != pair[1]), "{name}: listed twice");
    }
}

#[test]
fn keys_without_effect_are_not_listed() {
    let lines = explain(&valid(KINDS));
    let listed = |path: &str| lines.iter().any(|line| line.path == path);
    for path in
        ["calendar.closed", "calendar.open", "team.desk.order", "commitments.stubborn.pause", "study.seed"]
    {
        assert!(listed(path), "{path}");
    }
    assert!(listed("team.desk.meetings.huddle.who") && !listed("team.desk.meetings.block.who"));
    assert!(listed("team.desk.meetings.guests.grid") && !listed("team.desk.meetings.huddle.grid"));
    assert!(!listed("sources.list.batch") && listed("sources.phone.batch"));
    assert!(!listed("commitments.quick.phone") && !listed("commitments.stubborn.after_hours"));
    assert!(!listed("team.desk.after_close"));
    let covered = explain(&valid(COVERED));
    assert!(covered.iter().any(|line| line.path == "team.desk.after_close"));
    assert!(!covered.iter().any(|line| line.path == "team.desk.sick"));
}

#[test]
fn a_comment_is_shared_only_by_what_stands_in_its_text() {
    let text = on_template(
        "[buyers.rejections]\n\"Duplicate\" = { share = 9 } # ours\n[buyers.decay]\nstrength.1 = 0.5 # ours\n",
    );
    let lines = explain(&valid(&text));
    let source =
        |path: &str| lines.iter().find(|line| line.path == path).and_then(|line| line.source.as_deref());
    assert_eq!(source("buyers.rejections.Duplicate.share"), Some("ours"));
    assert_eq!(source("buyers.rejections.Duplicate.then"), Some("known under another name; S4 / A"));
    assert_eq!(source("buyers.decay.strength.1"), Some("ours"));
    assert!(source("buyers.decay.strength.2").is_some_and(|why| why.ends_with("S4 / A")));
    let lines = explain(&valid(KINDS));
    let delay = lines.iter().find(|line| line.path == "sources.list.upload.delay").expect("filled in");
    assert!(delay.source.as_deref().is_some_and(|why| why.starts_with("neutral: ")), "{delay:?}");
}

#[test]
fn the_columns_fit_a_wide_window() {
    for (name, scenario) in scenarios() {
        let text = explain_text(&explain(&scenario));
        let widest = text.lines().max_by_key(|line| line.chars().count()).unwrap_or("");
        assert!(widest.chars().count() <= 140, "{name}: {widest}");
        assert!(text.contains("\nA ") || text.contains("; A assumption"), "the marks are explained");
    }
}
