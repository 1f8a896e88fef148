//! Single dates and times of TOML, placed in their zone.

use std::ops::Range;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use toml::value::Datetime;

use crate::model::{TimePoint, ZonedTime};
use crate::source::diagnostic::Problem;
use crate::source::format::{At, When, Written};
use crate::zone::WallClock;

use super::checker::Checker;

/// The years for which the compiled zone data holds: its tables end with 2099, and from 2100 on it gives Berlin no
/// summer time.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2099;

/// One of TOML's four kinds of date and time.
#[derive(Clone, Copy)]
pub(crate) enum Literal {
    Date(NaiveDate),
    Time(NaiveTime),
    Local(NaiveDateTime),
    Offset(DateTime<FixedOffset>),
}

/// Reads a whole day or a moment, such as a registration deadline.
pub(crate) fn time_point(checker: &Checker<'_>, written: &When, zone: Tz) -> Option<TimePoint> {
    let written = written.as_ref()?;
    match literal(checker, written)? {
        Literal::Date(date) => Some(TimePoint::Day(date, zone)),
        Literal::Local(local) => place(checker, &written.span, local, zone).map(TimePoint::Moment),
        Literal::Offset(moment) => {
            check_offset(checker, &written.span, moment, zone).map(TimePoint::Moment)
        }
        Literal::Time(_) => {
            let example = "2018-12-01T12:00:00".to_owned();
            checker.report(&written.span, Problem::TimeWithoutDate { key: "the time", example });
            None
        }
    }
}

/// Reads a date alone.
pub(crate) fn date(
    checker: &Checker<'_>,
    key: &'static str,
    written: &At<Written>,
) -> Option<NaiveDate> {
    if let Literal::Date(date) = literal(checker, written)? {
        return Some(date);
    }
    let (value, expected) = (written.value.0.to_string(), "a date alone such as `2018-12-11`");
    checker.report(&written.span, Problem::InvalidValue { key, value, expected });
    None
}

/// Reads `published` and `updated`, of which the second may not be earlier.
pub(crate) fn instants(
    checker: &Checker<'_>,
    published: &When,
    updated: &When,
) -> [Option<DateTime<Utc>>; 2] {
    let instants = [instant(checker, "published", published), instant(checker, "updated", updated)];
    if let ([Some(first), Some(last)], Some(written)) = (instants, updated)
        && last < first
    {
        checker.report(&written.span, Problem::UpdatedBeforePublished);
    }
    instants
}

/// Reads an instant, which has to be written with its offset.
fn instant(checker: &Checker<'_>, key: &'static str, written: &When) -> Option<DateTime<Utc>> {
    let written = written.as_ref()?;
    if let Literal::Offset(moment) = literal(checker, written)? {
        Some(moment.to_utc())
    } else {
        let (value, expected) = (
            written.value.0.to_string(),
            "a time with its offset such as `2018-11-05T09:00:00+01:00`",
        );
        checker.report(&written.span, Problem::InvalidValue { key, value, expected });
        None
    }
}

/// Places a wall-clock time in its zone; one that clocks skip or show twice is refused, since programs disagree about
/// which instant it is.
pub(crate) fn place(
    checker: &Checker<'_>,
    span: &Range<usize>,
    local: NaiveDateTime,
    zone: Tz,
) -> Option<ZonedTime> {
    let problem = match checker.zones.locate(local, zone) {
        WallClock::Once(moment) => return Some(moment),
        WallClock::Skipped { later, earlier } => Problem::SkippedHour { local, later, earlier },
        WallClock::Repeated { first, second } => Problem::RepeatedHour { local, first, second },
    };
    checker.report(span, problem);
    None
}

/// Places a time that is written with its offset; an offset that the zone does not have at that instant is refused,
/// for it is a mistake in the hour. Only the hour that is repeated in October needs one.
pub(crate) fn check_offset(
    checker: &Checker<'_>,
    span: &Range<usize>,
    moment: DateTime<FixedOffset>,
    zone: Tz,
) -> Option<ZonedTime> {
    let actual = checker.zones.at(moment.to_utc(), zone);
    if actual.offset() == *moment.offset() {
        return Some(actual);
    }
    checker.report(span, Problem::WrongOffset { written: *moment.offset(), actual });
    None
}

/// Refuses a year for which the zone data does not hold.
pub(crate) fn check_year(
    checker: &Checker<'_>,
    span: &Range<usize>,
    date: NaiveDate,
) -> Option<()> {
    if YEARS.contains(&date.year()) {
        return Some(());
    }
    checker.report(span, Problem::DateOutOfRange { year: date.year() });
    None
}

/// Reads any of the four kinds. Fractions of a second are refused, since iCalendar has none (RFC 5545 §3.3.12), and so
/// is second 60, which TOML's grammar allows.
pub(crate) fn literal(checker: &Checker<'_>, written: &At<Written>) -> Option<Literal> {
    let Datetime { date, time, offset } = written.value.0;
    let is_plain = |time: toml::value::Time| {
        time.second != Some(60) && time.nanosecond.unwrap_or_default() == 0
    };
    if !time.is_none_or(is_plain) {
        checker.report(&written.span, Problem::NotAWholeSecond);
        return None;
    }
    let date = date.and_then(|date| {
        NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
    });
    let time = time.and_then(|time| {
        let second = time.second.unwrap_or_default();
        NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), second.into())
    });
    if let Some(date) = date {
        check_year(checker, &written.span, date)?;
    }
    match (date, time, offset) {
        (Some(date), None, _) => Some(Literal::Date(date)),
        (None, Some(time), _) => Some(Literal::Time(time)),
        (Some(date), Some(time), None) => Some(Literal::Local(date.and_time(time))),
        (Some(date), Some(time), Some(offset)) => {
            let minutes = match offset {
                toml::value::Offset::Z => 0,
                toml::value::Offset::Custom { minutes } => minutes,
            };
            let offset = FixedOffset::east_opt(i32::from(minutes) * 60)?;
            date.and_time(time).and_local_timezone(offset).single().map(Literal::Offset)
        }
        (None, None, _) => None,
    }
}
