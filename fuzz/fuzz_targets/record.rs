//! Fuzzes a publication record: `aushang_fuzz::record` says what must hold.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aushang_fuzz::record(bytes));
