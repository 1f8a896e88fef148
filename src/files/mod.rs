//! The one door to the disk: listing, bounded reading, locks, and one writer that is atomic and
//! synced.
//!
//! No other room uses `std::fs`, and a test keeps it so (only `config` reads its files through the crate of that name): what a full disk, a kill or a power
//! failure may leave is decided here, and a simulation of a disk has to replace these few functions
//! only.

mod update;
mod write;

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) use update::update;
pub(crate) use write::{append, write, write_with};

/// The room for a usual file of definitions, in bytes.
const USUAL_LEN: usize = 16 * 1024;

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

/// Lists the names in a folder, in any order.
///
/// # Errors
/// The folder cannot be read to its end.
pub(crate) fn list(folder: &Path) -> io::Result<Vec<FolderEntry>> {
    let entry = |entry: io::Result<fs::DirEntry>| {
        let entry = entry?;
        // The system gives the kind with the name; only a symbolic link needs a call of its own.
        let kind = match entry.file_type() {
            Ok(kind) if !kind.is_symlink() => Some(kind),
            _ => fs::metadata(entry.path()).ok().map(|metadata| metadata.file_type()),
        };
        let kind = match kind {
            Some(kind) if kind.is_dir() => Kind::Folder,
            Some(kind) if !kind.is_file() => Kind::Other,
            _ => Kind::File,
        };
        Ok(FolderEntry { name: entry.file_name().to_string_lossy().into_owned(), kind })
    };
    fs::read_dir(folder)?.map(entry).collect()
}

/// Fills `buffer` with a file, and stops one byte after `limit`: a buffer longer than that means
/// that the file is too large.
///
/// # Errors
/// The file cannot be read.
pub(crate) fn read_into(path: &Path, limit: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
    buffer.clear();
    // Asking for the size of each file would be one more call for each of 10,000 files.
    buffer.reserve(USUAL_LEN);
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    File::open(path)?.take(limit).read_to_end(buffer).map(drop)
}

/// Opens a file for reading; `None` if there is none.
///
/// # Errors
/// The file is there and cannot be opened.
pub(crate) fn open(path: &Path) -> io::Result<Option<impl Read + use<>>> {
    if_there(File::open(path))
}

/// Reads a text file of at most `limit` bytes; returns `None` if there is none.
///
/// # Errors
/// The file exists and cannot be read, is larger, or is not UTF-8.
pub(crate) fn read_text(path: &Path, limit: usize) -> io::Result<Option<String>> {
    let text = read_bytes(path, limit)?.map(String::from_utf8).transpose();
    text.map_err(|error| io::Error::new(ErrorKind::InvalidData, error.utf8_error()))
}

/// Reads a file of at most `limit` bytes; returns `None` if there is none.
///
/// # Errors
/// The file exists and cannot be read, or is larger.
pub(crate) fn read_bytes(path: &Path, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let Some(file) = if_there(File::open(path))? else { return Ok(None) };
    let len = usize::try_from(file.metadata()?.len()).unwrap_or(limit);
    // A record stays in memory as it was read, so it gets no more room than it needs.
    let mut bytes = Vec::with_capacity(len.min(limit));
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    file.take(most).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        let problem = format!("it is larger than {limit} bytes");
        return Err(io::Error::new(ErrorKind::FileTooLarge, problem));
    }
    Ok(Some(bytes))
}

/// Returns the length of a file in bytes; `None` if there is none.
///
/// # Errors
/// The disk refuses the request.
pub(crate) fn len(path: &Path) -> io::Result<Option<u64>> {
    Ok(if_there(fs::metadata(path))?.map(|metadata| metadata.len()))
}

/// Returns how long ago a file was written; `None` if the disk does not say, or says that it is in the future.
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

/// The right to write a file, or into a folder, alone among all processes; it ends with this value.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "the lock ends when the file is closed")] File);

/// Waits until no other process holds the lock of the file at `path`, and takes it.
///
/// # Errors
/// The lock's own file, `.<name>.lock` in the same folder, cannot be made.
pub(crate) fn lock(path: &Path) -> io::Result<Lock> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // A file of its own: the record itself is replaced by another one at each write.
    let file = File::options().create(true).append(true).open(beside(path, "lock"))?;
    file.lock()?;
    Ok(Lock(file))
}

/// Waits until no other process holds the lock of a folder, and takes it; no file is left in the
/// folder.
///
/// # Errors
/// The folder cannot be made or opened.
pub(crate) fn lock_folder(folder: &Path) -> io::Result<Lock> {
    fs::create_dir_all(folder)?;
    // A lock file would be published with an exported site.
    let folder = File::open(folder)?;
    folder.lock()?;
    Ok(Lock(folder))
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
