//! Sites for the targets: a folder whose one event is the input, and a town that is asked.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use aushang::app;
use aushang::config::{Config, Flags};
use aushang::snapshot::Snapshot;
use aushang::zone::Zones;
use chrono::{DateTime, Utc};

#[path = "../../examples/corpus/town/mod.rs"]
mod town;

/// The public root of all sites.
pub const BASE: &str = "https://example.org";
/// How many events the town has.
const EVENTS: u64 = 60;

/// The zones of all targets.
pub static ZONES: LazyLock<Arc<Zones>> = LazyLock::new(|| Arc::new(Zones::compiled()));

/// The moment at which every site is built.
pub fn now() -> DateTime<Utc> {
    "2018-12-01T12:00:00Z".parse().expect("it is a time")
}

/// Returns the configuration of the site in a folder.
pub fn config(feeds: &Path) -> Config {
    let (feeds, base_url) = (Some(feeds.to_owned()), Some(BASE.to_owned()));
    Config::load(&Flags { feeds, base_url, ..Flags::default() }).expect("the defaults are right")
}

/// The definitions beside the one event that is the input, with the venues of the seeds.
const DEFINITIONS: [(&str, &str); 5] = [
    (
        "site.toml",
        "id = \"0d9b9a4e-6b1f-4c8e-9a53-2f6d0c7b1a11\"\ntitle = \"Beispiel\"\npublisher = \"buero\"\n",
    ),
    (
        "venues.toml",
        "[rathaus]\nname = \"Rathaus\"\nstreet = \"Am Platz 1\"\npostal_code = \"12345\"\ncity = \"Beispielstadt\"\n\
         geo = [52.5, 9.7]\n[rathaus.rooms]\nsaal = { name = \"Großer Saal\" }\nkeller = { name = \"Keller\" }\n\
         raum-2 = { name = \"Raum 2\" }\n[buergerhaus]\nname = \"Bürgerhaus\"\ncity = \"Beispielstadt\"\n\
         [buergerhaus.rooms]\nsaal = { name = \"Saal\" }\nclubraum = { name = \"Clubraum\" }\n\
         [gleisdreieck]\nname = \"Gleisdreieck\"\ncity = \"Beispielstadt\"\n[gleisdreieck.rooms]\n\
         wintergarten = { name = \"Wintergarten\" }\n[library]\nname = \"Library\"\ncity = \"Beispielstadt\"\n",
    ),
    ("organizers.toml", "[buero]\nname = \"Büro\"\nurl = \"https://example.org/\"\n"),
    ("termine/feed.toml", "title = \"Termine\"\n"),
    ("record.jsonl", ""),
];

/// A folder of definitions of which one event is missing.
pub static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| folder("one", DEFINITIONS.into_iter()));

/// Writes the only event of [`FOLDER`].
pub fn write_event(bytes: &[u8]) {
    fs::write(FOLDER.join("termine/event.md"), bytes).expect("the folder is writable");
}

/// The snapshot of a town with a bilingual part, series, cancelled and internal events.
pub static TOWN: LazyLock<Arc<Snapshot>> = LazyLock::new(|| {
    let files = town::files(EVENTS);
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let folder = folder("town", files);
    let site = app::build(&config(&folder), now());
    site.unwrap_or_else(|error| panic!("{error}")).snapshot
});

/// Makes a folder of definitions below the folder for temporary files, of which `fuzz/run` disposes.
fn folder<'a>(name: &str, files: impl Iterator<Item = (&'a str, &'a str)>) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("aushang-fuzz-{}-{name}", std::process::id()));
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().expect("it lies in a folder");
        fs::create_dir_all(parent).expect("the folder is writable");
        fs::write(path, text).expect("the folder is writable");
    }
    folder
}
