//! What README, ARCHITECTURE and the pages below `docs` say is so: paths, names, settings, messages, examples.
//! `GOLDEN=write cargo test documents_for_people` writes the examples anew.

mod diagnostics;
mod names;
mod operate;
mod record;

use std::fs;

use crate::support::Site;

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Compares a page with what the program says, or writes it anew.
fn compare(path: &str, actual: &str) {
    if std::env::var_os("GOLDEN").is_some_and(|value| value == "write") {
        fs::write(path, actual).expect("a writable file");
    }
    for (is, said) in actual.lines().zip(read(path).lines()) {
        assert_eq!(is, said, "{path}: write it anew with GOLDEN=write");
    }
    assert_eq!(actual, read(path), "{path}");
}

/// A page in parts, each of which but the first begins with a heading.
fn parts(page: &str) -> Vec<&str> {
    let headings = page.match_indices("\n#").map(|(at, _)| at + 1);
    let starts: Vec<usize> = std::iter::once(0).chain(headings).collect();
    let ends = starts.iter().skip(1).copied().chain([page.len()]);
    starts.iter().zip(ends).map(|(start, end)| &page[*start..end]).collect()
}

/// A fenced block of a page.
struct Block<'a> {
    /// What its caption names, a line before it.
    path: Option<&'a str>,
    language: &'a str,
    text: String,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let (mut blocks, mut path, mut lines) = (Vec::new(), None, text.lines());
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let inner = lines.by_ref().take_while(|line| *line != "```");
            let text = inner.flat_map(|line| [line, "\n"]).collect();
            blocks.push(Block { path, language, text });
            path = None;
        } else if !line.is_empty() {
            path = line.strip_prefix('`').and_then(|line| line.strip_suffix("`:"));
        }
    }
    blocks
}

/// The rows of the table of a page that begins with this heading, each as its cells.
fn table<'a>(page: &'a str, heading: &str) -> Vec<Vec<&'a str>> {
    let rows = page.lines().skip_while(|line| !line.starts_with(heading)).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let cells = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect());
    let rows: Vec<Vec<&str>> = cells.collect();
    assert!(!rows.is_empty(), "{heading}");
    rows
}

/// What the program says of a record that has this line.
fn refusal(line: &str) -> String {
    let site = Site::new().file("record.jsonl", line);
    let error = site.build().expect_err("no record").to_string();
    error.replace(&site.path().display().to_string(), "feeds")
}
