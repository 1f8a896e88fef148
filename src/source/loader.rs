//! Loads definitions: once, as a check of all files does, or at each reload, which publishes what is good beside what
//! is held back.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use super::LoadError;
use super::diagnostic::{self, Diagnostic};
use super::hold::{HeldItems, Inputs, Outcome, Search, Standing, event_at};
use super::last_good::{LastGood, folders};
use super::memo::FileMemo;
use super::tree::{self, SETTLING, Settling, SourceFiles, Tree};
use super::validate::{self, Parts};
use crate::model::{Definitions, Slug};
use crate::zone::Zones;

/// The number of times that a file is read until it counts as one that somebody writes all the time.
const MAX_READINGS: u32 = 5;

/// The outcome of a reload: what can be published, and what its authors should know.
#[derive(Debug)]
pub struct Loaded {
    /// The events, feeds and site that can be published, with last good states in the place of what is held back.
    pub definitions: Definitions,
    /// The errors and warnings of the files as they are now, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The items that are held back, by place.
    pub(crate) held: HeldItems,
    /// The state that the next reload holds items back at.
    pub good: GoodState,
}

/// What was good last: the content of every file, and what was made of it.
#[derive(Clone, Debug, Default)]
pub struct GoodState {
    files: LastGood,
    /// `None` after a start.
    parts: Option<Parts>,
}

impl GoodState {
    /// Returns the last good contents.
    pub(crate) fn files(&self) -> &LastGood {
        &self.files
    }
}

impl From<LastGood> for GoodState {
    fn from(files: LastGood) -> Self {
        Self { files, parts: None }
    }
}

/// Loads a tree and returns its definitions and the warnings about it. Times are placed by the rules of `zones`.
///
/// # Errors
/// [`LoadError::Unreadable`] if the root cannot be listed; [`LoadError::Mistakes`] if one of them is an error.
pub fn load(
    tree: &dyn Tree,
    zones: &Arc<Zones>,
) -> Result<(Definitions, Vec<Diagnostic>), LoadError> {
    let files = tree::read(tree, &SourceFiles::default())?;
    let mut loader = Loader::new(LastGood::default(), Arc::clone(zones));
    let loaded = loader.load(&files.into(), &BTreeSet::new(), &|_| false)?;
    loaded.strict()
}

/// Loads a tree at each reload, and remembers what it was checked as and what was good last.
#[derive(Debug)]
pub struct Loader {
    memo: FileMemo,
    good: GoodState,
    settling: Settling,
    zones: Arc<Zones>,
}

impl Loader {
    /// Returns a loader that begins with the last good contents and places times by the rules of `zones`.
    #[must_use]
    pub fn new(good: LastGood, zones: Arc<Zones>) -> Self {
        let settling = Settling::default();
        Self { memo: FileMemo::default(), good: good.into(), settling, zones }
    }

    /// Reads a tree for a reload at this reading of a steady clock; files that are as they were share the texts of the
    /// last good ones, and those that are perhaps half written have these texts.
    ///
    /// # Errors
    /// [`LoadError::Unreadable`] if the root cannot be listed and nothing was good before.
    pub fn read(&mut self, tree: &dyn Tree, at: Duration) -> Result<SourceFiles, LoadError> {
        self.memo.begin();
        let mut files = tree::read(tree, self.good.files.files())?;
        self.settling.settle(&mut files, self.good.files.files(), at);
        Ok(files)
    }

    /// Reads a tree for a command that runs once. `wait` sleeps for the given time: a file that is perhaps half written
    /// is read again.
    ///
    /// # Errors
    /// The errors of [`Self::read`].
    pub fn read_whole(
        &mut self,
        tree: &dyn Tree,
        wait: impl Fn(Duration),
    ) -> Result<SourceFiles, LoadError> {
        let mut files = self.read(tree, Duration::ZERO)?;
        for reading in 1..MAX_READINGS {
            if files.unsettled.is_empty() {
                break;
            }
            wait(SETTLING);
            files = self.read(tree, SETTLING * reading)?;
        }
        files.report_unsettled();
        Ok(files)
    }

    /// Loads what was read, with the last good state of every item that has a mistake. `restored` are the places of
    /// files that are gone and whose last good contents are loaded all the same; `is_published` says whether the event
    /// at a place was published from there.
    ///
    /// # Errors
    /// [`LoadError::Mistakes`] if nothing good is left.
    pub fn load(
        &mut self,
        files: &Arc<SourceFiles>,
        restored: &BTreeSet<String>,
        is_published: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Loaded, LoadError> {
        let Self { memo, good, zones, .. } = self;
        let mut files = Arc::clone(files);
        if !restored.is_empty() {
            good.files.restore(Arc::make_mut(&mut files), restored);
        }
        let inputs =
            Inputs { files: &files, good: &good.files, zones, waiting: restored, is_published };
        let Outcome { parts, held, mut diagnostics, named, completed } =
            Search::new(inputs, memo, good.parts.clone()).run();
        // Whatever half of a file says, nobody has to mend it.
        let is_whole = |one: &Diagnostic| {
            let place = tree::place_of(&files.root, one.path());
            place.is_none_or(|place| !files.unsettled.contains_key(place))
        };
        diagnostics.retain(is_whole);
        diagnostic::tidy(&mut diagnostics);
        let Some(site) = parts.site.clone() else { return Err(LoadError::Mistakes(diagnostics)) };
        let withdrawn = held.iter().filter(|(_, held)| held.standing == Standing::Withdrawn);
        let withdrawn: BTreeSet<Slug> =
            withdrawn.filter_map(|(place, _)| event_at(place)).collect();
        let definitions =
            validate::definitions(site, parts.feeds.clone(), &parts.events, &named, &withdrawn);
        let mut files = good_files(files, &good.files, &held, zones, memo);
        files.complete(completed);
        let good = GoodState { files, parts: Some(parts) };
        Ok(Loaded { definitions, diagnostics, held, good })
    }

    /// Returns the last good contents.
    #[must_use]
    pub(crate) fn good(&self) -> &LastGood {
        &self.good.files
    }

    /// Replaces what was good last by what is published now.
    pub fn keep(&mut self, good: GoodState) {
        self.good = good;
    }
}

impl Loaded {
    /// Returns the slugs of all events that are held back.
    pub(crate) fn held_events(&self) -> BTreeSet<Slug> {
        self.held.keys().filter_map(|place| event_at(place)).collect()
    }

    /// Returns the definitions and the warnings if no file has a mistake.
    ///
    /// # Errors
    /// [`LoadError::Mistakes`]
    pub(crate) fn strict(self) -> Result<(Definitions, Vec<Diagnostic>), LoadError> {
        if self.diagnostics.iter().any(Diagnostic::is_error) {
            return Err(LoadError::Mistakes(self.diagnostics));
        }
        Ok((self.definitions, self.diagnostics))
    }
}

/// Returns the contents that are good now: those that were read, and for held items the older ones.
fn good_files(
    mut files: Arc<SourceFiles>,
    older: &LastGood,
    held: &HeldItems,
    zones: &Zones,
    memo: &mut FileMemo,
) -> LastGood {
    if held.is_empty() && files.is_plain() {
        return LastGood::of(files);
    }
    let next = Arc::make_mut(&mut files);
    next.take_remarks();
    for folder in std::mem::take(&mut next.unlisted) {
        next.feeds.extend(older.files().folder(folder.as_str()).cloned());
    }
    next.feeds.sort_by(|a, b| a.slug.cmp(&b.slug));
    for (place, one) in held {
        match one.standing {
            // A text that was public must not come back when its file breaks once more.
            Standing::Withdrawn => next.put_if_there(place, None),
            Standing::LastGood | Standing::LeftOut => next.restore(place, older.files()),
        }
    }
    let standing = held.iter().filter(|(_, held)| held.standing == Standing::LastGood);
    let places: BTreeSet<String> = standing.map(|(place, _)| place.clone()).collect();
    older.restore_assets(next, &folders(&places));
    keep_surroundings(next, older, &places, zones, memo);
    LastGood::of(files)
}

/// Leaves the older files of all feeds if an event that is held back was good with these alone: they have to be there
/// after a restart.
fn keep_surroundings(
    next: &mut SourceFiles,
    older: &LastGood,
    places: &BTreeSet<String>,
    zones: &Zones,
    memo: &mut FileMemo,
) {
    let events: Vec<&String> = places.iter().filter(|place| event_at(place).is_some()).collect();
    if events.is_empty() {
        return;
    }
    let mut diagnostics = Vec::new();
    let parts = validate::check_files(next, zones, memo, &mut diagnostics);
    let paths: BTreeSet<&str> = parts.events.iter().map(|one| &*one.file.path).collect();
    let errors = diagnostics.iter().filter(|one| one.is_error());
    let wrong: BTreeSet<&str> = errors.map(Diagnostic::path).collect();
    let is_good = |place: &str| {
        let path = tree::shown(&next.root, place);
        paths.contains(&*path) && !wrong.contains(&*path)
    };
    let lost: Vec<String> = events.into_iter().filter(|place| !is_good(place)).cloned().collect();
    for place in &lost {
        let folder = place.split_once('/').map_or("", |(folder, _)| folder);
        next.restore(&format!("{folder}/{}", tree::FEED), older.files());
    }
    if !lost.is_empty() {
        for place in ["site.toml", "venues.toml", "organizers.toml"] {
            next.restore(place, older.files());
        }
    }
}
