//! Files to the model: the only room in which an author can be wrong.
//!
//! In: a folder. Out: a checked [`Catalogue`], or every problem in it, each with its place. Knows no
//! clock, no output format and nothing of what was published before.

mod definition;
mod diagnostic;
mod files;
mod identity;
mod parse;
mod problem;
mod sentence;
mod shape;
mod validate;

use std::path::Path;

use crate::error::Error;
use crate::model::Catalogue;

pub use diagnostic::{Diagnostic, report};
pub use identity::ensure_site_id;
pub use problem::{Problem, Severity};
pub use sentence::nearest;

/// Loads the folder `root`: the catalogue and the warnings about it.
///
/// # Errors
/// [`Error::Read`] where the folder cannot be listed, [`Error::Definitions`] with all problems where
/// one of them keeps an event from being published.
pub fn load(root: &Path) -> Result<(Catalogue, Vec<Diagnostic>), Error> {
    let files = files::read(root)?;
    let (catalogue, mut diagnostics) = validate::validate(root, files);
    diagnostic::drop_echoes(&mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    let is_refused = diagnostics.iter().any(|one| one.problem.severity() == Severity::Error);
    match catalogue {
        Some(catalogue) if !is_refused => Ok((catalogue, diagnostics)),
        _ => Err(Error::Definitions(diagnostics)),
    }
}
