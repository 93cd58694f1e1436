//! Questions that need more than one study: another decay curve, a sweep over values, one lead's life played again, a goal worked back to leads.

pub mod curves;
pub mod replay;
pub mod sweep;
pub mod volume;
