//! Folders `tests/golden/<case>`: what `feeds` become must be what is in `expected`, file by file.
//! `GOLDEN=write cargo test golden` writes `expected` anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use aushang::app;
use aushang::config::{Config, Flags};
use aushang::render::MediaType;

use crate::support::{BASE, NOW, copy_shipped};

type Files = BTreeMap<String, String>;

fn compare(case: &str, actual: Files) {
    let folder = format!("tests/golden/{case}/expected");
    if std::env::var_os("GOLDEN").is_some_and(|value| value == "write") {
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in &actual {
            let path = Path::new(&folder).join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
            fs::write(path, text).expect("a writable file");
        }
    }
    let mut expected = Files::new();
    read(Path::new(&folder), "", &mut expected);
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&actual), names(&expected), "{case}: other files");
    for (path, text) in actual {
        assert_eq!(text, expected[&path], "{case}: {path} differs");
    }
}

fn read(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).expect("an expected folder") {
        let entry = entry.expect("an entry");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{name}/"), files);
        } else {
            let text = fs::read_to_string(entry.path()).expect("UTF-8");
            files.insert(name, text);
        }
    }
}

fn config(feeds: &str) -> Config {
    let (feeds, base_url) = (Some(feeds.into()), Some(BASE.to_owned()));
    Config::load(&Flags { feeds, base_url, ..Flags::default() }).expect("a configuration")
}

#[test]
fn the_shipped_feeds_become_these_documents() {
    let feeds = tempfile::tempdir().expect("a folder");
    copy_shipped(feeds.path());
    let config = config(&feeds.path().to_string_lossy());
    let site = app::build(&config, NOW.parse().expect("a time")).expect("they are right");
    assert!(site.warnings.is_empty());
    let documents = site.snapshot.iter().map(|(path, resource)| {
        let path = path.trim_start_matches('/');
        let is_page = resource.media_type() == MediaType::Html;
        let name = if is_page { format!("{path}.html") } else { path.to_owned() };
        (name, String::from_utf8(resource.content().to_vec()).expect("UTF-8"))
    });
    compare("hannover", documents.filter(|(path, _)| !path.starts_with("assets/")).collect());
}

#[test]
fn every_mistake_is_reported_with_its_place_in_one_run() {
    let feeds = "tests/golden/diagnostics/feeds";
    let error = app::build(&config(feeds), NOW.parse().expect("a time")).expect_err("mistakes");
    compare("diagnostics", Files::from([("report.txt".to_owned(), format!("{error}\n"))]));
}
