//! The files of a tree of definitions, in one order on every machine: systems list a folder in any order, and
//! documents and diagnostics must not follow from it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use xxhash_rust::xxh3::Xxh3;

use crate::model::{FileName, Slug};
use crate::source::diagnostic::{Diagnostic, Problem};

/// A definition file: its path as it is shown, and its normalised text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path, with the folder as the administrator wrote it.
    pub path: Arc<str>,
    /// The text: UTF-8, NFC, `\n` line ends.
    pub text: Arc<str>,
    /// XXH3 of the bytes that were read; 0 if there were none.
    pub hash: u128,
}

/// A folder below the root: a feed and its events.
#[derive(Clone, Debug)]
pub struct FeedFolder {
    /// The name of the folder: the feed's slug.
    pub slug: Slug,
    /// The folder's `feed.toml`.
    pub feed: Option<SourceFile>,
    /// The event files of the folder, by slug.
    pub events: Vec<(Slug, SourceFile)>,
    /// Pictures and attachments that lie beside them, by name.
    pub assets: Vec<Asset>,
}

/// A picture or attachment beside the event files of a folder.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The path, with the folder as the administrator wrote it.
    pub path: Arc<str>,
    /// The name, which becomes part of its address.
    pub name: FileName,
    /// The content, unchecked: an event that names the file checks its type.
    pub bytes: Arc<[u8]>,
    /// XXH3 of these bytes.
    pub hash: u128,
}

/// All definition files of a tree, and the mistakes that were found while they were read.
#[derive(Clone, Debug, Default)]
pub struct SourceFiles {
    /// The tree's root, as it is shown before each path.
    pub root: String,
    /// The file `site.toml`.
    pub site: Option<SourceFile>,
    /// The file `venues.toml`.
    pub venues: Option<SourceFile>,
    /// The file `organizers.toml`.
    pub organizers: Option<SourceFile>,
    /// The feeds, by name.
    pub feeds: Vec<FeedFolder>,
    /// The files and folders that cannot be read, or whose names cannot be published.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that are not as they were last good, by place.
    pub(crate) edited: BTreeMap<String, EditedFile>,
    /// The files that are perhaps half written: what was last good stands in their place.
    pub(crate) unsettled: BTreeMap<String, EditedFile>,
    /// The folders that cannot be listed: nobody knows what is in them.
    pub unlisted: Vec<Slug>,
}

/// What is known of a file that is not as it was last good, whether or not it can be used.
#[derive(Clone, Debug)]
pub(crate) struct EditedFile {
    /// XXH3 of the bytes that were read.
    pub hash: u128,
    /// How long ago it was written, as far as the tree knows.
    pub age: Option<Duration>,
    /// Whether its writer had closed it before it was read.
    pub is_closed: bool,
    /// Whether its writer has not closed it yet.
    pub is_open: bool,
    /// Its text, if it has one: what is not UTF-8 is replaced.
    pub text: Arc<str>,
}

/// The place of a file below the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SourcePath<'a> {
    /// One of `site.toml`, `venues.toml` and `organizers.toml`.
    Top(&'a str),
    /// The `feed.toml` of a folder.
    Feed(&'a Slug),
    /// An event of a folder.
    Event(&'a Slug, &'a Slug),
    /// A picture or attachment in a folder.
    Asset(&'a Slug, &'a FileName),
}

/// The place of a definition below the root, with its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Definition {
    /// One of `site.toml`, `venues.toml` and `organizers.toml`.
    Top,
    /// The `feed.toml` of a folder.
    Feed(Slug),
    /// An event of a folder.
    Event(Slug, Slug),
}

impl Definition {
    /// Reads a place; `None` if no definition can be there.
    pub(crate) fn at(place: &str) -> Option<Self> {
        match place.split_once('/') {
            None => TOP.contains(&place).then_some(Self::Top),
            Some((folder, FEED)) => Slug::new(folder).map(Self::Feed),
            Some((folder, name)) => {
                let event = name.strip_suffix(".md").and_then(Slug::new)?;
                Some(Self::Event(Slug::new(folder)?, event))
            }
        }
    }
}

/// The files beside the folders.
const TOP: [&str; 3] = ["organizers.toml", "site.toml", "venues.toml"];

/// Writes the place with slashes: `site.toml`, `termine/feed.toml`, `termine/a.md`, `termine/a.png`.
impl fmt::Display for SourcePath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top(name) => f.write_str(name),
            Self::Feed(folder) => write!(f, "{folder}/{FEED}"),
            Self::Event(folder, event) => write!(f, "{folder}/{event}.md"),
            Self::Asset(folder, name) => write!(f, "{folder}/{}", name.as_str()),
        }
    }
}

/// The content of a file of any kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FileContent<'a> {
    /// A normalised text, or the bytes of a picture or attachment.
    pub bytes: &'a [u8],
    /// XXH3 of the bytes that were read.
    pub hash: u128,
}

impl<'a> From<&'a SourceFile> for FileContent<'a> {
    fn from(file: &'a SourceFile) -> Self {
        Self { bytes: file.text.as_bytes(), hash: file.hash }
    }
}

impl<'a> From<&'a Asset> for FileContent<'a> {
    fn from(asset: &'a Asset) -> Self {
        Self { bytes: &asset.bytes, hash: asset.hash }
    }
}

/// The name of the file that describes a feed.
pub(crate) const FEED: &str = "feed.toml";

impl SourceFiles {
    /// Returns the content at each place, in the order of [`SourcePath`].
    pub(crate) fn contents(&self) -> impl Iterator<Item = (SourcePath<'_>, FileContent<'_>)> {
        // The order is that of `SourcePath`: `LastGood::differences` walks two lists side by side.
        let top = [
            ("organizers.toml", &self.organizers),
            ("site.toml", &self.site),
            ("venues.toml", &self.venues),
        ];
        let top = top.into_iter().map(|(name, file)| (SourcePath::Top(name), file));
        let feeds = self.feeds.iter().map(|folder| (SourcePath::Feed(&folder.slug), &folder.feed));
        let events = self.feeds.iter().flat_map(|folder| {
            folder.events.iter().map(|(event, file)| (SourcePath::Event(&folder.slug, event), file))
        });
        let assets = self.feeds.iter().flat_map(|folder| {
            folder.assets.iter().map(|asset| {
                (SourcePath::Asset(&folder.slug, &asset.name), FileContent::from(asset))
            })
        });
        let some = top.chain(feeds).filter_map(|(place, file)| Some((place, file.as_ref()?)));
        some.chain(events).map(|(place, file)| (place, FileContent::from(file))).chain(assets)
    }

    /// Returns the definition at a place.
    #[must_use]
    pub(crate) fn get(&self, place: &str) -> Option<&SourceFile> {
        match (place, place.split_once('/')) {
            ("site.toml", _) => self.site.as_ref(),
            ("venues.toml", _) => self.venues.as_ref(),
            ("organizers.toml", _) => self.organizers.as_ref(),
            (_, Some((folder, name))) => self.folder(folder)?.get(name),
            _ => None,
        }
    }

    /// Replaces the text at a place, or removes it; a folder that is missing is added.
    pub(crate) fn put(&mut self, place: &str, file: Option<SourceFile>) {
        match (place, place.split_once('/')) {
            ("site.toml", _) => self.site = file,
            ("venues.toml", _) => self.venues = file,
            ("organizers.toml", _) => self.organizers = file,
            (_, Some((folder, name))) => {
                if let Some(folder) = Slug::new(folder) {
                    self.folder_mut(folder).put(name, file);
                }
            }
            _ => {}
        }
    }

    /// Replaces the text at a place, or removes it; no folder is added for nothing.
    pub(crate) fn put_if_there(&mut self, place: &str, file: Option<SourceFile>) {
        let folder = place.split_once('/').map(|(folder, _)| folder);
        if file.is_some() || folder.is_none_or(|folder| self.folder(folder).is_some()) {
            self.put(place, file);
        }
    }

    /// Gives a place the content that it has in `good`, or none.
    pub(crate) fn restore(&mut self, place: &str, good: &Self) {
        let asset = place
            .split_once('/')
            .and_then(|(folder, name)| Some((Slug::new(folder)?, FileName::new(name)?)));
        match asset {
            // Definitions have no such name: `.md` and `.toml` are no endings of pictures and attachments.
            Some((folder, name)) => {
                let assets = good.folder(folder.as_str()).map_or(&[][..], |folder| &folder.assets);
                match assets.iter().find(|asset| asset.name == name) {
                    Some(asset) => self.put_asset(folder, asset.clone()),
                    None if self.folder(folder.as_str()).is_none() => {}
                    None => self.folder_mut(folder).assets.retain(|asset| asset.name != name),
                }
            }
            None => self.put_if_there(place, good.get(place).cloned()),
        }
    }

    /// Reports the files that are still not whole: what was last good stands in their place.
    pub(crate) fn report_unsettled(&mut self) {
        for (place, file) in std::mem::take(&mut self.unsettled) {
            let reason = "somebody writes it all the time: try again later".to_owned();
            let problem = Problem::Unreadable { reason };
            self.diagnostics.push(Diagnostic::new(&missing(&self.root, &place), None, problem));
            self.put_if_there(&place, None);
            self.edited.insert(place, file);
        }
    }

    /// Returns whether nothing is known of the files but their contents.
    pub(crate) fn is_plain(&self) -> bool {
        self.edited.is_empty()
            && self.unsettled.is_empty()
            && self.unlisted.is_empty()
            && self.diagnostics.is_empty()
    }

    /// Forgets what was found while the files were read.
    pub(crate) fn take_remarks(&mut self) {
        (self.edited, self.unsettled) = (BTreeMap::new(), BTreeMap::new());
        self.diagnostics = Vec::new();
    }

    /// Returns the text at a place as it stands there, whether or not it can be used.
    pub(crate) fn written(&self, place: &str) -> Option<&str> {
        let edited = self.edited.get(place).map(|file| &file.text);
        edited.or_else(|| self.get(place).map(|file| &file.text)).map(AsRef::as_ref)
    }

    /// Puts a picture or attachment into a folder, and replaces the one of that name.
    pub(crate) fn put_asset(&mut self, folder: Slug, asset: Asset) {
        self.folder_mut(folder).put_asset(asset);
    }

    /// Returns the folder of this name.
    #[must_use]
    pub(crate) fn folder(&self, name: &str) -> Option<&FeedFolder> {
        let at = self.feeds.binary_search_by(|folder| folder.slug.as_str().cmp(name)).ok()?;
        Some(&self.feeds[at])
    }

    fn folder_mut(&mut self, slug: Slug) -> &mut FeedFolder {
        let at = match self.feeds.binary_search_by(|folder| folder.slug.cmp(&slug)) {
            Ok(at) => at,
            Err(at) => {
                self.feeds.insert(at, FeedFolder::new(slug));
                at
            }
        };
        &mut self.feeds[at]
    }

    /// Returns XXH3 of all that was read: two trees with one hash have the same contents and the same mistakes.
    #[must_use]
    pub fn hash(&self) -> u128 {
        let mut hash = Xxh3::new();
        let mut add = |path: &str, content: u128| {
            hash.update(path.as_bytes());
            hash.update(&content.to_le_bytes());
        };
        // The contents were hashed when they were read: 10,000 events are hashed here as 10,000 small numbers.
        let top = [&self.site, &self.venues, &self.organizers];
        let feeds = self.feeds.iter().map(|folder| &folder.feed);
        let events = self.feeds.iter().flat_map(|folder| &folder.events).map(|(_, file)| file);
        for file in top.into_iter().chain(feeds).flatten().chain(events) {
            add(&file.path, file.hash);
        }
        for asset in self.feeds.iter().flat_map(|folder| &folder.assets) {
            add(&asset.path, asset.hash);
        }
        // A folder without a file counts, too: its missing `feed.toml` is a mistake.
        for folder in &self.feeds {
            add(folder.slug.as_str(), 0);
        }
        for (place, file) in &self.unsettled {
            add(place, file.hash);
        }
        for diagnostic in &self.diagnostics {
            add(diagnostic.path(), diagnostic.file_hash());
            add(&diagnostic.problem.title(), 0);
        }
        hash.digest128()
    }
}

/// Returns the place, below the root, of the file or folder at a path.
pub(crate) fn place_of<'a>(root: &str, path: &'a str) -> Option<&'a str> {
    path.strip_prefix(root).map(|place| place.trim_start_matches('/'))
}

impl FeedFolder {
    /// Returns an empty folder.
    #[must_use]
    pub(crate) fn new(slug: Slug) -> Self {
        Self { slug, feed: None, events: Vec::new(), assets: Vec::new() }
    }

    fn get(&self, name: &str) -> Option<&SourceFile> {
        if name == FEED {
            return self.feed.as_ref();
        }
        self.event(name.strip_suffix(".md")?).map(|(_, file)| file)
    }

    /// Returns the event with this slug.
    pub(super) fn event(&self, slug: &str) -> Option<&(Slug, SourceFile)> {
        let at = self.events.binary_search_by(|(one, _)| one.as_str().cmp(slug)).ok()?;
        Some(&self.events[at])
    }

    fn put(&mut self, name: &str, file: Option<SourceFile>) {
        if name == FEED {
            self.feed = file;
            return;
        }
        let Some(event) = name.strip_suffix(".md").and_then(Slug::new) else { return };
        match (self.events.binary_search_by(|(slug, _)| slug.cmp(&event)), file) {
            (Ok(at), Some(file)) => self.events[at].1 = file,
            (Ok(at), None) => drop(self.events.remove(at)),
            (Err(at), Some(file)) => self.events.insert(at, (event, file)),
            (Err(_), None) => {}
        }
    }

    fn put_asset(&mut self, asset: Asset) {
        match self.assets.binary_search_by(|one| one.name.cmp(&asset.name)) {
            Ok(at) => self.assets[at] = asset,
            Err(at) => self.assets.insert(at, asset),
        }
    }
}

/// Returns a file without content at `place`, for diagnostics about a file that is not there; `root` is shown before.
#[must_use]
pub(crate) fn missing(root: &str, place: &str) -> SourceFile {
    SourceFile { path: shown(root, place), text: "".into(), hash: 0 }
}

/// Returns the path of a place as it is shown.
pub(in crate::source) fn shown(root: &str, place: &str) -> Arc<str> {
    let slash = if root.is_empty() || root.ends_with('/') { "" } else { "/" };
    [root, slash, place].concat().into()
}
