//! Nothing waits without a limit, and no link leads out of the folder of definitions.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use assert_cmd::cargo::CommandCargoExt;
use aushang::app::{self, Error, State};
use aushang::config::{Config, Flags};
use aushang::snapshot::Snapshot;
use hyper::Method;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use uuid::Uuid;

use crate::support::{PNG, Site, ask, record_text, reload, time};

const NO_FILE: &str = "it is a pipe, a socket or a device: put a file there";
const LEADS_OUT: &str = "it is a link that leads out of the folder: put a copy there";

/// Puts something that is no file into the place of one.
type Put = fn(&Path);

const NO_FILES: [(&str, Put); 4] =
    [("pipe", pipe), ("socket", socket), ("device", device), ("folder", folder)];

fn pipe(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
}

fn socket(path: &Path) {
    drop(UnixListener::bind(path).expect("a socket"));
}

fn device(path: &Path) {
    symlink("/dev/zero", path).expect("a link");
}

fn folder(path: &Path) {
    fs::create_dir(path).expect("a folder");
}

/// Returns what `work` returns, and fails if that takes a minute: it hangs.
fn in_time<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, result) = mpsc::channel();
    thread::spawn(move || done.send(work()));
    result.recv_timeout(Duration::from_mins(1)).unwrap_or_else(|_| panic!("{what}: it hangs"))
}

/// A good site, with something else in the place of one of its files.
fn site(place: &str, put: Put) -> Site {
    let keys = "image = \"haus.png\"\nimage_alt = \"Haus\"";
    let site = Site::new().event("a", keys).event("b", "").file("termine/haus.png", PNG);
    let path = site.path().join(place);
    let _ = fs::remove_file(&path);
    put(&path);
    site
}

fn get(snapshot: &Snapshot, path: &str) -> String {
    ask(snapshot, &Method::GET, path, &[]).body
}

#[test]
fn a_definition_that_is_no_file_is_a_mistake_and_nobody_waits_for_it() {
    let places =
        ["site.toml", "venues.toml", "organizers.toml", "termine/feed.toml", "termine/a.md"];
    // A folder in the place of a file is a mistake of its own.
    for (kind, put) in NO_FILES.into_iter().filter(|(kind, _)| *kind != "folder") {
        for place in places.into_iter().chain(["termine/haus.png"]) {
            let site = site(place, put);
            let report = in_time(place, move || site.report());
            assert!(report.contains("error: this file cannot be read: "), "{kind}: {report}");
            assert!(report.contains(&format!("--> {place}\n")), "{kind}: {report}");
        }
    }
}

#[test]
fn a_site_without_an_id_whose_file_is_a_pipe_gets_none() {
    let site = site("site.toml", pipe);
    let written = in_time("site.toml", move || app::ensure_site_id(&site.config(), Uuid::nil()));
    assert!(!written.expect("it is no file"));
}

#[test]
fn a_record_that_is_no_file_is_refused() {
    for (kind, put) in NO_FILES {
        let site = site("record.jsonl", put);
        let error = in_time(kind, move || site.build().map(drop)).expect_err("it is no record");
        let expected = if kind == "folder" { "it is a folder: put a file there" } else { NO_FILE };
        assert!(error.to_string().ends_with(&format!("record.jsonl: {expected}")), "{error}");
    }
}

/// What the service keeps for itself must not keep it from publishing.
#[test]
fn stores_and_locks_that_are_no_files_keep_nothing_from_being_published() {
    for name in [".last-good.log", ".last-good.log.lock", ".record.jsonl.lock"] {
        for (kind, put) in NO_FILES {
            let (what, site) = (format!("{kind} {name}"), site(name, put));
            let page = in_time(&what, move || {
                let snapshot = reload(&mut site.start(), &site, time("2018-11-01T12:00:00Z"));
                get(&snapshot.expect("a snapshot"), "/feeds/termine.ics")
            });
            assert!(page.contains("SUMMARY:Titel"), "{what}");
        }
    }
}

#[test]
fn a_configuration_that_is_no_file_or_too_large_is_refused() {
    let load = |path: &Path| {
        let flags = Flags { file: Some(path.to_owned()), ..Flags::default() };
        let error = in_time("the configuration", move || Config::load(&flags));
        Error::from(error.expect_err("it cannot be read")).to_string()
    };
    let folder = tempfile::tempdir().expect("a folder");
    for (kind, put) in NO_FILES {
        let path = folder.path().join(format!("{kind}.toml"));
        put(&path);
        let expected = if kind == "folder" { "it is a folder: put a file there" } else { NO_FILE };
        assert_eq!(load(&path), format!("configuration: {}: {expected}", path.display()));
    }
    let path = folder.path().join("large.toml");
    fs::write(&path, "#".repeat(256 * 1024 + 1)).expect("a file");
    assert!(load(&path).contains("large.toml: it is larger than 262144 bytes"), "{}", load(&path));
}

#[test]
fn an_export_into_what_is_no_file_fails_and_replaces_nothing() {
    for name in [".aushang-export", "feeds/termine.ics"] {
        let site = Site::new().event("a", "");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        pipe(&path);
        let feeds = site.path().to_string_lossy().into_owned();
        let to = folder.path().to_string_lossy().into_owned();
        let stderr = in_time(name, move || {
            let mut command = Command::cargo_bin("aushang").expect("the program");
            command.args(["--feeds", &feeds, "--base-url", "https://example.org", "export", &to]);
            String::from_utf8(command.output().expect("it runs").stderr).expect("UTF-8")
        });
        assert!(stderr.ends_with(&format!("{name}: {NO_FILE}\n")), "{stderr}");
        assert!(!fs::symlink_metadata(&path).expect("the pipe").is_file(), "{name}");
    }
}

/// A site in the folder `feeds` of a folder, beside which there is something else.
fn neighbours(link: impl FnOnce(&Path)) -> (tempfile::TempDir, Config) {
    let outer = tempfile::tempdir().expect("a folder");
    let keys = "image = \"haus.png\"\nimage_alt = \"Haus\"";
    let site = Site::new().event("a", keys).event("b", "").file("termine/haus.png", PNG);
    crate::support::copy(site.path(), &outer.path().join("feeds"));
    crate::support::copy(site.path(), &outer.path().join("beside"));
    fs::write(outer.path().join("beside/secret"), "secret words").expect("a file");
    link(outer.path());
    let config = config(&outer.path().join("feeds"));
    (outer, config)
}

fn config(feeds: &Path) -> Config {
    let base_url = Some("https://example.org".to_owned());
    let flags = Flags { feeds: Some(feeds.to_owned()), base_url, ..Flags::default() };
    Config::load(&flags).expect("a configuration")
}

/// Puts a link into the place of a file or folder.
fn replace(path: &Path, target: &Path) {
    let _ = fs::remove_file(path).or_else(|_| fs::remove_dir_all(path));
    symlink(target, path).expect("a link");
}

#[test]
fn a_link_that_leads_out_of_the_folder_is_a_mistake_and_what_it_leads_to_stays_unknown() {
    let cases = [
        ("site.toml", "../beside/secret"),
        ("venues.toml", "../beside/secret"),
        ("termine/feed.toml", "../../beside/secret"),
        ("termine/a.md", "../../beside/secret"),
        ("termine/haus.png", "../../beside/termine/haus.png"),
        ("termine", "../beside/termine"),
        // A link to a link, and one through the folder's own parent.
        ("termine/a.md", "b.md"),
        ("termine/a.md", "../../feeds/../beside/secret"),
        ("weitere", "../beside/termine"),
    ];
    for (place, target) in cases {
        for is_absolute in [false, true] {
            let (_outer, config) = neighbours(|outer| {
                let path = outer.join("feeds").join(place);
                let absolute = path.parent().expect("a folder").join(target);
                if target == "b.md" {
                    replace(&absolute, &outer.join("beside/secret"));
                }
                replace(&path, if is_absolute { &absolute } else { Path::new(target) });
            });
            let error = app::build(&config, time("2018-11-01T12:00:00Z")).map(drop);
            let report = error.expect_err(place).to_string();
            assert!(
                report.contains(&format!("error: this file cannot be read: {LEADS_OUT}")),
                "{report}"
            );
            assert!(report.contains(&format!("/feeds/{place}\n")), "{report}");
            assert!(!report.contains("secret words"), "{report}");
        }
    }
}

#[test]
fn a_site_without_an_id_is_not_written_through_a_link_that_leads_out() {
    let (outer, config) = neighbours(|outer| {
        fs::write(outer.join("beside/secret"), "title = \"Geheim\"\n").expect("a file");
        replace(&outer.join("feeds/site.toml"), Path::new("../beside/secret"));
    });
    assert!(!app::ensure_site_id(&config, Uuid::nil()).expect("it is left alone"));
    let text = fs::read_to_string(outer.path().join("beside/secret")).expect("a file");
    assert_eq!(text, "title = \"Geheim\"\n");
}

#[test]
fn a_link_that_stays_in_the_folder_is_followed() {
    let cases = [
        ("venues.toml", "_parts/venues.toml"),
        ("termine/feed.toml", "../_parts/termine/feed.toml"),
        ("termine/a.md", "../_parts/termine/a.md"),
        ("termine/haus.png", "../_parts/../_parts/termine/haus.png"),
        ("termine", "_parts/termine"),
        ("termine", "_link/termine"),
    ];
    for (place, target) in cases {
        for is_absolute in [false, true] {
            let (outer, config) = neighbours(|outer| {
                let feeds = outer.join("feeds");
                crate::support::copy(&outer.join("beside"), &feeds.join("_parts"));
                symlink("_parts", feeds.join("_link")).expect("a link");
                let absolute = feeds.join(place).parent().expect("a folder").join(target);
                replace(
                    &feeds.join(place),
                    if is_absolute { &absolute } else { Path::new(target) },
                );
            });
            let build = |config: &Config| {
                let built = app::build(config, time("2018-11-01T12:00:00Z"));
                let built = built.unwrap_or_else(|error| panic!("{place}: {error}"));
                assert!(
                    get(&built.snapshot, "/events/a").contains("/events/a/files/haus.png"),
                    "{place}"
                );
                assert!(get(&built.snapshot, "/feeds/termine.ics").contains("SUMMARY:Titel"));
            };
            build(&config);
            // The folder itself may be a link to anywhere.
            let link = outer.path().join("link");
            symlink("feeds", &link).expect("a link");
            build(&self::config(&link));
        }
    }
}

#[test]
fn the_record_may_be_a_link_to_anywhere() {
    let (outer, config) = neighbours(|outer| {
        replace(&outer.join("feeds/record.jsonl"), Path::new("../beside/record.jsonl"));
    });
    app::update_record(&config, time("2018-11-01T12:00:00Z"), false).expect("it can be written");
    let text = fs::read_to_string(outer.path().join("beside/record.jsonl")).expect("a record");
    assert_eq!(text.matches("\"slugs\"").count(), 2);
}

#[test]
fn while_another_process_holds_the_record_changes_are_served_and_recorded_later() {
    let site = Site::new().event("a", "");
    let mut state: State = site.start();
    reload(&mut state, &site, time("2018-11-01T12:00:00Z")).expect("a snapshot");
    let before = record_text(&site);
    let lock = fs::File::open(site.path().join(".record.jsonl.lock")).expect("the lock's file");
    lock.lock().expect("it is free");
    let site = site.event("a", "subtitle = \"Neu\"");
    let (mut state, site, page) = in_time("the record", move || {
        let snapshot = reload(&mut state, &site, time("2018-11-01T12:01:00Z"));
        let page = get(&snapshot.expect("a snapshot"), "/events/a");
        (state, site, page)
    });
    assert!(page.contains("Neu") && record_text(&site) == before);
    drop(lock);
    reload(&mut state, &site, time("2018-11-01T12:02:00Z"));
    assert!(record_text(&site) != before, "it is recorded at last");
}
