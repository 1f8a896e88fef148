//! The events whose definitions are gone: which they are, and whether that looks like an accident.
//!
//! A checkout that is half done or a folder that is not mounted looks like a deletion of everything, and would cancel
//! every event in every calendar. So one missing file counts as a deletion after some time, and many wait for a
//! decision.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::Error;
use super::matched::Matched;
use crate::config::Config;
use crate::model::{Note, Slug};
use crate::record::{EventRecord, Record};
use crate::source::{LastGood, Loaded, SourceFiles, SourcePath, is_event};

/// The number of events that a folder must have had for the loss of all to be an accident.
const MANY_OF_FOLDER: usize = 3;
/// The number of events that a site must have had for the loss of half to be an accident.
const MANY_OF_SITE: usize = 4;

/// The events of the record whose definitions are missing, by uid.
#[derive(Debug, Default)]
pub(super) struct Missing {
    /// The places of the definitions.
    pub places: BTreeMap<String, String>,
    /// The uids of those that are so many that they wait for a decision.
    pub many: BTreeSet<String>,
}

/// What is decided about missing events.
#[derive(Debug, Default)]
pub(super) struct Removals {
    /// The uids of the events that were deleted.
    pub removed: Vec<String>,
    /// The instants since which others are missing, by uid.
    pub since: BTreeMap<String, DateTime<Utc>>,
}

impl Missing {
    /// Finds the missing events. A file that is held back is not missing.
    /// `usurped` are events of which that is known already.
    pub(crate) fn of(
        matched: &Matched,
        loaded: &Loaded,
        files: &SourceFiles,
        usurped: &BTreeMap<String, String>,
    ) -> Self {
        if matched.surely_complete && usurped.is_empty() {
            return Self::default();
        }
        let Matched { record, definitions, .. } = matched;
        let unpublished: BTreeSet<String> =
            definitions.unpublished.iter().map(|one| one.uid.to_string()).collect();
        let missing = record.missing(&definitions.events, &unpublished);
        let is_there =
            |place: &String| loaded.held.contains_key(place) || files.unsettled.contains_key(place);
        let placed = missing.into_iter().filter_map(|event| Some((event, place(event)?)));
        let missing: Vec<(&EventRecord, String)> =
            placed.filter(|(_, place)| !is_there(place)).collect();
        let many = many(record, &missing, files);
        let places = missing.into_iter().map(|(event, place)| (event.uid().to_owned(), place));
        Self { places: places.chain(usurped.clone()).collect(), many }
    }

    /// Decides which events were deleted: those that are missing for as long as the configuration says. `since` are
    /// the instants at which each was missing first.
    pub(crate) fn decide(
        &self,
        mut since: BTreeMap<String, DateTime<Utc>>,
        doubt: &Doubt,
        config: &Config,
        now: DateTime<Utc>,
    ) -> Removals {
        since.retain(|uid, _| self.places.contains_key(uid));
        let mut removed = Vec::new();
        for (uid, place) in &self.places {
            let since = since.entry(uid.clone()).or_insert(now);
            if doubt.is_about(place) || self.many.contains(uid) {
                // The time runs from the moment at which there is no doubt any more.
                *since = now;
            } else if *since + config.removal <= now {
                removed.push(uid.clone());
            }
        }
        since.retain(|uid, _| !removed.contains(uid));
        Removals { removed, since }
    }

    /// Returns the places of the definitions of all events but the removed ones.
    pub(crate) fn waiting(&self, removed: &[String]) -> BTreeSet<String> {
        let waiting = self.places.iter().filter(|(uid, _)| !removed.contains(uid));
        waiting.map(|(_, place)| place.clone()).collect()
    }

    /// Returns the error that asks for a decision if one is needed.
    pub(crate) fn question(&self) -> Option<Error> {
        let count = self.many.len();
        (count > 0).then_some(Error::Removals { count })
    }

    pub(crate) fn warning(&self) -> Option<Note> {
        self.question().map(|question| Note::Hint(format!("{question}; until then they stay")))
    }
}

/// Which events nobody knows to be gone: a file that was renamed and broken at once, has a name that no event may have,
/// or is perhaps half written, may be one that is missing.
#[derive(Debug, Default)]
pub(super) struct Doubt {
    /// Whether it is about every folder.
    pub is_general: bool,
    /// The folders with such a file.
    pub folders: BTreeSet<String>,
    /// The places at which an event would be whose file has another ending: `termine/a.md` for `termine/a.txt`.
    pub places: BTreeSet<String>,
}

impl Doubt {
    pub(crate) fn of(loaded: &Loaded, files: &SourceFiles, good: &LastGood) -> Self {
        let is_new = |place: &String| is_event(place) && !good.has(place);
        let is_root_unread = files.diagnostics.iter().any(|one| one.path() == files.root);
        let is_general =
            is_root_unread || loaded.held.keys().chain(files.unsettled.keys()).any(is_new);
        let (mut folders, mut places) = (BTreeSet::new(), BTreeSet::new());
        for one in &files.diagnostics {
            let place = one.path().strip_prefix(&files.root).unwrap_or_default();
            let Some((folder, name)) = place.trim_start_matches('/').split_once('/') else {
                continue;
            };
            if name.to_lowercase().contains(".md") {
                folders.insert(folder.to_owned());
            }
            let stem = name.split('.').next().unwrap_or_default();
            places.insert(format!("{folder}/{stem}.md"));
        }
        Self { is_general, folders, places }
    }

    fn is_about(&self, place: &str) -> bool {
        let folder = place.split_once('/').map_or("", |(folder, _)| folder);
        self.is_general || self.folders.contains(folder) || self.places.contains(place)
    }
}

/// Returns the place of a recorded event's definition, below the folder of all definitions.
pub(super) fn place(event: &EventRecord) -> Option<String> {
    Some(SourcePath::Event(&Slug::new(event.feed())?, &Slug::new(event.slug())?).to_string())
}

/// Returns the uids of missing events that are so many that it may be an accident.
fn many(
    record: &Record,
    missing: &[(&EventRecord, String)],
    files: &SourceFiles,
) -> BTreeSet<String> {
    if missing.is_empty() {
        return BTreeSet::new();
    }
    let mut all: BTreeMap<&str, usize> = BTreeMap::new();
    for event in record.iter().filter(|event| event.is_present()) {
        *all.entry(event.feed()).or_default() += 1;
    }
    let mut gone: BTreeMap<&str, usize> = BTreeMap::new();
    for (event, _) in missing {
        *gone.entry(event.feed()).or_default() += 1;
    }
    let count: usize = all.values().sum();
    let is_half = count >= MANY_OF_SITE && missing.len() * 2 >= count;
    let is_many = |event: &EventRecord| {
        let (folder, had) = (event.feed(), all.get(event.feed()).copied().unwrap_or_default());
        let is_all = had >= MANY_OF_FOLDER && gone.get(folder) == Some(&had);
        is_half || is_all || files.folder(folder).is_none()
    };
    let many = missing.iter().filter(|(event, _)| is_many(event));
    many.map(|(event, _)| event.uid().to_owned()).collect()
}
