//! The memo of this room: from what an event file is checked with to its checked event.
//!
//! Its key is a hash of everything on which the outcome depends (the file, its `feed.toml`, the names and contents of
//! the files beside it, `site.toml`, `venues.toml`, `organizers.toml`, the zone data), so nothing has to be forgotten
//! by hand: another input has another key. It changes no outcome, only what one costs; a test compares with fresh
//! loads.

use std::sync::Arc;

use rustc_hash::FxBuildHasher;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::checked::CheckedFile;
use super::tree::{FeedFolder, SourceFile, SourceFiles};
use crate::IndexMap;

/// Event files that were checked before, by key.
#[derive(Debug, Default)]
pub(crate) struct FileMemo {
    /// The files of this reload.
    used: IndexMap<u128, Arc<CheckedFile>>,
    /// The files of the last reload that checked any.
    before: IndexMap<u128, Arc<CheckedFile>>,
}

impl FileMemo {
    /// Begins a reload: files that the last one did not use are forgotten.
    pub(crate) fn begin(&mut self) {
        // A reload that found nothing new has used nothing.
        if !self.used.is_empty() {
            let room = IndexMap::with_capacity_and_hasher(self.used.len(), FxBuildHasher);
            self.before = std::mem::replace(&mut self.used, room);
        }
    }

    /// Returns the checked file of a key, from this reload or the one before.
    pub(crate) fn find(&self, key: u128) -> Option<&Arc<CheckedFile>> {
        self.used.get(&key).or_else(|| self.before.get(&key))
    }

    /// Remembers a file for this reload and the next.
    pub(crate) fn keep(&mut self, key: u128, file: Arc<CheckedFile>) {
        self.used.insert(key, file);
    }
}

/// Returns the key of the files on which the events of all folders depend; `zones` is the fingerprint of the zone
/// data.
pub(crate) fn site_key(files: &SourceFiles, zones: u128) -> u128 {
    let top = [&files.site, &files.venues, &files.organizers].map(hash_of);
    key(top.into_iter().chain([zones]))
}

/// Returns the key of what the events of a folder share: the site's key, `feed.toml`, and the files beside the events.
pub(crate) fn folder_key(folder: &FeedFolder, site: u128) -> u128 {
    let assets = folder.assets.iter();
    let assets = assets.flat_map(|asset| [xxh3_128(asset.name.as_str().as_bytes()), asset.hash]);
    key([site, hash_of(&folder.feed)].into_iter().chain(assets))
}

/// Returns the key of an event file: its folder's key, its path and its content.
pub(crate) fn file_key(file: &SourceFile, folder: u128) -> u128 {
    // The path counts: the slug, and so the uid, follow from it, and diagnostics show it.
    key([folder, xxh3_128(file.path.as_bytes()), file.hash])
}

fn hash_of(file: &Option<SourceFile>) -> u128 {
    // XXH3 of an empty file is not 0: a missing file and an empty one have different keys.
    file.as_ref().map_or(0, |file| file.hash)
}

fn key(parts: impl IntoIterator<Item = u128>) -> u128 {
    let mut hash = Xxh3::new();
    parts.into_iter().for_each(|part| hash.update(&part.to_le_bytes()));
    hash.digest128()
}
