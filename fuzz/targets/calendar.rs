//! The calendar builder: any weekly blocks, closures, openings and zones.

#![no_main]

#[path = "../harness.rs"]
mod harness;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| harness::knock(harness::calendar::target, bytes));
