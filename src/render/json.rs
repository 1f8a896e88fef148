//! JSON that is put together from finished segments.

use std::fmt::Write;

use bytes::Bytes;
use serde::Serialize;

use super::body::{Body, SharedBytes};
use crate::model::places;

/// Octets of a usual value.
const USUAL: usize = 2048;

/// A value as JSON.
pub fn json(value: &impl Serialize) -> String {
    let mut json = Vec::with_capacity(USUAL);
    serde_json::to_writer(&mut json, value).expect("structs of texts and lists always serialise");
    String::from_utf8(json).expect("JSON is UTF-8")
}

/// A value as JSON in which nothing ends a `script` element or one of its lines.
pub fn json_for_script(value: &impl Serialize) -> String {
    in_script(json(value))
}

/// Stands before each item of a list but the first: it is written with the item, so that a list of 10,000 is as many
/// references shorter.
pub const COMMA: &str = ",";

/// An object whose last field is a list, with these finished items in it, each of which begins with a comma.
pub fn list<'a>(
    object_with_empty_list: String,
    mut items: impl Iterator<Item = &'a SharedBytes>,
) -> Body {
    let object = Bytes::from(object_with_empty_list);
    let end = object.len() - "]}".len();
    let mut first = items.next().map_or_else(Vec::new, |first| first.segments().to_vec());
    first.iter_mut().take(1).for_each(|segment| *segment = segment.slice(COMMA.len()..));
    let mut body = Body::from(object.slice(..end));
    body.push_part(first.into());
    body.extend(items);
    body.push(object.slice(end..));
    body
}

/// The inside of a text as JSON, in which nothing ends a `script` element.
pub fn inside(text: &str) -> Bytes {
    let json = Bytes::from(json_for_script(&text));
    json.slice(1..json.len() - 1)
}

/// A text that stands for a finished one; no text of an author is this.
pub const GAP: &str = "\u{0}";

/// What is before and behind the text that is a gap; a quote of an author is escaped.
pub fn around_gap(json: &str) -> (&str, &str) {
    const GAP_IN_JSON: &str = "\"\\u0000\"";
    let at = json.find(GAP_IN_JSON).expect("it was written with a gap");
    (&json[..=at], &json[at + GAP_IN_JSON.len() - 1..])
}

/// JSON in which nothing ends a `script` element or one of its lines.
pub fn in_script(json: String) -> String {
    // The separators of lines and paragraphs begin with the last of these bytes, and so do many other
    // characters.
    let suspects = places(&json, |octet| matches!(octet, b'<' | b'>' | b'&' | 0xe2));
    let is_special = |c: &char| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}');
    let special =
        suspects.filter_map(|at| Some((at, json[at..].chars().next().filter(is_special)?)));
    let (mut escaped, mut kept) = (String::new(), 0);
    for (at, c) in special {
        escaped.push_str(&json[kept..at]);
        let _ = write!(escaped, "\\u{:04x}", u32::from(c));
        kept = at + c.len_utf8();
    }
    if kept == 0 {
        return json;
    }
    escaped.push_str(&json[kept..]);
    escaped
}

#[cfg(test)]
mod tests {
    use super::json_for_script;

    #[test]
    fn nothing_ends_a_script() {
        let text = "„a“ </script> & \u{2028}…";
        let json = json_for_script(&text);
        assert_eq!(json, "\"„a“ \\u003c/script\\u003e \\u0026 \\u2028…\"");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
    }
}
