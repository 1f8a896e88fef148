//! Loads definitions: once, as a command does, or at each reload, as the service does, which publishes what is
//! good beside what is broken.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::LoadError;
use super::diagnostic::{self, Diagnostic, Severity};
use super::last_good::{LastGood, folders};
use super::memo::FileMemo;
use super::tree::{self, SourceFiles, Tree};
use super::validate;
use crate::model::Definitions;
use crate::zone::Zones;

/// The outcome of a reload: what can be published, and what its authors should know.
#[derive(Debug)]
pub struct Loaded {
    /// The events, feeds and site that can be published, with older contents in the place of broken ones.
    pub definitions: Definitions,
    /// The errors and warnings of the files as they are now, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The last good content of every file, which the caller stores when this outcome is published.
    pub good: LastGood,
    /// The places of broken files: held back at their last good content, or left out if there is none.
    pub broken: BTreeSet<String>,
}

/// Loads a tree and returns its definitions and the warnings about it. Times are placed by the rules of `zones`.
///
/// # Errors
/// [`LoadError::Unreadable`] if the root cannot be listed; [`LoadError::Mistakes`] if one of them is an error.
pub fn load(tree: &dyn Tree, zones: &Zones) -> Result<(Definitions, Vec<Diagnostic>), LoadError> {
    let files = tree::read(tree, &SourceFiles::default())?;
    match check(&files, zones, &mut FileMemo::default()) {
        (Some(definitions), diagnostics) if !is_refused(&diagnostics) => {
            Ok((definitions, diagnostics))
        }
        (_, diagnostics) => Err(LoadError::Mistakes(diagnostics)),
    }
}

/// Loads a tree at each reload, and remembers what it was checked as and what was good last.
#[derive(Debug)]
pub struct Loader {
    memo: FileMemo,
    good: LastGood,
    zones: Arc<Zones>,
}

impl Loader {
    /// Returns a loader that begins with the last good contents and places times by the rules of `zones`.
    #[must_use]
    pub fn new(good: LastGood, zones: Arc<Zones>) -> Self {
        Self { memo: FileMemo::default(), good, zones }
    }

    /// Reads a tree for a reload; files that are as they were share the texts of the last good ones.
    ///
    /// # Errors
    /// [`LoadError::Unreadable`] if the root cannot be listed.
    pub fn read(&mut self, tree: &dyn Tree) -> Result<SourceFiles, LoadError> {
        self.memo.begin();
        tree::read(tree, self.good.files())
    }

    /// Loads what was read, with the last good content of every file that is broken. `restored` are the places of
    /// files that are gone and whose last good contents are loaded all the same.
    ///
    /// # Errors
    /// [`LoadError::Mistakes`] if nothing good is left.
    pub fn load(
        &mut self,
        mut files: Arc<SourceFiles>,
        restored: &BTreeSet<String>,
    ) -> Result<Loaded, LoadError> {
        let Self { memo, good, zones } = self;
        if !restored.is_empty() {
            good.restore(Arc::make_mut(&mut files), restored);
        }
        let (definitions, diagnostics) = check(&files, zones, memo);
        let now = LastGood::of(Arc::clone(&files));
        if let (Some(definitions), false) = (definitions, is_refused(&diagnostics)) {
            return Ok(Loaded { definitions, diagnostics, good: now, broken: BTreeSet::new() });
        }
        let broken = broken_places(&files.root, &diagnostics);
        // The lists are copied, the texts are shared: `now` stays what was read.
        let files = Arc::make_mut(&mut files);
        for place in &broken {
            files.put(place, good.file(place));
        }
        good.restore_assets(files, &folders(&broken));
        // The errors of reading were those of the files that have just been replaced.
        files.diagnostics.retain(|one| one.problem.severity() != Severity::Error);
        // All other files are in the memo: this second check costs little.
        if let (Some(definitions), again) = check(files, zones, memo)
            && !is_refused(&again)
        {
            // From now on, the good files of this reload are the last good ones; broken ones stay at theirs.
            let good = now.or(good, &broken);
            return Ok(Loaded { definitions, diagnostics, good, broken });
        }
        // Files that are good one by one can contradict each other. Nothing says then which of them is at fault:
        // all files stay at their last good content.
        match check(good.files(), zones, memo) {
            (Some(definitions), again) if !is_refused(&again) => {
                Ok(Loaded { definitions, diagnostics, good: good.clone(), broken })
            }
            _ => Err(LoadError::Mistakes(diagnostics)),
        }
    }

    /// Returns the last good contents.
    #[must_use]
    pub(crate) fn good(&self) -> &LastGood {
        &self.good
    }

    /// Replaces the last good contents with those of what is published now.
    pub fn keep(&mut self, good: LastGood) {
        self.good = good;
    }
}

fn check(
    files: &SourceFiles,
    zones: &Zones,
    memo: &mut FileMemo,
) -> (Option<Definitions>, Vec<Diagnostic>) {
    let (definitions, mut diagnostics) = validate::validate(files, zones, memo);
    diagnostic::tidy(&mut diagnostics);
    (definitions, diagnostics)
}

fn is_refused(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|one| one.problem.severity() == Severity::Error)
}

/// Returns the places, below the root, of all files with an error.
fn broken_places(root: &str, diagnostics: &[Diagnostic]) -> BTreeSet<String> {
    let errors = diagnostics.iter().filter(|one| one.problem.severity() == Severity::Error);
    let places = errors.filter_map(|one| one.path().strip_prefix(root));
    places.map(|place| place.trim_start_matches('/').to_owned()).collect()
}
