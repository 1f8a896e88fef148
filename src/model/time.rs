//! The time of an event, as data: wall clock, zone, and the offset that the rules of the zone gave.
//!
//! Nothing here knows the rules of a zone: the room `zone` makes these values once, and everybody
//! else reads them. So newer zone data cannot move what was published without anybody noticing. An
//! instant alone would not do: an author means a wall-clock time, which a change of the law must
//! not move.

use chrono::format::{DelayedFormat, StrftimeItems};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A wall-clock time in a zone, with the offset that the zone's rules gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ZonedTime {
    local: NaiveDateTime,
    zone: Tz,
    #[serde(with = "offset_text")]
    offset: FixedOffset,
    /// Which of the two it is, if clocks show this time twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    repeated: Option<Repeated>,
}

/// One of the two times that a clock shows alike when it is put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Repeated {
    /// The time before the clock is put back.
    First,
    /// The time after the clock was put back.
    Second,
}

impl ZonedTime {
    /// Makes a time of what the rules of `zone` say; only the room `zone` calls this.
    #[must_use]
    pub(crate) fn resolved(
        local: NaiveDateTime,
        zone: Tz,
        offset: FixedOffset,
        repeated: Option<Repeated>,
    ) -> Self {
        Self { local, zone, offset, repeated }
    }

    /// Returns the wall-clock time.
    #[must_use]
    pub fn naive_local(&self) -> NaiveDateTime {
        self.local
    }

    /// Returns the local date.
    #[must_use]
    pub fn date_naive(&self) -> NaiveDate {
        self.local.date()
    }

    /// Returns the zone.
    #[must_use]
    pub(crate) fn timezone(&self) -> Tz {
        self.zone
    }

    /// Returns the offset from UTC.
    #[must_use]
    pub(crate) fn offset(&self) -> FixedOffset {
        self.offset
    }

    /// Returns which of two times this is; `None` if clocks show it once.
    #[must_use]
    pub(crate) fn repeated(&self) -> Option<Repeated> {
        self.repeated
    }

    /// Returns the instant.
    #[must_use]
    pub(crate) fn to_utc(self) -> DateTime<Utc> {
        (self.local - self.offset).and_utc()
    }

    /// Returns the time with its offset (RFC 3339): `2018-12-10T10:15:00+01:00`.
    #[must_use]
    pub fn to_rfc3339(&self) -> String {
        self.fixed().to_rfc3339()
    }

    /// Formats the time with a format string of chrono.
    #[must_use]
    pub(crate) fn format<'a>(&self, format: &'a str) -> DelayedFormat<StrftimeItems<'a>> {
        self.fixed().format(format)
    }

    fn fixed(&self) -> DateTime<FixedOffset> {
        DateTime::from_naive_utc_and_offset(self.local - self.offset, self.offset)
    }
}

/// Takes the wall-clock time without its date.
impl From<ZonedTime> for NaiveTime {
    fn from(time: ZonedTime) -> Self {
        time.local.time()
    }
}

/// The time of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventTime {
    /// Whole local days.
    Days(DaySpan),
    /// A start and, if it is known, an end.
    Timed(TimeSpan),
}

/// Whole days, both ends inclusive, with the instants at which they begin and end in their zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaySpan {
    first: NaiveDate,
    last: NaiveDate,
    zone: Tz,
    begins: DateTime<Utc>,
    passes: DateTime<Utc>,
}

/// A start and, if it is known, a later end in the same zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimeSpan {
    start: ZonedTime,
    end: End,
}

/// The end of a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum End {
    Known(ZonedTime),
    /// No end is known: the event has passed when its local day ends, at this instant.
    // Nothing is invented: no format gets an end that the author did not write.
    WithItsDay(DateTime<Utc>),
}

impl DaySpan {
    /// Makes whole days of what the rules of `zone` say; only the room `zone` calls this. Returns
    /// `None` if the last day is before the first.
    #[must_use]
    pub(crate) fn resolved(
        [first, last]: [NaiveDate; 2],
        zone: Tz,
        [begins, passes]: [DateTime<Utc>; 2],
    ) -> Option<Self> {
        (first <= last).then_some(Self { first, last, zone, begins, passes })
    }

    /// Returns the first day.
    #[must_use]
    pub(crate) fn first(&self) -> NaiveDate {
        self.first
    }

    /// Returns the last day, inclusive.
    #[must_use]
    pub(crate) fn last(&self) -> NaiveDate {
        self.last
    }

    /// Returns the day after the last one: the exclusive end that `DTEND` wants (RFC 5545 §3.6.1).
    #[must_use]
    pub(crate) fn day_after(&self) -> NaiveDate {
        self.last + Days::new(1)
    }
}

impl TimeSpan {
    /// Makes a span from `start` to `end`; returns `None` if the end is not after the start, or is
    /// in another zone.
    #[must_use]
    pub(crate) fn until(start: ZonedTime, end: ZonedTime) -> Option<Self> {
        let is_in_order = start.to_utc() < end.to_utc() && start.zone == end.zone;
        is_in_order.then_some(Self { start, end: End::Known(end) })
    }

    /// Makes a span without a known end; its local day ends at `day_ends`, which only the room
    /// `zone` can say.
    #[must_use]
    pub(crate) fn resolved(start: ZonedTime, day_ends: DateTime<Utc>) -> Self {
        Self { start, end: End::WithItsDay(day_ends) }
    }

    /// Returns the start.
    #[must_use]
    pub fn start(&self) -> ZonedTime {
        self.start
    }

    /// Returns the end, exclusive.
    #[must_use]
    pub(crate) fn end(&self) -> Option<ZonedTime> {
        match self.end {
            End::Known(end) => Some(end),
            End::WithItsDay(_) => None,
        }
    }
}

impl EventTime {
    /// Returns the start in the form of an announced one.
    #[must_use]
    pub(crate) fn start_point(&self) -> TimePoint {
        match self {
            Self::Days(days) => TimePoint::Day(days.first, days.zone),
            Self::Timed(span) => TimePoint::Moment(span.start),
        }
    }

    /// Returns whether the start is before the end.
    #[must_use]
    pub(crate) fn is_in_order(&self) -> bool {
        // Serde fills the fields without a constructor, and a record may have been edited by hand.
        let last = match self {
            Self::Days(days) => days.first <= days.last,
            Self::Timed(span) => span.end().is_none_or(|end| end.zone == span.start.zone),
        };
        last && self.begins() < self.passes()
    }

    /// Returns whether clocks are changed during the event, or show its start or end twice.
    #[must_use]
    pub(crate) fn meets_clock_change(&self) -> bool {
        let Self::Timed(span) = self else { return false };
        let (start, end) = (span.start, span.end().unwrap_or(span.start));
        // Clients do not agree on such hours, so a series that meets one is written as single entries.
        start.repeated.is_some() || end.repeated.is_some() || start.offset != end.offset
    }

    /// Returns the zone in which the author reads the clock.
    #[must_use]
    pub(crate) fn zone(&self) -> Tz {
        match self {
            Self::Days(days) => days.zone,
            Self::Timed(span) => span.start.zone,
        }
    }

    /// Returns the local date on which it begins.
    #[must_use]
    pub fn first_date(&self) -> NaiveDate {
        match self {
            Self::Days(days) => days.first,
            Self::Timed(span) => span.start.date_naive(),
        }
    }

    /// Returns the local date on which it ends, or on which it begins if no end is known.
    #[must_use]
    pub(crate) fn last_date(&self) -> NaiveDate {
        match self {
            Self::Days(days) => days.last,
            Self::Timed(span) => span.end().unwrap_or(span.start).date_naive(),
        }
    }

    /// Returns the instant at which it begins; for whole days, the first instant of the first day.
    #[must_use]
    pub(crate) fn begins(&self) -> DateTime<Utc> {
        match self {
            Self::Days(days) => days.begins,
            Self::Timed(span) => span.start.to_utc(),
        }
    }

    /// Returns the instant from which it has passed: its end, or the end of its last local day.
    #[must_use]
    pub(crate) fn passes(&self) -> DateTime<Utc> {
        match self {
            Self::Days(days) => days.passes,
            Self::Timed(TimeSpan { end: End::Known(end), .. }) => end.to_utc(),
            Self::Timed(TimeSpan { end: End::WithItsDay(at), .. }) => *at,
        }
    }
}

/// A date or a moment, as registration deadlines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimePoint {
    /// A whole local day.
    Day(NaiveDate, Tz),
    /// A moment.
    Moment(ZonedTime),
}

/// Offsets as RFC 3339 writes them, with seconds if there are any: `+01:00`, `-00:44:30`.
mod offset_text {
    use chrono::FixedOffset;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields so")]
    pub(super) fn serialize<S: Serializer>(offset: &FixedOffset, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(offset)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<FixedOffset, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(from)?;
        read(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is not an offset from UTC")))
    }

    fn read(text: &str) -> Option<FixedOffset> {
        let (sign, rest) = text.split_at_checked(1)?;
        let sign = [("+", 1), ("-", -1)].into_iter().find(|(one, _)| *one == sign)?.1;
        // No part is above 59, hours not even above 24: a hostile line must not overflow the sum.
        let parts = rest
            .split(':')
            .map(|part| part.parse::<i32>().ok().filter(|part| (0..60).contains(part)));
        let parts: Vec<i32> = parts.collect::<Option<_>>()?;
        // Liberia's offset was -00:44:30 until 1972.
        let (2..=3) = parts.len() else { return None };
        let seconds = parts.iter().zip([3600, 60, 1]).map(|(part, unit)| part * unit).sum::<i32>();
        FixedOffset::east_opt(sign * seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(offset: &str) -> serde_json::Result<ZonedTime> {
        let text = format!(
            "{{\"local\":\"2018-12-10T10:15:00\",\"zone\":\"Europe/Berlin\",\"offset\":\"{offset}\"}}"
        );
        serde_json::from_str(&text)
    }

    #[test]
    fn a_time_is_stored_as_wall_clock_zone_and_offset() {
        for offset in ["+01:00", "-05:30", "-00:44:30"] {
            let time = read(offset).expect("a time");
            let text = serde_json::to_string(&time).expect("it serialises");
            assert!(text.contains(&format!("\"{offset}\"")), "{text}");
            assert_eq!(serde_json::from_str::<ZonedTime>(&text).expect("it is read"), time);
        }
        for offset in
            ["", "01:00", "+1", "+99:00", "+01:-5", "+01:00:00:00", "+1193047:00", "+01:60"]
        {
            assert!(read(offset).is_err(), "{offset}");
        }
    }

    #[test]
    fn an_end_lies_after_its_start() {
        let (start, later) = (read("+01:00").expect("a time"), read("+00:30").expect("a time"));
        assert_eq!(TimeSpan::until(start, start), None);
        assert_eq!(TimeSpan::until(later, start), None);
        assert!(TimeSpan::until(start, later).is_some());
    }
}
