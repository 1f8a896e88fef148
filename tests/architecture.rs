//! The house rules that a machine can keep: who may use whom, and how large things get.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// For each room, the rooms that it may use.
const LAYERS: [(&str, &[&str]); 18] = [
    ("model", &["schedule"]),
    ("index", &[]),
    ("parallel", &[]),
    ("error", &["proof", "source"]),
    ("zone", &["model"]),
    ("recurrence", &["model", "zone"]),
    ("source", &["error", "index", "model", "parallel", "recurrence", "schedule", "zone"]),
    ("config", &["error", "model", "schedule", "source"]),
    ("schedule", &["index", "model", "parallel", "recurrence"]),
    ("route", &["model"]),
    ("text", &["model", "recurrence"]),
    ("record", &["index", "model", "parallel", "recurrence", "schedule"]),
    ("render", &["index", "model", "parallel", "recurrence", "route", "schedule", "text", "zone"]),
    ("snapshot", &["index", "model", "parallel", "render", "route"]),
    ("http", &["model", "route", "schedule", "snapshot"]),
    ("proof", &["model", "parallel", "recurrence", "render", "route", "schedule", "snapshot"]),
    (
        "app",
        &[
            "config", "error", "http", "index", "model", "parallel", "record", "render", "route",
            "schedule", "snapshot", "source",
        ],
    ),
    (
        "cli",
        &[
            "app",
            "config",
            "error",
            "model",
            "proof",
            "record",
            "recurrence",
            "render",
            "schedule",
            "source",
        ],
    ),
];

/// Words that name nothing, and marks of unfinished work.
const FORBIDDEN: [&str; 12] = [
    "Manager",
    "Helper",
    "Util",
    "Info<",
    "struct Data ",
    "todo!",
    "unimplemented!",
    "TODO",
    "FIXME",
    "XXX",
    "#[ignore",
    "dbg!",
];

fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                found.push((path, text));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

fn room(path: &Path) -> String {
    let name = path.components().nth(1).expect("a file below src").as_os_str().to_string_lossy();
    name.trim_end_matches(".rs").to_owned()
}

#[test]
fn arrows_of_use_run_one_way() {
    let layers = BTreeMap::from(LAYERS);
    for (path, text) in sources("src") {
        let room = room(&path);
        let Some(allowed) = layers.get(room.as_str()) else { continue };
        for part in text.split("crate::").skip(1) {
            let used: String =
                part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let is_own = used == room || !layers.contains_key(used.as_str());
            assert!(is_own || allowed.contains(&used.as_str()), "{}: uses {used}", path.display());
        }
    }
}

#[test]
fn every_room_has_its_layer() {
    let layers = BTreeMap::from(LAYERS);
    for (path, _) in sources("src") {
        let room = room(&path);
        assert!(room == "main" || room == "lib" || layers.contains_key(room.as_str()), "{room}");
    }
}

#[test]
fn files_stay_small() {
    let mut lengths = Vec::new();
    for (path, text) in sources("src") {
        let length = text.lines().count();
        assert!(length <= 400, "{}: {length} lines", path.display());
        lengths.push(length);
    }
    lengths.sort_unstable();
    assert!(lengths[lengths.len() / 2] <= 150, "median {}", lengths[lengths.len() / 2]);
}

#[test]
fn functions_stay_small() {
    for (path, text) in sources("src") {
        let lines: Vec<&str> = text.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let is_start = line.trim_start().starts_with("fn ") || line.contains(" fn ");
            if !is_start || line.trim_start().starts_with("//") || !line.contains('(') {
                continue;
            }
            let closing = format!("{}}}", " ".repeat(indent));
            let end = lines[start..].iter().position(|line| *line == closing).unwrap_or_default();
            // Flat tables: the sentences of all problems, and the keys of an event.
            let tables = ["source/sentence.rs", "validate/event.rs"];
            let is_table = tables.iter().any(|table| path.ends_with(table));
            assert!(end <= 45 || is_table, "{}:{}: {end} lines", path.display(), start + 1);
        }
    }
}

#[test]
fn no_word_stands_for_nothing_and_nothing_is_unfinished() {
    for (path, text) in sources("src") {
        for word in FORBIDDEN {
            assert!(!text.contains(word), "{}: {word}", path.display());
        }
    }
}

#[test]
fn the_pure_rooms_know_no_files_clocks_or_results() {
    for (path, text) in sources("src") {
        let room = room(&path);
        let is_pure = ["model", "occurrence", "render", "snapshot"].contains(&room.as_str());
        let words = ["std::fs", "std::env", "std::net", "Utc::now", "Instant::now", "println!"];
        assert!(!is_pure || !words.iter().any(|word| text.contains(word)), "{}", path.display());
        let is_infallible = ["occurrence", "render", "snapshot"].contains(&room.as_str());
        let returns_result =
            text.lines().any(|line| line.contains("pub fn") && line.contains("Result<"));
        assert!(!(is_infallible && returns_result), "{}", path.display());
    }
}

#[test]
fn the_types_of_the_file_format_stay_inside_of_source() {
    for (path, text) in sources("src") {
        let is_inside = room(&path) == "source";
        assert!(
            is_inside || !text.contains("Definition,") && !text.contains("definition::"),
            "{}",
            path.display()
        );
    }
}
