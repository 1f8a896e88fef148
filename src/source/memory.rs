//! What one loading remembers for the next, so that only what was edited is read closely.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::diagnostic::Diagnostic;
use super::files::{Asset, FeedFolder, SourceFile};
use super::validate::Checked;
use crate::model::Event;

/// Event files that were validated before; it changes no outcome.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The files on which the events of all folders depend.
    shared: Vec<Option<SourceFile>>,
    /// By path.
    events: BTreeMap<Arc<str>, Known>,
    /// The events as they left the last loading, by path.
    finished: BTreeMap<Arc<str>, Arc<Event>>,
}

/// An event file, that of its feed, and what they say.
#[derive(Clone, Debug)]
pub struct Known {
    file: SourceFile,
    feed: Option<SourceFile>,
    /// The files beside it, where it names any.
    assets: Option<Vec<Asset>>,
    checked: Option<Arc<Checked>>,
    diagnostics: Vec<Diagnostic>,
}

impl Known {
    /// `folder` is the one in which `file` lies; `names_files` claims that it names others there.
    pub fn new(
        file: &SourceFile,
        folder: &FeedFolder,
        names_files: bool,
        checked: Option<Checked>,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        Self {
            file: file.clone(),
            feed: folder.feed.clone(),
            assets: names_files.then(|| folder.assets.clone()),
            checked: checked.map(Arc::new),
            diagnostics,
        }
    }

    /// What the file says, and what its author should know.
    pub fn outcome(&self) -> (Option<Arc<Checked>>, &[Diagnostic]) {
        (self.checked.clone(), &self.diagnostics)
    }
}

impl Memory {
    /// Forgets everything where one of the files is another on which all events depend.
    pub(super) fn turn_to(&mut self, shared: [&Option<SourceFile>; 3]) {
        if !self.shared.iter().eq(shared) {
            *self = Self { shared: shared.map(Clone::clone).into(), ..Self::default() };
        }
    }

    /// What is known of this event file in this folder.
    pub(super) fn recall(&self, file: &SourceFile, folder: &FeedFolder) -> Option<&Known> {
        let known = self.events.get(&file.path)?;
        let is_same_feed = known.feed == folder.feed;
        let has_same_assets = known.assets.as_ref().is_none_or(|assets| *assets == folder.assets);
        (known.file == *file && is_same_feed && has_same_assets).then_some(known)
    }

    /// Remembers these event files instead of all others.
    pub(super) fn replace(&mut self, events: Vec<Known>) {
        self.events =
            events.into_iter().map(|known| (Arc::clone(&known.file.path), known)).collect();
    }

    /// The events, each by the path of its file; those that are as they were keep their place in memory.
    pub(super) fn finish(&mut self, events: Vec<(Arc<str>, Arc<Event>)>) -> Vec<Arc<Event>> {
        let same = |path: &Arc<str>, event: Arc<Event>| match self.finished.get(path) {
            Some(known) if !Arc::ptr_eq(known, &event) && *known == event => Arc::clone(known),
            _ => event,
        };
        let events = events.into_iter().map(|(path, event)| (same(&path, event), path));
        let events: Vec<_> = events.collect();
        self.finished =
            events.iter().map(|(event, path)| (Arc::clone(path), Arc::clone(event))).collect();
        events.into_iter().map(|(event, _)| event).collect()
    }
}
