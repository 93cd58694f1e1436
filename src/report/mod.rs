//! report
pub mod plot;
