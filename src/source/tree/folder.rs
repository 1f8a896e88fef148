//! A tree in a folder of this machine.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::Tree;
use crate::files::{self, FolderEntry, Root, Watch};

/// A folder of this machine with definitions in it. No link in it leads out of it.
pub struct Folder {
    path: PathBuf,
    /// The path as it is shown: with slashes on every system, so that diagnostics read alike.
    shown: String,
    progress: Mutex<Progress>,
    /// `None` if nobody reads it twice: to end a watch takes the system milliseconds.
    watch: Option<Mutex<Watch>>,
}

/// What is being done in a folder.
#[derive(Default)]
struct Progress {
    /// The folder as it was when its root was listed: if its path is a link that is changed during a reload, all files
    /// are those of one folder.
    root: Option<Arc<Root>>,
    /// The places that are being listed or read.
    places: Vec<String>,
}

/// The time during which a place is being listed or read.
struct Reading<'a> {
    folder: &'a Folder,
    place: &'a str,
}

impl Folder {
    /// Returns the folder at `path`, whether it is there or not.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        let shown = path.to_string_lossy().replace('\\', "/");
        Self { path: path.to_owned(), shown, progress: Mutex::default(), watch: None }
    }

    /// Returns the folder at `path`, of whose files it is known from now on whether their writers have closed them.
    #[must_use]
    pub fn watched(path: &Path) -> Self {
        Self { watch: Some(Mutex::default()), ..Self::new(path) }
    }

    fn watch(&self) -> Option<MutexGuard<'_, Watch>> {
        Some(self.watch.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to read a place, and returns the folder that was listed last.
    fn begin<'a>(&'a self, place: &'a str) -> (Reading<'a>, Option<Arc<Root>>) {
        let mut progress = self.progress();
        progress.places.push(place.to_owned());
        (Reading { folder: self, place }, progress.root.clone())
    }

    fn open(&self) -> io::Result<Arc<Root>> {
        Root::open(&self.path).map(Arc::new)
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        let places = &mut self.folder.progress().places;
        if let Some(at) = places.iter().position(|place| place == self.place) {
            places.swap_remove(at);
        }
    }
}

impl Tree for Folder {
    fn root(&self) -> &str {
        &self.shown
    }

    fn list(&self, folder: &str) -> io::Result<Vec<FolderEntry>> {
        // Before the folder is listed: a file that comes meanwhile is seen by one of the two.
        if let Some(mut watch) = self.watch() {
            if folder.is_empty() {
                watch.begin();
            }
            watch.add(&self.path.join(folder), folder);
        }
        if !folder.is_empty() {
            let (_reading, root) = self.begin(folder);
            return root.map_or_else(|| self.open(), Ok)?.list(folder);
        }
        let _reading = self.begin(".");
        let root = self.open()?;
        self.progress().root = Some(Arc::clone(&root));
        root.list(folder)
    }

    fn read(&self, place: &str, limit: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
        let (_reading, root) = self.begin(place);
        root.map_or_else(|| self.open(), Ok)?.read_into(place, limit, buffer)
    }

    fn age(&self, place: &str) -> Option<Duration> {
        files::age(&self.path.join(place))
    }

    fn is_closed(&self, place: &str) -> bool {
        self.watch().is_some_and(|mut watch| watch.is_closed(place))
    }

    fn is_open(&self, place: &str) -> bool {
        self.watch().is_some_and(|watch| watch.is_open(place))
    }

    fn being_read(&self) -> Vec<String> {
        self.progress().places.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn what_is_being_read_is_known_meanwhile_and_not_after() {
        const LEN: usize = 4 * 1024 * 1024;
        let root = tempfile::tempdir().expect("a folder");
        files::write(&root.path().join("a.png"), &vec![0; LEN]).expect("a file");
        let folder = Folder::new(root.path());
        let is_seen = AtomicBool::new(false);
        thread::scope(|scope| {
            let reading = scope.spawn(|| {
                let mut buffer = Vec::new();
                // Bounded, so that the test fails if nothing is ever seen.
                for _ in 0..5_000 {
                    folder.read("a.png", LEN, &mut buffer).expect("a file");
                    if is_seen.load(Ordering::Relaxed) {
                        return;
                    }
                }
            });
            while folder.being_read() != ["a.png"] {
                assert!(!reading.is_finished(), "nothing was seen");
                thread::yield_now();
            }
            is_seen.store(true, Ordering::Relaxed);
        });
        assert!(folder.read("b.png", LEN, &mut Vec::new()).is_err());
        assert!(folder.list("").is_ok() && folder.list("c").is_err());
        assert_eq!(folder.being_read(), Vec::<String>::new());
    }

    #[test]
    fn a_reload_reads_one_folder_although_its_link_is_changed_meanwhile() {
        let outer = tempfile::tempdir().expect("a folder");
        let at = |name: &str| outer.path().join(name);
        for name in ["old", "new"] {
            files::write(&at(name).join("site.toml"), name.as_bytes()).expect("a file");
        }
        symlink("old", at("feeds")).expect("a link");
        let folder = Folder::new(&at("feeds"));
        let mut buffer = Vec::new();
        let mut read = || {
            folder.read("site.toml", 100, &mut buffer).expect("a file");
            String::from_utf8_lossy(&buffer).into_owned()
        };
        folder.list("").expect("a folder");
        files::remove(&at("feeds")).expect("a link");
        symlink("new", at("feeds")).expect("a link");
        assert_eq!(read(), "old");
        folder.list("").expect("a folder");
        assert_eq!(read(), "new");
    }
}
