//! Content lines (RFC 5545 §3.1) for the tree of the `icalendar` crate's parser.
//!
//! The crate's typed builders are not used: they add a DTSTAMP of now and a random UID to a component without them,
//! escape only the names of RFC 5545 (not NAME of RFC 7986), let control characters pass, and take 1.5 times as long.
//! The tree of its parser is written as it is, and folded. So every value is encoded here, by its type: a line break in
//! a URL or a parameter would begin a new property. Names come from the source of the callers alone.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use icalendar::parser::{Component, Parameter, ParseString, Property};

use crate::model::places;

/// Returns a property of type TEXT (§3.3.11).
pub(crate) fn text(name: &'static str, value: &str) -> Property<'static> {
    raw(name, escape_text(value))
}

/// Returns a property of type URI (§3.3.13): without control characters, and not escaped.
pub(crate) fn uri(name: &'static str, value: &str) -> Property<'static> {
    raw(name, value.chars().filter(|c| !c.is_control()).collect::<String>())
}

/// Returns a property of type DATE-TIME in UTC (§3.3.5, form 2).
pub(crate) fn instant(name: &'static str, instant: DateTime<Utc>) -> Property<'static> {
    raw(name, format!("{}Z", basic(instant.naive_utc())))
}

/// Returns a property of type DATE-TIME without zone, for a VTIMEZONE or a TZID parameter (§3.3.5, forms 1 and 3).
pub(crate) fn local(name: &'static str, local: NaiveDateTime) -> Property<'static> {
    raw(name, basic(local))
}

/// Returns a property of type DATE (§3.3.4).
pub(crate) fn date(name: &'static str, date: NaiveDate) -> Property<'static> {
    with(raw(name, basic_date(date)), "VALUE", "DATE")
}

/// Returns a date and time in the basic format of ISO 8601, as every time in a calendar (§3.3.5).
// Written by hand: chrono's formats cost more than all else in a line.
fn basic(local: NaiveDateTime) -> String {
    let (hour, minute, second) = (local.hour(), local.minute(), local.second());
    format!("{}T{hour:02}{minute:02}{second:02}", basic_date(local.date()))
}

fn basic_date(date: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// Returns a property whose value needs no encoding: a token, a number, an offset.
pub(crate) fn raw(name: &'static str, value: impl Into<String>) -> Property<'static> {
    Property { name: name.into(), val: ParseString::from(value.into()), params: Vec::new() }
}

/// Adds a parameter. Its value is encoded by RFC 6868 and quoted unless it is a token.
pub(crate) fn with(
    mut property: Property<'static>,
    key: &'static str,
    value: &str,
) -> Property<'static> {
    let value = ParseString::from(escape_parameter(value));
    property.params.push(Parameter { key: key.into(), val: Some(value) });
    property
}

/// Returns a component without components in it.
pub(crate) fn component(
    name: &'static str,
    properties: Vec<Property<'static>>,
) -> Component<'static> {
    Component { name: name.into(), properties, components: Vec::new() }
}

fn escape_text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len() + value.len() / 16);
    // In UTF-8, the control characters beyond ASCII begin with the byte 0xc2.
    let may_be_special =
        |byte: u8| byte.is_ascii_control() || matches!(byte, b'\\' | b';' | b',' | 0xc2);
    let mut kept = 0;
    for at in places(value, may_be_special) {
        escaped.push_str(&value[kept..at]);
        let c = value[at..].chars().next().unwrap_or_default();
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            // TEXT may contain a tab, but no other control character (§3.3.11, §3.1).
            '\t' => escaped.push(c),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
        kept = at + c.len_utf8();
    }
    escaped + &value[kept..]
}

fn escape_parameter(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len() + 2);
    // Before RFC 6868, a parameter had no way to contain a quote or a line break.
    for c in value.chars() {
        match c {
            '^' => escaped.push_str("^^"),
            '"' => escaped.push_str("^'"),
            '\n' => escaped.push_str("^n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    // Quotes are required around `:`, `;` and `,` only (RFC 5545 §3.2), and allowed around everything.
    let is_token = escaped.chars().all(|c| c.is_ascii_alphanumeric() || "-/+_".contains(c));
    if is_token { escaped } else { format!("\"{escaped}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_escapes_what_the_standard_names() {
        let line = text("SUMMARY", "a;b,c\\d\ne\u{7}").to_string();
        assert_eq!(line, "SUMMARY:a\\;b\\,c\\\\d\\ne\r\n");
    }

    #[test]
    fn parameters_are_encoded_by_rfc_6868() {
        let line = with(text("X-A", "v"), "LABEL", "a \"b\"\n^").to_string();
        assert_eq!(line, "X-A;LABEL=\"a ^'b^'^n^^\":v\r\n");
    }

    #[test]
    fn a_uri_cannot_begin_a_new_line() {
        assert_eq!(uri("URL", "https://a\r\nX:b").to_string(), "URL:https://aX:b\r\n");
    }

    #[test]
    fn lines_fold_at_75_octets_between_characters() {
        let folded = text("SUMMARY", &"ü".repeat(200)).to_string();
        assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(folded.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "ü".repeat(200)));
    }
}
