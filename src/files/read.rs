//! Opening and reading: regular files alone, at once, and up to a limit.
//!
//! A pipe, a socket or a device may never answer. So everything is opened without waiting, and its type is that of the
//! open descriptor: between a look at a name and opening it, something else could take its place.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;
use rustix::io::Errno;

use super::if_there;

/// The flags with which everything is opened: without waiting for whoever may write into a pipe.
pub(super) const AT_ONCE: OFlags = OFlags::NONBLOCK.union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

/// Opens a file for reading, of which at most `limit` bytes are handed out; `None` if there is none.
///
/// # Errors
/// The name is that of something else than a file, or it cannot be opened.
pub(crate) fn open(path: &Path, limit: u64) -> io::Result<Option<impl Read + use<>>> {
    Ok(if_there(open_file(path))?.map(|file| file.take(limit)))
}

/// Reads a text file of at most `limit` bytes; returns `None` if there is none.
///
/// # Errors
/// The file exists and cannot be read, is larger, is not UTF-8, or is no file.
pub(crate) fn read_text(path: &Path, limit: usize) -> io::Result<Option<String>> {
    let text = read_bytes(path, limit)?.map(String::from_utf8).transpose();
    text.map_err(|error| io::Error::new(ErrorKind::InvalidData, error.utf8_error()))
}

/// Reads a file of at most `limit` bytes; returns `None` if there is none.
///
/// # Errors
/// The file exists and cannot be read, is larger, or is no file.
pub(crate) fn read_bytes(path: &Path, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let Some(file) = if_there(open_file(path))? else { return Ok(None) };
    let len = usize::try_from(file.metadata()?.len()).unwrap_or(limit);
    // A record stays in memory as it was read, so it gets no more room than it needs.
    let mut bytes = Vec::with_capacity(len.min(limit));
    file.take(behind(limit)).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        let problem = format!("it is larger than {limit} bytes: put a smaller file there");
        return Err(io::Error::new(ErrorKind::FileTooLarge, problem));
    }
    Ok(Some(bytes))
}

/// Returns the length up to which a file is read to learn whether it is longer than `limit`.
pub(super) fn behind(limit: usize) -> u64 {
    u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1)
}

/// Opens a regular file for reading, wherever links lead.
pub(super) fn open_file(path: &Path) -> io::Result<File> {
    open_with(File::options().read(true), path)
}

/// Opens a regular file, wherever links lead.
pub(super) fn open_with(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    let opened = options.custom_flags(AT_ONCE.bits().cast_signed()).open(path);
    regular(opened.map_err(named)?)
}

/// Opens a folder.
pub(super) fn open_folder(path: &Path) -> io::Result<File> {
    let flags = AT_ONCE | OFlags::DIRECTORY;
    File::options().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

/// Returns an open file if it is a regular one.
pub(super) fn regular(file: File) -> io::Result<File> {
    let kind = file.metadata()?.file_type();
    if kind.is_file() { Ok(file) } else { Err(no_file(kind.is_dir())) }
}

/// Makes the error for what is no regular file.
pub(super) fn no_file(is_folder: bool) -> io::Error {
    let kind = if is_folder { "a folder" } else { "a pipe, a socket or a device" };
    io::Error::other(format!("it is {kind}: put a file there"))
}

/// Names what the system refuses to open at all: a socket, or to write into a folder or a pipe that nobody reads.
fn named(error: io::Error) -> io::Error {
    match Errno::from_io_error(&error) {
        Some(Errno::NXIO) => no_file(false),
        Some(Errno::ISDIR) => no_file(true),
        _ => error,
    }
}
