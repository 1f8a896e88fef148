//! Text that is safe in every format: Unicode NFC, `\n` line ends, no control characters.
//!
//! Text is normalised once, when it is read, and compared as bytes from then on: two spellings of
//! one letter must not count as a change of the event.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

use chrono::NaiveDate;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::stored::stored_as_text;

/// A line of plain text: not blank, trimmed, in NFC, without control characters; cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(Arc<str>);

impl Line {
    /// Normalises `text`; returns `None` if it is blank or holds a forbidden character.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = composed(text.trim());
        (!text.is_empty() && !text.chars().any(is_forbidden)).then(|| Self(text.into()))
    }
}

impl Line {
    /// Returns the text.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Joins lines and a last text with commas.
    #[must_use]
    pub(crate) fn joined<'a>(lines: impl Iterator<Item = &'a Self>, last: &str) -> Self {
        // The parts are lines already, and joining them with a comma makes a line again: nothing is
        // to be checked.
        let lines: Vec<&str> = lines.map(|line| &**line).chain([last]).collect();
        Self(lines.join(", ").into())
    }

    /// Returns this line, a slash and a date (`YYYY-MM-DD`).
    #[must_use]
    pub(crate) fn with_date(&self, date: NaiveDate) -> Self {
        Self(format!("{self}/{date}").into())
    }

    /// Returns this line, followed by another one in brackets.
    #[must_use]
    pub(crate) fn with_remark(&self, remark: &Self) -> Self {
        Self(format!("{self} ({remark})").into())
    }
}

impl Deref for Line {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

stored_as_text!(Line, "line of text", Line::new);

/// Markdown source of several lines, in NFC, with `\n` line ends; it may be empty; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Markdown {
    /// The text that holds it: often the whole file, which its definition shares.
    whole: Arc<str>,
    place: Range<usize>,
}

impl Markdown {
    /// Normalises `text`; returns `None` if it holds a forbidden character.
    #[must_use]
    pub(crate) fn new(text: &str) -> Option<Self> {
        let whole: Arc<str> = normalise(text.trim()).into();
        let place = 0..whole.len();
        (!whole.chars().any(is_forbidden_in_lines)).then_some(Self { whole, place })
    }

    /// Returns a part of a text, without copying it. The text is one that [`normalise`] returned
    /// and that holds no forbidden character, as the text of each file that was read.
    #[must_use]
    pub(crate) fn in_normal(whole: &Arc<str>, place: Range<usize>) -> Self {
        let text = &whole[place.clone()];
        // Every file is normalised as a whole when it is read, so only tests look again.
        debug_assert!(Self::new(text).is_some_and(|normal| *normal == *text.trim()));
        let start = place.start + (text.len() - text.trim_start().len());
        Self { whole: Arc::clone(whole), place: start..start + text.trim().len() }
    }
}

// Two bodies are equal if their text is, wherever it lies: an edit elsewhere in the file is no
// change of the body.
impl PartialEq for Markdown {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Markdown {}

impl Hash for Markdown {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl Deref for Markdown {
    type Target = str;

    fn deref(&self) -> &str {
        &self.whole[self.place.clone()]
    }
}

/// Brings the text of a file to its one form: no byte order mark, `\n` line ends, NFC.
#[must_use]
pub fn normalise(text: &str) -> Cow<'_, str> {
    // Editors on Windows write a byte order mark and CRLF.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.contains('\r') {
        return composed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    composed(&text).into_owned().into()
}

/// Returns the text in NFC.
fn composed(text: &str) -> Cow<'_, str> {
    // Nearly all text is in NFC already, and asking for that is cheaper than composing it anew.
    // No letter before U+0300 combines with another, and neither do dashes, quotes and spaces. Only later
    // ones begin with such a byte.
    let is_simple = |c: char| ('\u{2010}'..='\u{203f}').contains(&c);
    let mut suspects = places(text, |byte| byte >= 0xcc);
    if suspects.all(|at| text[at..].starts_with(is_simple)) || is_nfc(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Returns the positions of the bytes for which `may_begin` holds. Blocks without any are passed
/// over fast.
pub fn places(text: &str, may_begin: impl Fn(u8) -> bool + Copy) -> impl Iterator<Item = usize> {
    const LEN: usize = 64;
    let blocks = text.as_bytes().chunks(LEN).zip((0..).step_by(LEN));
    // Without an early exit, the compiler tests many bytes with one instruction.
    let has_any = move |block: &[u8]| block.iter().fold(false, |has, byte| has | may_begin(*byte));
    blocks.filter(move |(block, _)| has_any(block)).flat_map(move |(block, start)| {
        let bytes = block.iter().zip(start..);
        bytes.filter(move |(byte, _)| may_begin(**byte)).map(|(_, at)| at)
    })
}

/// Returns bytes as hexadecimal digits in small letters.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Returns whether `c` may not stand in a line of text: controls (category Cc), the line and
/// paragraph separators, and the non-characters that XML 1.0 §2.2 forbids.
#[must_use]
pub fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

/// Returns whether `c` may not stand in text of several lines, in which line feed and tab are
/// layout.
#[must_use]
pub fn is_forbidden_in_lines(c: char) -> bool {
    is_forbidden(c) && !matches!(c, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_taken_as_they_are_are_composed() {
        let text: String = ('\0'..'\u{300}').chain('\u{2010}'..='\u{203f}').collect();
        assert!(matches!(composed(&text), Cow::Borrowed(_)));
        assert!(is_nfc(&text));
        assert_eq!(composed("u\u{308}"), "ü");
    }
}
