//! The arrows between rooms, and how large files and functions may be. Each rule is shown planted faults that it
//! finds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

/// For each room, the rooms that it may use.
// One name a line would hide the list.
#[rustfmt::skip]
pub(crate) const LAYERS: [(&str, &[&str]); 18] = [
    ("files", &[]),
    ("model", &[]),
    ("zone", &["model"]),
    ("route", &["model"]),
    ("recurrence", &["model", "zone"]),
    ("source", &["files", "model", "recurrence", "zone"]),
    ("record", &["files", "model", "recurrence", "zone"]),
    ("schedule", &["model", "recurrence", "zone"]),
    ("text", &["model", "recurrence", "zone"]),
    ("render", &["model", "recurrence", "route", "schedule", "text", "zone"]),
    ("snapshot", &["model", "render", "route", "schedule"]),
    ("http", &["model", "route", "schedule", "snapshot", "text"]),
    ("proof", &["model", "recurrence", "route", "zone"]),
    ("config", &["files"]),
    ("app", &[
        "config", "files", "http", "model", "proof", "record",
        "recurrence", "render", "route", "schedule", "snapshot", "source", "text", "zone",
    ]),
    ("cli", &["app", "config", "source"]),
    ("lib", &[]),
    ("main", &["cli"]),
];

/// Rooms after which nothing fails because of content.
const INFALLIBLE: [&str; 3] = ["schedule", "render", "snapshot"];

/// Flat tables may be long: the words of all problems, the keys of an event, its fields, its digest.
const TABLES: [&str; 7] = [
    "source/diagnostic/messages.rs",
    "source/validate/event.rs",
    "model/event.rs",
    "text/fields.rs",
    "text/locale/de.rs",
    "text/locale/en.rs",
    "record/digest.rs",
];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 45;

/// A file of the program.
pub(crate) struct File {
    /// Below `src`: `record/v1.rs`.
    pub path: String,
    pub text: String,
}

impl File {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Its place in the tree of modules: `record`, `v1`.
    fn module(&self) -> Vec<&str> {
        let path = self.path.trim_end_matches(".rs");
        path.trim_end_matches("/mod").split('/').collect()
    }

    pub(crate) fn room(&self) -> &str {
        self.module()[0]
    }

    /// What it uses of the program, each as the path of a module or of something in one.
    pub(crate) fn uses(&self) -> BTreeSet<Vec<String>> {
        let lines = self.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n");
        let own: Vec<String> = self.module().into_iter().map(str::to_owned).collect();
        let mut uses = BTreeSet::new();
        for (at, _) in code.match_indices("crate::") {
            collect(&code[at + "crate::".len()..], &[], &mut uses);
        }
        for (at, _) in code.match_indices("super::") {
            let is_first = !code[..at].ends_with("::");
            let ups = code[at..].split("super::").take_while(|part| part.is_empty()).count();
            if is_first && ups <= own.len() {
                let rest = &code[at + ups * "super::".len()..];
                collect(rest, &own[..own.len() - ups], &mut uses);
            }
        }
        uses
    }

    /// Each function with its line, its signature in one line, and how many lines it has.
    fn functions(&self) -> Vec<(usize, String, usize)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let starts = lines.iter().enumerate().filter(|(_, line)| {
            let line = line.trim_start();
            !line.starts_with("//")
                && (line.starts_with("fn ") || line.contains(" fn "))
                && line.contains('(')
        });
        let functions = starts.map(|(start, line)| {
            let indent = line.len() - line.trim_start().len();
            let is_end = |line: &&&str| line.ends_with(['{', '}', ';']);
            let head = lines[start..].iter().position(|line| is_end(&line)).unwrap_or_default();
            let signature: Vec<&str> =
                lines[start..=start + head].iter().map(|line| line.trim()).collect();
            let closing = format!("{}}}", " ".repeat(indent));
            let has_body = lines[start + head].ends_with('{');
            let end = lines[start..].iter().position(|line| has_body && *line == closing);
            (start + 1, signature.join(" "), end.unwrap_or_default())
        });
        functions.collect()
    }
}

/// The paths that follow `crate::` or `super::`: one, or all in braces.
fn collect(rest: &str, before: &[String], uses: &mut BTreeSet<Vec<String>>) {
    let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if !name.is_empty() {
        let path: Vec<String> = before.iter().cloned().chain([name.clone()]).collect();
        match rest[name.len()..].strip_prefix("::") {
            Some(rest) if path.len() < 4 => collect(rest, &path, uses),
            _ => drop(uses.insert(path)),
        }
    } else if let Some(group) = rest.strip_prefix('{') {
        let mut depth = 0;
        let mut start = 0;
        for (at, c) in group.char_indices() {
            let is_over = depth == 0 && c == '}';
            if depth == 0 && (c == ',' || is_over) {
                collect(group[start..at].trim_start(), before, uses);
                start = at + 1;
            }
            match c {
                _ if is_over => return,
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
        }
    } else if rest.starts_with('*') && !before.is_empty() {
        uses.insert(before.to_vec());
    }
}

pub(crate) fn sources(folder: &str) -> Vec<File> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("UTF-8");
                let path = path.strip_prefix("src").unwrap_or(&path).to_string_lossy().into_owned();
                found.push(File { path, text });
            }
        }
    }
    assert!(found.len() > 100, "only {} files", found.len());
    found
}

/// Uses of rooms that a room may not use, and rooms without a layer.
fn forbidden_arrows(files: &[File]) -> Vec<String> {
    let layers = BTreeMap::from(LAYERS);
    let mut faults = Vec::new();
    for file in files {
        let Some(allowed) = layers.get(file.room()) else {
            faults.push(format!("{}: a room without a layer", file.path));
            continue;
        };
        for used in file.uses() {
            let is_own = used[0] == file.room() || !layers.contains_key(used[0].as_str());
            if !is_own && !allowed.contains(&used[0].as_str()) {
                faults.push(format!("{}: uses {}", file.path, used[0]));
            }
        }
    }
    faults
}

/// Circles of modules inside a room, but for those of a parent and its child.
fn circles(files: &[File]) -> Vec<String> {
    let modules: BTreeSet<Vec<String>> =
        files.iter().map(|file| file.module().into_iter().map(str::to_owned).collect()).collect();
    let mut arrows: BTreeMap<Vec<String>, BTreeSet<Vec<String>>> = BTreeMap::new();
    for file in files {
        let own: Vec<String> = file.module().into_iter().map(str::to_owned).collect();
        for used in file.uses() {
            let target = (1..=used.len()).rev().map(|len| used[..len].to_vec());
            let target = target.into_iter().find(|target| modules.contains(target));
            let Some(target) = target else { continue };
            if target[0] == own[0] && !target.starts_with(&own) && !own.starts_with(&target) {
                arrows.entry(own.clone()).or_default().insert(target);
            }
        }
    }
    let reaches = |from: &Vec<String>| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(one) = open.pop() {
            for next in arrows.get(&one).into_iter().flatten() {
                if seen.insert(next.clone()) {
                    open.push(next.clone());
                }
            }
        }
        seen
    };
    let in_circle = arrows.keys().filter(|module| reaches(module).contains(*module));
    in_circle.map(|module| module.join("::")).collect()
}

fn long_functions(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| !TABLES.contains(&file.path.as_str())) {
        let long = file.functions().into_iter().filter(|(_, _, lines)| *lines > LONGEST_FUNCTION);
        faults.extend(long.map(|(line, _, lines)| format!("{}:{line}: {lines} lines", file.path)));
    }
    faults
}

/// Results of rooms in which nothing can fail, whatever the length of the signature.
fn results(files: &[File]) -> Vec<String> {
    let infallible = files.iter().filter(|file| INFALLIBLE.contains(&file.room()));
    let signatures = infallible.flat_map(|file| {
        file.functions().into_iter().map(|(line, signature, _)| (&file.path, line, signature))
    });
    let faults = signatures.filter(|(_, _, signature)| {
        signature.starts_with("pub") && signature.contains("-> Result<")
    });
    faults.map(|(path, line, _)| format!("{path}:{line}")).collect()
}

#[test]
fn arrows_of_use_run_one_way() {
    assert_eq!(forbidden_arrows(&sources("src")), Vec::<String>::new());
}

#[test]
fn the_list_of_arrows_has_no_circle() {
    let layers = BTreeMap::from(LAYERS);
    let mut done: BTreeSet<&str> = BTreeSet::new();
    while done.len() < layers.len() {
        let next = layers.iter().find(|(room, used)| {
            !done.contains(*room) && used.iter().all(|used| done.contains(used))
        });
        let (room, _) = next.expect("a room that uses only rooms below it");
        done.insert(room);
    }
}

#[test]
fn modules_of_a_room_use_one_another_in_one_direction() {
    assert_eq!(circles(&sources("src")), Vec::<String>::new());
}

#[test]
fn planted_arrows_and_circles_are_found() {
    let planted = [
        ("model/a.rs", "use crate::{render::b, zone};", 2),
        ("model/a.rs", "fn a() { crate::http::serve(); }", 1),
        ("render/a.rs", "use crate::{\n    model::{Event, Slug},\n    source::load,\n};", 1),
        ("render/a.rs", "use crate::model::Event;\n// use crate::source::load;", 0),
        ("attic/a.rs", "", 1),
    ];
    for (path, text, count) in planted {
        assert_eq!(forbidden_arrows(&[File::new(path, text)]).len(), count, "{path}: {text}");
    }
    let one = File::new("record/a.rs", "use super::b::B;");
    let parent = File::new("record/mod.rs", "mod a;\nmod b;\nuse a::A;\nuse crate::record::b::B;");
    for (other, is_circle) in [
        ("use super::a::A;", true),
        ("use crate::record::a::A;", true),
        ("use super::{\n    a::A,\n};", true),
        ("use super::C;", false),
    ] {
        let files = [
            File::new("record/mod.rs", &parent.text),
            File::new("record/a.rs", &one.text),
            File::new("record/b.rs", other),
        ];
        assert_eq!(!circles(&files).is_empty(), is_circle, "{other}");
    }
}

#[test]
fn planted_functions_are_found_whatever_their_signature() {
    let body = "    let a = 1;\n".repeat(LONGEST_FUNCTION);
    for head in ["fn a() {", "pub fn a(\n    one: u8,\n    other: u8,\n) -> u8 {"] {
        let file = File::new("render/a.rs", &format!("{head}\n{body}}}\n"));
        assert_eq!(long_functions(&[file]).len(), 1, "{head}");
    }
    for head in
        ["pub fn a() -> Result<(), ()> {", "pub fn a(\n    one: u8,\n) -> Result<u8, String> {"]
    {
        let file = File::new("render/a.rs", &format!("{head}\n}}\n"));
        assert_eq!(results(&[file]).len(), 1, "{head}");
    }
    let fine =
        File::new("render/a.rs", "pub fn a(\n    one: u8,\n) -> Option<u8> {\n    None\n}\n");
    assert_eq!((results(&[fine]).len(), results(&[]).len()), (0, 0));
}

#[test]
fn files_stay_small() {
    let mut lengths = Vec::new();
    for File { path, text } in sources("src") {
        let length = text.lines().count();
        assert!(length <= LONGEST_FILE, "{path}: {length} lines");
        lengths.push(length);
    }
    lengths.sort_unstable();
    assert!(lengths[lengths.len() / 2] <= 150, "median {}", lengths[lengths.len() / 2]);
}

#[test]
fn functions_stay_small() {
    assert_eq!(long_functions(&sources("src")), Vec::<String>::new());
}

#[test]
fn what_cannot_fail_returns_no_result() {
    assert_eq!(results(&sources("src")), Vec::<String>::new());
}
