//! The node of a rule: Schedule of schema.org, if it has terms for all of the rule.

use chrono::Weekday;
use serde::Serialize;

use crate::model::{DayOfWeek, EventTime, Frequency, Rule, RuleEnd, Series, ZonedTime};

/// A Schedule: the rule of a series, on the wall clock of its time zone.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Schedule {
    #[serde(rename = "@type")]
    r#type: &'static str,
    start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat_count: Option<u32>,
    repeat_frequency: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_day: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_month_day: Vec<i8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by_month: Vec<u8>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    except_date: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<String>,
    schedule_timezone: &'static str,
}

impl Schedule {
    /// Returns the Schedule of a series; `None` if its rule has BYWEEKNO, BYYEARDAY or BYSETPOS.
    // A Schedule has no terms for these, and without them it would name other dates.
    pub(crate) fn of(series: &Series, first: &EventTime) -> Option<Self> {
        let rule = &series.rule;
        let has_terms =
            rule.by_week_no.is_empty() && rule.by_year_day.is_empty() && rule.by_set_pos.is_empty();
        let time = |time: ZonedTime| time.format("%H:%M:%S").to_string();
        let (start, end) = match first {
            EventTime::Days(_) => (None, None),
            EventTime::Timed(span) => (Some(time(span.start())), span.end().map(time)),
        };
        let (end_date, repeat_count) = match rule.end {
            RuleEnd::Never => (None, None),
            RuleEnd::Until(until) => (Some(until.date().to_string()), None),
            RuleEnd::Count(count) => (None, Some(count.get())),
        };
        has_terms.then(|| Self {
            r#type: "Schedule",
            start_date: first.first_date().to_string(),
            end_date,
            repeat_count,
            repeat_frequency: frequency(rule),
            by_day: rule.by_day.iter().copied().map(day).collect(),
            by_month_day: rule.by_month_day.clone(),
            by_month: rule.by_month.clone(),
            except_date: series.excluded.iter().map(ToString::to_string).collect(),
            start_time: start,
            end_time: end,
            schedule_timezone: first.zone().name(),
        })
    }
}

/// Returns the interval of a rule as a duration (ISO 8601): `P2W`.
fn frequency(rule: &Rule) -> String {
    let unit = match rule.frequency {
        Frequency::Daily => "D",
        Frequency::Weekly => "W",
        Frequency::Monthly => "M",
        Frequency::Yearly => "Y",
    };
    format!("P{}{unit}", rule.interval)
}

/// Returns a `DayOfWeek`.
// That type has no ordinals: "second Tuesday" is written as in RFC 5545 (§3.3.10), which `byDay` allows as a text.
fn day(DayOfWeek { nth, weekday }: DayOfWeek) -> String {
    match nth {
        Some(nth) => format!("{nth}{}", &weekday.to_string()[..2].to_ascii_uppercase()),
        None => format!("https://schema.org/{}", name(weekday)),
    }
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
