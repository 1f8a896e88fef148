//! An event file: bytes that an author might have saved.

use aushang::app;
use aushang::model::Definitions;
use aushang::proof::{self, Mismatch};
use aushang::source::diagnostic::{Diagnostic, report};
use aushang::source::{Folder, LoadError, load};

use crate::site::{FOLDER, ZONES, config, now, write_event};

type Loaded = Result<(Definitions, Vec<Diagnostic>), LoadError>;

/// Asserts that an event file is refused with mistakes of this file alone or is loaded; that both happen
/// alike each time; that line ends of Windows and a byte order mark change nothing; and that all documents
/// of what was loaded agree when they are read back.
pub fn definition(bytes: &[u8]) {
    let loaded = load_event(bytes);
    match &loaded {
        Ok((_, warnings)) => assert_places(warnings),
        Err(LoadError::Mistakes(mistakes)) => {
            assert!(!mistakes.is_empty(), "nothing is refused without a mistake");
            assert_places(mistakes);
        }
        Err(other) => panic!("the folder can be read: {other:?}"),
    }
    assert_eq!(shown(&loaded), shown(&load_event(bytes)), "the same file is read alike each time");
    let Ok((definitions, _)) = loaded else { return };
    if let Some(other) = as_windows(bytes) {
        let (again, _) = load_event(&other).unwrap_or_else(|error| panic!("{error:?}"));
        assert_eq!(format!("{definitions:?}"), format!("{again:?}"), "line ends mean nothing");
    }
    write_event(bytes);
    let site = app::build(&config(&FOLDER), now()).unwrap_or_else(|error| panic!("{error}"));
    let proof = proof::prove(app::published(&site.snapshot), &app::documents(&site.snapshot));
    let found: Vec<&Mismatch> = proof.mismatches.iter().filter(|one| !is_known(one)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Whether a mismatch is a known one: of an event without a text the feeds' HTML ends with a line end, which the
/// reader of the proof drops, and the proof does not.
fn is_known(one: &Mismatch) -> bool {
    one.what.starts_with("HTML of ") && one.found.trim_end() == one.expected.trim_end()
}

fn load_event(bytes: &[u8]) -> Loaded {
    write_event(bytes);
    load(&Folder::new(&FOLDER), &ZONES)
}

/// Every diagnostic is one of the event, has a place in it if it has one at all, and can be printed.
fn assert_places(diagnostics: &[Diagnostic]) {
    for one in diagnostics {
        assert!(one.path().ends_with("termine/event.md"), "{} is accused", one.path());
        assert!(one.position() != Some((0, 0)), "lines and columns count from 1");
    }
    assert_eq!(report(diagnostics, false).is_empty(), diagnostics.is_empty());
}

/// What was loaded, in a form that can be compared.
fn shown(loaded: &Loaded) -> String {
    match loaded {
        Ok((definitions, warnings)) => format!("{definitions:?}{}", report(warnings, false)),
        Err(LoadError::Mistakes(mistakes)) => report(mistakes, false),
        Err(other) => format!("{other:?}"),
    }
}

/// The file as an editor of Windows saves it; `None` if it has such line ends or the mark already.
fn as_windows(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_plain = !text.contains(['\r', '\u{feff}']);
    let other = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    is_plain.then(|| other.into_bytes())
}
