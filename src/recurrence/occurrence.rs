//! The dates of a series, and the event that takes place on each.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::expand::times;
use crate::model::{
    Event, EventTime, FieldChange, Published, Recurrence, RuleEnd, Series, Session, TimeSpan,
    ZonedTime,
};
use crate::zone::Zones;

const DAY: TimeDelta = TimeDelta::days(1);

/// One date of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Occurrence {
    /// The local date for which it was planned: its name for ever.
    pub date: NaiveDate,
    /// When it was planned.
    pub planned: EventTime,
    /// When it takes place.
    pub time: EventTime,
}

/// Returns the dates of `series`, of which `first` is the first by its rule: all that were planned up to
/// `horizon`, and all additional ones, by planned date.
#[must_use]
pub fn occurrences(
    series: &Series,
    first: &EventTime,
    horizon: NaiveDate,
    zones: &Zones,
) -> Vec<Occurrence> {
    let by_rule = times(&series.rule, first, zones)
        .take_while(|time| time.first_date() <= horizon)
        .filter(|time| !series.excluded.contains(&time.first_date()));
    let additional = series.additional.iter().filter_map(|date| zones.on(first, *date));
    let mut occurrences: Vec<Occurrence> =
        by_rule.chain(additional).map(|planned| Occurrence::of(series, planned)).collect();
    occurrences.sort_by_key(|occurrence| occurrence.date);
    occurrences
}

/// Returns the date of `series` that was planned for `date`, which is one of it.
#[must_use]
pub fn occurrence_on(
    series: &Series,
    first: &EventTime,
    date: NaiveDate,
    zones: &Zones,
) -> Option<Occurrence> {
    zones.on(first, date).map(|planned| Occurrence::of(series, planned))
}

impl Occurrence {
    fn of(series: &Series, planned: EventTime) -> Self {
        let date = planned.first_date();
        let changed = series.overrides.get(&date).and_then(|change| change.time);
        Self { date, planned, time: changed.unwrap_or(planned) }
    }
}

/// Returns whether the rule goes on until the end of all zone data.
#[must_use]
pub fn is_endless(series: &Series) -> bool {
    series.rule.end == RuleEnd::Never
}

/// Returns the first date of the rule, excluded ones left out, on which clocks are changed during the event or
/// show its start or end twice or never.
#[must_use]
pub fn clock_change(series: &Series, first: &EventTime, zones: &Zones) -> Option<NaiveDate> {
    let EventTime::Timed(span) = first else { return None };
    let met = clock_changes(series, span, first, zones);
    let last = *met.last()?;
    let start = first.first_date();
    // A skipped date is none of the rule's, so the dates are looked up where no zone matters.
    let anywhere = zones.days(start, start, first.zone())?;
    let dates = times(&series.rule, &anywhere, zones).map(|time| time.first_date());
    let mut dates = dates.take_while(|date| *date <= last);
    dates.find(|date| met.contains(date) && !series.excluded.contains(date))
}

/// Returns all dates, of the rule or not, on which the event would meet a change of clocks before the rule ends.
fn clock_changes(
    series: &Series,
    span: &TimeSpan,
    first: &EventTime,
    zones: &Zones,
) -> BTreeSet<NaiveDate> {
    let (start, local) = (first.first_date(), span.start().naive_local());
    let length = span.end().map_or(TimeDelta::zero(), |end| end.naive_local() - local);
    let until = match series.rule.end {
        RuleEnd::Until(until) => until,
        RuleEnd::Never | RuleEnd::Count(_) => NaiveDateTime::MAX,
    };
    let changes = zones.rules(first.zone()).transitions.iter();
    let changes = changes.skip_while(|change| change.onset().date() + DAY < start);
    let changes = changes.take_while(|change| change.onset() <= until);
    let near = changes.flat_map(|change| {
        let (onset, gap) = (change.onset(), change.gap());
        let days = -1 - length.num_days()..=1;
        let dates = days.map(move |days| onset.date() + TimeDelta::days(days));
        // Most events take place at another hour than that in which clocks are changed.
        dates.filter(move |date| {
            let begins = date.and_time(local.time());
            *date >= start && begins <= onset + gap && begins + length >= onset - gap
        })
    });
    let meets =
        |date: &NaiveDate| zones.on(first, *date).is_none_or(|time| time.meets_clock_change());
    near.filter(meets).collect()
}

/// What is told of one date of a series: its revision is that of the series.
#[must_use]
pub fn published_on(
    published: &Published,
    occurrence: &Occurrence,
    zones: &Zones,
) -> Arc<Published> {
    let is_of_another = |field: &FieldChange| matches!(field, FieldChange::Date(date, ..) if *date != occurrence.date);
    let mut changes = published.changes.clone();
    for change in &mut changes {
        change.fields.retain(|field| !is_of_another(field));
    }
    let event = event_on(&published.event, occurrence, zones);
    Arc::new(Published { event: Arc::new(event), changes, ..published.clone() })
}

/// Returns the event as it takes place on one date of its series; `series` itself where it is none.
#[must_use]
pub fn event_on(event: &Event, occurrence: &Occurrence, zones: &Zones) -> Event {
    let Some(series) = event.series() else { return event.clone() };
    let change = series.overrides.get(&occurrence.date).cloned().unwrap_or_default();
    let shift = wall_clock_start(&occurrence.time) - wall_clock_start(&event.time);
    let location = change.location.unwrap_or_else(|| event.location.clone());
    let reason = if change.status.is_some() { change.reason } else { event.reason.clone() };
    Event {
        uid: event.uid.date(occurrence.date),
        recurrence: Recurrence::Date(occurrence.date),
        time: occurrence.time,
        doors: event.doors.map(|doors| shifted(doors, shift, zones)),
        sessions: event.sessions.iter().map(|one| session(one, shift, zones)).collect(),
        title: change.title.unwrap_or_else(|| event.title.clone()),
        location: change.status.map_or(location.clone(), |status| location.under(status)),
        status: change.status.unwrap_or(event.status),
        reason,
        ..event.clone()
    }
}

fn wall_clock_start(time: &EventTime) -> NaiveDateTime {
    match time {
        EventTime::Days(days) => days.first().and_time(NaiveTime::MIN),
        EventTime::Timed(span) => span.start().naive_local(),
    }
}

/// Returns the programme keeps its distance to the start.
fn session(session: &Session, shift: TimeDelta, zones: &Zones) -> Session {
    let start = shifted(session.time.start(), shift, zones);
    let end = session.time.end().map(|end| shifted(end, shift, zones));
    let time = zones.span(start, end).unwrap_or(session.time);
    Session { time, ..session.clone() }
}

fn shifted(moment: ZonedTime, shift: TimeDelta, zones: &Zones) -> ZonedTime {
    zones.locate(moment.naive_local() + shift, moment.timezone()).placed()
}
