//! The memo of this room: what an event file was made from → what it says.
//!
//! Its key is a hash of everything on which the outcome depends, so nothing has to be forgotten by hand:
//! what was made from something else has another key. It changes no outcome, only what one costs;
//! a test compares with fresh loads.

use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::checked::CheckedFile;
use super::tree::{FeedFolder, SourceFile, SourceFiles};
use crate::IndexMap;

/// Event files that were checked before, by key.
#[derive(Debug, Default)]
pub struct FileMemo {
    /// Those of this reload.
    used: IndexMap<u128, Arc<CheckedFile>>,
    /// Those of the reload before.
    before: IndexMap<u128, Arc<CheckedFile>>,
}

impl FileMemo {
    /// Begins a reload: what the last one did not use is forgotten.
    pub fn begin(&mut self) {
        // A reload that found nothing new has used nothing.
        if !self.used.is_empty() {
            let room = IndexMap::with_capacity_and_hasher(self.used.len(), FxBuildHasher);
            self.before = std::mem::replace(&mut self.used, room);
        }
    }

    /// Looks a file up.
    pub fn find(&self, key: u128) -> Option<&Arc<CheckedFile>> {
        self.used.get(&key).or_else(|| self.before.get(&key))
    }

    /// Keeps a file for this reload and the next.
    pub fn keep(&mut self, key: u128, file: Arc<CheckedFile>) {
        self.used.insert(key, file);
    }
}

/// The key of the files on which the events of all folders depend; `zones` stands for the data of time
/// zones.
pub fn site_key(files: &SourceFiles, zones: u128) -> u128 {
    let top = [&files.site, &files.venues, &files.organizers].map(hash_of);
    key(top.into_iter().chain([zones]))
}

/// The key of what the events of a folder share, beside that of the site.
pub fn folder_key(folder: &FeedFolder, site: u128) -> u128 {
    let assets = folder.assets.iter();
    let assets = assets.flat_map(|asset| [xxh3_128(asset.name.as_str().as_bytes()), asset.hash]);
    key([site, hash_of(&folder.feed)].into_iter().chain(assets))
}

/// The key of an event file, beside that of its folder.
pub fn file_key(file: &SourceFile, folder: u128) -> u128 {
    key([folder, xxh3_128(file.path.as_bytes()), file.hash])
}

fn hash_of(file: &Option<SourceFile>) -> u128 {
    file.as_ref().map_or(0, |file| file.hash)
}

fn key(parts: impl IntoIterator<Item = u128>) -> u128 {
    let mut hash = Xxh3::new();
    parts.into_iter().for_each(|part| hash.update(&part.to_le_bytes()));
    hash.digest128()
}
