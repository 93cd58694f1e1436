//! Questions that need more than one study: another decay curve, a sweep over values, one lead's life played again, a goal worked back to leads.

pub mod alternatives;
pub mod assumptions;
pub mod compare;
pub mod constraints;
pub mod curves;
pub mod needed;
pub mod price_list;
pub mod promise;
pub mod regret;
pub mod differences;
pub mod fix;
pub mod inputs;
pub mod pairing;
pub mod picked;
pub mod readings;
pub mod replay;
pub mod sensitivity;
pub mod size;
pub mod stress;
pub mod sweep;
pub mod tested;
pub mod volume;
pub mod why;
pub mod yardstick;
pub mod uncertainty;
pub mod unrest;
