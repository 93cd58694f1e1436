//! Why leads were rejected or disqualified, and by which channel they were tried.

use super::*;
use crate::model::{Channel, ReasonLaw};
use crate::trial::Stretch;

const BY_REASON: &str = "mean per trial, of the new MQLs created in the stretch";
const BY_CHANNEL: &str = "share of attempts, ratio of sums over trials";

impl Measures<'_> {
    /// Rejections and disqualifications by reason.
    pub(super) fn reasons(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        let buyers = &self.model.buyers;
        let (rejections, others) = (&buyers.rejection_reasons, &buyers.disqualification_reasons);
        self.by_reason(findings, cut, "rejected_for", rejections, |counts| &counts.rejections);
        self.by_reason(findings, cut, "disqualified_for", others, |counts| &counts.disqualifications);
    }

    fn by_reason(
        &self,
        findings: &mut Vec<Finding>,
        cut: &Cut,
        measure: &'static str,
        reasons: &[ReasonLaw],
        counts: impl Fn(&Stretch) -> &[u32],
    ) {
        let mut sums = vec![0; cut.counts.len() * reasons.len()];
        for (stretch, sums) in cut.counts.iter().zip(sums.chunks_exact_mut(reasons.len().max(1))) {
            let tiers = counts(stretch).chunks_exact(reasons.len()).enumerate();
            for (_, counts) in tiers.filter(|(tier, _)| cut.tier.is_none_or(|only| only == *tier)) {
                sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            }
        }
        for (place, reason) in reasons.iter().enumerate() {
            let of = sums.iter().skip(place).step_by(reasons.len());
            let (estimate, typical) = self.mean(of.map(|count: &u32| f64::from(*count)));
            let found = finding(measure, Unit::PerTrial, BY_REASON, estimate);
            findings.push(cut.because(reason.name.as_str(), Finding { typical, ..found }));
        }
    }

    /// Which share of attempts went over each channel.
    pub(super) fn channels(&self, findings: &mut Vec<Finding>, cut: &Cut) {
        for (channel, name) in
            [(Channel::Phone, "phone"), (Channel::Email, "email"), (Channel::LinkedIn, "linkedin")]
        {
            let of = |f: &Funnel| {
                let all: u32 = f.attempts_by_channel.iter().sum();
                (u64::from(f.attempts_by_channel[channel as usize]), u64::from(all))
            };
            let (estimate, typical, totals) = self.share(cut.funnels.iter().map(of));
            if totals.judged > 0 {
                let found = finding("channel_share", Unit::Share, BY_CHANNEL, estimate);
                findings.push(cut.because(name, Finding { typical, totals: Some(totals), ..found }));
            }
        }
    }
}
