//! The line from definitions to a snapshot at one moment: one call for each room.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::Error;
use super::gather::{Found, gather};
use super::matched::Matched;
use super::removals::Removals;
use super::status::SiteStatus;
use super::store::{load, load_whole};
use crate::IndexSet;
use crate::config::Config;
use crate::model::{Definitions, Note, Slug, Uid};
use crate::record::store::Stored;
use crate::record::{self, Absent, Outcome, Record, Rename, RevisionMoment};
use crate::render;
use crate::route::Urls;
use crate::schedule::{self, Moment, Schedule, Window};
use crate::snapshot::{self, Snapshot};
use crate::source::LoadError;
use crate::source::diagnostic::Diagnostic;
use crate::zone::Zones;

/// A state of the site, with what administrators and authors should know of it.
#[derive(Debug)]
pub struct BuiltSite {
    /// The snapshot to serve.
    pub snapshot: Arc<Snapshot>,
    /// The mistakes and warnings in definitions.
    pub diagnostics: Vec<Diagnostic>,
    /// What is held back.
    pub status: SiteStatus,
    /// The notes about the record and the documents.
    pub notes: Vec<Note>,
    /// The record to store.
    pub record: Record,
    /// The next instant at which a document changes without an edit.
    pub next_boundary: Option<DateTime<Utc>>,
}

impl BuiltSite {
    /// Returns the site if no definition has a mistake.
    ///
    /// # Errors
    /// [`Error::Load`]
    pub fn unless_mistaken(self) -> Result<Self, Error> {
        if self.diagnostics.iter().any(Diagnostic::is_error) {
            return Err(LoadError::Mistakes(self.diagnostics).into());
        }
        Ok(self)
    }
}

/// The memos from one build to the next. They change nothing that is published, only the cost of
/// publishing.
#[derive(Debug, Default)]
pub struct Memos {
    pub(super) records: record::Memo,
    documents: render::EventMemo,
}

/// Returns the time zones by which times are placed.
pub(super) fn zones() -> Arc<Zones> {
    Arc::new(Zones::compiled())
}

/// Returns the window in which occurrences have pages of their own.
pub(super) fn window(config: &Config) -> Window {
    Window { past: config.series_past, ahead: config.series_ahead }
}

/// Builds the site at the moment `now` from the definitions and the record; nothing is written.
///
/// # Errors
/// The errors of [`check`], and [`Error::Load`] if a file has a mistake.
pub fn build(config: &Config, now: DateTime<Utc>) -> Result<BuiltSite, Error> {
    check(config, now)?.unless_mistaken()
}

/// Builds the site with all mistakes of its files; nothing is written.
///
/// # Errors
/// [`Error::Record`] if a line of the record cannot be read; [`Error::Load`] if nothing is good.
pub fn check(config: &Config, now: DateTime<Utc>) -> Result<BuiltSite, Error> {
    load_whole(config, &zones())?;
    build_held(config, now)
}

/// Builds the site as the service does: what has a mistake is held back. Nothing is written.
///
/// # Errors
/// [`Error::Record`] if the record cannot be read at all; [`Error::Load`] if nothing is good.
pub(crate) fn build_held(config: &Config, now: DateTime<Utc>) -> Result<BuiltSite, Error> {
    let zones = zones();
    let stored = load(config, &zones)?;
    // Only `record` and `serve` decide that an event was deleted.
    let gathered = gather(config, &zones, stored.as_ref(), now, |_, _| Removals::default())?;
    let moment = unrecorded_moment(stored.as_ref(), now);
    let Found { loaded, matched, missing, .. } = gathered.found;
    let site = assemble(config, &matched, &[], &mut Memos::default(), moment);
    let notes = site.notes.into_iter().chain(missing.warning()).collect();
    Ok(BuiltSite { diagnostics: loaded.diagnostics, notes, status: gathered.status, ..site })
}

/// Returns today's definitions, with the uids by which the record knows the events.
///
/// # Errors
/// The errors of [`build_held`].
pub(super) fn definitions(
    config: &Config,
    now: DateTime<Utc>,
    zones: &Arc<Zones>,
) -> Result<(Definitions, SiteStatus), Error> {
    let stored = load(config, zones)?;
    let gathered = gather(config, zones, stored.as_ref(), now, |_, _| Removals::default())?;
    Ok((gathered.found.matched.definitions, gathered.status))
}

/// Runs the line from the matched events on: revise, expand, render, freeze.
pub(super) fn assemble(
    config: &Config,
    matched: &Matched,
    removed: &[String],
    memos: &mut Memos,
    moment: RevisionMoment,
) -> BuiltSite {
    present(config, matched, revise(matched, removed, &mut memos.records, moment), memos, moment)
}

/// Returns today's events with their revisions.
pub(super) fn revise(
    matched: &Matched,
    removed: &[String],
    memo: &mut record::Memo,
    moment: RevisionMoment,
) -> Outcome {
    let Matched { record, definitions: Definitions { events, unpublished, .. }, zones, .. } =
        matched;
    let absent = Absent {
        unpublished: unpublished.iter().map(|one| one.uid.to_string()).collect(),
        removed: removed.iter().cloned().collect(),
    };
    record::revise(record, events.clone(), &absent, moment, zones, memo)
}

/// Runs the line from the revised events on: expand, render, freeze.
pub(super) fn present(
    config: &Config,
    matched: &Matched,
    outcome: Outcome,
    memos: &mut Memos,
    moment: RevisionMoment,
) -> BuiltSite {
    let Matched { record, definitions: Definitions { site, feeds, .. }, renames, zones, .. } =
        matched;
    let mut notes = notes(renames, &outcome.reformed, &outcome.withdrawn);
    let (published, past) = (outcome.published, &outcome.past);
    let moment = Moment { now: moment.now, window: window(config) };
    let (site, feeds) = (site.clone(), feeds.clone());
    let schedule = schedule::expand(site, feeds, published, past, moment, zones);
    // A first import brings past events on purpose.
    if !record.is_empty() {
        notes.extend(new_but_passed(&schedule, &outcome.new));
    }
    let urls = Urls::new(&config.base_url);
    let next_boundary = schedule.next_boundary();
    let documents = render::render(schedule, &urls, &mut memos.documents);
    notes.extend(documents.notes.iter().cloned());
    let snapshot = Arc::new(snapshot::freeze(documents, urls.prefix(), &outcome.gone));
    let (diagnostics, status, record) = (Vec::new(), SiteStatus::default(), outcome.record);
    BuiltSite { snapshot, diagnostics, status, notes, record, next_boundary }
}

/// Returns a note for each new event that has passed already: probably its year is wrong.
fn new_but_passed(schedule: &Schedule, new: &[Uid]) -> Vec<Note> {
    if new.is_empty() {
        return Vec::new();
    }
    let new: IndexSet<&Uid> = new.iter().collect();
    let new = schedule.events.iter().filter(|entry| new.contains(&entry.published.event.uid));
    let over = new.filter(|entry| entry.has_passed(schedule.now));
    let slugs = over.map(|entry| &entry.published.event.slug);
    let question = |slug| format!("`{slug}` is new and already over: is its date right?");
    slugs.map(question).map(Note::Hint).collect()
}

/// Returns the moment for what is not recorded yet: an instant that every replica finds alike.
pub(super) fn unrecorded_moment(stored: Option<&Stored>, now: DateTime<Utc>) -> RevisionMoment {
    let newest = stored.and_then(|stored| stored.record.newest());
    let after = newest.map(|newest| newest + TimeDelta::seconds(1));
    RevisionMoment {
        recorded_at: after.unwrap_or(now),
        first_sequence: first_sequence(is_incomplete(stored), now),
        now,
    }
}

/// Returns whether there is no record, or a part of it was lost.
pub(super) fn is_incomplete(stored: Option<&Stored>) -> bool {
    stored.is_none_or(|stored| !stored.faults.is_empty())
}

/// Returns the sequence number of new events: 0, or the seconds since 2020 if a record may be lost.
pub(super) fn first_sequence(is_incomplete: bool, now: DateTime<Utc>) -> u32 {
    // Numbers must still rise above those that subscribers hold.
    const START_OF_2020: i64 = 1_577_836_800;
    if is_incomplete {
        u32::try_from((now.timestamp() - START_OF_2020).max(0)).unwrap_or(u32::MAX)
    } else {
        0
    }
}

fn notes(renames: &[Rename], reformed: &[Slug], withdrawn: &[Slug]) -> Vec<Note> {
    let renamed = renames.iter().map(|Rename { from, to, uid }| {
        format!(
            "`{from}` is now called `{to}`: write `uid = \"{uid}\"` into its file, so that it stays the \
             same event even if the record is lost"
        )
    });
    let reformed = reformed.iter().map(|slug| {
        format!(
            "`{slug}` was published as a rule and is now written as single entries: subscribers see each \
             date as an entry of its own; write `series = \"expand\"` to say that this is meant"
        )
    });
    let withdrawn = withdrawn.iter().map(|slug| {
        format!(
            "`{slug}` is withdrawn: delete its file, or reinstate it with `aushang withdraw --undo {slug}`"
        )
    });
    renamed.chain(reformed).chain(withdrawn).map(Note::Hint).collect()
}
