//! The reasons why the program stops, and the sentences that it then prints.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{ConfigError, Origin};
use crate::model::{printable, printable_lines};
use crate::proof::Mismatch;
use crate::record::store::StoreError;
use crate::source::diagnostic::{nearest, report};
use crate::source::{LoadError, lacks_id_alone};

/// The reason why the program cannot go on.
#[derive(Debug)]
pub enum Error {
    /// The configuration is wrong.
    Config(ConfigError),
    /// An export was asked for, and nobody has set the public address.
    NoBaseUrl,
    /// The definitions cannot be loaded.
    Load(LoadError),
    /// Files were written just now, and are perhaps half of what they will be.
    Unsettled,
    /// The record cannot be loaded or stored.
    Record(StoreError),
    /// There is no record at the place that somebody named.
    NoRecord {
        /// The place that was named.
        place: PathBuf,
    },
    /// The definitions were edited after the record was brought up to date.
    RecordBehind {
        /// The place of the record.
        place: PathBuf,
    },
    /// So many events are gone that it may be an accident.
    Removals {
        /// The number of events.
        count: usize,
    },
    /// Documents differ from the published state.
    Mismatches(Vec<Mismatch>),
    /// A file of an exported site cannot be written.
    Write {
        /// The path of the file.
        path: PathBuf,
        /// The error of the disk.
        error: io::Error,
    },
    /// The service cannot listen on its address.
    Listen {
        /// The address.
        address: String,
        /// The error of the system.
        error: io::Error,
    },
    /// No event has this slug.
    UnknownEvent {
        /// The slug that was asked for.
        slug: String,
        /// The slug that was probably meant.
        nearest: Option<String>,
    },
    /// An event is to be withdrawn or reinstated that is so already.
    NothingToDo {
        /// The slug of the event.
        slug: String,
        /// Whether it is withdrawn.
        is_withdrawn: bool,
    },
    /// The system refuses something that a service needs.
    System {
        /// The action, in the infinitive.
        action: &'static str,
        /// The error of the system.
        error: io::Error,
    },
}

impl Error {
    /// Makes the error for a slug of no event, with the one of `slugs` that was probably meant.
    pub(super) fn unknown_event(slug: &str, slugs: &[&str]) -> Self {
        let nearest = nearest(slug, slugs).map(str::to_owned);
        Self::UnknownEvent { slug: slug.to_owned(), nearest }
    }
}

impl Error {
    /// Returns whether `site.toml` lacks nothing but its id.
    pub(super) fn is_of_new_site(&self) -> bool {
        matches!(self, Self::Load(LoadError::Mistakes(diagnostics)) if lacks_id_alone(diagnostics))
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

/// Writes what the program prints when it stops. No character of a name or value in it is obeyed by a terminal.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = Unescaped(self).to_string();
        f.write_str(&match self {
            // Only these are of several lines.
            Self::Load(LoadError::Mistakes(_))
            | Self::Mismatches(_)
            | Self::Config(ConfigError::UnknownKey { .. }) => printable_lines(&text),
            _ => printable(&text),
        })
    }
}

const NO_BASE_URL: &str =
    "configuration: base_url: an exported site needs its public address: add --base-url https://…";

/// An error whose text may hold any character.
struct Unescaped<'a>(&'a Error);

impl fmt::Display for Unescaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Error::Config(error) => config(f, error),
            Error::NoBaseUrl => f.write_str(NO_BASE_URL),
            Error::Unsettled => {
                f.write_str("some files were written just now: they are read again")
            }
            Error::Load(error) => load(f, error),
            Error::Record(error) => store(f, error),
            Error::NoRecord { place } => record(f, place, "there is no such file"),
            Error::RecordBehind { place } => {
                record(f, place, "it is behind the definitions: run `aushang record`")
            }
            Error::Removals { count } => {
                let (events, are) = if *count == 1 { ("event", "is") } else { ("events", "are") };
                write!(
                    f,
                    "{count} {events} or a whole folder {are} gone: if that is on purpose, run \
                     `aushang record --accept-removals`"
                )
            }
            Error::Mismatches(mismatches) => {
                mismatches.iter().try_for_each(|one| writeln!(f, "{one}"))?;
                write!(
                    f,
                    "{} mismatches: this is a fault of the program; please report them",
                    mismatches.len()
                )
            }
            Error::Write { path, error } => write!(f, "cannot write {}: {error}", path.display()),
            Error::NothingToDo { slug, is_withdrawn } => {
                let state = if *is_withdrawn { "is withdrawn already" } else { "is not withdrawn" };
                write!(f, "`{slug}` {state}")
            }
            Error::Listen { address, error } => write!(f, "cannot listen on {address}: {error}"),
            Error::UnknownEvent { slug, nearest: None } => {
                write!(f, "no event is called `{slug}`; `aushang show` lists them")
            }
            Error::UnknownEvent { slug, nearest: Some(nearest) } => {
                write!(f, "no event is called `{slug}`; did you mean `{nearest}`?")
            }
            Error::System { action, error } => write!(f, "cannot {action}: {error}"),
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
            record(f, place, &format!("line {line}: {reason}"))
        }
        StoreError::UnknownKind { place } => record(
            f,
            place,
            "the record has to be the path of a file: there is no store for this address",
        ),
    }
}

fn record(f: &mut fmt::Formatter<'_>, place: &Path, reason: &str) -> fmt::Result {
    write!(f, "record: {}: {reason}", place.display())
}
