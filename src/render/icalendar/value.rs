//! Content lines (RFC 5545 §3.1) for the tree of the `icalendar` crate's parser.
//!
//! The crate folds and ends lines rightly, but escapes only some names and lets control characters
//! pass; so every value is encoded here, by its type, and names come from the callers' source.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use icalendar::parser::{Component, Parameter, ParseString, Property};

use crate::model::places;

/// A value of type TEXT (§3.3.11).
pub fn text(name: &'static str, value: &str) -> Property<'static> {
    raw(name, escape_text(value))
}

/// A value of type URI (§3.3.13): no control characters, no escaping.
pub fn uri(name: &'static str, value: &str) -> Property<'static> {
    raw(name, value.chars().filter(|c| !c.is_control()).collect::<String>())
}

/// A UTC date-time (§3.3.5, form 2).
pub fn instant(name: &'static str, instant: DateTime<Utc>) -> Property<'static> {
    raw(name, format!("{}Z", basic(instant.naive_utc())))
}

/// A date-time without zone: in a VTIMEZONE, or with a TZID parameter (§3.3.5, forms 1 and 3).
pub fn local(name: &'static str, local: NaiveDateTime) -> Property<'static> {
    raw(name, basic(local))
}

/// A date (§3.3.4).
pub fn date(name: &'static str, date: NaiveDate) -> Property<'static> {
    with(raw(name, basic_date(date)), "VALUE", "DATE")
}

/// ISO 8601 without signs between the numbers, as every time in a calendar; chrono's formats cost more than
/// all else in a line.
fn basic(local: NaiveDateTime) -> String {
    let (hour, minute, second) = (local.hour(), local.minute(), local.second());
    format!("{}T{hour:02}{minute:02}{second:02}", basic_date(local.date()))
}

fn basic_date(date: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A value that this program makes itself: a token, a number, an offset.
pub fn raw(name: &'static str, value: impl Into<String>) -> Property<'static> {
    Property { name: name.into(), val: ParseString::from(value.into()), params: Vec::new() }
}

/// Adds a parameter; its value is encoded by RFC 6868 and quoted where it must be.
pub fn with(mut property: Property<'static>, key: &'static str, value: &str) -> Property<'static> {
    let value = ParseString::from(escape_parameter(value));
    property.params.push(Parameter { key: key.into(), val: Some(value) });
    property
}

/// A component without inner ones.
pub fn component(name: &'static str, properties: Vec<Property<'static>>) -> Component<'static> {
    Component { name: name.into(), properties, components: Vec::new() }
}

fn escape_text(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len() + value.len() / 16);
    // The control characters beyond ASCII begin with the last of these bytes.
    let may_be_special =
        |octet: u8| octet.is_ascii_control() || matches!(octet, b'\\' | b';' | b',' | 0xc2);
    let mut kept = 0;
    for at in places(value, may_be_special) {
        escaped.push_str(&value[kept..at]);
        let c = value[at..].chars().next().unwrap_or_default();
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
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
    for c in value.chars() {
        match c {
            '^' => escaped.push_str("^^"),
            '"' => escaped.push_str("^'"),
            '\n' => escaped.push_str("^n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
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
