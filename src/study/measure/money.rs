//! What the team and the leads cost, and what stands against it.

use super::*;
use crate::stats::proportion;

impl Study {
    /// Cost of all leads of a cut, given by what an MQL of each tier costs.
    fn cost_of_mqls(&self, cut: &Cut, outcome: &Outcome) -> f64 {
        let tiers = self.model.leads.tiers.iter().zip(&outcome.tiers).enumerate();
        tiers
            .filter(|(place, _)| cut.tier.is_none_or(|tier| tier == *place))
            .map(|(_, (tier, counts))| {
                let funnel = cut.slot.map_or(&counts.funnel, |slot| &counts.by_period[slot].funnel);
                f64::from(funnel.mqls) * tier.cost_per_mql
            })
            .sum()
    }

    /// Cost of the team in a cut of all tiers.
    fn cost_of_team(cut: &Cut, outcome: &Outcome) -> f64 {
        cut.slot.map_or(outcome.team_cost, |slot| outcome.team_cost_by_period[slot])
    }

    pub(super) fn mql_cost(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let (estimate, typical) = self.mean(self.records.iter().map(|o| self.cost_of_mqls(cut, o)));
        let found = finding("mql_cost", Unit::DollarsPerTrial, PER_TRIAL, estimate);
        findings.push(cut.about(Finding { typical, ..found }));
    }

    /// The team's cost, and the cost of an opportunity.
    pub(super) fn team_cost(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let (estimate, typical) = self.mean(self.records.iter().map(|o| Self::cost_of_team(cut, o)));
        let found = finding("team_cost", Unit::DollarsPerTrial, PER_TRIAL, estimate);
        findings.push(cut.about(Finding { typical, ..found }));
        let (estimate, typical) = self.ratio(self.records.iter().map(|o| {
            let cost = Self::cost_of_team(cut, o) + self.cost_of_mqls(cut, o);
            (cost, cut.funnel(o).opportunities_expected)
        }));
        if estimate.is_known() {
            let estimand = "cost of the team in the stretch and of the MQLs created in it / their opportunities, ratio of sums";
            let found = finding("cost_per_opportunity", Unit::Dollars, estimand, estimate);
            findings.push(cut.about(Finding { typical, ..found }));
        }
    }

    /// How the pipeline stands against its goal, where there is one.
    pub(super) fn pipeline_goal(&self, findings: &mut Vec<Finding>) {
        let Some(goal) = self.model.buyers.funnel.pipeline_goal else { return };
        let funnels: Vec<Funnel> = self.records.iter().map(total).collect();
        let reached = funnels.iter().filter(|f| f.pipeline >= goal).count() as u64;
        findings.push(finding(
            "pipeline_goal_reached",
            Unit::Share,
            "probability that the drawn pipeline of new MQLs reaches the goal",
            proportion::wilson(reached, self.trials(), self.level()),
        ));
        if goal > 0.0 {
            let (estimate, _) = self.mean(funnels.iter().map(|f| f.pipeline_expected / goal));
            let typical = range(&funnels.iter().map(|f| f.pipeline / goal).collect::<Vec<f64>>());
            let estimand = "pipeline of new MQLs / pipeline goal, mean per trial by expected values; range from drawn outcomes";
            let found = finding("pipeline_coverage", Unit::Number, estimand, estimate);
            findings.push(Finding { typical, ..found });
        }
    }
}
