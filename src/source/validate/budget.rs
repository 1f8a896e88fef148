//! How much text the dates of a series may repeat: calendars have no entry that takes its text from another one.

use std::ops::Range;

use chrono::Days;

use super::checker::Checker;
use crate::model::{EventTime, Line, Series, SeriesForm};
use crate::recurrence::{is_endless, occurrences};
use crate::source::diagnostic::Problem;

/// The most bytes of text in all entries of a series.
// Measured: an entry for each day with a text of 250 KiB took 15 s and 286 MB, and as much again when it was served.
const MAX_TEXT: usize = 8 * 1024 * 1024;

/// The bytes that an entry of a session has beside what its author wrote.
const SESSION: usize = 512;

/// The days of a series without end that count, about as many as a calendar lists of it.
// The true number follows from the clock and from the configuration, and neither makes a file right or wrong.
const DAYS: Days = Days::new(1_000);

/// Checks that the entries of a series repeat no more than [`MAX_TEXT`]; `sessions` is the number of sessions that are
/// entries of their own.
pub(crate) fn check(
    checker: &Checker<'_>,
    span: &Range<usize>,
    series: &Series,
    time: &EventTime,
    sessions: usize,
) -> Option<()> {
    let len = checker.file.text.len().saturating_sub(own_text(series)) + SESSION * sessions;
    let dates = entries(checker, series, time);
    if dates * len > MAX_TEXT {
        checker.report(span, Problem::TooMuchText { dates, len, limit: MAX_TEXT });
        return None;
    }
    Some(())
}

/// Returns how many bytes of the file, at least, are about single dates: no other entry repeats them.
fn own_text(series: &Series) -> usize {
    const OVERRIDE: usize = "[[repeat.change]]\ndate = 2018-12-11\n".len();
    const DATE: usize = "2018-12-11,".len();
    let line = |line: &Option<Line>| line.as_ref().map_or(0, |line| line.len());
    let changed = series.overrides.values();
    let changed = changed.map(|one| OVERRIDE + line(&one.title) + line(&one.reason));
    changed.sum::<usize>() + DATE * (series.excluded.len() + series.additional.len())
}

/// Returns the number of a series' entries in calendars.
fn entries(checker: &Checker<'_>, series: &Series, time: &EventTime) -> usize {
    if series.form == SeriesForm::Rule {
        return 1 + series.overrides.len() + series.additional.len();
    }
    let first = time.first_date();
    let horizon = if is_endless(series) { first + DAYS } else { chrono::NaiveDate::MAX };
    occurrences(series, time, horizon, checker.zones).len()
}
