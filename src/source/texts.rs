//! The last good text of every file: it stands in for one that is broken or gone.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::loader;
use super::tree::{Asset, Content, FeedFolder, Files, Place, SourceFile, missing};
use crate::model::{FileName, Slug};

/// Texts, pictures and attachments by the place of their file below the root.
#[derive(Clone, Debug, Default)]
pub struct Texts(Files);

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.0.contents().eq(other.0.contents())
    }
}

impl Eq for Texts {}

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
        loader::read(root, &Files::default()).map(|files| Self::of(&files)).unwrap_or_default()
    }

    /// The texts of these files.
    pub(super) fn of(files: &Files) -> Self {
        Self(Files { diagnostics: Vec::new(), ..files.clone() })
    }

    /// Claims that there is a text for this place.
    #[must_use]
    pub fn has(&self, place: &str) -> bool {
        self.0.get(place).is_some()
    }

    /// Brings the folder `root`, in which `self` is kept, to `new`: as far as that is possible, each
    /// text wholly or not at all.
    ///
    /// # Errors
    /// The first file that cannot be written or removed.
    pub fn replace(&self, new: &Self, root: &Path) -> io::Result<()> {
        let replace = |(place, content): (Place<'_>, Option<Content<'_>>)| {
            let path = root.join(place.to_string());
            match content.map(|content| write_whole(&path, content.octets())) {
                Some(written) => written,
                None => match fs::remove_file(path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                    _ => Ok(()),
                },
            }
        };
        self.differences(new).into_iter().map(replace).fold(Ok(()), io::Result::and)
    }

    /// What is at each place at which `new` is different.
    fn differences<'a>(&'a self, new: &'a Self) -> Vec<(Place<'a>, Option<Content<'a>>)> {
        let (mut old, mut new) = (self.0.contents().peekable(), new.0.contents().peekable());
        let mut differences = Vec::new();
        loop {
            match (old.peek().copied(), new.peek().copied()) {
                (Some((before, content)), Some((after, now))) if before == after => {
                    differences.extend((content != now).then_some((after, Some(now))));
                    old.next();
                    new.next();
                }
                (Some((before, _)), after) if after.is_none_or(|(after, _)| before < after) => {
                    differences.push((before, None));
                    old.next();
                }
                (_, Some((after, now))) => {
                    differences.push((after, Some(now)));
                    new.next();
                }
                (_, None) => return differences,
            }
        }
    }

    /// Puts pictures and attachments of these folders back that are missing in `files`, or broken there.
    pub(super) fn restore_assets(&self, files: &mut Files, root: &Path, folders: &BTreeSet<Slug>) {
        let now = files.clone();
        for folder in self.0.feeds.iter().filter(|folder| folders.contains(&folder.slug)) {
            let today = now.folder(folder.slug.as_str());
            for asset in folder.assets.iter().filter(|asset| !is_good(today, &asset.name)) {
                let place = Place::Asset(&folder.slug, &asset.name).to_string();
                let path = missing(root, &place).path;
                files.put_asset(folder.slug.clone(), Asset { path, ..asset.clone() });
            }
        }
    }

    /// The text for a place, as a file of `root`.
    pub(super) fn file(&self, root: &Path, place: &str) -> Option<SourceFile> {
        let text = self.0.get(place)?.text.clone();
        Some(SourceFile { text, ..missing(root, place) })
    }

    /// Puts these texts into `files`, each event together with its feed.
    pub(super) fn restore(&self, files: &mut Files, root: &Path, places: &BTreeSet<String>) {
        for place in places {
            let feed = place.split_once('/').map(|(folder, _)| format!("{folder}/feed.toml"));
            let feed = feed.filter(|feed| files.get(feed).is_none());
            for place in feed.iter().chain([place]) {
                if let Some(file) = self.file(root, place) {
                    files.put(place, Some(file));
                }
            }
        }
    }

    /// All texts as files of `root`.
    pub(super) fn to_files(&self, root: &Path) -> Files {
        self.0.clone().moved_to(root)
    }

    /// These texts, and for the places that are missing in them those of `older`, with the pictures and
    /// attachments of their folders.
    pub(super) fn or(mut self, older: &Self, places: &BTreeSet<String>) -> Self {
        for place in places {
            self.0.put(place, older.0.get(place).cloned());
        }
        for folder in older.0.feeds.iter().filter(|folder| folders(places).contains(&folder.slug)) {
            for asset in &folder.assets {
                if !is_good(self.0.folder(folder.slug.as_str()), &asset.name) {
                    self.0.put_asset(folder.slug.clone(), asset.clone());
                }
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

/// Claims that a file is there and begins as its type does.
fn is_good(folder: Option<&Arc<FeedFolder>>, name: &FileName) -> bool {
    let assets = folder.map_or(&[][..], |folder| &folder.assets);
    let asset = assets.iter().find(|asset| asset.name == *name);
    asset.is_some_and(|asset| name.file_type().is_of(&asset.octets))
}
