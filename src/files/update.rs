//! Brings many files up to date.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::write::{folder, replace, sync_folder, target};

/// How many files are on their way to the disk at once. A disk syncs many in the time of one: 38,000
/// files of 6 kB took 12.3 s one after the other, 3.7 s in this way, 1.4 s without any sync.
const THREADS: usize = 16;

/// Writes the files that do not hold their bytes yet, each atomically, and returns how many these were;
/// the others are not touched, so that a web server keeps their entity tags. `file` gives the
/// path of an item and the parts of its content.
///
/// # Errors
/// The path of a file that cannot be written, and why; others may have been written.
pub fn update<T: Sync, B: AsRef<[u8]>>(
    items: &[T],
    file: impl Fn(&T) -> (PathBuf, Vec<B>) + Sync,
) -> Result<usize, (PathBuf, io::Error)> {
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut written, mut folders, mut buffer) = (0, BTreeSet::new(), Vec::new());
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (path, parts) = file(item);
            if holds(&path, &parts, &mut buffer).is_ok_and(|holds| holds) {
                continue;
            }
            let written_to = target(&path).and_then(|path| {
                replace(&path, |out| {
                    parts.iter().try_for_each(|part| out.write_all(part.as_ref()))
                })?;
                Ok(folder(&path).to_owned())
            });
            folders.insert(written_to.map_err(|error| (path, error))?);
            written += 1;
        }
        Ok((written, folders))
    };
    let results: Vec<Result<_, _>> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS.min(items.len())).map(|_| scope.spawn(work)).collect();
        let joined = threads.into_iter().map(thread::ScopedJoinHandle::join);
        joined.map(|one| one.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let (mut count, mut folders) = (0, BTreeSet::new());
    for result in results {
        let (written, own) = result?;
        count += written;
        folders.extend(own);
    }
    for folder in folders {
        sync_folder(&folder).map_err(|error| (folder, error))?;
    }
    Ok(count)
}

/// Returns whether a file holds these bytes and no others; `buffer` is used again and again.
fn holds(path: &Path, parts: &[impl AsRef<[u8]>], buffer: &mut Vec<u8>) -> io::Result<bool> {
    let file = File::open(path)?;
    let len: usize = parts.iter().map(|part| part.as_ref().len()).sum();
    if u64::try_from(len).ok() != Some(file.metadata()?.len()) {
        return Ok(false);
    }
    let mut file = BufReader::new(file);
    for part in parts {
        buffer.resize(part.as_ref().len(), 0);
        file.read_exact(buffer)?;
        if buffer != part.as_ref() {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::MetadataExt;

    use super::*;

    #[test]
    fn only_files_that_hold_other_bytes_are_written() {
        let root = tempfile::tempdir().expect("a folder");
        let items: Vec<usize> = (0..100).collect();
        let path = |number: &usize| root.path().join(format!("{}/{number}", number % 7));
        let text = |number: &usize, edited: usize| {
            let edition = if *number == edited { "edited" } else { "" };
            [number.to_string(), "parts".repeat(number % 3), edition.to_owned()]
        };
        let inode = |number: usize| fs::metadata(path(&number)).expect("a file").ino();
        assert_eq!(
            update(&items, |one| (path(one), text(one, 100).to_vec())).expect("written"),
            100
        );
        let before: Vec<u64> = items.iter().map(|one| inode(*one)).collect();
        assert_eq!(update(&items, |one| (path(one), text(one, 5).to_vec())).expect("written"), 1);
        for number in items {
            assert_eq!(inode(number) == before[number], number != 5, "{number}");
            let written = fs::read_to_string(path(&number)).expect("a file");
            assert_eq!(written, text(&number, 5).concat());
        }
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let root = tempfile::tempdir().expect("a folder");
        fs::create_dir_all(root.path().join("a/b")).expect("a folder");
        let failed = update(&["a"], |name| (root.path().join(name), vec!["x"]));
        assert_eq!(failed.expect_err("it is a folder").0, root.path().join("a"));
    }
}
