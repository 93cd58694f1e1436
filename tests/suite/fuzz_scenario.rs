//! The scenario reader: spoiled scenarios, and bytes that were never one.

use super::Met;
use super::bytes::Choices;
use super::mutate::spoiled;
use leadsim::scenario::{self, Set};
use std::path::Path;

/// Where the shipped scenarios lie, and what they name.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");

const SHIPPED: [&str; 9] = [
    include_str!("../../scenarios/start-up.toml"),
    include_str!("../../scenarios/template.toml"),
    include_str!("../../scenarios/replay.toml"),
    include_str!("../../scenarios/campaign-3x.toml"),
    include_str!("../../scenarios/enterprise-desk.toml"),
    include_str!("../../scenarios/nights-and-weekends.toml"),
    include_str!("../../scenarios/single-owner-meetings.toml"),
    include_str!("../../scenarios/template-back-up.toml"),
    include_str!("../../scenarios/template-pooled.toml"),
];

/// Reads a spoiled scenario, perhaps with a change on top.
pub fn target(bytes: &[u8]) -> Result<Met, String> {
    let mut choices = Choices::new(bytes);
    let text = match choices.below(8) {
        7 => String::from_utf8_lossy(choices.rest()).into_owned(),
        _ => {
            let shipped = choices.of(&SHIPPED);
            spoiled(shipped, 6, &mut choices)
        }
    };
    let option = spoiled("team.reps.count=7", 2, &mut choices);
    let sets: Vec<Set> = Set::parse(&option).ok().filter(|_| choices.one_in(3)).into_iter().collect();
    read(&text, &sets)
}

fn read(text: &str, sets: &[Set]) -> Result<Met, String> {
    let problems = match scenario::from_text(text, "fuzz", Path::new(FOLDER), sets) {
        Ok(scenario) => {
            let told = scenario::explain_text(&scenario::explain(&scenario));
            return if told.contains("format") { Ok(Met::Accepted) } else { Err("explains nothing".into()) };
        }
        Err(problems) => problems,
    };
    let shown = problems.to_string();
    if problems.list.is_empty() || !shown.contains("fuzz.toml") {
        return Err(format!("refused without a reason: {shown}\n{text}"));
    }
    let lines = text.lines().count().max(1);
    for problem in &problems.list {
        let whole_file = problem.path.is_empty() && problem.span.is_none();
        let in_file = problem.line().is_some_and(|line| line <= lines + 1);
        if !(whole_file || in_file || problem.option().is_some()) {
            return Err(format!("no line for {:?}\n{text}", problem));
        }
        if problem.message.is_empty() {
            return Err(format!("no words for {:?}\n{text}", problem));
        }
    }
    Ok(Met::Refused)
}
