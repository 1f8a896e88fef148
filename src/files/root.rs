//! The folder of definitions, out of which no link leads.
//!
//! Whoever may write a definition must not be able to publish what the service may read beside it: the first line of a
//! linked `/etc/shadow` once stood in the log. The crate `cap-std` was looked at for this. It refuses every absolute link, also
//! one that stays inside, and needs two calls for each file of a folder, where Linux needs one (openat2).

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustix::buffer::spare_capacity;
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, fstat, openat, statat};
use rustix::io::retry_on_intr;

use super::read::{AT_ONCE, behind, no_file, open_folder};
use super::{FolderEntry, Kind};

/// The room for a usual file of definitions, in bytes.
const USUAL_LEN: usize = 16 * 1024;

/// An open folder. Its own path may be a link, but no link in it leads out of it.
#[derive(Debug)]
pub(crate) struct Root {
    path: PathBuf,
    folder: OwnedFd,
    /// The places of folders that absolute links lead to, by the places of these links: to resolve them for each file took
    /// 190 ms for 10,000 files instead of 65.
    linked: Mutex<BTreeMap<String, PathBuf>>,
}

impl Root {
    /// Opens the folder at `path`.
    ///
    /// # Errors
    /// There is no folder, or it cannot be opened.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let folder = open_folder(path)?.into();
        Ok(Self { path: path.to_owned(), folder, linked: Mutex::default() })
    }

    /// Lists the names in a folder below this one, in any order; `""` is this one.
    ///
    /// # Errors
    /// A link to the folder leads out of this one, or the folder cannot be read to its end.
    pub(crate) fn list(&self, place: &str) -> io::Result<Vec<FolderEntry>> {
        let place = if place.is_empty() { "." } else { place };
        let folder = self.open_at(place, OFlags::DIRECTORY)?;
        let mut entries = Vec::new();
        for entry in Dir::read_from(&folder)? {
            let entry = entry?;
            let name = entry.file_name();
            if ![&b"."[..], b".."].contains(&name.to_bytes()) {
                // The system gives the kind with the name; only a symbolic link needs a call of its own.
                let kind = match entry.file_type() {
                    FileType::Symlink | FileType::Unknown => {
                        statat(&folder, name, AtFlags::empty())
                            .map_or(FileType::RegularFile, |stat| {
                                FileType::from_raw_mode(stat.st_mode)
                            })
                    }
                    kind => kind,
                };
                let name = String::from_utf8_lossy(name.to_bytes()).into_owned();
                entries.push(FolderEntry { name, kind: kind.into() });
            }
        }
        Ok(entries)
    }

    /// Fills `buffer` with the file at a place, and stops soon after `limit`: a buffer longer than that means that the
    /// file is too large.
    ///
    /// # Errors
    /// There is no regular file, a link to it leads out of the folder, or it cannot be read.
    pub(crate) fn read_into(
        &self,
        place: &str,
        limit: usize,
        buffer: &mut Vec<u8>,
    ) -> io::Result<()> {
        buffer.clear();
        buffer.reserve(USUAL_LEN);
        let file = self.open_at(place, OFlags::empty())?;
        let len = len_of_file(&file)?;
        let room = buffer.capacity();
        let read = retry_on_intr(|| rustix::io::read(&file, spare_capacity(buffer)))?;
        // Nearly all files end here: to read them twice, as `read_to_end` does, is one more call for each of 10,000.
        if read < room && u64::try_from(read) == Ok(len) {
            return Ok(());
        }
        let left = behind(limit).saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
        File::from(file).take(left).read_to_end(buffer).map(drop)
    }

    fn open_at(&self, place: &str, flags: OFlags) -> io::Result<OwnedFd> {
        let (folder, flags) = (self.folder.as_fd(), flags | AT_ONCE);
        // One call of the system for nearly all files; then without that call; then what has an absolute link in it.
        inside(folder, Path::new(place), flags)
            .or_else(|_| without_links(folder, Path::new(place), flags))
            .or_else(|_| self.open_linked(place, flags))
            .or_else(|_| self.open_real(place, flags))
    }

    /// Opens a file in a folder that was opened through an absolute link before.
    fn open_linked(&self, place: &str, flags: OFlags) -> io::Result<OwnedFd> {
        let (link, name) = place.split_once('/').ok_or(ErrorKind::NotFound)?;
        let linked = self.linked.lock().unwrap_or_else(PoisonError::into_inner);
        let path = linked.get(link).ok_or(ErrorKind::NotFound)?.join(name);
        drop(linked);
        inside(self.folder.as_fd(), &path, flags)
    }

    /// Opens what all links of a place lead to, if that is inside of the folder.
    fn open_real(&self, place: &str, flags: OFlags) -> io::Result<OwnedFd> {
        let real = fs::canonicalize(self.path.join(place))?;
        let inside = real.strip_prefix(fs::canonicalize(&self.path)?).map_err(|_| leads_out())?;
        // Another link may have been put into this path by now: it is not followed.
        let opened = without_links(self.folder.as_fd(), inside, flags)?;
        if flags.contains(OFlags::DIRECTORY) {
            let mut linked = self.linked.lock().unwrap_or_else(PoisonError::into_inner);
            linked.insert(place.to_owned(), inside.to_owned());
        }
        Ok(opened)
    }
}

impl From<FileType> for Kind {
    fn from(kind: FileType) -> Self {
        match kind {
            FileType::Directory => Self::Folder,
            FileType::RegularFile => Self::File,
            _ => Self::Other,
        }
    }
}

/// Returns the length of an open file if it is a regular one.
fn len_of_file(file: &OwnedFd) -> io::Result<u64> {
    // `File::metadata` asks for more, which takes longer.
    let stat = fstat(file)?;
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::RegularFile => Ok(u64::try_from(stat.st_size).unwrap_or_default()),
        kind => Err(no_file(kind == FileType::Directory)),
    }
}

fn leads_out() -> io::Error {
    io::Error::other("it is a link that leads out of the folder: put a copy there")
}

/// Opens a place, if the system itself can keep links inside of the folder.
#[cfg(target_os = "linux")]
fn inside(folder: BorrowedFd<'_>, place: &Path, flags: OFlags) -> io::Result<OwnedFd> {
    use rustix::fs::{ResolveFlags, openat2};

    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    Ok(openat2(folder, place, flags, Mode::empty(), resolve)?)
}

#[cfg(not(target_os = "linux"))]
fn inside(_: BorrowedFd<'_>, _: &Path, _: OFlags) -> io::Result<OwnedFd> {
    Err(ErrorKind::Unsupported.into())
}

/// Opens a path below a folder part by part, if none of them is a link.
fn without_links(folder: BorrowedFd<'_>, path: &Path, flags: OFlags) -> io::Result<OwnedFd> {
    let flags = flags | OFlags::NOFOLLOW;
    let open = |folder: BorrowedFd<'_>, name: &OsStr, flags| {
        openat(folder, name, flags, Mode::empty()).map_err(io::Error::from)
    };
    let mut parts: Vec<&OsStr> = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => parts.push(part),
            Component::CurDir => {}
            _ => return Err(leads_out()),
        }
    }
    let Some((last, folders)) = parts.split_last() else {
        return open(folder, OsStr::new("."), flags);
    };
    let mut inner: Option<OwnedFd> = None;
    for name in folders {
        let outer = inner.as_ref().map_or(folder, AsFd::as_fd);
        inner = Some(open(outer, name, flags | OFlags::DIRECTORY)?);
    }
    open(inner.as_ref().map_or(folder, AsFd::as_fd), last, flags)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A folder with links in it, beside a file that it must not lead to.
    fn outer() -> tempfile::TempDir {
        let outer = tempfile::tempdir().expect("a folder");
        let at = |name: &str| outer.path().join(name);
        fs::create_dir_all(at("root/a/b")).expect("folders");
        fs::write(at("root/a/b/c"), "inside").expect("a file");
        fs::write(at("secret"), "outside").expect("a file");
        symlink("../../secret", at("root/a/out")).expect("a link");
        symlink(at("secret"), at("root/a/far")).expect("a link");
        symlink("../..", at("root/a/up")).expect("a link");
        symlink("b", at("root/a/near")).expect("a link");
        symlink(at("root/a"), at("root/absolute")).expect("a link");
        symlink("round", at("root/round")).expect("a link to itself");
        outer
    }

    fn read(root: &Root, place: &str) -> Option<String> {
        let mut buffer = Vec::new();
        root.read_into(place, 100, &mut buffer).ok()?;
        String::from_utf8(buffer).ok()
    }

    #[test]
    fn no_place_leads_out_of_the_folder() {
        let outer = outer();
        let root = Root::open(&outer.path().join("root")).expect("a folder");
        for place in ["a/b/c", "a/near/c", "absolute/b/c", "absolute/near/c", "./a/b/c"] {
            assert_eq!(read(&root, place).as_deref(), Some("inside"), "{place}");
        }
        let secret = outer.path().join("secret");
        for place in ["a/out", "a/far", "a/up/secret", "../secret", &secret.to_string_lossy()] {
            let error = root.open_at(place, OFlags::empty()).expect_err(place);
            assert_eq!(error.to_string(), leads_out().to_string(), "{place}");
        }
        for place in ["round", "nothing", "a"] {
            assert_eq!(read(&root, place), None, "{place}");
        }
    }

    /// What was listed as a file may be another thing when it is opened.
    #[test]
    fn what_is_no_file_is_refused_when_it_is_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        rustix::fs::mknodat(rustix::fs::CWD, at("pipe"), FileType::Fifo, Mode::RUSR, 0)
            .expect("a pipe");
        symlink("pipe", at("link")).expect("a link");
        fs::create_dir(at("folder")).expect("a folder");
        let root = Root::open(folder.path()).expect("a folder");
        for name in ["pipe", "link", "folder"] {
            let error = root.read_into(name, 100, &mut Vec::new()).expect_err(name);
            assert_eq!(error.to_string(), no_file(name == "folder").to_string(), "{name}");
        }
    }

    #[test]
    fn files_of_any_length_are_read_whole_and_not_far_beyond_the_limit() {
        const LIMIT: usize = 40_000;
        let folder = tempfile::tempdir().expect("a folder");
        let root = Root::open(folder.path()).expect("a folder");
        let mut buffer = Vec::new();
        for len in [0, 1, USUAL_LEN - 1, USUAL_LEN, USUAL_LEN + 1, LIMIT, LIMIT + 1, 10 * LIMIT] {
            let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(len).collect();
            fs::write(folder.path().join("a"), &bytes).expect("a file");
            root.read_into("a", LIMIT, &mut buffer).expect("a file");
            let is_whole = buffer == bytes;
            let is_too_long = (LIMIT + 1..=2 * LIMIT).contains(&buffer.len());
            assert!(if len > LIMIT { is_too_long } else { is_whole }, "{len}: {}", buffer.len());
        }
    }

    /// Systems without openat2, and sandboxes that forbid it, open part by part.
    #[test]
    fn part_by_part_no_link_is_followed_at_all() {
        let outer = outer();
        let root = Root::open(&outer.path().join("root")).expect("a folder");
        let is_opened =
            |place: &str| without_links(root.folder.as_fd(), Path::new(place), AT_ONCE).is_ok();
        assert!(is_opened("a/b/c") && is_opened("."));
        for place in
            ["a/out", "a/far", "a/near", "a/near/c", "absolute/b/c", "a/up/secret", "../secret"]
        {
            assert!(!is_opened(place), "{place}");
        }
    }

    #[test]
    fn a_list_has_the_kinds_of_what_links_lead_to() {
        let outer = outer();
        let root = Root::open(&outer.path().join("root")).expect("a folder");
        let list = |place: &str| {
            let entries = root.list(place).expect("a folder").into_iter();
            let mut entries: Vec<_> = entries.map(|one| (one.name, one.kind)).collect();
            entries.sort_unstable_by(|one, other| one.0.cmp(&other.0));
            entries
        };
        let expected = [("a", Kind::Folder), ("absolute", Kind::Folder), ("round", Kind::File)];
        assert_eq!(list(""), expected.map(|(name, kind)| (name.to_owned(), kind)));
        assert_eq!(list("absolute"), list("a"));
        assert_eq!(list("a/near"), [("c".to_owned(), Kind::File)]);
        for place in ["a/up", "..", "a/out", "round"] {
            assert!(root.list(place).is_err(), "{place}");
        }
    }
}
