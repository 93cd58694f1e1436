//! Promises kept, and how sure: over the horizon, by tier, by clause, by week and month.

use super::*;
use crate::model::{Commitment, Milestone, Persistence, Promise};
use crate::time::Span;
use crate::trial::{CLAUSES, Judgements, Tally};

const ATTAINMENT: &str = "share of leads for which the promise was kept, pooled over trials: all kept / all judged (ratio of sums)";
const MONTHS: &str = "share of whole months in which the promise was kept";
const HOLDS: &str = "probability that attainment over the horizon reaches the goal";
const WAITED: &str =
    "share of kept promises where the lead itself waited, from created, longer than the length promised";
const FIRST: &str = "share of leads of all tiers whose promise of a first attempt was kept, each lead under the first such promise about it, pooled over trials (ratio of sums)";
const CLAUSE: &str = "share of leads given up as unresponsive for which this clause was kept, ratio of sums";
/// The clauses of a persistence promise, in the order of the record.
const CLAUSE_NAMES: [&str; CLAUSES] =
    ["attempts", "distinct_days", "phone", "email", "linkedin", "most_per_day", "pause"];

fn is_monthly(commitment: &Commitment) -> bool {
    matches!(commitment.promise, Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. })
}

/// The sum of several cells.
fn sum(cells: &[Judgements]) -> Judgements {
    let mut sum = Judgements::default();
    cells.iter().for_each(|cell| sum += cell);
    sum
}

impl Measures<'_> {
    /// Every promise over the horizon or in one week or month: all leads, in and after hours, by tier, by clause; over the horizon also whether the goal holds.
    pub(super) fn commitments(&self, findings: &mut Vec<Finding>, all: &Cut) {
        for (i, commitment) in self.model.agreement.commitments.iter().enumerate() {
            let (cells, covered) = (self.judged(i, all), self.places(commitment));
            let whole: Vec<Judgements> = cells.chunks_exact(covered).map(sum).collect();
            if all.slot.is_some() && whole.iter().all(|cell| cell.all().judged == 0) {
                continue;
            }
            let about = |finding: Finding| self.about(commitment, all.about(finding));
            self.attainment(findings, commitment, &whole, !is_monthly(commitment), &about);
            let by_tier = self.each_tier(commitment, &cells);
            for (tier, cells) in &by_tier {
                if cells.iter().any(|cell| cell.all().judged > 0) {
                    let about = |finding| Finding { tier: self.tier_name(*tier), ..about(finding) };
                    self.attainment(findings, commitment, cells, false, &about);
                }
            }
            if all.slot.is_none() {
                let estimate = match self.is_tested(i) {
                    true => self.chance(self.records.iter().map(|o| self.holds(o, i))),
                    // What nothing fell under in any trial is neither kept nor broken.
                    false => Estimate::unknown(self.level(), Method::Wilson, self.trials()).into(),
                };
                findings.push(about(finding("holds", Unit::Share, HOLDS, estimate)));
            }
            self.kept_but_waited(findings, &whole, &about);
            for (tier, cells) in &by_tier {
                let about = |finding| Finding { tier: self.tier_name(*tier), ..about(finding) };
                self.kept_but_waited(findings, cells, &about);
            }
            self.clauses(findings, i, all, &cells, &about);
        }
        self.first_attempts(findings, all);
        if all.slot.is_none() {
            self.jointly(findings);
        }
    }

    /// The promises of a first attempt taken together: how many leads they were kept for, and how many of these waited longer all the same.
    fn first_attempts(&self, findings: &mut Vec<Finding>, all: &Cut) {
        let mut cells = vec![Judgements::default(); self.records.len()];
        for (i, places) in self.first_promises() {
            let covered = self.places(&self.model.agreement.commitments[i]);
            for (sum, of_trial) in cells.iter_mut().zip(self.judged(i, all).chunks_exact(covered)) {
                places.iter().for_each(|place| *sum += &of_trial[*place]);
            }
        }
        if cells.iter().all(|cell| cell.all().judged == 0) {
            return;
        }
        let of = |cell: &Judgements| (u64::from(cell.all().kept), u64::from(cell.all().judged));
        let (estimate, typical, totals) = self.share(cells.iter().map(of));
        let found = finding("first_response_kept", Unit::Share, FIRST, estimate);
        findings.push(all.about(Finding { typical, totals: Some(totals), ..found }));
        self.kept_but_waited(findings, &cells, &|finding| all.about(finding));
    }

    /// The promises of a first attempt, each with the places of the tiers for which no promise before it is about the same leads.
    fn first_promises(&self) -> Vec<(usize, Vec<usize>)> {
        let mut taken: Vec<(usize, Option<bool>)> = Vec::new();
        let mut promises = Vec::new();
        for (i, commitment) in self.model.agreement.commitments.iter().enumerate() {
            if !matches!(commitment.promise, Promise::Timed { to: Milestone::Attempted, .. }) {
                continue;
            }
            let hours = commitment.scope.in_hours;
            let tiers = self.covered(commitment);
            let is_new = |tier: usize| {
                let same = |other: Option<bool>| hours.is_none() || other.is_none() || hours == other;
                !taken.iter().any(|(other, theirs)| *other == tier && same(*theirs))
            };
            let places: Vec<usize> = (0..tiers.len()).filter(|place| is_new(tiers[*place])).collect();
            taken.extend(places.iter().map(|place| (tiers[*place], hours)));
            if !places.is_empty() {
                promises.push((i, places));
            }
        }
        promises
    }

    /// What was judged of a promise in a cut of all tiers, trial after trial, each by the tiers it covers (of one about months: its months).
    fn judged(&self, i: usize, all: &Cut) -> Vec<Judgements> {
        let is_monthly = is_monthly(&self.model.agreement.commitments[i]);
        let weeks = self.model.horizon.weeks.len();
        let mut cells = Vec::new();
        for (record, counts) in self.records.iter().zip(all.counts.iter()) {
            let promise = &record.commitments[i];
            match all.slot {
                None => cells.extend_from_slice(&promise.by_tier),
                Some(slot) if is_monthly => {
                    let tally = slot.checked_sub(weeks).map(|month| promise.by_month[month]);
                    cells.push(Judgements { in_hours: tally.unwrap_or_default(), ..Default::default() });
                }
                Some(_) => {
                    let judged = &counts.judged[promise.judged_from..];
                    cells.extend_from_slice(&judged[..promise.by_tier.len()]);
                }
            }
        }
        cells
    }

    /// The tiers of a commitment about leads that covers several, each with what was judged of it in each trial.
    fn each_tier(&self, commitment: &Commitment, cells: &[Judgements]) -> Vec<(usize, Vec<Judgements>)> {
        if is_monthly(commitment) || commitment.scope.tiers.len() == 1 {
            return Vec::new();
        }
        let tiers = self.covered(commitment);
        let of = |place| cells.iter().skip(place).step_by(tiers.len()).copied().collect();
        tiers.iter().enumerate().map(|(place, tier)| (*tier, of(place))).collect()
    }

    /// Says which commitment a finding is about, and which tier where it covers only one.
    fn about(&self, commitment: &Commitment, finding: Finding) -> Finding {
        let tier = match commitment.scope.tiers.as_slice() {
            [only] => self.tier_name(usize::from(only.0)),
            _ => None,
        };
        Finding { commitment: Some(commitment.id.clone()), tier, ..finding }
    }

    /// Attainment of one set of leads: all together, then in hours and after hours where both are wanted.
    fn attainment(
        &self,
        findings: &mut Vec<Finding>,
        commitment: &Commitment,
        cells: &[Judgements],
        by_class: bool,
        about: &impl Fn(Finding) -> Finding,
    ) {
        let estimand = if is_monthly(commitment) { MONTHS } else { ATTAINMENT };
        type Pick = fn(&Judgements) -> Tally;
        let scopes: [(Scope, Pick); 3] = [
            (Scope::All, Judgements::all),
            (Scope::InHours, |c| c.in_hours),
            (Scope::AfterHours, |c| c.after_hours),
        ];
        for (scope, pick) in scopes.into_iter().take(if by_class { 3 } else { 1 }) {
            let tally = |c: &Judgements| (u64::from(pick(c).kept), u64::from(pick(c).judged));
            let (estimate, typical, mut totals) = self.share(cells.iter().map(tally));
            if scope == Scope::All {
                totals.rejected_before = Some(cells.iter().map(|c| u64::from(c.rejected_before)).sum());
                totals.open = Some(cells.iter().map(|c| u64::from(c.open)).sum());
            } else if totals.judged == 0 {
                continue;
            }
            let found = finding("attainment", Unit::Share, estimand, estimate);
            findings.push(about(Finding { scope, typical, totals: Some(totals), ..found }));
        }
    }

    /// How many tiers are told apart in what is judged of it.
    fn places(&self, commitment: &Commitment) -> usize {
        if is_monthly(commitment) { 1 } else { self.covered(commitment).len() }
    }

    /// The tiers a commitment covers, in the order of the record.
    fn covered(&self, commitment: &Commitment) -> Vec<usize> {
        match commitment.scope.tiers.as_slice() {
            [] => (0..self.model.leads.tiers.len()).collect(),
            tiers => tiers.iter().map(|tier| usize::from(tier.0)).collect(),
        }
    }

    /// Which share of what was kept is kept in the letter only; silent where nothing is.
    fn kept_but_waited(
        &self,
        findings: &mut Vec<Finding>,
        cells: &[Judgements],
        about: &impl Fn(Finding) -> Finding,
    ) {
        if !self.keeps && cells.iter().all(|cell| cell.kept_but_waited == 0) {
            return;
        }
        let of = |cell: &Judgements| (u64::from(cell.kept_but_waited), u64::from(cell.all().kept));
        let (estimate, typical, totals) = self.share(cells.iter().map(of));
        let found = finding("kept_but_waited", Unit::Share, WAITED, estimate);
        findings.push(about(Finding { typical, totals: Some(totals), ..found }));
    }

    /// A persistence promise clause by clause: overall, then by tier.
    fn clauses(
        &self,
        findings: &mut Vec<Finding>,
        i: usize,
        all: &Cut,
        cells: &[Judgements],
        about: &impl Fn(Finding) -> Finding,
    ) {
        let commitment = &self.model.agreement.commitments[i];
        let Promise::Persistence(promise) = &commitment.promise else { return };
        let covered = self.covered(commitment);
        let each = covered.iter().enumerate().map(|(place, tier)| (place..place + 1, Some(*tier)));
        let each = each.filter(|_| covered.len() > 1);
        for (places, tier) in std::iter::once((0..covered.len(), None)).chain(each) {
            let about = |finding| {
                let found = about(finding);
                Finding { tier: tier.map_or(found.tier.clone(), |tier| self.tier_name(tier)), ..found }
            };
            let trials = self.records.iter().zip(all.counts.iter()).zip(cells.chunks_exact(covered.len()));
            let counts: Vec<([u32; CLAUSES], u32)> = trials
                .map(|((record, counts), cells)| {
                    let clauses = &counts.clauses[record.commitments[i].clauses_from..][places.clone()];
                    let kept = std::array::from_fn(|clause| clauses.iter().map(|tier| tier[clause]).sum());
                    (kept, sum(&cells[places.clone()]).all().judged)
                })
                .collect();
            self.by_clause(findings, promise, &counts, &about);
        }
    }

    /// The clauses that ask for anything.
    fn by_clause(
        &self,
        findings: &mut Vec<Finding>,
        promise: &Persistence,
        counts: &[([u32; CLAUSES], u32)],
        about: &impl Fn(Finding) -> Finding,
    ) {
        let asks = [
            promise.attempts > 0,
            promise.days > 0,
            promise.phone != (0, 0),
            promise.email != (0, 0),
            promise.linkedin.iter().any(|attempts| *attempts > 0),
            promise.most_per_day.is_some(),
            promise.pause > Span::ZERO,
        ];
        for (clause, name) in CLAUSE_NAMES.into_iter().enumerate().filter(|(clause, _)| asks[*clause]) {
            let of = |(kept, judged): &([u32; CLAUSES], u32)| (u64::from(kept[clause]), u64::from(*judged));
            let (estimate, typical, totals) = self.share(counts.iter().map(of));
            if totals.judged > 0 {
                let found = finding("clause_kept", Unit::Share, CLAUSE, estimate);
                let cause = Some(name.to_owned());
                findings.push(about(Finding { cause, typical, totals: Some(totals), ..found }));
            }
        }
    }

    fn jointly(&self, findings: &mut Vec<Finding>) {
        let commitments = self.model.agreement.commitments.len();
        if commitments > 1 && (0..commitments).any(|i| self.is_tested(i)) {
            let estimand = "probability that every commitment holds over the horizon";
            let held = |o: &Outcome| (0..commitments).all(|i| self.holds(o, i));
            let estimate = self.chance(self.records.iter().map(held));
            findings.push(finding("holds_jointly", Unit::Share, estimand, estimate));
        }
    }
}

impl Study {
    /// Whether anything fell under commitment `i` in any trial.
    fn is_tested(&self, i: usize) -> bool {
        self.records.iter().any(|o| o.commitments[i].all.judged > 0)
    }

    /// Whether commitment `i` held in a trial.
    pub fn holds(&self, outcome: &Outcome, i: usize) -> bool {
        let tally = outcome.commitments[i].all;
        self.model.agreement.commitments[i].goal.holds(u64::from(tally.kept), u64::from(tally.judged))
    }
}
