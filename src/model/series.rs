//! Recurrence rules (RFC 5545 §3.3.10) of days and coarser, and the series that follow them.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use serde::{Deserialize, Serialize};

use super::{EventStatus, EventTime, Line, Location};

/// How often a rule repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Frequency {
    /// `DAILY`
    Daily,
    /// `WEEKLY`
    Weekly,
    /// `MONTHLY`
    Monthly,
    /// `YEARLY`
    Yearly,
}

/// When a rule ends: by count or by time, never by both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RuleEnd {
    /// It goes on.
    Never,
    /// After this many dates.
    Count(NonZeroU32),
    /// With the last date not after this wall-clock time.
    Until(NaiveDateTime),
}

/// A weekday: every one, or the nth of a month or year, from its end where negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOfWeek {
    /// Which one; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<i16>,
    /// The day.
    pub weekday: Weekday,
}

/// A recurrence rule on the wall clock; empty lists restrict nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `FREQ`
    pub frequency: Frequency,
    /// `INTERVAL`, at least 1
    pub interval: u16,
    /// `COUNT` or `UNTIL`
    pub end: RuleEnd,
    /// `BYMONTH`, 1 to 12
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_month: Vec<u8>,
    /// `BYWEEKNO`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_week_no: Vec<i8>,
    /// `BYYEARDAY`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_year_day: Vec<i16>,
    /// `BYMONTHDAY`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_month_day: Vec<i8>,
    /// `BYDAY`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_day: Vec<DayOfWeek>,
    /// `BYSETPOS`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_set_pos: Vec<i32>,
    /// `WKST`
    pub week_start: Weekday,
}

/// Dates that follow a rule, with their exceptions; the first one is the event's own time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// The rule.
    pub rule: Rule,
    /// Dates of the rule on which nothing takes place (RFC 5545 §3.8.5.1).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub excluded: BTreeSet<NaiveDate>,
    /// Dates beside the rule.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub additional: BTreeSet<NaiveDate>,
    /// What is otherwise on a date, by its original date (RFC 5545 §3.8.4.4).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[serde(alias = "changes")]
    pub overrides: BTreeMap<NaiveDate, Override>,
    /// How calendars are told.
    pub form: SeriesForm,
    /// Returns whether the author or the folder's defaults chose the form.
    #[serde(skip, default = "is_written")]
    pub is_form_written: bool,
}

/// A form that was published is as good as a written one: it stays.
fn is_written() -> bool {
    true
}

/// How calendars are told of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesForm {
    /// By its rule, with exceptions.
    Rule,
    /// By an entry for each date.
    Entries,
}

/// What is otherwise on one date of a series.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// When it takes place instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<EventTime>,
    /// Where it takes place instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Whether it takes place as announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<EventStatus>,
    /// Why it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    /// What it is about this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line>,
}

/// Whether an event takes place once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Recurrence {
    /// It does.
    Once,
    /// It takes place on several dates.
    Series(Box<Series>),
    /// It is the date of a series that was planned for this local date.
    Date(NaiveDate),
}

impl Rule {
    /// Makes a rule without restrictions.
    #[must_use]
    pub fn every(frequency: Frequency, interval: u16, end: RuleEnd) -> Self {
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
            week_start: Weekday::Mon,
        }
    }
}
