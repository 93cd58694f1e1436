//! The cheapest fix as a picture: cost against chance, with the answer, the runner-up and today named.

use super::plot::{Frontier, FrontierPoint, Picture, Standing, Words};
use super::remedy::FixPage;
use super::remedy_tables::label;
use super::sizing::promises;
use super::wording::{JOINT, TrialWord, dates, percent, plain, price, with_sign};
use crate::plan::fix::Decision;

/// The picture of the page.
pub fn frontier(page: &FixPage<'_>) -> Picture {
    let trial = TrialWord::of(&page.model.horizon);
    let (fixed, wanted) = (page.fixed, page.wanted);
    let title = match fixed.answer() {
        Some(answer) => {
            let set = &page.list.sets[answer.set];
            format!(
                "{}{} of {} for {} a {}: {}",
                percent(answer.holds.value),
                format_args!("{JOINT}%"),
                trial.many,
                price(set.cost.max(0.0)),
                trial.short,
                label(page.list, &set.levers)
            )
        }
        None => format!("No set tried keeps it in {} of {}", with_sign(wanted.probability), trial.many),
    };
    let points = fixed.tried.iter().enumerate().map(|(place, tried)| {
        let set = &page.list.sets[tried.set];
        let names: Vec<&str> =
            set.levers.iter().map(|&lever| page.list.levers[lever].name.as_str()).collect();
        let names = names.join(" + ").replace('_', " ");
        let levers = if names.is_empty() { "as it is".to_owned() } else { names.clone() };
        let (is_answer, is_second) = (fixed.answer == Some(place), fixed.runner_up == Some(place));
        FrontierPoint {
            cost: set.cost,
            chance: tried.holds.value,
            interval: super::pictures::interval(Some(tried.holds)),
            standing: match tried.decision {
                _ if is_answer => Standing::Answer,
                Decision::Enough => Standing::Enough,
                Decision::TooFew => Standing::TooFew,
                Decision::CannotTell | Decision::NotNeeded => Standing::Open,
            },
            label: match (is_answer, is_second) {
                (true, _) => levers.clone(),
                (_, true) => format!("runner-up: {levers}"),
                _ if set.levers.is_empty() => levers.clone(),
                _ => String::new(),
            },
            levers,
        }
    });
    Picture::Frontier(Frontier {
        words: Words {
            title: plain(&title),
            subtitle: plain(&format!(
                "{}: {}, {}",
                page.name,
                promises(page.model, &wanted.commitments),
                dates(&page.model.horizon)
            )),
            footer: plain(&format!(
                "{} of {} sets looked at, {}, seed {}; each is played until it is settled. Bars: intervals valid wherever the search stopped.",
                fixed.tried.len(),
                page.list.sets.len(),
                trial.count(fixed.trials),
                wanted.seed
            )),
            trial: trial.short.into(),
        },
        measure: format!("Share of {} that reach the goal", trial.many),
        across: format!("Cost per {}", trial.short),
        wanted: wanted.probability,
        points: points.collect(),
    })
}
