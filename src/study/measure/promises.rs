//! Promises kept, and how sure: over the horizon, by tier, by clause, by week and month.

use super::*;
use crate::model::{Commitment, Promise};
use crate::stats::proportion;
use crate::time::Span;
use crate::trial::{CLAUSES, Judgements, Tally};

const ATTAINMENT: &str = "share of leads for which the promise was kept, pooled over trials: all kept / all judged (ratio of sums)";
const MONTHS: &str = "share of whole months in which the promise was kept";
const HOLDS: &str = "probability that attainment over the horizon reaches the goal";
const WAITED: &str =
    "share of kept promises where the lead itself waited, from created, longer than the length promised";
const CLAUSE: &str = "share of leads given up as unresponsive for which this clause was kept, ratio of sums";
/// The clauses of a persistence promise, in the order of the record.
const CLAUSE_NAMES: [&str; CLAUSES] =
    ["attempts", "distinct_days", "phone", "email", "linkedin", "most_per_day", "pause"];

fn is_monthly(commitment: &Commitment) -> bool {
    matches!(commitment.promise, Promise::MonthlyVolume { .. } | Promise::RejectionBelow { .. })
}

fn add(sum: Judgements, more: &Judgements) -> Judgements {
    let both = |a: Tally, b: Tally| Tally { kept: a.kept + b.kept, judged: a.judged + b.judged };
    Judgements {
        in_hours: both(sum.in_hours, more.in_hours),
        after_hours: both(sum.after_hours, more.after_hours),
        rejected_before: sum.rejected_before + more.rejected_before,
        open: sum.open + more.open,
    }
}

impl Study {
    pub(super) fn commitments(&self, findings: &mut Vec<Finding>) {
        for (i, commitment) in self.model.agreement.commitments.iter().enumerate() {
            let about = |finding: Finding| self.about(commitment, finding);
            let cells = |o: &Outcome| o.commitments[i].by_tier.iter().fold(Judgements::default(), add);
            self.attainment(findings, commitment, cells, !is_monthly(commitment), &about);
            self.by_tier(findings, commitment, &about, |o, place| o.commitments[i].by_tier[place]);
            let held = self.records.iter().filter(|o| self.holds(o, i)).count() as u64;
            let estimate = proportion::wilson(held, self.trials(), self.level());
            findings.push(about(finding("holds", Unit::Share, HOLDS, estimate)));
            self.kept_but_waited(findings, i, &about);
            self.clauses(findings, i, &about);
        }
        self.jointly(findings);
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
        cell: impl Fn(&Outcome) -> Judgements,
        by_class: bool,
        about: &impl Fn(Finding) -> Finding,
    ) {
        let estimand = if is_monthly(commitment) { MONTHS } else { ATTAINMENT };
        let cells: Vec<Judgements> = self.records.iter().map(cell).collect();
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

    /// Attainment by tier, where a commitment about leads covers several.
    fn by_tier(
        &self,
        findings: &mut Vec<Finding>,
        commitment: &Commitment,
        about: &impl Fn(Finding) -> Finding,
        cell: impl Fn(&Outcome, usize) -> Judgements,
    ) {
        if is_monthly(commitment) || commitment.scope.tiers.len() == 1 {
            return;
        }
        for (place, tier) in self.covered(commitment).into_iter().enumerate() {
            let of = |o: &Outcome| cell(o, place);
            if self.records.iter().all(|o| of(o).all().judged == 0) {
                continue;
            }
            let about = |finding| Finding { tier: self.tier_name(tier), ..about(finding) };
            self.attainment(findings, commitment, of, false, &about);
        }
    }

    /// The tiers a commitment covers, in the order of the record.
    fn covered(&self, commitment: &Commitment) -> Vec<usize> {
        match commitment.scope.tiers.as_slice() {
            [] => (0..self.model.leads.tiers.len()).collect(),
            tiers => tiers.iter().map(|tier| usize::from(tier.0)).collect(),
        }
    }

    fn kept_but_waited(&self, findings: &mut Vec<Finding>, i: usize, about: &impl Fn(Finding) -> Finding) {
        if self.records.iter().all(|o| o.commitments[i].kept_but_waited == 0) {
            return;
        }
        let of = |o: &Outcome| {
            let counts = &o.commitments[i];
            (u64::from(counts.kept_but_waited), u64::from(counts.all.kept))
        };
        let (estimate, typical, totals) = self.share(self.records.iter().map(of));
        let found = finding("kept_but_waited", Unit::Share, WAITED, estimate);
        findings.push(about(Finding { typical, totals: Some(totals), ..found }));
    }

    /// A persistence promise clause by clause: overall, then by tier.
    fn clauses(&self, findings: &mut Vec<Finding>, i: usize, about: &impl Fn(Finding) -> Finding) {
        let commitment = &self.model.agreement.commitments[i];
        let covered = self.covered(commitment);
        self.by_clause(findings, commitment, about, |o, clause| {
            let kept: u32 = o.commitments[i].clauses_by_tier.iter().map(|tier| tier[clause]).sum();
            (u64::from(kept), u64::from(o.commitments[i].all.judged))
        });
        for (place, tier) in covered.iter().enumerate().filter(|_| covered.len() > 1) {
            let about = |finding| Finding { tier: self.tier_name(*tier), ..about(finding) };
            self.by_clause(findings, commitment, &about, |o, clause| {
                let counts = &o.commitments[i];
                let judged = counts.by_tier[place].all().judged;
                (u64::from(counts.clauses_by_tier[place][clause]), u64::from(judged))
            });
        }
    }

    /// The clauses that ask for anything.
    fn by_clause(
        &self,
        findings: &mut Vec<Finding>,
        commitment: &Commitment,
        about: &impl Fn(Finding) -> Finding,
        count: impl Fn(&Outcome, usize) -> (u64, u64),
    ) {
        let Promise::Persistence(promise) = &commitment.promise else { return };
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
            let (estimate, typical, totals) = self.share(self.records.iter().map(|o| count(o, clause)));
            if totals.judged > 0 {
                let found = finding("clause_kept", Unit::Share, CLAUSE, estimate);
                let cause = Some(name.to_owned());
                findings.push(about(Finding { cause, typical, totals: Some(totals), ..found }));
            }
        }
    }

    fn jointly(&self, findings: &mut Vec<Finding>) {
        let commitments = self.model.agreement.commitments.len();
        if commitments > 1 {
            let held = |o: &&Outcome| (0..commitments).all(|i| self.holds(o, i));
            let joint = self.records.iter().filter(held).count() as u64;
            let estimand = "probability that every commitment holds over the horizon";
            let estimate = proportion::wilson(joint, self.trials(), self.level());
            findings.push(finding("holds_jointly", Unit::Share, estimand, estimate));
        }
    }

    /// Whether commitment `i` held in a trial.
    pub fn holds(&self, outcome: &Outcome, i: usize) -> bool {
        let tally = outcome.commitments[i].all;
        self.model.agreement.commitments[i].goal.holds(u64::from(tally.kept), u64::from(tally.judged))
    }

    /// Every promise in one week or month: all leads, in and after hours where they are promised different things, by tier, by clause.
    pub(super) fn promises_by_period(&self, findings: &mut Vec<Finding>, cuts: &[Cut]) {
        let all = cuts.last().expect("all tiers come last");
        let slot = all.slot.expect("a period has its place");
        for (i, commitment) in self.model.agreement.commitments.iter().enumerate() {
            let cells = |o: &Outcome| {
                let counts = &o.commitments[i];
                let covered = counts.by_tier.len();
                counts.by_period[slot * covered..][..covered].iter().fold(Judgements::default(), add)
            };
            if self.records.iter().all(|o| cells(o).all().judged == 0) {
                continue;
            }
            let about = |finding: Finding| self.about(commitment, all.about(finding));
            let by_class = matches!(commitment.promise, Promise::Timed { after_hours: Some(_), .. });
            self.attainment(findings, commitment, cells, by_class, &about);
            self.by_tier(findings, commitment, &about, |o, place| {
                let counts = &o.commitments[i];
                counts.by_period[slot * counts.by_tier.len() + place]
            });
            self.by_clause(findings, commitment, &about, |o, clause| {
                let counts = &o.commitments[i];
                (u64::from(counts.clauses_by_period[slot][clause]), u64::from(cells(o).all().judged))
            });
        }
    }
}
