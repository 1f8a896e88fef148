//! Fuzzes the query of a feed: `aushang_fuzz::query` says what must hold.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aushang_fuzz::query(bytes));
