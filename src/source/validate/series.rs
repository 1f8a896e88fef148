//! `[repeat]`: the rule of a series in words or as `RRULE`, its exceptions, and the form in which calendars get it.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU32;
use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::checker::Checker;
use super::surroundings::Surroundings;
use super::{budget, moment, overrides, time, weekday};
use crate::model::{
    DayOfWeek, EventTime, Frequency, Location, Override, Recurrence, Rule, RuleEnd, Series,
    SeriesForm,
};
use crate::recurrence::parse_rule;
use crate::recurrence::{clock_change, is_portable, occurrences, times};
use crate::source::diagnostic::Problem;
use crate::source::format::{
    At, ChangeDefinition, EventDefinition, OneOrMany, RepeatDefinition, Text, Written,
};

/// The most dates of a series that has an end, those of its rule and additional ones.
const MAX_DATES: usize = 10_000;
const MAX_INTERVAL: u16 = 1_000;

/// Reads `series`: by rule, or expanded into single entries.
pub(crate) fn form(checker: &Checker<'_>, text: &Text) -> Option<SeriesForm> {
    checker.choice("series", &["rule", "expand"], &[SeriesForm::Rule, SeriesForm::Entries], text)
}

/// Reads the recurrence of an event; `None` if it has a mistake.
pub(crate) fn recurrence(
    checker: &Checker<'_>,
    event: &EventDefinition,
    time: Option<&EventTime>,
    location: Option<&Location>,
    surroundings: &Surroundings<'_>,
    default: SeriesForm,
) -> Option<Recurrence> {
    let form = form(checker, &event.series);
    let Some(repeat) = &event.repeat else {
        if let Some(series) = &event.series {
            checker.report(&series.span, Problem::Needs { key: "series", other: "`[repeat]`" });
        }
        return (!checker.is_rejected("repeat")).then_some(Recurrence::Once);
    };
    let time = time?;
    let rule = rule(checker, repeat, time)?;
    let mut series = Series {
        rule,
        excluded: dates(checker, "except", &repeat.value.except),
        additional: dates(checker, "also", &repeat.value.also),
        overrides: BTreeMap::new(),
        form: form.unwrap_or(default),
        is_form_written: form.is_some() || default == SeriesForm::Entries,
    };
    check_first(checker, repeat, &series, time)?;
    check_exceptions(checker, &repeat.value, &series, time);
    series.overrides = changes(checker, &repeat.value, &series, time, location, surroundings);
    let has_entries = !event.sessions.is_empty() && event.sessions_as.is_some();
    check_form(checker, repeat, &event.series, &mut series, time, has_entries);
    let sessions = if has_entries { event.sessions.len() } else { 0 };
    budget::check(checker, rule_span(repeat), &series, time, sessions)?;
    Some(Recurrence::Series(Box::new(series)))
}

/// Reads the rule from `rrule`, or from the keys that say it in words.
fn rule(checker: &Checker<'_>, repeat: &At<RepeatDefinition>, time: &EventTime) -> Option<Rule> {
    let RepeatDefinition { every, interval, on, until, count, rrule, .. } = &repeat.value;
    let Some(text) = rrule else { return rule_in_words(checker, repeat, time) };
    let words = [
        ("every", every.is_some()),
        ("interval", interval.is_some()),
        ("on", on.is_some()),
        ("until", until.is_some()),
        ("count", count.is_some()),
    ];
    for (other, _) in words.into_iter().filter(|(_, is_written)| *is_written) {
        checker.report(&text.span, Problem::Conflict { key: "rrule", other });
    }
    let rule = parse_rule(&text.value, time.zone(), checker.zones);
    let rule = rule.map_err(|problem| checker.report(&text.span, Problem::InvalidRule { problem }));
    let rule = rule.ok()?;
    if let RuleEnd::Until(until) = rule.end {
        moment::check_year(checker, &text.span, until.date())?;
    }
    Some(explicit(rule, time.first_date()))
}

fn rule_in_words(
    checker: &Checker<'_>,
    repeat: &At<RepeatDefinition>,
    time: &EventTime,
) -> Option<Rule> {
    const EVERY: &str = "`every = \"week\"` (day, week, month or year), or `rrule = \"…\"`";
    let RepeatDefinition { every, interval, on, .. } = &repeat.value;
    if every.is_none() {
        checker.missing(&repeat.span, "every", EVERY);
    }
    let frequencies = [Frequency::Daily, Frequency::Weekly, Frequency::Monthly, Frequency::Yearly];
    let words = &["day", "week", "month", "year"];
    let frequency = checker.choice("every", words, &frequencies, every);
    let interval = match interval {
        None => Some(1),
        Some(written) => {
            let interval = u16::try_from(written.value).ok();
            let interval = interval.filter(|interval| (1..=MAX_INTERVAL).contains(interval));
            checker.number("interval", "a number from 1 to 1000", written, interval)
        }
    };
    let end = end(checker, &repeat.value);
    let frequency = frequency?;
    let by_day = match on {
        Some(on) => days(checker, frequency, on)?,
        None => Vec::new(),
    };
    let by_month = match (frequency, by_day.is_empty()) {
        // RFC 5545 §3.3.10: in a yearly rule without BYMONTH, the second Tuesday is that of the year.
        (Frequency::Yearly, false) => vec![u8::try_from(time.first_date().month()).ok()?],
        _ => Vec::new(),
    };
    let rule = Rule { by_month, by_day, ..Rule::every(frequency, interval?, end?) };
    Some(explicit(rule, time.first_date()))
}

/// Adds to a rule what RFC 5545 §3.3.10 lets it take from its start, for programs that do not look there.
fn explicit(mut rule: Rule, first: NaiveDate) -> Rule {
    let has_days = !(rule.by_day.is_empty()
        && rule.by_month_day.is_empty()
        && rule.by_year_day.is_empty()
        && rule.by_week_no.is_empty());
    match rule.frequency {
        Frequency::Weekly if !has_days => {
            rule.by_day = vec![DayOfWeek { nth: None, weekday: first.weekday() }];
        }
        // By the RFC the start gives the weekday; without BYDAY, programs take all seven days of the week.
        Frequency::Yearly if !rule.by_week_no.is_empty() && rule.by_day.is_empty() => {
            rule.by_day = vec![DayOfWeek { nth: None, weekday: first.weekday() }];
        }
        Frequency::Monthly if !has_days => {
            rule.by_month_day.extend(i8::try_from(first.day()));
        }
        _ => {}
    }
    rule
}

/// Reads the days that `on` names: plain weekdays for a week, with their number for a month or year.
fn days(checker: &Checker<'_>, frequency: Frequency, on: &At<OneOrMany>) -> Option<Vec<DayOfWeek>> {
    let expected = match frequency {
        Frequency::Daily => "left out, since every day counts",
        Frequency::Weekly => "a day such as `tuesday`, or several in a list",
        Frequency::Monthly | Frequency::Yearly => "a day such as `second tuesday` or `last friday`",
    };
    let is_right = |day: &DayOfWeek| match frequency {
        Frequency::Daily => false,
        Frequency::Weekly => day.nth.is_none(),
        Frequency::Monthly | Frequency::Yearly => day.nth.is_some(),
    };
    let words = on.value.as_slice();
    let read = words.iter().map(|word| {
        let text = Some(At { span: on.span.clone(), value: word.clone() });
        checker.valid("on", expected, &text, |text| weekday::day_of_week(text).filter(is_right))
    });
    let mut days: Vec<DayOfWeek> = read.collect::<Option<_>>()?;
    // The order in which an author names days is no part of the rule: another one must be no change. The last
    // weekday of a month comes last.
    let position = |nth: i16| if nth < 0 { i16::MAX } else { nth };
    days.sort_by_key(|day| (day.nth.map(position), day.weekday.num_days_from_monday()));
    days.dedup();
    Some(days)
}

/// Reads `until` or `count`; neither is a series without end.
fn end(checker: &Checker<'_>, repeat: &RepeatDefinition) -> Option<RuleEnd> {
    if let (Some(count), Some(_)) = (&repeat.count, &repeat.until) {
        checker.report(&count.span, Problem::Conflict { key: "count", other: "until" });
        return None;
    }
    if let Some(count) = &repeat.count {
        let number = u32::try_from(count.value).ok().and_then(NonZeroU32::new);
        let number = checker.number("count", "a whole number above zero", count, number)?;
        return Some(RuleEnd::Count(number));
    }
    let Some(until) = &repeat.until else { return Some(RuleEnd::Never) };
    let date = moment::date(checker, "until", until)?;
    // `until` is inclusive, whatever the hour at which the event takes place.
    Some(RuleEnd::Until(date.and_time(NaiveTime::from_hms_opt(23, 59, 59)?)))
}

fn dates(checker: &Checker<'_>, key: &'static str, written: &[At<Written>]) -> BTreeSet<NaiveDate> {
    let mut dates = BTreeSet::new();
    for one in written {
        let Some(date) = moment::date(checker, key, one) else { continue };
        if !dates.insert(date) {
            checker.report(&one.span, Problem::DateTwice { date });
        }
    }
    dates
}

/// Checks that the first date of the rule is the event's start, and that the series has at most [`MAX_DATES`] dates.
fn check_first(
    checker: &Checker<'_>,
    repeat: &At<RepeatDefinition>,
    series: &Series,
    time: &EventTime,
) -> Option<()> {
    let (span, rule) = (rule_span(repeat), &series.rule);
    // RFC 5545 §3.8.5.3: the set is undefined if DTSTART does not match the rule; programs differ.
    let start = time.first_date();
    // The dates are walked no further than the limit: a rule may give dates for decades.
    let most = MAX_DATES.saturating_sub(series.additional.len());
    let has_too_many =
        || rule.end != RuleEnd::Never && times(rule, time, checker.zones).nth(most).is_some();
    let problem = match times(rule, time, checker.zones).next().map(|time| time.first_date()) {
        Some(first) if first != start => Problem::StartNotInSeries { start, first },
        Some(_) if has_too_many() => Problem::TooManyDates { limit: MAX_DATES },
        Some(_) => return Some(()),
        None => Problem::NoDates,
    };
    checker.report(span, problem);
    None
}

/// Returns where the rule is written.
fn rule_span(repeat: &At<RepeatDefinition>) -> &Range<usize> {
    let rule = repeat.value.rrule.as_ref().or(repeat.value.every.as_ref());
    rule.map_or(&repeat.span, |rule| &rule.span)
}

/// Checks that excluded dates are dates of the rule, that additional ones are not, and that a date is left.
fn check_exceptions(
    checker: &Checker<'_>,
    repeat: &RepeatDefinition,
    series: &Series,
    time: &EventTime,
) {
    let written = series.excluded.iter().chain(&series.additional);
    let Some(horizon) = written.max().copied() else { return };
    // Exceptions are compared with the dates of the rule alone.
    let rule = Series { excluded: BTreeSet::new(), additional: BTreeSet::new(), ..series.clone() };
    let by_rule = occurrences(&rule, time, horizon, checker.zones);
    let by_rule: BTreeSet<NaiveDate> = by_rule.iter().map(|one| one.date).collect();
    for one in &repeat.except {
        let Some(date) = moment::date(checker, "except", one) else { continue };
        if !by_rule.contains(&date) {
            let near = nearest(&by_rule, date);
            checker.report(&one.span, Problem::NotInSeries { key: "except", date, near });
        }
    }
    for one in &repeat.also {
        let Some(date) = moment::date(checker, "also", one) else { continue };
        if by_rule.contains(&date) {
            checker.report(&one.span, Problem::AlreadyInSeries { date });
        } else if checker.zones.on(time, date).is_none() {
            time::report_skipped(checker, &one.span, time, date);
        }
    }
    let is_left = || {
        times(&series.rule, time, checker.zones)
            .any(|one| !series.excluded.contains(&one.first_date()))
    };
    if let (Some(last), true, false) =
        (repeat.except.last(), series.additional.is_empty(), is_left())
    {
        checker.report(&last.span, Problem::AllExcluded);
    }
}

/// Returns the dates before and after one that is not among them.
fn nearest(dates: &BTreeSet<NaiveDate>, date: NaiveDate) -> Vec<NaiveDate> {
    let before = dates.range(..date).next_back();
    before.into_iter().chain(dates.range(date..).next()).copied().collect()
}

fn changes(
    checker: &Checker<'_>,
    repeat: &RepeatDefinition,
    series: &Series,
    time: &EventTime,
    location: Option<&Location>,
    surroundings: &Surroundings<'_>,
) -> BTreeMap<NaiveDate, Override> {
    let mut changes = BTreeMap::new();
    let written: Vec<_> =
        repeat.change.iter().filter_map(|one| dated_change(checker, one)).collect();
    let Some(last) = written.iter().map(|(.., date)| *date).max() else { return changes };
    // Of a series without end, the dates of about a year after the last one are enough to name the nearest.
    let dates = occurrences(series, time, last + chrono::Days::new(400), checker.zones);
    let planned: BTreeMap<_, _> = dates.iter().map(|one| (one.date, one.planned)).collect();
    let dates: BTreeSet<NaiveDate> = planned.keys().copied().collect();
    for (written, at, date) in written {
        let Some(planned) = planned.get(&date) else {
            let near = nearest(&dates, date);
            checker.report(&at.span, Problem::NotInSeries { key: "date", date, near });
            continue;
        };
        let change = overrides::validate(checker, written, planned, location, surroundings);
        if changes.insert(date, change).is_some() {
            checker.report(&at.span, Problem::DateTwice { date });
        }
    }
    changes
}

/// Returns an override with the date that it changes, and where that is written.
fn dated_change<'a>(
    checker: &Checker<'_>,
    written: &'a At<ChangeDefinition>,
) -> Option<(&'a At<ChangeDefinition>, &'a At<Written>, NaiveDate)> {
    let Some(at) = &written.value.date else {
        checker.missing(&written.span, "date", "`date = 2018-12-11`, the one in the series");
        return None;
    };
    Some((written, at, moment::date(checker, "date", at)?))
}

/// Decides whether calendars get a rule or single entries: a rule only if all programs read it alike, none of its
/// dates meets a clock change, and the zone can be written by yearly rules (RFC 5545 §3.6.5), as Outlook needs.
fn check_form(
    checker: &Checker<'_>,
    repeat: &At<RepeatDefinition>,
    written: &Text,
    series: &mut Series,
    time: &EventTime,
    has_session_entries: bool,
) {
    let is_said = match time {
        EventTime::Days(_) => true,
        EventTime::Timed(span) => checker.zones.is_by_yearly_rules(span.start()),
    };
    let is_alike = is_said && is_portable(&series.rule, time.first_date()) && !has_session_entries;
    let is_by_rule = series.form == SeriesForm::Rule;
    if let Some(date) = clock_change(series, time, checker.zones) {
        let is_skipped = checker.zones.on(time, date).is_none();
        // RFC 5545 §3.3.10: a nonexistent local time is no date of the rule. Expanding does not bring it back, so its
        // author learns of it, whatever the form.
        if is_by_rule || is_skipped {
            let problem = Problem::SeriesMeetsClockChange { date, is_skipped };
            checker.report(rule_span(repeat), problem);
        }
        series.form = SeriesForm::Entries;
    } else if !is_alike {
        if let (Some(written), true) = (written, is_by_rule) {
            checker.report(&written.span, Problem::RuleIsNotPortable);
        }
        series.form = SeriesForm::Entries;
    }
}
