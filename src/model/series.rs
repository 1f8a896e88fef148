//! Recurrence rules (RFC 5545 §3.3.10) of days and coarser, and the series that follow them.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

use super::{EventStatus, EventTime, Line, Location};

/// How often a rule repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleEnd {
    /// It goes on.
    Never,
    /// After this many dates.
    Count(NonZeroU32),
    /// With the last date not after this wall-clock time.
    Until(NaiveDateTime),
}

/// A weekday: every one, or the nth of a month or year, from its end where negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayOfWeek {
    /// Which one; `None` for all.
    pub nth: Option<i16>,
    /// The day.
    pub weekday: Weekday,
}

/// A recurrence rule on the wall clock; empty lists restrict nothing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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

/// Dates that follow a rule, with their exceptions; the first one is the event's own time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Series {
    /// The rule.
    pub rule: Rule,
    /// Dates of the rule on which nothing takes place (RFC 5545 §3.8.5.1).
    pub excluded: BTreeSet<NaiveDate>,
    /// Dates beside the rule.
    pub additional: BTreeSet<NaiveDate>,
    /// What is otherwise on a date, by its original date (RFC 5545 §3.8.4.4).
    pub changes: BTreeMap<NaiveDate, Change>,
    /// How calendars are told.
    pub form: SeriesForm,
    /// Claims that the author or the folder's defaults chose the form.
    pub is_form_written: bool,
}

/// How calendars are told of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SeriesForm {
    /// By its rule, with exceptions.
    Rule,
    /// By an entry for each date.
    Entries,
}

/// What is otherwise on one date of a series.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Change {
    /// When it takes place instead.
    pub time: Option<EventTime>,
    /// Where it takes place instead.
    pub location: Option<Location>,
    /// Whether it takes place as announced.
    pub status: Option<EventStatus>,
    /// Why it does not.
    pub reason: Option<Line>,
    /// What it is about this time.
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
    /// Claims that all calendar programs read the rule alike where its first date is `first`: Outlook
    /// has no fifth weekday and takes the 31st for the last day, and a 29 February is read in many ways.
    #[must_use]
    pub fn is_portable(&self, first: NaiveDate) -> bool {
        let has_no = |are_empty: &[bool]| are_empty.iter().all(|is_empty| *is_empty);
        let no_day = self.by_day.is_empty();
        let no_month_day = self.by_month_day.is_empty();
        let is_plain = has_no(&[
            self.by_month.is_empty(),
            self.by_week_no.is_empty(),
            self.by_year_day.is_empty(),
            self.by_set_pos.is_empty(),
        ]);
        let is_alike = match self.frequency {
            Frequency::Daily => no_day && no_month_day,
            Frequency::Weekly => {
                let starts_alike = self.interval == 1 || self.week_start == Weekday::Mon;
                starts_alike && no_month_day && self.by_day.iter().all(|day| day.nth.is_none())
            }
            Frequency::Monthly => match (self.by_day.as_slice(), self.by_month_day.as_slice()) {
                ([], []) => first.day() <= 28,
                ([], [day]) => (1..=28).contains(day),
                ([DayOfWeek { nth: Some(nth), .. }], []) => *nth == -1 || (1..=4).contains(nth),
                _ => false,
            },
            Frequency::Yearly => no_day && no_month_day && (first.month(), first.day()) != (2, 29),
        };
        is_plain && is_alike
    }
}
