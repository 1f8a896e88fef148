//! `start`, `end`, `duration`, `doors` and the times of sessions and overrides.

use std::ops::Range;
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use crate::model::{EventTime, TimeSpan, ZonedTime};
use crate::source::diagnostic::Problem;
use crate::source::format::{At, EventDefinition, Text, When, Written};
use crate::zone::WallClock;

use super::checker::Checker;
use super::moment::{Literal, check_offset, check_year, date, literal, place};
use super::weekday;

/// Reads when an event takes place from `start`, `end` or `duration`, and checks it against `weekday`.
pub(crate) fn event_time(
    checker: &Checker<'_>,
    event: &EventDefinition,
    zone: Tz,
) -> Option<EventTime> {
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
    weekday::check(checker, &event.weekday, time.first_date());
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
            // `2 days` from Monday end on Tuesday, inclusive.
            (first + TimeDelta::days(days - 1), duration.span)
        }
        (None, None) => (first, 0..0),
    };
    check_year(checker, &span, last)?;
    let time = checker.zones.days(first, last, zone);
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
            // A duration runs on the wall clock. If its end falls into the changed hour, only the author knows which is
            // meant.
            let local = start.naive_local() + duration.value;
            check_year(checker, &duration.span, local.date())?;
            let end = match checker.zones.locate(local, zone) {
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
    let time = checker.zones.timed(start, end);
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

/// Reads a length on the wall clock in whole minutes, above zero and below ten years: `6h 30min`, `2 days`.
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

/// Reads the time on the first day at which the doors open.
pub(crate) fn doors(checker: &Checker<'_>, doors: &When, time: &EventTime) -> Option<ZonedTime> {
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
    if opens.to_utc() > span.start().to_utc() {
        checker.report(&doors.span, Problem::DoorsAfterStart);
    }
    Some(opens)
}

/// Reads a time of the programme: a time on `day`, or one with its own date.
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

/// Reads both times of a part of the programme: without a date, the start is on the event's first day, and the end on
/// the day of the start.
pub(crate) fn session_span(
    checker: &Checker<'_>,
    start: &At<Written>,
    end: &When,
    event: &EventTime,
) -> Option<TimeSpan> {
    let zone = event.zone();
    // A programme may go past midnight: an end without a date is on the day of its own start.
    let from = session_time(checker, "start", start, event.first_date(), zone)?;
    let to = match end {
        Some(end) => Some(session_time(checker, "end", end, from.date_naive(), zone)?),
        None => None,
    };
    let Some(span) = checker.zones.span(from, to) else {
        report_order(checker, &end.as_ref().unwrap_or(start).span, from, to);
        return None;
    };
    Some(span)
}

/// Reports an end that is not after its start.
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

/// Reads when a date of a series takes place instead of `planned`; without a new end it takes as long as planned, on
/// the wall clock. `None` if neither is written, or one is wrong.
pub(crate) fn changed_time(
    checker: &Checker<'_>,
    start: &When,
    end: &When,
    planned: &EventTime,
) -> Option<EventTime> {
    let last = end.as_ref().or(start.as_ref())?;
    match planned {
        EventTime::Days(days) => {
            let first = match start {
                Some(start) => date(checker, "start", start)?,
                None => days.first(),
            };
            let last_day = match end {
                Some(end) => date(checker, "end", end)?,
                None => first + (days.last() - days.first()),
            };
            let time = checker.zones.days(first, last_day, planned.zone());
            if time.is_none() {
                let (start, end) = (first.to_string(), last_day.to_string());
                checker.report(&last.span, Problem::EndNotAfterStart { start, end });
            }
            time
        }
        EventTime::Timed(span) => {
            let zone = planned.zone();
            let from = match start {
                Some(start) => session_time(checker, "start", start, planned.first_date(), zone)?,
                None => span.start(),
            };
            let to = match (end, span.end()) {
                (Some(end), _) => Some(session_time(checker, "end", end, from.date_naive(), zone)?),
                (None, Some(end)) => {
                    let length = end.naive_local() - span.start().naive_local();
                    Some(place(checker, &last.span, from.naive_local() + length, zone)?)
                }
                (None, None) => None,
            };
            let time = checker.zones.timed(from, to);
            if time.is_none() {
                report_order(checker, &last.span, from, to);
            }
            time
        }
    }
}

/// Reports that clocks skip the start of an event on this date.
pub(crate) fn report_skipped(
    checker: &Checker<'_>,
    span: &Range<usize>,
    time: &EventTime,
    date: NaiveDate,
) {
    if let EventTime::Timed(start) = time {
        place(checker, span, date.and_time(start.start().naive_local().time()), time.zone());
    }
}
