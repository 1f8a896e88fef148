//! Where the files of definitions come from, and how large each may be.
//!
//! A tree knows places, such as `termine/a.md`, and bytes. All that is said of them, which names
//! may be published and what is text, is found while it is read, alike for every kind of tree.

mod files;
mod folder;
mod read;

use std::io;

use crate::files::FolderEntry;

pub use files::{
    Asset, FEED, FeedFolder, FileContent, SourceFile, SourceFiles, SourcePath, missing,
};
pub use folder::Folder;
pub use read::read;

/// The largest picture or attachment, in bytes.
pub const MAX_ASSET_LEN: usize = 10 * 1024 * 1024;

/// The largest definition file, in bytes.
pub const MAX_FILE_LEN: usize = 256 * 1024;

/// A place that holds definitions.
pub trait Tree: Sync {
    /// Where it is, as an administrator wrote it: mistakes are shown with it.
    fn root(&self) -> &str;

    /// Lists a folder of it, in any order; `""` is the root itself.
    ///
    /// # Errors
    /// The folder cannot be listed.
    fn list(&self, folder: &str) -> io::Result<Vec<FolderEntry>>;

    /// Fills `buffer` with what is at a place, and stops one byte behind `limit`.
    ///
    /// # Errors
    /// The file cannot be read.
    fn read(&self, place: &str, limit: usize, buffer: &mut Vec<u8>) -> io::Result<()>;
}
