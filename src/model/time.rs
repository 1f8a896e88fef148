//! When an event takes place: whole local days, or zoned date-times. A start never lies after its
//! end, and both are of one kind.

use chrono::{DateTime, Days, Duration, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime};
use chrono::{Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// A date-time with its offset and its IANA zone.
pub type ZonedTime = DateTime<Tz>;

/// When an event takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventTime {
    /// Whole local days.
    Days(DaySpan),
    /// From a moment, to a moment where the end is known.
    Timed(TimeSpan),
}

/// Whole days, both ends inclusive, in the zone whose midnights bound them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DaySpan {
    first: NaiveDate,
    last: NaiveDate,
    zone: Tz,
}

/// A start and, where it is known, a later end in the same zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimeSpan {
    start: ZonedTime,
    end: Option<ZonedTime>,
}

impl DaySpan {
    /// First day.
    #[must_use]
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// Last day, inclusive.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        self.last
    }

    /// The day after the last one: the exclusive end of RFC 5545 §3.6.1.
    #[must_use]
    pub fn day_after(&self) -> NaiveDate {
        self.last + Days::new(1)
    }
}

impl TimeSpan {
    /// Start.
    #[must_use]
    pub fn start(&self) -> ZonedTime {
        self.start
    }

    /// End, exclusive.
    #[must_use]
    pub fn end(&self) -> Option<ZonedTime> {
        self.end
    }
}

impl EventTime {
    /// `None` where the last day lies before the first.
    #[must_use]
    pub fn days(first: NaiveDate, last: NaiveDate, zone: Tz) -> Option<Self> {
        (first <= last).then_some(Self::Days(DaySpan { first, last, zone }))
    }

    /// `None` where the end does not lie after the start.
    #[must_use]
    pub fn timed(start: ZonedTime, end: Option<ZonedTime>) -> Option<Self> {
        let end = end.map(|end| end.with_timezone(&start.timezone()));
        end.is_none_or(|end| start < end).then_some(Self::Timed(TimeSpan { start, end }))
    }

    /// The same on the wall clock, from another first day on; `None` where clocks skip its start. Of a
    /// repeated hour it is the first (RFC 5545 §3.3.5); an end that is skipped is read with the offset before.
    #[must_use]
    pub fn on(&self, date: NaiveDate) -> Option<Self> {
        let shift = date - self.first_date();
        if shift.is_zero() {
            return Some(*self);
        }
        match self {
            Self::Days(days) => Self::days(date, days.last + shift, days.zone),
            Self::Timed(span) => {
                let zone = span.start.timezone();
                let start = match locate(span.start.naive_local() + shift, zone) {
                    WallClock::Once(start) | WallClock::Repeated { first: start, .. } => start,
                    WallClock::Skipped { .. } => return None,
                };
                let end = span.end.map(|end| match locate(end.naive_local() + shift, zone) {
                    WallClock::Repeated { first, second } if first <= start => second,
                    WallClock::Once(end)
                    | WallClock::Repeated { first: end, .. }
                    | WallClock::Skipped { later: end, .. } => end,
                });
                Self::timed(start, end)
            }
        }
    }

    /// Claims that clocks are changed during it, or that they show its start or end twice.
    #[must_use]
    pub fn meets_clock_change(&self) -> bool {
        let Self::Timed(TimeSpan { start, end }) = self else { return false };
        let is_plain = |time: &ZonedTime| {
            matches!(locate(time.naive_local(), time.timezone()), WallClock::Once(_))
        };
        let same_offset = |end: &ZonedTime| end.offset().fix() == start.offset().fix();
        !is_plain(start) || end.as_ref().is_some_and(|end| !is_plain(end) || !same_offset(end))
    }

    /// The start, as what is told of a time that was announced before.
    #[must_use]
    pub fn start_point(&self) -> TimePoint {
        match self {
            Self::Days(days) => TimePoint::Day(days.first, days.zone),
            Self::Timed(span) => TimePoint::Moment(span.start),
        }
    }

    /// The zone in which the author reads the clock.
    #[must_use]
    pub fn zone(&self) -> Tz {
        match self {
            Self::Days(days) => days.zone,
            Self::Timed(span) => span.start.timezone(),
        }
    }

    /// The local date on which it begins.
    #[must_use]
    pub fn first_date(&self) -> NaiveDate {
        match self {
            Self::Days(days) => days.first,
            Self::Timed(span) => span.start.date_naive(),
        }
    }

    /// The local date on which it ends, where its end is known; else that on which it begins.
    #[must_use]
    pub fn last_date(&self) -> NaiveDate {
        match self {
            Self::Days(days) => days.last,
            Self::Timed(span) => span.end.unwrap_or(span.start).date_naive(),
        }
    }

    /// The instant at which it begins; for whole days the local midnight.
    #[must_use]
    pub fn begins(&self) -> DateTime<Utc> {
        match self {
            Self::Days(days) => midnight(days.first, days.zone),
            Self::Timed(span) => span.start.to_utc(),
        }
    }

    /// The instant from which it has passed: its end, or the end of its last local day.
    #[must_use]
    pub fn passes(&self) -> DateTime<Utc> {
        match self {
            Self::Days(days) => midnight(days.day_after(), days.zone),
            Self::Timed(span) => span.end.map_or_else(
                || midnight(span.start.date_naive() + Days::new(1), span.start.timezone()),
                |end| end.to_utc(),
            ),
        }
    }
}

/// A date, or a moment: what registration deadlines are written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimePoint {
    /// A whole local day.
    Day(NaiveDate, Tz),
    /// A moment.
    Moment(ZonedTime),
}

impl TimePoint {
    /// The instant at which it begins.
    #[must_use]
    pub fn begins(&self) -> DateTime<Utc> {
        match self {
            Self::Day(date, zone) => midnight(*date, *zone),
            Self::Moment(moment) => moment.to_utc(),
        }
    }

    /// The instant at which it is over: a day ends at its midnight.
    #[must_use]
    pub fn ends(&self) -> DateTime<Utc> {
        match self {
            Self::Day(date, zone) => midnight(*date + Days::new(1), *zone),
            Self::Moment(moment) => moment.to_utc(),
        }
    }
}

/// What a clock on a wall says about a wall-clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WallClock {
    /// It shows that time once.
    Once(ZonedTime),
    /// It never shows it: clocks are put forward past it. The two readings of RFC 5545 §3.3.5 and
    /// of the new offset.
    Skipped {
        /// Read with the offset before the change, as the clock then shows it.
        later: ZonedTime,
        /// Read with the offset after the change.
        earlier: ZonedTime,
    },
    /// It shows it twice: clocks are put back.
    Repeated {
        /// The first time, in summer time.
        first: ZonedTime,
        /// The second time.
        second: ZonedTime,
    },
}

/// Looks up the wall-clock time `local` in `zone`.
#[must_use]
pub fn locate(local: NaiveDateTime, zone: Tz) -> WallClock {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(moment) => WallClock::Once(moment),
        MappedLocalTime::Ambiguous(first, second) => WallClock::Repeated { first, second },
        MappedLocalTime::None => {
            let read_with_offset_at = |near: NaiveDateTime| {
                let offset = zone.offset_from_utc_datetime(&near).fix();
                zone.from_utc_datetime(&(local - offset))
            };
            WallClock::Skipped {
                later: read_with_offset_at(local - Duration::days(1)),
                earlier: read_with_offset_at(local + Duration::days(1)),
            }
        }
    }
}

/// The first instant of a local date; after the gap where a zone skips its midnight.
fn midnight(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    match locate(date.and_time(NaiveTime::MIN), zone) {
        WallClock::Once(moment)
        | WallClock::Repeated { first: moment, .. }
        | WallClock::Skipped { later: moment, .. } => moment.to_utc(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Berlin;

    fn local(text: &str) -> NaiveDateTime {
        text.parse().expect("a local date-time")
    }

    #[test]
    fn the_hour_skipped_in_march_is_named_with_both_readings() {
        let WallClock::Skipped { later, earlier } = locate(local("2018-03-25T02:30:00"), Berlin)
        else {
            panic!("it is skipped");
        };
        assert_eq!(later.to_rfc3339(), "2018-03-25T03:30:00+02:00");
        assert_eq!(earlier.to_rfc3339(), "2018-03-25T01:30:00+01:00");
    }

    #[test]
    fn the_hour_repeated_in_october_is_named_with_both_instants() {
        let WallClock::Repeated { first, second } = locate(local("2018-10-28T02:30:00"), Berlin)
        else {
            panic!("it is repeated");
        };
        assert_eq!(first.to_rfc3339(), "2018-10-28T02:30:00+02:00");
        assert_eq!(second.to_rfc3339(), "2018-10-28T02:30:00+01:00");
    }

    #[test]
    fn an_event_without_an_end_passes_with_its_local_day() {
        let WallClock::Once(start) = locate(local("2018-12-10T10:15:00"), Berlin) else {
            panic!("it exists");
        };
        let time = EventTime::timed(start, None).expect("no end");
        assert_eq!(time.passes().to_rfc3339(), "2018-12-10T23:00:00+00:00");
    }

    #[test]
    fn an_end_lies_after_its_start() {
        let WallClock::Once(start) = locate(local("2018-12-10T10:15:00"), Berlin) else {
            panic!("it exists");
        };
        assert_eq!(EventTime::timed(start, Some(start)), None);
        let (first, last) = (start.date_naive(), start.date_naive() - Days::new(1));
        assert_eq!(EventTime::days(first, last, Berlin), None);
    }
}
