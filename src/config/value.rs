//! What may stand in a setting, and what is said if something else does.
//!
//! `config` can deserialize, too, but it makes text of every number and a number of `80.7` or `on`, and its errors are
//! sentences: here a value is taken as it was written, and a fault says its parts.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use ::config::{Value, ValueKind};
use chrono::{Days, TimeDelta};
use serde::de::{Deserializer, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use tracing::level_filters::LevelFilter;
use url::Url;

/// Why a setting cannot be taken.
#[derive(Debug)]
pub(super) enum Fault {
    /// There is no such key; these there are.
    UnknownKey(&'static [&'static str]),
    /// The value is none of those that may stand there.
    InvalidValue { value: String, expected: String },
    /// Something else, in words of `serde`.
    Other(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Other(message.to_string())
    }

    fn invalid_type(value: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_value(value, expected)
    }

    fn invalid_value(value: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let value = match value {
            Unexpected::Str("") => "empty".to_owned(),
            Unexpected::Str(text) => format!("`{text}`"),
            Unexpected::Signed(number) => format!("`{number}`"),
            Unexpected::Float(number) => format!("`{number:?}`"),
            Unexpected::Bool(is_so) => format!("`{is_so}`"),
            Unexpected::Map => "a table".to_owned(),
            Unexpected::Seq => "a list".to_owned(),
            other => other.to_string(),
        };
        Self::InvalidValue { value, expected: expected.to_string() }
    }

    fn unknown_field(_: &str, known: &'static [&'static str]) -> Self {
        Self::UnknownKey(known)
    }
}

/// A value as it was written.
pub(super) struct Written<'a>(pub(super) &'a Value);

impl IntoDeserializer<'_, Fault> for Written<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Written<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let invalid = |value| <Fault as serde::de::Error>::invalid_type(value, &visitor);
        match &self.0.kind {
            ValueKind::String(text) => visitor.visit_str(text),
            ValueKind::I64(number) => visitor.visit_i64(*number),
            ValueKind::Float(number) => visitor.visit_f64(*number),
            ValueKind::Boolean(is_so) => visitor.visit_bool(*is_so),
            ValueKind::Array(_) => Err(invalid(Unexpected::Seq)),
            ValueKind::Table(_) => Err(invalid(Unexpected::Map)),
            _ => Err(invalid(Unexpected::Other(&self.0.to_string()))),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Takes a text; environment and command line give numbers as text, too.
struct Text<T, F: Fn(&str) -> Option<T>> {
    expected: String,
    read: F,
}

impl<T, F: Fn(&str) -> Option<T>> Visitor<'_> for Text<T, F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.expected)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<T, E> {
        (self.read)(&number.to_string())
            .ok_or_else(|| E::invalid_value(Unexpected::Signed(number), &self))
    }
}

fn checked<'de, D: Deserializer<'de>, T>(
    value: D,
    expected: impl Into<String>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    value.deserialize_any(Text { expected: expected.into(), read })
}

pub(super) fn address<'de, D: Deserializer<'de>>(value: D) -> Result<SocketAddr, D::Error> {
    checked(value, "an address and a port such as 127.0.0.1:8080", |text| text.parse().ok())
}

/// An address on the web without credentials.
pub(super) fn web_url<'de, D: Deserializer<'de>>(value: D) -> Result<Url, D::Error> {
    checked(value, "a web address such as https://example.org, without a password", |text| {
        let is_plain = !text.chars().any(|c| c.is_control() || c.is_whitespace());
        let url = Url::parse(text).ok().filter(|_| is_plain)?;
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        (is_web && !has_credentials).then_some(url)
    })
}

pub(super) fn path<'de, D: Deserializer<'de>>(value: D) -> Result<PathBuf, D::Error> {
    checked(value, "a path in quotation marks", |text| Some(text.into()))
}

pub(super) fn log_level<'de, D: Deserializer<'de>>(value: D) -> Result<LevelFilter, D::Error> {
    checked(value, "off, error, warn, info, debug or trace", |text| text.parse().ok())
}

pub(super) fn seconds<'de, D: Deserializer<'de>, const LEAST: u64, const MOST: u64>(
    value: D,
) -> Result<Duration, D::Error> {
    let expected = format!("a whole number of seconds from {LEAST} to {MOST}");
    checked(value, expected, |text| {
        let seconds = text.parse().ok().filter(|seconds| (LEAST..=MOST).contains(seconds));
        seconds.map(Duration::from_secs)
    })
}

/// At most a day, in the type of the calendar.
pub(super) fn removal<'de, D: Deserializer<'de>>(value: D) -> Result<TimeDelta, D::Error> {
    let seconds = seconds::<D, 0, 86_400>(value)?;
    Ok(TimeDelta::from_std(seconds).unwrap_or_default())
}

pub(super) fn days<'de, D: Deserializer<'de>>(value: D) -> Result<Days, D::Error> {
    checked(value, "a whole number of days from 0 to 36500", |text| {
        text.parse().ok().filter(|days| *days <= 36_500).map(Days::new)
    })
}
