//! The lines of a file: where each begins, and the part of one that a report shows.

use std::ops::Range;

use crate::model::is_unprintable;

/// The most characters of a line that are shown, half of them before the caret.
// The renderer cuts a line to the width of a terminal, but it reads all of it first.
const MAX_SHOWN: usize = 240;

/// The index of a text's lines: a place is found without counting from the start.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// The offsets at which lines begin.
    starts: Vec<usize>,
}

/// The part of a line in which a problem is shown.
pub(super) struct ShownLine {
    /// The number of the line, from 1.
    pub number: usize,
    /// The column of the problem in the whole line, in characters from 1.
    pub column: usize,
    /// The line, or what is shown of it; no character of it is obeyed by a terminal, and each keeps its column.
    pub text: String,
    /// The problem's place in `text`.
    pub span: Range<usize>,
    /// Whether the beginning of the line is left out.
    pub is_cut: bool,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(ends).collect() }
    }

    /// Returns the number of the line, from 1, and the offset at which it begins.
    fn line(&self, at: usize) -> (usize, usize) {
        let number = self.starts.partition_point(|start| *start <= at);
        (number, self.starts[number.saturating_sub(1)])
    }

    /// Returns the number of the line, from 1.
    pub(super) fn number(&self, at: usize) -> usize {
        self.line(at).0
    }

    /// Returns the line in which a problem begins, with the part of its place that is in it: a broken table would else
    /// be shown from end to end.
    pub(super) fn shown(&self, span: &Range<usize>) -> ShownLine {
        let at = self.text.floor_char_boundary(span.start.min(self.text.len()));
        let (number, start) = self.line(at);
        let (before, after) = (&self.text[start..at], &self.text[at..]);
        let after = after.split('\n').next().unwrap_or_default();
        let end = span.end.clamp(at, at + after.len());
        let marked = &self.text[at..self.text.floor_char_boundary(end).max(at)];
        let hidden = before.char_indices().rev().nth(MAX_SHOWN / 2 - 1).map_or(0, |(at, _)| at);
        let mark = |is_cut: bool| if is_cut { "…" } else { "" };
        let before_shown = mark(hidden > 0).to_owned() + &replaced(&before[hidden..]);
        let marked = replaced(beginning(marked, MAX_SHOWN / 2));
        let shown = beginning(after, MAX_SHOWN / 2);
        let after = replaced(shown) + mark(shown.len() < after.len());
        ShownLine {
            number,
            column: before.chars().count() + 1,
            span: before_shown.len()..before_shown.len() + marked.len(),
            text: before_shown + &after,
            is_cut: hidden > 0,
        }
    }
}

/// Returns the first characters of a text.
fn beginning(text: &str, count: usize) -> &str {
    text.char_indices().nth(count).map_or(text, |(end, _)| &text[..end])
}

/// Replaces each character that a terminal may obey by one of the width that it seems to have.
fn replaced(text: &str) -> String {
    let shown = |c: char| match c {
        // The renderer has pictures of the controls of ASCII, and puts spaces in the place of a tab.
        _ if c.is_ascii_control() => c,
        _ if is_unprintable(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    text.chars().map(shown).collect()
}
