//! The state at which items are held back.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::IndexMap;
use crate::model::Feed;
use crate::source::checked::Checked;
use crate::source::diagnostic::Diagnostic;
use crate::source::last_good::LastGood;
use crate::source::memo::FileMemo;
use crate::source::validate::{self, Parts};
use crate::zone::Zones;

/// The parts of the last reload.
pub(super) struct LastParts {
    pub parts: Parts,
    /// The number of each event by the path of its file.
    by_path: IndexMap<Arc<str>, usize>,
}

impl LastParts {
    pub(super) fn of(parts: Parts) -> Self {
        let paths = parts.events.iter().map(|one| Arc::clone(&one.file.path));
        let by_path = paths.zip(0..).collect();
        Self { parts, by_path }
    }

    pub(super) fn event(&self, path: &str) -> Option<&Arc<Checked>> {
        self.by_path.get(path).map(|at| &self.parts.events[*at])
    }
}

/// Returns the parts of the last good files, as far as they are good by themselves.
pub(super) fn good_parts(good: &LastGood, zones: &Zones, memo: &mut FileMemo) -> Parts {
    let mut diagnostics = Vec::new();
    let files = good.files();
    let mut parts = validate::check_files(files, zones, memo, &mut diagnostics);
    let errors = diagnostics.iter().filter(|one| one.is_error());
    let wrong: BTreeSet<&str> = errors.map(Diagnostic::path).collect();
    if !wrong.is_empty() {
        parts.events.retain(|one| !wrong.contains(&*one.file.path));
        let file = |feed: &Feed| files.folder(feed.slug.as_str())?.feed.as_ref();
        parts.feeds.retain(|feed| file(feed).is_some_and(|file| !wrong.contains(&*file.path)));
    }
    parts
}
