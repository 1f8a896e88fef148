//! Which items are held back: the straight line from files with mistakes to parts without one.
//!
//! A fault stays where it is made. An item with a mistake (an event, a feed, a file of all feeds) is held back at its
//! last good state, or left out if it never had one; then everything is checked again, since what depended on it may
//! have become wrong, until nothing is wrong any more. Last good states are checked events, not texts that are checked
//! again: the venue that a text names may be gone meanwhile. A hold of the whole site was tried first: one author's
//! typing error stopped the edits of all others.

mod faults;
mod gone;
mod last;
mod standing;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::checked::Checked;
use super::diagnostic::Diagnostic;
use super::last_good::LastGood;
use super::memo::FileMemo;
use super::tree::{Definition, FEED, SourceFile, SourceFiles, place_of, shown};
use super::validate::{self, CrossChecks, Parts};
use crate::model::{Feed, Slug, Visibility};
use crate::zone::Zones;
use last::{LastParts, good_parts};
use standing::children;

/// What stands in the place of an item that is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Standing {
    /// Its last good state.
    LastGood,
    /// Nothing: it never had a good one.
    LeftOut,
    /// Nothing: whatever else is wrong, it says that it is not public.
    Withdrawn,
}

/// An item that is held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// What stands in its place.
    pub standing: Standing,
    /// Why, in one sentence.
    pub reason: String,
}

/// The items that are held back, by the place of their file.
pub(crate) type HeldItems = BTreeMap<String, Held>;

/// What the checks of a reload need.
pub(super) struct Inputs<'a> {
    pub files: &'a SourceFiles,
    pub good: &'a LastGood,
    pub zones: &'a Zones,
    /// The places of files that are gone for now.
    pub waiting: &'a BTreeSet<String>,
    /// Returns whether the event at a place was published from there.
    pub is_published: &'a (dyn Fn(&str) -> bool + Sync),
}

/// The outcome: parts without a mistake.
pub(super) struct Outcome {
    pub parts: Parts,
    pub held: HeldItems,
    /// The mistakes of the files as they are.
    pub diagnostics: Vec<Diagnostic>,
    /// The slugs of events that are left out, but published from the record.
    pub named: BTreeSet<Slug>,
    /// The files of all feeds with the tables that are gone from them.
    pub completed: BTreeMap<String, SourceFile>,
}

/// The search for parts without a mistake.
pub(super) struct Search<'a> {
    inputs: Inputs<'a>,
    memo: &'a mut FileMemo,
    /// The parts of the last reload, which are indexed when they are first needed.
    given: Option<Parts>,
    last: Option<LastParts>,
    held: HeldItems,
    /// The files of all feeds with the tables that are gone from them.
    completed: BTreeMap<String, SourceFile>,
}

impl<'a> Search<'a> {
    pub(super) fn new(inputs: Inputs<'a>, memo: &'a mut FileMemo, last: Option<Parts>) -> Self {
        let (held, completed) = (HeldItems::new(), BTreeMap::new());
        Self { inputs, memo, given: last, last: None, held, completed }
    }

    /// Holds items back until nothing is wrong.
    pub(super) fn run(mut self) -> Outcome {
        let files = self.inputs.files;
        for folder in &files.unlisted {
            self.hold_folder(folder, "its folder cannot be listed");
        }
        self.withdraw_unsettled();
        let (mut parts, mut shown) = self.check(true);
        shown.extend(self.openings(&parts));
        self.blame_what_is_gone(&mut shown);
        let mut faults = self.faults(&shown, &parts);
        // The first check knows the names of items that are wrong themselves; without such ones it is the last one, too.
        let mut is_done = faults.is_empty() && self.held.is_empty();
        while !is_done {
            let children = children(&parts);
            for (place, reason) in faults {
                self.hold(&place, &reason, &children);
            }
            let diagnostics;
            (parts, diagnostics) = self.check(false);
            faults = self.faults(&diagnostics, &parts);
            is_done = faults.is_empty();
        }
        let named = self.named().map(|(slug, _)| slug).collect();
        self.add_held(&mut parts);
        let (held, completed) = (self.held, self.completed);
        Outcome { parts, held, diagnostics: shown, named, completed }
    }

    /// Checks all items that are not held back. At first, other items may name one that has a mistake: only its own
    /// mistake is shown to authors.
    fn check(&mut self, is_first: bool) -> (Parts, Vec<Diagnostic>) {
        let chosen = self.chosen();
        let files = chosen.as_ref().unwrap_or(self.inputs.files);
        let mut diagnostics = files.diagnostics.clone();
        let parts = validate::check_files(files, self.inputs.zones, self.memo, &mut diagnostics);
        let held = self.held_parts();
        let (mut known_events, mut known_feeds) = (Vec::new(), vec![Slug::all()]);
        known_feeds.extend(held.feeds.into_iter().map(|feed| feed.slug));
        if is_first {
            known_feeds.extend(files.feeds.iter().map(|folder| folder.slug.clone()));
            known_events = self.files_without_event(&parts);
        } else {
            known_events.extend(self.named().map(|(slug, _)| slug));
            let withdrawn = self.held.iter().filter(|(_, one)| one.standing == Standing::Withdrawn);
            known_events.extend(withdrawn.filter_map(|(place, _)| event_at(place)));
        }
        let root = &files.root;
        let is_published =
            |one: &Checked| place_of(root, &one.file.path).is_some_and(self.inputs.is_published);
        let cross = CrossChecks {
            events: &parts.events,
            held: &held.events,
            feeds: &parts.feeds,
            feed_files: &files.feeds,
            known_events: &known_events,
            known_feeds: &known_feeds,
            taken: &self.named().collect(),
            is_published: &is_published,
        };
        diagnostics.extend(cross.errors());
        if is_first {
            diagnostics.extend(validate::hints(&files.feeds, &parts.events));
        }
        (parts, diagnostics)
    }

    /// Returns the slugs of event files that no event could be made of.
    fn files_without_event(&self, parts: &Parts) -> Vec<Slug> {
        let files = self.inputs.files;
        let count: usize = files.feeds.iter().map(|folder| folder.events.len()).sum();
        if count == parts.events.len() && files.diagnostics.is_empty() {
            return Vec::new();
        }
        let read = files.feeds.iter().flat_map(|folder| &folder.events);
        let read = read.map(|(slug, _)| slug.clone());
        let unread = files.edited.keys().filter_map(|place| match Definition::at(place) {
            Some(Definition::Event(_, slug)) => Some(slug),
            _ => None,
        });
        read.chain(unread).collect()
    }

    /// Returns the files without those of held items; `None` if all of them are as they were read.
    fn chosen(&self) -> Option<SourceFiles> {
        if self.held.is_empty() {
            return None;
        }
        let mut files = self.inputs.files.clone();
        // Folders first: to take thousands of events out of one, each by itself, would take long.
        files.feeds.retain(|folder| !self.held.contains_key(&format!("{}/{FEED}", folder.slug)));
        for (place, held) in &self.held {
            match Definition::at(place) {
                Some(Definition::Feed(_)) => {}
                Some(Definition::Event(folder, _)) if files.folder(folder.as_str()).is_none() => {}
                Some(Definition::Top) if held.standing == Standing::LastGood => {
                    files.restore(place, self.inputs.good.files());
                    if let Some(file) = self.completed.get(place) {
                        files.put(place, Some(file.clone()));
                    }
                }
                // The site is all that cannot be left out: what can be read of it is better than nothing.
                Some(Definition::Top) if place == "site.toml" => {}
                _ => files.put(place, None),
            }
        }
        Some(files)
    }

    /// Returns the events that are left out, but published from the record, with the places of their files.
    fn named(&self) -> impl Iterator<Item = (Slug, String)> + '_ {
        let left_out = self.held.iter().filter(|(_, one)| one.standing == Standing::LeftOut);
        let files = self.inputs.files;
        let gone = self.inputs.waiting.iter().filter(|place| files.get(place).is_none());
        let places = left_out.map(|(place, _)| place).chain(gone);
        let published = places.filter(|place| (self.inputs.is_published)(place));
        published.filter_map(|place| Some((event_at(place)?, place.clone())))
    }

    /// Returns the parts of the last reload, or those of the last good files.
    fn last(&mut self) -> &LastParts {
        let Self { inputs, memo, given, last, .. } = self;
        last.get_or_insert_with(|| {
            let parts = given.take();
            LastParts::of(parts.unwrap_or_else(|| good_parts(inputs.good, inputs.zones, memo)))
        })
    }

    fn last_event(&mut self, place: &str) -> Option<&Arc<Checked>> {
        let path = shown(&self.inputs.files.root, place);
        self.last().event(&path)
    }

    /// Returns the last good states of all held items.
    fn held_parts(&mut self) -> Parts {
        if self.held.is_empty() {
            return Parts::default();
        }
        let (root, held) = (self.inputs.files.root.clone(), std::mem::take(&mut self.held));
        let is_held =
            |place: &str| held.get(place).is_some_and(|held| held.standing == Standing::LastGood);
        let last = &self.last().parts;
        let feeds = last.feeds.iter().filter(|feed| is_held(&format!("{}/{FEED}", feed.slug)));
        let feeds: Vec<Feed> = feeds.cloned().collect();
        let is_held_event =
            |one: &&Arc<Checked>| place_of(&root, &one.file.path).is_some_and(is_held);
        let events = last.events.iter().filter(is_held_event).cloned().collect();
        self.held = held;
        Parts { site: None, feeds, events }
    }

    fn add_held(&mut self, parts: &mut Parts) {
        let held = self.held_parts();
        parts.events.extend(held.events);
        parts.feeds.extend(held.feeds);
        parts.feeds.sort_by(|a, b| a.slug.cmp(&b.slug));
    }
}

/// Returns whether a place is that of an event.
pub(crate) fn is_event(place: &str) -> bool {
    event_at(place).is_some()
}

/// Returns the slug of the event whose file has this place.
pub(super) fn event_at(place: &str) -> Option<Slug> {
    match Definition::at(place) {
        Some(Definition::Event(_, slug)) => Some(slug),
        _ => None,
    }
}

/// Returns whether an event is published.
fn is_public(event: &Arc<Checked>) -> bool {
    !event.is_draft && event.event.visibility == Visibility::Public
}
