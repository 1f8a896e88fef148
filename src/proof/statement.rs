//! What the model says of an event and of each date of a series, in a form that all formats share.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use crate::model::{Event, EventStatus, EventTime, Matter, Revised, Revision, TimeSpan};
use crate::recurrence::occurrence_on;
use crate::render::{Assembly, EventVariant, EventWords};
use crate::schedule::Entry;
use crate::zone::Zones;

/// An event, or one date of a series.
#[derive(Debug)]
pub struct Statement {
    pub event: Arc<Event>,
    pub revision: Revision,
    pub words: EventWords,
    /// Its identity in RSS, Atom and JSON Feed.
    pub entry_id: String,
}

/// An event with its dates.
#[derive(Debug)]
pub struct Expected<'a> {
    pub entry: &'a Entry,
    pub zones: &'a Zones,
    pub event: &'a EventVariant,
    pub whole: Statement,
    /// The dates of a series that documents tell of one by one.
    pub dates: BTreeMap<NaiveDate, Statement>,
    /// The changed dates that have pages: feeds have an item for each.
    changed: Vec<NaiveDate>,
    /// The identities and instants of the changes that a change log tells of; the claim says whether
    /// the feed does, too.
    pub changes: Vec<(String, DateTime<Utc>, bool)>,
}

impl Statement {
    fn of(event: &EventVariant, assembly: &Assembly) -> Self {
        Self {
            words: EventWords::of(event, assembly.urls(), &assembly.agenda().zones),
            entry_id: event.entry_id(&assembly.agenda().site),
            revision: event.published.revision,
            event: Arc::clone(&event.published.event),
        }
    }

    pub fn uid(&self) -> &str {
        self.event.uid.as_str()
    }
}

impl<'a> Expected<'a> {
    pub fn of(entry: &'a Entry, event: &'a EventVariant, assembly: &'a Assembly) -> Self {
        let zones = &*assembly.agenda().zones;
        let mut dates = BTreeMap::new();
        let mut changed = Vec::new();
        let near = entry.dates.iter().filter(|one| entry.has_page(one.date));
        for one in near.chain(entry.told()) {
            let of_date = || Statement::of(&event.on(one, zones), assembly);
            dates.entry(one.date).or_insert_with(of_date);
        }
        if let Some(series) = event.event().series() {
            for date in series.changes.keys().chain(&series.additional) {
                let Some(one) = occurrence_on(series, &event.event().time, *date, zones) else {
                    continue;
                };
                // One without a page would lead nowhere.
                let has_item = series.changes.contains_key(date) && entry.has_page(*date);
                if has_item && !changed.contains(date) {
                    changed.push(*date);
                }
                dates
                    .entry(*date)
                    .or_insert_with(|| Statement::of(&event.on(&one, zones), assembly));
            }
        }
        let changes = event.published.changes.iter().filter(|change| is_told(change));
        let changes = changes.map(|change| {
            let id = event.change_id(&assembly.agenda().site, change.sequence);
            (id, change.at, change.is_material())
        });
        let changes = changes.collect();
        Self { entry, zones, event, whole: Statement::of(event, assembly), dates, changed, changes }
    }

    /// What an item of a feed is about.
    pub fn items(&self) -> impl Iterator<Item = &Statement> {
        let changed = self.changed.iter().filter_map(|date| self.dates.get(date));
        std::iter::once(&self.whole).chain(changed)
    }
}

/// A change log tells of what readers plan by, and of what is new.
fn is_told(change: &Revised) -> bool {
    change.is_material() || change.matters.contains(&Matter::New)
}

/// First and last day, or the instants of start and end: `2018-12-10T09:15:00Z/2018-12-10T15:15:00Z`.
pub fn times(time: &EventTime) -> String {
    match time {
        EventTime::Days(days) => format!("{}/{}", days.first(), days.last()),
        EventTime::Timed(span) => span_times(span),
    }
}

/// The instants of start and end; without an end nothing follows the slash.
pub fn span_times(span: &TimeSpan) -> String {
    let end = span.end().map(|end| instant(end.to_utc())).unwrap_or_default();
    format!("{}/{end}", instant(span.start().to_utc()))
}

/// The first day, or the instant of the start.
pub fn start(time: &EventTime) -> String {
    match time {
        EventTime::Days(days) => days.first().to_string(),
        EventTime::Timed(span) => instant(span.start().to_utc()),
    }
}

/// The last day, or the instant of the end.
pub fn end(time: &EventTime) -> Option<String> {
    match time {
        EventTime::Days(days) => Some(days.last().to_string()),
        EventTime::Timed(span) => span.end().map(|end| instant(end.to_utc())),
    }
}

pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// What a machine-readable time of any format says: a date, or an instant; else the text itself.
pub fn read_point(text: &str) -> String {
    match DateTime::parse_from_rfc3339(text) {
        Ok(at) => instant(at.to_utc()),
        Err(_) => text.to_owned(),
    }
}

/// `STATUS` (RFC 5545 §3.8.1.11)
pub fn calendar_status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Cancelled | EventStatus::Postponed => "CANCELLED",
        EventStatus::Tentative => "TENTATIVE",
        _ => "CONFIRMED",
    }
}

/// `eventStatus` (schema.org `EventStatusType`)
pub fn schema_status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Cancelled => "https://schema.org/EventCancelled",
        EventStatus::Postponed => "https://schema.org/EventPostponed",
        EventStatus::Moved { .. } => "https://schema.org/EventRescheduled",
        EventStatus::MovedOnline => "https://schema.org/EventMovedOnline",
        _ => "https://schema.org/EventScheduled",
    }
}
