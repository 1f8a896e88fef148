//! The last good text of every file: it stands in for one that is broken or gone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::files::{self, Files, SourceFile};

/// Texts by the place of their file below the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, Arc<str>>);

/// Writes beside, and renames: a full disk or a kill leaves the older text.
fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new");
    fs::write(&beside, text)?;
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
        let files = files.by_place().into_iter();
        Self(files.map(|(place, file)| (place, Arc::clone(&file.text))).collect())
    }

    /// Claims that there is a text for this place.
    #[must_use]
    pub fn has(&self, place: &str) -> bool {
        self.0.contains_key(place)
    }

    /// Brings the folder `root`, in which `self` is kept, to `new`: as far as that is possible, each
    /// text wholly or not at all.
    ///
    /// # Errors
    /// The first file that cannot be written or removed.
    pub fn replace(&self, new: &Self, root: &Path) -> io::Result<()> {
        let changed = new.0.iter().filter(|(place, text)| self.0.get(*place) != Some(*text));
        let written = changed.map(|(place, text)| write_whole(&root.join(place), text));
        let gone = self.0.keys().filter(|place| !new.has(place));
        let removed = gone.map(|place| match fs::remove_file(root.join(place)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        });
        written.chain(removed).fold(Ok(()), io::Result::and)
    }

    /// The text for a place, as a file of `root`.
    pub(super) fn file(&self, root: &Path, place: &str) -> Option<SourceFile> {
        let text = Arc::clone(self.0.get(place)?);
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
        for place in self.0.keys() {
            files.put(place, self.file(root, place));
        }
        files
    }

    /// These texts, and for the places that are missing in them those of `older`.
    pub(super) fn or(mut self, older: &Self, places: &BTreeSet<String>) -> Self {
        for place in places {
            match older.0.get(place) {
                Some(text) => drop(self.0.insert(place.clone(), Arc::clone(text))),
                None => drop(self.0.remove(place)),
            }
        }
        self
    }
}
