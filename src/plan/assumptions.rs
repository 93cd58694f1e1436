//! What a plan rests on: every input that is guessed rather than known, with how low and how high it may really be.

use crate::model::{Busyness, Contact, Model, RepGroup};
use crate::random::Law;

/// An input at a low and at a high value.
#[derive(Debug, Clone)]
pub struct Input {
    /// What it is: "leads that come", or the path of a value.
    pub name: String,
    /// Low end: one in ten is lower.
    pub low: Side,
    /// High end: one in ten is higher.
    pub high: Side,
    /// Why these ends.
    pub source: String,
    /// Whether it stands in for money only: it cannot move a promise.
    pub money_only: bool,
}

/// One end of an input.
#[derive(Debug, Clone)]
pub struct Side {
    /// The value in words: "−20 %", "12min".
    pub words: String,
    /// What is simulated, its decay not yet calibrated.
    pub model: Model,
    /// On which the decay is calibrated; none for today's scenario.
    pub base: Option<Model>,
}

/// How a default spread is written and made.
enum Spread {
    /// Everything multiplied; the changed model, or none where there is nothing to change.
    Times(f64, f64, fn(&mut Model, f64) -> bool),
    /// Odds multiplied; also reads one of the probabilities, for words.
    Odds(f64, f64, fn(&mut Model) -> Vec<&mut f64>),
}

/// One default spread.
struct Default {
    name: &'static str,
    spread: Spread,
    source: &'static str,
    money_only: bool,
    /// A path with one of these in it says the same, and takes its place.
    paths: &'static [&'static str],
}

impl Default {
    /// Whether it changes how buyers behave, on which the decay is calibrated.
    fn is_about_buyers(&self) -> bool {
        let buyers = ["buyers.", ".contact", ".accepted", ".qualified", ".opportunity", ".won"];
        self.paths.iter().any(|path| buyers.iter().any(|part| path.starts_with(part)))
    }
}

/// leadsim's own spreads say so; others name their source (docs/EVIDENCE.md).
const CHOICE: &str = "leadsim's choice";

/// Every input that matters and is usually guessed.
fn defaults() -> Vec<Default> {
    use Spread::{Odds, Times};
    let of = |name, paths, spread, source| Default { name, spread, source, money_only: false, paths };
    let money = |name, paths, spread, source| Default { name, spread, source, money_only: true, paths };
    vec![
        of("leads that come", &["sources."], Times(0.8, 1.25, volume), CHOICE),
        of(
            "unevenness of days (squared variation)",
            &["leads.busyness"],
            Times(0.5, 2.0, unevenness),
            "leadsim's choice, about the range of 1.3 to 7.0 for variance over mean in one real log (EVIDENCE)",
        ),
        of(
            "minutes of reading a new lead",
            &["work.review", "work.rejection"],
            Times(0.67, 1.5, review),
            CHOICE,
        ),
        of(
            "minutes of calls, emails, messages",
            &["work.dial", "work.voicemail", "work.email", "work.linkedin"],
            Times(0.67, 1.5, attempts),
            CHOICE,
        ),
        of(
            "minutes of conversations and logging",
            &["work.conversation", "work.logging", "work.reply"],
            Times(0.67, 1.5, talks),
            CHOICE,
        ),
        of("time until an alert is noticed", &[".attention"], Times(0.5, 2.0, attention), CHOICE),
        of(
            "time until a lead is routed",
            &["routing.delay", "by_hand.delay"],
            Times(0.5, 2.0, routing),
            CHOICE,
        ),
        of(
            "leads the automation misses",
            &["routing.fails"],
            Odds(0.5, 2.0, |m| vec![&mut m.routing.fails]),
            CHOICE,
        ),
        of(
            "meetings that come by chance",
            &[".meetings"],
            Times(0.7, 1.42, meetings),
            "high: 6.4 hours a week with preparation, from 2,000 salespeople, against 4.5 (template); low: leadsim's choice",
        ),
        of("other work of the reps", &[".own_work"], Times(0.5, 2.0, own_work), CHOICE),
        of("sickness and leave", &[".sick", ".leave"], Times(0.5, 1.5, absence), CHOICE),
        of("leads that are never worked", &[".never_worked"], Odds(0.5, 2.0, never_worked), CHOICE),
        of("cadences that are given up", &[".gives_up"], Odds(0.5, 2.0, gives_up), CHOICE),
        of(
            "attempts that are answered",
            &[".contact"],
            Odds(0.67, 1.5, contact),
            "leadsim's choice; published rates differ by far more (EVIDENCE)",
        ),
        of(
            "leads that sales accepts",
            &[".accepted"],
            Odds(0.6, 1.67, |m| m.buyers.tiers.iter_mut().map(|t| &mut t.accepted).collect()),
            "published 60 to 80 % where the template has 78 % (template, EVIDENCE)",
        ),
        of(
            "conversations that qualify",
            &[".qualified"],
            Odds(0.67, 1.5, |m| m.buyers.tiers.iter_mut().map(|t| &mut t.qualified).collect()),
            CHOICE,
        ),
        of(
            "meetings that are held",
            &["buyers.booking"],
            Odds(0.41, 1.5, |m| vec![&mut m.buyers.funnel.meeting.show]),
            "low: 70 %, the lowest published (EVIDENCE); high: leadsim's choice",
        ),
        of(
            "meetings that become opportunities",
            &[".opportunity"],
            Odds(0.67, 1.5, |m| m.buyers.tiers.iter_mut().map(|t| &mut t.opportunity).collect()),
            CHOICE,
        ),
        of(
            "worth of speed (decay strength)",
            &["buyers.decay"],
            Times(0.5, 1.5, decay),
            "leadsim's choice; the studies disagree by a factor of ten (EVIDENCE)",
        ),
        money(
            "opportunities that are won",
            &[".won"],
            Odds(0.78, 1.52, |m| m.buyers.tiers.iter_mut().map(|t| &mut t.won).collect()),
            "published 18 to 30 % around 22 % (EVIDENCE)",
        ),
        money("amount of an opportunity", &["buyers.opportunity.amount"], Times(0.8, 1.25, amount), CHOICE),
    ]
}

/// The default inputs of a scenario, each at both ends; what the scenario lacks is left out. Of `base` only the buyers follow the input:
/// rates are the ones seen today, under today's team. Inputs that one of the paths `replaced` says otherwise are left out.
pub fn of_model(model: &Model, base: &Model, replaced: &[String]) -> Vec<Input> {
    let side = |default: &Default, low: bool| {
        let mut changed = model.clone();
        let words = change(&default.spread, &mut changed, low)?;
        let base =
            default.is_about_buyers().then(|| Model { buyers: changed.buyers.clone(), ..base.clone() });
        Some(Side { words, model: changed, base })
    };
    let input = |default: Default| {
        let (low, high) = (side(&default, true)?, side(&default, false)?);
        Some(Input {
            name: default.name.to_owned(),
            low,
            high,
            source: default.source.to_owned(),
            money_only: default.money_only,
        })
    };
    // "buyers.opportunity.amount" is no chance of an opportunity
    let says = |path: &str, part: &str| match path.starts_with("buyers.opportunity") {
        true => path.starts_with(part),
        false => path.contains(part),
    };
    let is_left =
        |default: &Default| !replaced.iter().any(|path| default.paths.iter().any(|part| says(path, part)));
    defaults().into_iter().filter(is_left).filter_map(input).collect()
}

/// Changes the model to one end of a spread; the end in words, or none where there was nothing to change.
fn change(spread: &Spread, model: &mut Model, low: bool) -> Option<String> {
    match spread {
        Spread::Times(less, more, apply) => {
            let times = if low { *less } else { *more };
            apply(model, times).then(|| format!("{:+.0} %", (times - 1.0) * 100.0).replace('-', "−"))
        }
        Spread::Odds(less, more, places) => {
            let times = if low { *less } else { *more };
            let mut first = None;
            for share in places(model).into_iter().filter(|share| is_open(**share)) {
                *share = with_odds(*share, times);
                first.get_or_insert(*share);
            }
            first.map(|share| format!("{:.1} %", share * 100.0))
        }
    }
}

/// Neither certain nor impossible: only such a probability can be other than it is said to be.
fn is_open(share: f64) -> bool {
    share > 0.0 && share < 1.0
}

/// The probability whose odds are `times` those of `share`.
pub fn with_odds(share: f64, times: f64) -> f64 {
    let odds = share / (1.0 - share) * times;
    odds / (1.0 + odds)
}

fn volume(model: &mut Model, times: f64) -> bool {
    match model.with_volume(times) {
        Ok(changed) if !model.sources.is_empty() => {
            *model = changed;
            true
        }
        _ => false,
    }
}

fn unevenness(model: &mut Model, times: f64) -> bool {
    if !model.has_busyness() {
        return false;
    }
    match &mut model.busyness {
        Busyness::None => return false,
        // the squared variation is one over the shape
        Busyness::Daily { shape } | Busyness::Weekly { shape } => *shape /= times,
    }
    true
}

/// Multiplies laws; whether any of them was more than nothing.
fn longer<'l>(laws: impl IntoIterator<Item = &'l mut Law>, times: f64) -> bool {
    let mut changed = false;
    for law in laws {
        changed |= law.mean() > 0.0;
        *law = law.times(times);
    }
    changed
}

fn review(model: &mut Model, times: f64) -> bool {
    longer(model.work.review.iter_mut().chain([&mut model.work.rejection]), times)
}

fn attempts(model: &mut Model, times: f64) -> bool {
    let work = &mut model.work;
    longer([&mut work.dial, &mut work.voicemail, &mut work.email, &mut work.linkedin], times)
}

fn talks(model: &mut Model, times: f64) -> bool {
    let work = &mut model.work;
    longer([&mut work.conversation, &mut work.logging, &mut work.reply], times)
}

fn attention(model: &mut Model, times: f64) -> bool {
    let laws = model.groups.iter_mut().flat_map(|group| {
        group.attention.iter_mut().map(|a| &mut a.delay).chain([&mut group.attention_follow_up])
    });
    longer(laws, times)
}

fn routing(model: &mut Model, times: f64) -> bool {
    let routing = &mut model.routing;
    longer(routing.tiers.iter_mut().map(|t| &mut t.by_hand.delay).chain([&mut routing.automated]), times)
}

fn meetings(model: &mut Model, times: f64) -> bool {
    let meetings = model.groups.iter_mut().flat_map(|group| &mut group.meetings);
    meetings.fold(false, |changed, meetings| {
        meetings.per_day *= times;
        changed || meetings.per_day > 0.0
    })
}

fn own_work(model: &mut Model, times: f64) -> bool {
    let work = model.groups.iter_mut().flat_map(|group| &mut group.own_work);
    work.fold(false, |changed, work| {
        work.share = (work.share * times).min(0.95);
        changed || work.share > 0.0
    })
}

fn absence(model: &mut Model, times: f64) -> bool {
    model.groups.iter_mut().fold(false, |changed, RepGroup { absences, .. }| {
        absences.sick = (absences.sick * times).min(1.0);
        absences.leave_weeks_per_quarter *= times;
        changed || absences.sick > 0.0 || absences.leave_weeks_per_quarter > 0.0
    })
}

fn never_worked(model: &mut Model) -> Vec<&mut f64> {
    model.groups.iter_mut().flat_map(|group| &mut group.never_worked).collect()
}

fn gives_up(model: &mut Model) -> Vec<&mut f64> {
    model.groups.iter_mut().flat_map(|group| &mut group.gives_up).collect()
}

fn contact(model: &mut Model) -> Vec<&mut f64> {
    let lists = model.buyers.tiers.iter_mut().flat_map(|tier| match &mut tier.contact {
        Contact::ByAttempt(list) => std::slice::from_mut(list),
        Contact::ByChannel(lists) => lists.as_mut_slice(),
    });
    lists.flatten().collect()
}

fn decay(model: &mut Model, times: f64) -> bool {
    let Some(decay) = &mut model.buyers.decay else { return false };
    decay.strength.iter_mut().for_each(|strength| *strength *= times);
    decay.curve.name != "none" && decay.strength.iter().any(|strength| *strength > 0.0)
}

fn amount(model: &mut Model, times: f64) -> bool {
    longer([&mut model.buyers.funnel.amount], times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_move_a_share_and_keep_it_one() {
        assert!((with_odds(0.5, 3.0) - 0.75).abs() < 1e-15);
        assert!((with_odds(0.85, 0.41) - 0.70).abs() < 0.003, "the lowest published show rate");
        assert!((with_odds(with_odds(0.3, 1.5), 1.0 / 1.5) - 0.3).abs() < 1e-12);
    }
}
