//! The files of a folder of definitions, in one order on every machine.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::model::{FileName, Slug};
use crate::source::diagnostic::Diagnostic;

/// A file of definitions: its path as it is shown, and its normalised text.
#[derive(Clone, Debug, Eq)]
pub struct SourceFile {
    /// The path, with the folder as the administrator wrote it.
    pub path: Arc<str>,
    /// The text: UTF-8, NFC, `\n` line ends.
    pub text: Arc<str>,
}

impl PartialEq for SourceFile {
    fn eq(&self, other: &Self) -> bool {
        let is_same = |one: &Arc<str>, other| Arc::ptr_eq(one, other) || one == other;
        is_same(&self.text, &other.text) && is_same(&self.path, &other.path)
    }
}

/// A folder below `feeds/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedFolder {
    /// Its name.
    pub slug: Slug,
    /// Its `feed.toml`.
    pub feed: Option<SourceFile>,
    /// Its event files, by slug.
    pub events: Vec<(Slug, SourceFile)>,
    /// Pictures and attachments that lie beside them, by name.
    pub assets: Vec<Asset>,
}

/// A picture or attachment.
#[derive(Clone, Debug, Eq)]
pub struct Asset {
    /// The path, with the folder as the administrator wrote it.
    pub path: Arc<str>,
    /// Its name.
    pub name: FileName,
    /// What is in it.
    pub octets: Arc<[u8]>,
}

impl PartialEq for Asset {
    fn eq(&self, other: &Self) -> bool {
        let is_same = Arc::ptr_eq(&self.octets, &other.octets) || self.octets == other.octets;
        is_same && self.path == other.path
    }
}

/// All files of definitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    /// `site.toml`
    pub site: Option<SourceFile>,
    /// `venues.toml`
    pub venues: Option<SourceFile>,
    /// `organizers.toml`
    pub organizers: Option<SourceFile>,
    /// The feeds, by name.
    pub feeds: Vec<Arc<FeedFolder>>,
    /// What cannot be read, or has a name that cannot be published.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where a file is below the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place<'a> {
    /// `site.toml`, `venues.toml` or `organizers.toml`
    Top(&'a str),
    /// The `feed.toml` of a folder.
    Feed(&'a Slug),
    /// An event of a folder.
    Event(&'a Slug, &'a Slug),
    /// A picture or attachment in a folder.
    Asset(&'a Slug, &'a FileName),
}

/// `site.toml`, `termine/feed.toml`, `termine/a.md`, `termine/a.png`
impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top(name) => f.write_str(name),
            Self::Feed(folder) => write!(f, "{folder}/{FEED}"),
            Self::Event(folder, event) => write!(f, "{folder}/{event}.md"),
            Self::Asset(folder, name) => write!(f, "{folder}/{}", name.as_str()),
        }
    }
}

/// What is in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content<'a> {
    /// The text of a definition.
    Text(&'a Arc<str>),
    /// A picture or attachment.
    Octets(&'a Arc<[u8]>),
}

impl Content<'_> {
    /// Its octets.
    pub fn octets(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Octets(octets) => octets,
        }
    }
}

/// The name of the file that describes a feed.
pub const FEED: &str = "feed.toml";

impl Files {
    /// What is at each place, in their order.
    pub fn contents(&self) -> impl Iterator<Item = (Place<'_>, Content<'_>)> {
        let top = [
            ("organizers.toml", &self.organizers),
            ("site.toml", &self.site),
            ("venues.toml", &self.venues),
        ];
        let top = top.into_iter().map(|(name, file)| (Place::Top(name), file));
        let feeds = self.feeds.iter().map(|folder| (Place::Feed(&folder.slug), &folder.feed));
        let events = self.feeds.iter().flat_map(|folder| {
            folder.events.iter().map(|(event, file)| (Place::Event(&folder.slug, event), file))
        });
        let assets = self.feeds.iter().flat_map(|folder| {
            folder.assets.iter().map(|asset| {
                (Place::Asset(&folder.slug, &asset.name), Content::Octets(&asset.octets))
            })
        });
        let some = top.chain(feeds).filter_map(|(place, file)| Some((place, file.as_ref()?)));
        some.chain(events).map(|(place, file)| (place, Content::Text(&file.text))).chain(assets)
    }

    /// The definition at a place.
    #[must_use]
    pub fn get(&self, place: &str) -> Option<&SourceFile> {
        match (place, place.split_once('/')) {
            ("site.toml", _) => self.site.as_ref(),
            ("venues.toml", _) => self.venues.as_ref(),
            ("organizers.toml", _) => self.organizers.as_ref(),
            (_, Some((folder, name))) => self.folder(folder)?.get(name),
            _ => None,
        }
    }

    /// Puts another text at a place, or nothing; an event gets its feed's folder.
    pub fn put(&mut self, place: &str, file: Option<SourceFile>) {
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

    /// Puts a picture or attachment into a folder, instead of the one that it has of that name.
    pub fn put_asset(&mut self, folder: Slug, asset: Asset) {
        self.folder_mut(folder).put_asset(asset);
    }

    /// The folder of this name.
    #[must_use]
    pub fn folder(&self, name: &str) -> Option<&Arc<FeedFolder>> {
        let at = self.feeds.binary_search_by(|folder| folder.slug.as_str().cmp(name)).ok()?;
        Some(&self.feeds[at])
    }

    fn folder_mut(&mut self, slug: Slug) -> &mut FeedFolder {
        let at = match self.feeds.binary_search_by(|folder| folder.slug.cmp(&slug)) {
            Ok(at) => at,
            Err(at) => {
                self.feeds.insert(at, Arc::new(FeedFolder::new(slug)));
                at
            }
        };
        Arc::make_mut(&mut self.feeds[at])
    }

    /// The same files in another folder.
    #[must_use]
    pub fn moved_to(mut self, root: &Path) -> Self {
        let top = [
            (&mut self.site, "site.toml"),
            (&mut self.venues, "venues.toml"),
            (&mut self.organizers, "organizers.toml"),
        ];
        for (file, name) in top {
            if let Some(file) = file {
                file.path = shown(&root.join(name));
            }
        }
        for folder in &mut self.feeds {
            let FeedFolder { slug, feed, events, assets } = Arc::make_mut(folder);
            let path = |place: Place<'_>| shown(&root.join(place.to_string()));
            if let Some(file) = feed {
                file.path = path(Place::Feed(slug));
            }
            for (event, file) in events {
                file.path = path(Place::Event(slug, event));
            }
            for asset in assets {
                asset.path = path(Place::Asset(slug, &asset.name));
            }
        }
        self
    }
}

impl FeedFolder {
    /// An empty one.
    #[must_use]
    pub fn new(slug: Slug) -> Self {
        Self { slug, feed: None, events: Vec::new(), assets: Vec::new() }
    }

    fn get(&self, name: &str) -> Option<&SourceFile> {
        if name == FEED {
            return self.feed.as_ref();
        }
        let event = name.strip_suffix(".md")?;
        let at = self.events.binary_search_by(|(slug, _)| slug.as_str().cmp(event)).ok()?;
        Some(&self.events[at].1)
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

/// A path as every platform shows it here: with slashes.
#[must_use]
pub fn shown(path: &Path) -> Arc<str> {
    path.to_string_lossy().replace('\\', "/").into()
}

/// The path of a file that ought to be in `root`.
#[must_use]
pub fn missing(root: &Path, name: &str) -> SourceFile {
    SourceFile { path: shown(&root.join(name)), text: "".into() }
}
