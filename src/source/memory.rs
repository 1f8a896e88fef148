//! What one loading remembers for the next, so that only what was edited is read closely.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::diagnostic::Diagnostic;
use super::files::SourceFile;
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
    checked: Option<Arc<Checked>>,
    diagnostics: Vec<Diagnostic>,
}

impl Known {
    pub fn new(
        file: &SourceFile,
        feed: Option<&SourceFile>,
        checked: Option<Checked>,
        diagnostics: Vec<Diagnostic>,
    ) -> Self {
        let checked = checked.map(Arc::new);
        Self { file: file.clone(), feed: feed.cloned(), checked, diagnostics }
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

    /// What is known of this event file in this feed.
    pub(super) fn recall(&self, file: &SourceFile, feed: Option<&SourceFile>) -> Option<&Known> {
        let known = self.events.get(&file.path)?;
        (known.file == *file && known.feed.as_ref() == feed).then_some(known)
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
