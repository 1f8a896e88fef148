//! Reads a tree, and decides which names may be published and what is text.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::files::shown;
use super::{
    Asset, EditedFile, FEED, FeedFolder, MAX_ASSET_LEN, MAX_FILE_LEN, SourceFile, SourceFiles,
    Tree, missing,
};
use crate::files::{FolderEntry, Kind};
use crate::model::{FileName, Slug, is_forbidden_in_lines, normalise, places};
use crate::source::LoadError;
use crate::source::diagnostic::{Diagnostic, Problem};

/// Reads all files of a tree. A file with the bytes that it has in `good` is taken from there, so that no text is in
/// memory twice. If the root cannot be listed, everything is as it was last good.
///
/// # Errors
/// [`LoadError::Unreadable`] if the root cannot be listed and nothing was good before; mistakes in it end in
/// diagnostics.
pub(crate) fn read(tree: &dyn Tree, good: &SourceFiles) -> Result<SourceFiles, LoadError> {
    let entries = match list(tree, "") {
        Ok(entries) => entries,
        Err(error) if good.site.is_none() => {
            return Err(LoadError::Unreadable { path: PathBuf::from(tree.root()), error });
        }
        Err(error) => {
            let diagnostics = vec![unreadable(tree, "", &error)];
            return Ok(SourceFiles { diagnostics, ..good.clone() });
        }
    };
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
            Err(error) => {
                self.files.unlisted.push(slug);
                return self.files.diagnostics.push(unreadable(self.tree, name, &error));
            }
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
            let known = stem(entry).and_then(|slug| good.event(slug));
            let read = read_text(tree, entry, place, known.map(|(_, file)| file), buffer);
            // A file that is known has a name that was found good before.
            let slug = known.filter(|_| read.edited.is_none()).map(|(slug, _)| slug.clone());
            (slug, read)
        });
        let files: Vec<_> = read.collect();
        for (entry, (slug, read)) in entries.iter().zip(files) {
            let place = || format!("{}/{}", feed.slug, entry.name);
            let slug = slug.or_else(|| self.slug(stem(entry).unwrap_or_default(), &place()));
            feed.events.extend(slug.zip(self.kept(read, place)));
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
        let read = read_text(self.tree, entry, place, good.as_ref(), &mut self.buffer);
        self.kept(read, || place.to_owned())
    }

    fn read_asset(
        &mut self,
        entry: &FolderEntry,
        place: &str,
        name: FileName,
        good: &[Asset],
    ) -> Option<Asset> {
        let buffer = &mut self.buffer;
        let file = read_bytes(self.tree, entry, place, MAX_ASSET_LEN, buffer);
        let hash = xxh3_128(buffer);
        let known = good.iter().find(|one| one.name == name && one.hash == hash).cloned();
        let edited = known.is_none().then(|| edited(self.tree, place, hash, "".into()));
        let path = shown(self.tree.root(), place);
        let new = || Asset { path, name, bytes: buffer.as_slice().into(), hash };
        let file = file.map(|()| known.unwrap_or_else(new));
        self.kept(ReadFile { file, edited }, || place.to_owned())
    }

    /// Returns the file, or puts its problem among the diagnostics.
    fn kept<T>(&mut self, read: ReadFile<T>, place: impl FnOnce() -> String) -> Option<T> {
        self.files.edited.extend(read.edited.map(|edited| (place(), edited)));
        read.file.map_err(|problem| self.files.diagnostics.push(*problem)).ok()
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

/// A file as it was read.
struct ReadFile<T> {
    file: Result<T, Box<Diagnostic>>,
    /// What is known of it if it is not as it was last good.
    edited: Option<EditedFile>,
}

/// Reads a definition file; one with the bytes of `known` is taken from there, and its text is not normalised again.
fn read_text(
    tree: &dyn Tree,
    entry: &FolderEntry,
    place: &str,
    known: Option<&SourceFile>,
    buffer: &mut Vec<u8>,
) -> ReadFile<SourceFile> {
    let read = read_bytes(tree, entry, place, MAX_FILE_LEN, buffer);
    let hash = xxh3_128(buffer);
    if let (Some(known), Ok(())) = (known.filter(|known| known.hash == hash), &read) {
        return ReadFile { file: Ok(known.clone()), edited: None };
    }
    let (file, problem) = text(tree.root(), place, buffer, hash);
    let edited = Some(edited(tree, place, hash, Arc::clone(&file.text)));
    let file = read.and(problem.map_or(Ok(file), Err));
    ReadFile { file, edited }
}

fn edited(tree: &dyn Tree, place: &str, hash: u128, text: Arc<str>) -> EditedFile {
    let (age, is_closed) = (tree.age(place), tree.is_closed(place));
    EditedFile { hash, age, is_closed, is_open: tree.is_open(place), text }
}

/// Normalises the bytes of a file to text; what is not UTF-8 and control characters are a problem.
fn text(
    root: &str,
    place: &str,
    bytes: &[u8],
    hash: u128,
) -> (SourceFile, Option<Box<Diagnostic>>) {
    // What is not UTF-8 is replaced by U+FFFD, so that the diagnostic can show the line in which it stands.
    let (text, is_utf8) = match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), true),
        Err(_) => (String::from_utf8_lossy(bytes), false),
    };
    let text = normalise(&text).into();
    let file = SourceFile { path: shown(root, place), text, hash };
    // What is checked is the normalised text, since the diagnostic shows that one.
    let problem = if is_utf8 { control_character(&file.text) } else { invalid_utf8(&file.text) };
    let problem = problem.map(|(at, problem)| {
        let len = file.text[at..].chars().next().map_or(0, char::len_utf8);
        Box::new(Diagnostic::new(&file, Some(at..at + len), problem))
    });
    (file, problem)
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
