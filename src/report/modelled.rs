//! What of a lead's way the scenario describes at all: what it says nothing about is left out, not shown as zero.

use crate::model::Model;

/// Whether any buyer ever answers.
pub(super) fn answers(model: &Model) -> bool {
    model.buyers.tiers.iter().any(|tier| tier.contact.most() > 0.0)
}

/// Whether any answer can become an opportunity.
pub(super) fn opportunities(model: &Model) -> bool {
    answers(model) && model.buyers.tiers.iter().any(|tier| tier.qualified > 0.0 && tier.opportunity > 0.0)
}

/// Whether opportunities have an amount.
pub(super) fn amounts(model: &Model) -> bool {
    opportunities(model) && model.buyers.funnel.amount.mean() > 0.0
}
