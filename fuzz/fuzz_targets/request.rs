//! Fuzzes what a client sends, as bytes: `aushang_fuzz::request` says what must hold.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aushang_fuzz::request(bytes));
