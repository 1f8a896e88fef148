//! Reads a tree, and decides which names may be published and what is text.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::files::shown;
use super::{
    Asset, FEED, FeedFolder, MAX_ASSET_LEN, MAX_FILE_LEN, SourceFile, SourceFiles, Tree, missing,
};
use crate::files::{FolderEntry, Kind};
use crate::model::{FileName, Slug, is_forbidden_in_lines, normalise, places};
use crate::source::LoadError;
use crate::source::diagnostic::{Diagnostic, Problem};

/// Reads all files of a tree. A file with the bytes that it has in `good` is taken from there, so that no text is in
/// memory twice.
///
/// # Errors
/// [`LoadError::Unreadable`] if the root cannot be listed; mistakes in it end in diagnostics.
pub(crate) fn read(tree: &dyn Tree, good: &SourceFiles) -> Result<SourceFiles, LoadError> {
    let unreadable = |error| LoadError::Unreadable { path: PathBuf::from(tree.root()), error };
    let entries = list(tree, "").map_err(unreadable)?;
    let files = SourceFiles { root: tree.root().to_owned(), ..SourceFiles::default() };
    let mut reader = TreeReader { tree, good, files, buffer: Vec::new() };
    for entry in entries {
        match (entry.name.as_str(), entry.kind) {
            (_, Kind::Folder) => reader.read_feed(&entry.name),
            ("site.toml", _) => reader.files.site = reader.read_top(&entry, &good.site),
            ("venues.toml", _) => reader.files.venues = reader.read_top(&entry, &good.venues),
            ("organizers.toml", _) => {
                reader.files.organizers = reader.read_top(&entry, &good.organizers);
            }
            // The publication record lies here, too, under version control with the definitions.
            ("record.jsonl", _) => {}
            _ => reader.report(&entry.name, Problem::IgnoredFile),
        }
    }
    Ok(reader.files)
}

/// Returns the entries of a folder in one order, without those that begin with `_` (left out by their author) or `.`.
fn list(tree: &dyn Tree, folder: &str) -> io::Result<Vec<FolderEntry>> {
    let mut entries = tree.list(folder)?;
    entries.retain(|entry| !entry.name.starts_with(['_', '.']));
    entries.sort_unstable_by(|one, other| order(one).cmp(&order(other)));
    Ok(entries)
}

/// Sorts events by their slugs: `a-b.md` comes before `a.md`, but the slug `a` before `a-b`.
fn order(entry: &FolderEntry) -> (&str, &str) {
    (stem(entry).unwrap_or(&entry.name), &entry.name)
}

/// Returns the name of an event file without its ending.
fn stem(entry: &FolderEntry) -> Option<&str> {
    entry.name.strip_suffix(".md")
}

struct TreeReader<'a> {
    tree: &'a dyn Tree,
    good: &'a SourceFiles,
    files: SourceFiles,
    /// The bytes of the file that was read last; one buffer for all of them.
    buffer: Vec<u8>,
}

impl TreeReader<'_> {
    fn read_feed(&mut self, name: &str) {
        let Some(slug) = self.slug(name, name) else { return };
        let entries = match list(self.tree, name) {
            Ok(entries) => entries,
            Err(error) => return self.files.diagnostics.push(unreadable(self.tree, name, &error)),
        };
        let none = FeedFolder::new(slug.clone());
        let good = self.good.folder(slug.as_str()).unwrap_or(&none);
        let mut feed = FeedFolder::new(slug);
        let (events, others): (Vec<FolderEntry>, Vec<FolderEntry>) = entries
            .into_iter()
            .partition(|entry| entry.kind != Kind::Folder && stem(entry).is_some());
        for entry in others {
            let place = format!("{name}/{}", entry.name);
            if entry.kind == Kind::Folder {
                self.report(&place, Problem::NestedFolder);
            } else if entry.name == FEED {
                feed.feed = self.read_file(&entry, &place, &good.feed);
            } else if let Some(name) = FileName::new(&entry.name) {
                feed.assets.extend(self.read_asset(&entry, &place, name, &good.assets));
            } else if let Some(nearest) = FileName::nearest(&entry.name) {
                let nearest = nearest.as_str().to_owned();
                self.report(&place, Problem::NotAFileName { nearest });
            } else {
                self.report(&place, Problem::IgnoredFile);
            }
        }
        self.read_events(&mut feed, &events, good);
        self.files.feeds.push(feed);
    }

    fn read_events(&mut self, feed: &mut FeedFolder, entries: &[FolderEntry], good: &FeedFolder) {
        // Events are nearly all of the files, so they are read on all cores, each with a buffer of its own.
        let (tree, folder) = (self.tree, &feed.slug);
        let tool = || (String::new(), Vec::new());
        let read = entries.par_iter().map_init(tool, |(place, buffer), entry| {
            place.clear();
            place.extend([folder.as_str(), "/", &entry.name]);
            read_bytes(tree, entry, place, MAX_FILE_LEN, buffer)?;
            let known = stem(entry).and_then(|slug| good.event(slug));
            // Equal bytes have equal texts: they are not normalised again, and the name was found good before.
            match known.filter(|(_, known)| known.hash == xxh3_128(buffer)) {
                Some((slug, file)) => Ok((Some(slug.clone()), file.clone())),
                None => text(tree.root(), place, buffer).map(|file| (None, file)),
            }
        });
        let files: Vec<_> = read.collect();
        for (entry, file) in entries.iter().zip(files) {
            let slug = if let Ok((Some(slug), _)) = &file {
                Some(slug.clone())
            } else {
                let name = stem(entry).unwrap_or_default();
                self.slug(name, &format!("{}/{}", feed.slug, entry.name))
            };
            feed.events.extend(slug.zip(self.kept(file.map(|(_, file)| file))));
        }
    }

    fn slug(&mut self, name: &str, place: &str) -> Option<Slug> {
        match Slug::new(name) {
            Some(slug) if slug.as_str() == "en" => {
                // `/en/…` are the paths of the English variant.
                self.report(place, Problem::ReservedSlug { slug });
                None
            }
            Some(slug) => Some(slug),
            None => {
                let nearest = Slug::nearest(name);
                self.report(place, Problem::NotASlug { name: name.to_owned(), nearest });
                None
            }
        }
    }

    fn read_top(&mut self, entry: &FolderEntry, good: &Option<SourceFile>) -> Option<SourceFile> {
        self.read_file(entry, &entry.name, good)
    }

    fn read_file(
        &mut self,
        entry: &FolderEntry,
        place: &str,
        good: &Option<SourceFile>,
    ) -> Option<SourceFile> {
        let buffer = &mut self.buffer;
        let read = read_bytes(self.tree, entry, place, MAX_FILE_LEN, buffer);
        let file = read.and_then(|()| {
            let known = good.as_ref().filter(|good| good.hash == xxh3_128(buffer));
            known.cloned().map_or_else(|| text(self.tree.root(), place, buffer), Ok)
        });
        self.kept(file)
    }

    fn read_asset(
        &mut self,
        entry: &FolderEntry,
        place: &str,
        name: FileName,
        good: &[Asset],
    ) -> Option<Asset> {
        let buffer = &mut self.buffer;
        let read = read_bytes(self.tree, entry, place, MAX_ASSET_LEN, buffer);
        let asset = read.map(|()| {
            let hash = xxh3_128(buffer);
            let known = good.iter().find(|one| one.name == name && one.hash == hash);
            known.cloned().unwrap_or_else(|| {
                let path = shown(self.tree.root(), place);
                Asset { path, name, bytes: buffer.as_slice().into(), hash }
            })
        });
        self.kept(asset)
    }

    /// Returns the file, or puts its problem among the diagnostics.
    fn kept<T>(&mut self, file: Result<T, Box<Diagnostic>>) -> Option<T> {
        file.map_err(|problem| self.files.diagnostics.push(*problem)).ok()
    }

    fn report(&mut self, place: &str, problem: Problem) {
        self.files.diagnostics.push(of_file(self.tree, place, problem));
    }
}

/// Returns a problem of a whole file or folder.
fn of_file(tree: &dyn Tree, place: &str, problem: Problem) -> Diagnostic {
    Diagnostic::new(&missing(tree.root(), place), None, problem)
}

fn unreadable(tree: &dyn Tree, place: &str, error: &io::Error) -> Diagnostic {
    of_file(tree, place, Problem::Unreadable { reason: error.to_string() })
}

/// Fills `buffer` with a file; one of more than `limit` bytes is a problem.
fn read_bytes(
    tree: &dyn Tree,
    entry: &FolderEntry,
    place: &str,
    limit: usize,
    buffer: &mut Vec<u8>,
) -> Result<(), Box<Diagnostic>> {
    let read = match entry.kind {
        Kind::File => tree.read(place, limit, buffer),
        // A pipe or a device is not even opened: reading it may never end.
        Kind::Folder | Kind::Other => Err(io::Error::other("it is not a file")),
    };
    read.map_err(|error| Box::new(unreadable(tree, place, &error)))?;
    if buffer.len() > limit {
        return Err(Box::new(of_file(tree, place, Problem::TooLarge { limit })));
    }
    Ok(())
}

/// Normalises the bytes of a file to text, and refuses what is not UTF-8 or has control characters.
fn text(root: &str, place: &str, bytes: &[u8]) -> Result<SourceFile, Box<Diagnostic>> {
    // What is not UTF-8 is replaced by U+FFFD, so that the diagnostic can show the line in which it stands.
    let (text, is_utf8) = match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), true),
        Err(_) => (String::from_utf8_lossy(bytes), false),
    };
    let text = normalise(&text).into();
    let file = SourceFile { path: shown(root, place), text, hash: xxh3_128(bytes) };
    // What is checked is the normalised text, since the diagnostic shows that one.
    let problem = if is_utf8 { control_character(&file.text) } else { invalid_utf8(&file.text) };
    match problem {
        Some((at, problem)) => {
            let len = file.text[at..].chars().next().map_or(0, char::len_utf8);
            Err(Box::new(Diagnostic::new(&file, Some(at..at + len), problem)))
        }
        None => Ok(file),
    }
}

/// Returns the first control character of `text`, with its place.
fn control_character(text: &str) -> Option<(usize, Problem)> {
    // Bytes are looked at before characters, for speed: what is forbidden begins with one of these, and most
    // text has few of them.
    let suspects = places(text, |byte| {
        (byte < b' ' && byte != b'\n') || matches!(byte, 0x7f | 0xc2 | 0xe2 | 0xef)
    });
    let mut characters = suspects.filter_map(|at| Some((at, text[at..].chars().next()?)));
    let (at, character) = characters.find(|(_, c)| is_forbidden_in_lines(*c))?;
    Some((at, Problem::ControlCharacter { character }))
}

/// Returns the place of the first bytes that are not UTF-8.
fn invalid_utf8(lossy: &str) -> Option<(usize, Problem)> {
    Some((lossy.find(char::REPLACEMENT_CHARACTER)?, Problem::InvalidUtf8))
}
