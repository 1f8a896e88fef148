//! The configuration, in layers: built-in defaults < `config/default.toml` < a file < environment <
//! flags.
//!
//! An unknown key or an impossible value is refused with its place: the line of a file, a variable, an
//! option. The crate `config` alone would read 80.7 as 81 and "on" as true, so numbers are read from
//! text here.

mod layers;
mod value;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use ::config::Value;
use chrono::{Days, TimeDelta};
use serde::Deserialize;
use serde::de::value::MapDeserializer;
use tracing::level_filters::LevelFilter;
use url::Url;

pub(crate) use layers::Origin;
use layers::Setting;
use value::{Fault, Written};

/// The defaults. They are compiled in: an installed program needs no file beside it.
const DEFAULTS: &str = include_str!("../config/default.toml");
/// The file in which an administrator may keep the defaults of a machine.
const DEFAULT_FILE: &str = "config/default.toml";
/// The name of the record if no other is set.
const RECORD: &str = "record.jsonl";

/// All settings; this is the one list of keys.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The address and port to listen on.
    #[serde(deserialize_with = "value::address")]
    pub listen: SocketAddr,
    /// The public address of the site, from which all links are made.
    #[serde(deserialize_with = "value::web_url")]
    pub base_url: Url,
    /// Whether somebody set `base_url`.
    #[serde(skip)]
    pub is_base_url_given: bool,
    /// The folder of the definitions.
    #[serde(deserialize_with = "value::path")]
    pub feeds: PathBuf,
    /// The path of the publication record.
    #[serde(deserialize_with = "value::path")]
    pub record: PathBuf,
    /// The time between two polls of the folder.
    #[serde(rename = "rescan_seconds", deserialize_with = "value::seconds::<_, 1, 3600>")]
    pub rescan: Duration,
    /// The time for which a definition must be gone until its event counts as deleted.
    #[serde(rename = "removal_seconds", deserialize_with = "value::removal")]
    pub removal: TimeDelta,
    /// The level of the log.
    #[serde(deserialize_with = "value::log_level")]
    pub log: LevelFilter,
    /// The days since which occurrences have pages of their own.
    #[serde(rename = "series_past_days", deserialize_with = "value::days")]
    pub series_past: Days,
    /// The days ahead for which occurrences have pages of their own.
    #[serde(rename = "series_ahead_days", deserialize_with = "value::days")]
    pub series_ahead: Days,
    /// The time that open connections have to finish when the service stops.
    #[serde(rename = "stop_seconds", deserialize_with = "value::seconds::<_, 0, 600>")]
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
        /// The path of the file, with the line and column of broken syntax, or the layer's name.
        layer: String,
        /// The reason.
        reason: String,
    },
    /// No setting has this key.
    UnknownKey {
        /// The key.
        key: String,
        /// The place in which it was set.
        origin: Origin,
        /// The keys that exist.
        known: &'static [&'static str],
    },
    /// A setting has an impossible value.
    InvalidValue {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// The place in which it was set.
        origin: Origin,
        /// The values that are possible.
        expected: String,
    },
}

type Values = BTreeMap<String, Value>;

impl Config {
    /// Reads all layers.
    ///
    /// # Errors
    /// The first setting that is wrong, or the layer that cannot be read.
    pub fn load(flags: &Flags) -> Result<Self, ConfigError> {
        let built_in = layers::built_in(DEFAULTS)?;
        let defaults = layers::file(Path::new(DEFAULT_FILE), false)?;
        let mut own =
            flags.file.as_ref().map_or(Ok(Vec::new()), |path| layers::file(path, true))?;
        own.extend(layers::environment()?);
        own.extend(layers::command_line(flags));
        // The shipped file repeats the defaults: only another value in it was set by somebody.
        let base_url = |settings: &[Setting]| {
            settings.iter().find(|one| one.key == "base_url").map(|one| one.value.kind.clone())
        };
        let is_changed =
            base_url(&defaults).is_some_and(|value| Some(value) != base_url(&built_in));
        let is_base_url_given = is_changed || base_url(&own).is_some();
        let config = Self::of(built_in, defaults.into_iter().chain(own))?;
        Ok(Self { is_base_url_given, ..config })
    }

    /// Lays each setting over those that were right without it, so that a fault is its own and has its place.
    fn of(
        built_in: Vec<Setting>,
        settings: impl Iterator<Item = Setting>,
    ) -> Result<Self, ConfigError> {
        let built_in = built_in.into_iter().map(|setting| (setting.key, setting.value));
        let mut values: Values = built_in.collect();
        let mut config = read(&values).map_err(|fault| error(fault, "", Origin::BuiltIn))?;
        for Setting { key, value, origin } in settings {
            values.insert(key.clone(), value);
            config = read(&values).map_err(|fault| error(fault, &key, origin))?;
        }
        // The record lies in the folder of the definitions, unless another place is set.
        if config.record.as_os_str().is_empty() {
            config.record = config.feeds.join(RECORD);
        }
        Ok(config)
    }

    /// Returns a warning if links would lead readers to their own machines.
    #[must_use]
    pub(crate) fn base_url_warning(&self) -> Option<String> {
        let is_lost = !self.is_base_url_given && !self.listen.ip().is_loopback();
        is_lost.then(|| {
            format!(
                "base_url is not set: all links lead to {}, which is each reader's own machine",
                self.base_url
            )
        })
    }
}

fn read(values: &Values) -> Result<Config, Fault> {
    let values = values.iter().map(|(key, value)| (key.as_str(), Written(value)));
    Config::deserialize(MapDeserializer::new(values))
}

fn error(fault: Fault, key: &str, origin: Origin) -> ConfigError {
    let key = key.to_owned();
    match fault {
        Fault::UnknownKey(known) => ConfigError::UnknownKey { key, origin, known },
        Fault::InvalidValue { value, expected } => {
            ConfigError::InvalidValue { key, value, origin, expected }
        }
        Fault::Other(reason) => ConfigError::Unreadable { layer: origin.name(&key), reason },
    }
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
}
