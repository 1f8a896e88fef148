//! The record as a file, which is read and written whole.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tracing::warn;
use xxhash_rust::xxh3::xxh3_128;

use super::{Store, StoreError, Stored, Version};
use crate::files;
use crate::record::{LineFault, Record};
use crate::zone::Zones;

/// The largest record that is read, in bytes: 500,000 events need half of it.
const MAX_LEN: usize = 2 * 1024 * 1024 * 1024;

/// A record in a file.
pub(crate) struct FileStore {
    path: PathBuf,
    /// The zones in which the times of older records are placed.
    zones: Arc<Zones>,
}

impl FileStore {
    pub(crate) fn new(path: &Path, zones: Arc<Zones>) -> Self {
        Self { path: path.to_owned(), zones }
    }

    fn failed(&self, error: io::Error) -> StoreError {
        StoreError::Io { place: self.path.clone(), error }
    }

    fn fault(&self, LineFault { line, reason, .. }: &LineFault) -> StoreError {
        StoreError::Line { place: self.path.clone(), line: *line, reason: reason.clone() }
    }

    /// Reads the record and the bytes of its file; bytes that are those of `held` are not parsed again.
    fn read(&self, held: Option<&Stored>) -> Result<Option<(Stored, Vec<u8>)>, StoreError> {
        let bytes = files::read_bytes(&self.path, MAX_LEN).map_err(|error| self.failed(error))?;
        let Some(bytes) = bytes else { return Ok(None) };
        let version = Version(xxh3_128(&bytes));
        let parse = || {
            let (record, faults) = Record::read(&bytes, &self.zones);
            Stored { record, version, faults }
        };
        let held = held.filter(|held| held.version == version).cloned();
        let stored = held.unwrap_or_else(parse);
        Ok(Some((stored, bytes)))
    }

    /// Keeps a copy of a record with lines that cannot be read: the new record is without them.
    fn keep_copy(&self, bytes: &[u8]) -> Result<(), StoreError> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let copy = self.path.with_file_name(format!(".{name}.unread-{:032x}", xxh3_128(bytes)));
        warn!(
            "{} has lines that cannot be read: it is kept as {}",
            self.path.display(),
            copy.display()
        );
        files::write(&copy, bytes).map_err(|error| self.failed(error))
    }
}

impl Store for FileStore {
    fn load(&self, held: Option<&Stored>) -> Result<Option<Stored>, StoreError> {
        Ok(self.read(held)?.map(|(stored, _)| stored))
    }

    fn commit(&self, base: Option<&Stored>, new: Record) -> Result<Stored, StoreError> {
        // `serve` and `aushang record` may write at the same time.
        let _lock = files::lock(&self.path).map_err(|error| self.failed(error))?;
        let other = self.read(base)?;
        let is_base = |other: &Stored| base.is_some_and(|base| base.version == other.version);
        let new = match &other {
            // Another writer was faster: what it recorded has been published, and must not be lost.
            Some((other, _)) if !is_base(other) => new.merge(other.record.clone()),
            _ => new,
        };
        if let Some((other, bytes)) = other {
            if let Some(newer) = other.faults.iter().find(|fault| fault.is_newer) {
                return Err(self.fault(newer));
            }
            if other.faults.is_empty() && other.record == new {
                return Ok(other);
            }
            if !other.faults.is_empty() {
                self.keep_copy(&bytes)?;
            }
        }
        let text = new.to_text();
        files::write(&self.path, text.as_bytes()).map_err(|error| self.failed(error))?;
        let version = Version(xxh3_128(text.as_bytes()));
        Ok(Stored { record: new, version, faults: Vec::new() })
    }
}
