//! The sentences of the page: the answer, why, what it pays, and the notes under the table.

use super::causes::{self, Why};
use super::modelled;
use super::names;
use super::rows::Row;
use super::sheet::Source;
use super::verdict::Verdict;
use super::wording::{
    TrialWord, count, goal, money, money_range, percent, price, thousands, waiting, waiting_pair, with_sign,
};
use crate::model::{Commitment, Milestone, Promise, TierId};
use crate::plan::curves::OtherCurve;
use crate::stats::Estimate;
use crate::study::Scope;

/// The headline promise and its row.
fn headline<'a>(source: &Source<'a>, rows: &'a [Row]) -> Option<(&'a Commitment, &'a Row)> {
    let agreement = &source.study.model.agreement;
    let commitment = &agreement.commitments[agreement.headline()?];
    Some((commitment, rows.iter().find(|row| row.id == commitment.id)?))
}

/// The one tier the headline promise is about, if it is about the first attempt of one tier.
fn headline_tier(source: &Source<'_>) -> Option<TierId> {
    let agreement = &source.study.model.agreement;
    let commitment = &agreement.commitments[agreement.headline()?];
    match (&commitment.promise, commitment.scope.tiers.as_slice()) {
        (Promise::Timed { to: Milestone::Attempted, .. }, [only]) => Some(*only),
        _ => None,
    }
}

/// "NO", and the sentences behind it.
pub(super) fn answer(source: &Source<'_>, rows: &[Row], trial: &TrialWord) -> (&'static str, String) {
    let Some((commitment, row)) = headline(source, rows) else {
        return ("NO PROMISE", "The agreement has no commitment to judge; waits and funnel follow.".into());
    };
    let promise = names::promise(&source.study.model, commitment);
    let (Some(kept), Some(holds), Some(verdict)) = (row.kept, row.holds, row.verdict) else {
        let nothing = if row.monthly { "no whole month of the horizon" } else { "no lead" };
        let text = format!("\"{promise}\" was never put to the test: {nothing} fell under it.");
        return ("UNTESTED", text);
    };
    let star = if commitment.goal.stated { "" } else { "*" };
    let share = goal(commitment.goal.share);
    let kept = match (row.monthly, commitment.goal.share >= 1.0) {
        (true, true) => format!("It is kept in {} of months; every month counts.", with_sign(kept.value)),
        (true, false) => format!("It is kept in {} of months; goal {share}{star}.", with_sign(kept.value)),
        _ => {
            format!("This team keeps it for {}\u{a0}% of leads; goal {share}{star}.", percent(kept.value))
        }
    };
    let typical = match (row.typical, row.monthly) {
        (Some(range), false) => {
            format!(
                "A typical {} lands between {} and {:.0}\u{a0}%; ",
                trial.one,
                low(range),
                range.1 * 100.0
            )
        }
        _ => String::new(),
    };
    let reached = reached(holds, trial);
    let reached = if typical.is_empty() { capital(&reached) } else { reached };
    // the word before it says "coin flip" already
    let predicate = match verdict {
        Verdict::CoinFlip => format!("holds in about half of all {}", trial.many),
        other => other.predicate().into(),
    };
    (verdict.answer(), format!("\"{promise}\" {predicate}. {kept} \n{typical}{reached}"))
}

fn low((low, _): (f64, f64)) -> String {
    format!("{:.0}", low * 100.0)
}

/// "none of 1,000 quarters reached the goal."
fn reached(holds: Estimate, trial: &TrialWord) -> String {
    let (trials, held) = (holds.trials, (holds.value * holds.trials as f64).round() as u64);
    match held {
        _ if trials == 1 => {
            format!("the one {} {} the goal.", trial.one, if held == 1 { "reached" } else { "missed" })
        }
        0 => format!("none of {} reached the goal.", trial.count(trials)),
        all if all == trials => format!("all {} reached the goal.", trial.count(trials)),
        some => format!("{} of {} reached the goal.", thousands(some), trial.count(trials)),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Workload or not, and what late leads were waiting for.
pub(super) fn why(source: &Source<'_>, trial: &TrialWord) -> String {
    let (model, findings) = (&source.study.model, source.findings);
    let tier = headline_tier(source);
    let name = tier.map(|t| model.leads.tiers[usize::from(t.0)].name.as_str());
    let why = Why::of(findings, name);
    let work =
        findings.value("lead_work").map(|share| format!("leads take {} of rep hours", with_sign(share)));
    let busy = findings.value("lead_work").unwrap_or(0.0);
    let workload = match (&work, &why) {
        (None, _) => String::new(),
        (Some(work), Some(why)) if why.workload() < 0.25 && busy < 0.3 => format!("Not workload: {work}. "),
        (Some(work), Some(why)) if why.workload() >= 0.4 => format!("Workload: {work}. "),
        (Some(work), _) => format!("{}. ", capital(work)),
    };
    let whom = tier.map_or("leads".into(), |t| format!("{} leads", names::tier_of(model, t)));
    let waits = match why {
        Some(why) => why.sentence(&whom, names::is_owned(model, tier)),
        None => nobody_late(source, &whom, name),
    };
    format!("{workload}{waits}{}{}", never_worked(source, name, trial), left(source, name, trial))
}

/// Where no wait has a cause to tell: nothing was missed, or what was missed has no end of waiting.
fn nobody_late(source: &Source<'_>, whom: &str, tier: Option<&str>) -> String {
    let missed = source.findings.of_tier("missed_leads", tier, Scope::All).map_or(0.0, |f| f.estimate.value);
    if missed > 0.0 {
        return format!("No {} was worked late.", whom.trim_end_matches('s'));
    }
    format!("No {} was late.", whom.trim_end_matches('s'))
}

/// From this share of missed leads on, those that nobody ever worked are told.
const NEVER_WORKED_FROM: f64 = 0.10;

/// Missed leads that were never attempted: their wait has no causes, so the sentence before does not cover them.
fn never_worked(source: &Source<'_>, tier: Option<&str>, trial: &TrialWord) -> String {
    let of = |measure| source.findings.of_tier(measure, tier, Scope::All).map(|f| f.estimate.value);
    match (of("missed_never_attempted"), of("missed_leads")) {
        (Some(never), Some(missed)) if missed > 0.0 && never / missed >= NEVER_WORKED_FROM => {
            let (never, missed) = (count(never), count(missed));
            format!(" \n{never} of {missed} missed leads a {} were never worked at all.", trial.one)
        }
        _ => String::new(),
    }
}

/// Leads that did not wait long enough, where leads may leave.
fn left(source: &Source<'_>, tier: Option<&str>, trial: &TrialWord) -> String {
    let left = source.findings.of_tier("left", tier, Scope::All).map(|f| f.estimate.value);
    let left = left.filter(|left| *left >= 0.5).map(count);
    left.map_or(String::new(), |left| {
        format!(" \n{left} leads a {} left before anybody had begun them.", trial.one)
    })
}

/// What it brings and what it costs, under both curves.
pub(super) fn pay(source: &Source<'_>, trial: &TrialWord) -> String {
    let findings = source.findings;
    let difference = match source.other {
        Some(OtherCurve::Played(difference)) => Some(difference),
        _ => None,
    };
    let beside = |value: f64, change: Option<Estimate>| match (difference, change) {
        (Some(difference), Some(change)) => {
            format!(" ({}: {})", difference.curve, count(value + change.value))
        }
        _ => String::new(),
    };
    let model = &source.study.model;
    let mut text = String::new();
    let opportunities = findings.value("opportunities").filter(|_| modelled::opportunities(model));
    if let Some(opportunities) = opportunities {
        text.push_str(&format!(
            "{} opportunities{} a {}{}",
            count(opportunities),
            beside(opportunities, difference.map(|d| d.opportunities)),
            trial.one,
            pipeline(source)
        ));
        if let (Some(goal), Some(reached)) =
            (model.buyers.funnel.pipeline_goal, findings.value("pipeline_goal_reached"))
        {
            text.push_str(&format!(
                "; goal {} reached in {} of {}",
                money(goal),
                with_sign(reached),
                trial.many
            ));
        }
        text.push_str(". ");
    }
    if opportunities.is_some() {
        text.push_str(&leakage(source, beside));
        text.push_str(&curve_note(source));
    }
    text.push_str(&cost(source));
    text.trim().to_owned()
}

/// What the opportunities are worth, where they have an amount: ", $3.8M pipeline (typical $3.1M–$4.5M)".
fn pipeline(source: &Source<'_>) -> String {
    let found = source.findings.of_tier("pipeline", None, Scope::All);
    let Some(found) = found.filter(|_| modelled::amounts(&source.study.model)) else { return String::new() };
    let amount = found.estimate.value;
    let range = |range| format!(" (typical {})", money_range(range, amount));
    format!(", {} pipeline{}", money(amount), found.typical.map_or(String::new(), range))
}

/// Causes of leakage told one by one.
const LEAKS_SHOWN: usize = 4;

/// What handling loses against an ideal answer to every lead.
fn leakage(source: &Source<'_>, beside: impl Fn(f64, Option<Estimate>) -> String) -> String {
    let findings = source.findings;
    let Some(total) = findings.value("leakage_total").filter(|total| *total > 0.05) else {
        return String::new();
    };
    let change = match source.other {
        Some(OtherCurve::Played(difference)) => Some(difference.leakage),
        _ => None,
    };
    let mut parts = findings.causes("leakage", None);
    parts.retain(|(_, lost)| *lost >= 0.05);
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    let rest: f64 = parts.iter().skip(LEAKS_SHOWN).map(|(_, lost)| lost).sum();
    let mut parts: Vec<String> = parts
        .iter()
        .take(LEAKS_SHOWN)
        .map(|(cause, lost)| format!("{} {}", causes::leak(cause), count(*lost)))
        .collect();
    if rest >= 0.05 {
        parts.push(format!("rest {}", count(rest)));
    }
    format!(
        "\n{} more{} are lost against instant, complete work on every lead: {}. ",
        count(total),
        beside(total, change),
        parts.join(", ")
    )
}

/// Under which curve money was counted, and what stands in brackets or why nothing does.
fn curve_note(source: &Source<'_>) -> String {
    let buyers = &source.study.model.buyers;
    let interest = buyers
        .interest
        .as_ref()
        .map(|law| format!("Leads lose interest with time ({})", names::law_of_hours(law)));
    let Some(decay) = &buyers.decay else {
        let text = interest.unwrap_or_else(|| "Speed has no effect on conversion here".into());
        return format!("\n{text}. ");
    };
    let beside = interest.map_or(String::new(), |text| format!("{text}. "));
    let own = format!("\n{beside}Speed counts by the \"{}\" decay curve", decay.curve.name);
    match source.other {
        None => format!("{own}. "),
        Some(OtherCurve::Refused { curve, why }) => {
            format!("{own}; \"{curve}\" cannot be true here: {why}. ")
        }
        Some(OtherCurve::Played(difference)) => {
            let curve = &difference.curve;
            let much = if curve == "gentle" { "only as much" } else { "as much" };
            format!("{own}. In brackets: if speed mattered {much} as the \"{curve}\" studies say. ")
        }
    }
}

fn cost(source: &Source<'_>) -> String {
    let findings = source.findings;
    let (Some(team), Some(mqls)) = (findings.value("team_cost"), findings.value("mql_cost")) else {
        return String::new();
    };
    if team + mqls <= 0.0 {
        return String::new();
    }
    let each = findings
        .value("cost_per_opportunity")
        .map_or(String::new(), |each| format!(", {} an opportunity", price(each)));
    format!("\nCost: team {}, MQLs {}{each}.", money(team), money(mqls))
}

/// The agreement as a whole, waits on both clocks, the funnel, and what its words mean elsewhere.
pub(super) fn notes(source: &Source<'_>, trial: &TrialWord) -> Vec<String> {
    [jointly(source, trial), waits(source), funnel(source), vocabulary(source)]
        .into_iter()
        .flatten()
        .collect()
}

/// How often everything promised holds at once; none where there is only one promise.
fn jointly(source: &Source<'_>, trial: &TrialWord) -> Option<String> {
    let joint = source.findings.value("holds_jointly")?;
    Some(format!("All commitments together hold in {} of {}", with_sign(joint), trial.many))
}

fn waits(source: &Source<'_>) -> Option<String> {
    let model = &source.study.model;
    let tier = headline_tier(source);
    let name = tier.map(|t| model.leads.tiers[usize::from(t.0)].name.as_str());
    let whom = tier.map_or("Leads wait".into(), |t| format!("{} waits", names::tier_of(model, t)));
    let minutes = |measure: &str, scope| {
        source.findings.of_tier(measure, name, scope).map(|f| f.estimate.value).filter(|v| v.is_finite())
    };
    let pair = |clock: &str, scope| {
        let half = minutes(&format!("{clock}_p50"), scope)?;
        Some(match minutes(&format!("{clock}_p90"), scope) {
            Some(most) => waiting_pair(half, most),
            None => format!("{}/never", waiting(half)),
        })
    };
    let mut parts = Vec::new();
    if let Some(sla) = pair("first_response", Scope::InHours) {
        parts.push(format!("in hours from routing {sla}"));
    }
    if let Some(lead) = pair("speed_to_lead", Scope::InHours) {
        let joint = if parts.is_empty() { "in hours from the form" } else { "from the form" };
        parts.push(format!("{joint} {lead}"));
    }
    if let Some(night) = pair("speed_to_lead", Scope::AfterHours) {
        parts.push(format!("after hours from the form {night}"));
    }
    (!parts.is_empty()).then(|| format!("{whom}, p50/p90: {}", parts.join(", ")))
}

fn funnel(source: &Source<'_>) -> Option<String> {
    let value = |measure| source.findings.value(measure);
    let mqls = value("mqls")?;
    let rate = |measure| value(measure).map_or(String::new(), |share| format!(" {}", with_sign(share)));
    let mut stages = vec![format!("{} MQL", count(mqls))];
    let mut stage = |measure: &'static str, word: &str, rate: String| {
        if let Some(reached) = value(measure) {
            stages.push(format!("{}\u{a0}{word}{}", count(reached), rate.replace(' ', "\u{a0}")));
        }
    };
    stage("accepted", "accepted", rate("accept_rate"));
    let model = &source.study.model;
    if modelled::answers(model) {
        stage("contacted", "contacted", String::new());
    }
    if !modelled::opportunities(model) {
        return Some(stages.join(" → "));
    }
    stage("sqls", "SQL", String::new());
    stage("opportunities", "opportunities", rate("mql_to_opportunity"));
    let by_close = value("won_by_close")
        .map_or(String::new(), |n| format!(" ({} by close)", thousands(n.round() as u64)));
    stage("won", "won", by_close);
    Some(stages.join(" → "))
}

/// The same funnel in the words of agreements that call an accepted lead an SQL.
fn vocabulary(source: &Source<'_>) -> Option<String> {
    let accept =
        source.findings.value("accept_rate").filter(|_| modelled::opportunities(&source.study.model))?;
    let (accepted, opportunities) =
        (source.findings.value("accepted")?, source.findings.value("opportunities")?);
    let onwards = (accepted > 0.0).then(|| opportunities / accepted)?;
    let mut notes = vec![format!(
        "where \"SQL\" means accepted by sales, MQL→SQL is {} and SQL→opportunity {}",
        with_sign(accept),
        with_sign(onwards)
    )];
    let returned =
        |measure| source.findings.of_tier(measure, None, Scope::Returned).map(|f| f.estimate.value);
    if let (Some(back), Some(more)) = (returned("mqls"), returned("opportunities"))
        && back >= 0.5
    {
        notes.push(format!("recycled leads come on top: {} MQL, {} opportunities", count(back), count(more)));
    }
    Some(capital(&notes.join("; ")))
}

/// The title of the picture of all commitments, and of a page: the answer without its small words.
pub(super) fn short_answer(source: &Source<'_>, rows: &[Row]) -> String {
    let Some((commitment, row)) = headline(source, rows) else { return "No commitment to judge".into() };
    let promise = names::promise(&source.study.model, commitment);
    match (row.kept, row.verdict) {
        (Some(kept), Some(verdict)) => format!(
            "{promise} {}: kept for {}\u{a0}% of {}, goal {}{}",
            verdict.predicate(),
            percent(kept.value),
            if row.monthly { "months" } else { "leads" },
            goal(commitment.goal.share),
            if commitment.goal.stated { "" } else { "*" }
        ),
        _ => format!("{promise} was never put to the test"),
    }
}
