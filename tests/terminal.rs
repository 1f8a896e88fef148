//! No character that somebody wrote is obeyed by a terminal, and none turns the direction of what is published.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use aushang::app::Error;
use aushang::config::ConfigError;
use aushang::record::store::StoreError;
use aushang::source::LoadError;

use crate::support::{NOW, Site, record_text, without_sums};

/// ESC, BEL, a control of C1, an override, an isolate, the three marks, and the end of a paragraph.
const OBEYED: &str = "\u{1b}[2J\u{7}\u{9b}\u{202e}\u{2067}\u{200e}\u{200f}\u{61c}\u{2029}";

/// The name of a file that nobody should have.
fn name() -> String {
    format!("a{OBEYED}\n\rerror: b")
}

/// The characters of a text that a terminal may obey, line feeds left out.
fn obeyed(text: &str) -> String {
    let is_obeyed =
        |c: &char| *c != '\n' && (c.is_control() || OBEYED.chars().skip(4).any(|one| one == *c));
    text.chars().filter(is_obeyed).collect()
}

/// Standard output and standard error of the program.
fn output(site: &Site, arguments: &[&str]) -> String {
    let mut command = assert_cmd::Command::cargo_bin("aushang").expect("the program");
    command.args(["--now", NOW, "--base-url", "https://example.org", "--feeds"]);
    let output = command.arg(site.path()).args(arguments).output().expect("it runs");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

#[test]
fn names_of_files_are_shown_with_their_characters_as_numbers() {
    let site = Site::new().file(&format!("termine/{}.md", name()), "").event("a", "");
    let report = site.report();
    assert_eq!(obeyed(&report), "");
    // The name is in one line, and makes no message of its own.
    assert!(!report.contains("\nerror: b"), "{report}");
    assert_eq!(report.matches("\\u{1b}[2J\\u{7}\\u{9b}\\u{202e}").count(), 2, "{report}");
    assert_eq!(report.matches("\\u{a}").count(), 2, "{report}");
}

#[test]
fn values_in_messages_are_shown_with_their_characters_as_numbers() {
    let escaped = "\\u001b[2J\\u0007\\u009b\\u200e\\u061c\\n";
    let keys = [
        format!("kind = \"{escaped}\""),
        format!("venue = \"{escaped}\""),
        format!("timezone = \"{escaped}\""),
        format!("part_of = \"{escaped}\""),
        format!("\"{escaped}\" = 1"),
        format!("attachments = [\"{escaped}\"]"),
        format!("[[links]]\nlabel = \"a\"\nurl = \"{escaped}\""),
        format!("[repeat]\nrrule = \"{escaped}\""),
        format!("[repeat]\nevery = \"week\"\non = \"{escaped}\""),
    ];
    for keys in keys {
        let report = Site::new().event("a", &keys).report();
        assert_eq!(obeyed(&report), "", "{keys}");
        assert!(report.contains("\\u{1b}[2J\\u{7}\\u{9b}"), "{report}");
    }
}

#[test]
fn the_line_of_a_problem_keeps_its_width() {
    // A text may hold an isolate and a mark, and the caret behind them must be right.
    let site = Site::new().event_with_text("a", "", "Eins \u{2067}zwei\u{2069}\u{200e} [a](b)");
    let report = site.report();
    assert_eq!(obeyed(&report), "");
    assert!(report.contains(" --> termine/a.md:7:14\n"), "{report}");
    let expected = "7 | Eins \u{fffd}zwei\u{fffd}\u{fffd} [a](b)\n  |              ^^^^^^\n";
    assert!(report.contains(expected), "{report}");
}

#[test]
fn every_error_shows_the_names_in_it_with_their_characters_as_numbers() {
    let io = || std::io::Error::other(name());
    let path = || Path::new(&name()).to_owned();
    let errors = [
        Error::NoRecord { place: path() },
        Error::RecordBehind { place: path() },
        Error::Write { path: path(), error: io() },
        Error::Listen { address: name(), error: io() },
        Error::UnknownEvent { slug: name(), nearest: Some(name()) },
        Error::UnknownEvent { slug: name(), nearest: None },
        Error::NothingToDo { slug: name(), is_withdrawn: true },
        Error::System { action: "start", error: io() },
        Error::Load(LoadError::Unreadable { path: path(), error: io() }),
        Error::Load(LoadError::Unwritable { path: path(), error: io() }),
        Error::Record(StoreError::Io { place: path(), error: io() }),
        Error::Config(ConfigError::Unreadable { layer: name(), reason: name() }),
    ];
    for error in errors {
        let text = error.to_string();
        assert_eq!(obeyed(&text), "", "{error:?}");
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains("\\u{1b}[2J\\u{7}\\u{9b}\\u{202e}\\u{2067}\\u{200e}"), "{text}");
    }
}

#[test]
fn no_subcommand_prints_what_a_terminal_obeys() {
    // A record of an older version may hold what is refused today.
    let site = Site::new().event("a", "title = \"Alt\"").record();
    let record = without_sums(&record_text(&site)).replace("Alt", "Alt\u{202e}\u{200f}");
    let site = site.file("record.jsonl", record).event("b", "").file("termine/\u{1b}[2J.md", "");
    for arguments in [
        &["history", "a"][..],
        &["history", "\u{1b}[2J\u{202e}"],
        &["show", "\u{1b}[2J\u{202e}"],
        &["withdraw", "\u{1b}[2J"],
        &["check"],
        &["record", "--check"],
        &["record", "--merge", "\u{1b}[2J"],
        &["export", "/dev/null/\u{1b}[2J"],
        &["--config", "\u{1b}[2J.toml", "check"],
        &["serve", "--listen", "\u{1b}[2J"],
    ] {
        let text = output(&site, arguments);
        assert!(!text.is_empty() && obeyed(&text).is_empty(), "{arguments:?}: {text:?}");
    }
    assert!(output(&site, &["history", "a"]).contains("Alt\\u{202e}\\u{200f}"));
}

#[test]
fn a_site_in_a_folder_with_such_a_name_is_checked_and_exported() {
    let folder = tempfile::tempdir().expect("a folder");
    let feeds = folder.path().join(format!("{OBEYED}feeds"));
    crate::support::copy(Site::new().event("a", "").path(), &feeds);
    let to = folder.path().join(format!("{OBEYED}to"));
    for arguments in
        [vec!["check".into()], vec!["export".into(), to.into_os_string()], vec!["record".into()]]
    {
        let mut command = assert_cmd::Command::cargo_bin("aushang").expect("the program");
        command.args(["--now", NOW, "--base-url", "https://example.org", "--feeds"]).arg(&feeds);
        let output = command.args(arguments).output().expect("it runs");
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(obeyed(&text).is_empty() && text.contains("\\u{1b}[2J"), "{text:?}");
    }
    assert!(fs::metadata(feeds).is_ok());
}

#[test]
fn the_log_of_a_service_holds_nothing_that_a_terminal_obeys() {
    let folder = tempfile::tempdir().expect("a folder");
    // The log names the record, and the diagnostics of broken files.
    let feeds = folder.path().join(format!("{OBEYED}feeds"));
    let broken = format!("termine/{}.md", name());
    crate::support::copy(Site::new().event("a", "").file(&broken, "").path(), &feeds);
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("aushang"));
    command.args(["--now", NOW, "--feeds"]).arg(&feeds).args(["serve", "--listen", "127.0.0.1:0"]);
    let mut service =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut line = String::new();
    BufReader::new(service.stdout.as_mut().expect("a pipe")).read_line(&mut line).expect("a line");
    service.kill().expect("it runs");
    let output = service.wait_with_output().expect("it has ended");
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(line.starts_with("listening on") && obeyed(&log).is_empty(), "{log:?}");
    assert!(
        log.contains("recorded in") && log.contains("cannot be part of a web address"),
        "{log}"
    );
    assert!(log.matches("\\u{1b}[2J\\u{7}\\u{9b}\\u{202e}").count() >= 3, "{log}");
}

#[test]
fn the_direction_of_writing_is_turned_by_no_value_and_overridden_in_no_text() {
    for control in ["202a", "202b", "202c", "202d", "202e", "2066", "2067", "2068", "2069"] {
        for key in ["title", "summary", "subtitle", "uid", "kind"] {
            let report = Site::new().event("a", &format!("{key} = \"a\\u{control}b\"")).report();
            let expected = format!("error: the character U+{} changes", control.to_uppercase());
            assert!(report.starts_with(&expected), "{report}");
        }
        let escaped = Site::new().event_with_text("a", "", &format!("a&#x{control};b"));
        let c = char::from_u32(u32::from_str_radix(control, 16).expect("a number")).expect("one");
        let raw = Site::new().event_with_text("a", "", &format!("a{c}b"));
        for site in [escaped, raw] {
            let is_isolate = control.starts_with("206");
            assert_eq!(site.report().is_empty(), is_isolate, "{}", site.report());
            let count = site.report().matches("changes the direction").count();
            assert_eq!(count, usize::from(!is_isolate), "{}", site.report());
        }
    }
    let link = "attachments = [\"https://example.org/\\u202ea.pdf\"]";
    assert!(Site::new().event("a", link).report().contains("U+202E changes the direction"));
    let tags = "tags = [\"a\\u200fb\"]";
    assert_eq!(Site::new().event("a", tags).report(), "", "a mark turns nothing");
}
