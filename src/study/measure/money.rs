//! What the team and the leads cost, and what stands against it.

use super::*;

impl Measures<'_> {
    /// Cost of a trial's leads of a cut, by what an MQL of each tier costs.
    fn cost_of_mqls(&self, cuts: &[Cut], cut: &Cut, trial: usize) -> f64 {
        let tiers =
            cuts.iter().filter(|part| part.tier.is_some() && cut.tier.is_none_or(|t| part.tier == Some(t)));
        tiers
            .filter_map(|part| Some((part, part.tier?)))
            .map(|(part, tier)| {
                f64::from(part.funnels[trial].mqls) * self.model.leads.tiers[tier].cost_per_mql
            })
            .sum()
    }

    /// Cost of the team in a cut of all tiers.
    fn cost_of_team(cut: &Cut, outcome: &Outcome) -> f64 {
        cut.slot.map_or(outcome.team_cost, |slot| outcome.team_cost_by_period[slot])
    }

    /// What the MQLs of each of `cuts` cost.
    pub(super) fn mql_cost(&self, findings: &mut Vec<Finding>, cuts: &[Cut]) {
        for cut in cuts {
            let of = |trial| self.cost_of_mqls(cuts, cut, trial);
            let (estimate, typical) = self.mean((0..self.records.len()).map(of));
            let found = finding("mql_cost", Unit::DollarsPerTrial, PER_TRIAL, estimate);
            findings.push(cut.about(Finding { typical, ..found }));
        }
    }

    /// The team's cost, and the cost of an opportunity; all tiers, which come last.
    pub(super) fn team_cost(&self, findings: &mut Vec<Finding>, cuts: &[Cut]) {
        let cut = cuts.last().expect("all tiers come last");
        let (estimate, typical) = self.mean(self.records.iter().map(|o| Self::cost_of_team(cut, o)));
        let found = finding("team_cost", Unit::DollarsPerTrial, PER_TRIAL, estimate);
        findings.push(cut.about(Finding { typical, ..found }));
        let (estimate, typical) = self.ratio(self.records.iter().enumerate().map(|(trial, o)| {
            let cost = Self::cost_of_team(cut, o) + self.cost_of_mqls(cuts, cut, trial);
            (cost, cut.funnels[trial].opportunities_expected)
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
        findings.push(finding(
            "pipeline_goal_reached",
            Unit::Share,
            "probability that the drawn pipeline of new MQLs reaches the goal",
            self.chance(funnels.iter().map(|f| f.pipeline >= goal)),
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
