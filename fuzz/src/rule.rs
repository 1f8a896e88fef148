//! A rule of a series: a RECUR text (RFC 5545 §3.3.10), or a table `[repeat]` of an event file.

use aushang::model::{EventTime, Rule, RuleEnd, Series};
use aushang::recurrence::{occurrences, parse_rule, recur_text, times};
use aushang::source::{Folder, load};
use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use crate::site::{FOLDER, ZONES, write_event};

const RULE_ZONES: [Tz; 6] = [
    Tz::Europe__Berlin,
    Tz::UTC,
    Tz::America__New_York,
    Tz::Australia__Lord_Howe,
    Tz::Africa__Casablanca,
    Tz::Pacific__Apia,
];
/// How many dates of a rule are looked at.
const DATES: usize = 300;
/// The last year with dates.
const LAST_YEAR: i32 = 2099;

/// Asserts that a rule is refused with a sentence, or has dates that are in order, not before its start, not
/// after its end, no more than its count and as its parts say; and that its text is read as a rule with these
/// dates. The first four bytes are the start and the zone; a table begins with `[`.
pub fn rule(bytes: &[u8]) {
    let Some((head, text)) = bytes.split_first_chunk::<4>() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let days = i64::from(u16::from_le_bytes([head[0], head[1]]) % 25_000);
    let minutes = i64::from(head[2]) * 6 % (24 * 60);
    let zone = RULE_ZONES[usize::from(head[3] >> 1) % RULE_ZONES.len()];
    let day = NaiveDate::from_ymd_opt(2000, 1, 1).expect("it is a date") + TimeDelta::days(days);
    let start = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes);
    let is_timed = head[3] & 1 == 1;
    if text.starts_with('[') {
        return table(text, start, is_timed, zone);
    }
    let first = if is_timed {
        ZONES.timed(ZONES.locate(start, zone).placed(), None)
    } else {
        ZONES.days(day, day, zone)
    };
    let first = first.expect("its end is not before its start");
    match parse_rule(text, zone, &ZONES) {
        Err(problem) => assert!(!problem.to_string().is_empty()),
        Ok(rule) => assert_dates(&rule, &first, zone),
    }
}

fn assert_dates(rule: &Rule, first: &EventTime, zone: Tz) {
    let dates: Vec<EventTime> = times(rule, first, &ZONES).take(DATES).collect();
    let days: Vec<NaiveDate> = dates.iter().map(EventTime::first_date).collect();
    assert!(days.is_sorted_by(|one, other| one < other), "{rule:?}: {days:?}");
    assert!(days.iter().all(|day| *day >= first.first_date()), "{rule:?}: before its start");
    assert!(days.iter().all(|day| day.year() <= LAST_YEAR), "{rule:?}: after all zone data");
    match rule.end {
        RuleEnd::Never => {}
        RuleEnd::Count(count) => assert!(u64::from(count.get()) >= days.len() as u64, "{rule:?}"),
        RuleEnd::Until(until) => {
            let is_before = |day: &NaiveDate| *day <= until.date();
            assert!(days.iter().all(is_before), "{rule:?}: {days:?}");
        }
    }
    for day in &days {
        assert!(fits(rule, *day), "{rule:?}: {day}");
    }
    let text = recur_text(rule, first, &ZONES);
    let again = parse_rule(&text, zone, &ZONES).unwrap_or_else(|error| panic!("{text}: {error}"));
    let others: Vec<EventTime> = times(&again, first, &ZONES).take(DATES).collect();
    assert_eq!(dates, others, "{text} is another rule than {rule:?}");
}

/// What each part says of a single day, apart from all others.
fn fits(rule: &Rule, day: NaiveDate) -> bool {
    let days_in_month = i64::from(day.num_days_in_month());
    let days_in_year = if day.leap_year() { 366 } else { 365 };
    let is_in = |wanted: i64, found: u32, of: i64| {
        wanted == i64::from(found) || wanted == i64::from(found) - of - 1
    };
    let any_or = |is_free: bool, is_met: bool| is_free || is_met;
    any_or(rule.by_month.is_empty(), rule.by_month.iter().any(|one| u32::from(*one) == day.month()))
        && any_or(
            rule.by_month_day.is_empty(),
            rule.by_month_day.iter().any(|one| is_in((*one).into(), day.day(), days_in_month)),
        )
        && any_or(
            rule.by_year_day.is_empty(),
            rule.by_year_day.iter().any(|one| is_in((*one).into(), day.ordinal(), days_in_year)),
        )
        && any_or(
            rule.by_day.is_empty(),
            rule.by_day.iter().any(|one| one.weekday == day.weekday()),
        )
}

/// Loads an event with this table, and asserts that its dates are in order and none of them is excluded.
fn table(text: &str, start: NaiveDateTime, is_timed: bool, zone: Tz) {
    let form = if is_timed { "%Y-%m-%dT%H:%M:%S" } else { "%Y-%m-%d" };
    let text = format!(
        "+++\ntitle = \"Titel\"\nvenue = \"rathaus\"\nstart = {}\ntimezone = \"{zone}\"\n{text}\n+++\n",
        start.format(form)
    );
    write_event(text.as_bytes());
    let Ok((definitions, _)) = load(&Folder::new(&FOLDER), &ZONES) else { return };
    let series = definitions.events.first().and_then(|event| Some((event.series()?, event.time)));
    let Some((series, first)) = series else { return };
    assert_dates(&series.rule, &first, zone);
    assert_occurrences(series, &first);
}

fn assert_occurrences(series: &Series, first: &EventTime) {
    let horizon = first.first_date() + TimeDelta::days(1_000);
    let found = occurrences(series, first, horizon, &ZONES);
    let is_sorted = found.is_sorted_by(|one, other| one.date < other.date);
    assert!(is_sorted, "two occurrences of one date: {found:?}");
    for one in &found {
        assert_eq!(
            one.planned.first_date(),
            one.date,
            "an occurrence is called by its planned date"
        );
        assert!(!series.excluded.contains(&one.date), "{} is excluded", one.date);
    }
    let is_there = |date: &NaiveDate| found.iter().any(|one| one.date == *date);
    assert!(series.additional.iter().all(is_there), "an additional date is missing");
}
