//! What a reader found in a document, beside what the model says.

use std::fmt;

/// How much of a text is shown around the place where two texts part, in characters.
const SHOWN: usize = 60;

/// A document that does not say what the model says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The document.
    pub path: String,
    /// Where the two sides differ: "title of 5b1e…".
    pub what: String,
    /// What the document says.
    pub found: String,
    /// What the model says.
    pub expected: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, what, found, expected } = self;
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
pub struct Comparison<'a> {
    path: &'a str,
    pub mismatches: Vec<Mismatch>,
}

impl<'a> Comparison<'a> {
    pub fn of(path: &'a str) -> Self {
        Self { path, mismatches: Vec::new() }
    }

    /// Both sides must say the same of a part of `whose`.
    pub fn same(&mut self, part: &str, whose: &str, found: &str, expected: &str) {
        if found != expected {
            self.report(format!("{part} of {whose}"), found, expected);
        }
    }

    /// Two lists must hold the same names the same number of times.
    pub fn same_set(&mut self, what: &str, mut found: Vec<&str>, mut expected: Vec<&str>) {
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

    /// The document cannot be read at all.
    pub fn unreadable(&mut self, reason: impl fmt::Display) {
        self.report("document".to_owned(), &reason.to_string(), "one that can be read");
    }

    fn report(&mut self, what: String, found: &str, expected: &str) {
        let (found, expected) = (found.to_owned(), expected.to_owned());
        self.mismatches.push(Mismatch { path: self.path.to_owned(), what, found, expected });
    }
}
