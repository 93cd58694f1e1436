//! Textbook formulas for waiting lines: what a simulation must reproduce where theory has the answer, and first guesses
//! for a search.
//!
//! Rates and times share one unit of the caller's choice (per hour and hours, say). "Wait" is from arrival to the
//! first start of handling. All formulas are long-run averages of a line that has settled.

pub mod erlang_a;
pub mod erlang_b;
pub mod erlang_c;
pub mod mg1;
pub mod priority;

pub use erlang_a::ErlangA;
pub use erlang_b::erlang_b;
pub use erlang_c::ErlangC;

#[cfg(test)]
mod tests;
