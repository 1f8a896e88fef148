//! A site for a test: definitions in a folder of its own.

use std::cell::OnceCell;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use aushang::app::{self, Error, State};
use aushang::config::{Config, Flags};
use aushang::http::respond;
use aushang::zone::Zones;
use chrono::{DateTime, TimeDelta, Utc};
use hyper::{Method, Request};
use serde_json::Value;
use tempfile::TempDir;

use super::{Answer, ask, write};

/// The moment of every test that says no other.
pub(crate) const NOW: &str = "2018-11-01T12:00:00Z";
/// The public root of every test.
pub(crate) const BASE: &str = "https://example.org";
/// The uid of the event `a` of every test.
pub(crate) const UID: &str = "115871de-5028-53d4-aca0-060adf9e612e";

/// Reads a moment (RFC 3339).
pub(crate) fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("an RFC 3339 time")
}

/// The zones of all tests.
pub(crate) fn zones() -> &'static Arc<Zones> {
    static ZONES: LazyLock<Arc<Zones>> = LazyLock::new(|| Arc::new(Zones::compiled()));
    &ZONES
}

/// A folder of definitions.
pub(crate) struct Site {
    folder: TempDir,
    now: String,
    base_url: String,
    /// Whether a definition was deleted since the record was brought up to date.
    has_deletion: bool,
    /// What was built since the last change.
    built: OnceCell<app::BuiltSite>,
}

impl Site {
    /// A site with one venue, one organizer and the empty feed `termine`.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (now, base_url) = (NOW.to_owned(), BASE.to_owned());
        let built = OnceCell::new();
        let site = Self { folder, now, base_url, has_deletion: false, built };
        site.file(
            "site.toml",
            "id = \"0d9b9a4e-6b1f-4c8e-9a53-2f6d0c7b1a11\"\ntitle = \"Beispiel\"\npublisher = \"buero\"\n",
        )
        .file(
            "venues.toml",
            "[rathaus]\nname = \"Rathaus\"\nstreet = \"Am Platz 1\"\npostal_code = \"30159\"\n\
             city = \"Hannover\"\n[rathaus.rooms.saal]\nname = \"Großer Saal\"\n",
        )
        .file("organizers.toml", "[buero]\nname = \"Beispielbüro\"\nurl = \"https://example.org/\"\n")
        .file("termine/feed.toml", "title = \"Termine\"\n")
        .file("record.jsonl", "")
    }

    /// Writes a file of definitions.
    pub(crate) fn file(mut self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.built = OnceCell::new();
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        write(&path, text.as_ref());
        self
    }

    /// An event in the feed `termine`: keys without title, start and venue get usual ones.
    pub(crate) fn event(self, slug: &str, keys: &str) -> Self {
        self.event_with_text(slug, keys, "Text.")
    }

    /// An event with a text of its own.
    pub(crate) fn event_with_text(self, slug: &str, keys: &str, text: &str) -> Self {
        let usual = [
            ("title", "title = \"Titel\"\n"),
            ("start", "start = 2018-12-10T10:15:00\n"),
            ("venue", "venue = \"rathaus\"\n"),
        ];
        let top = keys.split("\n[").next().unwrap_or_default();
        let has = |key: &str| {
            top.lines().any(|line| line.split('=').next().is_some_and(|name| name.trim() == key))
                || (key == "venue" && (keys.contains("[location]") || keys.contains("[online]")))
        };
        let usual: String =
            usual.iter().filter(|(key, _)| !has(key)).map(|(_, line)| *line).collect();
        self.file(&format!("termine/{slug}.md"), format!("+++\n{usual}{keys}\n+++\n{text}\n"))
    }

    /// Another moment.
    pub(crate) fn at(mut self, now: &str) -> Self {
        now.clone_into(&mut self.now);
        self.built = OnceCell::new();
        self
    }

    /// Another public root.
    pub(crate) fn base(mut self, base_url: &str) -> Self {
        base_url.clone_into(&mut self.base_url);
        self.built = OnceCell::new();
        self
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn config(&self) -> Config {
        let (feeds, base_url) = (Some(self.path().to_owned()), Some(self.base_url.clone()));
        Config::load(&Flags { feeds, base_url, ..Flags::default() }).expect("a configuration")
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        time(&self.now)
    }

    /// Builds the site as the service does.
    pub(crate) fn build(&self) -> Result<app::BuiltSite, Error> {
        app::build(&self.config(), self.now())
    }

    /// Starts a service that has loaded nothing yet.
    pub(crate) fn start(&self) -> State {
        State::new(&self.config()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Records what is published at this moment. What was deleted is missed a minute before, so that it counts now.
    pub(crate) fn record(mut self) -> Self {
        if std::mem::take(&mut self.has_deletion) {
            let before = self.now() - TimeDelta::minutes(1);
            app::update_record(&self.config(), before, false)
                .unwrap_or_else(|error| panic!("{error}"));
        }
        let update = app::update_record(&self.config(), self.now(), false);
        let update = update.unwrap_or_else(|error| panic!("{error}"));
        assert!(update.question.is_none(), "{:?}", update.question);
        self
    }

    /// Deletes a file of definitions.
    pub(crate) fn without(mut self, path: &str) -> Self {
        self.built = OnceCell::new();
        self.has_deletion = path.strip_suffix(".md").is_some();
        fs::remove_file(self.path().join(path)).expect("a file");
        self
    }

    /// Gives a file another name.
    pub(crate) fn rename(mut self, from: &str, to: &str) -> Self {
        self.built = OnceCell::new();
        fs::rename(self.path().join(from), self.path().join(to)).expect("a file");
        self
    }

    /// All problems, without the path of the temporary folder.
    pub(crate) fn report(&self) -> String {
        let text = match self.build() {
            Ok(site) => aushang::source::diagnostic::report(&site.diagnostics, false),
            Err(error) => error.to_string(),
        };
        text.replace(&format!("{}/", self.path().display()), "")
    }

    /// A GET of `path`.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.request(&Method::GET, path, &[])
    }

    /// The status of a GET of what may be no text.
    pub(crate) fn status_of(&self, path: &str) -> u16 {
        let built = self.build().unwrap_or_else(|error| panic!("{error}"));
        let request = Request::builder().uri(path).header("host", "example.org");
        respond(&built.snapshot, &request.body(()).expect("a request")).status().as_u16()
    }

    /// Any request, with a Host header and these.
    pub(crate) fn request(&self, method: &Method, path: &str, headers: &[(&str, &str)]) -> Answer {
        let site =
            self.built.get_or_init(|| self.build().unwrap_or_else(|error| panic!("{error}")));
        ask(&site.snapshot, method, path, headers)
    }

    /// A GET of a document that is JSON.
    pub(crate) fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.get(path).body).expect("JSON")
    }

    /// Returns the items of a JSON Feed.
    pub(crate) fn items(&self, path: &str) -> Vec<Value> {
        self.json(path)["items"].as_array().expect("items").clone()
    }
}
