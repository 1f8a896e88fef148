//! The record that a site has written.

use std::fs;

use serde_json::Value;

use super::Site;

/// Returns the text of a site's record.
pub(crate) fn record_text(site: &Site) -> String {
    fs::read_to_string(site.path().join("record.jsonl")).expect("a record")
}

/// Returns the lines of all events of a site's record, by uid.
pub(crate) fn record_lines(site: &Site) -> Vec<Value> {
    let text = record_text(site);
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    lines.filter(|line: &Value| line["zone"].is_null()).collect()
}

/// Returns a record as somebody leaves it who edits it by hand: without checksums.
pub(crate) fn without_sums(record: &str) -> String {
    let lines = record.lines().map(|line| match line.split_once(",\"sum\":") {
        Some((line, _)) => format!("{line}}}\n"),
        None => format!("{line}\n"),
    });
    lines.collect()
}
