//! The scenario reader: spoiled scenarios, and bytes that were never one.

#![no_main]

#[path = "../harness.rs"]
mod harness;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| harness::knock(harness::scenario::target, bytes));
