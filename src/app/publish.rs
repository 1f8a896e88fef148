//! The record as it is read, brought up to date and written.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Utc};

use super::{Memory, Named, Site, assemble, first_sequence, name};
use crate::config::Config;
use crate::error::Error;
use crate::model::Feed;
use crate::record::{self, EventRecord, ReadError, Record, Step};
use crate::source::{self, nearest};

/// More of them, and more than a fifth of all, do not go at once by intention.
const FEW: usize = 3;

/// Events of the record whose definitions are not there.
#[derive(Debug)]
pub struct Missing {
    /// Their uids.
    pub uids: Vec<String>,
    /// Claims that it looks like an accident.
    pub are_many: bool,
}

impl Missing {
    pub(super) fn of(named: &Named) -> Self {
        if named.is_complete {
            return Self { uids: Vec::new(), are_many: false };
        }
        let Named { record, catalogue, .. } = named;
        let hidden: BTreeSet<String> =
            catalogue.hidden.iter().map(|one| one.uid.to_string()).collect();
        let missing = record.missing(&catalogue.events, &hidden);
        let all = record.iter().filter(|event| event.is_present()).count();
        let has_folder = |event: &EventRecord| {
            catalogue.feeds.iter().any(|Feed { slug, .. }| slug.as_str() == event.feed())
        };
        let are_many = (missing.len() > FEW && missing.len() * 5 > all)
            || missing.iter().any(|event| !has_folder(event));
        Self { uids: missing.iter().map(|event| event.uid().to_owned()).collect(), are_many }
    }

    pub(super) fn warning(&self) -> Option<String> {
        let count = self.uids.len();
        self.are_many.then(|| format!("{}; until then they stay", Error::Removals { count }))
    }
}

/// The record; `None` where there is none.
///
/// # Errors
/// [`Error::Record`]
pub fn record_at(config: &Config) -> Result<Option<Record>, Error> {
    record_again(config, None)
}

/// The same, where it is still `known`, without reading it closely.
pub(super) fn record_again(
    config: &Config,
    known: Option<&Record>,
) -> Result<Option<Record>, Error> {
    record::read(&config.record, known).map_err(|error| failed(&config.record, error))
}

pub(super) fn failed(path: &Path, error: ReadError) -> Error {
    let reason = match error {
        ReadError::Io(error) => error.to_string(),
        ReadError::Line(line, reason) => format!(
            "line {line}: {reason}; take the file from version control; of a conflict, delete the lines \
             of marks and keep all others: they are put together when they are read"
        ),
    };
    Error::Record { path: path.to_owned(), reason }
}

/// Brings the record up to date with the definitions, as `aushang record` does; where `is_check`, nothing
/// is written. Says whether anything was to be recorded.
///
/// # Errors
/// Those of [`build`](super::build), and [`Error::Removals`] where too many events are gone.
pub fn publish(config: &Config, now: DateTime<Utc>, is_check: bool) -> Result<(bool, Site), Error> {
    let recorded = record_at(config)?;
    let named = named(config, recorded.clone())?;
    let missing = Missing::of(&named);
    if missing.are_many {
        return Err(Error::Removals { count: missing.uids.len() });
    }
    write(config, now, recorded, &named, &missing.uids, is_check)
}

/// The same for events that were deleted on purpose, in whatever number.
///
/// # Errors
/// Those of [`build`](super::build).
pub fn accept_removals(config: &Config, now: DateTime<Utc>) -> Result<(bool, Site), Error> {
    let recorded = record_at(config)?;
    let named = named(config, recorded.clone())?;
    let uids = Missing::of(&named).uids;
    write(config, now, recorded, &named, &uids, false)
}

fn named(config: &Config, recorded: Option<Record>) -> Result<Named, Error> {
    let (catalogue, _) = source::load(&config.feeds)?;
    Ok(name(recorded.unwrap_or_default(), catalogue))
}

fn write(
    config: &Config,
    now: DateTime<Utc>,
    recorded: Option<Record>,
    named: &Named,
    removed: &[String],
    is_check: bool,
) -> Result<(bool, Site), Error> {
    let step = Step { now, first_sequence: first_sequence(recorded.as_ref(), now), today: now };
    let site = assemble(config, named, removed, &mut Memory::default(), step);
    let is_behind = recorded.as_ref() != Some(&site.record);
    if is_behind && !is_check {
        let base = recorded.unwrap_or_default();
        record::write(&config.record, &base, site.record.clone())
            .map_err(|error| failed(&config.record, error))?;
    }
    Ok((is_behind, site))
}

/// Makes an empty record where there is none.
///
/// # Errors
/// [`Error::Record`]
pub fn begin_record(config: &Config) -> Result<(), Error> {
    let recorded = record_at(config)?.unwrap_or_default();
    record::write(&config.record, &Record::default(), recorded)
        .map(drop)
        .map_err(|error| failed(&config.record, error))
}

/// Puts another record into this one.
///
/// # Errors
/// [`Error::Record`], for either file.
pub fn merge(config: &Config, other: &Path) -> Result<(), Error> {
    let base = record_at(config)?.unwrap_or_default();
    let read = record::read(other, None).map_err(|error| failed(other, error))?;
    let Some(read) = read else {
        let reason = "there is no such file".to_owned();
        return Err(Error::Record { path: other.to_owned(), reason });
    };
    record::write(&config.record, &base, base.clone().merge(read))
        .map(drop)
        .map_err(|error| failed(&config.record, error))
}

/// Takes the event with this slug from the public at once and silently, or gives it back.
///
/// # Errors
/// [`Error::Record`]; [`Error::UnknownEvent`] where none is published under this slug.
pub fn hold(config: &Config, now: DateTime<Utc>, slug: &str, is_held: bool) -> Result<(), Error> {
    let base = record_at(config)?.unwrap_or_default();
    let mut record = base.clone();
    if !record.hold(slug, is_held, now) {
        let slugs: Vec<&str> =
            base.iter().filter(|event| event.is_held() != is_held).map(EventRecord::slug).collect();
        let nearest = nearest(slug, &slugs).map(str::to_owned);
        return Err(Error::UnknownEvent { slug: slug.to_owned(), nearest });
    }
    record::write(&config.record, &base, record)
        .map(drop)
        .map_err(|error| failed(&config.record, error))
}
