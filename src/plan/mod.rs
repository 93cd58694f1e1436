//! Questions that need more than one study: another decay curve, a sweep over values, one lead's life played again.

pub mod alternatives;
pub mod compare;
pub mod curves;
pub mod needed;
pub mod price_list;
pub mod promise;
pub mod regret;
pub mod differences;
pub mod fix;
pub mod inputs;
pub mod pairing;
pub mod replay;
pub mod size;
pub mod sweep;
