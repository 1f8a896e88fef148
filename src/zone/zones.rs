//! The time zones of the world as one value.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{
    DateTime, Days, Duration, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime,
    Offset, TimeZone, Utc,
};
use chrono_tz::{IANA_TZDB_VERSION, TZ_VARIANTS, Tz};
use xxhash_rust::xxh3::xxh3_128;

use super::ZoneRules;
use crate::model::{DaySpan, EventTime, Repeated, TimeSpan, ZonedTime};

/// The rules of all time zones.
#[derive(Debug)]
pub struct Zones {
    /// The rules by name, each worked out when it is first asked for.
    // All of them take 1.2 s, and a site uses a few.
    rules: BTreeMap<&'static str, OnceLock<ZoneRules>>,
    fingerprint: u128,
}

/// The instants that a wall-clock time stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WallClock {
    /// Clocks show it once.
    Once(ZonedTime),
    /// Clocks never show it: they are put forward past it.
    Skipped {
        /// The time read with the offset before the gap, as RFC 5545 §3.3.5 says.
        later: ZonedTime,
        /// The time read with the offset after the gap.
        earlier: ZonedTime,
    },
    /// Clocks show it twice: they are put back.
    Repeated {
        /// The first time, before clocks are put back.
        first: ZonedTime,
        /// The second time.
        second: ZonedTime,
    },
}

impl WallClock {
    /// Returns the time that RFC 5545 §3.3.5 means: the first of two, and a skipped one with the
    /// offset before the gap.
    #[must_use]
    pub fn placed(self) -> ZonedTime {
        match self {
            Self::Once(time)
            | Self::Repeated { first: time, .. }
            | Self::Skipped { later: time, .. } => time,
        }
    }
}

impl Zones {
    /// Makes a value of the rules that are compiled into the program.
    #[must_use]
    pub fn compiled() -> Self {
        let rules = TZ_VARIANTS.iter().map(|zone| (zone.name(), OnceLock::new())).collect();
        Self { rules, fingerprint: xxh3_128(IANA_TZDB_VERSION.as_bytes()) }
    }

    /// Returns a hash of the version of the data: a part of the key of everything that is
    /// remembered.
    #[must_use]
    pub(crate) fn fingerprint(&self) -> u128 {
        self.fingerprint
    }

    /// Returns the rules of one zone.
    #[must_use]
    pub(crate) fn rules(&self, zone: Tz) -> &ZoneRules {
        self.rules[zone.name()].get_or_init(|| ZoneRules::of(zone))
    }

    /// Returns the instants that the wall-clock time `local` stands for in `zone`.
    #[must_use]
    pub fn locate(&self, local: NaiveDateTime, zone: Tz) -> WallClock {
        let once = |offset: FixedOffset| ZonedTime::resolved(local, zone, offset, None);
        let repeated =
            |offset: FixedOffset, which| ZonedTime::resolved(local, zone, offset, Some(which));
        match zone.offset_from_local_datetime(&local) {
            MappedLocalTime::Single(offset) => WallClock::Once(once(offset.fix())),
            MappedLocalTime::Ambiguous(first, second) => WallClock::Repeated {
                first: repeated(first.fix(), Repeated::First),
                second: repeated(second.fix(), Repeated::Second),
            },
            MappedLocalTime::None => {
                // chrono says that the time does not exist, and no more; both readings are named to
                // the author.
                let read_with_offset_at = |near: NaiveDateTime| {
                    let offset = zone.offset_from_utc_datetime(&near).fix();
                    self.at((local - offset).and_utc(), zone)
                };
                WallClock::Skipped {
                    later: read_with_offset_at(local - Duration::days(1)),
                    earlier: read_with_offset_at(local + Duration::days(1)),
                }
            }
        }
    }

    /// Returns what clocks of `zone` show at an instant.
    #[must_use]
    #[expect(clippy::unused_self, reason = "which data hold is a part of this value")]
    pub(crate) fn at(&self, instant: DateTime<Utc>, zone: Tz) -> ZonedTime {
        let offset = zone.offset_from_utc_datetime(&instant.naive_utc()).fix();
        let local = instant.naive_utc() + offset;
        let repeated = match zone.offset_from_local_datetime(&local) {
            MappedLocalTime::Ambiguous(first, _) if first.fix() == offset => Some(Repeated::First),
            MappedLocalTime::Ambiguous(..) => Some(Repeated::Second),
            _ => None,
        };
        ZonedTime::resolved(local, zone, offset, repeated)
    }

    /// Returns the first instant of a local date; the end of the gap if the zone skips midnight.
    #[must_use]
    pub(crate) fn day_begins(&self, date: NaiveDate, zone: Tz) -> DateTime<Utc> {
        // Some zones put their clocks forward at midnight: their day begins at 01:00.
        self.locate(date.and_time(NaiveTime::MIN), zone).placed().to_utc()
    }

    /// Makes whole days, the last one inclusive; returns `None` if it is before the first.
    #[must_use]
    pub fn days(&self, first: NaiveDate, last: NaiveDate, zone: Tz) -> Option<EventTime> {
        let instants = [first, last + Days::new(1)].map(|date| self.day_begins(date, zone));
        DaySpan::resolved([first, last], zone, instants).map(EventTime::Days)
    }

    /// Makes a time of a start and, if it is known, an end; returns `None` if the end is not after
    /// the start.
    #[must_use]
    pub fn timed(&self, start: ZonedTime, end: Option<ZonedTime>) -> Option<EventTime> {
        self.span(start, end).map(EventTime::Timed)
    }

    /// Makes the span of [`Zones::timed`].
    #[must_use]
    pub(crate) fn span(&self, start: ZonedTime, end: Option<ZonedTime>) -> Option<TimeSpan> {
        let zone = start.timezone();
        let Some(end) = end else {
            // What has no end has passed with its local day.
            let next_day = start.date_naive() + Days::new(1);
            return Some(TimeSpan::resolved(start, self.day_begins(next_day, zone)));
        };
        TimeSpan::until(start, self.at(end.to_utc(), zone))
    }

    /// Returns the time moved to another first date: the hours stay those of the wall clock. An end
    /// that clocks skip is read with the offset before the gap; a start that they skip gives
    /// `None`.
    #[must_use]
    pub(crate) fn on(&self, time: &EventTime, date: NaiveDate) -> Option<EventTime> {
        let shift = date - time.first_date();
        if shift.is_zero() {
            // The first occurrence is the event's own time, be it the second of a repeated hour.
            return Some(*time);
        }
        let zone = time.zone();
        match time {
            EventTime::Days(days) => self.days(date, days.last() + shift, zone),
            EventTime::Timed(span) => {
                let start = match self.locate(span.start().naive_local() + shift, zone) {
                    // RFC 5545 §3.3.5: a repeated time is its first instant. §3.3.10: a skipped
                    // occurrence is none.
                    WallClock::Once(start) | WallClock::Repeated { first: start, .. } => start,
                    WallClock::Skipped { .. } => return None,
                };
                let end = span.end().map(|end| self.locate(end.naive_local() + shift, zone));
                let end = end.map(|end| match end {
                    // An event that begins in the repeated hour ends in it the second time.
                    WallClock::Repeated { first, second } if first.to_utc() <= start.to_utc() => {
                        second
                    }
                    end => end.placed(),
                });
                self.timed(start, end)
            }
        }
    }

    /// Returns whether the yearly rules of its zone give the offset of `time`, so that a VTIMEZONE
    /// can say it.
    #[must_use]
    pub(crate) fn is_by_yearly_rules(&self, time: ZonedTime) -> bool {
        let zone = time.timezone();
        // UTC needs no VTIMEZONE: its times end with Z (RFC 5545 §3.3.5).
        let is_utc = zone == Tz::UTC || zone == Tz::Etc__UTC;
        let yearly_rules = self.rules(zone).yearly_rules.as_ref();
        !is_utc && yearly_rules.is_some_and(|yearly_rules| time.to_utc() >= yearly_rules.since)
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
        let WallClock::Skipped { later, earlier } =
            Zones::compiled().locate(local("2018-03-25T02:30:00"), Berlin)
        else {
            panic!("it is skipped");
        };
        assert_eq!(later.to_rfc3339(), "2018-03-25T03:30:00+02:00");
        assert_eq!(earlier.to_rfc3339(), "2018-03-25T01:30:00+01:00");
    }

    #[test]
    fn the_hour_repeated_in_october_is_named_with_both_instants() {
        let zones = Zones::compiled();
        let WallClock::Repeated { first, second } =
            zones.locate(local("2018-10-28T02:30:00"), Berlin)
        else {
            panic!("it is repeated");
        };
        assert_eq!(first.to_rfc3339(), "2018-10-28T02:30:00+02:00");
        assert_eq!(second.to_rfc3339(), "2018-10-28T02:30:00+01:00");
        assert_eq!(
            [zones.at(first.to_utc(), Berlin), zones.at(second.to_utc(), Berlin)],
            [first, second]
        );
    }

    #[test]
    fn an_event_without_an_end_passes_with_its_local_day() {
        let zones = Zones::compiled();
        let start = zones.locate(local("2018-12-10T10:15:00"), Berlin).placed();
        let time = zones.timed(start, None).expect("no end");
        assert_eq!(time.passes().to_rfc3339(), "2018-12-10T23:00:00+00:00");
    }

    #[test]
    fn an_end_lies_after_its_start() {
        let zones = Zones::compiled();
        let start = zones.locate(local("2018-12-10T10:15:00"), Berlin).placed();
        assert_eq!(zones.timed(start, Some(start)), None);
        let (first, last) = (start.date_naive(), start.date_naive() - Days::new(1));
        assert_eq!(zones.days(first, last, Berlin), None);
    }
}
