//! A comparison as a page: which is better and by how much, what differs in the inputs, what moved, and what did not.

use super::comparison_answer as answer;
use super::comparison_curves as curves;
use super::comparison_words::{Clock, Scaled, measure, value};
use super::directions::named;
use super::text::{COLUMNS, columns, wrapped};
use super::wording::{TrialWord, goal, list, plain, plural, thousands};
use crate::model::Model;
use crate::plan::compare::{Comparison, Versus};
use crate::plan::compare_curves::OtherCurve;
use crate::plan::differences::Difference;
use crate::plan::inputs::Input;
use crate::study::{Scope, Unit};

/// What a comparison is shown with.
#[derive(Debug)]
pub struct ComparisonPage<'a> {
    /// The answers.
    pub comparison: &'a Comparison,
    /// The same money under a second decay curve.
    pub other: Option<&'a OtherCurve>,
    /// What is simulated: the base, then each alternative.
    pub models: Vec<&'a Model>,
    /// What each alternative says differently.
    pub inputs: Vec<Vec<Input>>,
    /// What the pairing shares less of than the whole.
    pub notes: Vec<String>,
    /// Seed.
    pub seed: u64,
    /// Alternatives planned; more than there are if the user stopped it.
    pub planned: usize,
}

impl ComparisonPage<'_> {
    /// What the reader must know of the pairing, and of decay.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = self.notes.clone();
        for versus in self.comparison.others.iter().filter(|versus| versus.is_calibrated_apart) {
            notes.push(format!(
                "rates are those seen in a file as it stands, and {0} answers at another speed than {1}: what speed brings in opportunities does not show between the two; write the change as --line on {1}, or buyers.decay.seen_under = \"preset\" in both, to see it",
                versus.name, self.comparison.base
            ));
        }
        notes
    }

    pub(super) fn trial(&self) -> TrialWord {
        TrialWord::of(&self.models[0].horizon)
    }

    /// The measure in words, as the base has it.
    pub(super) fn measure(&self, difference: &Difference) -> String {
        measure(self.models[0], &difference.finding)
    }
}

/// Inputs told on the page; the rest stands in inputs.csv.
const MOST_INPUTS: usize = 8;
/// Letters of a value on the page.
const MOST_LETTERS: usize = 26;
/// Measures besides the main ones that the page shows; the rest stands in differences.csv.
const MOST_OTHERS: usize = 10;

/// The page of a comparison.
pub fn comparison_page(page: &ComparisonPage<'_>) -> String {
    let comparison = page.comparison;
    let mut text = String::new();
    if comparison.others.len() < page.planned {
        text.push_str(&format!(
            "first {} of {} alternatives; stopped\n",
            comparison.others.len(),
            page.planned
        ));
    }
    for sentence in answer::sentences(page) {
        paragraph(&mut text, &sentence);
    }
    if let Some(words) = curves::sentence(page) {
        paragraph(&mut text, &words);
    }
    for (place, versus) in comparison.others.iter().enumerate() {
        text.push('\n');
        text.push_str(&inputs_of(page, place, versus));
        text.push('\n');
        text.push_str(&moved(page, versus));
        paragraph(&mut text, &not_moved(page, versus));
        only_in_one(&mut text, page, versus);
    }
    text.push('\n');
    for note in page.notes() {
        paragraph(&mut text, &format!("Note: {note}."));
    }
    paragraph(&mut text, &small_print(page));
    text
}

fn paragraph(text: &mut String, words: &str) {
    for line in wrapped(words, COLUMNS) {
        text.push_str(&line);
        text.push('\n');
    }
}

/// What differs in the inputs, as a table.
fn inputs_of(page: &ComparisonPage<'_>, place: usize, versus: &Versus) -> String {
    let Some(inputs) = page.inputs.get(place).filter(|inputs| !inputs.is_empty()) else {
        return format!("{} and {} say the same.\n", page.comparison.base, versus.name);
    };
    let cell = |value: &Option<String>| {
        let value = value.as_deref().unwrap_or("–");
        let short = if value.starts_with("off") { "off" } else { value };
        shortened(short, MOST_LETTERS)
    };
    let mut rows = vec![vec!["WHAT DIFFERS".into(), heading(&page.comparison.base), heading(&versus.name)]];
    for input in inputs.iter().take(MOST_INPUTS) {
        rows.push(vec![named(&input.path), cell(&input.base), cell(&input.other)]);
    }
    let mut text = columns(&rows, 3);
    if inputs.len() > MOST_INPUTS {
        text.push_str(&format!("and {} more, all in inputs.csv\n", inputs.len() - MOST_INPUTS));
    }
    text
}

fn heading(name: &str) -> String {
    shortened(&name.to_uppercase(), MOST_LETTERS)
}

fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        text.to_owned()
    } else {
        text.chars().take(most - 1).chain(['…']).collect()
    }
}

/// The main measures that moved, then the strongest of the others over all leads.
pub(super) fn shown(versus: &Versus) -> (Vec<&Difference>, Vec<&Difference>) {
    let both = &versus.differences.both;
    let mains = versus.mains.iter().map(|place| &both[*place]).filter(|d| d.moved).collect();
    let is_whole = |d: &Difference| {
        d.finding.scope == Scope::All && (d.finding.tier.is_none() || d.finding.commitment.is_some())
    };
    let mut others: Vec<&Difference> = both
        .iter()
        .enumerate()
        .filter(|(place, d)| d.moved && is_whole(d) && !versus.mains.contains(place))
        .map(|(_, d)| d)
        .collect();
    let strength = |d: &Difference| {
        let half = d.difference.half_width().unwrap_or(0.0);
        if half > 0.0 { d.difference.value.abs() / half } else { f64::INFINITY }
    };
    others.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    others.truncate(MOST_OTHERS);
    (mains, others)
}

fn moved(page: &ComparisonPage<'_>, versus: &Versus) -> String {
    let (mains, others) = shown(versus);
    if mains.is_empty() && others.is_empty() {
        return String::new();
    }
    let level = goal(page.comparison.levels.together);
    let mut rows = vec![vec![
        "WHAT MOVES".into(),
        shortened(&heading(&page.comparison.base), 16),
        shortened(&heading(&versus.name), 16),
        "DIFFERENCE".into(),
        format!("ALL TOGETHER {} CI", plain(&level)),
    ]];
    for difference in mains.iter().chain(&others) {
        rows.push(row(page, difference));
    }
    let all = versus.differences.both.iter().filter(|d| d.moved).count();
    let hidden = all - mains.len() - others.len();
    let mut text = columns(&rows, 1);
    if hidden > 0 {
        text.push_str(&format!("and {} more by tier, cause or step, all in differences.csv\n", hidden));
    }
    text
}

/// The unit of all times that the page shows.
pub(super) fn clock(page: &ComparisonPage<'_>) -> Option<Clock> {
    let shown = page.comparison.others.iter().flat_map(|versus| {
        let (mains, others) = shown(versus);
        mains.into_iter().chain(others).collect::<Vec<_>>()
    });
    Clock::of(shown.map(|d| (d.finding.unit, &d.difference)))
}

fn row(page: &ComparisonPage<'_>, difference: &Difference) -> Vec<String> {
    let unit = difference.finding.unit;
    let clock = clock(page);
    let scaled = Scaled::on(clock, unit, difference.difference);
    let value = |estimate| {
        clock.and_then(|clock| clock.written(unit, estimate)).unwrap_or_else(|| value(unit, estimate))
    };
    vec![
        shortened(&page.measure(difference), 44),
        value(difference.base),
        value(difference.other),
        plain(&scaled.with_unit(difference.difference.value)).replace(" points", " pts"),
        scaled.ends(difference.difference),
    ]
}

/// How many measures did not move, and the largest difference that could still hide in the main ones.
pub(super) fn not_moved(page: &ComparisonPage<'_>, versus: &Versus) -> String {
    let both = &versus.differences.both;
    let still = |place: &usize| !both[*place].moved;
    let mains: Vec<&Difference> = versus.mains.iter().filter(|p| still(p)).map(|p| &both[*p]).collect();
    let same = mains.iter().filter(|d| d.is_same).count();
    if mains.iter().any(|d| !d.is_same) && mains.iter().all(|d| d.is_same || d.difference.shown().is_none()) {
        return format!(
            "{} are too few to say of any measure whether it moved ({} of {} main ones are the same in every {}); play 50 or more.",
            page.trial().count(page.comparison.trials),
            same,
            versus.mains.len(),
            page.trial().one
        );
    }
    let mut largest: Vec<(Unit, &Difference, f64)> = Vec::new();
    for difference in mains.iter().filter(|d| !d.is_same) {
        let Some((low, high)) = difference.difference.shown() else { continue };
        let most = low.abs().max(high.abs());
        let unit = difference.finding.unit;
        match largest.iter_mut().find(|(other, ..)| *other == unit) {
            Some(found) if found.2 < most => *found = (unit, difference, most),
            Some(_) => {}
            None => largest.push((unit, difference, most)),
        }
    }
    let bounds: Vec<String> = largest
        .iter()
        .map(|(unit, d, most)| {
            format!("{} ({})", Scaled::of(*unit, d.difference).size(*most), page.measure(d))
        })
        .collect();
    let all = both.iter().filter(|d| !d.moved).count();
    let mut text = format!(
        "No real difference in {} of {} main measures{}",
        mains.len(),
        versus.mains.len(),
        if same > 0 {
            format!(" ({} the same in every {})", thousands(same as u64), page.trial().one)
        } else {
            String::new()
        }
    );
    if !bounds.is_empty() {
        text.push_str(&format!("; at most {} could still hide there", list(&bounds)));
    }
    text.push_str(&format!(
        ". Of all {} measures {} did not move.",
        thousands(both.len() as u64),
        thousands(all as u64)
    ));
    text
}

/// Measures that only one of the two has: promises by their id, the others as a count.
fn only_in_one(text: &mut String, page: &ComparisonPage<'_>, versus: &Versus) {
    let sides = [
        (&page.comparison.base, &versus.differences.only_base),
        (&versus.name, &versus.differences.only_other),
    ];
    for (name, only) in sides.into_iter().filter(|(_, only)| !only.is_empty()) {
        let mut ids: Vec<&str> = only.iter().filter_map(|finding| finding.commitment.as_deref()).collect();
        ids.dedup();
        let promises = if ids.is_empty() { String::new() } else { format!("; promises: {}", ids.join(", ")) };
        let many = plural(only.len() as u64, "measure", "measures");
        paragraph(text, &format!("Only in {name}: {many}{promises} (differences.csv)."));
    }
}

pub(super) fn small_print(page: &ComparisonPage<'_>) -> String {
    let comparison = page.comparison;
    let levels = comparison.levels;
    let worth: Vec<String> = comparison
        .others
        .iter()
        .filter_map(|versus| {
            let factor = versus.headline()?.worth?;
            let whose =
                if comparison.others.len() > 1 { format!(" ({})", versus.name) } else { String::new() };
            let factor =
                if factor < 10.0 { format!("{factor:.1}") } else { thousands(factor.round() as u64) };
            Some(format!("{factor} times the trials{whose}"))
        })
        .collect();
    let saved = if worth.is_empty() {
        String::new()
    } else {
        format!(" The same leads through each were worth {} for the headline.", worth.join(", "))
    };
    format!(
        "{} each, seed {}, the same leads through each; differences trial by trial. All intervals hold together at {} (Bonferroni: {} main comparisons at {} each, {} others at {}); \"moves\" is what leaves 0 out, and of goals reached also the sign test.{}{saved}",
        page.trial().count(comparison.trials),
        page.seed,
        goal(levels.together),
        levels.mains,
        finely(levels.main),
        thousands(levels.others as u64),
        finely(levels.rest),
        curves::beside_the_others(page),
    )
}

/// A level in per cent with the digits that tell it from 100.
pub(super) fn finely(level: f64) -> String {
    let missing = (1.0 - level) * 100.0;
    let digits = if missing > 0.0 { (1.0 - missing.log10().floor()).clamp(0.0, 9.0) as usize } else { 0 };
    format!("{:.digits$}\u{a0}%", level * 100.0)
}
