//! What a running service remembers from one look at its folder to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tracing::{info, warn};

use super::publish::{failed, record_again};
use super::{
    Memory, Missing, Named, Site, assemble, first_sequence, name, present, revise, unrecorded_step,
};
use crate::config::Config;
use crate::error::Error;
use crate::model::Slug;
use crate::parallel;
use crate::record::{self, Record, Step};
use crate::snapshot::Snapshot;
use crate::source::{self, Diagnostic, Files, Loaded, Place, Texts};

/// The folder beside the record in which the last good texts lie.
const LAST_GOOD: &str = ".last-good";

/// The last look, and what follows from it.
pub struct State {
    files: Files,
    record: Option<Record>,
    texts: Texts,
    texts_folder: PathBuf,
    /// Claims that not all of them could be kept in their folder.
    are_texts_unkept: bool,
    /// Since when the definitions of events are gone.
    missing_since: BTreeMap<String, DateTime<Utc>>,
    /// When to look closer, though nothing was edited.
    next_change: Option<DateTime<Utc>>,
    /// The record that could not be written.
    unrecorded: Option<Record>,
    /// What was said already.
    said: Vec<String>,
    /// What makes the next look cheap.
    definitions: source::Memory,
    memory: Memory,
}

/// What becomes of events whose definitions are not there.
struct Removals {
    missing: Missing,
    /// The uids of those that are gone for good.
    removed: Vec<String>,
    /// The places of those that stay for now as they were.
    restored: BTreeSet<String>,
}

impl State {
    /// Nothing is known yet but the last good texts.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        let texts_folder = config.record.with_file_name(LAST_GOOD);
        Self {
            files: Files::default(),
            record: None,
            texts: Texts::read(&texts_folder),
            texts_folder,
            are_texts_unkept: false,
            missing_since: BTreeMap::new(),
            next_change: None,
            unrecorded: None,
            said: Vec::new(),
            definitions: source::Memory::default(),
            memory: Memory::default(),
        }
    }

    /// Looks at the folder and the record; a new snapshot where something is to be told, or where time
    /// alone changed something.
    ///
    /// # Errors
    /// Whatever keeps the folder from being published; then the last snapshot still holds.
    pub fn look(
        &mut self,
        config: &Config,
        now: DateTime<Utc>,
    ) -> Result<Option<Arc<Snapshot>>, Error> {
        let files = source::read(&config.feeds, &self.files)?;
        let mut recorded = self.recorded(config)?;
        let is_due = self.next_change.is_some_and(|at| at <= now);
        if self.are_texts_unkept {
            self.keep_texts(self.texts.clone());
        }
        if files == self.files && recorded == self.record && !is_due {
            let Some(written) = self.record_at_last(config) else { return Ok(None) };
            recorded = Some(written);
        }
        let record = recorded.clone().unwrap_or_default();
        let (mut loaded, mut named) = self.load(config, &files, &record, &BTreeSet::new())?;
        let removals = self.removals(config, &loaded, &named, now);
        if !removals.restored.is_empty() {
            (loaded, named) = self.load(config, &files, &record, &removals.restored)?;
        }
        let site = self.publish(config, &named, recorded, &removals.removed, now);
        self.keep_texts(loaded.texts);
        // Those that are many wait for a decision, not for a time.
        let waiting = self.missing_since.values().map(|since| *since + config.removal);
        self.next_change = waiting.filter(|at| *at > now).chain(site.next_change).min();
        self.files = files;
        let notes: Vec<String> = site.notes.into_iter().chain(removals.missing.warning()).collect();
        self.say(&loaded.diagnostics, &notes);
        Ok(Some(site.snapshot))
    }

    fn load(
        &mut self,
        config: &Config,
        files: &Files,
        record: &Record,
        restored: &BTreeSet<String>,
    ) -> Result<(Loaded, Named), Error> {
        let (root, files) = (&config.feeds, files.clone());
        let memory = &mut self.definitions;
        let loaded = source::load_tolerantly(root, files, &self.texts, restored, memory)?;
        let named = name(record.clone(), loaded.catalogue.clone());
        Ok((loaded, named))
    }

    fn removals(
        &mut self,
        config: &Config,
        loaded: &Loaded,
        named: &Named,
        now: DateTime<Utc>,
    ) -> Removals {
        let place = |uid: &String| place(&named.record, uid);
        let mut missing = Missing::of(named);
        // A broken file is never a removal.
        let is_broken = |uid: &String| place(uid).is_some_and(|one| loaded.broken.contains(&one));
        missing.uids.retain(|uid| !is_broken(uid));
        // Nor is one that was renamed and broken at once: nobody knows yet what it holds.
        let is_in_doubt = loaded.broken.iter().any(|place| !self.texts.has(place));
        let must_wait = missing.are_many || is_in_doubt;
        let removed = deleted(&mut self.missing_since, &missing, must_wait, config, now);
        let waiting = missing.uids.iter().filter(|uid| !removed.contains(uid));
        let places = waiting.filter_map(place);
        let restored = places.filter(|place| self.texts.has(place)).collect();
        Removals { missing, removed, restored }
    }

    /// Records what is new where that is possible, and puts the site together.
    fn publish(
        &mut self,
        config: &Config,
        named: &Named,
        recorded: Option<Record>,
        removed: &[String],
        now: DateTime<Utc>,
    ) -> Site {
        let step = Step { now, first_sequence: first_sequence(recorded.as_ref(), now), today: now };
        let outcome = revise(named, removed, &self.memory.revised, step);
        let is_new = recorded.as_ref() != Some(&outcome.record);
        let (base, new) = (recorded.clone().unwrap_or_default(), outcome.record.clone());
        // The disk is slow: it takes its time beside the rest.
        let (written, site) = parallel::both(
            || is_new.then(|| record::write(&config.record, &base, new)),
            || present(config, named, outcome, &mut self.memory, step),
        );
        let Some(written) = written else {
            (self.record, self.unrecorded) = (recorded, None);
            return site;
        };
        match written {
            Ok(written) => {
                info!("recorded in {}", config.record.display());
                // Where another writer was faster, the next look finds another record than this.
                let is_alone = written == site.record;
                let record = if is_alone { written } else { site.record.clone() };
                (self.record, self.unrecorded) = (Some(record), None);
                site
            }
            Err(error) => {
                let error = failed(&config.record, error);
                let unrecorded = Some(site.record);
                let step = unrecorded_step(recorded.as_ref(), now);
                let step = Step { today: now, ..step };
                let mut site = assemble(config, named, removed, &mut self.memory, step);
                site.notes.push(format!("{error}: changes are served, but not recorded"));
                (self.record, self.unrecorded) = (recorded, unrecorded);
                site
            }
        }
    }

    /// The record; where its file vanished, as in a checkout that is half done, what was in it.
    fn recorded(&self, config: &Config) -> Result<Option<Record>, Error> {
        let recorded = record_again(config, self.record.as_ref())?;
        let (None, Some(known)) = (&recorded, &self.record) else { return Ok(recorded) };
        warn!("{} is gone: it is written anew", config.record.display());
        if let Err(error) = record::write(&config.record, &Record::default(), known.clone()) {
            warn!("{}", failed(&config.record, error));
        }
        Ok(Some(known.clone()))
    }

    /// Records what could not be recorded before; `None` where there is nothing, or it still cannot be.
    fn record_at_last(&self, config: &Config) -> Option<Record> {
        let base = self.record.clone().unwrap_or_default();
        let written = record::write(&config.record, &base, self.unrecorded.clone()?).ok()?;
        info!("recorded in {} at last", config.record.display());
        Some(written)
    }

    fn keep_texts(&mut self, texts: Texts) {
        if texts == self.texts && !self.are_texts_unkept {
            return;
        }
        // After a failure, only the folder itself tells what is in it.
        let kept = if self.are_texts_unkept {
            Texts::read(&self.texts_folder)
        } else {
            self.texts.clone()
        };
        let replaced = kept.replace(&texts, &self.texts_folder);
        if let (Err(error), false) = (&replaced, self.are_texts_unkept) {
            warn!("{}: {error}: the last good texts are not kept", self.texts_folder.display());
        }
        self.are_texts_unkept = replaced.is_err();
        self.texts = texts;
    }

    /// Says what was not said before.
    fn say(&mut self, diagnostics: &[Diagnostic], notes: &[String]) {
        let messages = diagnostics.iter().map(|one| one.render(false)).chain(notes.iter().cloned());
        let messages: Vec<String> = messages.collect();
        for message in messages.iter().filter(|message| !self.said.contains(message)) {
            warn!("{message}");
        }
        self.said = messages;
    }
}

/// The events that were gone at an earlier look, long enough ago.
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

/// Where the definition of a recorded event was, below the folder of all definitions.
fn place(record: &Record, uid: &str) -> Option<String> {
    let event = record.get(uid)?;
    Some(Place::Event(&Slug::new(event.feed())?, &Slug::new(event.slug())?).to_string())
}
