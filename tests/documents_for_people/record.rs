//! `docs/record.md`: a line that the program writes and reads, and its keys.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{blocks, compare, read, refusal};
use crate::support::{Site, record_text};

/// The record after the event of the page was published, and edited four days later.
fn example_record(page: &str) -> String {
    let blocks = blocks(page);
    let mut versions = blocks.iter().filter(|block| block.language == "md").map(|one| &*one.text);
    let mut next = || versions.next().expect("two versions of an event");
    let site = Site::new().file("termine/lesung.md", next()).record();
    let site = site.at("2018-11-05T12:00:00Z").file("termine/lesung.md", next()).record();
    record_text(&site)
}

#[test]
fn the_line_of_the_record_is_what_the_program_writes_and_reads() {
    let page = read("docs/record.md");
    let record = example_record(&page);
    let [zone, event] = record.lines().collect::<Vec<_>>()[..] else { panic!("{record}") };
    let (before, rest) = page.split_once("```jsonl\n").expect("the line of the event");
    let (_, after) = rest.split_once("```\n").expect("its end");
    compare("docs/record.md", &format!("{before}```jsonl\n{event}\n```\n{after}"));
    let beginning = after.split("```json\n").nth(1).and_then(|text| text.split('…').next());
    let beginning = beginning.expect("the line of a zone").trim_end();
    assert!(beginning.len() > 50 && zone.starts_with(beginning), "{zone}");
}

/// The keys of a value, at every depth.
fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            keys(value, found);
        }),
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

/// The parts of a line that have keys of their own.
const PARTS: [&str; 12] = [
    "",
    "last",
    "last series",
    "last series rule",
    "last organizer",
    "last time",
    "last time days",
    "last time timed",
    "last time timed start",
    "last location onsite venue",
    "last location onsite venue address",
    "by_hand",
];

/// The line of an event with an unknown key in a part of it.
fn with_unknown_key(event: &str, part: &str) -> String {
    let mut line: Value = serde_json::from_str(event).expect("JSON");
    let path: Vec<&str> = part.split_whitespace().collect();
    let unknown = json!({ "x": 1 });
    let inner = path.iter().skip(1).rev().fold(unknown, |inner, key| json!({ *key: inner }));
    match path.first() {
        Some(key) => line[*key] = inner,
        None => line["x"] = 1.into(),
    }
    line.to_string()
}

#[test]
fn every_key_of_the_record_is_explained() {
    let page = read("docs/record.md");
    let record = example_record(&page);
    let mut found = BTreeSet::new();
    for line in record.lines() {
        keys(&serde_json::from_str(line).expect("JSON"), &mut found);
    }
    // The reader names all keys of what it refuses, also those that the example does not have.
    let event = record.lines().nth(1).expect("the event");
    for part in PARTS {
        let refusal = refusal(&with_unknown_key(event, part));
        let (_, known) = refusal.split_once("expected ").unwrap_or_else(|| panic!("{refusal}"));
        found.extend(known.split('`').skip(1).step_by(2).map(str::to_owned));
    }
    for key in ["by_hand", "summary", "excluded", "by_set_pos", "with-its-day", "passes"] {
        assert!(page.contains(&format!("`{key}`")), "{key}");
    }
    assert!(found.len() > 60, "only {} keys", found.len());
    let is_forgotten = |key: &&String| !page.contains(&format!("`{key}`"));
    assert_eq!(found.iter().filter(is_forgotten).collect::<Vec<_>>(), Vec::<&String>::new());
}
