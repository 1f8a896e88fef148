//! Loads definitions: once, or again and again as a service does, which publishes what is good beside what
//! is broken.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::LoadError;
use super::diagnostic::{self, Diagnostic, Severity};
use super::last_good::{LastGood, folders};
use super::memo::FileMemo;
use super::tree::{self, SourceFiles, Tree};
use super::validate;
use crate::model::Catalogue;
use crate::zone::Zones;

/// What a folder says.
#[derive(Debug)]
pub struct Loaded {
    /// What can be published.
    pub catalogue: Catalogue,
    /// Everything that its authors should know, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The good content of every file.
    pub good: LastGood,
    /// The places of files for which an older content stands in, or nothing.
    pub broken: BTreeSet<String>,
}

/// Loads a tree: the catalogue and the warnings about it. `zones` says by which rules times are placed.
///
/// # Errors
/// [`LoadError::Unreadable`]; [`LoadError::Mistakes`] if one of them keeps an event from being
/// published.
pub fn load(tree: &dyn Tree, zones: &Zones) -> Result<(Catalogue, Vec<Diagnostic>), LoadError> {
    let files = tree::read(tree, &SourceFiles::default())?;
    match check(&files, zones, &mut FileMemo::default()) {
        (Some(catalogue), diagnostics) if !is_refused(&diagnostics) => Ok((catalogue, diagnostics)),
        (_, diagnostics) => Err(LoadError::Mistakes(diagnostics)),
    }
}

/// Loads a tree again and again.
#[derive(Debug)]
pub struct Loader {
    memo: FileMemo,
    good: LastGood,
    zones: Arc<Zones>,
}

impl Loader {
    /// Begins with the last good contents; `zones` says by which rules times are placed.
    #[must_use]
    pub fn new(good: LastGood, zones: Arc<Zones>) -> Self {
        Self { memo: FileMemo::default(), good, zones }
    }

    /// Reads a tree for a reload.
    ///
    /// # Errors
    /// [`LoadError::Unreadable`]
    pub fn read(&mut self, tree: &dyn Tree) -> Result<SourceFiles, LoadError> {
        self.memo.begin();
        tree::read(tree, self.good.files())
    }

    /// Loads what was read, with the last good content of every file that is broken, and of those at the
    /// places `restored`, which are gone.
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
        let (catalogue, diagnostics) = check(&files, zones, memo);
        let now = LastGood::of(Arc::clone(&files));
        if let (Some(catalogue), false) = (catalogue, is_refused(&diagnostics)) {
            return Ok(Loaded { catalogue, diagnostics, good: now, broken: BTreeSet::new() });
        }
        let broken = broken_places(&files.root, &diagnostics);
        let files = Arc::make_mut(&mut files);
        for place in &broken {
            files.put(place, good.file(place));
        }
        good.restore_assets(files, &folders(&broken));
        files.diagnostics.retain(|one| one.problem.severity() != Severity::Error);
        if let (Some(catalogue), again) = check(files, zones, memo)
            && !is_refused(&again)
        {
            let good = now.or(good, &broken);
            return Ok(Loaded { catalogue, diagnostics, good, broken });
        }
        // What contradicts itself over several files is published as it was before.
        match check(good.files(), zones, memo) {
            (Some(catalogue), again) if !is_refused(&again) => {
                Ok(Loaded { catalogue, diagnostics, good: good.clone(), broken })
            }
            _ => Err(LoadError::Mistakes(diagnostics)),
        }
    }

    /// The last good contents.
    #[must_use]
    pub fn good(&self) -> &LastGood {
        &self.good
    }

    /// Takes the contents of what is published now as the last good ones.
    pub fn keep(&mut self, good: LastGood) {
        self.good = good;
    }
}

fn check(
    files: &SourceFiles,
    zones: &Zones,
    memo: &mut FileMemo,
) -> (Option<Catalogue>, Vec<Diagnostic>) {
    let (catalogue, mut diagnostics) = validate::validate(files, zones, memo);
    diagnostic::drop_echoes(&mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    (catalogue, diagnostics)
}

fn is_refused(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|one| one.problem.severity() == Severity::Error)
}

/// The places below the root of all files with an error.
fn broken_places(root: &str, diagnostics: &[Diagnostic]) -> BTreeSet<String> {
    let errors = diagnostics.iter().filter(|one| one.problem.severity() == Severity::Error);
    let places = errors.filter_map(|one| one.path().strip_prefix(root));
    places.map(|place| place.trim_start_matches('/').to_owned()).collect()
}
