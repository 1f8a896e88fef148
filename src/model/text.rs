//! Text that is safe in every format: Unicode NFC, `\n` line ends, no control characters.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

use chrono::NaiveDate;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::stored::stored_as_text;

/// One line of plain text: not blank, trimmed, NFC, without control characters; cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(Arc<str>);

impl Line {
    /// Normalises `text`; `None` where it is blank or holds a forbidden character.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = composed(text.trim());
        (!text.is_empty() && !text.chars().any(is_forbidden)).then(|| Self(text.into()))
    }
}

impl Line {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Lines and a last word, parted by commas.
    #[must_use]
    pub fn joined<'a>(lines: impl Iterator<Item = &'a Self>, last: &str) -> Self {
        let lines: Vec<&str> = lines.map(|line| &**line).chain([last]).collect();
        Self(lines.join(", ").into())
    }

    /// This line, a slash and a date.
    #[must_use]
    pub fn with_date(&self, date: NaiveDate) -> Self {
        Self(format!("{self}/{date}").into())
    }

    /// This line with another one in brackets behind it.
    #[must_use]
    pub fn with_remark(&self, remark: &Self) -> Self {
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

/// Markdown source of several lines, NFC, with `\n` line ends; it may be empty; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Markdown {
    /// The text in which it stands.
    whole: Arc<str>,
    place: Range<usize>,
}

impl Markdown {
    /// Normalises `text`; `None` where it holds a forbidden character.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let whole: Arc<str> = normalise(text.trim()).into();
        let place = 0..whole.len();
        (!whole.chars().any(is_forbidden_in_lines)).then_some(Self { whole, place })
    }

    /// The part of a text that [`normalise`] made and that holds no forbidden character, as every file
    /// that was read.
    #[must_use]
    pub fn in_normal(whole: &Arc<str>, place: Range<usize>) -> Self {
        let text = &whole[place.clone()];
        debug_assert!(Self::new(text).is_some_and(|normal| *normal == *text.trim()));
        let start = place.start + (text.len() - text.trim_start().len());
        Self { whole: Arc::clone(whole), place: start..start + text.trim().len() }
    }
}

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

/// Brings a whole text file to its one form: no byte order mark, `\n` line ends, NFC.
#[must_use]
pub fn normalise(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.contains('\r') {
        return composed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    composed(&text).into_owned().into()
}

/// The text in NFC. Nearly all text is so already, and asking is cheaper than composing it anew.
fn composed(text: &str) -> Cow<'_, str> {
    // No letter before U+0300 combines with another, and neither do dashes, quotes and spaces. Only later
    // ones begin with such an octet.
    let is_simple = |c: char| ('\u{2010}'..='\u{203f}').contains(&c);
    let mut suspects = places(text, |octet| octet >= 0xcc);
    if suspects.all(|at| text[at..].starts_with(is_simple)) || is_nfc(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// The places of the bytes that `may_begin` something special; blocks without any are passed over fast.
pub fn places(text: &str, may_begin: impl Fn(u8) -> bool + Copy) -> impl Iterator<Item = usize> {
    const LEN: usize = 64;
    let blocks = text.as_bytes().chunks(LEN).zip((0..).step_by(LEN));
    // Without an early end, compilers look at many bytes at once.
    let has_any =
        move |block: &[u8]| block.iter().fold(false, |has, octet| has | may_begin(*octet));
    blocks.filter(move |(block, _)| has_any(block)).flat_map(move |(block, start)| {
        let bytes = block.iter().zip(start..);
        bytes.filter(move |(octet, _)| may_begin(**octet)).map(|(_, at)| at)
    })
}

/// Octets as small hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [u8; 16] = *b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    bytes.iter().flat_map(|octet| [digit(octet >> 4), digit(octet & 15)]).collect()
}

/// Returns whether `c` may not stand in a line of text: controls (category Cc), the line and paragraph
/// separators, and the non-characters that XML 1.0 §2.2 forbids.
#[must_use]
pub fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

/// The same for text of several lines, in which line feed and tab are layout.
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
