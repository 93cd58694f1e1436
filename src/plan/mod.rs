//! Questions that need more than one study: another decay curve, a sweep over values, one lead's life played again, a goal worked back to leads.

pub mod alternatives;
pub mod compare;
pub mod constraints;
pub mod curves;
pub mod needed;
pub mod promise;
pub mod differences;
pub mod inputs;
pub mod pairing;
pub mod picked;
pub mod replay;
pub mod size;
pub mod sweep;
pub mod volume;
pub mod why;
pub mod yardstick;
