//! What binds, where the user stopped: the constraints taken away alone so far, and what is not known.

use super::binding::{WhyPage, brings, helps, with_interval};
use super::binding_words::{name, unit, without};
use super::wording::{list, plural, thousands};

/// What is known where the user stopped before everything was taken away: which constraint brings most alone, of those played.
pub(super) fn answer(page: &WhyPage<'_>) -> String {
    let ranking = page.main();
    let of = page.why.present.len() as u64;
    let unit = unit(ranking.yardstick);
    let Some(best) = ranking.gains.first() else {
        return format!(
            "Stopped before any of {} was taken away: only {} today is known, {}.",
            plural(of, "constraint", "constraints"),
            page.subject(),
            with_interval(unit, ranking.today)
        );
    };
    let left: Vec<String> = page.why.unplayed.iter().map(|one| name(*one).to_owned()).collect();
    let left = match left.as_slice() {
        [] => "only what all bring together is not known".to_owned(),
        left => format!("nothing is known yet of {}", list(left)),
    };
    let brings = match helps(&best.alone) {
        true => format!("most, {} {}", without(best.constraint), brings(page, ranking, best)),
        false => "none alone helps beyond chance".into(),
    };
    format!(
        "Part of the answer, for it was stopped: of the {} constraints taken away alone so far (of {of}) {brings}; {left}.",
        thousands(ranking.gains.len() as u64)
    )
}

/// Said of a search that the user stopped.
pub(super) fn stopped(page: &WhyPage<'_>) -> Option<String> {
    let words = match page.why.is_part() {
        false => {
            "Stopped before shares and the second decay curve were finished; what each brings alone is whole."
        }
        true => {
            "Stopped before every constraint had been taken away alone and all together: those shown are whole, there are no shares, and no gap."
        }
    };
    page.why.stopped.then(|| words.to_owned())
}
