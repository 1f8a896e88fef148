//! The last good text of every file: it stands in for one that is broken or gone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::files::{self, Asset, Files, SourceFile};
use crate::model::{FileName, Slug};

/// Texts, pictures and attachments by the place of their file below the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    texts: BTreeMap<String, Arc<str>>,
    assets: BTreeMap<String, Arc<[u8]>>,
}

/// Writes beside, and renames: a full disk or a kill leaves the older text.
fn write_whole(path: &Path, octets: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new");
    fs::write(&beside, octets)?;
    fs::rename(beside, path)
}

impl Texts {
    /// The texts that are kept in the folder `root`; none where it is not there.
    #[must_use]
    pub fn read(root: &Path) -> Self {
        files::read(root, &Files::default()).map(|files| Self::of(&files)).unwrap_or_default()
    }

    /// The texts of these files.
    pub(super) fn of(files: &Files) -> Self {
        let texts = files.by_place().into_iter();
        let assets = files.assets();
        Self {
            texts: texts.map(|(place, file)| (place, Arc::clone(&file.text))).collect(),
            assets: assets.map(|(place, asset)| (place, Arc::clone(&asset.octets))).collect(),
        }
    }

    /// Claims that there is a text for this place.
    #[must_use]
    pub fn has(&self, place: &str) -> bool {
        self.texts.contains_key(place)
    }

    /// Brings the folder `root`, in which `self` is kept, to `new`: as far as that is possible, each
    /// text wholly or not at all.
    ///
    /// # Errors
    /// The first file that cannot be written or removed.
    pub fn replace(&self, new: &Self, root: &Path) -> io::Result<()> {
        let changed = new.octets().filter(|(place, octets)| self.octets_at(place) != Some(octets));
        let written = changed.map(|(place, octets)| write_whole(&root.join(place), octets));
        let gone = self.octets().map(|(place, _)| place);
        let gone = gone.filter(|place| new.octets_at(place).is_none());
        let removed = gone.map(|place| match fs::remove_file(root.join(place)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        });
        written.chain(removed).fold(Ok(()), io::Result::and)
    }

    /// What is in each file.
    fn octets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let texts = self.texts.iter().map(|(place, text)| (place.as_str(), text.as_bytes()));
        texts.chain(self.assets.iter().map(|(place, octets)| (place.as_str(), &**octets)))
    }

    fn octets_at(&self, place: &str) -> Option<&[u8]> {
        let text = self.texts.get(place).map(|text| text.as_bytes());
        text.or_else(|| self.assets.get(place).map(|octets| &**octets))
    }

    /// Puts pictures and attachments of these folders back that are missing in `files`, or broken there.
    pub(super) fn restore_assets(&self, files: &mut Files, root: &Path, folders: &BTreeSet<Slug>) {
        let now = Self::of(files).assets;
        for (place, octets) in &self.assets {
            let Some((folder, name)) = asset_place(place) else { continue };
            if folders.contains(&folder) && !is_good(&now, place, &name) {
                let path = files::missing(root, place).path;
                files.put_asset(folder, Asset { path, name, octets: Arc::clone(octets) });
            }
        }
    }

    /// The text for a place, as a file of `root`.
    pub(super) fn file(&self, root: &Path, place: &str) -> Option<SourceFile> {
        let text = Arc::clone(self.texts.get(place)?);
        Some(SourceFile { text, ..files::missing(root, place) })
    }

    /// Puts these texts into `files`, each event together with its feed.
    pub(super) fn restore(&self, files: &mut Files, root: &Path, places: &BTreeSet<String>) {
        for place in places {
            let feed = place.split_once('/').map(|(folder, _)| format!("{folder}/feed.toml"));
            let feed = feed.filter(|feed| !files.by_place().contains_key(feed));
            for place in feed.iter().chain([place]) {
                if let Some(file) = self.file(root, place) {
                    files.put(place, Some(file));
                }
            }
        }
    }

    /// All texts as files of `root`.
    pub(super) fn to_files(&self, root: &Path) -> Files {
        let mut files = Files::default();
        for place in self.texts.keys() {
            files.put(place, self.file(root, place));
        }
        let folders = files.feeds.iter().map(|folder| folder.slug.clone()).collect();
        self.restore_assets(&mut files, root, &folders);
        files
    }

    /// These texts, and for the places that are missing in them those of `older`, with the pictures and
    /// attachments of their folders.
    pub(super) fn or(mut self, older: &Self, places: &BTreeSet<String>) -> Self {
        for place in places {
            match older.texts.get(place) {
                Some(text) => drop(self.texts.insert(place.clone(), Arc::clone(text))),
                None => drop(self.texts.remove(place)),
            }
        }
        let folders = folders(places);
        for (place, octets) in &older.assets {
            let Some((folder, name)) = asset_place(place) else { continue };
            if folders.contains(&folder) && !is_good(&self.assets, place, &name) {
                self.assets.insert(place.clone(), Arc::clone(octets));
            }
        }
        self
    }
}

/// The folders of these places.
pub(super) fn folders(places: &BTreeSet<String>) -> BTreeSet<Slug> {
    let folders = places.iter().filter_map(|place| place.split_once('/'));
    folders.filter_map(|(folder, _)| Slug::new(folder)).collect()
}

fn asset_place(place: &str) -> Option<(Slug, FileName)> {
    let (folder, name) = place.split_once('/')?;
    Some((Slug::new(folder)?, FileName::new(name)?))
}

/// Claims that a file is there and begins as its type does.
fn is_good(assets: &BTreeMap<String, Arc<[u8]>>, place: &str, name: &FileName) -> bool {
    assets.get(place).is_some_and(|octets| name.file_type().is_of(octets))
}
