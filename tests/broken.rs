//! A fault stays where it is made: each file of a site is broken at every byte and cut off at every byte.
//!
//! `BROKEN=1 cargo test broken` tries every byte; without it, every 31st is tried, each time in another way.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aushang::app::State;
use aushang::config::Config;
use aushang::snapshot::Snapshot;
use aushang::source::{FolderEntry, Kind, Tree};

use crate::support::{Answer, Site, ask, documents, time};
use hyper::Method;

/// The ways to break one byte; a text is also cut off there.
const WAYS: [Option<u8>; 7] =
    [None, Some(b'X'), Some(b'#'), Some(b'\n'), Some(b'"'), Some(b' '), Some(0xff)];
/// The word of everything that is not public.
const SECRET: &str = "geheim";

/// Definitions in memory.
struct Memory {
    root: String,
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Memory {
    fn put(&self, place: &str, bytes: impl Into<Vec<u8>>) {
        self.files.lock().expect("no panic").insert(place.to_owned(), bytes.into());
    }
}

impl Tree for Memory {
    fn root(&self) -> &str {
        &self.root
    }

    fn list(&self, folder: &str) -> io::Result<Vec<FolderEntry>> {
        let files = self.files.lock().expect("no panic");
        let mut entries = BTreeMap::new();
        for place in files.keys() {
            let rest = if folder.is_empty() { Some(&**place) } else { place.strip_prefix(folder) };
            let Some(rest) = rest.map(|rest| rest.trim_start_matches('/')) else { continue };
            match rest.split_once('/') {
                Some((name, _)) => entries.insert(name.to_owned(), Kind::Folder),
                None => entries.insert(rest.to_owned(), Kind::File),
            };
        }
        Ok(entries.into_iter().map(|(name, kind)| FolderEntry { name, kind }).collect())
    }

    fn read(&self, place: &str, _: usize, buffer: &mut Vec<u8>) -> io::Result<()> {
        let files = self.files.lock().expect("no panic");
        buffer.clone_from(files.get(place).ok_or(io::ErrorKind::NotFound)?);
        Ok(())
    }

    fn age(&self, _: &str) -> Option<Duration> {
        Some(Duration::from_mins(1))
    }
}

/// An event of the mixed site.
fn event(title: &str, keys: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nstart = 2027-12-10T10:15:00\nvenue = \"rathaus\"\n{keys}\n+++\nText von {title}.\n"
    )
}

/// Public, internal and draft events in public and internal folders, with everything that one may name in another.
fn files() -> Vec<(&'static str, String)> {
    vec![
        ("site.toml", "id = \"0d9b9a4e-6b1f-4c8e-9a53-2f6d0c7b1a11\"\ntitle = \"Beispiel\"\npublisher = \"buero\"\n".into()),
        ("venues.toml", "[rathaus]\nname = \"Rathaus\"\ncity = \"Hannover\"\n[rathaus.rooms.saal]\nname = \"Saal\"\n".into()),
        ("organizers.toml", "[buero]\nname = \"Büro\"\nurl = \"https://example.org/\"\n".into()),
        ("auswahl/feed.toml", "title = \"Auswahl\"\n[select]\ncity = \"Hannover\"\nfeeds = [\"termine\"]\n".into()),
        ("intern/feed.toml", "title = \"Intern\"\n[defaults]\n# nur für uns\nvisibility = \"internal\"\n".into()),
        ("intern/i.md", event("geheim eins", "")),
        ("intern/j.md", event("Offen", "visibility = \"public\"")),
        ("termine/feed.toml", "title = \"Termine\"\n[defaults]\norganizer = \"buero\"\n".into()),
        ("termine/a.md", event("Alpha", "room = \"saal\"\ntags = [\"eins\", \"zwei\"]")),
        ("termine/b.md", event("Beta", "")),
        ("termine/d.md", event("geheim zwei", "# noch nicht\nvisibility = \"draft\"")),
        ("termine/k.md", event("Konferenz", "kind = \"conference\"")),
        ("termine/r.md", event("Reihe", "[repeat]\nevery = \"week\"\ncount = 3")),
        ("termine/t.md", event("Teil", "part_of = \"k\"")),
        ("termine/x.md", event("geheim drei", "visibility = \"internal\"")),
    ]
}

/// The public events by slug, and whether a broken byte may hit their own visibility.
const PUBLIC: [(&str, bool); 7] = [
    ("a", false),
    ("b", false),
    ("j", true),
    ("k", false),
    ("r", false),
    ("t", false),
    ("b", false),
];

/// A service over such a site.
struct Service {
    tree: Arc<Memory>,
    site: Site,
    config: Config,
    state: State,
    second: u64,
    last: Option<Arc<Snapshot>>,
    /// The revision that each event had last.
    revisions: BTreeMap<String, (u32, String)>,
}

impl Service {
    fn start() -> Self {
        let site = Site::new();
        let root = site.path().to_string_lossy().into_owned();
        let tree = Arc::new(Memory { root, files: Mutex::default() });
        for (place, text) in files() {
            tree.put(place, text);
        }
        let config = site.config();
        let state = State::of(tree.clone(), &config).expect("a store");
        let mut service =
            Self { tree, site, config, state, second: 0, last: None, revisions: BTreeMap::new() };
        service.reload();
        service
    }

    fn restart(&mut self) {
        self.state = State::of(self.tree.clone(), &self.config).expect("a store");
    }

    /// Reloads twice, as for a file that is perhaps half written.
    fn reload(&mut self) {
        for _ in 0..2 {
            self.second += 2;
            let now = time("2026-11-01T12:00:00Z") + Duration::from_secs(self.second);
            let at = Duration::from_secs(self.second);
            let reloaded = self.state.reload(&self.config, now, Duration::from_mins(1) + at);
            self.last = reloaded.unwrap_or_else(|error| panic!("{error}")).or(self.last.take());
            self.state.keep_last_good();
        }
    }

    fn get(&self, path: &str) -> Answer {
        ask(self.last.as_ref().expect("a snapshot"), &Method::GET, path, &[])
    }

    /// Returns what is wrong with what is published while `place` is broken.
    fn faults(&mut self, place: &str) -> Vec<String> {
        let mut faults = Vec::new();
        let snapshot = self.last.clone().expect("a snapshot");
        for (path, bytes, _) in documents(&snapshot) {
            if String::from_utf8_lossy(&bytes).contains(SECRET) {
                faults.push(format!("{path} holds an internal word"));
            }
        }
        let feed = self.get("/feeds/alle.ics").body;
        let text = feed.replace("\r\n ", "");
        for (slug, has_visibility) in PUBLIC {
            let is_hit = has_visibility && place.ends_with(&format!("/{slug}.md"));
            let own = text
                .split("BEGIN:VEVENT")
                .find(|one| one.contains(&format!("URL:https://example.org/events/{slug}\r\n")));
            match own {
                None if is_hit => {}
                None => faults.push(format!("`{slug}` is lost")),
                Some(own) if own.contains("STATUS:CANCELLED") => {
                    faults.push(format!("`{slug}` is cancelled"));
                }
                Some(own) => faults.extend(self.fallen(slug, own)),
            }
        }
        faults
    }

    /// Returns whether the revision of an event has fallen.
    fn fallen(&mut self, slug: &str, entry: &str) -> Option<String> {
        let value = |name: &str| {
            let line = entry.lines().find_map(|line| line.strip_prefix(name));
            line.expect("a property").to_owned()
        };
        let uid = value("UID:");
        let revision = (value("SEQUENCE:").parse().expect("a number"), value("LAST-MODIFIED:"));
        let before = self.revisions.insert(format!("{slug} {uid}"), revision.clone());
        let is_fallen = before.is_some_and(|before| before.0 > revision.0 || before.1 > revision.1);
        let has_other_uid =
            self.revisions.keys().filter(|one| one.starts_with(&format!("{slug} "))).count() > 1;
        (is_fallen || has_other_uid).then(|| format!("`{slug}` has fallen: {uid} {revision:?}"))
    }

    /// Edits an event, and returns whether the edit is published.
    fn publishes_an_edit(&mut self, number: usize) -> bool {
        let title = format!("Beta {number}");
        self.tree.put("termine/b.md", event(&title, ""));
        self.reload();
        self.get("/events/b.ics").body.contains(&title)
    }
}

/// Breaks one byte, or cuts the text off there.
fn broken(bytes: &[u8], at: usize, way: Option<u8>) -> Vec<u8> {
    let mut broken = bytes[..at].to_vec();
    if let Some(byte) = way {
        broken.push(byte);
        broken.extend_from_slice(&bytes[at + 1..]);
    }
    broken
}

/// Returns the places and ways at which to break this many bytes.
fn cases(len: usize) -> Vec<(usize, Option<u8>)> {
    if std::env::var_os("BROKEN").is_some() {
        return (0..len).flat_map(|at| WAYS.into_iter().map(move |way| (at, way))).collect();
    }
    let places = (0..len).step_by(31).zip(1..);
    places.flat_map(|(at, number)| [(at, None), (at, WAYS[1 + number % 6])]).collect()
}

#[test]
fn a_definition_that_is_broken_at_any_byte_harms_nothing_else() {
    let (mut service, mut count) = (Service::start(), 0);
    assert_eq!(service.faults(""), Vec::<String>::new());
    for (place, text) in files() {
        for (at, way) in cases(text.len()) {
            let case = format!("{place}, byte {at}, {way:?}");
            service.tree.put(place, broken(text.as_bytes(), at, way));
            count += 1;
            // Half of the time, the service starts while the file is broken.
            if count % 2 == 0 {
                service.restart();
            }
            service.reload();
            let faults = service.faults(place);
            assert!(faults.is_empty(), "{case}: {faults:?}\n{:?}", service.state.status());
            if !["termine/feed.toml", "termine/b.md"].contains(&place) {
                assert!(service.publishes_an_edit(count), "{case}: {:?}", service.state.status());
            }
            service.tree.put(place, text.clone());
            service.reload();
            assert_eq!(service.faults(place), Vec::<String>::new(), "{case}, mended");
            assert!(service.publishes_an_edit(count + 1_000_000), "{case}, mended");
            service.tree.put("termine/b.md", event("Beta", ""));
            service.reload();
        }
    }
    assert!(count > 100, "{count} cases");
}

/// Breaks a file that the program writes at every byte, and edits an event each time.
fn break_own_file(name: &str) {
    let (mut service, mut count) = (Service::start(), 0);
    assert_eq!(service.faults(""), Vec::<String>::new());
    let path = service.site.path().join(name);
    let len = fs::read(&path).expect("a file").len();
    for (at, way) in cases(len) {
        let bytes = fs::read(&path).expect("a file");
        if at >= bytes.len() {
            continue;
        }
        let case = format!("{name}, byte {at}, {way:?}");
        fs::write(&path, broken(&bytes, at, way)).expect("a file");
        count += 1;
        if count % 2 == 0 {
            service.restart();
        }
        service.reload();
        assert_eq!(service.faults(""), Vec::<String>::new(), "{case}");
        assert!(service.publishes_an_edit(count), "{case}");
    }
    assert!(count > 100, "{count} cases");
}

#[test]
fn a_record_that_is_broken_at_any_byte_takes_nothing_back() {
    break_own_file("record.jsonl");
}

#[test]
fn a_last_good_store_that_is_broken_at_any_byte_takes_nothing_back() {
    break_own_file(".last-good.log");
}
