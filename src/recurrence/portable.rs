//! The rules that all calendar programs read alike.
//!
//! The record stores the form in which a series was first published, and `check` explains it: so
//! the form is decided here, not where calendars are written.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::model::{DayOfWeek, Frequency, Rule};

/// Returns whether all calendar programs read the rule alike if its first occurrence is on `first`.
#[must_use]
pub(crate) fn is_portable(rule: &Rule, first: NaiveDate) -> bool {
    let has_no = |are_empty: &[bool]| are_empty.iter().all(|is_empty| *is_empty);
    let no_day = rule.by_day.is_empty();
    let no_month_day = rule.by_month_day.is_empty();
    let is_plain = has_no(&[
        rule.by_month.is_empty(),
        rule.by_week_no.is_empty(),
        rule.by_year_day.is_empty(),
        rule.by_set_pos.is_empty(),
    ]);
    let is_alike = match rule.frequency {
        Frequency::Daily => no_day && no_month_day,
        Frequency::Weekly => {
            let starts_alike = rule.interval == 1 || rule.week_start == Weekday::Mon;
            // WKST matters if INTERVAL is above 1 (RFC 5545 §3.3.10), and programs agree on Monday only.
            starts_alike && no_month_day && rule.by_day.iter().all(|day| day.nth.is_none())
        }
        Frequency::Monthly => match (rule.by_day.as_slice(), rule.by_month_day.as_slice()) {
            // RFC 5545 §3.3.10 skips months without the day; Outlook takes the 31st for the last day.
            ([], []) => first.day() <= 28,
            ([], [day]) => (1..=28).contains(day),
            // Outlook has no fifth weekday of a month.
            ([DayOfWeek { nth: Some(nth), .. }], []) => *nth == -1 || (1..=4).contains(nth),
            _ => false,
        },
        // Programs read a yearly 29 February in many ways.
        Frequency::Yearly => no_day && no_month_day && (first.month(), first.day()) != (2, 29),
    };
    is_plain && is_alike
}
