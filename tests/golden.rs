//! Golden sites `tests/golden/<site>`: what `feeds` becomes must be what is in `expected`, file by file
//! and byte by byte. `GOLDEN=write cargo test golden` writes `expected` anew: read the difference before
//! it is committed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use aushang::app;
use aushang::config::{Config, Flags};
use aushang::render::MediaType;

use crate::support::{BASE, NOW, copy, copy_shipped, time, tree};

type Files = BTreeMap<String, Vec<u8>>;

/// Compares what a site became with its folder `expected`, after this has been written anew if that is
/// asked for.
fn compare(site: &str, actual: &Files) {
    let folder = format!("tests/golden/{site}/expected");
    if std::env::var_os("GOLDEN").is_some_and(|value| value == "write") {
        let _ = fs::remove_dir_all(&folder);
        for (path, bytes) in actual {
            let path = Path::new(&folder).join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
            fs::write(path, bytes).expect("a writable file");
        }
    }
    let expected: Files = tree(Path::new(&folder)).into_iter().collect();
    let found = differences(actual, &expected);
    assert!(found.is_empty(), "{site}:\n{}", found.join("\n"));
}

/// What is missing, what is not expected, and what has other bytes, from its first line that differs.
fn differences(actual: &Files, expected: &Files) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in expected {
        match actual.get(path) {
            None => found.push(format!("{path} is missing")),
            Some(other) if other != bytes => found.push(first_difference(path, other, bytes)),
            Some(_) => {}
        }
    }
    let surplus = actual.keys().filter(|path| !expected.contains_key(*path));
    found.extend(surplus.map(|path| format!("{path} is not expected")));
    found
}

fn first_difference(path: &str, actual: &[u8], expected: &[u8]) -> String {
    let lines = |bytes: &[u8]| -> Vec<String> {
        let lines = bytes.split_inclusive(|byte| *byte == b'\n');
        lines.map(|line| String::from_utf8_lossy(line).into_owned()).collect()
    };
    let (actual, expected) = (lines(actual), lines(expected));
    let number = actual.iter().zip(&expected).take_while(|(one, other)| one == other).count();
    let line = |lines: &[String]| lines.get(number).cloned().unwrap_or_default();
    let (actual, expected) = (line(&actual), line(&expected));
    format!("{path} differs in line {}: {actual:?}, expected {expected:?}", number + 1)
}

fn config(feeds: &Path) -> Config {
    let (feeds, base_url) = (Some(feeds.to_owned()), Some(BASE.to_owned()));
    Config::load(&Flags { feeds, base_url, ..Flags::default() }).expect("a configuration")
}

/// Every document of a site but the program's own assets, by its path; a page has the suffix `.html`.
fn documents(feeds: &Path, now: &str) -> Files {
    let site = app::build(&config(feeds), time(now));
    let site = site.unwrap_or_else(|error| panic!("{error}"));
    assert!(site.diagnostics.is_empty(), "{:?}", site.diagnostics);
    app::prove(&site).unwrap_or_else(|error| panic!("{error}"));
    let documents = site.snapshot.iter().map(|(path, resource)| {
        let path = path.trim_start_matches('/');
        let is_page = resource.media_type() == MediaType::Html;
        let name = if is_page { format!("{path}.html") } else { path.to_owned() };
        (name, resource.content().to_vec())
    });
    documents.filter(|(path, _)| !path.starts_with("assets/")).collect()
}

/// The documents of the site in `tests/golden/<site>/feeds`.
fn golden(site: &str, now: &str) -> Files {
    documents(Path::new(&format!("tests/golden/{site}/feeds")), now)
}

#[test]
fn the_shipped_feeds_become_these_documents() {
    let feeds = tempfile::tempdir().expect("a folder");
    copy_shipped(feeds.path());
    compare("hannover", &documents(feeds.path(), NOW));
}

/// A weekly series across the change to summer time, with an exclusion, a moved, a cancelled and an
/// additional date, each of which was edited after the series had been published.
#[test]
fn a_series_with_overrides_becomes_these_documents() {
    compare("series", &golden("series", "2019-03-21T12:00:00Z"));
}

/// A German site with English texts of one event of two.
#[test]
fn a_bilingual_site_becomes_these_documents() {
    compare("bilingual", &golden("bilingual", NOW));
}

/// An event that was deleted a month before it would have taken place.
#[test]
fn a_deleted_event_becomes_a_tombstone_in_these_documents() {
    compare("tombstone", &golden("tombstone", "2018-11-06T12:00:00Z"));
}

/// A feed that has ended and names the one that takes its place, and one whose end is announced.
#[test]
fn a_retired_feed_becomes_these_documents() {
    compare("retired", &golden("retired", NOW));
}

/// Enough items that the older ones stand in two archives (RFC 5005 §4); of the many documents of so many
/// events only the feed in its three formats and both archives of it.
#[test]
fn a_long_feed_becomes_these_archives() {
    let feeds = tempfile::tempdir().expect("a folder");
    copy(Path::new("tests/golden/archive/feeds"), feeds.path());
    for number in 1..=151 {
        let (year, month) = (2006 + number / 12, number % 12 + 1);
        let text = format!(
            "+++\ntitle = \"Stammtisch {number}\"\nstart = {year}-{month:02}-03\nvenue = \"buergerhaus\"\n\
             published = {year}-{month:02}-01T09:00:00Z\n+++\nOffen.\n"
        );
        let path = feeds.path().join(format!("termine/stammtisch-{number:03}.md"));
        fs::write(path, text).expect("a file");
    }
    let documents = documents(feeds.path(), NOW);
    let suffixes = ["rss", "atom", "json"];
    let kept = documents.into_iter().filter(|(path, _)| {
        let path = path.strip_prefix("feeds/termine").unwrap_or_default();
        suffixes.iter().any(|suffix| {
            [".", "/archive/1.", "/archive/2."]
                .iter()
                .any(|start| path == format!("{start}{suffix}"))
        })
    });
    compare("archive", &kept.collect());
}

#[test]
fn every_mistake_is_reported_with_its_place_in_one_run() {
    let feeds = Path::new("tests/golden/diagnostics/feeds");
    let error = app::build(&config(feeds), time(NOW)).expect_err("mistakes");
    let report = format!("{error}\n").into_bytes();
    compare("diagnostics", &Files::from([("report.txt".to_owned(), report)]));
}

#[test]
fn a_changed_byte_a_missing_file_and_a_surplus_file_are_each_a_difference() {
    let expected = golden("tombstone", "2018-11-06T12:00:00Z");
    assert_eq!(differences(&expected, &expected), Vec::<String>::new());
    let path = "feeds/termine.ics";
    let mut changed = expected.clone();
    let byte = changed.get_mut(path).and_then(|bytes| bytes.last_mut()).expect("a document");
    *byte ^= 1;
    let found = differences(&changed, &expected);
    assert!(found.len() == 1 && found[0].starts_with("feeds/termine.ics differs in line "));
    let mut fewer = expected.clone();
    fewer.remove(path);
    assert_eq!(differences(&fewer, &expected), ["feeds/termine.ics is missing"]);
    assert_eq!(differences(&expected, &fewer), ["feeds/termine.ics is not expected"]);
}
