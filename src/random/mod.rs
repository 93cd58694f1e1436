//! Chance with an owner: one seed grows into independent named streams, and laws that draw from them.
//!
//! A draw is a function of *who asks and what for*, never of how many draws came before. Adding a rep,
//! or another routing policy, therefore reshuffles nobody else's luck, and two scenarios can be compared
//! on the same leads.

mod choice;
mod gamma;
mod key;
mod law;

pub use choice::Choice;
pub use gamma::gamma_quantile;
pub use key::{Key, Stream};
pub use law::Law;
