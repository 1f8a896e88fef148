//! Definition files to the model: the only room in which an author can be wrong.
//!
//! In: a tree of files. Out: a checked [`Definitions`](crate::model::Definitions), or every problem in it, each with
//! its place. Knows no clock, no output format and nothing of the published state.
//!
//! `tree` reads the files, `format` parses them, `validate` checks them, `diagnostic` prints what is wrong. All
//! mistakes of all files are found in one run, so that an author does not have to mend them one at a time.
//! A broken file is never a removal: the [`Loader`] puts its last good content in its place and goes on.
//!
//! The memo of checked files has a hash of contents as its key. Before, what a reload had made was recognised by its
//! place in memory, and pointers were compared through several rooms.

mod checked;
pub mod diagnostic;
mod format;
mod hold;
mod identity;
mod last_good;
mod legible;
mod loader;
mod memo;
mod tree;
mod validate;

use std::io;
use std::path::PathBuf;

use diagnostic::Diagnostic;

pub(crate) use hold::{Standing, is_event};
pub(crate) use identity::{ensure_site_id, lacks_id_alone};
pub use last_good::LastGood;
pub(crate) use last_good::StoredContent;
pub use loader::{GoodState, Loaded, Loader, load};
pub(crate) use tree::{FileContent, SourceFiles, SourcePath, read};
pub use tree::{Folder, FolderEntry, Kind, Tree};

/// The error of loading definitions.
#[derive(Debug)]
pub enum LoadError {
    /// The folder of all definitions cannot be listed.
    Unreadable {
        /// The path of the folder.
        path: PathBuf,
        /// The answer of the system.
        error: io::Error,
    },
    /// A file of definitions cannot be written.
    Unwritable {
        /// The path of the file.
        path: PathBuf,
        /// The answer of the system.
        error: io::Error,
    },
    /// Authors made mistakes, at least one of them an error; warnings are among them, too.
    Mistakes(Vec<Diagnostic>),
}
