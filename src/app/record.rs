//! `aushang record` and `aushang withdraw`: the record, brought up to date or edited by hand.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Error;
use super::build::{BuiltSite, Memos, assemble, first_sequence, is_incomplete, zones};
use super::gather::{Found, Gathered, gather};
use super::last_good::HeldSince;
use super::removals::{Doubt, Missing, Removals};
use super::store::{commit, load_whole};
use crate::config::Config;
use crate::record::store;
use crate::record::{EventRecord, RevisionMoment};
use crate::source;

/// The result of bringing the record up to date.
#[derive(Debug)]
pub struct Update {
    /// Whether the record was behind.
    pub was_behind: bool,
    /// The site of the new record.
    pub site: BuiltSite,
    /// The question that has to be answered before the events of missing files count as deleted.
    pub question: Option<Error>,
}

/// Brings the record up to date with the definitions; if `is_check`, nothing is written. A file that is missing for the
/// first time is only noted: its event counts as deleted in a later run.
///
/// # Errors
/// [`Error::Record`], and [`Error::Load`] if nothing is good.
pub fn update_record(config: &Config, now: DateTime<Utc>, is_check: bool) -> Result<Update, Error> {
    record(config, now, is_check, |missing, since, doubt| missing.decide(since, doubt, config, now))
}

/// Brings the record up to date, also with the deletion of any number of events.
///
/// # Errors
/// The errors of [`update_record`].
pub fn accept_removals(config: &Config, now: DateTime<Utc>) -> Result<Update, Error> {
    let accepted = record(config, now, false, |missing, _, _| Removals {
        removed: missing.places.keys().cloned().collect(),
        since: BTreeMap::new(),
    })?;
    Ok(Update { question: None, ..accepted })
}

fn record(
    config: &Config,
    now: DateTime<Utc>,
    is_check: bool,
    decide: impl FnOnce(&Missing, HeldSince, &Doubt) -> Removals,
) -> Result<Update, Error> {
    let zones = zones();
    let stored = load_whole(config, &zones)?;
    let since = stored.iter().flat_map(|stored| stored.record.iter());
    let since =
        since.filter_map(|one| Some((one.uid().to_owned(), one.missing_since()?))).collect();
    let Gathered { found, status, mut last_good } =
        gather(config, &zones, stored.as_ref(), now, |missing, doubt| {
            decide(missing, since, doubt)
        })?;
    let Found { loaded, matched, missing, removals } = found;
    let first_sequence = first_sequence(is_incomplete(stored.as_ref()), now);
    let moment = RevisionMoment { recorded_at: now, first_sequence, now };
    let mut site = assemble(config, &matched, &removals.removed, &mut Memos::default(), moment);
    site.record.note_missing(&removals.since);
    let was_behind = stored.as_ref().map(|stored| &stored.record) != Some(&site.record);
    if !is_check {
        if was_behind {
            commit(config, &zones, stored.as_ref(), site.record.clone())?;
        }
        last_good.keep(loaded.good.files(), &status.since());
    }
    let question = missing.question();
    let site = BuiltSite { diagnostics: loaded.diagnostics, status, ..site };
    Ok(Update { was_behind, site, question })
}

/// Writes `id` into the definition of a site that has none, and returns whether it did.
///
/// # Errors
/// [`Error::Load`], [`Error::Record`]
pub fn ensure_site_id(config: &Config, id: Uuid) -> Result<bool, Error> {
    let is_new = source::ensure_site_id(&config.feeds, id)?;
    if is_new {
        // Such a site has lost no record, so its sequence numbers start at 0.
        begin_record(config)?;
    }
    Ok(is_new)
}

/// Creates an empty record if there is none.
fn begin_record(config: &Config) -> Result<(), Error> {
    let zones = zones();
    let stored = load_whole(config, &zones)?;
    let record = stored.as_ref().map(|stored| stored.record.clone());
    commit(config, &zones, stored.as_ref(), record.unwrap_or_default())
}

/// Merges another record into this one.
///
/// # Errors
/// [`Error::Record`] for either of them; [`Error::NoRecord`] if the other one does not exist.
pub fn merge(config: &Config, other: &Path) -> Result<(), Error> {
    let zones = zones();
    let stored = load_whole(config, &zones)?;
    let Some(other_stored) = store::open(other, &zones)?.load(None)? else {
        return Err(Error::NoRecord { place: other.to_owned() });
    };
    if let Some(fault) = other_stored.fault(other) {
        return Err(fault.into());
    }
    let record = stored.as_ref().map(|stored| stored.record.clone());
    commit(config, &zones, stored.as_ref(), record.unwrap_or_default().merge(other_stored.record))
}

/// Withdraws the event with this slug: it is unpublished at once and without notice.
///
/// # Errors
/// [`Error::Record`]; [`Error::UnknownEvent`] if none is published under this slug.
pub fn withdraw(config: &Config, now: DateTime<Utc>, slug: &str) -> Result<(), Error> {
    set_withdrawn(config, now, slug, true)
}

/// Reinstates an event that was withdrawn.
///
/// # Errors
/// [`Error::Record`]; [`Error::UnknownEvent`] if none was withdrawn under this slug.
pub fn reinstate(config: &Config, now: DateTime<Utc>, slug: &str) -> Result<(), Error> {
    set_withdrawn(config, now, slug, false)
}

fn set_withdrawn(
    config: &Config,
    now: DateTime<Utc>,
    slug: &str,
    is_withdrawn: bool,
) -> Result<(), Error> {
    let zones = zones();
    let stored = load_whole(config, &zones)?;
    let mut record = stored.as_ref().map(|stored| stored.record.clone()).unwrap_or_default();
    if !record.set_withdrawn(slug, is_withdrawn, now) {
        if record.with_slug(slug).is_some() {
            return Err(Error::NothingToDo { slug: slug.to_owned(), is_withdrawn });
        }
        let others = record.iter().filter(|event| event.is_withdrawn_by_hand() != is_withdrawn);
        let slugs: Vec<&str> = others.map(EventRecord::slug).collect();
        return Err(Error::unknown_event(slug, &slugs));
    }
    commit(config, &zones, stored.as_ref(), record)
}
