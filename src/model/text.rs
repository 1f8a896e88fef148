//! Text that is safe in every format: Unicode NFC, `\n` line ends, no control characters.

use std::fmt;
use std::ops::Deref;

use chrono::NaiveDate;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// One line of plain text: not blank, trimmed, NFC, without control characters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(String);

impl Line {
    /// Normalises `text`; `None` where it is blank or holds a forbidden character.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text: String = text.trim().nfc().collect();
        (!text.is_empty() && !text.chars().any(is_forbidden)).then_some(Self(text))
    }
}

impl Line {
    /// Lines and a last word, parted by commas.
    #[must_use]
    pub fn joined<'a>(lines: impl Iterator<Item = &'a Self>, last: &str) -> Self {
        let lines: Vec<&str> = lines.map(|line| &**line).chain([last]).collect();
        Self(lines.join(", "))
    }

    /// This line, a slash and a date.
    #[must_use]
    pub fn with_date(&self, date: NaiveDate) -> Self {
        Self(format!("{self}/{date}"))
    }

    /// This line with another one in brackets behind it.
    #[must_use]
    pub fn with_remark(&self, remark: &Self) -> Self {
        Self(format!("{self} ({remark})"))
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

/// Markdown source of several lines, NFC, with `\n` line ends; it may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown(String);

impl Markdown {
    /// Normalises `text`; `None` where it holds a forbidden character.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = normalise(text.trim());
        (!text.chars().any(is_forbidden_in_lines)).then_some(Self(text))
    }
}

impl Deref for Markdown {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// Brings a whole text file to its one form: no byte order mark, `\n` line ends, NFC.
#[must_use]
pub fn normalise(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    };
    // Nearly all text is in this form already, and asking is cheaper than composing it anew.
    if is_nfc(&text) { text } else { text.nfc().collect() }
}

/// Claims that `c` may not stand in a line of text: controls (category Cc), the line and paragraph
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
