//! The published state as plain data: the expected side of every comparison.
//!
//! Which dates have pages, which items a feed has and which changes a log has is decided here once more, apart from the
//! rooms that wrote the documents: a shared mistake would prove itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::{Event, Feed, FieldChange, Published, SiteId, TimeSpan};
use crate::recurrence::{Occurrence, is_endless};
use crate::route::{Route, Urls, Variant};
use crate::zone::Zones;

/// A site in one language variant.
#[derive(Debug)]
pub struct PublishedVariant {
    /// The language variant.
    pub variant: Variant,
    /// The identity of the site.
    pub site: SiteId,
    /// The URLs of the site.
    pub urls: Urls,
    /// The rules of all time zones.
    pub zones: Arc<Zones>,
    /// The instant at which it was published.
    pub now: DateTime<Utc>,
    /// The public events, by start.
    pub events: Vec<PublishedEvent>,
    /// The feeds of the variant.
    pub feeds: Vec<PublishedFeed>,
}

/// A feed and its events.
#[derive(Debug)]
pub struct PublishedFeed {
    /// Its title, description and other properties, in the variant's language.
    pub feed: Feed,
    /// The indices of its events in [`PublishedVariant::events`], ascending.
    pub members: Vec<usize>,
    /// Whether it has ended and contains nothing but the notice of its end.
    pub is_retired: bool,
    /// The number of past events, the oldest first, that its calendar leaves out.
    // The limits are counted in bytes of the calendar, which only the renderer knows.
    pub left_out: usize,
}

/// An event, or a series with its dates.
#[derive(Debug)]
pub struct PublishedEvent {
    /// The statement of the event, or of the series as one.
    pub statement: Statement,
    /// The language variant that its page is in.
    pub page: Variant,
    /// The dates of a series: all, or the near ones if it has no end.
    pub occurrences: Vec<Occurrence>,
    /// The first and the last day of the dates that have pages.
    pub window: (NaiveDate, NaiveDate),
    /// The instant from which it has passed; `None` for a series without end.
    pub passes: Option<DateTime<Utc>>,
    /// The dates of a series that documents show one by one, by the local day for which they were planned.
    pub dates: BTreeMap<NaiveDate, Statement>,
    /// The identities of the entries for its changes, in the order of the changes.
    pub change_ids: Vec<String>,
}

/// The values that documents must have for an event, or for one date of a series.
#[derive(Debug)]
pub struct Statement {
    /// The event and its history, in its language variant.
    pub published: Arc<Published>,
    /// Its texts, as readers see them.
    pub texts: EventTexts,
    /// Its identity in RSS, Atom and JSON Feed.
    pub entry_id: String,
    /// The route of its page.
    pub route: Route,
    /// The absolute URL of its page, also of one that was deleted.
    pub page: String,
    /// The absolute URL to which documents lead their readers: its page, or its feed if it was deleted.
    pub link: String,
}

/// The texts of an event, or of one date of a series.
#[derive(Debug)]
pub struct EventTexts {
    /// Its title, behind the prefix of its status.
    pub title: String,
    /// The name of its status.
    pub status: &'static str,
    /// Title, time and town in one line, which feed readers show in their lists.
    pub headline: String,
    /// Time and place, in two lines.
    pub lead: String,
    /// The place in one line.
    pub place: String,
    /// The full text, plain.
    pub text: String,
    /// The full text as the HTML of feeds, before a format escapes it.
    pub html: String,
    /// The sessions that calendars have as entries of their own.
    pub sessions: Vec<SessionTexts>,
}

/// The texts of a session that is an entry of its own.
#[derive(Debug)]
pub struct SessionTexts {
    /// Its UID.
    pub uid: String,
    /// Its title, behind the prefix of the event's status.
    pub title: String,
    /// The title of the event, and the session's line of the programme.
    pub text: String,
    /// The place in one line.
    pub place: String,
    /// Its start and end.
    pub time: TimeSpan,
}

/// A change in a change log.
pub(crate) struct LoggedChange<'a> {
    /// The identity of its entry.
    pub id: &'a str,
    /// The instant of the change.
    pub at: DateTime<Utc>,
    /// Whether feeds have an item for it, too.
    pub is_in_feed: bool,
}

impl Statement {
    pub(super) fn event(&self) -> &Event {
        &self.published.event
    }

    pub(super) fn uid(&self) -> &str {
        self.event().uid.as_str()
    }
}

impl PublishedEvent {
    pub(super) fn event(&self) -> &Event {
        self.statement.event()
    }

    /// Returns whether it has a page; that of a deleted event is gone.
    pub(super) fn has_own_page(&self) -> bool {
        self.statement.published.removed.is_none()
    }

    pub(super) fn has_passed(&self, now: DateTime<Utc>) -> bool {
        self.passes.is_some_and(|passes| passes <= now)
    }

    fn is_near(&self, date: NaiveDate) -> bool {
        (self.window.0..=self.window.1).contains(&date)
    }

    fn has_page(&self, date: NaiveDate) -> bool {
        self.has_own_page() && self.is_near(date)
    }

    /// Returns the dates that have pages of their own.
    pub(super) fn pages(&self) -> impl Iterator<Item = &Statement> {
        self.statements(|date| self.has_page(date))
    }

    /// Returns the dates that calendars list one by one: all, or the near ones of a series without end.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Statement> {
        let is_endless = self.event().series().is_some_and(is_endless);
        self.statements(move |date| !is_endless || self.is_near(date))
    }

    fn statements(&self, is_in: impl Fn(NaiveDate) -> bool) -> impl Iterator<Item = &Statement> {
        let dates = self.occurrences.iter().map(|one| one.date).filter(move |date| is_in(*date));
        dates.filter_map(|date| self.dates.get(&date))
    }

    /// Returns the statements that feeds have items for: that of the event, and those of its overrides.
    // An override without a page has no item: its link would lead nowhere.
    pub(super) fn items(&self) -> impl Iterator<Item = &Statement> {
        let changed = self.event().series().into_iter().flat_map(|series| series.overrides.keys());
        let changed = changed.filter(|date| self.has_page(**date));
        std::iter::once(&self.statement).chain(changed.filter_map(|date| self.dates.get(date)))
    }

    /// Returns the changes of a change log: those that people plan by, and that the event is new.
    pub(super) fn logged(&self) -> impl Iterator<Item = LoggedChange<'_>> {
        let changes = self.statement.published.changes.iter().zip(&self.change_ids);
        let logged = changes.filter(|(change, _)| {
            change.is_material() || change.fields.contains(&FieldChange::New)
        });
        logged.map(|(change, id)| LoggedChange {
            id,
            at: change.at,
            is_in_feed: change.is_material(),
        })
    }
}
