//! The one door to the disk: listing, bounded reading, locks, and one writer that is atomic and
//! synced.
//!
//! No other room uses `std::fs`, and a test keeps it so: what a full disk, a kill or a power failure
//! may leave is decided here, and a simulation of a disk has to replace these few functions only.
//! Nothing here waits without a limit, but for a disk that does not answer: what is no regular file
//! is refused at once, and a lock is waited for 5 s.

mod lock;
mod read;
mod root;
mod update;
#[cfg(target_os = "linux")]
mod watch;
#[cfg(not(target_os = "linux"))]
#[path = "no_watch.rs"]
mod watch;
mod write;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) use lock::{lock, lock_folder};
pub(crate) use read::{open, read_bytes, read_text};
pub(crate) use root::Root;
pub(crate) use update::update;
pub(crate) use watch::Watch;
pub(crate) use write::{append, write, write_with};

/// A name in a folder, and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderEntry {
    /// The name, without that of the folder.
    pub name: String,
    /// The kind; for a symbolic link, that of its target.
    pub kind: Kind,
}

/// The kind of a name in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file, or something that only reading shows to be unreadable.
    File,
    /// A folder.
    Folder,
    /// A pipe, a socket or a device: reading it may never end.
    Other,
}

/// Returns whether there is a folder that can be opened.
#[must_use]
pub(crate) fn is_folder(path: &Path) -> bool {
    read::open_folder(path).is_ok()
}

/// Returns the length of a file in bytes; `None` if there is none.
///
/// # Errors
/// The disk refuses the request.
pub(crate) fn len(path: &Path) -> io::Result<Option<u64>> {
    Ok(if_there(fs::metadata(path))?.map(|metadata| metadata.len()))
}

/// Returns how long ago a file was written; `None` if the disk does not say, or says that it is in the future.
#[expect(clippy::disallowed_methods, reason = "only the tree asks, whether a file is whole")]
pub(crate) fn age(path: &Path) -> Option<Duration> {
    fs::metadata(path).ok()?.modified().ok()?.elapsed().ok()
}

/// Removes a file, which may be gone already.
///
/// # Errors
/// The file exists and cannot be removed.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    if_there(fs::remove_file(path)).map(drop)
}

/// Removes a folder with everything in it; it may be gone already.
///
/// # Errors
/// A part of it cannot be removed.
pub(crate) fn remove_folder(path: &Path) -> io::Result<()> {
    if_there(fs::remove_dir_all(path)).map(drop)
}

/// Removes a folder if it is empty.
pub(crate) fn remove_if_empty(folder: &Path) {
    // The system refuses if it is not empty; looking first would leave a gap between look and removal.
    let _ = fs::remove_dir(folder);
}

/// Returns the path of a hidden file in the same folder: `feeds/.record.jsonl.lock` for
/// `feeds/record.jsonl`.
fn beside(path: &Path, extension: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{}.{extension}", name.trim_start_matches('.')))
}

/// Turns the error that a file does not exist into `None`.
fn if_there<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
