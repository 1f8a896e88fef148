//! The configuration, in layers: built-in defaults < `config/default.toml` < a file < environment <
//! flags.
//!
//! It is checked as a whole: an unknown key or an impossible value is refused with its path. The
//! crate `config` alone would read 80.7 as 81 and "on" as true, so numbers are read from text here.

use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ::config::{Environment, File, FileFormat, Map, Source, Value, ValueKind};
use chrono::{Days, TimeDelta};
use tracing::level_filters::LevelFilter;
use url::Url;

/// The defaults. They are compiled in: an installed program needs no file beside it.
const DEFAULTS: &str = include_str!("../config/default.toml");
/// The file in which an administrator may keep the defaults of a machine.
const DEFAULT_FILE: &str = "config/default.toml";
const PREFIX: &str = "AUSHANG";
/// The name of the record if no other is set.
const RECORD: &str = "record.jsonl";

/// All settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address and port to listen on.
    pub listen: SocketAddr,
    /// The public address of the site, from which all links are made.
    pub base_url: Url,
    /// Whether somebody set `base_url`.
    pub is_base_url_given: bool,
    /// The folder of the definitions.
    pub feeds: PathBuf,
    /// The path of the publication record.
    pub record: PathBuf,
    /// The time between two polls of the folder.
    pub rescan: Duration,
    /// The time for which a definition must be gone until its event counts as deleted.
    pub removal: TimeDelta,
    /// The level of the log.
    pub log: LevelFilter,
    /// The days since which occurrences have pages of their own.
    pub series_past: Days,
    /// The days ahead for which occurrences have pages of their own.
    pub series_ahead: Days,
    /// The time that open connections have to finish when the service stops.
    pub stop: Duration,
}

/// The settings on the command line, which outweigh all others.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// `--config`.
    pub file: Option<PathBuf>,
    /// `--feeds`.
    pub feeds: Option<PathBuf>,
    /// `--base-url`.
    pub base_url: Option<String>,
    /// `--listen`.
    pub listen: Option<String>,
}

/// The reason why the configuration cannot be used.
#[derive(Debug)]
pub enum ConfigError {
    /// A layer cannot be read.
    Unreadable {
        /// The path of the file, or the name of the layer.
        layer: String,
        /// The reason.
        reason: String,
    },
    /// No setting has this key.
    UnknownKey {
        /// The key.
        key: String,
        /// The layer in which it was set.
        origin: String,
        /// The keys that exist.
        known: Vec<String>,
    },
    /// A setting has an impossible value.
    InvalidValue {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// The layer in which it was set.
        origin: String,
        /// The values that are possible.
        expected: String,
    },
}

type Values = Map<String, Value>;

impl Config {
    /// Reads all layers.
    ///
    /// # Errors
    /// The first wrong key, or the layer that cannot be read.
    pub fn load(flags: &Flags) -> Result<Self, ConfigError> {
        let defaults = collect(&File::from_str(DEFAULTS, FileFormat::Toml), "built-in defaults")?;
        let mut values = defaults.clone();
        values.extend(file(Path::new(DEFAULT_FILE), false)?);
        // The shipped file repeats the defaults: only another value in it was set by somebody.
        let kind = |values: &Values| values.get("base_url").map(|value| value.kind.clone());
        let is_changed = kind(&values) != kind(&defaults);
        let mut own = Values::new();
        if let Some(path) = &flags.file {
            own.extend(file(path, true)?);
        }
        // A single underscore belongs to the key: AUSHANG_BASE_URL is `base_url`.
        let environment = Environment::with_prefix(PREFIX).prefix_separator("_").separator("__");
        own.extend(collect(&environment, "the environment")?);
        own.extend(flags.values());
        let is_base_url_given = is_changed || own.contains_key("base_url");
        values.extend(own);
        check_keys(&values, &defaults)?;
        Self::read(&values, is_base_url_given)
    }

    fn read(values: &Values, is_base_url_given: bool) -> Result<Self, ConfigError> {
        Ok(Self {
            listen: parsed(values, "listen", "an address and a port such as 127.0.0.1:8080")?,
            base_url: checked(
                values,
                "base_url",
                "an address such as https://example.org",
                web_url,
            )?,
            is_base_url_given,
            record: record(values)?,
            feeds: text(values, "feeds")?.into(),
            rescan: seconds(values, "rescan_seconds", 1..=3600)?,
            removal: TimeDelta::from_std(seconds(values, "removal_seconds", 0..=86_400)?)
                .unwrap_or_default(),
            log: parsed(values, "log", "off, error, warn, info, debug or trace")?,
            series_past: days(values, "series_past_days")?,
            series_ahead: days(values, "series_ahead_days")?,
            stop: seconds(values, "stop_seconds", 0..=600)?,
        })
    }

    /// Returns a warning if links would lead readers to their own machines.
    #[must_use]
    pub fn base_url_warning(&self) -> Option<String> {
        let is_lost = !self.is_base_url_given && !self.listen.ip().is_loopback();
        is_lost.then(|| {
            format!(
                "base_url is not set: all links lead to {}, which is each reader's own machine",
                self.base_url
            )
        })
    }
}

impl Flags {
    fn values(&self) -> Values {
        let feeds = self.feeds.as_ref().map(|path| path.to_string_lossy().into_owned());
        let texts = [
            ("feeds", feeds),
            ("base_url", self.base_url.clone()),
            ("listen", self.listen.clone()),
        ];
        let origin = "the command line".to_owned();
        let given = texts.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text?)));
        given.map(|(key, text)| (key, Value::new(Some(&origin), text))).collect()
    }
}

fn file(path: &Path, is_required: bool) -> Result<Values, ConfigError> {
    let source = File::new(&path.to_string_lossy(), FileFormat::Toml).required(is_required);
    let values = collect(&source, &path.to_string_lossy())?;
    // The crate names a file as seen from the working folder; an administrator wrote this path.
    let origin = path.to_string_lossy().into_owned();
    Ok(values
        .into_iter()
        .map(|(key, value)| (key, Value::new(Some(&origin), value.kind)))
        .collect())
}

fn collect(source: &dyn Source, name: &str) -> Result<Values, ConfigError> {
    source.collect().map_err(|error| ConfigError::Unreadable {
        layer: name.to_owned(),
        reason: error.to_string(),
    })
}

fn check_keys(values: &Values, known: &Values) -> Result<(), ConfigError> {
    let known: Vec<&str> = known.keys().map(String::as_str).collect();
    let mut unknown: Vec<_> =
        values.iter().filter(|(key, _)| !known.contains(&key.as_str())).collect();
    unknown.sort_by_key(|(key, _)| *key);
    let Some((key, value)) = unknown.first() else { return Ok(()) };
    let known = known.into_iter().map(str::to_owned).collect();
    Err(ConfigError::UnknownKey { key: (*key).clone(), origin: origin(value), known })
}

/// Returns the layer in which a value was set.
fn origin(value: &Value) -> String {
    value.origin().unwrap_or("built-in defaults").to_owned()
}

fn text(values: &Values, key: &str) -> Result<String, ConfigError> {
    checked(values, key, "text", |text| Some(text.to_owned()))
}

/// Reads a web address without credentials.
fn web_url(text: &str) -> Option<Url> {
    // The checks of the model's `WebUrl`: this room knows no model.
    let is_plain = !text.chars().any(|c| c.is_control() || c.is_whitespace());
    let url = Url::parse(text).ok().filter(|_| is_plain)?;
    let has_credentials = !url.username().is_empty() || url.password().is_some();
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    (is_web && !has_credentials).then_some(url)
}

/// Reads the path of the record, which is in the folder of the definitions unless another one is
/// set.
fn record(values: &Values) -> Result<PathBuf, ConfigError> {
    let path = text(values, "record")?;
    if path.is_empty() {
        Ok(Path::new(&text(values, "feeds")?).join(RECORD))
    } else {
        Ok(path.into())
    }
}

fn seconds(
    values: &Values,
    key: &str,
    range: RangeInclusive<u64>,
) -> Result<Duration, ConfigError> {
    let expected = format!("a number of seconds from {} to {}", range.start(), range.end());
    let read = |text: &str| text.parse().ok().filter(|seconds| range.contains(seconds));
    checked(values, key, &expected, read).map(Duration::from_secs)
}

fn days(values: &Values, key: &str) -> Result<Days, ConfigError> {
    let within = |days: &u64| *days <= 36_500;
    let read = |text: &str| text.parse().ok().filter(within).map(Days::new);
    checked(values, key, "a number of days from 0 to 36500", read)
}

fn parsed<T: std::str::FromStr>(
    values: &Values,
    key: &str,
    expected: &str,
) -> Result<T, ConfigError> {
    checked(values, key, expected, |text| text.parse().ok())
}

/// Reads a value.
fn checked<T>(
    values: &Values,
    key: &str,
    expected: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, ConfigError> {
    let value = &values[key];
    // The environment and flags give numbers as text, files give them as numbers; a fraction is
    // neither.
    let text = match &value.kind {
        ValueKind::String(text) => Some(text.clone()),
        ValueKind::I64(number) => Some(number.to_string()),
        _ => None,
    };
    text.as_deref().and_then(read).ok_or_else(|| ConfigError::InvalidValue {
        key: key.to_owned(),
        value: value.to_string(),
        origin: origin(value),
        expected: expected.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_listen_on_this_machine_only() {
        let config = Config::load(&Flags::default()).expect("the defaults are right");
        assert!(config.listen.ip().is_loopback() && !config.is_base_url_given);
        assert_eq!(config.base_url_warning(), None);
    }

    #[test]
    fn an_impossible_value_is_refused_with_its_key_and_origin() {
        let flags = Flags { listen: Some("8080".to_owned()), ..Flags::default() };
        let error = Config::load(&flags).expect_err("there is no address");
        let ConfigError::InvalidValue { key, value, origin, .. } = error else {
            panic!("{error:?}");
        };
        assert_eq!([&*key, &*value, &*origin], ["listen", "8080", "the command line"]);
    }
}
