//! The names of the house: words of its private language stay out, and few things are public. Each rule is
//! shown a planted fault that it finds.

use std::fs;
use std::path::Path;

/// Words that once named two to four things each; the table in CONTRIBUTING.md has the field's words.
const BANNED: [&str; 12] = [
    "tell",
    "told",
    "telling",
    "shelf",
    "press",
    "bundle",
    "leaf",
    "matter",
    "deviation",
    "octet",
    "edition",
    "twin",
];

/// What stands before a name that is defined, in Rust, Python and JavaScript.
const DEFINING: [&str; 13] = [
    "fn ",
    "struct ",
    "enum ",
    "trait ",
    "type ",
    "mod ",
    "const ",
    "static ",
    "def ",
    "class ",
    "function ",
    "let ",
    "macro_rules! ",
];

const FOLDERS: [&str; 6] = ["src", "tests", "benches", "fuzz", "examples", "docs"];

const MOST_PUBLIC_ITEMS: usize = 400;

/// The words of a name: `NoFrontMatter` and `no-front_matter` are `no`, `front`, `matter`.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if c.is_uppercase() || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The banned word of a name, if it has one. Front matter is a term of its own.
fn banned(name: &str) -> Option<&'static str> {
    let words = words(name);
    let is_front_matter = |at: usize| at > 0 && words[at - 1] == "front" && words[at] == "matter";
    let mut own = (0..words.len()).filter(|&at| !is_front_matter(at));
    own.find_map(|at| BANNED.into_iter().find(|word| *word == words[at]))
}

/// The names that a text defines.
fn defined(text: &str) -> Vec<&str> {
    let lines = text.lines().map(str::trim_start);
    let code = lines.filter(|line| !line.starts_with("//") && !line.starts_with('#'));
    let names = code.flat_map(|line| {
        DEFINING.iter().flat_map(move |word| {
            line.match_indices(word).filter_map(move |(at, _)| {
                let is_word = !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                let rest = &line[at + word.len()..];
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                Some(&rest[..end.unwrap_or(rest.len())]).filter(|name| is_word && !name.is_empty())
            })
        })
    });
    names.collect()
}

/// Each file below a folder, as its path and what it holds; what is no text holds nothing.
fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !["target", "node_modules", "corpus", "artifacts"].contains(&&*name) {
            files(&path, found);
        } else if path.is_file() {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap_or_default()));
        }
    }
}

fn faults(path: &str, text: &str) -> Vec<String> {
    let is_code = [".rs", ".py", ".mjs"].iter().any(|ending| path.ends_with(ending));
    let names = defined(if is_code { text } else { "" });
    let names = path.split('/').chain(names);
    names.filter_map(|name| Some(format!("{path}: `{name}` says {}", banned(name)?))).collect()
}

#[test]
fn names_are_the_fields_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in FOLDERS {
        files(&root.join(folder), &mut found);
    }
    let prefix = format!("{}/", root.display());
    let paths = found.iter().map(|(path, text)| (path.trim_start_matches(&prefix), text));
    // This file plants names on purpose.
    let paths = paths.filter(|(path, _)| *path != "tests/names.rs");
    let faults: Vec<String> = paths.flat_map(|(path, text)| faults(path, text)).collect();
    assert!(found.len() > 300, "only {} files were looked at", found.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_planted_name_is_found() {
    for (path, text) in [
        ("src/a.rs", "pub(crate) struct ToldTime;"),
        ("src/a.rs", "    fn what_it_tells_and_told() {}"),
        ("src/a.rs", "enum FieldMatter {}"),
        ("tests/twin.rs", ""),
        ("tests/interop/twin/site.toml", ""),
        ("tests/interop/a.py", "def octet(x):"),
        ("tests/interop/a.mjs", "export function pressRelease() {"),
    ] {
        assert_eq!(faults(path, text).len(), 1, "{path}: {text}");
    }
    let good = "fn front_matter() {}\nstruct NoFrontMatter;\nfn matters() {}\n// fn told() {}\nfn expression() {}";
    assert_eq!(faults("src/no-front-matter.rs", good), Vec::<String>::new());
}

/// Items that any other program could use: `pub` without a restriction.
fn public_items(text: &str) -> usize {
    let kinds = ["fn ", "struct ", "enum ", "trait ", "type ", "const ", "static ", "mod ", "use "];
    let lines = text.lines().map(str::trim_start);
    let lines = lines.filter_map(|line| line.strip_prefix("pub "));
    lines.filter(|line| kinds.iter().any(|kind| line.starts_with(kind))).count()
}

#[test]
fn few_items_are_public() {
    let mut found = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let count: usize = found.iter().map(|(_, text)| public_items(text)).sum();
    assert!(count > 50, "only {count} public items were found");
    assert!(count < MOST_PUBLIC_ITEMS, "{count} items are public");
    let text = "pub fn a() {}\n    pub const fn b() {}\npub(crate) fn c() {}\n    pub d: &'static str,\npub(super) mod d;\nfn e() {}\npub mod f;";
    assert_eq!(public_items(text), 3);
}
