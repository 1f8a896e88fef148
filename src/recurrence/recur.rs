//! RECUR, the text form of recurrence rules (RFC 5545 §3.3.10).
//!
//! A part that cannot be published is refused with its name, never dropped: a rule without it would
//! give other dates than its author meant.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;

use crate::model::{DayOfWeek, EventTime, Frequency, Rule, RuleEnd, ZonedTime};
use crate::zone::{WallClock, Zones};

/// The most values of a part: the days of a year. Each date is compared with all of them.
const MAX_VALUES: usize = 366;

/// The reason why a text is no rule that can be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleProblem {
    /// A part has no `=`, or no value.
    Syntax(String),
    /// The standard has no part of this name.
    UnknownPart(String),
    /// The part is written twice.
    Twice(String),
    /// The part does not take this value.
    InvalidValue {
        /// The name of the part.
        part: String,
        /// The value.
        value: String,
    },
    /// There is no `FREQ`.
    NoFrequency,
    /// The rule repeats within a day.
    WithinDay(String),
    /// There are both `COUNT` and `UNTIL`.
    CountAndUntil,
    /// The standard does not let two parts stand together.
    Contradiction {
        /// The name of the part.
        part: &'static str,
        /// The part that it cannot stand beside, or cannot stand without.
        beside: &'static str,
    },
    /// The part has more values than there are days in a year.
    TooManyValues(String),
    /// Programs read this part in different ways.
    InDoubt(&'static str),
}

impl fmt::Display for RuleProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(part) => write!(f, "`{part}` is not of the form NAME=VALUE"),
            Self::UnknownPart(part) => write!(f, "a rule has no part `{part}`"),
            Self::Twice(part) => write!(f, "`{part}` is written twice"),
            Self::InvalidValue { part, value } => write!(f, "`{value}` is not a value of {part}"),
            Self::NoFrequency => f.write_str("FREQ is missing: DAILY, WEEKLY, MONTHLY or YEARLY"),
            Self::WithinDay(part) => {
                write!(f, "`{part}` repeats within a day: write an event for each time of day")
            }
            Self::Contradiction { part, beside } => write!(f, "{part} has no meaning {beside}"),
            Self::InDoubt(part) => {
                write!(f, "{part}: programs read this in different ways; write the dates in `also`")
            }
            Self::TooManyValues(part) => {
                write!(f, "{part} has more than {MAX_VALUES} values: write the dates in `also`")
            }
            Self::CountAndUntil => f.write_str("a rule ends by COUNT or by UNTIL, not by both"),
        }
    }
}

/// Reads a rule, with or without `RRULE:` before it. An `UNTIL` in UTC becomes what clocks of
/// `zone` show then.
///
/// # Errors
/// The first [`RuleProblem`] from the left.
pub fn parse_rule(text: &str, zone: Tz, zones: &Zones) -> Result<Rule, RuleProblem> {
    // RFC 5545 §2: names and enumerated values are not case-sensitive.
    let text = text.trim().to_ascii_uppercase();
    // Rules are pasted with their name before them and a semicolon behind them.
    let text = text.strip_prefix("RRULE:").unwrap_or(&text).trim_end_matches(';');
    let mut seen = BTreeSet::new();
    let mut frequency = None;
    let mut rule = Rule {
        frequency: Frequency::Daily,
        interval: 1,
        end: RuleEnd::Never,
        by_month: Vec::new(),
        by_week_no: Vec::new(),
        by_year_day: Vec::new(),
        by_month_day: Vec::new(),
        by_day: Vec::new(),
        by_set_pos: Vec::new(),
        week_start: Weekday::Mon,
    };
    for part in text.split(';') {
        let (name, value) =
            part.split_once('=').ok_or_else(|| RuleProblem::Syntax(part.to_owned()))?;
        // RFC 5545 §3.3.10: each part may be written once, and COUNT and UNTIL not in one rule.
        if !seen.insert(name) {
            return Err(RuleProblem::Twice(name.to_owned()));
        }
        if value.split(',').nth(MAX_VALUES).is_some() {
            return Err(RuleProblem::TooManyValues(name.to_owned()));
        }
        if name == "FREQ" {
            frequency = Some(self::frequency(part, value)?);
        } else {
            read_part(&mut rule, name, value, |instant| zones.at(instant, zone))?;
        }
    }
    if seen.contains("COUNT") && seen.contains("UNTIL") {
        return Err(RuleProblem::CountAndUntil);
    }
    rule.frequency = frequency.ok_or(RuleProblem::NoFrequency)?;
    check_parts(&rule)?;
    check_doubts(&rule)?;
    Ok(rule)
}

/// Refuses parts that must not stand together (RFC 5545 §3.3.10).
fn check_parts(rule: &Rule) -> Result<(), RuleProblem> {
    let is_yearly = rule.frequency == Frequency::Yearly;
    let is_monthly = rule.frequency == Frequency::Monthly;
    let has_ordinal = rule.by_day.iter().any(|day| day.nth.is_some());
    let has_parts = !(rule.by_month.is_empty()
        && rule.by_week_no.is_empty()
        && rule.by_year_day.is_empty()
        && rule.by_month_day.is_empty()
        && rule.by_day.is_empty());
    let contradictions = [
        (!rule.by_week_no.is_empty() && !is_yearly, "BYWEEKNO", "except with FREQ=YEARLY"),
        (!rule.by_year_day.is_empty() && !is_yearly, "BYYEARDAY", "except with FREQ=YEARLY"),
        (
            !rule.by_month_day.is_empty() && rule.frequency == Frequency::Weekly,
            "BYMONTHDAY",
            "with FREQ=WEEKLY",
        ),
        (
            has_ordinal && !is_yearly && !is_monthly,
            "a number in BYDAY",
            "with FREQ=DAILY or FREQ=WEEKLY",
        ),
        (has_ordinal && !rule.by_week_no.is_empty(), "a number in BYDAY", "beside BYWEEKNO"),
        (!rule.by_set_pos.is_empty() && !has_parts, "BYSETPOS", "without another BY… part"),
    ];
    match contradictions.into_iter().find(|(is_met, ..)| *is_met) {
        Some((_, part, beside)) => Err(RuleProblem::Contradiction { part, beside }),
        None => Ok(()),
    }
}

/// Refuses parts that other expanders, or the one that is used here, do not read as the standard
/// says.
fn check_doubts(rule: &Rule) -> Result<(), RuleProblem> {
    let is_of_month = rule.frequency == Frequency::Monthly || !rule.by_month.is_empty();
    let limit = if is_of_month { -4 } else { -52 };
    let is_far_back = |day: &DayOfWeek| day.nth.is_some_and(|nth| nth < limit);
    let numbered = rule.by_day.iter().filter(|day| day.nth.is_some()).count();
    let is_mixed = numbered > 0 && numbered < rule.by_day.len();
    let doubts = [
        (
            rule.by_day.iter().any(is_far_back),
            "the fifth last day of a month, the 53rd last of a year",
        ),
        // dateutil is mistaken about weeks 52 and 53 at the turn of the year.
        (rule.by_week_no.iter().any(|week| week.abs() >= 52), "BYWEEKNO at the turn of the year"),
        // The list is a union; dateutil takes the days with a number only if they are among those
        // without.
        (is_mixed, "BYDAY with and without a number"),
    ];
    match doubts.into_iter().find(|(is_met, _)| *is_met) {
        Some((_, part)) => Err(RuleProblem::InDoubt(part)),
        None => Ok(()),
    }
}

fn frequency(part: &str, value: &str) -> Result<Frequency, RuleProblem> {
    match value {
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "YEARLY" => Ok(Frequency::Yearly),
        // The `rrule` crate doubles occurrences of HOURLY.
        "SECONDLY" | "MINUTELY" | "HOURLY" => Err(RuleProblem::WithinDay(part.to_owned())),
        _ => Err(invalid("FREQ", value)),
    }
}

fn read_part(
    rule: &mut Rule,
    name: &str,
    value: &str,
    clock: impl Fn(DateTime<Utc>) -> ZonedTime,
) -> Result<(), RuleProblem> {
    match name {
        "INTERVAL" => rule.interval = one(name, value, 1..=u16::MAX)?,
        "COUNT" => {
            rule.end = RuleEnd::Count(value.parse().map_err(|_| invalid(name, value))?);
        }
        "UNTIL" => {
            rule.end = RuleEnd::Until(until(value, clock).ok_or_else(|| invalid(name, value))?);
        }
        "WKST" => rule.week_start = weekday(value).ok_or_else(|| invalid(name, value))?,
        "BYMONTH" => rule.by_month = list(name, value, |month| (1..=12).contains(month))?,
        "BYWEEKNO" => rule.by_week_no = list(name, value, |week: &i8| within(*week, 53))?,
        "BYYEARDAY" => rule.by_year_day = list(name, value, |day: &i16| within(*day, 366))?,
        "BYMONTHDAY" => rule.by_month_day = list(name, value, |day: &i8| within(*day, 31))?,
        "BYSETPOS" => rule.by_set_pos = list(name, value, |position: &i32| within(*position, 366))?,
        "BYDAY" => {
            let days =
                value.split(',').map(|day| day_of_week(day).ok_or_else(|| invalid(name, day)));
            rule.by_day = days.collect::<Result<_, _>>()?;
        }
        // A rule of 496 bytes with full lists of these took 1.45 GB, in spite of the crate's
        // limits.
        "BYHOUR" | "BYMINUTE" | "BYSECOND" => {
            return Err(RuleProblem::WithinDay(format!("{name}={value}")));
        }
        _ => return Err(RuleProblem::UnknownPart(name.to_owned())),
    }
    Ok(())
}

fn invalid(part: &str, value: &str) -> RuleProblem {
    RuleProblem::InvalidValue { part: part.to_owned(), value: value.to_owned() }
}

/// Returns whether `number` is from `-limit` to `limit`, and not zero.
fn within<N: Into<i32>>(number: N, limit: i32) -> bool {
    let number = number.into();
    number != 0 && number.abs() <= limit
}

fn one<N>(name: &str, value: &str, range: std::ops::RangeInclusive<N>) -> Result<N, RuleProblem>
where
    N: FromStr + PartialOrd,
{
    let number = value.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| invalid(name, value))
}

fn list<N>(name: &str, value: &str, is_allowed: impl Fn(&N) -> bool) -> Result<Vec<N>, RuleProblem>
where
    N: FromStr,
{
    let numbers = value.split(',').map(|text| {
        let number = text.parse().ok().filter(&is_allowed);
        number.ok_or_else(|| invalid(name, text))
    });
    numbers.collect()
}

/// Reads a day of `BYDAY`: `TU`, `2TU`, `-1SU`.
fn day_of_week(text: &str) -> Option<DayOfWeek> {
    let (nth, day) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let weekday = weekday(day)?;
    let nth = match nth {
        "" => None,
        nth => Some(nth.parse().ok().filter(|nth: &i16| within(*nth, 53))?),
    };
    Some(DayOfWeek { nth, weekday })
}

fn weekday(text: &str) -> Option<Weekday> {
    match text {
        "MO" => Some(Weekday::Mon),
        "TU" => Some(Weekday::Tue),
        "WE" => Some(Weekday::Wed),
        "TH" => Some(Weekday::Thu),
        "FR" => Some(Weekday::Fri),
        "SA" => Some(Weekday::Sat),
        "SU" => Some(Weekday::Sun),
        _ => None,
    }
}

/// Reads `UNTIL`: a date counts to its end, and an instant is what the `clock` shows then.
fn until(value: &str, clock: impl Fn(DateTime<Utc>) -> ZonedTime) -> Option<NaiveDateTime> {
    const LOCAL: &str = "%Y%m%dT%H%M%S";
    if let Some(utc) = value.strip_suffix('Z') {
        let utc = NaiveDateTime::parse_from_str(utc, LOCAL).ok()?;
        return Some(clock(utc.and_utc()).naive_local());
    }
    // A series with a time of day and a DATE in UNTIL is against the standard, and people paste it.
    let end_of_day = NaiveTime::from_hms_opt(23, 59, 59)?;
    let date =
        NaiveDate::parse_from_str(value, "%Y%m%d").ok().map(|date| date.and_time(end_of_day));
    date.or_else(|| NaiveDateTime::parse_from_str(value, LOCAL).ok())
}

/// Returns the text of a rule whose first occurrence is at `first`.
#[must_use]
pub fn recur_text(rule: &Rule, first: &EventTime, zones: &Zones) -> String {
    let frequency = match rule.frequency {
        Frequency::Daily => "DAILY",
        Frequency::Weekly => "WEEKLY",
        Frequency::Monthly => "MONTHLY",
        Frequency::Yearly => "YEARLY",
    };
    let mut text = format!("FREQ={frequency}");
    let mut part = |name: &str, value: String| {
        if !value.is_empty() {
            text.extend([";", name, "=", &value]);
        }
    };
    match rule.end {
        RuleEnd::Never => {}
        RuleEnd::Count(count) => part("COUNT", count.to_string()),
        RuleEnd::Until(until) => part("UNTIL", until_text(until, first, zones)),
    }
    let has_interval = rule.interval > 1;
    if has_interval {
        part("INTERVAL", rule.interval.to_string());
    }
    part("BYMONTH", joined(&rule.by_month));
    part("BYWEEKNO", joined(&rule.by_week_no));
    part("BYYEARDAY", joined(&rule.by_year_day));
    part("BYMONTHDAY", joined(&rule.by_month_day));
    part("BYDAY", joined(&rule.by_day.iter().copied().map(day_text).collect::<Vec<_>>()));
    part("BYSETPOS", joined(&rule.by_set_pos));
    // RFC 5545 §3.3.10: WKST is significant with WEEKLY and an INTERVAL, and with BYWEEKNO.
    if (rule.frequency == Frequency::Weekly && has_interval) || !rule.by_week_no.is_empty() {
        part("WKST", weekday_text(rule.week_start));
    }
    text
}

fn joined(values: &[impl ToString]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

/// Returns a day of `BYDAY`: `TU`, `-1FR`.
fn day_text(DayOfWeek { nth, weekday }: DayOfWeek) -> String {
    format!("{}{}", nth.map(|nth| nth.to_string()).unwrap_or_default(), weekday_text(weekday))
}

fn weekday_text(weekday: Weekday) -> String {
    // chrono calls them Mon, Tue, Wed …
    weekday.to_string()[..2].to_ascii_uppercase()
}

/// Returns the value of `UNTIL`: a date for whole days, else an instant.
fn until_text(until: NaiveDateTime, first: &EventTime, zones: &Zones) -> String {
    // RFC 5545 §3.3.10: UNTIL has the type of DTSTART, and is in UTC if DTSTART has a zone.
    // node-ical loses the last occurrence before a local UNTIL.
    let EventTime::Timed(_) = first else { return until.format("%Y%m%d").to_string() };
    let moment = match zones.locate(until, first.zone()) {
        // The end is inclusive, so that an occurrence at either of the two times is in.
        WallClock::Repeated { second, .. } => second,
        other => other.placed(),
    };
    moment.to_utc().format("%Y%m%dT%H%M%SZ").to_string()
}
