//! The occurrences of a recurrence rule (RFC 5545 §3.3.10), by the `rrule` crate on the wall clock.
//!
//! UTC stands in for the wall clock: it has no gap and no repeated hour in which the crate could
//! differ from the standard.

use chrono::{Datelike, Month, NaiveDateTime, NaiveTime, TimeZone};
use rrule::{NWeekday, RRule, RRuleSet};

use crate::model::{DayOfWeek, EventTime, Frequency, Rule, RuleEnd};
use crate::zone::Zones;

/// The last year of the zone data.
const LAST_YEAR: i32 = 2099;

/// Returns the occurrences of `rule`, none of them before `first`. One that clocks skip is left out
/// and not counted (RFC 5545 §3.3.10); of a repeated hour the first instant counts (§3.3.5). A rule
/// whose parts contradict one another has none. The iterator always ends: with the zone data, or
/// when the crate has searched in vain for long.
pub fn times<'z>(
    rule: &Rule,
    first: &EventTime,
    zones: &'z Zones,
) -> impl Iterator<Item = EventTime> + use<'z> {
    let first = *first;
    let start = match first {
        EventTime::Days(days) => days.first().and_time(NaiveTime::MIN),
        EventTime::Timed(span) => span.start().naive_local(),
    };
    let placed = wall_clock(rule, start).filter_map(move |local| zones.on(&first, local.date()));
    // Counted after placing: the crate counts a skipped occurrence, and the standard does not.
    placed.take(count(rule))
}

fn count(rule: &Rule) -> usize {
    match rule.end {
        RuleEnd::Count(count) => usize::try_from(count.get()).unwrap_or(usize::MAX),
        RuleEnd::Never | RuleEnd::Until(_) => usize::MAX,
    }
}

/// Returns the wall-clock times of a rule up to its `UNTIL`, whatever its `COUNT`.
fn wall_clock(rule: &Rule, start: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> + use<> {
    // BYSETPOS counts from the first day of the week; the crate, as dateutil, counts from the start in
    // the first week.
    let begin = match (rule.frequency, rule.by_set_pos.as_slice()) {
        (Frequency::Weekly, [_, ..]) => {
            start.date().week(rule.week_start).first_day().and_time(start.time())
        }
        _ => start,
    };
    let first = start;
    let start = rrule::Tz::UTC.from_utc_datetime(&begin);
    let valid = unlimited(rule).validate(start).ok();
    // Without the limit, a rule that no date fulfils is searched until the end of the calendar.
    let dates = valid.map(|rule| (&RRuleSet::new(start).rrule(rule).limit()).into_iter());
    let until = match rule.end {
        RuleEnd::Until(until) => until,
        RuleEnd::Never | RuleEnd::Count(_) => NaiveDateTime::MAX,
    };
    let local = dates.into_iter().flatten().map(|date| date.naive_utc());
    // The dates between the first day of the week and the start only number the positions.
    let local = local.skip_while(move |local| *local < first);
    local.take_while(move |local| local.year() <= LAST_YEAR && *local <= until)
}

// COUNT and UNTIL are not handed over: see `times` and `wall_clock`.
fn unlimited(rule: &Rule) -> RRule<rrule::Unvalidated> {
    let frequency = match rule.frequency {
        Frequency::Daily => rrule::Frequency::Daily,
        Frequency::Weekly => rrule::Frequency::Weekly,
        Frequency::Monthly => rrule::Frequency::Monthly,
        Frequency::Yearly => rrule::Frequency::Yearly,
    };
    let months: Vec<Month> =
        rule.by_month.iter().filter_map(|month| Month::try_from(*month).ok()).collect();
    let days = rule.by_day.iter().map(|DayOfWeek { nth, weekday }| match nth {
        None => NWeekday::Every(*weekday),
        Some(nth) => NWeekday::Nth(*nth, *weekday),
    });
    RRule::new(frequency)
        .interval(rule.interval)
        .week_start(rule.week_start)
        .by_month(&months)
        .by_week_no(rule.by_week_no.clone())
        .by_year_day(rule.by_year_day.clone())
        .by_month_day(rule.by_month_day.clone())
        .by_weekday(days.collect())
        .by_set_pos(rule.by_set_pos.clone())
}
