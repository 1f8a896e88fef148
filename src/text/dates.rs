//! Dates and times as people and as machines read them.

use std::time::{Duration, SystemTime};

use chrono::{
    DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Timelike, Utc,
};
use chrono_tz::Tz;

use super::locale::{DateMessages, Locale};
use crate::model::{DaySpan, EventTime, TimePoint, TimeSpan, ZonedTime};

/// The zone in which readers of this site read a time that names no zone.
pub(crate) const HOME_ZONE: Tz = Tz::Europe__Berlin;

/// Returns start and end: "Montag, 10. Dezember 2018, 10:15 bis 16:15 Uhr", "10.–12. Dezember 2018".
pub(crate) fn range(time: &EventTime, locale: &Locale) -> String {
    match time {
        EventTime::Days(days) => day_range(days, locale),
        EventTime::Timed(span) => time_range(span, locale),
    }
}

/// Returns start and end for machines (RFC 3339): dates alone, the last one inclusive, or date-times with the offset
/// of that instant.
pub(crate) fn machine(time: &EventTime) -> (String, Option<String>) {
    // Search engines take midnight as a time: a whole day has to be a date alone.
    match time {
        EventTime::Days(days) => (days.first().to_string(), Some(days.last().to_string())),
        EventTime::Timed(span) => {
            (span.start().to_rfc3339(), span.end().map(|end| end.to_rfc3339()))
        }
    }
}

/// Returns a date or a moment for machines (RFC 3339).
pub(crate) fn machine_point(point: TimePoint) -> String {
    match point {
        TimePoint::Day(date, _) => date.to_string(),
        TimePoint::Moment(moment) => moment.to_rfc3339(),
    }
}

/// Returns an instant for machines (RFC 3339, in UTC, to the second).
pub(crate) fn machine_instant(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Returns an instant for headers (RFC 9110 §5.6.7), and for RSS: an HTTP date is an RFC 822 date with four digits of
/// the year, which the W3C validator demands.
#[must_use]
pub(crate) fn http_date(instant: DateTime<Utc>) -> String {
    httpdate::fmt_http_date(system_time(instant))
}

/// Returns an instant in whole seconds, as HTTP dates have.
#[must_use]
pub(crate) fn system_time(instant: DateTime<Utc>) -> SystemTime {
    // Definitions have no dates before 1970: they are refused.
    let seconds = u64::try_from(instant.timestamp()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Returns the start in short: "Mo., 10.12.2018, 10:15 Uhr"; of several whole days, the first and the last.
pub(crate) fn short(time: &EventTime, locale: &Locale) -> String {
    let date =
        |date: NaiveDate| date.format_localized(locale.dates.short, locale.calendar).to_string();
    match time {
        EventTime::Days(days) if days.first() == days.last() => date(days.first()),
        EventTime::Days(days) => format!("{} – {}", date(days.first()), date(days.last())),
        EventTime::Timed(span) => {
            let start = span.start();
            let doubt = doubt(start);
            format!("{}, {}{}{doubt}", date(start.date_naive()), clock(start), locale.dates.clock)
        }
    }
}

/// Returns the time of a session: "10:15 bis 11:00 Uhr", with the date if it is not `day`.
pub(crate) fn session(span: &TimeSpan, day: NaiveDate, locale: &Locale) -> String {
    let time = clock_range(span, locale);
    if span.start().date_naive() == day {
        time
    } else {
        format!("{}, {time}", long_date(span.start().date_naive(), locale))
    }
}

/// Returns a day or a moment: "Freitag, 30. November 2018", "Freitag, 30. November 2018, 12:00 Uhr".
pub(crate) fn point(point: &TimePoint, locale: &Locale) -> String {
    match point {
        TimePoint::Day(date, _) => long_date(*date, locale),
        TimePoint::Moment(moment) => {
            let doubt = doubt(*moment);
            format!("{}{doubt}", wall_clock(moment.naive_local(), locale))
        }
    }
}

/// Returns a wall-clock time: "Montag, 3. Dezember 2018, 10:15 Uhr".
pub(crate) fn wall_clock(local: NaiveDateTime, locale: &Locale) -> String {
    format!("{}, {}{}", long_date(local.date(), locale), clock(local.time()), locale.dates.clock)
}

/// Returns a date without its weekday: "10. Dezember 2018".
pub(crate) fn date(date: NaiveDate, locale: &Locale) -> String {
    date.format_localized(locale.dates.date, locale.calendar).to_string()
}

/// Returns the time of each date of a series: "18:00 bis 19:30 Uhr", "2 Tage"; `None` for a single whole day.
pub(crate) fn time_of_day(time: &EventTime, locale: &Locale) -> Option<String> {
    let DateMessages { to, clock: suffix, .. } = &locale.dates;
    let span = match time {
        EventTime::Timed(span) => span,
        EventTime::Days(days) if days.first() == days.last() => return None,
        EventTime::Days(days) => {
            return Some(format!(
                "{} {}",
                (days.day_after() - days.first()).num_days(),
                locale.dates.days
            ));
        }
    };
    // The zone is named without an offset: that of a series changes in summer.
    let zone = span.start().timezone();
    let doubt = if zone == HOME_ZONE { String::new() } else { format!(" ({})", zone.name()) };
    let start = clock(span.start());
    Some(match span.end() {
        None => format!("{start}{suffix}{doubt}"),
        Some(end) => match (end.date_naive() - span.start().date_naive()).num_days() {
            0 => format!("{start} {to} {}{suffix}{doubt}", clock(end)),
            1 => format!(
                "{start}{suffix} {to} {}{suffix} {}{doubt}",
                clock(end),
                locale.dates.next_day
            ),
            days => {
                let later = locale.dates.days_later.replace("{}", &days.to_string());
                format!("{start}{suffix} {to} {}{suffix} {later}{doubt}", clock(end))
            }
        },
    })
}

/// Returns a date with its weekday: "Montag, 10. Dezember 2018".
pub(crate) fn long_date(date: NaiveDate, locale: &Locale) -> String {
    date.format_localized(locale.dates.long, locale.calendar).to_string()
}

/// Returns whole days: "10.–12. Dezember 2018", "30. November – 2. Dezember 2018".
fn day_range(days: &DaySpan, locale: &Locale) -> String {
    let (first, last) = (days.first(), days.last());
    let end = last.format_localized(locale.dates.date, locale.calendar);
    if first == last {
        return long_date(first, locale);
    }
    let (format, dash) = match (first.year() == last.year(), first.month() == last.month()) {
        (true, true) => (locale.dates.day, "–"),
        (true, false) => (locale.dates.day_and_month, " – "),
        (false, _) => (locale.dates.date, " – "),
    };
    format!("{}{dash}{end}", first.format_localized(format, locale.calendar))
}

fn time_range(span: &TimeSpan, locale: &Locale) -> String {
    format!("{}, {}", long_date(span.start().date_naive(), locale), clock_range(span, locale))
}

/// Returns the times of a span: "10:15 bis 16:15 Uhr"; an end on another day carries its date.
fn clock_range(span: &TimeSpan, locale: &Locale) -> String {
    let DateMessages { to, clock: suffix, .. } = &locale.dates;
    let start = span.start();
    let alone = |time: ZonedTime| format!("{}{suffix}{}", clock(time), doubt(time));
    let Some(end) = span.end() else { return alone(start) };
    if end.date_naive() != start.date_naive() {
        format!("{} {to} {}, {}", alone(start), long_date(end.date_naive(), locale), alone(end))
    // One remark behind the end is enough for both.
    } else if doubt(start) == doubt(end) {
        format!("{} {to} {}", clock(start), alone(end))
    } else {
        format!("{} {to} {}", alone(start), alone(end))
    }
}

/// Returns hour and minute: "10:15".
pub(crate) fn clock(time: impl Into<NaiveTime>) -> String {
    let time = time.into();
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Returns the offset if the time alone could be read in two ways: in another zone, or in the hour that is repeated
/// in October.
fn doubt(time: ZonedTime) -> String {
    let zone = time.timezone();
    if zone != HOME_ZONE {
        format!(" ({}, UTC{})", zone.name(), time.format("%:z"))
    } else if time.repeated().is_some() {
        format!(" (UTC{})", time.format("%:z"))
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;
    use crate::zone::Zones;

    fn days(first: &str, last: &str) -> EventTime {
        let date = |text: &str| text.parse().expect("a date");
        Zones::compiled().days(date(first), date(last), HOME_ZONE).expect("in order")
    }

    fn timed(start: &str, end: &str, zone: Tz) -> EventTime {
        let zones = Zones::compiled();
        let time = |text: &str| {
            let moment = chrono::DateTime::parse_from_rfc3339(text).expect("RFC 3339");
            zones.at(moment.to_utc(), zone)
        };
        let end = (!end.is_empty()).then(|| time(end));
        zones.timed(time(start), end).expect("in order")
    }

    /// The range in German and in English.
    fn both(time: &EventTime) -> [String; 2] {
        ["de", "en"].map(|tag| range(time, Locale::of(&Language::new(tag).expect("a language"))))
    }

    #[test]
    fn whole_days_say_no_more_than_needed() {
        let expected = ["Montag, 10. Dezember 2018", "Monday, 10 December 2018"];
        assert_eq!(both(&days("2018-12-10", "2018-12-10")), expected);
        let expected = ["10.–12. Dezember 2018", "10–12 December 2018"];
        assert_eq!(both(&days("2018-12-10", "2018-12-12")), expected);
        let expected = ["30. November – 2. Dezember 2018", "30 November – 2 December 2018"];
        assert_eq!(both(&days("2018-11-30", "2018-12-02")), expected);
        let expected = ["31. Dezember 2018 – 1. Januar 2019", "31 December 2018 – 1 January 2019"];
        assert_eq!(both(&days("2018-12-31", "2019-01-01")), expected);
    }

    #[test]
    fn times_name_the_day_once() {
        let time = timed("2018-12-10T10:15:00+01:00", "2018-12-10T16:15:00+01:00", HOME_ZONE);
        let german = "Montag, 10. Dezember 2018, 10:15 bis 16:15 Uhr";
        assert_eq!(both(&time), [german, "Monday, 10 December 2018, 10:15 to 16:15"]);
        let open = timed("2018-12-10T10:15:00+01:00", "", HOME_ZONE);
        let german = "Montag, 10. Dezember 2018, 10:15 Uhr";
        assert_eq!(both(&open), [german, "Monday, 10 December 2018, 10:15"]);
    }

    #[test]
    fn an_end_on_another_day_carries_its_date() {
        let time = timed("2018-12-10T10:15:00+01:00", "2018-12-11T16:00:00+01:00", HOME_ZONE);
        let german =
            "Montag, 10. Dezember 2018, 10:15 Uhr bis Dienstag, 11. Dezember 2018, 16:00 Uhr";
        let english = "Monday, 10 December 2018, 10:15 to Tuesday, 11 December 2018, 16:00";
        assert_eq!(both(&time), [german, english]);
    }

    #[test]
    fn the_offset_is_named_where_it_could_be_doubted() {
        let night = timed("2018-10-28T02:30:00+01:00", "2018-10-28T04:00:00+01:00", HOME_ZONE);
        let german = "Sonntag, 28. Oktober 2018, 02:30 Uhr (UTC+01:00) bis 04:00 Uhr";
        assert_eq!(both(&night)[0], german);
        let zone = Tz::America__New_York;
        let abroad = timed("2018-12-10T10:15:00-05:00", "2018-12-10T12:00:00-05:00", zone);
        let german = "Montag, 10. Dezember 2018, 10:15 bis 12:00 Uhr (America/New_York, UTC-05:00)";
        assert_eq!(both(&abroad)[0], german);
    }
}
