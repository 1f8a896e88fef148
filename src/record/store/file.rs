//! The record as a file, which is read and written whole.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use super::{Store, StoreError, Stored, Version};
use crate::files;
use crate::record::Record;
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
}

impl Store for FileStore {
    fn load(&self, held: Option<&Stored>) -> Result<Option<Stored>, StoreError> {
        let text = files::read_text(&self.path, MAX_LEN).map_err(|error| self.failed(error))?;
        let Some(text) = text else { return Ok(None) };
        let version = Version(xxh3_128(text.as_bytes()));
        // A poll that finds the same bytes does not parse them again.
        if let Some(held) = held.filter(|held| held.version == version) {
            return Ok(Some(held.clone()));
        }
        let record = Record::parse(&text, &self.zones).map_err(|(line, reason)| {
            StoreError::Line { place: self.path.clone(), line, reason }
        })?;
        Ok(Some(Stored { record, version }))
    }

    fn commit(&self, base: Option<&Stored>, new: Record) -> Result<Stored, StoreError> {
        // `serve` and `aushang record` may write at the same time.
        let _lock = files::lock(&self.path).map_err(|error| self.failed(error))?;
        let other = self.load(base)?;
        let is_base = |other: &Stored| base.is_some_and(|base| base.version == other.version);
        let new = match &other {
            // Another writer was faster: what it recorded has been published, and must not be lost.
            Some(other) if !is_base(other) => new.merge(other.record.clone()),
            _ => new,
        };
        if let Some(other) = other.filter(|other| other.record == new) {
            return Ok(other);
        }
        let text = new.to_text();
        files::write(&self.path, text.as_bytes()).map_err(|error| self.failed(error))?;
        let version = Version(xxh3_128(text.as_bytes()));
        Ok(Stored { record: new, version })
    }
}
