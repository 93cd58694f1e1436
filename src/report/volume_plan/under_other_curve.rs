//! Whether another decay curve changes which number of MQLs to plan with, as far as the trials can tell.

use super::which_to_plan::{shown, with_ends};
use super::with_team::{interval, reps, whole};
use super::{TeamAnswer, VolumePage};
use crate::plan::volume::{Line, Needed, OtherCurve, Reaching};
use crate::report::wording::{plural, with_sign};
use crate::stats::Estimate;

/// Whether another decay curve changes the recommendation.
pub(super) fn other_curve(page: &VolumePage<'_>, team: &TeamAnswer<'_>) -> Option<String> {
    let curve = team.answer.other.as_ref()?;
    let (own_name, name, moved, own, line) = match curve {
        OtherCurve::Refused { name, why } => {
            return Some(format!("Under the decay curve \"{name}\" nothing can be said: {why}."));
        }
        OtherCurve::Played { own_name, name, moved_to_contact, own, line } => {
            (own_name, name, moved_to_contact, own, line)
        }
    };
    let words = |needed: &Needed| match needed {
        Needed::Leads { leads, low, high } => format!("{} ({})", whole(*leads), interval(*low, *high)),
        Needed::AtMost { leads } => format!("at most {}", whole(*leads)),
        Needed::NotReached { best, at, .. } => {
            format!("not reached (at best {} at {})", with_ends(best), whole(*at))
        }
    };
    let verdict = match recommendation(team, curve) {
        Recommendation::Stays => "the recommendation stays",
        Recommendation::StaysWithinChance => "the recommendation stays, within chance",
        Recommendation::OtherNumber => "the number of MQLs changes",
        Recommendation::Changes => "the recommendation changes",
        Recommendation::CannotTell => "it cannot be told whether the recommendation changes",
    };
    let moved = moved.map_or(String::new(), |share| {
        format!(" ({} of its effect put on contact to make it possible)", with_sign(share))
    });
    Some(format!(
        "Under the decay curve \"{name}\"{moved} instead of \"{own_name}\" {verdict}: {} MQLs a {} instead of {}, \
         with {}, on {} each.{}",
        words(&line.needed),
        page.trial.short,
        words(&own.needed),
        reps(line.reps),
        plural(line.points.first().map_or(0, |point| point.trials), "trial", "trials"),
        difference(own, line, team.level)
    ))
}

/// What another curve does to the recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recommendation {
    /// The same team, and no other number of MQLs.
    Stays,
    /// The same team; both numbers of MQLs may be one.
    StaysWithinChance,
    /// The same team, with another number of MQLs.
    OtherNumber,
    /// The team reaches the goal under one curve and not under the other.
    Changes,
    /// At least under one curve it cannot be told whether the team reaches the goal.
    CannotTell,
}

impl Recommendation {
    /// Whether it changes, for machines; none where it cannot be told.
    pub fn changes(self) -> Option<bool> {
        match self {
            Recommendation::Stays | Recommendation::StaysWithinChance => Some(false),
            Recommendation::OtherNumber | Recommendation::Changes => Some(true),
            Recommendation::CannotTell => None,
        }
    }
}

/// What the other curve does to the recommendation: a change only where both curves are sure. Under the scenario's own, all trials are asked.
pub(super) fn recommendation(team: &TeamAnswer<'_>, curve: &OtherCurve) -> Recommendation {
    let OtherCurve::Played { own, line, .. } = curve else { return Recommendation::CannotTell };
    let whole = shown(team).map_or(own.reaching, |shown| shown.reaching);
    match (whole, line.reaching) {
        (Reaching::CannotTell, _) | (_, Reaching::CannotTell) => Recommendation::CannotTell,
        (Reaching::DoesNot, Reaching::DoesNot) => Recommendation::Stays,
        (Reaching::Reaches, Reaching::Reaches) => match own.other_minus_own(line, team.level) {
            Some(difference) if !difference.contains(0.0) => Recommendation::OtherNumber,
            Some(_) => Recommendation::StaysWithinChance,
            None => Recommendation::CannotTell,
        },
        _ => Recommendation::Changes,
    }
}

/// How the chance differs with the MQLs of the own curve.
fn difference(own: &Line, line: &Line, level: f64) -> String {
    let ends = |difference: Estimate| Some((100.0 * difference.value, difference.low?, difference.high?));
    let (Some(leads), Some((value, low, high))) =
        (own.named(), own.other_minus_own(line, level).and_then(ends))
    else {
        return String::new();
    };
    let words = format!(
        " With {} MQLs the chance differs by {value:+.1}\u{a0}points ({:+.1} to {:+.1}), on the same luck.",
        whole(leads),
        100.0 * low,
        100.0 * high
    );
    words.replace('-', "−")
}
