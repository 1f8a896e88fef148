//! Where definition files come from, and how large each may be.
//!
//! A [`Tree`] knows places, such as `termine/a.md`, and bytes. Which names may be published and what is text is
//! decided by [`read()`], alike for every kind of tree: a folder today, later a bucket.

mod files;
mod folder;
mod read;

use std::io;

use crate::files::FolderEntry;

pub(crate) use files::{
    Asset, FEED, FeedFolder, FileContent, SourceFile, SourceFiles, SourcePath, missing,
};
pub use folder::Folder;
pub(crate) use read::read;

/// The largest picture or attachment, in bytes: all of them are in memory while they are served.
pub(crate) const MAX_ASSET_LEN: usize = 10 * 1024 * 1024;

/// The largest definition file, in bytes.
pub(crate) const MAX_FILE_LEN: usize = 256 * 1024;

/// A place that holds definition files; several threads read from it at once.
pub trait Tree: Sync {
    /// Returns where it is, as the administrator wrote it: diagnostics begin with it.
    fn root(&self) -> &str;

    /// Lists a folder of the tree, in any order; `""` is the root itself.
    ///
    /// # Errors
    /// The folder cannot be listed.
    fn list(&self, folder: &str) -> io::Result<Vec<FolderEntry>>;

    /// Fills `buffer` with the file at a place, and stops soon after `limit`, so that a file that is too large
    /// is recognised but not read whole.
    ///
    /// # Errors
    /// The file cannot be read.
    fn read(&self, place: &str, limit: usize, buffer: &mut Vec<u8>) -> io::Result<()>;
}
