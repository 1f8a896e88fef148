//! `aushang record` and `aushang withdraw`: the record, brought up to date or edited by hand.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Error;
use super::build::{BuiltSite, Memos, assemble, first_sequence, tree, zones};
use super::matched::{Matched, match_events};
use super::removals::Missing;
use super::store::{commit, load};
use crate::config::Config;
use crate::record::store::{self, Stored};
use crate::record::{EventRecord, RevisionMoment};
use crate::source;
use crate::zone::Zones;

/// Brings the record up to date with the definitions; if `is_check`, nothing is written. Returns
/// whether the record was behind.
///
/// # Errors
/// The errors of [`build`](super::build()).
pub fn update_record(
    config: &Config,
    now: DateTime<Utc>,
    is_check: bool,
) -> Result<(bool, BuiltSite), Error> {
    let zones = zones();
    let stored = load(config, &zones)?;
    let matched = matched(config, &zones, stored.as_ref())?;
    let removed = Missing::of(&matched).unless_suspicious()?;
    record(config, &zones, now, stored.as_ref(), &matched, &removed, is_check)
}

/// Brings the record up to date, also with the deletion of any number of events.
///
/// # Errors
/// The errors of [`build`](super::build()), except [`Error::Removals`].
pub fn accept_removals(config: &Config, now: DateTime<Utc>) -> Result<(bool, BuiltSite), Error> {
    let zones = zones();
    let stored = load(config, &zones)?;
    let matched = matched(config, &zones, stored.as_ref())?;
    let removed = Missing::of(&matched).uids;
    record(config, &zones, now, stored.as_ref(), &matched, &removed, false)
}

fn matched(config: &Config, zones: &Arc<Zones>, stored: Option<&Stored>) -> Result<Matched, Error> {
    let record = stored.map(|stored| stored.record.clone());
    let (definitions, _) = source::load(&tree(config), zones)?;
    Ok(match_events(record.unwrap_or_default(), definitions, zones))
}

fn record(
    config: &Config,
    zones: &Arc<Zones>,
    now: DateTime<Utc>,
    stored: Option<&Stored>,
    matched: &Matched,
    removed: &[String],
    is_check: bool,
) -> Result<(bool, BuiltSite), Error> {
    let recorded = stored.map(|stored| &stored.record);
    let moment =
        RevisionMoment { recorded_at: now, first_sequence: first_sequence(recorded, now), now };
    let site = assemble(config, matched, removed, &mut Memos::default(), moment);
    let is_behind = recorded != Some(&site.record);
    if is_behind && !is_check {
        commit(config, zones, stored, site.record.clone())?;
    }
    Ok((is_behind, site))
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
    let stored = load(config, &zones)?;
    let record = stored.as_ref().map(|stored| stored.record.clone());
    commit(config, &zones, stored.as_ref(), record.unwrap_or_default())
}

/// Merges another record into this one.
///
/// # Errors
/// [`Error::Record`] for either of them; [`Error::NoRecord`] if the other one does not exist.
pub fn merge(config: &Config, other: &Path) -> Result<(), Error> {
    let zones = zones();
    let stored = load(config, &zones)?;
    let Some(other) = store::open(other, &zones)?.load(None)? else {
        return Err(Error::NoRecord { place: other.to_owned() });
    };
    let record = stored.as_ref().map(|stored| stored.record.clone());
    commit(config, &zones, stored.as_ref(), record.unwrap_or_default().merge(other.record))
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
    let stored = load(config, &zones)?;
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
