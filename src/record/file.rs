//! The record on the disk: read whole, written whole, never half.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Record;
use crate::zone::Zones;

/// Why a record cannot be read.
#[derive(Debug)]
pub enum ReadError {
    /// The disk refuses.
    Io(io::Error),
    /// A line is none.
    Line(usize, String),
}

/// The record at `path`; `None` where there is none. Where its text is still that of `known`, it is that.
///
/// # Errors
/// [`ReadError`]
pub fn read(
    path: &Path,
    known: Option<&Record>,
    zones: &Zones,
) -> Result<Option<Record>, ReadError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(ReadError::Io(error)),
    };
    match known.filter(|known| known.text.as_deref() == Some(&text)) {
        Some(known) => Ok(Some(known.clone())),
        None => Record::parse(text, zones)
            .map(Some)
            .map_err(|(line, reason)| ReadError::Line(line, reason)),
    }
}

/// Writes `new`, which was made from `base`, and says what is recorded now: where another writer was
/// faster, both. The old or the new record is there at any moment, also after a power failure.
///
/// # Errors
/// [`ReadError`]; nothing is lost then.
pub fn write(path: &Path, base: &Record, new: Record, zones: &Zones) -> Result<Record, ReadError> {
    let io = ReadError::Io;
    let _lock = lock(path).map_err(io)?;
    let on_disk = read(path, Some(base), zones)?;
    let mut new = match &on_disk {
        Some(other) if other != base => new.merge(other.clone()),
        _ => new,
    };
    if on_disk.as_ref() != Some(&new) {
        let text = new.to_text();
        replace(path, text.as_bytes()).map_err(io)?;
        new.text = Some(Arc::new(text));
    }
    Ok(new)
}

/// Waits for other writers; the lock ends with the file handle.
fn lock(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::options().create(true).append(true).open(beside(path, "lock"))?;
    file.lock()?;
    Ok(file)
}

/// Writes beside, syncs, and renames.
fn replace(path: &Path, octets: &[u8]) -> io::Result<()> {
    let new = beside(path, "new");
    let mut file = File::create(&new)?;
    file.write_all(octets)?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// `feeds/record.jsonl` → `feeds/.record.jsonl.lock`
fn beside(path: &Path, extension: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{extension}"))
}
