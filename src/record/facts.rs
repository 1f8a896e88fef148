//! The facts of an event that was published last, in the types of the model: enough to publish a
//! tombstone in every format and under every filter, and to say what a revision changed.
//!
//! The author's text is not stored: a tombstone has title, subtitle and summary alone. Of people, the organizer's name and web address are
//! stored, and never a contact, a speaker, an e-mail address or a telephone number, for records lie
//! in version control for good. The first form stored lines as readers saw them; nobody could
//! filter by a part of a line.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::model::{
    Event, EventKind, EventStatus, EventTime, Language, Line, Link, Location, OccurrenceState,
    Organizer, Override, Participation, Price, Recurrence, Series, SeriesForm, Slug, TimePoint,
    Uid, WebUrl,
};
use crate::recurrence::{is_endless, occurrences, times};
use crate::zone::Zones;

/// The facts of one published event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Facts {
    pub title: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Line>,
    pub kind: EventKind,
    pub time: EventTime,
    pub location: Location,
    pub status: EventStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<Box<Series>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organizer: Option<StoredOrganizer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Price>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Line>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The feeds that held it; its folder comes first.
    pub feeds: Vec<Slug>,
    pub language: Language,
}

/// The part of an organizer that is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoredOrganizer {
    pub name: Line,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<WebUrl>,
}

/// The ways in which an occurrence differs from its series.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Exception {
    is_additional: bool,
    is_excluded: bool,
    time: Option<EventTime>,
    location: Option<Location>,
    status: Option<EventStatus>,
}

impl Facts {
    pub(super) fn of(event: &Event) -> Self {
        let organizer = event.organizer.as_deref();
        let organizer = organizer.map(|Organizer { name, url, .. }| StoredOrganizer {
            name: name.clone(),
            url: url.clone(),
        });
        Self {
            title: event.title.clone(),
            subtitle: event.subtitle.clone(),
            summary: event.summary.clone(),
            kind: event.kind,
            time: event.time,
            location: event.location.facts(),
            status: event.status,
            reason: event.reason.clone(),
            series: event.series().map(|series| Box::new(series_facts(series))),
            organizer,
            price: event.participation.price.clone(),
            tags: event.tags.clone(),
            links: event.links.clone(),
            feeds: feeds(event),
            language: event.language.clone(),
        }
    }

    /// Returns the folder that held the definition.
    pub(super) fn feed(&self) -> Option<&Slug> {
        self.feeds.first()
    }

    pub(super) fn form(&self) -> Option<SeriesForm> {
        self.series.as_ref().map(|series| series.form)
    }

    /// Returns the start that was announced before the last move.
    pub(super) fn previous_start(&self) -> Option<TimePoint> {
        match self.status {
            EventStatus::Moved { previous_start } => previous_start,
            _ => None,
        }
    }

    /// Returns the dates of exclusions, additional occurrences and overrides.
    pub(super) fn exceptions(&self) -> BTreeSet<NaiveDate> {
        let Some(series) = &self.series else { return BTreeSet::new() };
        let dates = series.excluded.iter().chain(&series.additional).chain(series.overrides.keys());
        dates.copied().collect()
    }

    /// Returns the published state of an occurrence; `None` if nothing takes place on the date.
    pub(super) fn state(&self, date: NaiveDate, zones: &Zones) -> Option<OccurrenceState> {
        let series = self.series.as_ref()?;
        let usual = || zones.on(&self.time, date);
        if let Some(change) = series.overrides.get(&date) {
            let Override { time, location, status, .. } = change;
            return Some(OccurrenceState {
                time: time.or_else(usual)?,
                location: location.as_ref().unwrap_or(&self.location).clone(),
                status: status.unwrap_or(self.status),
            });
        }
        let takes_place = series.additional.contains(&date) || self.is_planned(date, zones);
        let time = usual().filter(|_| takes_place && !series.excluded.contains(&date))?;
        Some(OccurrenceState { time, location: self.location.clone(), status: self.status })
    }

    /// Returns whether the rule has an occurrence on the date.
    fn is_planned(&self, date: NaiveDate, zones: &Zones) -> bool {
        let Some(series) = &self.series else { return false };
        let mut dates = times(&series.rule, &self.time, zones).map(|time| time.first_date());
        dates.find(|one| *one >= date) == Some(date)
    }

    /// Returns how an occurrence differs from its series; `None` if it does not.
    pub(super) fn exception(&self, date: NaiveDate, zones: &Zones) -> Option<Exception> {
        let series = self.series.as_ref()?;
        let change = series.overrides.get(&date);
        let (usual, state) = (zones.on(&self.time, date), change.and(self.state(date, zones)));
        let exception = Exception {
            is_additional: series.additional.contains(&date),
            is_excluded: series.excluded.contains(&date),
            // Compared with the series of its own state: if the whole series moves, its occurrences
            // move along.
            time: state.as_ref().map(|state| state.time).filter(|time| Some(*time) != usual),
            status: state.as_ref().map(|state| state.status).filter(|one| *one != self.status),
            location: state.map(|state| state.location).filter(|one| *one != self.location),
        };
        (exception != Exception::default()).then_some(exception)
    }

    /// Returns the instant from which the event has passed; `None` for a series without end.
    pub(super) fn passes(&self, zones: &Zones) -> Option<DateTime<Utc>> {
        let Some(series) = &self.series else { return Some(self.time.passes()) };
        if is_endless(series) {
            return None;
        }
        let dates = occurrences(series, &self.time, NaiveDate::MAX, zones);
        dates.iter().map(|one| one.time.passes()).max()
    }

    /// Returns what somebody who edited the record by hand got wrong.
    pub(super) fn fault(&self) -> Option<&'static str> {
        let changes = self.series.iter().flat_map(|series| series.overrides.values());
        let mut times = changes.filter_map(|change| change.time.as_ref()).chain([&self.time]);
        let is_in_order = times.all(EventTime::is_in_order);
        match (is_in_order, self.feeds.is_empty()) {
            (false, _) => Some("it ends before it begins"),
            (_, true) => Some("it is in no feed"),
            (true, false) => None,
        }
    }

    /// Returns the event that these facts describe, with another status, to publish it without its
    /// definition.
    pub(super) fn to_event(&self, uid: &Uid, slug: &Slug, status: EventStatus) -> Option<Event> {
        let organizer = self.organizer.clone().map(|StoredOrganizer { name, url }| {
            Organizer { name, url, email: None, phone: None }.into()
        });
        let minimal = Event::minimal(
            uid.clone(),
            slug.clone(),
            self.feed()?.clone(),
            self.title.clone(),
            self.time,
            self.location.clone(),
        );
        Some(Event {
            has_written_uid: true,
            feeds: self.feeds.clone(),
            subtitle: self.subtitle.clone(),
            summary: self.summary.clone(),
            kind: self.kind,
            recurrence: self.recurrence(status),
            status,
            reason: self.reason.clone().filter(|_| !status.takes_place()),
            organizer,
            participation: Participation { price: self.price.clone(), ..Participation::default() },
            tags: self.tags.clone(),
            links: self.links.clone(),
            language: self.language.clone(),
            ..minimal
        })
    }

    fn recurrence(&self, status: EventStatus) -> Recurrence {
        let Some(series) = &self.series else { return Recurrence::Once };
        let mut series = series.clone();
        // A tombstone cancels every occurrence, also one that had been moved.
        for change in series.overrides.values_mut() {
            change.status = change.status.filter(|_| status.takes_place());
        }
        Recurrence::Series(series)
    }
}

/// Returns the part of a series that the record stores.
fn series_facts(series: &Series) -> Series {
    let mut facts = Series { is_form_written: true, ..series.clone() };
    for change in facts.overrides.values_mut() {
        change.location = change.location.as_ref().map(Location::facts);
    }
    facts
}

/// Returns the folder of the event, then the other feeds that hold it.
fn feeds(event: &Event) -> Vec<Slug> {
    let others = event.feeds.iter().filter(|feed| **feed != event.feed);
    std::iter::once(&event.feed).chain(others).cloned().collect()
}
