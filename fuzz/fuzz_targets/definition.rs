//! Fuzzes an event file, as bytes: `aushang_fuzz::definition` says what must hold.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aushang_fuzz::definition(bytes));
