//! A tree in a folder of this machine.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Tree;
use crate::files::{self, FolderEntry};

/// A folder of this machine with definitions in it.
pub struct Folder {
    path: PathBuf,
    /// The path as it is shown: with slashes on every system, so that diagnostics read alike.
    shown: String,
}

impl Folder {
    /// Returns the folder at `path`, whether it is there or not.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), shown: path.to_string_lossy().replace('\\', "/") }
    }
}

impl Tree for Folder {
    fn root(&self) -> &str {
        &self.shown
    }

    fn list(&self, folder: &str) -> io::Result<Vec<FolderEntry>> {
        // Joining nothing adds a slash, and if the path is one of a file, it would lead through that file.
        if folder.is_empty() {
            files::list(&self.path)
        } else {
            files::list(&self.path.join(folder))
        }
    }

    fn read(&self, place: &str, limit: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
        files::read_into(&self.path.join(place), limit, buffer)
    }

    fn age(&self, place: &str) -> Option<Duration> {
        files::age(&self.path.join(place))
    }
}
