//! Comparisons of documents with the model, and the mismatches that they find.

use std::fmt;

/// The number of characters that are shown around the place at which two texts differ.
const SHOWN: usize = 60;

/// A difference between a document and the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The path of the document.
    pub path: String,
    /// The value that differs: "title of 5b1e…".
    pub what: String,
    /// The value in the document.
    pub found: String,
    /// The value in the model.
    pub expected: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, what, found, expected } = self;
        // Descriptions are long and often differ far behind their start: what both have in common is left out.
        let same = found.chars().zip(expected.chars()).take_while(|(a, b)| a == b).count();
        let start = same.saturating_sub(SHOWN / 3);
        let (found, expected) = (excerpt(found, start), excerpt(expected, start));
        write!(f, "{path}: {what}: found {found:?}, expected {expected:?}")
    }
}

fn excerpt(text: &str, start: usize) -> String {
    let before = if start > 0 { "…" } else { "" };
    let after = if text.chars().count() > start + SHOWN { "…" } else { "" };
    let shown: String = text.chars().skip(start).take(SHOWN).collect();
    format!("{before}{shown}{after}")
}

/// The comparison of one document.
#[derive(Debug)]
pub(crate) struct Comparison<'a> {
    path: &'a str,
    pub mismatches: Vec<Mismatch>,
}

impl<'a> Comparison<'a> {
    pub(crate) fn of(path: &'a str) -> Self {
        Self { path, mismatches: Vec::new() }
    }

    /// Reports a mismatch unless two texts are equal; they are the `part` of `whose`.
    pub(crate) fn same(&mut self, part: &str, whose: &str, found: &str, expected: &str) {
        if found != expected {
            self.report(format!("{part} of {whose}"), found, expected);
        }
    }

    /// Reports a mismatch for each name that two lists do not have equally often, in any order.
    // Lists and not sets: an event that a feed has twice is a mismatch.
    pub(crate) fn same_set(&mut self, what: &str, mut found: Vec<&str>, mut expected: Vec<&str>) {
        found.sort_unstable();
        expected.sort_unstable();
        let (mut left, mut right) = (found.into_iter().peekable(), expected.into_iter().peekable());
        loop {
            match (left.peek().copied(), right.peek().copied()) {
                (None, None) => return,
                (Some(one), Some(other)) if one == other => {
                    left.next();
                    right.next();
                }
                (Some(one), other) if other.is_none_or(|other| one < other) => {
                    self.report(what.to_owned(), one, "");
                    left.next();
                }
                (_, other) => {
                    self.report(what.to_owned(), "", other.unwrap_or_default());
                    right.next();
                }
            }
        }
    }

    /// Reports that the document cannot be read at all.
    pub(crate) fn unreadable(&mut self, reason: impl fmt::Display) {
        self.report("document".to_owned(), &reason.to_string(), "one that can be read");
    }

    fn report(&mut self, what: String, found: &str, expected: &str) {
        let (found, expected) = (found.to_owned(), expected.to_owned());
        self.mismatches.push(Mismatch { path: self.path.to_owned(), what, found, expected });
    }
}
