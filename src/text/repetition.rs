//! Recurrence rules (RFC 5545 §3.3.10) as people read them: "jeden Dienstag, 18:00 bis 19:30 Uhr, bis 26. März 2019".

use chrono::{Datelike, NaiveDate, Weekday};

use super::dates;
use super::locale::Locale;
use crate::model::{DayOfWeek, EventTime, Frequency, Rule, RuleEnd, Series};
use crate::recurrence::times;
use crate::zone::Zones;

/// Returns how often, at what time, and until when; for a series without end, from when on.
pub(crate) fn phrase(series: &Series, first: &EventTime, locale: &Locale, zones: &Zones) -> String {
    let date = |date: NaiveDate| dates::date(date, locale);
    let bound = match last_date(&series.rule, first, zones) {
        Some(last) => format!("{} {}", locale.series.until, date(last)),
        None => format!("{} {}", locale.series.from, date(first.first_date())),
    };
    format!("{}, {bound}", short(series, first, locale))
}

/// Returns how often, and at what time.
pub(crate) fn short(series: &Series, first: &EventTime, locale: &Locale) -> String {
    let often = often(&series.rule, first.first_date(), locale);
    let often = often.unwrap_or_else(|| locale.series.several_dates.to_owned());
    match dates::time_of_day(first, locale) {
        Some(time) => format!("{often}, {time}"),
        None => often,
    }
}

/// Returns the day until which the rule goes, as its author wrote it, or the last date of a counted rule.
fn last_date(rule: &Rule, first: &EventTime, zones: &Zones) -> Option<NaiveDate> {
    match rule.end {
        RuleEnd::Never => None,
        RuleEnd::Until(until) => Some(until.date()),
        // Readers ask until when, not how often.
        RuleEnd::Count(_) => times(rule, first, zones).last().map(|time| time.first_date()),
    }
}

/// Returns how often a rule recurs; `None` for a rule that takes more than a few words.
fn often(rule: &Rule, first: NaiveDate, locale: &Locale) -> Option<String> {
    let is_plain =
        rule.by_week_no.is_empty() && rule.by_year_day.is_empty() && rule.by_set_pos.is_empty();
    // No few words say BYWEEKNO, BYYEARDAY or BYSETPOS.
    if !is_plain {
        return None;
    }
    let days = rule.by_day.as_slice();
    let each = locale.each(rule.frequency, rule.interval);
    match (rule.frequency, days, rule.by_month_day.as_slice(), rule.by_month.as_slice()) {
        (Frequency::Daily, [], [], []) => Some(each),
        (Frequency::Weekly, days, [], []) if days.iter().all(|day| day.nth.is_none()) => {
            let days = locale.list(days.iter().map(|day| weekday(day.weekday, locale)));
            Some(match rule.interval {
                1 => format!("{} {days}", locale.series.every),
                _ => format!("{each} {} {days}", locale.series.on_weekday),
            })
        }
        (Frequency::Monthly, days, [], []) if !days.is_empty() => {
            let days = nth_days(days, locale)?;
            Some(monthly(&days, &each, rule.interval, locale))
        }
        (Frequency::Monthly, [], [day], []) => {
            let day = match day {
                -1 => locale.series.last_day.to_owned(),
                1..=31 => locale.series.day_of_month.replace("{}", &day.to_string()),
                _ => return None,
            };
            Some(monthly(&day, &each, rule.interval, locale))
        }
        (Frequency::Yearly, [], [], []) => {
            let day = first.format_localized(locale.dates.day_and_month, locale.calendar);
            Some(format!("{each} {} {day}", locale.series.on_date))
        }
        (Frequency::Yearly, [day], [], [month]) if u32::from(*month) == first.month() => {
            let day = nth_days(&[*day], locale)?;
            let month = first.format_localized("%B", locale.calendar);
            Some(format!("{each} {day} {} {month}", locale.series.in_month))
        }
        _ => None,
    }
}

/// Returns the days of a monthly rule: "am zweiten Dienstag jedes Monats", "alle 3 Monate am 15.".
fn monthly(days: &str, each: &str, interval: u16, locale: &Locale) -> String {
    match interval {
        1 => format!("{days} {}", locale.series.of_each_month),
        _ => format!("{each} {days}"),
    }
}

/// Returns numbered weekdays: "am ersten Dienstag und letzten Freitag"; `None` if one has no number or a rare one.
fn nth_days(days: &[DayOfWeek], locale: &Locale) -> Option<String> {
    let named = days.iter().map(|day| {
        let index = match day.nth? {
            nth @ 1..=5 => usize::try_from(nth).ok()?,
            // The ordinals begin with "last".
            -1 => 0,
            _ => return None,
        };
        Some(format!("{} {}", locale.series.ordinals[index], weekday(day.weekday, locale)))
    });
    let named: Vec<String> = named.collect::<Option<_>>()?;
    Some(format!("{} {}", locale.series.on_nth, locale.list(named.into_iter())))
}

fn weekday(weekday: Weekday, locale: &Locale) -> String {
    // Any week will do to have chrono name the weekday.
    let day = NaiveDate::from_isoywd_opt(2018, 1, weekday).expect("2018 has a first week");
    day.format_localized("%A", locale.calendar).to_string()
}
