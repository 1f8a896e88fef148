//! The visibility that a text says, however broken the text is.
//!
//! Visibility fails closed: an author who takes an event back must not have to write good TOML for it. So it is read
//! on its own, by a scan of lines that needs no syntax, and a word that closes outweighs one that opens.

use super::diagnostic::nearest;

/// The key.
const KEY: &str = "visibility";
/// The line before and after the keys of an event file.
const FENCE: &str = "+++";

/// A visibility as far as it can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Legible {
    /// `public`.
    Open,
    /// A value that nobody knows, such as `intern`.
    Unknown,
    /// `internal` or `draft`.
    Closed,
}

/// Returns what the keys of an event file say.
pub(super) fn of_event(text: &str) -> Option<Legible> {
    // Every second byte of UTF-16, in which editors of Windows may write, is zero.
    if text.contains('\0') {
        return of_lines(text.replace(['\0', char::REPLACEMENT_CHARACTER], "").lines());
    }
    let mut lines = text.lines();
    // Without its first line, nobody knows where the keys begin; without its second fence, where they end.
    let has_fence = lines.next().is_some_and(|line| line.trim_end() == FENCE);
    if has_fence && lines.clone().any(|line| line.trim_end() == FENCE) {
        of_lines(lines.take_while(|line| line.trim_end() != FENCE))
    } else {
        of_lines(text.lines())
    }
}

/// Returns whether an event file that says nothing by a key says in a comment that it is not public: perhaps the comment
/// swallowed the line of the key.
pub(super) fn is_closed_in_a_comment(text: &str) -> bool {
    let keys = text.find("\n+++").map_or(text, |at| &text[..at]);
    // Nearly no event has such a comment.
    let words = ["internal", "draft"];
    keys.contains('#')
        && words.iter().any(|word| keys.contains(word))
        && of_event(text) == Some(Legible::Closed)
}

/// Returns what a `feed.toml` says of its events.
pub(super) fn of_feed(text: &str) -> Option<Legible> {
    of_lines(text.lines())
}

/// Returns the value that closes most.
fn of_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Legible> {
    lines.flat_map(values).max()
}

/// Returns the values of the key in one line; a broken end of line may have joined two.
fn values(line: &str) -> impl Iterator<Item = Legible> {
    let separators = line.match_indices(['=', ':']);
    separators.filter_map(|(at, _)| {
        let (before, after) = (line[..at].trim(), &line[at + 1..]);
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let key = before.rsplit(|c| !is_part(c)).find(|key| !key.is_empty())?.to_lowercase();
        // Somebody who opens an event may comment the line out; another comment is one that swallowed its end of line.
        let is_commented_out =
            before.starts_with('#') && before.trim_start_matches(['#', ' ', '\t']) == KEY;
        let is_key = key.contains(KEY) || nearest(&key, &[KEY]).is_some();
        (is_key && !is_commented_out).then(|| value(after)).flatten()
    })
}

/// Reads a value, with or without its quotation marks.
fn value(text: &str) -> Option<Legible> {
    let text = text.trim_start_matches([
        ' ', '\t', '"', '\'', '[', '“', '”', '„', '»', '«', '›', '‹', '\u{200b}', '\u{a0}',
    ]);
    let end =
        text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len());
    Some(match text[..end].to_lowercase().as_str() {
        "public" => Legible::Open,
        "internal" | "draft" => Legible::Closed,
        // A value that is missing says nothing.
        "" => return None,
        _ => Legible::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visibility_is_read_in_whatever_is_left_of_a_text() {
        for (keys, expected) in [
            ("visibility = \"public\"", Some(Legible::Open)),
            ("visibility = \"internal\"", Some(Legible::Closed)),
            ("visibility = internal", Some(Legible::Closed)),
            ("Visibility: 'draft'", Some(Legible::Closed)),
            ("visibilty = \"draft", Some(Legible::Closed)),
            ("title = \"A\" visibility = \"internal\"", Some(Legible::Closed)),
            ("visibility = \"public\"\nvisibility = \"internal\"", Some(Legible::Closed)),
            ("visibility = \"intern\"", Some(Legible::Unknown)),
            ("visibility = ", None),
            ("# visibility = \"draft\"", None),
            ("# note visibility = \"draft\"", Some(Legible::Closed)),
            ("#isibility = \"draft\"", Some(Legible::Closed)),
            ("# noteXvisibility = \"draft\"", Some(Legible::Closed)),
            ("visibility = »internal«", Some(Legible::Closed)),
            ("title = \"internal\"", None),
            ("kind = \"draft\"", None),
        ] {
            assert_eq!(of_event(&format!("+++\n{keys}\n+++\nText.\n")), expected, "{keys}");
            assert_eq!(of_event(&format!("+++\n{keys}\nText.\n")), expected, "{keys}, not closed");
            assert_eq!(of_feed(keys), expected, "{keys} in a feed");
        }
        assert_eq!(
            of_event("+++\ntitle = \"A\"\n+++\nvisibility = \"internal\"\n"),
            None,
            "a text says nothing"
        );
        let wide: Vec<u8> = "+++\nvisibility = \"internal\"\n+++\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(of_event(&String::from_utf8_lossy(&wide)), Some(Legible::Closed));
        assert_eq!(of_event("++\nvisibility = \"internal\"\n+++\n"), Some(Legible::Closed));
    }
}
