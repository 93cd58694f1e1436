//! New names beside a preset that look like a name the preset has: a mistyped source would bring its leads on top of the preset's own.

use super::merge::template;
use super::preset::layer;
use super::problem::Problem;
use super::tree::{Entry, Node, join};
use std::cmp::Ordering;

/// Tables whose names are looked at, what one of them is called, and what goes wrong if both stand in the scenario.
const TABLES: [(&str, &str, &str); 3] = [
    ("sources", "source", "both bring leads"),
    ("team", "group of reps", "both work leads"),
    ("tiers", "tier", "both are tiers"),
];

/// How much two names look like each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// One is part of the other: "webform" and "web".
    Part,
    /// The same but for spelling: "webinr" and "webinar".
    Spelling,
}

/// New names that are a preset's but for their spelling, each with the way out.
pub(super) fn problems(tree: &Node) -> Vec<Problem> {
    let misspelt = found(tree).into_iter().filter(|found| found.likeness == Likeness::Spelling);
    let problem = |found: Found<'_>| {
        Problem::new(&found.path(), found.message(), &found.entry.place).help(found.way_out())
    };
    misspelt.map(problem).collect()
}

/// New names that are a part of a preset's, or the other way round: likely meant, and worth a look.
pub(super) fn warnings(tree: &Node) -> Vec<String> {
    let parts = found(tree).into_iter().filter(|found| found.likeness == Likeness::Part);
    parts.map(|found| format!("{}: {}; {}", found.path(), found.message(), found.way_out())).collect()
}

/// A new name and the preset's it looks like.
struct Found<'a> {
    table: &'static str,
    what: &'static str,
    both: &'static str,
    entry: &'a Entry,
    of_preset: &'a str,
    likeness: Likeness,
}

impl Found<'_> {
    fn path(&self) -> String {
        join(self.table, &self.entry.name)
    }

    fn message(&self) -> String {
        format!(
            "this is a new {} `{}` beside the preset's `{}`, and {}",
            self.what, self.entry.name, self.of_preset, self.both
        )
    }

    fn way_out(&self) -> String {
        let heading = join(self.table, self.of_preset);
        format!(
            "did you mean [{heading}]? If both are meant, write the heading [{heading}] too, with nothing below it; \
             if the new one comes instead, write off = true below it"
        )
    }
}

fn found(tree: &Node) -> Vec<Found<'_>> {
    let mut all = Vec::new();
    if tree.get("preset").is_none() {
        return all;
    }
    for (table, what, both) in TABLES {
        let (Some(node), Some(preset)) = (tree.get(table), template().get(table)) else { continue };
        // what the file speaks of itself, its author knows of
        let silent = |name: &str| node.get(name).is_some_and(|entry| layer(entry) == 0);
        let known: Vec<&str> = preset.entries().iter().map(|entry| entry.name.as_str()).collect();
        for entry in node.entries().iter().filter(|entry| !known.contains(&entry.name.as_str())) {
            let alike = known
                .iter()
                .copied()
                .filter(|name| silent(name))
                .filter_map(|name| likeness(table, &entry.name, name).map(|likeness| (likeness, name)));
            if let Some((likeness, of_preset)) = alike.max_by(closer(&entry.name)) {
                all.push(Found { table, what, both, entry, of_preset, likeness });
            }
        }
    }
    all
}

/// Which of two looks more like a name.
fn closer(name: &str) -> impl Fn(&(Likeness, &str), &(Likeness, &str)) -> Ordering {
    move |a, b| {
        let score = |other: &str| strsim::jaro_winkler(name, other);
        a.0.cmp(&b.0).then(score(a.1).total_cmp(&score(b.1)))
    }
}

fn likeness(table: &str, name: &str, of_preset: &str) -> Option<Likeness> {
    let (one, other) = (letters(table, name), letters(table, of_preset));
    if one == other || singular(&one) == singular(&other) {
        return Some(Likeness::Spelling);
    }
    let shorter = one.len().min(other.len());
    let slips = if shorter >= 8 { 2 } else { 1 };
    // a number more or less is no slip: webinar_2
    let same_number = digits(&one) == digits(&other);
    if same_number && shorter >= 4 && strsim::damerau_levenshtein(&one, &other) <= slips {
        return Some(Likeness::Spelling);
    }
    let part = table == "sources" && shorter >= 3 && (one.contains(&other) || other.contains(&one));
    part.then_some(Likeness::Part)
}

/// A name without what people write now and then: capitals, signs between words, "tier" before a tier's number.
fn letters(table: &str, name: &str) -> String {
    let plain: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    if table != "tiers" {
        return plain;
    }
    let number = plain.trim_start_matches("tier").trim_start_matches('0');
    if number.is_empty() { plain } else { number.to_owned() }
}

fn singular(name: &str) -> &str {
    if name.len() > 3 { name.trim_end_matches('s') } else { name }
}

fn digits(name: &str) -> String {
    name.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_names_of_their_own() {
        use Likeness::{Part, Spelling};
        for (table, name, of_preset, expected) in [
            ("sources", "webinr", "webinar", Some(Spelling)),
            ("sources", "webinars", "webinar", Some(Spelling)),
            ("sources", "demo-form", "demo_form", Some(Spelling)),
            ("sources", "high_score_inbond", "high_score_inbound", Some(Spelling)),
            ("sources", "webform", "web", Some(Part)),
            ("sources", "webinar_2", "webinar", Some(Part)),
            ("sources", "partners", "webinar", None),
            ("sources", "contest", "content", Some(Spelling)),
            ("team", "rep", "reps", Some(Spelling)),
            ("team", "reps_emea", "reps", None),
            ("team", "night", "reps", None),
            ("tiers", "tier_1", "1", Some(Spelling)),
            ("tiers", "01", "1", Some(Spelling)),
            ("tiers", "4", "3", None),
            ("tiers", "11", "1", None),
        ] {
            assert_eq!(likeness(table, name, of_preset), expected, "{name} beside {of_preset}");
        }
    }
}
