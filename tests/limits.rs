//! Whatever an author writes into a file, the work for it and the report of it stay small.

use std::env;
use std::path::Path;

use aushang::app::Error;
use aushang::source::LoadError;
use aushang::source::diagnostic::{Diagnostic, Problem, report};

use crate::support::{Oversized, Site, copy, oversized};

/// The most problems of one file that are shown.
const SHOWN: usize = 20;

fn site_with(file: &Oversized) -> Site {
    Site::new().event("a", "").file(file.path, &file.text)
}

fn diagnostics(site: &Site) -> Vec<Diagnostic> {
    match site.build() {
        Ok(built) => built.diagnostics,
        Err(Error::Load(LoadError::Mistakes(mistakes))) => mistakes,
        Err(error) => panic!("{error}"),
    }
}

/// The problems of a file, those that are not shown among them.
fn count(diagnostics: &[Diagnostic]) -> usize {
    let count = |one: &Diagnostic| match one.problem {
        Problem::More { errors, warnings } => errors + warnings,
        _ => 1,
    };
    diagnostics.iter().map(count).sum()
}

/// Writes the sites to the folder that `OVERSIZED` names, so that the program can be measured with them.
#[test]
fn oversized_files_are_as_large_as_a_file_may_be() {
    let files = oversized(1.0);
    let too_long: Vec<_> = files.iter().filter(|file| file.text.len() > 256 * 1024).collect();
    let too_long: Vec<_> = too_long.iter().map(|file| (file.name, file.text.len())).collect();
    assert!(files.len() > 100 && too_long.is_empty(), "{too_long:?} of {}", files.len());
    let Ok(folder) = env::var("OVERSIZED") else { return };
    for file in &files {
        let to = Path::new(&folder).join(file.name.replace([' ', ','], "-"));
        copy(site_with(file).path(), &to);
    }
}

#[test]
fn of_an_oversized_file_few_problems_are_kept_and_a_short_report_is_made() {
    let (mut with_problems, mut cut) = (0, 0);
    for file in oversized(0.2) {
        let found = diagnostics(&site_with(&file));
        let of_file = found.iter().filter(|one| one.path().ends_with(file.path)).count();
        assert!(of_file <= SHOWN + 1, "{}: {of_file}", file.name);
        let text = report(&found, false);
        assert!(text.len() < 40_000, "{}: {} bytes", file.name, text.len());
        let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
        assert!(longest < 600, "{}: a line of {longest} characters", file.name);
        with_problems += usize::from(!found.is_empty());
        cut += usize::from(of_file == SHOWN + 1);
    }
    assert!(with_problems > 70 && cut > 15, "{with_problems} with problems, {cut} cut");
}

#[test]
fn the_problems_that_are_not_shown_are_counted() {
    let lines = "doors = 1\n".repeat(1_000);
    let report = Site::new().event("a", &lines).report();
    assert_eq!(
        report.matches("error: this is not TOML: duplicate key").count(),
        SHOWN - 1,
        "{report}"
    );
    assert!(report.contains("error: … and 980 more problems in this file\n--> termine/a.md\n"));
    assert!(report.ends_with("\n\n1,000 errors in 1 file"), "{report}");
}

#[test]
fn an_error_is_shown_even_if_many_warnings_come_before_it() {
    let sessions = "\n[[sessions]]\ntitle = \"Teil\"\nstart = 2018-12-30T10:15:00\n".repeat(50);
    let report = Site::new().event("a", &format!("{sessions}[online]\nurl = \"x\"")).report();
    assert!(report.contains("error: `x` is not a safe web address"), "{report}");
    assert_eq!(report.matches("warning: this session lies outside").count(), SHOWN - 1);
    assert!(report.ends_with("1 error and 50 warnings in 1 file"), "{report}");
}

#[test]
fn twice_the_file_has_at_most_twice_the_problems() {
    for (half, whole) in oversized(0.04).into_iter().zip(oversized(0.08)) {
        let [half, whole] = [half, whole].map(|file| count(&diagnostics(&site_with(&file))));
        assert!(whole <= 2 * half + SHOWN, "{half} and {whole}");
    }
}

#[test]
fn a_long_line_is_cut_around_the_caret_and_its_column_stays_right() {
    let text = "ü".repeat(5_000);
    let report = Site::new().event_with_text("a", "", &format!("{text} [a](b) {text}")).report();
    assert!(report.contains(" --> termine/a.md:7:5002\n"), "{report}");
    let lines: Vec<&str> = report.lines().collect();
    let shown = lines.iter().position(|line| line.starts_with("7 | ")).expect("the line");
    let at = lines[shown].find("[a](b)").expect("the place");
    let caret = lines[shown + 1].find("^^^^^^").expect("the caret");
    assert_eq!(lines[shown][..at].chars().count(), lines[shown + 1][..caret].chars().count());
}

#[test]
fn lists_are_read_up_to_a_limit() {
    let list = |count: usize| format!("tags = [{}]", "\"a\",".repeat(count));
    assert_eq!(Site::new().event("a", &list(1_000)).report(), "");
    let report = Site::new().event("a", &list(1_001)).report();
    assert!(report.starts_with("error: `tags` has 1,001 entries, and at most 1,000 are read\n"));
    let speakers =
        format!("\n[[sessions]]\ntitle = \"T\"\nstart = 10:15:00\nspeakers{}", &list(1_001)[4..]);
    let report = Site::new().event("a", &speakers).report();
    assert!(report.starts_with("error: `sessions.speakers` has 1,001 entries"), "{report}");
    let select = format!("title = \"T\"\n[select]\ncity{}", &list(1_001)[4..]);
    let report = Site::new().file("termine/feed.toml", select).report();
    assert!(report.starts_with("error: `select.city` has 1,001 entries"), "{report}");
}

#[test]
fn additional_dates_count_among_the_dates_of_a_series() {
    let series = |count: usize| {
        format!("[repeat]\nevery = \"day\"\ncount = {count}\nalso = [2060-01-01, 2060-01-02]")
    };
    assert_eq!(Site::new().event("a", &series(9_998)).report(), "");
    let report = Site::new().event("a", &series(9_999)).report();
    assert!(report.starts_with("error: a series has at most 10,000 dates\n"), "{report}");
}

#[test]
fn a_part_of_a_rule_has_at_most_as_many_values_as_a_year_has_days() {
    let rule = |count: usize| {
        let days = vec!["344"; count].join(",");
        format!("[repeat]\nrrule = \"FREQ=YEARLY;BYYEARDAY={days}\"")
    };
    assert_eq!(Site::new().event("a", &rule(366)).report(), "");
    let report = Site::new().event("a", &rule(367)).report();
    assert!(report.starts_with("error: BYYEARDAY has more than 366 values"), "{report}");
}

#[test]
fn a_text_that_each_date_repeats_has_a_limit() {
    let site = |keys: &str, len: usize| {
        let text = "Wort ".repeat(len / 5);
        Site::new().event_with_text("a", &format!("{keys}[repeat]\nevery = \"day\"\n"), &text)
    };
    // A rule says its text once, whatever its dates.
    assert_eq!(site("", 200_000).report(), "");
    assert_eq!(site("series = \"expand\"\n", 8_000).report(), "");
    let report = site("series = \"expand\"\n", 9_000).report();
    let expected = "error: calendars repeat the 9 KiB of this event at each of its 1,001 entries\n";
    assert!(report.starts_with(expected), "{report}");
    assert!(report.contains("help: shorten the file to 8,380 characters"), "{report}");
}

#[test]
fn the_lines_of_single_dates_are_not_repeated_at_the_others() {
    let first = chrono::NaiveDate::from_ymd_opt(2018, 12, 10).expect("a date");
    let day = |number: u64| first + chrono::Days::new(7 * number);
    let change =
        |number| format!("[[repeat.change]]\ndate = {}\ntitle = \"{:x>60}\"\n", day(number), "T");
    let changes: String = (1..300).map(change).collect();
    let keys = format!("[repeat]\nevery = \"week\"\n{changes}");
    assert!(keys.len() * 300 > 8 * 1024 * 1024);
    assert_eq!(Site::new().event("a", &keys).report(), "");
}

#[test]
fn a_value_of_one_line_has_a_limit() {
    let site = |len: usize| Site::new().event("a", &format!("subtitle = \"{}\"", "ü".repeat(len)));
    assert_eq!(site(2_000).report(), "");
    let report = site(2_001).report();
    assert!(
        report.starts_with("error: this text has 2,001 characters, and at most 2,000 are read")
    );
    let venue =
        "[rathaus]\nname = \"Rathaus\"\nstreet = \"A\"\npostal_code = \"1\"\ncity = \"Ort\"\n";
    let venue = format!("{venue}accessibility = \"{}\"\n", "x".repeat(200_000));
    let report = Site::new().file("venues.toml", venue).report();
    assert!(report.starts_with("error: this text has 200,000 characters"), "{report}");
}
