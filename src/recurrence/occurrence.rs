//! The occurrences of a series, and the event that takes place on each.
//!
//! An occurrence is named by its original local date, for ever: an override may move it to another
//! day, and calendars find it by the date for which it was planned (`RECURRENCE-ID`).

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

/// An occurrence: one date of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Occurrence {
    /// The local date for which it was planned, which names it for ever.
    pub date: NaiveDate,
    /// The time for which it was planned.
    pub planned: EventTime,
    /// The time at which it takes place: that of its override, or the planned one.
    pub time: EventTime,
}

/// Returns the occurrences of `series`, by original date: those of the rule up to `horizon`,
/// without exclusions, and all additional ones. The rule's first one is at `first`.
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

/// Returns the occurrence of `series` on `date`, which must be one of its dates; `None` if clocks
/// skip it.
#[must_use]
pub(crate) fn occurrence_on(
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

/// Returns whether the rule has no end but that of the zone data.
#[must_use]
pub(crate) fn is_endless(series: &Series) -> bool {
    series.rule.end == RuleEnd::Never
}

/// Returns the first date of the rule, exclusions left out, on which clocks are changed during the
/// event or show its start or end twice or never.
#[must_use]
pub(crate) fn clock_change(series: &Series, first: &EventTime, zones: &Zones) -> Option<NaiveDate> {
    // A DATE has no zone (RFC 5545 §3.3.4), so whole days meet no change of clocks.
    let EventTime::Timed(span) = first else { return None };
    let met = clock_changes(series, span, first, zones);
    let last = *met.last()?;
    let start = first.first_date();
    // An occurrence that clocks skip is none of the rule's, so the rule is expanded to whole days here.
    let anywhere = zones.days(start, start, first.zone())?;
    let dates = times(&series.rule, &anywhere, zones).map(|time| time.first_date());
    let mut dates = dates.take_while(|date| *date <= last);
    dates.find(|date| met.contains(date) && !series.excluded.contains(date))
}

/// Returns all dates, of the rule or not, on which the event would meet a change of clocks before
/// the rule ends.
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
    // From the few changes to the dates near them: an endless series has thousands of occurrences.
    let changes = zones.rules(first.zone()).transitions.iter();
    let changes = changes.skip_while(|change| change.onset().date() + DAY < start);
    let changes = changes.take_while(|change| change.onset() <= until);
    let near = changes.flat_map(|change| {
        let (onset, gap) = (change.onset(), change.gap());
        let days = -1 - length.num_days()..=1;
        let dates = days.map(move |days| onset.date() + TimeDelta::days(days));
        // Placing a time costs more than comparing it: most events are at another hour than the change.
        dates.filter(move |date| {
            let begins = date.and_time(local.time());
            *date >= start && begins <= onset + gap && begins + length >= onset - gap
        })
    });
    let meets =
        |date: &NaiveDate| zones.on(first, *date).is_none_or(|time| time.meets_clock_change());
    near.filter(meets).collect()
}

/// Returns the published state of one occurrence. Its revision is that of the series, and changes
/// of other occurrences are left out.
#[must_use]
pub(crate) fn published_on(
    published: &Published,
    occurrence: &Occurrence,
    zones: &Zones,
) -> Arc<Published> {
    let is_of_another = |field: &FieldChange| matches!(field, FieldChange::Date(date, ..) if *date != occurrence.date);
    // The series and its overrides share one revision: GNOME compares DTSTAMP, LAST-MODIFIED and
    // SEQUENCE alone.
    let mut changes = published.changes.clone();
    for change in &mut changes {
        change.fields.retain(|field| !is_of_another(field));
    }
    let event = event_on(&published.event, occurrence, zones);
    Arc::new(Published { event: Arc::new(event), changes, ..published.clone() })
}

/// Returns the event that takes place on one occurrence; the event itself if it is no series.
#[must_use]
pub(crate) fn event_on(event: &Event, occurrence: &Occurrence, zones: &Zones) -> Event {
    let Some(series) = event.series() else { return event.clone() };
    let change = series.overrides.get(&occurrence.date).cloned().unwrap_or_default();
    let shift = wall_clock_start(&occurrence.time) - wall_clock_start(&event.time);
    let location = change.location.unwrap_or_else(|| event.location.clone());
    // A status of its own has a reason of its own, or none: that of the series explains another
    // one.
    let reason = if change.status.is_some() { change.reason } else { event.reason.clone() };
    Event {
        uid: event.uid.date(occurrence.date),
        recurrence: Recurrence::Occurrence(occurrence.date),
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

/// Moves a session with the start of its event.
fn session(session: &Session, shift: TimeDelta, zones: &Zones) -> Session {
    let start = shifted(session.time.start(), shift, zones);
    let end = session.time.end().map(|end| shifted(end, shift, zones));
    let time = zones.span(start, end).unwrap_or(session.time);
    Session { time, ..session.clone() }
}

fn shifted(moment: ZonedTime, shift: TimeDelta, zones: &Zones) -> ZonedTime {
    // The distance is that of the wall clock: doors at 18:00 stay at 18:00 in summer and winter.
    zones.locate(moment.naive_local() + shift, moment.timezone()).placed()
}
