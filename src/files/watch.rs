//! Which files were closed by their writer, or moved to their place, since they were last changed (Linux: inotify).
//!
//! The system's queue is read by whoever asks, not by a thread: what happened before a file was read is in the queue
//! when its reader asks, and a thread may be late. `notify` has such a thread.

use std::collections::BTreeMap;
use std::path::Path;

use inotify::{EventMask, Inotify, WatchDescriptor, WatchMask};

/// The room for one reading of the queue, in bytes: an event needs 16 and its name.
const QUEUE_LEN: usize = 16 * 1024;

/// What is known of the files in some folders.
#[derive(Default)]
pub(crate) struct Watch {
    /// `None` if the system watches nothing.
    queue: Option<Inotify>,
    folders: BTreeMap<i32, String>,
    files: BTreeMap<String, Closed>,
}

/// The last thing that happened to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closed {
    /// Somebody has written to it, and has not closed it.
    Open,
    /// Something happened to it since the last reload began.
    NotYet,
    /// It was closed or moved before the last reload began.
    Before,
}

impl Watch {
    /// Begins a reload: from here on, every event counts as one that may have come between two bytes.
    pub(crate) fn begin(&mut self) {
        if self.queue.is_none() {
            self.queue = Inotify::init().ok();
        }
        let closed = self.drain();
        self.files.extend(closed.into_iter().map(|name| (name, Closed::Before)));
    }

    /// Watches a folder from now on; `name` is its own below the root.
    pub(crate) fn add(&mut self, path: &Path, name: &str) {
        let mask = WatchMask::MODIFY | WatchMask::CLOSE_WRITE | WatchMask::MOVED_TO;
        let Some(queue) = &self.queue else { return };
        if let Ok(descriptor) = queue.watches().add(path, mask) {
            self.folders.insert(descriptor.get_watch_descriptor_id(), name.to_owned());
        }
    }

    /// Returns whether the file at a place, which was read just now, was closed or moved there before the reload began,
    /// and nothing has happened to it since. It is forgotten: another machine's writer is not seen.
    pub(crate) fn is_closed(&mut self, place: &str) -> bool {
        for name in self.drain() {
            self.files.insert(name, Closed::NotYet);
        }
        !self.is_open(place) && self.files.remove(place) == Some(Closed::Before)
    }

    /// Returns whether somebody has written to a file and has not closed it.
    pub(crate) fn is_open(&self, place: &str) -> bool {
        self.files.get(place) == Some(&Closed::Open)
    }

    /// Reads the queue, and returns the files that are closed at its end; all others in it are not.
    fn drain(&mut self) -> Vec<String> {
        let mut closed: BTreeMap<String, bool> = BTreeMap::new();
        let mut buffer = [0; QUEUE_LEN];
        let Some(queue) = &mut self.queue else { return Vec::new() };
        let mut has_lost_some = false;
        while let Ok(events) = queue.read_events(&mut buffer) {
            let mut is_empty = true;
            for event in events {
                is_empty = false;
                has_lost_some |= event.mask.contains(EventMask::Q_OVERFLOW);
                let place =
                    place(&self.folders, &event.wd, event.name.and_then(|name| name.to_str()));
                let is_closed = event.mask.intersects(EventMask::CLOSE_WRITE | EventMask::MOVED_TO);
                closed.extend(place.map(|place| (place, is_closed)));
            }
            if is_empty {
                break;
            }
        }
        if has_lost_some {
            self.files.clear();
            return Vec::new();
        }
        for (place, _) in closed.iter().filter(|(_, is_closed)| !**is_closed) {
            self.files.insert(place.clone(), Closed::Open);
        }
        closed.into_iter().filter(|(_, is_closed)| *is_closed).map(|(place, _)| place).collect()
    }
}

/// Returns the place of a file in a watched folder.
fn place(
    folders: &BTreeMap<i32, String>,
    folder: &WatchDescriptor,
    name: Option<&str>,
) -> Option<String> {
    let folder = folders.get(&folder.get_watch_descriptor_id())?;
    let name = name?;
    Some(if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") })
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::io::Write;

    use super::*;

    #[test]
    fn a_file_is_closed_when_its_writer_says_so_and_nothing_happened_since() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        let mut watch = Watch::default();
        watch.begin();
        watch.add(folder.path(), "termine");
        let mut file = File::create(at("a.md")).expect("a file");
        file.write_all(b"half").expect("a text");
        watch.begin();
        assert!(!watch.is_closed("termine/a.md") && watch.is_open("termine/a.md"), "being written");
        file.write_all(b", whole").expect("a text");
        drop(file);
        assert!(!watch.is_closed("termine/a.md"), "perhaps half of it was read");
        assert!(!watch.is_open("termine/a.md"));
        watch.begin();
        assert!(!watch.is_closed("termine/a.md"), "nobody says so any more");
        fs::write(at("a.md"), "another text").expect("a file");
        watch.begin();
        assert!(watch.is_closed("termine/a.md") && !watch.is_closed("termine/a.md"), "once");
        fs::write(at(".aside"), "moved").expect("a file");
        fs::rename(at(".aside"), at("b.md")).expect("a file");
        watch.begin();
        assert!(watch.is_closed("termine/b.md") && !watch.is_closed("termine/c.md"));
        fs::write(at("a.md"), "one").expect("a file");
        watch.begin();
        fs::write(at("a.md"), "two").expect("a file");
        assert!(!watch.is_closed("termine/a.md"), "it was written while the folder was read");
    }
}
