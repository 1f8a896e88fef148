//! Every way in which the program stops, and every sentence that it then prints.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::proof::Mismatch;
use crate::source::diagnostic::{Diagnostic, report};

/// Why the program cannot go on.
#[derive(Debug)]
pub enum Error {
    /// A key of the configuration is unknown or has an impossible value.
    Config {
        /// The key's path, or the file where no key can be named.
        key: String,
        /// What is wrong, and what to write.
        reason: String,
    },
    /// A file or folder cannot be read.
    Read {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or folder cannot be written.
    Write {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The publication record cannot be read or written.
    Record {
        /// Where it is.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// Events are gone in such a number that it may be an accident.
    Removals {
        /// How many.
        count: usize,
    },
    /// Authors have made mistakes.
    Definitions(Vec<Diagnostic>),
    /// Documents do not say what the model says.
    Mismatches(Vec<Mismatch>),
    /// The address cannot be listened on.
    Listen {
        /// The address.
        address: String,
        /// Why.
        source: io::Error,
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
        source: io::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config { key, reason } => write!(f, "configuration: {key}: {reason}"),
            Self::Read { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Self::Write { path, source } => write!(f, "cannot write {}: {source}", path.display()),
            Self::Record { path, reason } => write!(f, "record: {}: {reason}", path.display()),
            Self::Removals { count } => {
                let (events, are) = if *count == 1 { ("event", "is") } else { ("events", "are") };
                write!(
                    f,
                    "{count} {events} or a whole folder {are} gone: if that is on purpose, run \
                     `aushang record --accept-removals`"
                )
            }
            Self::Definitions(diagnostics) => f.write_str(report(diagnostics, false).trim_end()),
            Self::Mismatches(mismatches) => {
                mismatches.iter().try_for_each(|one| writeln!(f, "{one}"))?;
                write!(
                    f,
                    "{} mismatches: please report them, for the program is wrong",
                    mismatches.len()
                )
            }
            Self::Listen { address, source } => write!(f, "cannot listen on {address}: {source}"),
            Self::UnknownEvent { slug, nearest: None } => {
                write!(f, "no event is called `{slug}`; `aushang show` lists them")
            }
            Self::UnknownEvent { slug, nearest: Some(nearest) } => {
                write!(f, "no event is called `{slug}`; did you mean `{nearest}`?")
            }
            Self::System { action, source } => write!(f, "cannot {action}: {source}"),
        }
    }
}

impl std::error::Error for Error {}
