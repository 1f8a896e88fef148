//! Dates and times as they are written, placed in their zone.

use std::ops::Range;
use std::time::Duration;

use chrono::{
    DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta,
    TimeZone, Utc, Weekday,
};
use chrono_tz::Tz;
use toml::value::Datetime;

use crate::model::{EventTime, TimePoint, TimeSpan, WallClock, ZonedTime, locate};
use crate::source::definition::{At, EventDefinition, Text, When, Written};
use crate::source::problem::Problem;

use super::checker::Checker;
use super::zone;

/// Years for which the compiled zone data holds (Berlin has no summer time from 2100 on).
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2099;

/// One of the four kinds of date and time that TOML has.
#[derive(Clone, Copy)]
enum Literal {
    Date(NaiveDate),
    Time(NaiveTime),
    Local(NaiveDateTime),
    Offset(DateTime<FixedOffset>),
}

/// When the event takes place, from `start`, `end` or `duration`, checked against `weekday`.
pub fn event_time(checker: &Checker<'_>, event: &EventDefinition, zone: Tz) -> Option<EventTime> {
    const START: &str = "`start = 2018-12-10T10:15:00`, or a date alone for a whole day";
    if event.start.is_none() {
        checker.missing(&checker.head, "start", START);
    }
    if let (Some(_), Some(duration)) = (&event.end, &event.duration) {
        checker.report(&duration.span, Problem::Conflict { key: "duration", other: "end" });
    }
    let start = event.start.as_ref()?;
    let time = match literal(checker, start)? {
        Literal::Date(first) => days(checker, event, first, zone),
        Literal::Time(time) => {
            let example = format!("2018-12-10T{}", time.format("%H:%M:%S"));
            checker.report(&start.span, Problem::TimeWithoutDate { key: "start", example });
            None
        }
        Literal::Local(local) => {
            let start = place(checker, &start.span, local, zone)?;
            span(checker, event, start)
        }
        Literal::Offset(moment) => {
            let start = check_offset(checker, &start.span, moment, zone)?;
            span(checker, event, start)
        }
    }?;
    check_weekday(checker, &event.weekday, time.first_date());
    zone::check_data(checker, &event.timezone, &time);
    Some(time)
}

fn days(
    checker: &Checker<'_>,
    event: &EventDefinition,
    first: NaiveDate,
    zone: Tz,
) -> Option<EventTime> {
    let (last, span) = match (&event.end, duration(checker, &event.duration)) {
        (Some(end), _) => {
            if let Literal::Date(last) = literal(checker, end)? {
                (last, end.span.clone())
            } else {
                checker.report(&end.span, Problem::MixedTimes { key: "end" });
                return None;
            }
        }
        (None, Some(duration)) => {
            let days = duration.value.num_days();
            if duration.value != TimeDelta::days(days) {
                checker.report(&duration.span, Problem::MixedTimes { key: "duration" });
                return None;
            }
            (first + TimeDelta::days(days - 1), duration.span)
        }
        (None, None) => (first, 0..0),
    };
    check_year(checker, &span, last)?;
    let time = EventTime::days(first, last, zone);
    if time.is_none() {
        let (start, end) = (first.to_string(), last.to_string());
        checker.report(&span, Problem::EndNotAfterStart { start, end });
    }
    time
}

fn span(checker: &Checker<'_>, event: &EventDefinition, start: ZonedTime) -> Option<EventTime> {
    let zone = start.timezone();
    let (end, span) = match (&event.end, duration(checker, &event.duration)) {
        (Some(end), _) => (Some(end_time(checker, end, start)?), end.span.clone()),
        (None, Some(duration)) => {
            let local = start.naive_local() + duration.value;
            check_year(checker, &duration.span, local.date())?;
            let end = match locate(local, zone) {
                WallClock::Once(end) => end,
                WallClock::Repeated { first: end, .. } | WallClock::Skipped { later: end, .. } => {
                    checker.report(&duration.span, Problem::DurationInDoubt { end });
                    return None;
                }
            };
            (Some(end), duration.span)
        }
        (None, None) => (None, 0..0),
    };
    let time = EventTime::timed(start, end);
    if time.is_none() {
        report_order(checker, &span, start, end);
    }
    time
}

fn end_time(checker: &Checker<'_>, end: &At<Written>, start: ZonedTime) -> Option<ZonedTime> {
    match literal(checker, end)? {
        Literal::Local(local) => place(checker, &end.span, local, start.timezone()),
        Literal::Offset(moment) => check_offset(checker, &end.span, moment, start.timezone()),
        Literal::Date(_) => {
            checker.report(&end.span, Problem::MixedTimes { key: "end" });
            None
        }
        Literal::Time(time) => {
            let example = start.date_naive().and_time(time).format("%Y-%m-%dT%H:%M:%S").to_string();
            checker.report(&end.span, Problem::TimeWithoutDate { key: "end", example });
            None
        }
    }
}

/// A length on the wall clock, above zero, in whole minutes: `6h 30min`, `2 days`.
fn duration(checker: &Checker<'_>, text: &Text) -> Option<At<TimeDelta>> {
    let is_whole = |length: &Duration| {
        length.as_secs() > 0 && length.as_nanos().is_multiple_of(60_000_000_000)
    };
    let expected = "a length such as `6h 30min` or `2 days`";
    let value = checker.valid("duration", expected, text, |text| {
        let length = humantime::parse_duration(text).ok().filter(is_whole)?;
        TimeDelta::from_std(length).ok().filter(|length| *length < TimeDelta::days(3660))
    })?;
    Some(At { span: text.as_ref()?.span.clone(), value })
}

/// A time on the first day at which the doors open.
pub fn doors(checker: &Checker<'_>, doors: &When, time: &EventTime) -> Option<ZonedTime> {
    let doors = doors.as_ref()?;
    let Literal::Time(opens) = literal(checker, doors)? else {
        let (value, expected) = (doors.value.0.to_string(), "a time such as `09:45:00`");
        checker.report(&doors.span, Problem::InvalidValue { key: "doors", value, expected });
        return None;
    };
    let EventTime::Timed(span) = time else {
        let other = "a `start` with a time";
        checker.report(&doors.span, Problem::Needs { key: "doors", other });
        return None;
    };
    let opens = place(checker, &doors.span, time.first_date().and_time(opens), time.zone())?;
    if opens > span.start() {
        checker.report(&doors.span, Problem::DoorsAfterStart);
    }
    Some(opens)
}

/// A time of the programme: a time on `day`, or one with its own date.
fn session_time(
    checker: &Checker<'_>,
    key: &'static str,
    written: &At<Written>,
    day: NaiveDate,
    zone: Tz,
) -> Option<ZonedTime> {
    match literal(checker, written)? {
        Literal::Time(time) => place(checker, &written.span, day.and_time(time), zone),
        Literal::Local(local) => place(checker, &written.span, local, zone),
        Literal::Offset(moment) => check_offset(checker, &written.span, moment, zone),
        Literal::Date(_) => {
            checker.report(&written.span, Problem::MixedTimes { key });
            None
        }
    }
}

/// Both times of a part of the programme: without a date, the start is on the event's first day, and
/// the end on the day of the start.
pub fn session_span(
    checker: &Checker<'_>,
    start: &At<Written>,
    end: &When,
    event: &EventTime,
) -> Option<TimeSpan> {
    let zone = event.zone();
    let from = session_time(checker, "start", start, event.first_date(), zone)?;
    let to = match end {
        Some(end) => Some(session_time(checker, "end", end, from.date_naive(), zone)?),
        None => None,
    };
    let Some(EventTime::Timed(span)) = EventTime::timed(from, to) else {
        report_order(checker, &end.as_ref().unwrap_or(start).span, from, to);
        return None;
    };
    Some(span)
}

/// Says that an end does not lie after its start.
fn report_order(
    checker: &Checker<'_>,
    span: &Range<usize>,
    start: ZonedTime,
    end: Option<ZonedTime>,
) {
    let shown = |time: ZonedTime| time.format("%Y-%m-%dT%H:%M").to_string();
    let end = end.map(shown).unwrap_or_default();
    checker.report(span, Problem::EndNotAfterStart { start: shown(start), end });
}

/// A date that counts as a whole, or a moment.
pub fn time_point(checker: &Checker<'_>, written: &When, zone: Tz) -> Option<TimePoint> {
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

/// The time that was announced before.
pub fn previous_start(checker: &Checker<'_>, written: &When, zone: Tz) -> Option<ZonedTime> {
    let at = written.as_ref()?;
    match literal(checker, at)? {
        Literal::Local(local) => place(checker, &at.span, local, zone),
        Literal::Offset(moment) => check_offset(checker, &at.span, moment, zone),
        Literal::Date(_) | Literal::Time(_) => {
            let (value, expected) =
                (at.value.0.to_string(), "a time such as `2018-12-03T10:15:00`");
            let problem = Problem::InvalidValue { key: "previous_start", value, expected };
            checker.report(&at.span, problem);
            None
        }
    }
}

/// `published` and `updated`, in this order in time.
pub fn instants(
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

/// An instant, written with its offset.
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

/// Places a wall-clock time in its zone; a skipped or repeated one is refused.
fn place(
    checker: &Checker<'_>,
    span: &Range<usize>,
    local: NaiveDateTime,
    zone: Tz,
) -> Option<ZonedTime> {
    let problem = match locate(local, zone) {
        WallClock::Once(moment) => return Some(moment),
        WallClock::Skipped { later, earlier } => Problem::SkippedHour { local, later, earlier },
        WallClock::Repeated { first, second } => Problem::RepeatedHour { local, first, second },
    };
    checker.report(span, problem);
    None
}

/// An offset is only needed where clocks are put back; a wrong one is a mistake in the hour.
fn check_offset(
    checker: &Checker<'_>,
    span: &Range<usize>,
    moment: DateTime<FixedOffset>,
    zone: Tz,
) -> Option<ZonedTime> {
    let actual = moment.with_timezone(&zone);
    if actual.offset().fix() == *moment.offset() {
        return Some(actual);
    }
    checker.report(span, Problem::WrongOffset { written: *moment.offset(), actual });
    None
}

fn check_year(checker: &Checker<'_>, span: &Range<usize>, date: NaiveDate) -> Option<()> {
    if YEARS.contains(&date.year()) {
        return Some(());
    }
    checker.report(span, Problem::DateOutOfRange { year: date.year() });
    None
}

fn literal(checker: &Checker<'_>, written: &At<Written>) -> Option<Literal> {
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
            offset.from_local_datetime(&date.and_time(time)).single().map(Literal::Offset)
        }
        (None, None, _) => None,
    }
}

/// English and German names.
const WEEKDAYS: [(Weekday, [&str; 4]); 7] = [
    (Weekday::Mon, ["Monday", "Montag", "Mo", "Mo."]),
    (Weekday::Tue, ["Tuesday", "Dienstag", "Di", "Di."]),
    (Weekday::Wed, ["Wednesday", "Mittwoch", "Mi", "Mi."]),
    (Weekday::Thu, ["Thursday", "Donnerstag", "Do", "Do."]),
    (Weekday::Fri, ["Friday", "Freitag", "Fr", "Fr."]),
    (Weekday::Sat, ["Saturday", "Samstag", "Sonnabend", "Sa"]),
    (Weekday::Sun, ["Sunday", "Sonntag", "So", "So."]),
];

fn check_weekday(checker: &Checker<'_>, written: &Text, date: NaiveDate) {
    let expected = "the German or English name of a day such as `Montag`";
    let named = checker.valid("weekday", expected, written, |text| {
        WEEKDAYS.iter().find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(text)))
    });
    let Some(((weekday, _), written)) = named.zip(written.as_ref()) else { return };
    if *weekday != date.weekday() {
        let is_english = WEEKDAYS.iter().any(|(_, names)| names[0] == written.value);
        let actual = WEEKDAYS.iter().find(|(weekday, _)| *weekday == date.weekday());
        let actual = actual.map_or("", |(_, names)| names[usize::from(!is_english)]);
        let (written, span) = (written.value.clone(), &written.span);
        checker.report(span, Problem::WrongWeekday { written, date, actual });
    }
}
