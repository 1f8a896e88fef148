//! The last-good store on the disk: one file beside the record, to which entries are appended.
//!
//! A file for each content was tried first: that took 5.5 s for 10,000 events at a first start. An
//! entry is a line, then the bytes, then an end of line:
//!
//! ```text
//! put <hash of what was read> <length> <checksum> <place>
//! remove 0 0 <checksum> <place>
//! held <seconds since 1970> 0 <checksum> <place>
//! released 0 0 <checksum> <place>
//! ```
//!
//! A later entry of a place replaces an earlier one; that an item is held back, and since when, is beside its content. A kill may leave half an entry at the end:
//! from the first one that is not whole, everything is ignored, and the file is written anew.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use tracing::warn;
use xxhash_rust::xxh3::Xxh3;

use crate::config::Config;
use crate::files;
use crate::source::{FileContent, Folder, LastGood, SourceFiles, StoredContent, Tree, read};

/// The name of the file, beside the record.
const FILE: &str = ".last-good.log";
/// The folder of earlier versions, which had a file for each content.
const OLD_FOLDER: &str = ".last-good";
/// The first line of the file.
const FIRST_LINE: &str = "aushang last good 2\n";
/// The first line of earlier versions, which noted nothing that is held back.
const OLD_FIRST_LINE: &str = "aushang last good 1\n";
/// The greatest length of an entry's line, and of the content behind it, in bytes.
const MAX_LINE_LEN: u64 = 1024;
const MAX_LEN: usize = 16 * 1024 * 1024;
/// The greatest length that is read of the file, in bytes.
const MAX_FILE_LEN: u64 = 4 * 1024 * 1024 * 1024;

/// The instants since which items are held back, by place.
pub(super) type HeldSince = BTreeMap<String, DateTime<Utc>>;

/// The entries of the file.
#[derive(Default)]
struct Entries {
    contents: BTreeMap<String, StoredContent>,
    since: HeldSince,
}

/// What an entry says of its place.
#[derive(Clone, Copy)]
enum Entry<'a> {
    Put(FileContent<'a>),
    Remove,
    Held(DateTime<Utc>),
    Released,
}

/// The last-good store in its file.
pub(super) struct LastGoodFile {
    path: PathBuf,
    kept: LastGood,
    /// The instants since which items are held back, by place.
    since: HeldSince,
    /// The length of the file if nobody else wrote it; `None` if it has to be written anew.
    len: Option<u64>,
    /// The folder of an earlier version, until it is removed.
    old_folder: Option<PathBuf>,
    /// Whether it was logged that the file cannot be written.
    is_failing: bool,
}

impl LastGoodFile {
    /// Reads the file beside the record.
    pub(crate) fn open(config: &Config) -> Self {
        let path = config.record.with_file_name(FILE);
        let old = config.record.with_file_name(OLD_FOLDER);
        let old_folder = files::is_folder(&old).then_some(old);
        let (mut entries, mut len) = (Entries::default(), None);
        match files::open(&path, MAX_FILE_LEN) {
            Ok(Some(file)) => len = read_entries(BufReader::new(file), &mut entries),
            Ok(None) => {
                entries.contents = old_folder.as_deref().map(read_folder).unwrap_or_default();
            }
            Err(error) => warn!("{}: {error}", path.display()),
        }
        let root = Folder::new(&config.feeds);
        let Entries { contents, since } = entries;
        let kept = LastGood::from_stored(root.root(), contents);
        Self { path, kept, since, len, old_folder, is_failing: false }
    }

    /// Returns the stored contents.
    pub(crate) fn kept(&self) -> &LastGood {
        &self.kept
    }

    /// Returns the instants since which items are held back.
    pub(crate) fn since(&self) -> &HeldSince {
        &self.since
    }

    /// Stores these contents in place of the others; those that are stored already are not written
    /// again. A failure is logged once, and the next call tries again.
    pub(crate) fn keep(&mut self, good: &LastGood, since: &HeldSince) {
        let result = self.write(good, since);
        if let (Err(error), false) = (&result, self.is_failing) {
            warn!("{}: {error}: the last good texts cannot be stored", self.path.display());
        }
        self.is_failing = result.is_err();
    }

    fn write(&mut self, good: &LastGood, since: &HeldSince) -> io::Result<()> {
        let mut new = self.changes(since);
        let contents = self.kept.differences(good).into_iter();
        new.extend(contents.map(|(place, content)| {
            (place.to_string(), content.map_or(Entry::Remove, Entry::Put))
        }));
        if new.is_empty() && self.len.is_some() && self.old_folder.is_none() {
            return Ok(());
        }
        let _lock = files::lock(&self.path)?;
        let len = self
            .len
            .filter(|len| files::len(&self.path).is_ok_and(|on_disk| on_disk == Some(*len)));
        // If writing fails half-way, nobody knows the length, and the file is written anew.
        self.len = None;
        let added = new.iter().map(|(place, entry)| entry_len(place, *entry)).sum::<u64>();
        let added = len.map(|len| len + added);
        // Entries that were replaced may fill half of the file; then it is written anew.
        self.len = match added.filter(|len| *len <= 2 * live_len(good, since)) {
            Some(len) => {
                files::append(&self.path, |mut out| {
                    new.iter().try_for_each(|(place, entry)| write_entry(&mut out, place, *entry))
                })?;
                Some(len)
            }
            None => Some(write_all(&self.path, good, since)?),
        };
        (self.kept, self.since) = (good.clone(), since.clone());
        // Only now are its contents in the file.
        if let Some(folder) = &self.old_folder {
            files::remove_folder(folder)?;
            self.old_folder = None;
        }
        Ok(())
    }

    /// Returns the entries about items that are held back now, or no longer.
    fn changes<'a>(&self, since: &HeldSince) -> Vec<(String, Entry<'a>)> {
        let is_new = |(place, at): &(&String, &DateTime<Utc>)| self.since.get(*place) != Some(*at);
        let held = since.iter().filter(is_new);
        let held = held.map(|(place, at)| (place.clone(), Entry::Held(*at)));
        let released = self.since.keys().filter(|place| !since.contains_key(*place));
        held.chain(released.map(|place| (place.clone(), Entry::Released))).collect()
    }
}

fn len_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// Returns all entries of a file that holds nothing else.
fn entries<'a>(
    good: &'a LastGood,
    since: &'a HeldSince,
) -> impl Iterator<Item = (String, Entry<'a>)> {
    let contents = good.contents().map(|(place, content)| (place.to_string(), Entry::Put(content)));
    contents.chain(since.iter().map(|(place, at)| (place.clone(), Entry::Held(*at))))
}

/// Returns the length of a file that holds nothing but these entries, in bytes.
fn live_len(good: &LastGood, since: &HeldSince) -> u64 {
    let entries = entries(good, since).map(|(place, entry)| entry_len(&place, entry));
    len_of(FIRST_LINE.as_bytes()) + entries.sum::<u64>()
}

/// Writes a file that holds nothing but these entries, and returns its length.
fn write_all(path: &Path, good: &LastGood, since: &HeldSince) -> io::Result<u64> {
    files::write_with(path, |mut out| {
        out.write_all(FIRST_LINE.as_bytes())?;
        entries(good, since).try_for_each(|(place, entry)| write_entry(&mut out, &place, entry))
    })?;
    Ok(live_len(good, since))
}

fn write_entry(out: &mut impl Write, place: &str, entry: Entry<'_>) -> io::Result<()> {
    let (head, bytes) = (head(entry), bytes(entry));
    writeln!(out, "{head} {:016x} {place}", checksum(&head, place, bytes))?;
    out.write_all(bytes)?;
    out.write_all(b"\n")
}

/// Returns the length of an entry in bytes: its parts, and what [`write_entry`] puts between them.
fn entry_len(place: &str, entry: Entry<'_>) -> u64 {
    // Eighteen: a space, sixteen digits of the checksum, and a space.
    let len = head(entry).len() + 18 + place.len() + 1 + bytes(entry).len() + 1;
    u64::try_from(len).unwrap_or(u64::MAX)
}

/// Returns the start of an entry's line.
fn head(entry: Entry<'_>) -> String {
    match entry {
        Entry::Put(FileContent { hash, bytes }) => format!("put {hash:032x} {}", bytes.len()),
        Entry::Remove => "remove 0 0".to_owned(),
        Entry::Held(since) => format!("held {} 0", since.timestamp()),
        Entry::Released => "released 0 0".to_owned(),
    }
}

fn bytes(entry: Entry<'_>) -> &[u8] {
    match entry {
        Entry::Put(content) => content.bytes,
        _ => &[],
    }
}

/// Returns the XXH3 hash of all parts of an entry.
fn checksum(head: &str, place: &str, bytes: &[u8]) -> u64 {
    let mut hash = Xxh3::new();
    for part in [head.as_bytes(), b" ", place.as_bytes(), b"\n", bytes] {
        hash.update(part);
    }
    hash.digest()
}

/// Reads all entries up to the first one that is not whole; returns the length of the file if all
/// are, and it is of this version.
fn read_entries(mut file: impl BufRead, entries: &mut Entries) -> Option<u64> {
    let mut len = 0;
    let form = read_line(&mut file)?;
    if form != FIRST_LINE && form != OLD_FIRST_LINE {
        return None;
    }
    len += len_of(form.as_bytes());
    loop {
        let line = read_line(&mut file)?;
        if line.is_empty() {
            return Some(len).filter(|_| form == FIRST_LINE);
        }
        len += len_of(line.as_bytes()) + read_entry(&line, &mut file, entries)? + 1;
    }
}

/// Reads a line with its end; it is empty at the end of the file.
fn read_line(file: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    file.take(MAX_LINE_LEN).read_line(&mut line).ok()?;
    (line.is_empty() || line.ends_with('\n')).then_some(line)
}

/// Reads the rest of the entry with this line and returns its length; `None` if it is not whole.
fn read_entry(line: &str, file: &mut impl Read, entries: &mut Entries) -> Option<u64> {
    // The place comes last, since a file name may hold a space.
    let mut parts = line.trim_end_matches('\n').splitn(5, ' ');
    let mut next = || parts.next();
    let (what, value, len, sum, place) = (next()?, next()?, next()?, next()?, next()?);
    // The length is checked before room is made: a broken file must not ask for all memory.
    let mut bytes = vec![0; len.parse().ok().filter(|len| *len <= MAX_LEN)?];
    file.read_exact(&mut bytes).ok()?;
    let mut end = [0];
    file.read_exact(&mut end).ok()?;
    let head = format!("{what} {value} {len}");
    if end != *b"\n" || u64::from_str_radix(sum, 16).ok()? != checksum(&head, place, &bytes) {
        return None;
    }
    let (len, place) = (len_of(&bytes), place.to_owned());
    match what {
        "put" => {
            let hash = u128::from_str_radix(value, 16).ok()?;
            entries.contents.insert(place, StoredContent { bytes, hash });
        }
        "held" => {
            let since = DateTime::from_timestamp(value.parse().ok()?, 0)?;
            entries.since.insert(place, since);
        }
        "released" => drop(entries.since.remove(&place)),
        _ => drop(entries.contents.remove(&place)),
    }
    Some(len)
}

/// Reads the folder of an earlier version.
fn read_folder(folder: &Path) -> BTreeMap<String, StoredContent> {
    let files = read(&Folder::new(folder), &SourceFiles::default()).unwrap_or_default();
    let contents = LastGood::of(files.into());
    let kept = contents.contents().map(|(place, FileContent { bytes, hash })| {
        (place.to_string(), StoredContent { bytes: bytes.to_owned(), hash })
    });
    kept.collect()
}
