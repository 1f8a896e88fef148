//! What a running service holds from one reload of its folder to the next.
//!
//! Nothing else outlives a snapshot: what lies between is computed anew, but for the memos, whose
//! keys are contents.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tracing::{error, info, warn};

use super::Error;
use super::build::{
    BuiltSite, Memos, assemble, first_sequence, present, revise, unrecorded_moment, zones,
};
use super::gather::{Found, find, status};
use super::last_good::LastGoodFile;
use super::matched::Matched;
use super::removals::{Doubt, Missing, Removals};
use super::status::SiteStatus;
use crate::config::Config;
use crate::model::Note;
use crate::record::store::{self, Store, StoreError, Stored};
use crate::record::{Record, RevisionMoment};
use crate::snapshot::Snapshot;
use crate::source::diagnostic::Diagnostic;
use crate::source::{Folder, Loader, SourceFiles, Tree};
use crate::zone::Zones;

/// The time after a start for which files are waited for that are perhaps half written.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// The result of the last reload, and what the next one needs of it.
pub struct State {
    tree: Arc<dyn Tree>,
    loader: Loader,
    /// The hash of the files that were published; `None` if the next reload has to publish them
    /// again.
    files: Option<u128>,
    last_good: LastGoodFile,
    store: Box<dyn Store>,
    /// The record as its file was last read or written.
    stored: Option<Stored>,
    /// The record that was last published.
    record: Option<Record>,
    /// The instants since which the definitions of events are gone, by uid.
    missing_since: BTreeMap<String, DateTime<Utc>>,
    /// The instant at which to publish again without an edit.
    next_boundary: Option<DateTime<Utc>>,
    /// Whether a file is perhaps half written: then the next reload must not wait for long.
    is_unsettled: bool,
    /// The record that could not be written.
    unrecorded: Option<Record>,
    /// The messages that were logged already.
    logged: Vec<Note>,
    status: SiteStatus,
    memos: Memos,
    zones: Arc<Zones>,
}

impl State {
    /// Makes a state that holds the last good texts alone.
    ///
    /// # Errors
    /// [`Error::Record`] if no record can be kept where it should be.
    pub fn new(config: &Config) -> Result<Self, Error> {
        Self::of(Arc::new(Folder::watched(&config.feeds)), config)
    }

    /// Makes a state whose definitions are in this tree.
    ///
    /// # Errors
    /// [`Error::Record`] if no record can be kept where it should be.
    pub fn of(tree: Arc<dyn Tree>, config: &Config) -> Result<Self, Error> {
        let (zones, last_good) = (zones(), LastGoodFile::open(config));
        Ok(Self {
            tree,
            loader: Loader::new(last_good.kept().clone(), Arc::clone(&zones)),
            files: None,
            last_good,
            store: store::open(&config.record, &zones)?,
            stored: None,
            record: None,
            missing_since: BTreeMap::new(),
            next_boundary: None,
            is_unsettled: false,
            unrecorded: None,
            logged: Vec::new(),
            status: SiteStatus::default(),
            memos: Memos::default(),
            zones,
        })
    }

    /// Returns what is held back.
    #[must_use]
    pub fn status(&self) -> &SiteStatus {
        &self.status
    }

    /// Returns whether a file is perhaps half written, and is published by a reload soon after this one.
    #[must_use]
    pub fn is_unsettled(&self) -> bool {
        self.is_unsettled
    }

    /// Writes the last good texts to the disk.
    pub fn keep_last_good(&mut self) {
        // Nobody waits for it: what was published is served already.
        self.last_good.keep(self.loader.good(), &self.status.since());
    }

    /// Reads the folder and the record again; returns a new snapshot if one of them was edited, or
    /// if time alone changed a document. `at` is the reading of a steady clock.
    ///
    /// # Errors
    /// Whatever keeps the folder from being published; then the last snapshot still holds.
    pub fn reload(
        &mut self,
        config: &Config,
        now: DateTime<Utc>,
        at: Duration,
    ) -> Result<Option<Arc<Snapshot>>, Error> {
        let (store, held) = (&self.store, self.stored.as_ref());
        let (files, stored) =
            rayon::join(|| self.loader.read(&*self.tree, at), || store.load(held));
        let files = Arc::new(files?);
        self.is_unsettled = !files.unsettled.is_empty();
        if self.record.is_none() && self.is_unsettled && at < MAX_WAIT {
            return Err(Error::Unsettled);
        }
        let hash = Some(files.hash());
        let (mut stored, unread) = self.unless_unreadable(stored)?;
        let is_due = self.next_boundary.is_some_and(|at| at <= now);
        let version = |stored: &Option<Stored>| stored.as_ref().map(|stored| stored.version);
        if hash == self.files && version(&stored) == version(&self.stored) && !is_due {
            let Some(written) = self.record_at_last(config) else { return Ok(None) };
            stored = Some(written);
        }
        let record = self.remembered(stored.as_ref(), config);
        let found = self.find(config, &files, &record, now)?;
        self.status = status(&found, &self.status_since(), now);
        let Found { loaded, matched, missing, removals } = found;
        self.files = hash;
        self.missing_since = removals.since;
        let faults = stored.iter().flat_map(|stored| stored.faults(&config.record));
        let faults: Vec<Note> = faults.chain(unread).map(fault).collect();
        let site = self.publish(config, &matched, stored, &removals.removed, now);
        self.loader.keep(loaded.good);
        // Many missing events wait for a decision, not for a time.
        let waiting = self.missing_since.values().map(|since| *since + config.removal);
        self.next_boundary = waiting.filter(|at| *at > now).chain(site.next_boundary).min();
        let notes = faults.into_iter().chain(site.notes).chain(missing.warning());
        self.log(&loaded.diagnostics, notes.collect());
        Ok(Some(site.snapshot))
    }

    fn find(
        &mut self,
        config: &Config,
        files: &Arc<SourceFiles>,
        record: &Record,
        now: DateTime<Utc>,
    ) -> Result<Found, Error> {
        // An instant that `aushang record` noted counts as well.
        let mut since = std::mem::take(&mut self.missing_since);
        for (uid, at) in record.iter().filter_map(|one| Some((one.uid(), one.missing_since()?))) {
            since.entry(uid.to_owned()).or_insert(at);
        }
        self.missing_since.clone_from(&since);
        let decide = |missing: &Missing, doubt: &Doubt| -> Removals {
            missing.decide(since, doubt, config, now)
        };
        let held = self.status_since();
        find(&mut self.loader, files, record, &held, &self.zones, decide)
    }

    /// Returns the instants since which items are held back, from the last reload, or else from the last run of the program.
    fn status_since(&self) -> BTreeMap<String, DateTime<Utc>> {
        let mut since = self.last_good.since().clone();
        since.extend(self.status.since());
        since
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
        let is_lost = stored.is_none() && matched.record.is_empty();
        let has_faults = stored.as_ref().is_some_and(|stored| !stored.faults.is_empty());
        let first_sequence = first_sequence(is_lost || has_faults, now);
        let moment = RevisionMoment { recorded_at: now, first_sequence, now };
        let outcome = revise(matched, removed, &mut self.memos.records, moment);
        let new = (recorded != Some(&outcome.record)).then(|| outcome.record.clone());
        let (store, memos) = (&*self.store, &mut self.memos);
        let write = || new.map(|new| store.commit(stored.as_ref(), new));
        let (written, site) = beside(write, || present(config, matched, outcome, memos, moment));
        match written {
            None => {
                (self.stored, self.unrecorded) = (stored, None);
                self.record = Some(site.record.clone());
            }
            Some(Ok(written)) => {
                info!("recorded in {}", config.record.display());
                if written.record != site.record {
                    // Another writer was faster: what it recorded is published by the next reload.
                    self.files = None;
                }
                self.record = Some(written.record.clone());
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
        let moment = unrecorded_moment(stored.as_ref(), now);
        self.stored = stored;
        assemble(config, matched, removed, &mut self.memos, moment)
    }

    /// Returns the record as it was loaded; if its file cannot be read now, as it was loaded before, and the reason.
    ///
    /// # Errors
    /// [`Error::Record`] if it was never read: then nobody knows which events were withdrawn.
    fn unless_unreadable(
        &self,
        stored: Result<Option<Stored>, StoreError>,
    ) -> Result<(Option<Stored>, Option<StoreError>), Error> {
        match stored {
            Ok(stored) => Ok((stored, None)),
            Err(error) if self.record.is_some() => Ok((self.stored.clone(), Some(error))),
            Err(error) => Err(error.into()),
        }
    }

    /// Returns the record with what was published last: a file that vanished, was emptied or is of an older checkout
    /// takes nothing back.
    fn remembered(&self, stored: Option<&Stored>, config: &Config) -> Record {
        let version = self.stored.as_ref().map(|stored| stored.version);
        match (stored, self.record.clone()) {
            (Some(stored), Some(record)) if Some(stored.version) != version => {
                stored.record.clone().merge(record)
            }
            (Some(stored), _) => stored.record.clone(),
            (None, Some(record)) => {
                warn!("{} is gone: it is written again", config.record.display());
                record
            }
            (None, None) => Record::default(),
        }
    }

    /// Records what could not be recorded before; returns `None` if there is nothing, or it still
    /// cannot be.
    fn record_at_last(&self, config: &Config) -> Option<Stored> {
        let written = self.store.commit(self.stored.as_ref(), self.unrecorded.clone()?).ok()?;
        info!("recorded in {} at last", config.record.display());
        Some(written)
    }

    /// Logs the messages that were not logged before.
    fn log(&mut self, diagnostics: &[Diagnostic], notes: Vec<Note>) {
        let diagnostics = diagnostics.iter().map(|one| Note::Hint(one.render(false)));
        let items = self.status.items.iter().map(|item| Note::Hint(item.to_string()));
        let messages: Vec<Note> = diagnostics.chain(items).chain(notes).collect();
        let logged: BTreeSet<&Note> = self.logged.iter().collect();
        for message in messages.iter().filter(|message| !logged.contains(message)) {
            match message {
                Note::Hint(text) => warn!("{text}"),
                Note::Fault(text) => error!("{text}"),
            }
        }
        if messages.is_empty() && !self.logged.is_empty() {
            info!("everything is published as its file says");
        }
        self.logged = messages;
    }
}

fn fault(error: StoreError) -> Note {
    Note::Fault(Error::Record(error).to_string())
}

/// Writes while something is rendered. The disk is slow, and a worker of rayon that waits for it is missing to the
/// rendering, on two cores half of them: so it has a thread of its own.
fn beside<W: Send, R>(write: impl FnOnce() -> W + Send, render: impl FnOnce() -> R) -> (W, R) {
    thread::scope(|scope| {
        let writing = scope.spawn(write);
        let rendered = render();
        (writing.join().unwrap_or_else(|panic| resume_unwind(panic)), rendered)
    })
}
