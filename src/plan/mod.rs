//! Questions that need more than one study: another decay curve, a sweep over values, one lead's life played again.

pub mod alternatives;
pub mod assumptions;
pub mod compare;
pub mod curves;
pub mod needed;
pub mod promise;
pub mod differences;
pub mod inputs;
pub mod pairing;
pub mod readings;
pub mod replay;
pub mod sensitivity;
pub mod size;
pub mod stress;
pub mod sweep;
pub mod uncertainty;
pub mod unrest;
