//! The last-good store on the disk: one file beside the record, to which entries are appended.
//!
//! A file for each content was tried first: that took 5.5 s for 10,000 events at a first start. An
//! entry is a line, then the bytes, then an end of line:
//!
//! ```text
//! put <hash of what was read> <length> <checksum> <place>
//! remove 0 0 <checksum> <place>
//! ```
//!
//! A later entry of a place replaces an earlier one. A kill may leave half an entry at the end:
//! from the first one that is not whole, everything is ignored, and the file is written anew.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use tracing::warn;
use xxhash_rust::xxh3::Xxh3;

use crate::config::Config;
use crate::files;
use crate::source::{
    FileContent, Folder, LastGood, SourceFiles, SourcePath, StoredContent, Tree, read,
};

/// The name of the file, beside the record.
const FILE: &str = ".last-good.log";
/// The folder of earlier versions, which had a file for each content.
const OLD_FOLDER: &str = ".last-good";
/// The first line of the file.
const FIRST_LINE: &str = "aushang last good 1\n";
/// The greatest length of an entry's line, and of the content behind it, in bytes.
const MAX_LINE_LEN: u64 = 1024;
const MAX_LEN: usize = 16 * 1024 * 1024;
/// The greatest length that is read of the file, in bytes.
const MAX_FILE_LEN: u64 = 4 * 1024 * 1024 * 1024;

/// The last-good store in its file.
pub(super) struct LastGoodFile {
    path: PathBuf,
    kept: LastGood,
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
        let (mut kept, mut len) = (BTreeMap::new(), None);
        match files::open(&path, MAX_FILE_LEN) {
            Ok(Some(file)) => len = read_entries(BufReader::new(file), &mut kept),
            Ok(None) => kept = old_folder.as_deref().map(read_folder).unwrap_or_default(),
            Err(error) => warn!("{}: {error}", path.display()),
        }
        let root = Folder::new(&config.feeds);
        let kept = LastGood::from_stored(root.root(), kept);
        Self { path, kept, len, old_folder, is_failing: false }
    }

    /// Returns the stored contents.
    pub(crate) fn kept(&self) -> &LastGood {
        &self.kept
    }

    /// Stores these contents in place of the others; those that are stored already are not written
    /// again. A failure is logged once, and the next call tries again.
    pub(crate) fn keep(&mut self, good: &LastGood) {
        let result = self.write(good);
        if let (Err(error), false) = (&result, self.is_failing) {
            warn!("{}: {error}: the last good texts cannot be stored", self.path.display());
        }
        self.is_failing = result.is_err();
    }

    fn write(&mut self, good: &LastGood) -> io::Result<()> {
        let new = self.kept.differences(good);
        if new.is_empty() && self.len.is_some() && self.old_folder.is_none() {
            return Ok(());
        }
        let _lock = files::lock(&self.path)?;
        let len = self
            .len
            .filter(|len| files::len(&self.path).is_ok_and(|on_disk| on_disk == Some(*len)));
        // If writing fails half-way, nobody knows the length, and the file is written anew.
        self.len = None;
        let added = new.iter().map(|(place, content)| entry_len(place, *content)).sum::<u64>();
        let added = len.map(|len| len + added);
        // Entries that were replaced may fill half of the file; then it is written anew.
        self.len = match added.filter(|len| *len <= 2 * live_len(good)) {
            Some(len) => {
                files::append(&self.path, |mut out| {
                    new.iter()
                        .try_for_each(|(place, content)| write_entry(&mut out, place, *content))
                })?;
                Some(len)
            }
            None => Some(write_all(&self.path, good)?),
        };
        self.kept = good.clone();
        // Only now are its contents in the file.
        if let Some(folder) = &self.old_folder {
            files::remove_folder(folder)?;
            self.old_folder = None;
        }
        Ok(())
    }
}

fn len_of(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

/// Returns the length of a file that holds nothing but these contents, in bytes.
fn live_len(good: &LastGood) -> u64 {
    let entries = good.contents().map(|(place, content)| entry_len(&place, Some(content)));
    len_of(FIRST_LINE.as_bytes()) + entries.sum::<u64>()
}

/// Writes a file that holds nothing but these contents, and returns its length.
fn write_all(path: &Path, good: &LastGood) -> io::Result<u64> {
    files::write_with(path, |mut out| {
        out.write_all(FIRST_LINE.as_bytes())?;
        good.contents()
            .try_for_each(|(place, content)| write_entry(&mut out, &place, Some(content)))
    })?;
    Ok(live_len(good))
}

fn write_entry(
    out: &mut impl Write,
    place: &SourcePath<'_>,
    content: Option<FileContent<'_>>,
) -> io::Result<()> {
    let bytes = content.map_or(&[][..], |content| content.bytes);
    let (head, place) = (head(content), place.to_string());
    writeln!(out, "{head} {:016x} {place}", checksum(&head, &place, bytes))?;
    out.write_all(bytes)?;
    out.write_all(b"\n")
}

/// Returns the length of an entry in bytes: its parts, and what [`write_entry`] puts between them.
fn entry_len(place: &SourcePath<'_>, content: Option<FileContent<'_>>) -> u64 {
    let bytes = content.map_or(0, |content| content.bytes.len());
    // Eighteen: a space, sixteen digits of the checksum, and a space.
    let len = head(content).len() + 18 + place.to_string().len() + 1 + bytes + 1;
    u64::try_from(len).unwrap_or(u64::MAX)
}

/// Returns the start of an entry's line; without a content, the entry removes its place.
fn head(content: Option<FileContent<'_>>) -> String {
    match content {
        Some(FileContent { hash, bytes }) => format!("put {hash:032x} {}", bytes.len()),
        None => "remove 0 0".to_owned(),
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
/// are.
fn read_entries(mut file: impl BufRead, kept: &mut BTreeMap<String, StoredContent>) -> Option<u64> {
    let mut len = 0;
    let form = read_line(&mut file)?;
    if form != FIRST_LINE {
        return None;
    }
    len += len_of(form.as_bytes());
    loop {
        let line = read_line(&mut file)?;
        if line.is_empty() {
            return Some(len);
        }
        let (place, content) = read_entry(&line, &mut file)?;
        let bytes = content.as_ref().map_or(0, |content| len_of(&content.bytes));
        len += len_of(line.as_bytes()) + bytes + 1;
        match content {
            Some(content) => drop(kept.insert(place, content)),
            None => drop(kept.remove(&place)),
        }
    }
}

/// Reads a line with its end; it is empty at the end of the file.
fn read_line(file: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    file.take(MAX_LINE_LEN).read_line(&mut line).ok()?;
    (line.is_empty() || line.ends_with('\n')).then_some(line)
}

/// Reads the rest of the entry with this line; returns `None` if it is not whole.
fn read_entry(line: &str, file: &mut impl Read) -> Option<(String, Option<StoredContent>)> {
    // The place comes last, since a file name may hold a space.
    let mut parts = line.trim_end_matches('\n').splitn(5, ' ');
    let mut next = || parts.next();
    let (what, hash, len, sum, place) = (next()?, next()?, next()?, next()?, next()?);
    // The length is checked before room is made: a broken file must not ask for all memory.
    let mut bytes = vec![0; len.parse().ok().filter(|len| *len <= MAX_LEN)?];
    file.read_exact(&mut bytes).ok()?;
    let mut end = [0];
    file.read_exact(&mut end).ok()?;
    let is_whole = end == *b"\n"
        && u64::from_str_radix(sum, 16).ok()?
            == checksum(&format!("{what} {hash} {len}"), place, &bytes);
    let content = match what {
        "put" => Some(StoredContent { bytes, hash: u128::from_str_radix(hash, 16).ok()? }),
        _ => None,
    };
    is_whole.then(|| (place.to_owned(), content))
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
