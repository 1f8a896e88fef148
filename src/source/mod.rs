//! Files to the model: the only room in which an author can be wrong.
//!
//! In: a tree of files. Out: a checked [`Catalogue`](crate::model::Catalogue), or every problem in it, each with its place. Knows
//! no clock, no output format and nothing of what was published before.

mod checked;
pub mod diagnostic;
mod format;
mod identity;
mod last_good;
mod loader;
mod memo;
mod tree;
mod validate;

use std::io;
use std::path::PathBuf;

use diagnostic::Diagnostic;

pub use identity::ensure_site_id;
pub use last_good::{LastGood, StoredContent};
pub use loader::{Loaded, Loader, load};
pub use tree::{FileContent, Folder, SourceFiles, SourcePath, Tree, read};

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
