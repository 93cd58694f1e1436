//! Lays the user's file over a preset, takes out what is switched off, and fills in what was left out.

use super::format::ROOT;
use super::kind::{Kind, Names, Table};
use super::law::looks_like_law;
use super::missing::Missing;
use super::parse;
use super::tree::{Document, Entry, Node, Place, Value, join};
use std::sync::LazyLock;

/// The text of the preset `template`, compiled in.
pub(super) const TEMPLATE_TEXT: &str = include_str!("../../scenarios/template.toml");

/// The preset `template` as a tree.
static TEMPLATE: LazyLock<Node> = LazyLock::new(|| {
    let mut tree =
        parse::parse(TEMPLATE_TEXT, Document::Preset).expect("the template is TOML; a test reads it");
    normalise(&mut tree);
    tree
});

/// The preset `template` as a tree.
pub(super) fn template() -> &'static Node {
    &TEMPLATE
}

/// Writes both spellings of the same thing the same way: a list of steps becomes a table of numbered steps.
pub(super) fn normalise(tree: &mut Node) {
    normalise_table(tree, &ROOT);
}

fn normalise_table(node: &mut Node, table: &'static Table) {
    let Some(entries) = node.entries_mut() else { return };
    for entry in entries {
        if let Some(key) = table.key(&entry.name) {
            normalise_kind(&mut entry.node, &key.kind);
        }
    }
}

fn normalise_kind(node: &mut Node, kind: &'static Kind) {
    match kind {
        Kind::Table(table) => normalise_table(node, table),
        Kind::Named(named) => {
            if named.names == Names::Numbers {
                number_list(node);
            }
            if let Some(entries) = node.entries_mut() {
                entries.iter_mut().for_each(|entry| normalise_kind(&mut entry.node, &named.entry));
                if entries.iter().all(|entry| entry.name.parse::<u32>().is_ok())
                    && named.names == Names::Numbers
                {
                    entries.sort_by_key(|entry| entry.name.parse::<u32>().unwrap_or(u32::MAX));
                }
            }
        }
        _ => {}
    }
}

fn number_list(node: &mut Node) {
    if let Value::List(items) = &mut node.value {
        let numbered = std::mem::take(items).into_iter().enumerate();
        let entries = numbered.map(|(i, node)| Entry {
            name: (i + 1).to_string(),
            place: node.place.clone(),
            note: None,
            node,
        });
        node.value = Value::Table(entries.collect());
    }
}

/// Lays `over` on `base`: tables merge key by key, everything else is replaced whole.
pub(super) fn overlay(mut base: Node, over: Node) -> Node {
    // what the whole lacks is lacking in the file, not in the preset
    base.place = over.place.clone();
    overlay_table(base, over, &ROOT)
}

fn overlay_table(mut base: Node, over: Node, table: &'static Table) -> Node {
    let over = into_entries(over);
    // Only what lies below gives way: two keys of the upper table that contradict each other are both kept, and refused.
    for key in over.iter().filter_map(|entry| table.key(&entry.name)) {
        if let Some(entries) = base.entries_mut() {
            entries.retain(|old| !key.instead_of.contains(&old.name.as_str()));
        }
    }
    for entry in over {
        match table.key(&entry.name) {
            Some(key) => overlay_entry(&mut base, entry, &key.kind),
            None => put(&mut base, entry),
        }
    }
    base
}

fn overlay_entry(base: &mut Node, mut entry: Entry, kind: &'static Kind) {
    let old = base.entries_mut().and_then(|entries| {
        let index = entries.iter().position(|old| old.name == entry.name)?;
        let note = entries[index].note.clone();
        Some((std::mem::replace(&mut entries[index].node, Node::table(Place::DEFAULT)), note))
    });
    if let Some((mut old, note)) = old {
        hand_down(&mut old, note);
        entry.node =
            if merges(kind, &old, &entry.node) { overlay_kind(old, entry.node, kind) } else { entry.node };
    }
    put(base, entry);
}

/// Gives the parts of a table the comment behind the whole, before some of them are written anew.
fn hand_down(table: &mut Node, note: Option<String>) {
    for entry in table.entries_mut().into_iter().flatten() {
        if entry.note.is_none() {
            entry.note.clone_from(&note);
        }
    }
}

fn merges(kind: &Kind, old: &Node, new: &Node) -> bool {
    let by_tier = |node: &Node| node.is_table() && !looks_like_law(node);
    let tables = old.is_table() && new.is_table();
    tables && kind.merges() && (!matches!(kind, Kind::ByTier(_)) || (by_tier(old) && by_tier(new)))
}

fn overlay_kind(mut base: Node, over: Node, kind: &'static Kind) -> Node {
    base.place = over.place.clone();
    match kind {
        Kind::Table(table) => overlay_table(base, over, table),
        Kind::Named(named) => {
            into_entries(over).into_iter().for_each(|entry| overlay_entry(&mut base, entry, &named.entry));
            base
        }
        _ => {
            into_entries(over).into_iter().for_each(|entry| put(&mut base, entry));
            base
        }
    }
}

fn into_entries(node: Node) -> Vec<Entry> {
    match node.value {
        Value::Table(entries) => entries,
        _ => Vec::new(),
    }
}

/// Sets a key, in its old place if it has one.
pub(super) fn put(node: &mut Node, entry: Entry) {
    if let Some(entries) = node.entries_mut() {
        match entries.iter_mut().find(|old| old.name == entry.name) {
            Some(old) => *old = entry,
            None => entries.push(entry),
        }
    }
}

/// Turns `off = true` in a tier's own back-up into "no back-up", lest the tier fall back on the one of [routing].
pub(super) fn exempt_tiers(tree: &mut Node) {
    let Some(tiers) = entry_mut(tree, "routing").and_then(|routing| entry_mut(routing, "tiers")) else {
        return;
    };
    for tier in tiers.entries_mut().into_iter().flatten() {
        let Some(back_up) = entry_mut(&mut tier.node, "back_up").filter(|back_up| is_off(back_up)) else {
            continue;
        };
        let place = back_up.place.clone();
        let entry = |name: &str, value: Value| Entry {
            name: name.to_string(),
            place: place.clone(),
            note: None,
            node: Node { value, place: place.clone() },
        };
        back_up.value = Value::Table(vec![
            entry("after", Value::Text("1min".to_string())),
            entry("times", Value::Whole(0)),
        ]);
    }
}

fn entry_mut<'a>(node: &'a mut Node, name: &str) -> Option<&'a mut Node> {
    node.entries_mut()?.iter_mut().find(|entry| entry.name == name).map(|entry| &mut entry.node)
}

/// Takes out every table that says `off = true`, and the word `off` itself.
pub(super) fn take_out_what_is_off(node: &mut Node) {
    if let Some(entries) = node.entries_mut() {
        entries.retain(|entry| !is_off(&entry.node));
        for entry in entries {
            if let Some(inner) = entry.node.entries_mut() {
                inner.retain(|key| !(key.name == "off" && key.node.value == Value::Flag(false)));
            }
            take_out_what_is_off(&mut entry.node);
        }
    }
}

fn is_off(node: &Node) -> bool {
    node.get("off").is_some_and(|off| off.value == Value::Flag(true))
}

/// The tree with every key of the tables that are there, in the format's order; what nobody wrote is marked as default.
pub(super) fn filled(tree: &Node) -> Node {
    filled_table(tree, &ROOT, Some(template()), "")
}

fn filled_table(node: &Node, table: &'static Table, preset: Option<&Node>, path: &str) -> Node {
    let mut full = Node::table(node.place.clone());
    for key in table.keys {
        let preset = preset.and_then(|preset| preset.entry(key.name));
        let entry = match node.entry(key.name) {
            Some(entry) => Some(Entry {
                node: filled_kind(
                    &entry.node,
                    &key.kind,
                    preset.map(|entry| &entry.node),
                    &join(path, key.name),
                ),
                ..entry.clone()
            }),
            None if !key.applies(table, node) => None,
            None => default_entry(key.name, key.missing, preset),
        };
        if let Some(entry) = entry {
            put(&mut full, entry);
        }
    }
    full
}

fn filled_kind(node: &Node, kind: &'static Kind, preset: Option<&Node>, path: &str) -> Node {
    match kind {
        Kind::Table(table) if node.is_table() => filled_table(node, table, preset, path),
        Kind::Named(named) if node.is_table() => {
            let mut full = Node::table(node.place.clone());
            for entry in node.entries() {
                // A name that the template does not have takes its defaults from the template's first such thing,
                // except a tier: another tier's rates would be a guess.
                let alike = preset.and_then(|preset| match preset.get(&entry.name) {
                    None if named.names != Names::Tiers => preset.entries().first().map(|first| &first.node),
                    same => same,
                });
                let inner = filled_kind(&entry.node, &named.entry, alike, &join(path, &entry.name));
                put(&mut full, Entry { node: inner, ..entry.clone() });
            }
            full
        }
        _ => node.clone(),
    }
}

fn default_entry(name: &str, missing: Missing, preset: Option<&Entry>) -> Option<Entry> {
    let (node, note) = match missing {
        Missing::Value(text, why) => {
            (parse::parse_value(text, text, Document::Default), Some(why.to_string()))
        }
        Missing::Template => {
            let preset = preset?;
            let note = preset.note.as_ref().map(|note| format!("template: {note}"));
            (preset.node.clone().moved_to(Document::Default), note)
        }
        _ => return None,
    };
    Some(Entry { name: name.to_string(), place: Place::DEFAULT, note, node })
}

/// A section that the file leaves out, with its defaults.
pub(super) fn filled_section(name: &str, section: &Node) -> Node {
    match ROOT.key(name).and_then(|key| key.kind.as_table()) {
        Some(table) => filled_table(section, table, template().get(name), name),
        None => section.clone(),
    }
}
