//! The last good content of every file: it stands in for one that is broken or gone.
//!
//! Contents are stored outside of the process, so that a file that is broken while the service starts is held back
//! as well: a broken file is never a removal. They are the texts and bytes, not the checked events, since what a
//! text means depends on the venues, organizers and defaults of today.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::tree::{Asset, FeedFolder, FileContent, SourceFile, SourceFiles, SourcePath, missing};
use crate::model::{FileName, Slug};

/// Texts, pictures and attachments by the place of their file below the root.
#[derive(Clone, Debug, Default)]
pub struct LastGood(Arc<SourceFiles>);

/// A file's content as the last-good store holds it outside of the process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredContent {
    /// A normalised text, or the bytes of a picture or attachment.
    pub bytes: Vec<u8>,
    /// XXH3 of the bytes that were read from the file.
    pub hash: u128,
}

impl LastGood {
    /// Takes the stored contents, by place, as files of the tree with this root; one that cannot be the content of
    /// its place is left out.
    #[must_use]
    pub(crate) fn from_stored(root: &str, kept: BTreeMap<String, StoredContent>) -> Self {
        let mut files = SourceFiles { root: root.to_owned(), ..SourceFiles::default() };
        for (place, StoredContent { bytes, hash }) in kept {
            let file = missing(root, &place);
            let asset = place
                .split_once('/')
                .and_then(|(folder, name)| Some((Slug::new(folder)?, FileName::new(name)?)));
            // Definitions have no such name: `.md` and `.toml` are no endings of pictures and attachments.
            if let Some((folder, name)) = asset {
                let asset = Asset { path: file.path, name, bytes: bytes.into(), hash };
                files.put_asset(folder, asset);
            } else if let Ok(text) = String::from_utf8(bytes) {
                files.put(&place, Some(SourceFile { text: text.into(), hash, ..file }));
            }
        }
        Self(Arc::new(files))
    }

    /// Takes the contents of these files.
    #[must_use]
    pub(crate) fn of(files: Arc<SourceFiles>) -> Self {
        Self(files)
    }

    /// Returns whether there is a text for this place; pictures and attachments are not looked at.
    #[must_use]
    pub(crate) fn has(&self, place: &str) -> bool {
        self.0.get(place).is_some()
    }

    /// Puts these files in the place of those that lack something.
    pub(super) fn complete(&mut self, completed: BTreeMap<String, SourceFile>) {
        for (place, file) in completed {
            Arc::make_mut(&mut self.0).put(&place, Some(file));
        }
    }

    /// Returns all contents, by place.
    pub(crate) fn contents(&self) -> impl Iterator<Item = (SourcePath<'_>, FileContent<'_>)> {
        self.0.contents()
    }

    /// Returns the places at which `new` is different, with its content; `None` stands for a file that it lacks.
    #[must_use]
    pub(crate) fn differences<'a>(
        &'a self,
        new: &'a Self,
    ) -> Vec<(SourcePath<'a>, Option<FileContent<'a>>)> {
        // Both are sorted by place: one pass over the two does without an index of either.
        let (mut old, mut new) = (self.contents().peekable(), new.contents().peekable());
        let mut differences = Vec::new();
        loop {
            match (old.peek().copied(), new.peek().copied()) {
                (Some((before, content)), Some((after, now))) if before == after => {
                    differences.extend((content.hash != now.hash).then_some((after, Some(now))));
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

    pub(super) fn files(&self) -> &SourceFiles {
        &self.0
    }

    /// Returns the text for a place.
    pub(super) fn file(&self, place: &str) -> Option<SourceFile> {
        self.0.get(place).cloned()
    }

    /// Puts pictures and attachments of these folders into `files` if they are missing or broken there: the event
    /// that is held back may name them.
    pub(super) fn restore_assets(&self, files: &mut SourceFiles, folders: &BTreeSet<Slug>) {
        for folder in self.0.feeds.iter().filter(|folder| folders.contains(&folder.slug)) {
            for asset in &folder.assets {
                if !is_good(files.folder(folder.slug.as_str()), &asset.name) {
                    files.put_asset(folder.slug.clone(), asset.clone());
                }
            }
        }
    }

    /// Puts the texts at these places into `files`, each event together with its `feed.toml` if that is gone, too.
    pub(super) fn restore(&self, files: &mut SourceFiles, places: &BTreeSet<String>) {
        for place in places {
            let feed = place.split_once('/').map(|(folder, _)| format!("{folder}/feed.toml"));
            // Without its feed, an event that is put back would lose the defaults of its folder.
            let feed = feed.filter(|feed| files.get(feed).is_none());
            for place in feed.iter().chain([place]) {
                if let Some(file) = self.file(place) {
                    files.put(place, Some(file));
                }
            }
        }
    }
}

/// Returns the folders of these places.
pub(super) fn folders(places: &BTreeSet<String>) -> BTreeSet<Slug> {
    let folders = places.iter().filter_map(|place| place.split_once('/'));
    folders.filter_map(|(folder, _)| Slug::new(folder)).collect()
}

/// Returns whether a file is there and begins with the bytes of its type.
fn is_good(folder: Option<&FeedFolder>, name: &FileName) -> bool {
    let assets = folder.map_or(&[][..], |folder| &folder.assets);
    let asset = assets.iter().find(|asset| asset.name == *name);
    asset.is_some_and(|asset| name.file_type().is_of(&asset.bytes))
}
