//! Every way in which the program stops, and every sentence that it then prints.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{ConfigError, Origin};
use crate::proof::Mismatch;
use crate::record::store::StoreError;
use crate::source::LoadError;
use crate::source::diagnostic::{nearest, report};

/// Why the program cannot go on.
#[derive(Debug)]
pub enum Error {
    /// The configuration is wrong.
    Config(ConfigError),
    /// A site is to be exported whose public address nobody has set.
    NoBaseUrl,
    /// The definitions cannot be loaded.
    Load(LoadError),
    /// The record cannot be loaded or stored.
    Record(StoreError),
    /// There is no record where somebody says that there is one.
    NoRecord {
        /// Where it should be.
        place: PathBuf,
    },
    /// The definitions were edited since the record was brought up to date.
    RecordBehind {
        /// Where the record is.
        place: PathBuf,
    },
    /// Events are gone in such a number that it may be an accident.
    Removals {
        /// How many.
        count: usize,
    },
    /// Documents do not say what the model says.
    Mismatches(Vec<Mismatch>),
    /// A file of an exported site cannot be written.
    Write {
        /// Which one.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The address cannot be listened on.
    Listen {
        /// The address.
        address: String,
        /// Why.
        error: io::Error,
    },
    /// No event has this slug.
    UnknownEvent {
        /// What was asked for.
        slug: String,
        /// What was probably meant.
        nearest: Option<String>,
    },
    /// The machine refuses what a server needs.
    System {
        /// What was tried.
        action: &'static str,
        /// Why it failed.
        error: io::Error,
    },
}

impl Error {
    /// The slug of no event, with the one of `slugs` that was probably meant.
    pub(super) fn unknown_event(slug: &str, slugs: &[&str]) -> Self {
        let nearest = nearest(slug, slugs).map(str::to_owned);
        Self::UnknownEvent { slug: slug.to_owned(), nearest }
    }
}

impl From<ConfigError> for Error {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<LoadError> for Error {
    fn from(error: LoadError) -> Self {
        Self::Load(error)
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Record(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => config(f, error),
            Self::NoBaseUrl => f.write_str(
                "configuration: base_url: an exported site needs its public address: add \
                 --base-url https://…",
            ),
            Self::Load(error) => load(f, error),
            Self::Record(error) => store(f, error),
            Self::NoRecord { place } => record(f, place, "there is no such file"),
            Self::RecordBehind { place } => {
                record(f, place, "it is behind the definitions: run `aushang record`")
            }
            Self::Removals { count } => {
                let (events, are) = if *count == 1 { ("event", "is") } else { ("events", "are") };
                write!(
                    f,
                    "{count} {events} or a whole folder {are} gone: if that is on purpose, run \
                     `aushang record --accept-removals`"
                )
            }
            Self::Mismatches(mismatches) => {
                mismatches.iter().try_for_each(|one| writeln!(f, "{one}"))?;
                write!(
                    f,
                    "{} mismatches: please report them, for the program is wrong",
                    mismatches.len()
                )
            }
            Self::Write { path, error } => write!(f, "cannot write {}: {error}", path.display()),
            Self::Listen { address, error } => write!(f, "cannot listen on {address}: {error}"),
            Self::UnknownEvent { slug, nearest: None } => {
                write!(f, "no event is called `{slug}`; `aushang show` lists them")
            }
            Self::UnknownEvent { slug, nearest: Some(nearest) } => {
                write!(f, "no event is called `{slug}`; did you mean `{nearest}`?")
            }
            Self::System { action, error } => write!(f, "cannot {action}: {error}"),
        }
    }
}

impl std::error::Error for Error {}

fn config(f: &mut fmt::Formatter<'_>, error: &ConfigError) -> fmt::Result {
    match error {
        ConfigError::Unreadable { layer, reason } => write!(f, "configuration: {layer}: {reason}"),
        ConfigError::UnknownKey { key, origin, known } => {
            write!(f, "configuration: {} is unknown", setting(key, origin))?;
            if let Some(nearest) = nearest(key, known) {
                write!(f, "; did you mean `{}`?", origin.name(nearest))?;
            }
            let known: Vec<String> = known.iter().map(|key| origin.name(key)).collect();
            write!(f, "\npossible: {}", known.join(", "))
        }
        ConfigError::InvalidValue { key, value, origin, expected } => {
            let setting = setting(key, origin);
            write!(f, "configuration: {setting} is {value}, but must be {expected}")
        }
    }
}

/// A setting with its place.
fn setting(key: &str, origin: &Origin) -> String {
    let name = origin.name(key);
    match origin {
        Origin::BuiltIn => format!("built-in defaults: the key `{name}`"),
        Origin::File(place) => format!("{place}: the key `{name}`"),
        Origin::Environment => format!("the environment variable `{name}`"),
        Origin::CommandLine => format!("the option `{name}`"),
    }
}

fn load(f: &mut fmt::Formatter<'_>, error: &LoadError) -> fmt::Result {
    match error {
        LoadError::Unreadable { path, error } => {
            write!(f, "cannot read {}: {error}", path.display())
        }
        LoadError::Unwritable { path, error } => {
            write!(f, "cannot write {}: {error}", path.display())
        }
        LoadError::Mistakes(diagnostics) => f.write_str(report(diagnostics, false).trim_end()),
    }
}

fn store(f: &mut fmt::Formatter<'_>, error: &StoreError) -> fmt::Result {
    match error {
        StoreError::Io { place, error } => record(f, place, &error.to_string()),
        StoreError::Line { place, line, reason } => {
            let reason = format!(
                "line {line}: {reason}; take the file from version control; of a conflict, delete \
                 the lines of marks and keep all others: they are put together when they are read"
            );
            record(f, place, &reason)
        }
        StoreError::UnknownKind { place } => {
            record(f, place, "this program keeps a record in a file, and in no place of this kind")
        }
    }
}

fn record(f: &mut fmt::Formatter<'_>, place: &Path, reason: &str) -> fmt::Result {
    write!(f, "record: {}: {reason}", place.display())
}
