//! What one loading remembers for the next, so that only what was edited is read closely.

use std::sync::Arc;

use super::diagnostic::Diagnostic;
use super::tree::{Asset, FeedFolder, SourceFile};
use super::validate::Checked;
use crate::index::Earlier;
use crate::model::Event;

/// Event files that were validated before; it changes no outcome.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The files on which the events of all folders depend.
    shared: Vec<Option<SourceFile>>,
    /// In the order in which they were read.
    events: Vec<Arc<Known>>,
    finished: Vec<Finished>,
}

/// An event as it left a loading.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The path of its file.
    pub path: Arc<str>,
    /// What its file alone says.
    pub alone: Arc<Event>,
    /// The same with what the others say.
    pub event: Arc<Event>,
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
    pub fn outcome(&self) -> (&Option<Arc<Checked>>, &[Diagnostic]) {
        (&self.checked, &self.diagnostics)
    }

    /// Claims that it is known of this event file in this folder.
    pub fn is_of(&self, file: &SourceFile, folder: &FeedFolder) -> bool {
        let has_same_assets = self.assets.as_ref().is_none_or(|assets| *assets == folder.assets);
        self.file == *file && self.feed == folder.feed && has_same_assets
    }
}

impl Memory {
    /// Forgets everything where one of the files is another on which all events depend.
    pub(super) fn turn_to(&mut self, shared: [&Option<SourceFile>; 3]) {
        if !self.shared.iter().eq(shared) {
            *self = Self { shared: shared.map(Clone::clone).into(), ..Self::default() };
        }
    }

    /// The event files, by path.
    pub(super) fn events(&self) -> Earlier<'_, Arc<Known>> {
        Earlier::of(&self.events, |known| &known.file.path)
    }

    /// The finished events, by path.
    pub(super) fn finished(&self) -> Earlier<'_, Finished> {
        Earlier::of(&self.finished, |finished| &finished.path)
    }

    /// Remembers these event files instead of all others.
    pub(super) fn replace(&mut self, events: Vec<Arc<Known>>) {
        self.events = events;
    }

    /// Remembers these finished events instead of all others.
    pub(super) fn finish(&mut self, events: Vec<Finished>) {
        self.finished = events;
    }
}
