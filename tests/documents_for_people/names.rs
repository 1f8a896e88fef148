//! Paths, names and arrows that the pages name.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::read;
use crate::architecture::LAYERS;

/// The pages, all of which are held against the tree.
const PAGES: [&str; 9] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/definitions.md",
    "docs/diagnostics.md",
    "docs/operate.md",
    "docs/record.md",
];

/// Folders of the repository: a word of code that begins with one is a path.
const FOLDERS: [&str; 9] =
    ["src/", "tests/", "docs/", "config/", "feeds/", "benches/", "fuzz/", "examples/", ".ci/"];

/// What stands between single backticks, outside of blocks.
fn code(page: &str) -> Vec<&str> {
    let outside = page.split("\n```").step_by(2);
    outside.flat_map(|text| text.split('`').skip(1).step_by(2)).collect()
}

/// Paths of the repository that a page names and that are not there.
fn lost_paths(page: &str, path: &str) -> Vec<String> {
    let folder = Path::new(path).parent().expect("a file has a folder");
    let links = page.split("](").skip(1).filter_map(|text| text.split([')', '#']).next());
    let links = links.filter(|link| !link.is_empty() && !link.contains("://"));
    let of_links = links.map(|link| folder.join(link));
    let is_path = |word: &&str| {
        let is_below = FOLDERS.iter().any(|folder| word.starts_with(folder));
        is_below && !word.contains(['<', '…', ' ', '*'])
    };
    let named = code(page).into_iter().filter(is_path).map(|word| Path::new(word).to_owned());
    let lost = of_links.chain(named).filter(|one| !one.exists());
    lost.map(|one| one.display().to_string()).collect()
}

#[test]
fn every_path_that_a_page_names_is_there() {
    for path in PAGES {
        assert_eq!(lost_paths(&read(path), path), Vec::<String>::new(), "{path}");
    }
    let spoilt = "`src/attic.rs`, [this](nowhere.md), `src/lib.rs`, [that](../README.md#start).";
    assert_eq!(lost_paths(spoilt, "docs/a.md"), ["docs/nowhere.md", "src/attic.rs"]);
}

/// Names that a line gives to something in the file that it named before, and that are not there.
fn lost_names(page: &str) -> Vec<String> {
    let mut lost = Vec::new();
    for line in page.lines().filter(|line| line.contains("src/")) {
        let mut file = None;
        for word in code(line) {
            let is_name = word.chars().all(|c| c.is_alphanumeric() || c == '_');
            match &file {
                _ if word.contains('/') => file = fs::read_to_string(word).ok(),
                Some(text) if is_name && !has_word(text, word) => {
                    lost.push(format!("{word}: {line}"));
                }
                _ => {}
            }
        }
    }
    lost
}

/// Returns whether a text has this word, and not only a longer one.
fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|one| one == word)
}

#[test]
fn every_name_stands_in_the_file_that_is_named_before_it() {
    for path in ["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"] {
        assert_eq!(lost_names(&read(path)), Vec::<String>::new(), "{path}");
    }
    let spoilt = "`src/lib.rs`, `attic`; `src/lib.rs`, `app`; `docs/record.md`, `attic`";
    assert_eq!(lost_names(spoilt).len(), 2);
}

/// The arrows of a page: each room that uses others, and which.
fn arrows(page: &str) -> BTreeSet<(String, BTreeSet<String>)> {
    let (_, arrows) = page.split_once("```arrows\n").expect("the list of arrows");
    let arrows = arrows.split("```").next().unwrap_or_default().lines();
    let pairs = arrows.filter_map(|line| line.split_once("->"));
    pairs.map(|(room, used)| (room.trim().to_owned(), words(used))).collect()
}

fn words(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn the_arrows_between_the_rooms_are_those_that_the_tests_keep() {
    let kept = LAYERS.iter().map(|(room, used)| ((*room).to_owned(), words(&used.join(" "))));
    let kept: BTreeSet<_> = kept.filter(|(_, used)| !used.is_empty()).collect();
    let page = read("ARCHITECTURE.md");
    assert_eq!(arrows(&page), kept);
    assert_ne!(arrows(&page.replace("cli         -> app", "cli         -> http app")), kept);
}

/// Keys of the file format that a page does not name.
fn forgotten_keys<'a>(format: &'a str, page: &str) -> Vec<&'a str> {
    let fields = format.lines().filter_map(|line| line.trim().strip_prefix("pub "));
    let fields = fields.filter_map(|field| field.split_once(": "));
    let keys: Vec<&str> = fields.map(|(key, _)| key).filter(|key| !key.contains(' ')).collect();
    assert!(keys.len() > 100, "only {} keys", keys.len());
    let words = code(page);
    let is_named =
        |key: &str| words.iter().any(|word| word.split(['.', '[', ']']).any(|part| part == key));
    keys.into_iter().filter(|key| !is_named(key)).collect()
}

#[test]
fn every_key_of_the_file_format_is_explained() {
    let (format, page) = (read("src/source/format/mod.rs"), read("docs/definitions.md"));
    assert_eq!(forgotten_keys(&format, &page), Vec::<&str>::new());
    assert_eq!(forgotten_keys(&format, &page.replace("`doors`", "")), ["doors"]);
}

/// The first block of a page that is drawn as text.
fn drawing(page: &str) -> &str {
    let (_, rest) = page.split_once("```text\n").expect("a drawing");
    rest.split("```").next().unwrap_or_default()
}

#[test]
fn the_straight_line_is_that_of_the_program() {
    let program = read("src/lib.rs").replace("//! ", "");
    let page = read("ARCHITECTURE.md");
    assert_eq!(drawing(&page), drawing(&program));
}
