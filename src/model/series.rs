//! Recurrence rules (RFC 5545 §3.3.10) of days and coarser.

use std::num::NonZeroU32;

use chrono::{NaiveDateTime, Weekday};

/// How often a rule repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleEnd {
    /// It goes on.
    Never,
    /// After this many dates.
    Count(NonZeroU32),
    /// With the last date not after this wall-clock time.
    Until(NaiveDateTime),
}

/// A weekday: every one, or the nth of a month or year, from its end where negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayOfWeek {
    /// Which one; `None` for all.
    pub nth: Option<i16>,
    /// The day.
    pub weekday: Weekday,
}

/// A recurrence rule on the wall clock; empty lists restrict nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `FREQ`
    pub frequency: Frequency,
    /// `INTERVAL`, at least 1
    pub interval: u16,
    /// `COUNT` or `UNTIL`
    pub end: RuleEnd,
    /// `BYMONTH`, 1 to 12
    pub by_month: Vec<u8>,
    /// `BYWEEKNO`
    pub by_week_no: Vec<i8>,
    /// `BYYEARDAY`
    pub by_year_day: Vec<i16>,
    /// `BYMONTHDAY`
    pub by_month_day: Vec<i8>,
    /// `BYDAY`
    pub by_day: Vec<DayOfWeek>,
    /// `BYSETPOS`
    pub by_set_pos: Vec<i32>,
    /// `WKST`
    pub week_start: Weekday,
}
