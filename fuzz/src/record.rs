//! A publication record: a text that people merge by hand.

use std::sync::LazyLock;

use aushang::record::Record;

use crate::site::ZONES;

/// A record of two events.
static OTHER: LazyLock<Record> = LazyLock::new(|| {
    let text = include_str!("../../tests/golden/tombstone/feeds/record.jsonl");
    parse(text).expect("it is a record")
});

/// Asserts that a record is refused with the number of a line that it has, or is read; that what is read is
/// written as what is read as the same; and that merging it repeats without effect and commutes.
pub fn record(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let record = match parse(text) {
        Ok(record) => record,
        Err((line, reason)) => {
            assert!((1..=text.lines().count()).contains(&line), "line {line} is in the text");
            assert!(!reason.is_empty());
            return;
        }
    };
    let written = record.to_text();
    let again = parse(&written).unwrap_or_else(|error| panic!("{error:?}: {written}"));
    assert_eq!(again.to_text(), written, "what was written is written once more as it is");
    assert_eq!(record.iter().count(), again.iter().count());
    // A line of version 1 knows the place as one line of text, which version 2 does not keep.
    if !text.contains("\"v\"") || text.lines().all(|line| line.starts_with("{\"v\":2,")) {
        assert_eq!(again, record, "what was written is read as what it was");
    }
    for event in record.iter() {
        assert_eq!(record.get(event.uid()), Some(event));
    }
    let merge = |one: &Record, other: &Record| one.clone().merge(other.clone());
    assert_eq!(merge(&again, &again), again, "merged with itself");
    let both = merge(&again, &OTHER);
    assert_eq!(both, merge(&OTHER, &again), "in whatever order");
    assert_eq!(merge(&both, &OTHER), both, "once more");
}

fn parse(text: &str) -> Result<Record, (usize, String)> {
    Record::parse(text, &ZONES)
}
