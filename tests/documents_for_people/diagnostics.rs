//! `docs/diagnostics.md`: every problem, with an example and what the program says of it.

use aushang::app::Error;
use aushang::source::LoadError;
use aushang::source::diagnostic::{Diagnostic, Problem, report};

use super::{Block, blocks, compare, parts, read};
use crate::support::Site;

/// Gives each problem its name and lists all names: a variant that is forgotten does not compile.
macro_rules! problems {
    ($($variant:ident)+) => {
        const PROBLEMS: &[&str] = &[$(stringify!($variant)),+];

        fn name(problem: &Problem) -> &'static str {
            match problem {
                $(Problem::$variant { .. } => stringify!($variant),)+
            }
        }
    };
}

problems! {
    AllExcluded AllHoldsEvents AlreadyInSeries Conflict ControlCharacter DateOutOfRange DateTwice
    DeadlineAfterStart DirectionControl DoorsAfterStart DuplicateId DuplicateSlug DuplicateUid DurationInDoubt
    EndNotAfterStart FileIsGone IgnoredFile InvalidRule InvalidUtf8 InvalidValue LooksLikeHtml MisplacedKey
    MissingFile MissingKey MixedTimes More Needs NestedFolder NoDates NoFrontMatter NoPlace NoSuchFile
    NotAFileName NotASlug NotAWholeSecond NotInSeries NotOfItsType NotOneLine OpensSilently OutdatedZone
    PictureWithoutWords RepeatedHour ReservedSlug RoomClash RuleIsNotPortable
    SeriesMeetsClockChange SessionOutsideEvent SkippedHour StartNotInSeries Syntax TableIsGone TextTooLong TimeWithoutDate
    TooLarge TooManyDates TooManyItems TooMuchText UnclosedFrontMatter UnknownChoice UnknownKey UnknownReference
    UnknownTimezone UnknownParent UnknownCountry UnknownCurrency UnreachableContact Unreadable UnsafeUrl UnusedFile
    UpdatedBeforePublished WrittenFileName WrongOffset WrongType WrongWeekday
}

/// The site of an example; an event file that is not shown whole gets the usual keys.
fn example(blocks: &[Block<'_>]) -> Site {
    blocks.iter().fold(Site::new(), |site, Block { path, language, text }| {
        let path = path.unwrap_or("termine/a.md");
        let slug = path.strip_prefix("termine/").and_then(|name| name.strip_suffix(".md"));
        match slug.filter(|_| *language == "toml") {
            Some(slug) => site.event(slug, text.trim_end()),
            None => site.file(path, text),
        }
    })
}

/// What no page can show.
fn unshown(name: &str) -> Option<Site> {
    let file = "termine/a.md";
    Some(match name {
        "Unreadable" => {
            let site = Site::new();
            std::os::unix::fs::symlink("nowhere", site.path().join(file)).expect("a link");
            site
        }
        "TooLarge" => Site::new().event_with_text("a", "", &"x".repeat(300 * 1024)),
        "InvalidUtf8" => Site::new().file(file, b"+++\ntitle = \"Pr\xfcfung\"\n+++\n"),
        "FileIsGone" => {
            Site::new().event("a", "organizer = \"buero\"").record().without("organizers.toml")
        }
        "TableIsGone" => Site::new()
            .event("a", "organizer = \"buero\"")
            .record()
            .file("organizers.toml", "[amt]\nname = \"Amt\"\n")
            .file("site.toml", "id = \"0d9b9a4e-6b1f-4c8e-9a53-2f6d0c7b1a11\"\ntitle = \"Beispiel\"\npublisher = \"amt\"\n"),
        "OpensSilently" => Site::new()
            .file("intern/feed.toml", "title = \"Intern\"\n[defaults]\nvisibility = \"internal\"\n")
            .record()
            .file("intern/feed.toml", "title = \"Intern\"\n"),
        "ControlCharacter" => Site::new().event_with_text("a", "", "Eins\u{7}zwei"),
        "DirectionControl" => Site::new().event_with_text("a", "", "Eins \u{202e}zwei"),
        "More" => Site::new().event("a", &"titel = 1\n".repeat(50)),
        "TextTooLong" => Site::new().event("a", &format!("subtitle = \"{}\"", "Wort ".repeat(500))),
        "TooManyItems" => Site::new().event("a", &format!("tags = [{}]", "\"a\", ".repeat(1200))),
        "TooMuchText" => {
            let text = "Ein Satz, den jeder Termin wiederholt. ".repeat(500);
            let keys = "series = \"expand\"\n[repeat]\nevery = \"day\"";
            Site::new().event_with_text("a", keys, &text)
        }
        _ => return None,
    })
}

fn diagnostics(site: &Site) -> Vec<Diagnostic> {
    match site.build() {
        Ok(built) => built.diagnostics,
        Err(Error::Load(LoadError::Mistakes(mistakes))) => mistakes,
        Err(error) => panic!("{error}"),
    }
}

/// The report of a site, without the path of its folder and without the count.
fn shown(site: &Site, diagnostics: &[Diagnostic]) -> String {
    let text = report(diagnostics, false).replace(&format!("{}/", site.path().display()), "");
    text.trim_end().rsplit_once("\n\n").map_or(String::new(), |(reports, _)| reports.to_owned())
}

/// The page with the report of each example below it, and the names in its headings; or which examples show something
/// else than their headings say.
fn with_reports(page: &str) -> Result<(String, Vec<&str>), String> {
    let (mut text, mut names, mut faults) = (String::new(), Vec::new(), String::new());
    for part in parts(page) {
        let heading = part.lines().next().unwrap_or_default();
        let named = heading.strip_prefix("### ").and_then(|line| line.rsplit_once("(`"));
        let Some((_, name)) = named else {
            text += part;
            continue;
        };
        let name = name.trim_end_matches("`)");
        let written = part.split("```text\n").next().unwrap_or_default().trim_end();
        let site = unshown(name).unwrap_or_else(|| example(&blocks(written)));
        let mut found = diagnostics(&site);
        if name == "More" {
            // It stands behind those that are shown.
            found.drain(..found.len() - 1);
        }
        let report = shown(&site, &found);
        if found.first().is_none_or(|one| self::name(&one.problem) != name) {
            faults.extend([heading, ":\n", &report, "\n"]);
        }
        text.extend([written, "\n\n```text\n", &report, "\n```\n\n"]);
        names.push(name);
    }
    let page = format!("{}\n", text.trim_end());
    if faults.is_empty() { Ok((page, names)) } else { Err(faults) }
}

#[test]
fn every_diagnostic_stands_in_its_page_with_the_report_of_its_example() {
    let page = read("docs/diagnostics.md");
    let (actual, names) = with_reports(&page).unwrap_or_else(|faults| panic!("{faults}"));
    compare("docs/diagnostics.md", &actual);
    let forgotten: Vec<_> = PROBLEMS.iter().filter(|problem| !names.contains(*problem)).collect();
    assert_eq!((forgotten, names.len()), (Vec::new(), PROBLEMS.len()));
}

#[test]
fn a_diagnostic_that_is_not_what_the_program_says_is_found() {
    let page =
        "# Page\n\n### Titel (`NotOneLine`)\n\n```toml\ntitle = \"\"\n```\n\n```text\nold\n```\n";
    let (actual, names) = with_reports(page).expect("it is what the heading says");
    assert_eq!(names, ["NotOneLine"]);
    assert!(actual.contains("error: `title` must be one line of text") && !actual.contains("old"));
    assert_eq!(with_reports(&actual).expect("and still is").0, actual, "written once");
    assert!(with_reports(&page.replace("NotOneLine", "NoPlace")).is_err());
    assert!(with_reports(&page.replace("\"\"", "\"Titel\"")).is_err());
}
