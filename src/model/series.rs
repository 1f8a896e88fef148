//! Recurrence rules (RFC 5545 §3.3.10) and the series that follow them.
//!
//! A rule repeats by the day or more slowly: what repeats within a day is refused when a rule is
//! read. All dates and times here are wall clock, since a series keeps its local time when clocks
//! are changed.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use serde::{Deserialize, Serialize};

use super::{EventStatus, EventTime, Line, Location};

/// The unit in which a rule counts (`FREQ`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frequency {
    /// `DAILY`: every so many days.
    Daily,
    /// `WEEKLY`: every so many weeks.
    Weekly,
    /// `MONTHLY`: every so many months.
    Monthly,
    /// `YEARLY`: every so many years.
    Yearly,
}

/// The end of a rule: a count or a time, never both (RFC 5545 §3.3.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleEnd {
    /// The rule has no end; its occurrences are listed up to a horizon.
    Never,
    /// `COUNT`: the rule ends after this many occurrences, exclusions included.
    Count(NonZeroU32),
    /// `UNTIL`: the last occurrence starts at this wall-clock time or before it.
    Until(NaiveDateTime),
}

/// A weekday of `BYDAY`: every one, or the nth of its month or year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOfWeek {
    /// The ordinal, counted from the end if it is negative; `None` for every one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<i16>,
    /// The weekday.
    pub weekday: Weekday,
}

/// A recurrence rule on the wall clock; an empty list restricts nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `FREQ`.
    pub frequency: Frequency,
    /// `INTERVAL`, at least 1.
    pub interval: u16,
    /// `COUNT` or `UNTIL`.
    pub end: RuleEnd,
    /// `BYMONTH`, from 1 to 12.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_month: Vec<u8>,
    /// `BYWEEKNO`, weeks of the year (ISO 8601), from its end if negative.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_week_no: Vec<i8>,
    /// `BYYEARDAY`, days of the year, from its end if negative.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_year_day: Vec<i16>,
    /// `BYMONTHDAY`, days of the month, from its end if negative.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_month_day: Vec<i8>,
    /// `BYDAY`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_day: Vec<DayOfWeek>,
    /// `BYSETPOS`, positions among the dates of one interval, from its end if negative.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_set_pos: Vec<i32>,
    /// `WKST`, the first day of the week.
    pub week_start: Weekday,
}

/// A recurring event: its rule, exclusions, additional dates and overrides. The first occurrence of
/// the rule is at the event's own time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// The recurrence rule.
    pub rule: Rule,
    /// The exclusions: local dates of the rule on which nothing takes place (`EXDATE`, RFC 5545
    /// §3.8.5.1).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub excluded: BTreeSet<NaiveDate>,
    /// Local dates of occurrences that the rule does not give.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub additional: BTreeSet<NaiveDate>,
    /// The overrides, by the original local date of the occurrence (`RECURRENCE-ID`, RFC 5545
    /// §3.8.4.4).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    // Earlier versions of the program recorded overrides under this key.
    #[serde(alias = "changes")]
    pub overrides: BTreeMap<NaiveDate, Override>,
    /// The form in which calendars get the series.
    pub form: SeriesForm,
    /// Whether the author or the defaults of the folder chose the form.
    #[serde(skip, default = "is_written")]
    pub is_form_written: bool,
}

// A recorded form was published, and subscribers hold entries of that form: it stays as if it were
// written.
fn is_written() -> bool {
    true
}

/// The form in which calendars get a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesForm {
    /// One entry with `RRULE`, `EXDATE` and an entry with `RECURRENCE-ID` for each override.
    Rule,
    /// A single entry for each occurrence.
    Entries,
}

/// An override: what differs on one occurrence of a series. Whatever is `None` is as in the series.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The time at which it takes place instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<EventTime>,
    /// The place at which it takes place instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// The status of this occurrence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<EventStatus>,
    /// The reason for the status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    /// The title of this occurrence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line>,
}

/// How often an event takes place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Recurrence {
    /// It takes place once.
    Once,
    /// It is a series.
    Series(Box<Series>),
    /// It is the occurrence of a series that was planned for this local date.
    Occurrence(NaiveDate),
}

impl Rule {
    /// Makes a rule that only its frequency, interval and end restrict.
    #[must_use]
    pub(crate) fn every(frequency: Frequency, interval: u16, end: RuleEnd) -> Self {
        Self {
            frequency,
            interval,
            end,
            by_month: Vec::new(),
            by_week_no: Vec::new(),
            by_year_day: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_set_pos: Vec::new(),
            // The default of `WKST` is Monday (RFC 5545 §3.3.10).
            week_start: Weekday::Mon,
        }
    }
}
