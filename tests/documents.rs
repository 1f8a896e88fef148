//! The README and the shipped files are true.

use std::fs;

use aushang::app::Error;
use aushang::config::{Config, Flags};

use crate::support::Site;

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The fenced blocks of the README in this language.
fn blocks(language: &str) -> Vec<String> {
    let readme = read("README.md");
    let fence = format!("```{language}\n");
    let parts = readme.split(&fence).skip(1).map(str::to_owned);
    parts.filter_map(|part| Some(part.split_once("```")?.0.to_owned())).collect()
}

/// `cargo build` refuses a manifest whose targets it does not see, and no test builds the image.
#[test]
fn the_image_is_built_with_every_target_of_the_manifest() {
    let manifest: toml::Table = read("Cargo.toml").parse().expect("TOML");
    let names = manifest["bench"].as_array().expect("benchmarks").iter();
    let names = names.map(|bench| format!("benches/{}.rs", bench["name"].as_str().expect("text")));
    let targets: Vec<String> =
        names.chain(["src/main.rs".into(), "tests/main.rs".into()]).collect();
    assert!(read("Dockerfile").contains("\nCOPY . .\n"));
    let ignored = read(".dockerignore");
    for target in &targets {
        read(target);
        let mut patterns = ignored.lines().filter_map(|line| line.strip_prefix('/'));
        assert!(!patterns.any(|pattern| target.starts_with(pattern)), "{target}");
    }
    assert!(targets.len() > 5, "{targets:?}");
}

#[test]
fn the_event_file_in_the_readme_is_the_shipped_one() {
    let shipped = read("feeds/veranstaltungen/2018-12-10-bildungsmonitoring-weiterentwickeln.md");
    let (keys, _) = shipped.rsplit_once("+++\n").expect("front matter");
    let block = blocks("toml").into_iter().next().expect("an event file");
    assert!(block.starts_with(keys), "{block}");
}

#[test]
fn the_calendar_entry_in_the_readme_is_the_published_one() {
    let calendar =
        read("tests/golden/hannover/expected/feeds/veranstaltungen.ics").replace("\r\n", "\n");
    let blocks = blocks("ics");
    assert!(!blocks.is_empty(), "the README shows a calendar entry");
    for block in blocks {
        for part in block.split("…\n") {
            assert!(calendar.contains(part), "{part}");
        }
    }
}

#[test]
fn the_mistake_in_the_readme_is_reported_like_that() {
    let path = "veranstaltungen/2018-12-10-bildungsmonitoring-weiterentwickeln.md";
    let mut site = Site::new();
    for name in ["venues.toml", "organizers.toml", "veranstaltungen/feed.toml"] {
        site = site.file(name, read(&format!("feeds/{name}")));
    }
    let site = site.file("site.toml", read("feeds/site.toml"));
    let event = read(&format!("feeds/{path}")).replace("\"Montag\"", "\"Dienstag\"");
    let report = site.file(path, event).report().replace(path, &format!("feeds/{path}"));
    let block = blocks("text").into_iter().next().expect("a report");
    assert_eq!(block, format!("$ aushang check\n{report}\n"));
}

#[test]
fn the_shipped_event_holds_the_whole_announcement() {
    let shipped = read("feeds/veranstaltungen/2018-12-10-bildungsmonitoring-weiterentwickeln.md");
    let (_, body) = shipped.rsplit_once("+++\n").expect("front matter");
    assert_eq!(body.trim().split("\n\n").count(), 5);
    let calendar = read("tests/golden/hannover/expected/feeds/veranstaltungen.ics");
    let calendar = calendar.replace("\r\n ", "").replace("\\n", "\n").replace("\\,", ",");
    assert!(calendar.contains(body.trim()));
}

#[test]
fn the_configuration_file_says_a_sentence_for_every_key() {
    Config::load(&Flags::default()).expect("it is right");
    let text = read("config/default.toml");
    let paragraphs: Vec<&str> =
        text.split("\n\n").filter(|paragraph| paragraph.contains(" = ")).collect();
    assert!(paragraphs.len() >= 9, "{paragraphs:?}");
    for paragraph in paragraphs {
        assert!(paragraph.starts_with("# "), "{paragraph}");
    }
}

#[test]
fn every_key_of_the_configuration_is_refused_when_it_is_misspelt() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("own.toml");
    let text = read("config/default.toml");
    let keys = text.lines().filter(|line| !line.starts_with('#'));
    let keys: Vec<&str> = keys.filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
    assert!(keys.len() >= 9, "{keys:?}");
    for key in keys {
        fs::write(&file, format!("{key}l = \"https://example.org\"\n")).expect("a file");
        let flags = Flags { file: Some(file.clone()), ..Flags::default() };
        let error = Config::load(&flags).expect_err("unknown");
        let expected = format!(
            "configuration: {}:1:1: the key `{key}l` is unknown; did you mean `{key}`?\n",
            file.display()
        );
        assert!(Error::from(error).to_string().starts_with(&expected), "{key}");
    }
}

#[test]
fn numbers_are_not_bent_into_shape() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("own.toml");
    for value in ["80.7", "true", "\"viel\"", "9999"] {
        fs::write(&file, format!("stop_seconds = {value}\n")).expect("a file");
        let error = Config::load(&Flags { file: Some(file.clone()), ..Flags::default() });
        let error = Error::from(error.expect_err(value)).to_string();
        assert!(error.contains("stop_seconds"), "{value}");
    }
}

#[test]
fn an_event_file_needs_no_more_than_title_start_and_place() {
    let text = "+++\ntitle = \"A\"\nstart = 2018-12-10\nvenue = \"rathaus\"\n+++\n";
    assert_eq!(Site::new().file("termine/a.md", text).report(), "");
}
