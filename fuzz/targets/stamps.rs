//! The reader of real stamps: spoiled CSV files, and bytes that were never one.

#![no_main]

#[path = "../harness.rs"]
mod harness;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| harness::knock(harness::stamps::target, bytes));
