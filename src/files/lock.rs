//! Locks between processes.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::beside;
use super::read::{open_folder, open_with};

/// The right to write a file, or into a folder, alone among all processes; it ends with this value.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "the lock ends when the file is closed")] File);

/// Takes the lock of the file at `path`, if need be as soon as no other process holds it.
///
/// # Errors
/// The lock's own file, `.<name>.lock` in the same folder, cannot be made.
pub(crate) fn lock(path: &Path) -> io::Result<Lock> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // A file of its own: the record itself is replaced by another one at each write.
    take(open_with(File::options().create(true).append(true), &beside(path, "lock"))?)
}

/// Takes the lock of a folder, if need be as soon as no other process holds it; no file is left in
/// the folder.
///
/// # Errors
/// The folder cannot be made or opened.
pub(crate) fn lock_folder(folder: &Path) -> io::Result<Lock> {
    fs::create_dir_all(folder)?;
    // A lock file would be published with an exported site.
    take(open_folder(folder)?)
}

fn take(file: File) -> io::Result<Lock> {
    file.lock()?;
    Ok(Lock(file))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
