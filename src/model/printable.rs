//! Text for terminals and logs: a character that they would obey is written as its number.
//!
//! A file name, a key or a record may hold any character. A terminal obeys ESC and the controls of C1, shows what
//! follows U+202E backwards, and takes a line feed in a name for the end of a message.

use std::borrow::Cow;
use std::fmt::Write;

use super::is_forbidden;

/// Returns whether `c` embeds, overrides or isolates a direction of writing (Unicode Standard Annex #9 §2).
#[must_use]
pub(crate) fn is_directional(c: char) -> bool {
    is_embedding(c) || matches!(c, '\u{2066}'..='\u{2069}')
}

/// Returns whether `c` embeds or overrides a direction of writing; isolates have taken the place of both.
#[must_use]
pub(crate) fn is_embedding(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}')
}

/// Returns whether a terminal may obey `c` instead of showing it.
#[must_use]
pub(crate) fn is_unprintable(c: char) -> bool {
    is_forbidden(c) || is_directional(c) || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Returns one line for a terminal or a log: nothing in it begins another line.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    escaped(text, is_unprintable)
}

/// Returns lines for a terminal or a log; line feeds and tabs stay.
#[must_use]
pub(crate) fn printable_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| is_unprintable(c) && !matches!(c, '\n' | '\t'))
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_escaped(c) {
            // As Rust and TOML write it; writing into a string cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
        } else {
            shown.push(c);
        }
    }
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_written_as_a_number() {
        let obeyed = "\u{1b}\u{7}\u{7f}\u{80}\u{9b}\u{61c}\u{200e}\u{200f}\u{2028}\u{202a}\u{202e}\u{2066}\u{2069}";
        let shown = printable(obeyed);
        assert!(shown.is_ascii() && !shown.contains(char::is_control), "{shown}");
        assert_eq!(shown.matches("\\u{").count(), obeyed.chars().count());
        assert_eq!(printable("a\nb\u{1b}[31m"), "a\\u{a}b\\u{1b}[31m");
        assert_eq!(printable_lines("a\n\tb\r"), "a\n\tb\\u{d}");
    }

    #[test]
    fn what_people_write_stays_as_it_is() {
        let text = "Größe – „שלום“ e\u{301} 👩\u{200d}🔬 \\u{7}";
        assert!(matches!(printable(text), Cow::Borrowed(same) if same == text));
    }
}
