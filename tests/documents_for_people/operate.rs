//! `docs/operate.md`: settings, messages of the log, and what a newer record says to an older program.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{blocks, read, refusal, table};

#[test]
fn a_newer_record_refuses_an_older_program_with_the_sentence_of_the_page() {
    let zone = "{\"v\":3,\"zone\":\"Europe/Berlin\",\"offset\":3600,\"changes\":[]}";
    let newer = refusal(&format!("{zone}\n{{\"v\":3,\"uid\":\"a@example.org\"}}\n"));
    let page = read("docs/operate.md");
    let block = blocks(&page).into_iter().find(|block| block.text.contains("version 3"));
    let said = block.expect("the sentence").text;
    assert_eq!(said.split_whitespace().collect::<Vec<_>>().join(" "), newer);
}

#[test]
fn the_table_of_settings_is_that_of_the_defaults() {
    let defaults: toml::Table = read("config/default.toml").parse().expect("TOML");
    let page = read("docs/operate.md");
    let rows = table(&page, "| setting |").into_iter();
    let said: BTreeSet<_> = rows.map(|row| (row[0].to_owned(), row[1].to_owned())).collect();
    let are = defaults.iter().map(|(key, value)| (format!("`{key}`"), format!("`{value}`")));
    assert_eq!(said, are.collect());
}

fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|one| one == "rs") {
            text.push_str(&fs::read_to_string(path).expect("UTF-8"));
        }
    }
}

/// The text of the program, with the strings that run over several lines in one.
fn program() -> String {
    let mut text = String::new();
    sources(Path::new("src"), &mut text);
    text.split("\\\n").map(str::trim_start).collect::<Vec<_>>().concat()
}

/// The pieces of a message between what is filled in, where they are long enough to be told apart.
fn pieces(message: &str) -> Vec<String> {
    let pieces = message.split(['{', '}']).step_by(2).flat_map(|piece| piece.split("\\n"));
    let pieces = pieces.map(|piece| piece.trim_matches([':', ' ']).to_owned());
    pieces.filter(|piece| piece.len() > 7).collect()
}

/// What of these messages the program does not say, and what it logs that is not among them.
fn differences(program: &str, said: &[&str]) -> (Vec<String>, Vec<String>) {
    let quoted = said.iter().filter_map(|message| message.strip_prefix('`')?.strip_suffix('`'));
    let quoted = quoted.flat_map(|message| message.split('…').map(str::trim));
    let invented = quoted.filter(|piece| !program.contains(piece)).map(str::to_owned).collect();
    let calls = ["warn!(", "error!("].into_iter().flat_map(|name| program.split(name).skip(1));
    let literals = calls.filter_map(|call| call.lines().next()?.split('"').nth(1));
    let logged: Vec<String> = literals.flat_map(pieces).collect();
    assert!(logged.len() >= 5, "only {} messages", logged.len());
    let is_forgotten = |piece: &String| !said.iter().any(|message| message.contains(piece));
    (invented, logged.into_iter().filter(is_forgotten).collect())
}

#[test]
fn the_table_of_the_log_has_every_message_and_no_other() {
    let (program, page) = (program(), read("docs/operate.md"));
    let mut said: Vec<&str> = table(&page, "| level |").iter().map(|row| row[1]).collect();
    assert_eq!(differences(&program, &said), (Vec::new(), Vec::new()));
    said.retain(|message| !message.contains("could not be accepted"));
    said.push("`the disk is on fire`");
    let (invented, forgotten) = differences(&program, &said);
    assert_eq!(invented, ["the disk is on fire"]);
    assert_eq!(forgotten, ["a connection could not be accepted"]);
}
