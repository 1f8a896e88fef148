//! Where definition files come from, and how large each may be.
//!
//! A [`Tree`] knows places, such as `termine/a.md`, and bytes. Which names may be published and what is text is
//! decided by [`read()`], alike for every kind of tree: a folder today, later a bucket.

mod files;
mod folder;
mod read;
mod settle;

use std::io;
use std::time::Duration;

pub use crate::files::{FolderEntry, Kind};

pub(in crate::source) use files::shown;
pub(crate) use files::{
    Asset, Definition, EditedFile, FEED, FeedFolder, FileContent, SourceFile, SourceFiles,
    SourcePath, missing, place_of,
};
pub use folder::Folder;
pub(crate) use read::read;
pub(crate) use settle::{SETTLING, Settling};

/// The largest picture or attachment, in bytes: all of them are in memory while they are served.
pub(crate) const MAX_ASSET_LEN: usize = 10 * 1024 * 1024;

/// The largest definition file, in bytes.
pub(crate) const MAX_FILE_LEN: usize = 256 * 1024;

/// A place that holds definition files; several threads read from it at once.
pub trait Tree: Send + Sync {
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

    /// Returns how long ago a file was written; `None` if nobody knows, or if it is in the future.
    fn age(&self, place: &str) -> Option<Duration>;

    /// Returns whether the writer of a file, which was read just now, had closed it before, as far as the tree knows.
    fn is_closed(&self, place: &str) -> bool {
        let _ = place;
        false
    }

    /// Returns whether somebody has written to a file and has not closed it, as far as the tree knows.
    fn is_open(&self, place: &str) -> bool {
        let _ = place;
        false
    }

    /// Returns the places that are being listed or read at this moment, `.` for the root: a reload that hangs waits for
    /// them.
    fn being_read(&self) -> Vec<String> {
        Vec::new()
    }
}
