//! Tests of the statistics against numbers computed elsewhere, and of whether intervals cover as often as they say.

mod coverage;
mod more_reference;
mod reference;
mod together;
