//! Writes whole files: at any moment, also after a kill or a power failure, the old or the new one
//! is there.
//!
//! The crate `atomic-write-file` was tried for this. It puts a file in the place of a symbolic
//! link, leaves another random name behind at each kill, which a web server would publish with an
//! exported site, and syncs the folder once for each file in it. Here the temporary name is always
//! the same, so that the next write removes it; that needs one writer at a time, who has the
//! [`lock`](super::lock).

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, fchown};
use std::path::{Path, PathBuf};

use super::read::{no_file, open_folder, open_with};
use super::{beside, if_there};

/// The greatest number of symbolic links that lead from one to the next, as in Linux.
const MAX_LINKS: usize = 40;

/// Replaces the content of a file, or creates the file and its folder.
///
/// # Errors
/// The file cannot be written; then it is as it was.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_with(path, |out| out.write_all(bytes))
}

/// Replaces the content of a file with what `content` writes, or creates the file and its folder.
///
/// # Errors
/// The file cannot be written, or `content` fails; then it is as it was.
pub(crate) fn write_with(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let (draft, file) = Draft::write(path, content)?;
    // Without this, a power failure may leave the new name and none of the bytes.
    file.sync_all()?;
    let folder = open_folder(folder(&draft.path))?;
    draft.put()?;
    // The disk has the new name once it has the folder.
    folder.sync_all()
}

/// Appends what `content` writes to a file, and waits until the disk has it.
///
/// # Errors
/// The file does not exist or cannot be written; a part of the content may be at its end then.
pub(crate) fn append(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::new(open_with(File::options().append(true), path)?);
    content(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()
}

/// The new content of a file, beside it; it is removed again unless it takes the place of the file.
pub(super) struct Draft {
    new: PathBuf,
    path: PathBuf,
    is_put: bool,
}

impl Draft {
    /// Writes the new content of the file at `path`; the disk may not have it yet.
    pub(crate) fn write(
        path: &Path,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<(Self, File)> {
        let path = target(path)?;
        let replaced = if_there(fs::metadata(&path))?;
        // A device or a pipe that an administrator named by mistake must not make room for a file.
        if let Some(other) = replaced.as_ref().filter(|one| !one.is_file()) {
            return Err(no_file(other.is_dir()));
        }
        let new = beside(&path, "new");
        let file = create(&new)?;
        // From here on, a failure removes it: on a full disk, half a file takes space from others.
        let draft = Self { new, path, is_put: false };
        keep_access(&file, replaced)?;
        let mut out = BufWriter::new(file);
        content(&mut out)?;
        Ok((draft, out.into_inner().map_err(io::IntoInnerError::into_error)?))
    }

    /// Moves the new content to the place of the file.
    pub(crate) fn put(mut self) -> io::Result<()> {
        fs::rename(&self.new, &self.path)?;
        self.is_put = true;
        Ok(())
    }

    /// Returns the file whose place it takes.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_put {
            let _ = fs::remove_file(&self.new);
        }
    }
}

/// Follows symbolic links, also to a file that does not exist yet.
fn target(path: &Path) -> io::Result<PathBuf> {
    // A rename would replace the link itself.
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        match if_there(fs::symlink_metadata(&path))? {
            Some(found) if found.is_symlink() => path = folder(&path).join(fs::read_link(&path)?),
            _ => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links lead from one to the next"))
}

/// Creates a new file. One that a killed process left is removed first: its mode may forbid
/// writing.
fn create(path: &Path) -> io::Result<File> {
    match File::create_new(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(folder(path))?;
            File::create_new(path)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            File::create_new(path)
        }
        created => created,
    }
}

/// Gives a file the mode of the one that it replaces, and its owner if the system allows that.
fn keep_access(file: &File, replaced: Option<Metadata>) -> io::Result<()> {
    let Some(replaced) = replaced else { return Ok(()) };
    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (replaced.uid(), replaced.gid()) {
        // Only root may do this; nobody else could have kept the owner in any way.
        let _ = fchown(file, Some(replaced.uid()), Some(replaced.gid()));
    }
    if own.mode() == replaced.mode() {
        Ok(())
    } else {
        file.set_permissions(replaced.permissions())
    }
}

/// Returns the folder of a file.
fn folder(path: &Path) -> &Path {
    // The parent of a bare name is the empty path, which cannot be opened.
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let names = entries.map(|one| one.expect("an entry").file_name());
        let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_and_keeps_its_mode() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("below/a.txt");
        write(&path, b"one").expect("a new file in a new folder");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
        write(&path, b"two").expect("another text");
        assert_eq!(fs::read(&path).expect("a file"), b"two");
        assert_eq!(fs::metadata(&path).expect("a file").mode() & 0o777, 0o640);
        assert_eq!(names(path.parent().expect("a folder")), ["a.txt"], "nothing is left beside");
    }

    #[test]
    fn a_symbolic_link_stays_one_and_its_target_gets_the_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("real")).expect("a folder");
        symlink("real/a.txt", at("link")).expect("a link to nothing yet");
        symlink("link", at("other")).expect("a link to a link");
        for text in ["one", "two"] {
            write(&at("other"), text.as_bytes()).expect("it can be written");
            assert_eq!(fs::read_to_string(at("real/a.txt")).expect("a file"), text);
        }
        assert_eq!(names(folder.path()), ["link", "other", "real"]);
        symlink("round", at("round")).expect("a link to itself");
        assert!(write(&at("round"), b"x").is_err());
    }

    #[test]
    fn what_a_killed_process_left_is_taken_away_and_a_failure_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        let left = folder.path().join(".a.txt.new");
        fs::write(&left, "half of a longer text").expect("a file");
        fs::set_permissions(&left, fs::Permissions::from_mode(0o400)).expect("a mode");
        write(&path, b"whole").expect("it can be written");
        let failed = write_with(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).expect("a file"), b"whole");
        assert_eq!(names(folder.path()), ["a.txt"]);
    }
}
