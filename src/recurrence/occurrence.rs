//! The dates of a series, and the event that takes place on each.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::expand::times;
use crate::model::{
    Event, EventTime, Matter, Published, Recurrence, RuleEnd, Series, Session, WallClock,
    ZonedTime, locate,
};
use crate::zone::zone_rules;

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

/// The dates of `series`, of which `first` is the first by its rule: all that were planned up to
/// `horizon`, and all additional ones, by planned date.
#[must_use]
pub fn occurrences(series: &Series, first: &EventTime, horizon: NaiveDate) -> Vec<Occurrence> {
    let by_rule = times(&series.rule, first)
        .take_while(|time| time.first_date() <= horizon)
        .filter(|time| !series.excluded.contains(&time.first_date()));
    let additional = series.additional.iter().filter_map(|date| first.on(*date));
    let mut occurrences: Vec<Occurrence> =
        by_rule.chain(additional).map(|planned| Occurrence::of(series, planned)).collect();
    occurrences.sort_by_key(|occurrence| occurrence.date);
    occurrences
}

/// The date of `series` that was planned for `date`, which is one of it.
#[must_use]
pub fn occurrence_on(series: &Series, first: &EventTime, date: NaiveDate) -> Option<Occurrence> {
    first.on(date).map(|planned| Occurrence::of(series, planned))
}

impl Occurrence {
    fn of(series: &Series, planned: EventTime) -> Self {
        let date = planned.first_date();
        let changed = series.changes.get(&date).and_then(|change| change.time);
        Self { date, planned, time: changed.unwrap_or(planned) }
    }
}

/// Claims that the rule goes on until the end of all zone data.
#[must_use]
pub fn is_endless(series: &Series) -> bool {
    series.rule.end == RuleEnd::Never
}

/// The first date of the rule, excluded ones left out, on which clocks are changed during the event or
/// show its start or end twice or never.
#[must_use]
pub fn clock_change(series: &Series, first: &EventTime) -> Option<NaiveDate> {
    let EventTime::Timed(span) = first else { return None };
    let start = first.first_date();
    let days = span.end().map_or(0, |end| (end.date_naive() - start).num_days());
    let meets = |date: &NaiveDate| {
        *date >= start && first.on(*date).is_none_or(|time| time.meets_clock_change())
    };
    let zone = zone_rules(first.zone());
    let changes = zone.transitions.iter().map(|change| change.onset().date());
    let near = |change: NaiveDate| (-1 - days..=1).map(move |days| change + TimeDelta::days(days));
    let met: BTreeSet<NaiveDate> = changes.flat_map(near).filter(meets).collect();
    let last = *met.last()?;
    // A skipped date is none of the rule's, so the dates are looked up where no zone matters.
    let anywhere = EventTime::days(start, start, first.zone())?;
    let dates = times(&series.rule, &anywhere).map(|time| time.first_date());
    let mut dates = dates.take_while(|date| *date <= last);
    dates.find(|date| met.contains(date) && !series.excluded.contains(date))
}

/// What is told of one date of a series: its revision is that of the series.
#[must_use]
pub fn published_on(published: &Published, occurrence: &Occurrence) -> Arc<Published> {
    let is_of_another =
        |matter: &Matter| matches!(matter, Matter::Date(date, ..) if *date != occurrence.date);
    let mut changes = published.changes.clone();
    for change in &mut changes {
        change.matters.retain(|matter| !is_of_another(matter));
    }
    let event = event_on(&published.event, occurrence);
    Arc::new(Published { event: Arc::new(event), changes, ..published.clone() })
}

/// The event as it takes place on one date of its series; `series` itself where it is none.
#[must_use]
pub fn event_on(event: &Event, occurrence: &Occurrence) -> Event {
    let Some(series) = event.series() else { return event.clone() };
    let change = series.changes.get(&occurrence.date).cloned().unwrap_or_default();
    let shift = wall_clock_start(&occurrence.time) - wall_clock_start(&event.time);
    let location = change.location.unwrap_or_else(|| event.location.clone());
    let reason = if change.status.is_some() { change.reason } else { event.reason.clone() };
    Event {
        uid: event.uid.date(occurrence.date),
        recurrence: Recurrence::Date(occurrence.date),
        time: occurrence.time,
        doors: event.doors.map(|doors| shifted(doors, shift)),
        sessions: event.sessions.iter().map(|one| session(one, shift)).collect(),
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

/// The programme keeps its distance to the start.
fn session(session: &Session, shift: TimeDelta) -> Session {
    let start = shifted(session.time.start(), shift);
    let end = session.time.end().map(|end| shifted(end, shift));
    let time = match EventTime::timed(start, end) {
        Some(EventTime::Timed(span)) => span,
        _ => session.time,
    };
    Session { time, ..session.clone() }
}

fn shifted(moment: ZonedTime, shift: TimeDelta) -> ZonedTime {
    match locate(moment.naive_local() + shift, moment.timezone()) {
        WallClock::Once(moment)
        | WallClock::Repeated { first: moment, .. }
        | WallClock::Skipped { later: moment, .. } => moment,
    }
}
