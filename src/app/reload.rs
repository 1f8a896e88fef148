//! What a running service holds from one reload of its folder to the next.
//!
//! Nothing else outlives a snapshot: what lies between is computed anew, but for the memos, whose
//! keys are contents.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use chrono::{DateTime, Utc};
use tracing::{error, info, warn};

use super::Error;
use super::build::{
    BuiltSite, Memos, assemble, first_sequence, present, revise, tree, unrecorded_moment, zones,
};
use super::last_good::LastGoodFile;
use super::matched::{Matched, match_events};
use super::removals::Missing;
use crate::config::Config;
use crate::model::{Note, Slug};
use crate::record::store::{self, Store, Stored};
use crate::record::{Record, RevisionMoment};
use crate::snapshot::Snapshot;
use crate::source::diagnostic::Diagnostic;
use crate::source::{Loaded, Loader, SourceFiles, SourcePath};
use crate::zone::Zones;

/// The result of the last reload, and what the next one needs of it.
pub struct State {
    loader: Loader,
    /// The hash of the files that were published; `None` if the next reload has to publish them
    /// again.
    files: Option<u128>,
    last_good: LastGoodFile,
    store: Box<dyn Store>,
    stored: Option<Stored>,
    /// The instants since which the definitions of events are gone, by uid.
    missing_since: BTreeMap<String, DateTime<Utc>>,
    /// The instant at which to publish again without an edit.
    next_boundary: Option<DateTime<Utc>>,
    /// The record that could not be written.
    unrecorded: Option<Record>,
    /// The messages that were logged already.
    logged: Vec<Note>,
    memos: Memos,
    zones: Arc<Zones>,
}

/// The decisions about events whose definitions are missing.
struct Removals {
    missing: Missing,
    /// The uids of the events that were deleted.
    removed: Vec<String>,
    /// The places of definitions that are held back at their last good text for now.
    restored: BTreeSet<String>,
}

impl State {
    /// Makes a state that holds the last good texts alone.
    ///
    /// # Errors
    /// [`Error::Record`] if no record can be kept where it should be.
    pub fn new(config: &Config) -> Result<Self, Error> {
        let (zones, last_good) = (zones(), LastGoodFile::open(config));
        Ok(Self {
            loader: Loader::new(last_good.kept().clone(), Arc::clone(&zones)),
            files: None,
            last_good,
            store: store::open(&config.record, &zones)?,
            stored: None,
            missing_since: BTreeMap::new(),
            next_boundary: None,
            unrecorded: None,
            logged: Vec::new(),
            memos: Memos::default(),
            zones,
        })
    }

    /// Writes the last good texts to the disk.
    pub fn keep_last_good(&mut self) {
        // Nobody waits for it: what was published is served already.
        self.last_good.keep(self.loader.good());
    }

    /// Reads the folder and the record again; returns a new snapshot if one of them was edited, or
    /// if time alone changed a document.
    ///
    /// # Errors
    /// Whatever keeps the folder from being published; then the last snapshot still holds.
    pub fn reload(
        &mut self,
        config: &Config,
        now: DateTime<Utc>,
    ) -> Result<Option<Arc<Snapshot>>, Error> {
        let (store, held) = (&self.store, self.stored.as_ref());
        let (files, stored) = rayon::join(|| self.loader.read(&tree(config)), || store.load(held));
        let files = Arc::new(files?);
        let hash = Some(files.hash());
        let mut stored = self.restored(stored?, config);
        let is_due = self.next_boundary.is_some_and(|at| at <= now);
        let version = |stored: &Option<Stored>| stored.as_ref().map(|stored| stored.version);
        if hash == self.files && version(&stored) == version(&self.stored) && !is_due {
            let Some(written) = self.record_at_last(config) else { return Ok(None) };
            stored = Some(written);
        }
        let record = stored.as_ref().map(|stored| stored.record.clone()).unwrap_or_default();
        let (mut loaded, mut matched) = self.load(&files, &record, &BTreeSet::new())?;
        let removals = self.removals(config, &loaded, &matched, now);
        if !removals.restored.is_empty() {
            (loaded, matched) = self.load(&files, &record, &removals.restored)?;
        }
        self.files = hash;
        let site = self.publish(config, &matched, stored, &removals.removed, now);
        self.loader.keep(loaded.good);
        // Many missing events wait for a decision, not for a time.
        let waiting = self.missing_since.values().map(|since| *since + config.removal);
        self.next_boundary = waiting.filter(|at| *at > now).chain(site.next_boundary).min();
        let notes: Vec<Note> = site.notes.into_iter().chain(removals.missing.warning()).collect();
        self.log(&loaded.diagnostics, &notes);
        Ok(Some(site.snapshot))
    }

    fn load(
        &mut self,
        files: &Arc<SourceFiles>,
        record: &Record,
        restored: &BTreeSet<String>,
    ) -> Result<(Loaded, Matched), Error> {
        let loaded = self.loader.load(Arc::clone(files), restored)?;
        let matched = match_events(record.clone(), loaded.definitions.clone(), &self.zones);
        Ok((loaded, matched))
    }

    fn removals(
        &mut self,
        config: &Config,
        loaded: &Loaded,
        matched: &Matched,
        now: DateTime<Utc>,
    ) -> Removals {
        let good = self.loader.good();
        let place = |uid: &String| place(&matched.record, uid);
        let mut missing = Missing::of(matched);
        // A broken file is never a removal.
        let is_broken = |uid: &String| place(uid).is_some_and(|one| loaded.broken.contains(&one));
        missing.uids.retain(|uid| !is_broken(uid));
        // Nor is a file that was renamed and broken at once: nobody knows yet which event it holds.
        let is_in_doubt = loaded.broken.iter().any(|place| !good.has(place));
        let must_wait = missing.are_many || is_in_doubt;
        let removed = deleted(&mut self.missing_since, &missing, must_wait, config, now);
        let waiting = missing.uids.iter().filter(|uid| !removed.contains(uid));
        let places = waiting.filter_map(place);
        let restored = places.filter(|place| good.has(place)).collect();
        Removals { missing, removed, restored }
    }

    /// Records what is new if that is possible, and puts the site together.
    fn publish(
        &mut self,
        config: &Config,
        matched: &Matched,
        stored: Option<Stored>,
        removed: &[String],
        now: DateTime<Utc>,
    ) -> BuiltSite {
        let recorded = stored.as_ref().map(|stored| &stored.record);
        let moment =
            RevisionMoment { recorded_at: now, first_sequence: first_sequence(recorded, now), now };
        let outcome = revise(matched, removed, &mut self.memos.records, moment);
        let new = (recorded != Some(&outcome.record)).then(|| outcome.record.clone());
        // The disk is slow, so the record is written beside the rendering, on a thread of its own: a worker
        // of rayon that waits for the disk is missing to the rendering, on two cores half of them.
        let (written, site) = thread::scope(|scope| {
            let (store, stored) = (&self.store, stored.as_ref());
            let writing = scope.spawn(move || new.map(|new| store.commit(stored, new)));
            let site = present(config, matched, outcome, &mut self.memos, moment);
            let written = writing.join().unwrap_or_else(|panic| resume_unwind(panic));
            (written, site)
        });
        match written {
            None => (self.stored, self.unrecorded) = (stored, None),
            Some(Ok(written)) => {
                info!("recorded in {}", config.record.display());
                if written.record != site.record {
                    // Another writer was faster: what it recorded is published by the next reload.
                    self.files = None;
                }
                (self.stored, self.unrecorded) = (Some(written), None);
            }
            Some(Err(error)) => {
                self.unrecorded = Some(site.record);
                let mut site = self.publish_unrecorded(config, matched, stored, removed, now);
                let error = Error::Record(error);
                site.notes
                    .push(Note::Fault(format!("{error}: changes are served, but not recorded")));
                return site;
            }
        }
        site
    }

    /// Assembles the site with the instants that every replica finds if it cannot record them.
    fn publish_unrecorded(
        &mut self,
        config: &Config,
        matched: &Matched,
        stored: Option<Stored>,
        removed: &[String],
        now: DateTime<Utc>,
    ) -> BuiltSite {
        let moment = unrecorded_moment(stored.as_ref().map(|stored| &stored.record), now);
        let moment = RevisionMoment { now, ..moment };
        self.stored = stored;
        assemble(config, matched, removed, &mut self.memos, moment)
    }

    /// Returns the record as it was loaded; if its file vanished, as in a checkout that is half done,
    /// what it held, which is written again.
    fn restored(&self, stored: Option<Stored>, config: &Config) -> Option<Stored> {
        let (None, Some(held)) = (&stored, &self.stored) else { return stored };
        warn!("{} is gone: it is written again", config.record.display());
        if let Err(error) = self.store.commit(None, held.record.clone()) {
            warn!("{}", Error::Record(error));
        }
        Some(held.clone())
    }

    /// Records what could not be recorded before; returns `None` if there is nothing, or it still
    /// cannot be.
    fn record_at_last(&self, config: &Config) -> Option<Stored> {
        let written = self.store.commit(self.stored.as_ref(), self.unrecorded.clone()?).ok()?;
        info!("recorded in {} at last", config.record.display());
        Some(written)
    }

    /// Logs the messages that were not logged before.
    fn log(&mut self, diagnostics: &[Diagnostic], notes: &[Note]) {
        let diagnostics = diagnostics.iter().map(|one| Note::Hint(one.render(false)));
        let messages: Vec<Note> = diagnostics.chain(notes.iter().cloned()).collect();
        let logged: BTreeSet<&Note> = self.logged.iter().collect();
        for message in messages.iter().filter(|message| !logged.contains(message)) {
            match message {
                Note::Hint(text) => warn!("{text}"),
                Note::Fault(text) => error!("{text}"),
            }
        }
        self.logged = messages;
    }
}

/// Returns the events whose definitions have been gone for long enough.
fn deleted(
    missing_since: &mut BTreeMap<String, DateTime<Utc>>,
    missing: &Missing,
    must_wait: bool,
    config: &Config,
    now: DateTime<Utc>,
) -> Vec<String> {
    missing_since.retain(|uid, _| missing.uids.contains(uid));
    let mut deleted = Vec::new();
    for uid in &missing.uids {
        let since = missing_since.entry(uid.clone()).or_insert(now);
        if must_wait {
            // The time runs from the moment at which there is no doubt any more.
            *since = now;
        } else if *since + config.removal <= now {
            deleted.push(uid.clone());
        }
    }
    deleted
}

/// Returns the place of a recorded event's definition, below the folder of all definitions.
fn place(record: &Record, uid: &str) -> Option<String> {
    let event = record.get(uid)?;
    Some(SourcePath::Event(&Slug::new(event.feed())?, &Slug::new(event.slug())?).to_string())
}
