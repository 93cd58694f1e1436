//! Which constraint binds, as a page: what binds and what does not in a sentence, then each constraint alone and its fair share, in
//! leads in time, in opportunities and in dollars.

use super::binding_part;
use super::binding_rows::rows;
use super::binding_words::{lifted, name, none_here, noun, unit, without};
use super::comparison_words::{Scaled, value};
use super::names;
use super::text::{COLUMNS, columns, wrapped};
use super::wording::{JOINT, TrialWord, goal, list, plain, thousands, whole_percent};
use crate::model::Model;
use crate::plan::constraints::Constraint;
use crate::plan::why::{Asked, Gain, OtherCurve, Ranking, Why};
use crate::plan::yardstick::Yardstick;
use crate::stats::Estimate;
use crate::stats::shapley::Orders;
use crate::study::Unit;

/// What the answer is shown with.
#[derive(Debug)]
pub struct WhyPage<'a> {
    /// The scenario's name.
    pub name: &'a str,
    /// The scenario as it is today.
    pub model: &'a Model,
    /// What was asked.
    pub asked: &'a Asked,
    /// The answer.
    pub why: &'a Why,
}

impl WhyPage<'_> {
    pub(super) fn trial(&self) -> TrialWord {
        TrialWord::of(&self.model.horizon)
    }

    /// The ranking of the first sentence.
    pub(super) fn main(&self) -> &Ranking {
        self.why.rankings.first().expect("opportunities are always ranked")
    }

    /// "S1 (Tier 1 within 15 minutes)"; opportunities where no promise leads.
    pub(super) fn subject(&self) -> String {
        match self.asked.promise.filter(|_| self.main().yardstick == Yardstick::Attainment) {
            Some(place) => {
                let promise = &self.model.agreement.commitments[place];
                format!("{} ({})", promise.id, names::promise(self.model, promise))
            }
            None => format!("opportunities a {}", self.trial().one),
        }
    }
}

/// The largest shares that together make up so much of the gap are said to bind.
const MOST_OF_THE_GAP: f64 = 0.75;

/// Headcount is said not to bind where its share is below this part of the smallest share that does.
const SMALL_BESIDE: f64 = 0.25;

/// A constraint's part of the gap; what it brings alone where shares were not finished.
fn part(gain: &Gain) -> Estimate {
    gain.share.unwrap_or(gain.alone)
}

/// Whether a gain is really one.
pub(super) fn helps(estimate: &Estimate) -> bool {
    estimate.shown().is_some_and(|(low, _)| low > 0.0)
}

fn hurts(estimate: &Estimate) -> bool {
    estimate.shown().is_some_and(|(_, high)| high < 0.0)
}

/// The page as text.
pub fn why_page(page: &WhyPage<'_>) -> String {
    let mut text = String::new();
    let mut paragraph = |words: &str| {
        for line in wrapped(words, COLUMNS) {
            text.push_str(&line);
            text.push('\n');
        }
    };
    paragraph(&answer(page));
    paragraph(&gap(page));
    if let Some(words) = other_curve(page) {
        paragraph(&words);
    }
    for ranking in &page.why.rankings {
        text.push('\n');
        text.push_str(&columns(&rows(page, ranking), 1));
    }
    text.push('\n');
    for words in small_print(page) {
        for line in wrapped(&words, COLUMNS) {
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// Those that make up most of the gap, the largest share first.
fn binding(ranking: &Ranking) -> Vec<&Gain> {
    let whole = ranking.gap.value;
    let mut binding: Vec<&Gain> = ranking.gains.iter().filter(|gain| helps(&part(gain))).collect();
    binding.sort_by(|a, b| part(b).value.total_cmp(&part(a).value));
    let mut sum = 0.0;
    let enough = binding.iter().position(|gain| {
        sum += part(gain).value;
        sum >= MOST_OF_THE_GAP * whole
    });
    binding.truncate(enough.map_or(binding.len(), |last| last + 1));
    binding
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// "11.2 points more Tier 1 leads would be on time (10.8 to 11.6)".
pub(super) fn brings(page: &WhyPage<'_>, ranking: &Ranking, gain: &Gain) -> String {
    let scaled = Scaled::of(unit(ranking.yardstick), gain.alone);
    let size = scaled.size(gain.alone.value);
    let more = if gain.alone.value < 0.0 { "fewer" } else { "more" };
    let what = match ranking.yardstick {
        Yardstick::Attainment => {
            let promise = page.asked.promise.map(|place| &page.model.agreement.commitments[place]);
            let whom = promise.map_or("leads".to_owned(), |promise| {
                let covered = names::covered(page.model, promise);
                if covered == "All leads" { "leads".into() } else { format!("{covered} leads") }
            });
            format!("{size} {more} {whom} would be on time")
        }
        Yardstick::Opportunities => {
            format!("{size} {more} opportunities a {} would come", page.trial().one)
        }
        Yardstick::Pipeline => format!("{size} {more} pipeline a {} would come", page.trial().one),
    };
    format!("{what}{}", within(scaled, gain.alone))
}

fn within(scaled: Scaled, estimate: Estimate) -> String {
    let ends = scaled.sizes(estimate);
    if ends.is_empty() { String::new() } else { format!(" ({ends})") }
}

/// The first sentence: what binds, what does not, and what the best single step and one more rep would bring.
pub(super) fn answer(page: &WhyPage<'_>) -> String {
    if page.why.is_part() {
        return binding_part::answer(page);
    }
    let ranking = page.main();
    let Some(best) = ranking.gains.first() else {
        return format!(
            "Nothing in this scenario binds {}: it has none of the eight constraints.",
            page.subject()
        );
    };
    if best.alone.shown().is_none() {
        return format!(
            "Too few {} to say what binds {}: play 50 or more.",
            page.trial().many,
            page.subject()
        );
    }
    let binding = binding(ranking);
    if let (false, Some(sure)) = (helps(&best.alone), ranking.gains.iter().find(|gain| helps(&gain.alone))) {
        // The largest need not be the surest.
        let scaled = Scaled::of(unit(ranking.yardstick), best.alone);
        return format!(
            "Of what binds {} only this is sure: {} {}; {} would bring {}{}, which cannot be told from nothing.",
            page.subject(),
            without(sure.constraint),
            brings(page, ranking, sure),
            without(best.constraint),
            scaled.signed(best.alone.value),
            bracketed(scaled, best.alone)
        );
    }
    if helps(&best.alone) && binding.is_empty() {
        return format!(
            "What binds {} cannot be parted among constraints: {} {}, but no share of the whole is sure.",
            page.subject(),
            without(best.constraint),
            brings(page, ranking, best)
        );
    }
    if !helps(&best.alone) {
        let all = Scaled::of(unit(ranking.yardstick), ranking.gap);
        return format!(
            "No constraint alone binds {}: none of {} taken away alone really helps, all together {} ({}).",
            page.subject(),
            thousands(ranking.gains.len() as u64),
            all.with_unit(ranking.gap.value),
            all.ends(ranking.gap)
        );
    }
    let nouns: Vec<String> = binding.iter().map(|gain| noun(gain.constraint).to_owned()).collect();
    let verb = if nouns.len() == 1 && !nouns[0].ends_with('s') { "binds" } else { "bind" };
    let volume = ranking.gains.iter().find(|gain| gain.constraint == Constraint::Volume);
    let smallest = binding.last().map_or(0.0, |gain| part(gain).value);
    let is_small = |volume: &Gain| part(volume).value < SMALL_BESIDE * smallest;
    let not = if volume.is_some_and(is_small) { ", not headcount" } else { "" };
    let mut text = format!(
        "{} {verb}{not}: {} {}",
        capital(&list(&nouns)),
        without(best.constraint),
        brings(page, ranking, best)
    );
    let one = |gain: &Gain| {
        let scaled = Scaled::of(unit(ranking.yardstick), gain.alone);
        match helps(&gain.alone) || hurts(&gain.alone) {
            true => format!("{}{}", scaled.signed(gain.alone.value), bracketed(scaled, gain.alone)),
            false if is_nothing(scaled, gain.alone) => "nothing".into(),
            false => format!("nothing that can be told{}", bracketed(scaled, gain.alone)),
        }
    };
    if let Some(second) = ranking.gains.get(1).filter(|second| second.constraint != Constraint::Volume) {
        text.push_str(&format!("; next, {}, {}", without(second.constraint), one(second)));
    }
    if let Some(volume) = volume.filter(|volume| volume.constraint != best.constraint) {
        text.push_str(&format!("; one more rep brings {}", one(volume)));
    }
    text + "."
}

/// Whether even the ends of the interval round to nothing.
fn is_nothing(scaled: Scaled, estimate: Estimate) -> bool {
    let ends = estimate.shown().unwrap_or((f64::NAN, f64::NAN));
    let shown = format!("{}{}", scaled.signed(ends.0), scaled.signed(ends.1));
    !shown.contains(['+', '−'])
}

fn bracketed(scaled: Scaled, estimate: Estimate) -> String {
    let ends = scaled.ends(estimate);
    if ends.is_empty() { String::new() } else { format!(" ({ends})") }
}

/// "64.9 % (64.2 to 65.6)".
pub(super) fn with_interval(unit: Unit, estimate: Estimate) -> String {
    let at =
        |end: f64| plain(&value(unit, Estimate { value: end, ..estimate })).trim_end_matches(" %").to_owned();
    let ends =
        estimate.shown().map_or(String::new(), |(low, high)| format!(" ({} to {})", at(low), at(high)));
    format!("{}{ends}", value(unit, estimate))
}

/// A part of the leads that no constraint explains is said from here on.
const WORTH_SAYING: f64 = 0.01;

/// The whole gap, and how far what each brings alone is from adding up.
pub(super) fn gap(page: &WhyPage<'_>) -> String {
    let ranking = page.main();
    let unit = unit(ranking.yardstick);
    if page.why.is_part() {
        return format!("{} today: {}.", capital(&page.subject()), with_interval(unit, ranking.today));
    }
    let scaled = Scaled::of(unit, ranking.gap);
    let mut text = format!(
        "{} today: {}; with everything taken away {}; that is {}{}.",
        capital(&page.subject()),
        with_interval(unit, ranking.today),
        with_interval(unit, ranking.everything),
        scaled.with_unit(ranking.gap.value),
        bracketed(scaled, ranking.gap)
    );
    let rest = 1.0 - ranking.everything.value;
    if ranking.yardstick == Yardstick::Attainment && rest >= WORTH_SAYING {
        text.push_str(&format!(
            " The other {:.1} points are none of these: nobody on shift when leads come, lunch, leave, and the work itself; `leadsim run` tells what late leads wait for.",
            rest * 100.0
        ));
    }
    let alone: f64 = ranking.gains.iter().map(|gain| gain.alone.value).sum();
    let few = if alone < ranking.gap.value { "less" } else { "more" };
    if ranking.gains.len() > 1 && helps(&ranking.gap) {
        text.push_str(&format!(
            " What each brings alone adds up to {}, {few} than the whole, because {}; the share is each one's part of the whole, its gain averaged over the orders in which all could go.",
            scaled.with_unit(alone),
            if few == "less" { "some help only once others are gone" } else { "they stand in for each other" }
        ));
    }
    text
}

/// Whether another decay curve ranks constraints otherwise.
pub(super) fn other_curve(page: &WhyPage<'_>) -> Option<String> {
    let own = page.model.buyers.decay.as_ref().map(|decay| decay.curve.name.clone());
    Some(match page.why.other.as_ref()? {
        OtherCurve::Refused { curve, why } => {
            format!("Whether the ranking by dollars holds under the curve \"{curve}\" cannot be said: {why}.")
        }
        OtherCurve::Played { curve, moved_to_contact, alone, swapped, open, trials } => {
            let own = own.unwrap_or_default();
            let moved = moved_to_contact.map_or(String::new(), |share| {
                format!(" (with {}{JOINT}% of its effect on contact)", whole_percent(share))
            });
            let top = alone.first().map_or(String::new(), |(constraint, estimate)| {
                let scaled = Scaled::of(unit(Yardstick::Pipeline), *estimate);
                format!(
                    ": first comes {} with {}{}",
                    name(*constraint),
                    scaled.with_unit(estimate.value),
                    bracketed(scaled, *estimate)
                )
            });
            let before = |pairs: &[(Constraint, Constraint)]| {
                let told = pairs
                    .iter()
                    .map(|(ahead, behind)| format!("{} is surely before {}", name(*behind), name(*ahead)));
                list(&told.collect::<Vec<_>>())
            };
            let verdict = match (swapped.as_slice(), open.as_slice()) {
                ([], []) => "does not change, as far as can be told".to_owned(),
                ([], open) => format!("may change or not ({}, which \"{own}\" does not tell)", before(open)),
                (pairs, _) => format!("changes ({})", before(pairs)),
            };
            format!(
                "Under the decay curve \"{curve}\" instead of \"{own}\"{moved} the ranking by dollars {verdict}{top} ({}).",
                page.trial().count(*trials)
            )
        }
    })
}

fn small_print(page: &WhyPage<'_>) -> Vec<String> {
    binding_part::stopped(page).into_iter().chain(meanings(page)).chain([how_sure(page)]).collect()
}

/// What taking each constraint away means, and which there are none of.
pub(super) fn meanings(page: &WhyPage<'_>) -> Vec<String> {
    let why = page.why;
    let mut lines: Vec<String> = Vec::new();
    let each: Vec<String> =
        why.present.iter().map(|c| format!("{}: {}", name(*c), lifted(*c, why.joins.as_deref()))).collect();
    if !each.is_empty() {
        lines.push(format!("Taken away means: {}.", each.join(". ")));
    }
    let none: Vec<String> =
        why.absent.iter().map(|c| format!("{}: {}", name(*c), none_here(*c, page.model))).collect();
    if !none.is_empty() {
        lines.push(format!("None here, so exactly 0: {}.", none.join(". ")));
    }
    lines
}

/// How the numbers were made.
pub(super) fn how_sure(page: &WhyPage<'_>) -> String {
    let (why, asked) = (page.why, page.asked);
    let orders = match why.orders {
        Orders::All => "all orders, exactly".to_owned(),
        Orders::DrawnPair => "an order drawn for each and the same one backwards".to_owned(),
    };
    let has_shares = page.main().gains.iter().any(|gain| gain.share.is_some());
    let shares = match has_shares {
        true => format!(
            " Shares: Shapley values over {orders}, intervals from how they vary between {}; they add up to the gap.",
            page.trial().many
        ),
        false => String::new(),
    };
    format!(
        "{} of each, seed {}; {} scenarios, {} in all.{shares} Intervals of a column hold together at {} (Bonferroni, {:.2}{JOINT}% each).{}",
        page.trial().count(asked.trials),
        asked.seed,
        thousands(why.scenarios),
        page.trial().count(why.played),
        goal(asked.level),
        why.level_of_each * 100.0,
        saved(page)
    )
}

/// What the same leads through each were worth.
fn saved(page: &WhyPage<'_>) -> String {
    let mut factors: Vec<f64> = page.main().gains.iter().filter_map(|gain| gain.worth).collect();
    factors.sort_by(f64::total_cmp);
    let told = |factor: f64| {
        if factor < 10.0 { format!("{factor:.1}") } else { thousands(factor.round() as u64) }
    };
    match factors.as_slice() {
        [] => String::new(),
        [only] => format!(
            " The same leads through each saved: without them it would take {} times the trials.",
            told(*only)
        ),
        [least, .., most] => format!(
            " The same leads through each saved: without them the first table would take {} to {} times the trials.",
            told(*least),
            told(*most)
        ),
    }
}
