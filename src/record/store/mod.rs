//! The store of the record, and how several writers share it.
//!
//! A store holds one text. Whoever wants to change it says from which version the change was made:
//! if another writer was faster, the store merges both. So a store needs no transactions, only a
//! version that tells whether the text is still the one that was read. A file is such a place, and
//! so is an object in a bucket.

mod file;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{LineFault, Record};
use crate::zone::Zones;
use file::FileStore;

/// A place that holds the record.
pub trait Store: Send + Sync {
    /// Loads the record; returns `None` if there is none. If `held` is still the stored version, it
    /// is not parsed again.
    ///
    /// # Errors
    /// The place does not answer, or holds something other than a record.
    fn load(&self, held: Option<&Stored>) -> Result<Option<Stored>, StoreError>;

    /// Stores `new`, which was made from `base`, and returns what is stored now: the merge of both
    /// if another writer was faster. At any moment the old or the new record is there.
    ///
    /// # Errors
    /// The place does not answer; then it holds what it held before.
    fn commit(&self, base: Option<&Stored>, new: Record) -> Result<Stored, StoreError>;
}

/// A record and its version in the store.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The record.
    pub record: Record,
    /// The version of the text that it was read from or written as.
    pub version: Version,
    /// The lines of that text that cannot be read.
    pub(crate) faults: Vec<LineFault>,
}

impl Stored {
    /// Returns the first line of the record at `place` that cannot be read.
    pub(crate) fn fault(&self, place: &Path) -> Option<StoreError> {
        self.faults(place).next()
    }

    /// Returns the lines of the record at `place` that cannot be read.
    pub(crate) fn faults(&self, place: &Path) -> impl Iterator<Item = StoreError> {
        self.faults.iter().map(|fault| {
            let LineFault { line, reason, .. } = fault.clone();
            StoreError::Line { place: place.to_owned(), line, reason }
        })
    }
}

/// A version of the record; two are equal if the same bytes are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(u128);

/// The reason why the record cannot be loaded or stored.
#[derive(Debug)]
pub enum StoreError {
    /// The disk refuses.
    Io {
        /// The place of the record.
        place: PathBuf,
        /// The error of the disk.
        error: io::Error,
    },
    /// A line cannot be read.
    Line {
        /// The place of the record.
        place: PathBuf,
        /// The number of the line, from 1.
        line: usize,
        /// The reason.
        reason: String,
    },
    /// There is no store for places of this kind.
    UnknownKind {
        /// The place where the record should be.
        place: PathBuf,
    },
}

/// Opens the store at a location: the path of a file.
///
/// # Errors
/// [`StoreError::UnknownKind`] for the address of a place of another kind, such as `s3://…`.
pub fn open(location: &Path, zones: &Arc<Zones>) -> Result<Box<dyn Store>, StoreError> {
    match location.to_str().and_then(|text| text.split_once("://")) {
        None => Ok(Box::new(FileStore::new(location, Arc::clone(zones)))),
        Some(_) => Err(StoreError::UnknownKind { place: location.to_owned() }),
    }
}
