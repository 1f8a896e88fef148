//! Definitions in a folder.

use std::io;
use std::path::{Path, PathBuf};

use super::Tree;
use crate::files::{self, FolderEntry};

/// A folder with definitions in it.
pub struct Folder {
    path: PathBuf,
    /// The path as it is shown on every system: with slashes.
    shown: String,
}

impl Folder {
    /// The folder at `path`, whether it is there or not.
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
        // A path with nothing behind its slash would lead through a file.
        if folder.is_empty() {
            files::list(&self.path)
        } else {
            files::list(&self.path.join(folder))
        }
    }

    fn read(&self, place: &str, limit: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
        files::read_into(&self.path.join(place), limit, buffer)
    }
}
