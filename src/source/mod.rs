//! Files to the model: the only room in which an author can be wrong.
//!
//! In: a folder. Out: a checked [`Catalogue`], or every problem in it, each with its place. Knows no
//! clock, no output format and nothing of what was published before.

pub mod diagnostic;
mod format;
mod identity;
mod loader;
mod memory;
mod texts;
mod tree;
mod validate;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::model::Catalogue;
use diagnostic::{Diagnostic, Severity};

pub use identity::ensure_site_id;
pub use memory::Memory;
pub use texts::Texts;
pub use tree::{Files, Place};

/// Why definitions cannot be loaded.
#[derive(Debug)]
pub enum LoadError {
    /// The folder of all definitions cannot be listed.
    Unreadable {
        /// Where it is.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// A file of definitions cannot be written.
    Unwritable {
        /// Where it is.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Authors have made mistakes.
    Mistakes(Vec<Diagnostic>),
}

/// What a folder says.
#[derive(Debug)]
pub struct Loaded {
    /// What can be published.
    pub catalogue: Catalogue,
    /// Everything that its authors should know, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The good text of every file.
    pub texts: Texts,
    /// The places of files for which an older text stands in, or nothing.
    pub broken: BTreeSet<String>,
}

/// Loads the folder `root`: the catalogue and the warnings about it.
///
/// # Errors
/// [`LoadError::Unreadable`]; [`LoadError::Mistakes`] if one of them keeps an event from being
/// published.
pub fn load(root: &Path) -> Result<(Catalogue, Vec<Diagnostic>), LoadError> {
    let files = loader::read(root, &Files::default())?;
    let (catalogue, diagnostics) = check(root, files, &mut Memory::default());
    match catalogue {
        Some(catalogue) if !is_refused(&diagnostics) => Ok((catalogue, diagnostics)),
        _ => Err(LoadError::Mistakes(diagnostics)),
    }
}

/// Reads the folder `root`; files that are as they were `earlier` are taken from there. Two readings are equal
/// where nothing was edited.
///
/// # Errors
/// [`LoadError::Unreadable`]
pub fn read(root: &Path, earlier: &Files) -> Result<Files, LoadError> {
    loader::read(root, earlier)
}

/// Loads what was read from `root`, with the last good text of every file that is broken, and of those
/// in `restored`, which are gone.
///
/// # Errors
/// [`LoadError::Mistakes`] if nothing good is left.
pub fn load_tolerantly(
    root: &Path,
    mut files: Files,
    good: &Texts,
    restored: &BTreeSet<String>,
    memory: &mut Memory,
) -> Result<Loaded, LoadError> {
    good.restore(&mut files, root, restored);
    let texts = Texts::of(&files);
    let (catalogue, diagnostics) = check(root, files.clone(), memory);
    if let (Some(catalogue), false) = (catalogue, is_refused(&diagnostics)) {
        return Ok(Loaded { catalogue, diagnostics, texts, broken: BTreeSet::new() });
    }
    let broken = broken_places(root, &diagnostics);
    for place in &broken {
        files.put(place, good.file(root, place));
    }
    good.restore_assets(&mut files, root, &texts::folders(&broken));
    files.diagnostics.retain(|one| one.problem.severity() != Severity::Error);
    let (catalogue, again) = check(root, files, memory);
    if let (Some(catalogue), false) = (catalogue, is_refused(&again)) {
        return Ok(Loaded { catalogue, diagnostics, texts: texts.or(good, &broken), broken });
    }
    // What contradicts itself over several files is published as it was before.
    match check(root, good.to_files(root), memory) {
        (Some(catalogue), again) if !is_refused(&again) => {
            Ok(Loaded { catalogue, diagnostics, texts: good.clone(), broken })
        }
        _ => Err(LoadError::Mistakes(diagnostics)),
    }
}

fn check(root: &Path, files: Files, memory: &mut Memory) -> (Option<Catalogue>, Vec<Diagnostic>) {
    let (catalogue, mut diagnostics) = validate::validate(root, files, memory);
    diagnostic::drop_echoes(&mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    (catalogue, diagnostics)
}

fn is_refused(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|one| one.problem.severity() == Severity::Error)
}

/// The places below `root` of all files with an error.
fn broken_places(root: &Path, diagnostics: &[Diagnostic]) -> BTreeSet<String> {
    let root = tree::shown(root);
    let errors = diagnostics.iter().filter(|one| one.problem.severity() == Severity::Error);
    let places = errors.filter_map(|one| one.path().strip_prefix(&*root));
    places.map(|place| place.trim_start_matches('/').to_owned()).collect()
}
