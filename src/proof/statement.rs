//! What the model says of an event and of each date of a series, in a form that all formats share.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use crate::model::{Event, EventStatus, EventTime, Matter, Published, Revised, Revision, TimeSpan};
use crate::recurrence::{occurrence_on, published_on};
use crate::render::urls::Urls;
use crate::render::{Told, told, told_as_html};
use crate::schedule::{Agenda, Entry};
use crate::zone::Zones;

/// An event, or one date of a series.
#[derive(Debug)]
pub struct Statement {
    pub event: Arc<Event>,
    pub revision: Revision,
    pub told: Told,
    /// Its identity in RSS, Atom and JSON Feed.
    pub entry_id: String,
}

/// An event with its dates.
#[derive(Debug)]
pub struct Expected<'a> {
    pub entry: &'a Entry,
    pub zones: &'a Zones,
    pub whole: Statement,
    /// The dates of a series that documents tell of one by one.
    pub dates: BTreeMap<NaiveDate, Statement>,
    /// What feeds tell as items of their own: the event, the changed dates that have pages, each with
    /// its HTML.
    pub items: Vec<(Option<NaiveDate>, String)>,
    /// The identities and instants of the changes that a change log tells of; the claim says whether
    /// the feed does, too.
    pub changes: Vec<(String, DateTime<Utc>, bool)>,
}

impl Statement {
    fn of(published: &Arc<Published>, agenda: &Agenda, urls: &Urls) -> Self {
        let told = told(published, &agenda.zones, urls);
        let entry_id = agenda.site.id.entry_id(&published.event.uid, published.event.edition);
        Self { told, entry_id, revision: published.revision, event: Arc::clone(&published.event) }
    }

    pub fn uid(&self) -> &str {
        self.event.uid.as_str()
    }
}

impl<'a> Expected<'a> {
    pub fn of(entry: &'a Entry, agenda: &'a Agenda, urls: &Urls) -> Self {
        let (published, site) = (&entry.published, &agenda.site);
        let mut dates = BTreeMap::new();
        let zones = &agenda.zones;
        let mut items = vec![(None, told_as_html(published, zones, urls))];
        let near = entry.dates.iter().filter(|one| entry.has_page(one.date));
        for one in near.chain(entry.told()) {
            let of_date = || Statement::of(&published_on(published, one, zones), agenda, urls);
            dates.entry(one.date).or_insert_with(of_date);
        }
        if let Some(series) = published.event.series() {
            for date in series.changes.keys().chain(&series.additional) {
                let one = occurrence_on(series, &published.event.time, *date, zones);
                let Some(one) = one.map(|one| published_on(published, &one, zones)) else {
                    continue;
                };
                // One without a page would lead nowhere.
                if series.changes.contains_key(date)
                    && entry.has_page(*date)
                    && !items.iter().any(|(at, _)| *at == Some(*date))
                {
                    items.push((Some(*date), told_as_html(&one, zones, urls)));
                }
                dates.entry(*date).or_insert_with(|| Statement::of(&one, agenda, urls));
            }
        }
        let told = published.changes.iter().filter(|change| is_told(change));
        let changes = told.map(|change| {
            let id =
                site.id.change_id(&published.event.uid, change.sequence, published.event.edition);
            (id, change.at, change.is_material())
        });
        let whole = Statement::of(published, agenda, urls);
        Self { entry, zones, whole, dates, items, changes: changes.collect() }
    }

    /// What an item of a feed tells, and its HTML.
    pub fn items(&self) -> impl Iterator<Item = (&Statement, &str)> {
        self.items.iter().filter_map(|(date, html)| {
            let statement = match date {
                None => &self.whole,
                Some(date) => self.dates.get(date)?,
            };
            Some((statement, html.as_str()))
        })
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
