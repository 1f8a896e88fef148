//! Reads a folder of definitions into memory, in one order on every machine.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::diagnostic::Diagnostic;
use super::problem::Problem;
use crate::error::Error;
use crate::model::{FileName, Slug, is_forbidden_in_lines, normalise};
use crate::parallel;

/// The largest picture or attachment, in octets.
pub const MAX_ASSET_LEN: usize = 10 * 1024 * 1024;

/// The largest definition file, in octets.
pub const MAX_FILE_LEN: usize = 256 * 1024;

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
    /// Its event files, by name.
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
    pub feeds: Vec<FeedFolder>,
    /// What cannot be read, or has a name that cannot be published.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the folder `root`; texts that are as they were `earlier` are taken from there.
///
/// # Errors
/// [`Error::Read`] where the folder itself cannot be listed; files in it end in diagnostics.
pub fn read(root: &Path, earlier: &Files) -> Result<Files, Error> {
    let known = earlier.by_path();
    let mut files = Files::default();
    for entry in list(root).map_err(|source| Error::Read { path: root.into(), source })? {
        match (entry.name.as_str(), entry.is_folder) {
            ("site.toml", false) => files.site = files.read_file(&entry, &known),
            ("venues.toml", false) => files.venues = files.read_file(&entry, &known),
            ("organizers.toml", false) => files.organizers = files.read_file(&entry, &known),
            (_, true) => files.read_feed(&entry, &known, earlier),
            // The publication record lies here, too.
            ("record.jsonl", false) => {}
            _ => files.report(&entry.path, Problem::IgnoredFile),
        }
    }
    Ok(files)
}

/// Files by their paths.
type ByPath<'a> = BTreeMap<&'a str, &'a SourceFile>;

impl Files {
    fn by_path(&self) -> ByPath<'_> {
        self.by_place().into_values().map(|file| (&*file.path, file)).collect()
    }

    /// All files by their place below the root: `site.toml`, `termine/feed.toml`, `termine/a.md`.
    #[must_use]
    pub fn by_place(&self) -> BTreeMap<String, &SourceFile> {
        let top = [("site.toml", &self.site), ("venues.toml", &self.venues)];
        let top = top.into_iter().chain([("organizers.toml", &self.organizers)]);
        let top = top.filter_map(|(name, file)| Some((name.to_owned(), file.as_ref()?)));
        let feeds = self.feeds.iter().flat_map(|folder| {
            let feed = folder.feed.iter().map(|file| (place(&folder.slug, FEED), file));
            let events = folder.events.iter();
            feed.chain(events.map(|(slug, file)| (event_place(&folder.slug, slug), file)))
        });
        top.chain(feeds).collect()
    }

    /// Puts another text at a place, or nothing; an event gets its feed's folder.
    pub fn put(&mut self, place: &str, file: Option<SourceFile>) {
        match (place, place.split_once('/')) {
            ("site.toml", _) => self.site = file,
            ("venues.toml", _) => self.venues = file,
            ("organizers.toml", _) => self.organizers = file,
            (_, Some((folder, name))) => self.put_in(folder, name, file),
            _ => {}
        }
    }

    /// All pictures and attachments by their place below the root.
    pub fn assets(&self) -> impl Iterator<Item = (String, &Asset)> {
        self.feeds.iter().flat_map(|folder| {
            let place = |asset: &Asset| place(&folder.slug, asset.name.as_str());
            folder.assets.iter().map(move |asset| (place(asset), asset))
        })
    }

    /// Puts a picture or attachment into a folder, instead of the one that it has of that name.
    pub fn put_asset(&mut self, folder: Slug, asset: Asset) {
        let assets = &mut self.folder(folder).assets;
        assets.retain(|one| one.name != asset.name);
        assets.push(asset);
        assets.sort_by(|a, b| a.name.cmp(&b.name));
    }

    fn put_in(&mut self, folder: &str, name: &str, file: Option<SourceFile>) {
        let Some(slug) = Slug::new(folder) else { return };
        if name == FEED {
            self.folder(slug).feed = file;
        } else if let Some(event) = name.strip_suffix(".md").and_then(Slug::new) {
            let events = &mut self.folder(slug).events;
            events.retain(|(slug, _)| *slug != event);
            events.extend(file.map(|file| (event, file)));
            events.sort_by(|a, b| a.0.cmp(&b.0));
        }
    }

    fn folder(&mut self, slug: Slug) -> &mut FeedFolder {
        let at = match self.feeds.binary_search_by(|folder| folder.slug.cmp(&slug)) {
            Ok(at) => at,
            Err(at) => {
                self.feeds.insert(
                    at,
                    FeedFolder { slug, feed: None, events: Vec::new(), assets: Vec::new() },
                );
                at
            }
        };
        &mut self.feeds[at]
    }

    fn read_feed(&mut self, folder: &Entry, known: &ByPath<'_>, earlier: &Files) {
        let Some(slug) = self.slug(&folder.name, &folder.path) else { return };
        let entries = match list(&folder.path) {
            Ok(entries) => entries,
            Err(error) => return self.diagnostics.push(unreadable(&folder.path, &error)),
        };
        let mut feed = FeedFolder { slug, feed: None, events: Vec::new(), assets: Vec::new() };
        let (events, others): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|entry| !entry.is_folder && entry.stem().is_some());
        for entry in others {
            if entry.is_folder {
                self.report(&entry.path, Problem::NestedFolder);
            } else if entry.name == FEED {
                feed.feed = self.read_file(&entry, known);
            } else if let Some(name) = FileName::new(&entry.name) {
                let asset = read_asset(&entry, name, earlier);
                feed.assets.extend(asset.map_err(|problem| self.diagnostics.push(*problem)).ok());
            } else if let Some(nearest) = FileName::nearest(&entry.name) {
                let nearest = nearest.as_str().to_owned();
                self.report(&entry.path, Problem::NotAFileName { nearest });
            } else {
                self.report(&entry.path, Problem::IgnoredFile);
            }
        }
        let files = parallel::map(&events, |entry| read_file(entry, known));
        for (entry, file) in events.into_iter().zip(files) {
            let slug = self.slug(entry.stem().unwrap_or_default(), &entry.path);
            feed.events.extend(slug.zip(self.kept(file)));
        }
        self.feeds.push(feed);
    }

    fn slug(&mut self, name: &str, path: &Path) -> Option<Slug> {
        match Slug::new(name) {
            Some(slug) if slug.as_str() == "en" => {
                self.report(path, Problem::ReservedSlug { slug });
                None
            }
            Some(slug) => Some(slug),
            None => {
                let nearest = Slug::nearest(name);
                self.report(path, Problem::NotASlug { name: name.to_owned(), nearest });
                None
            }
        }
    }

    fn read_file(&mut self, entry: &Entry, known: &ByPath<'_>) -> Option<SourceFile> {
        self.kept(read_file(entry, known))
    }

    /// The file, or its problem among the others.
    fn kept(&mut self, file: Result<SourceFile, Box<Diagnostic>>) -> Option<SourceFile> {
        file.map_err(|problem| self.diagnostics.push(*problem)).ok()
    }

    fn report(&mut self, path: &Path, problem: Problem) {
        self.diagnostics.push(of_file(path, problem));
    }
}

/// A problem of a whole file or folder.
fn of_file(path: &Path, problem: Problem) -> Diagnostic {
    let file = SourceFile { path: shown(path), text: "".into() };
    Diagnostic::new(&file, None, problem)
}

fn unreadable(path: &Path, error: &io::Error) -> Diagnostic {
    of_file(path, Problem::Unreadable { reason: error.to_string() })
}

fn read_file(entry: &Entry, known: &ByPath<'_>) -> Result<SourceFile, Box<Diagnostic>> {
    let path = &entry.path;
    let bytes = read_octets(entry, MAX_FILE_LEN)?;
    // A text that was taken once is in its one form.
    if let Some(known) = known.get(&*shown(path)).filter(|known| *known.text.as_bytes() == *bytes) {
        return Ok((*known).clone());
    }
    let (text, is_utf8) = match String::from_utf8(bytes) {
        Ok(text) => (normalise(&text), true),
        Err(error) => (normalise(&String::from_utf8_lossy(error.as_bytes())), false),
    };
    let file = SourceFile { path: shown(path), text: text.into() };
    let problem = if is_utf8 { control_character(&file.text) } else { invalid_utf8(&file.text) };
    match problem {
        Some((at, problem)) => {
            let len = file.text[at..].chars().next().map_or(0, char::len_utf8);
            Err(Box::new(Diagnostic::new(&file, Some(at..at + len), problem)))
        }
        None => Ok(file),
    }
}

/// A picture or attachment; one that is as it was `earlier` is taken from there.
fn read_asset(entry: &Entry, name: FileName, earlier: &Files) -> Result<Asset, Box<Diagnostic>> {
    let octets = read_octets(entry, MAX_ASSET_LEN)?;
    let path = shown(&entry.path);
    let mut known = earlier.feeds.iter().flat_map(|folder| &folder.assets);
    let known = known.find(|known| known.path == path && *known.octets == *octets);
    Ok(known.cloned().unwrap_or_else(|| Asset { path, name, octets: octets.into() }))
}

/// What is in a file that has at most so many octets.
fn read_octets(entry: &Entry, limit: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
    let path = &entry.path;
    let read = if entry.is_file {
        read_bounded(path, limit)
    } else {
        Err(io::Error::other("it is not a file"))
    };
    let octets = read.map_err(|error| Box::new(unreadable(path, &error)))?;
    if octets.len() > limit {
        return Err(Box::new(of_file(path, Problem::TooLarge { limit })));
    }
    Ok(octets)
}

/// The file, or its beginning where it is too large.
fn read_bounded(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let metadata = file.metadata()?;
    let limit = u64::try_from(limit).unwrap_or(u64::MAX) + 1;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len().min(limit)).unwrap_or(0) + 1);
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The first control character of `text`, with its place.
fn control_character(text: &str) -> Option<(usize, Problem)> {
    // What is forbidden begins with one of these octets, and most text has few of them.
    let may_begin = |octet: u8| octet < b' ' || matches!(octet, 0x7f | 0xc2 | 0xe2 | 0xef);
    let suspects = text.bytes().enumerate().filter(|(_, octet)| may_begin(*octet));
    let characters = suspects.filter_map(|(at, _)| Some((at, text.get(at..)?.chars().next()?)));
    let (at, character) = characters.into_iter().find(|(_, c)| is_forbidden_in_lines(*c))?;
    Some((at, Problem::ControlCharacter { character }))
}

/// The place of the first octets that are no UTF-8.
fn invalid_utf8(lossy: &str) -> Option<(usize, Problem)> {
    Some((lossy.find(char::REPLACEMENT_CHARACTER)?, Problem::InvalidUtf8))
}

struct Entry {
    name: String,
    path: PathBuf,
    is_folder: bool,
    /// Claims that it can be read to its end: a pipe would keep us waiting.
    is_file: bool,
}

impl Entry {
    /// The name of an event's file without its ending.
    fn stem(&self) -> Option<&str> {
        self.name.strip_suffix(".md")
    }
}

/// The entries of a folder by name, without those that begin with `_` or `.`.
fn list(folder: &Path) -> io::Result<Vec<Entry>> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with(['_', '.']) {
            let path = entry.path();
            // A link is what it leads to.
            let kind = match entry.file_type() {
                Ok(kind) if !kind.is_symlink() => Some(kind),
                _ => fs::metadata(&path).ok().map(|metadata| metadata.file_type()),
            };
            let is_folder = kind.is_some_and(|kind| kind.is_dir());
            let is_file = kind.is_none_or(|kind| kind.is_file());
            entries.push(Entry { name, path, is_folder, is_file });
        }
    }
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(entries)
}

const FEED: &str = "feed.toml";

fn place(folder: &Slug, name: &str) -> String {
    format!("{folder}/{name}")
}

/// The place of an event's file below the root.
#[must_use]
pub fn event_place(folder: &Slug, event: &Slug) -> String {
    place(folder, &format!("{event}.md"))
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
