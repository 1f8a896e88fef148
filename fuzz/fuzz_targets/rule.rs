//! Fuzzes a rule as RECUR or as a table [repeat]: `aushang_fuzz::rule` says what must hold.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| aushang_fuzz::rule(bytes));
