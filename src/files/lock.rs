//! Locks between processes. None is waited for without a limit: whoever holds it may have been stopped.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::beside;
use super::read::{open_folder, open_with};

/// How long a lock is waited for: the largest record is written in less.
const LIMIT: Duration = Duration::from_secs(5);
/// The first and the longest pause between two attempts.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(50);

/// The right to write a file, or into a folder, alone among all processes; it ends with this value.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "the lock ends when the file is closed")] File);

/// Takes the lock of the file at `path`, if need be as soon as no other process holds it.
///
/// # Errors
/// The lock's own file, `.<name>.lock` in the same folder, cannot be made, or another process holds
/// the lock for 5 s.
pub(crate) fn lock(path: &Path) -> io::Result<Lock> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // A file of its own: the record itself is replaced by another one at each write.
    take(open_with(File::options().create(true).append(true), &beside(path, "lock"))?, LIMIT)
}

/// Takes the lock of a folder, if need be as soon as no other process holds it; no file is left in
/// the folder.
///
/// # Errors
/// The folder cannot be made or opened, or another process holds the lock for 5 s.
pub(crate) fn lock_folder(folder: &Path) -> io::Result<Lock> {
    fs::create_dir_all(folder)?;
    // A lock file would be published with an exported site.
    take(open_folder(folder)?, LIMIT)
}

fn take(file: File, limit: Duration) -> io::Result<Lock> {
    let (mut waited, mut pause) = (Duration::ZERO, FIRST_PAUSE);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock(file)),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if waited >= limit => return Err(held(&file, limit)),
            Err(TryLockError::WouldBlock) => {}
        }
        // No system waits for this kind of lock with a limit.
        thread::sleep(pause);
        waited += pause;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Makes the error for a lock that another process holds.
fn held(file: &File, limit: Duration) -> io::Error {
    let holder = holder(file).map(|process| format!(" ({process})")).unwrap_or_default();
    let seconds = limit.as_secs_f64();
    let sentence = format!(
        "another process{holder} has been writing here for {seconds} s: wait until it ends, or end it"
    );
    io::Error::new(ErrorKind::TimedOut, sentence)
}

/// Returns the number of the process that holds the lock of a file, if the system says so.
#[cfg(target_os = "linux")]
fn holder(file: &File) -> Option<u32> {
    use std::io::Read;
    use std::os::unix::fs::MetadataExt;

    use rustix::fs::{major, minor};

    const MAX_LEN: u64 = 1024 * 1024;
    let metadata = file.metadata().ok()?;
    let device = metadata.dev();
    let inode = format!("{:02x}:{:02x}:{}", major(device), minor(device), metadata.ino());
    let mut locks = String::new();
    File::open("/proc/locks").ok()?.take(MAX_LEN).read_to_string(&mut locks).ok()?;
    holder_in(&locks, &inode)
}

#[cfg(not(target_os = "linux"))]
fn holder(_: &File) -> Option<u32> {
    None
}

/// Finds the holder in a list such as `1: FLOCK  ADVISORY  WRITE 4711 fd:00:42 0 EOF` (proc(5)).
#[cfg(target_os = "linux")]
fn holder_in(locks: &str, inode: &str) -> Option<u32> {
    locks.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        // A line of one who waits has `->` in the place of the kind. In a container, a process
        // outside of it has the number 0 or -1.
        let [_, "FLOCK", _, _, process, place, ..] = fields[..] else { return None };
        process.parse().ok().filter(|number| place == inode && *number > 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_another_holds_is_waited_for_up_to_the_limit() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || open_folder(folder.path()).expect("a folder");
        let first = lock_folder(folder.path()).expect("it is free");
        let error = take(open(), Duration::from_millis(20)).expect_err("it is held");
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        let sentence = error.to_string();
        assert!(sentence.starts_with("another process"), "{sentence}");
        assert!(sentence.contains(" has been writing here for 0.02 s: wait"), "{sentence}");
        let waiting = thread::spawn({
            let file = open();
            move || take(file, Duration::from_mins(1)).map(drop)
        });
        drop(first);
        waiting.join().expect("no panic").expect("it is free in time");
    }

    #[test]
    fn a_pipe_in_the_place_of_a_lock_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("record.jsonl");
        rustix::fs::mknodat(
            rustix::fs::CWD,
            beside(&path, "lock"),
            rustix::fs::FileType::Fifo,
            rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
            0,
        )
        .expect("a pipe");
        let error = lock(&path).expect_err("it is a pipe");
        assert_eq!(error.to_string(), "it is a pipe, a socket or a device: put a file there");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_holder_is_named_from_the_list_of_the_system() {
        let locks = "1: POSIX  ADVISORY  WRITE 11 fd:00:42 0 EOF\n\
                     2: FLOCK  ADVISORY  WRITE 4711 fd:00:42 0 EOF\n\
                     2: -> FLOCK  ADVISORY  WRITE 12 fd:00:42 0 EOF\n\
                     3: FLOCK  ADVISORY  WRITE -1 fd:00:43 0 EOF\n\
                     4: FLOCK  ADVISORY  WRITE 0 fd:00:44 0 EOF\n";
        for (inode, holder) in [("fd:00:42", Some(4711)), ("fd:00:43", None), ("fd:00:44", None)] {
            assert_eq!(holder_in(locks, inode), holder, "{inode}");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let _lock = lock_folder(folder.path()).expect("it is free");
        let known = holder(&open_folder(folder.path()).expect("a folder"));
        // Some sandboxes and file systems keep the list to themselves.
        assert!(known.is_none_or(|process| process == std::process::id()), "{known:?}");
    }
}
