//! Reads a folder of definitions into memory.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::LoadError;
use super::diagnostic::{Diagnostic, Problem};
use super::tree::{Asset, FEED, FeedFolder, Files, MAX_ASSET_LEN, MAX_FILE_LEN, SourceFile, shown};
use crate::index::Earlier;
use crate::model::{FileName, Slug, is_forbidden_in_lines, normalise, places};
use crate::parallel;

/// Room for a usual definition file, in octets.
const USUAL_FILE_LEN: usize = 16 * 1024;

/// Reads the folder `root`; texts that are as they were `earlier` are taken from there.
///
/// # Errors
/// [`LoadError::Unreadable`] if the folder itself cannot be listed; files in it end in diagnostics.
pub fn read(root: &Path, earlier: &Files) -> Result<Files, LoadError> {
    let mut files = Files::default();
    for entry in list(root).map_err(|error| LoadError::Unreadable { path: root.into(), error })? {
        match (entry.name.as_str(), entry.is_folder) {
            ("site.toml", false) => files.site = files.read_file(&entry, &earlier.site),
            ("venues.toml", false) => files.venues = files.read_file(&entry, &earlier.venues),
            ("organizers.toml", false) => {
                files.organizers = files.read_file(&entry, &earlier.organizers);
            }
            (_, true) => files.read_feed(&entry, earlier),
            // The publication record lies here, too.
            ("record.jsonl", false) => {}
            _ => files.report(&entry.path, Problem::IgnoredFile),
        }
    }
    Ok(files)
}

impl Files {
    fn read_feed(&mut self, folder: &Entry, earlier: &Files) {
        let Some(slug) = self.slug(&folder.name, &folder.path) else { return };
        let entries = match list(&folder.path) {
            Ok(entries) => entries,
            Err(error) => return self.diagnostics.push(unreadable(&folder.path, &error)),
        };
        let none = Arc::new(FeedFolder::new(slug.clone()));
        let earlier = earlier.folder(slug.as_str()).unwrap_or(&none);
        let mut feed = FeedFolder::new(slug);
        let (events, others): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|entry| !entry.is_folder && entry.stem().is_some());
        for entry in others {
            if entry.is_folder {
                self.report(&entry.path, Problem::NestedFolder);
            } else if entry.name == FEED {
                feed.feed = self.read_file(&entry, &earlier.feed);
            } else if let Some(name) = FileName::new(&entry.name) {
                let asset = read_asset(&entry, name, &earlier.assets);
                feed.assets.extend(asset.map_err(|problem| self.diagnostics.push(*problem)).ok());
            } else if let Some(nearest) = FileName::nearest(&entry.name) {
                let nearest = nearest.as_str().to_owned();
                self.report(&entry.path, Problem::NotAFileName { nearest });
            } else {
                self.report(&entry.path, Problem::IgnoredFile);
            }
        }
        let known = Earlier::of(&earlier.events, |(slug, _)| slug.as_str());
        let files = parallel::map_with(&events, Vec::new, |buffer, at, entry| {
            let known = known.find(at, entry.stem().unwrap_or_default());
            match known.filter(|(_, known)| is_still(entry, known, buffer)) {
                Some((slug, file)) => (Some(slug.clone()), Ok(file.clone())),
                None => (None, read_file(entry, buffer)),
            }
        });
        for (entry, (known, file)) in events.into_iter().zip(files) {
            let name = entry.stem().unwrap_or_default();
            let slug = known.or_else(|| self.slug(name, &entry.path));
            feed.events.extend(slug.zip(self.kept(file)));
        }
        let is_same = feed == **earlier;
        self.feeds.push(if is_same { Arc::clone(earlier) } else { Arc::new(feed) });
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

    fn read_file(&mut self, entry: &Entry, known: &Option<SourceFile>) -> Option<SourceFile> {
        let mut buffer = Vec::new();
        let known = known.as_ref().filter(|known| is_still(entry, known, &mut buffer));
        known.cloned().or_else(|| self.kept(read_file(entry, &mut buffer)))
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

/// Claims that what is in the file is still `known`, which is in its one form; reads it into `buffer`.
fn is_still(entry: &Entry, known: &SourceFile, buffer: &mut Vec<u8>) -> bool {
    let text = known.text.as_bytes();
    // With room for one octet more, a file that became longer is another one.
    buffer.resize(text.len() + 1, 0);
    let mut read = || fs::File::open(&entry.path)?.read(buffer);
    entry.is_file && read().is_ok_and(|len| buffer[..len] == *text)
}

fn read_file(entry: &Entry, buffer: &mut Vec<u8>) -> Result<SourceFile, Box<Diagnostic>> {
    read_octets(entry, MAX_FILE_LEN, buffer)?;
    let (text, is_utf8) = match std::str::from_utf8(buffer) {
        Ok(text) => (Cow::Borrowed(text), true),
        Err(_) => (String::from_utf8_lossy(buffer), false),
    };
    let file = SourceFile { path: shown(&entry.path), text: normalise(&text).into() };
    let problem = if is_utf8 { control_character(&file.text) } else { invalid_utf8(&file.text) };
    match problem {
        Some((at, problem)) => {
            let len = file.text[at..].chars().next().map_or(0, char::len_utf8);
            Err(Box::new(Diagnostic::new(&file, Some(at..at + len), problem)))
        }
        None => Ok(file),
    }
}

/// A picture or attachment; one that is as it is `known` is taken from there.
fn read_asset(entry: &Entry, name: FileName, known: &[Asset]) -> Result<Asset, Box<Diagnostic>> {
    let mut octets = Vec::new();
    read_octets(entry, MAX_ASSET_LEN, &mut octets)?;
    let path = shown(&entry.path);
    let known = known.iter().find(|known| known.path == path && *known.octets == *octets);
    Ok(known.cloned().unwrap_or_else(|| Asset { path, name, octets: octets.into() }))
}

/// Fills `octets` with what is in a file that has at most so many.
fn read_octets(entry: &Entry, limit: usize, octets: &mut Vec<u8>) -> Result<(), Box<Diagnostic>> {
    let path = &entry.path;
    let read = if entry.is_file {
        read_bounded(path, limit, octets)
    } else {
        Err(io::Error::other("it is not a file"))
    };
    let len = read.map_err(|error| Box::new(unreadable(path, &error)))?;
    if len > limit {
        return Err(Box::new(of_file(path, Problem::TooLarge { limit })));
    }
    Ok(())
}

/// Fills `octets` with the file, or with its beginning where it is too large.
fn read_bounded(path: &Path, limit: usize, octets: &mut Vec<u8>) -> io::Result<usize> {
    octets.clear();
    octets.reserve(USUAL_FILE_LEN);
    let limit = u64::try_from(limit).unwrap_or(u64::MAX) + 1;
    fs::File::open(path)?.take(limit).read_to_end(octets)
}

/// The first control character of `text`, with its place.
fn control_character(text: &str) -> Option<(usize, Problem)> {
    // What is forbidden begins with one of these octets, and most text has few of them.
    let suspects = places(text, |octet| {
        (octet < b' ' && octet != b'\n') || matches!(octet, 0x7f | 0xc2 | 0xe2 | 0xef)
    });
    let mut characters = suspects.filter_map(|at| Some((at, text[at..].chars().next()?)));
    let (at, character) = characters.find(|(_, c)| is_forbidden_in_lines(*c))?;
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
    /// Events stand by their slugs: without its ending, a name may have another place.
    fn order(&self) -> (&str, &str) {
        (self.stem().unwrap_or(&self.name), &self.name)
    }

    /// The name of an event's file without its ending.
    fn stem(&self) -> Option<&str> {
        self.name.strip_suffix(".md")
    }
}

/// The entries of a folder in one order, without those that begin with `_` or `.`.
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
    entries.sort_unstable_by(|one, other| one.order().cmp(&other.order()));
    Ok(entries)
}
