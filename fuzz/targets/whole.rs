//! A tiny whole run of whatever the reader accepts.

#![no_main]

#[path = "../harness.rs"]
mod harness;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| harness::knock(harness::whole::target, bytes));
