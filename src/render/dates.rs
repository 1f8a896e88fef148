//! Dates and times as people read them.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use super::words::Words;
use crate::model::{DaySpan, EventTime, TimePoint, TimeSpan, WallClock, ZonedTime, locate};

/// The zone in which readers of this site read a time that names none.
const HOME_ZONE: Tz = Tz::Europe__Berlin;

/// "Montag, 10. Dezember 2018, 10:15 bis 16:15 Uhr", "10. bis 12. Dezember 2018"
pub fn range(time: &EventTime, words: &Words) -> String {
    match time {
        EventTime::Days(days) => day_range(days, words),
        EventTime::Timed(span) => time_range(span, words),
    }
}

/// Start and end for machines (RFC 3339): dates alone, the last one inclusive, or date-times with the
/// offset of that instant.
pub fn machine(time: &EventTime) -> (String, Option<String>) {
    match time {
        EventTime::Days(days) => (days.first().to_string(), Some(days.last().to_string())),
        EventTime::Timed(span) => {
            (span.start().to_rfc3339(), span.end().map(|end| end.to_rfc3339()))
        }
    }
}

/// "Mo., 10.12.2018, 10:15 Uhr"
pub fn short(time: &EventTime, words: &Words) -> String {
    let date = |date: NaiveDate| date.format_localized(words.short_date, words.locale).to_string();
    match time {
        EventTime::Days(days) if days.first() == days.last() => date(days.first()),
        EventTime::Days(days) => format!("{} – {}", date(days.first()), date(days.last())),
        EventTime::Timed(span) => {
            let start = span.start();
            let doubt = doubt(start);
            format!("{}, {}{}{doubt}", date(start.date_naive()), clock(start), words.clock)
        }
    }
}

/// "10:15 bis 11:00 Uhr", with the date where it is not `day`.
pub fn session(span: &TimeSpan, day: NaiveDate, words: &Words) -> String {
    let time = clock_range(span, words);
    if span.start().date_naive() == day {
        time
    } else {
        format!("{}, {time}", long_date(span.start().date_naive(), words))
    }
}

/// "Freitag, 30. November 2018" or "Freitag, 30. November 2018, 12:00 Uhr"
pub fn point(point: &TimePoint, words: &Words) -> String {
    match point {
        TimePoint::Day(date, _) => long_date(*date, words),
        TimePoint::Moment(moment) => {
            let doubt = doubt(*moment);
            format!("{}{doubt}", wall_clock(moment.naive_local(), words))
        }
    }
}

/// "Montag, 3. Dezember 2018, 10:15 Uhr"
pub fn wall_clock(local: NaiveDateTime, words: &Words) -> String {
    let time = local.format("%H:%M");
    format!("{}, {time}{}", long_date(local.date(), words), words.clock)
}

/// "Montag, 10. Dezember 2018"
fn long_date(date: NaiveDate, words: &Words) -> String {
    date.format_localized(words.long_date, words.locale).to_string()
}

fn day_range(days: &DaySpan, words: &Words) -> String {
    let (first, last) = (days.first(), days.last());
    let written = |date: NaiveDate| date.format_localized(words.date, words.locale).to_string();
    if first == last {
        return long_date(first, words);
    }
    let is_german = words.date.contains('.');
    let without_year = |format: &str| first.format_localized(format, words.locale).to_string();
    let start = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) if is_german => without_year("%-d."),
        (true, true) => without_year("%-d"),
        (true, false) if is_german => without_year("%-d. %B "),
        (true, false) => without_year("%-d %B "),
        (false, _) => written(first) + " ",
    };
    let dash = if start.ends_with(' ') { "– " } else { "–" };
    format!("{start}{dash}{}", written(last))
}

fn time_range(span: &TimeSpan, words: &Words) -> String {
    format!("{}, {}", long_date(span.start().date_naive(), words), clock_range(span, words))
}

/// "10:15 bis 16:15 Uhr"; an end on another day carries its date.
fn clock_range(span: &TimeSpan, words: &Words) -> String {
    let (start, end) = (span.start(), span.end());
    let Words { to, clock: suffix, .. } = words;
    match end {
        None => format!("{}{suffix}{}", clock(start), doubt(start)),
        Some(end) if end.date_naive() == start.date_naive() && doubt(start) == doubt(end) => {
            format!("{} {to} {}{suffix}{}", clock(start), clock(end), doubt(end))
        }
        Some(end) => {
            let start = format!("{}{suffix}{}", clock(start), doubt(start));
            let end_date = long_date(end.date_naive(), words);
            format!("{start} {to} {end_date}, {}{suffix}{}", clock(end), doubt(end))
        }
    }
}

fn clock(time: ZonedTime) -> String {
    time.format("%H:%M").to_string()
}

/// The offset, where the time alone could be read in two ways: in another zone, or in the hour that
/// is repeated in October.
fn doubt(time: ZonedTime) -> String {
    let zone = time.timezone();
    let is_repeated = matches!(locate(time.naive_local(), zone), WallClock::Repeated { .. });
    if zone != HOME_ZONE {
        format!(" ({}, UTC{})", zone.name(), time.format("%:z"))
    } else if is_repeated {
        format!(" (UTC{})", time.format("%:z"))
    } else {
        String::new()
    }
}
