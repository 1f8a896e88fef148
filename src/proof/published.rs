//! What was published, as plain data: the side of every comparison that is known. Which dates have pages, which items a
//! feed has and which changes a log has is decided here once more, apart from the program that wrote the documents.

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
    /// Where the site stands.
    pub urls: Urls,
    /// The rules of all time zones.
    pub zones: Arc<Zones>,
    /// The moment at which it was published.
    pub now: DateTime<Utc>,
    /// The public events, in order.
    pub events: Vec<PublishedEvent>,
    /// The feeds.
    pub feeds: Vec<PublishedFeed>,
}

/// A feed and what it holds.
#[derive(Debug)]
pub struct PublishedFeed {
    /// What it says about itself.
    pub feed: Feed,
    /// Indices of its events in [`PublishedVariant::events`], ascending.
    pub members: Vec<usize>,
    /// Whether it holds no more than a notice of its end.
    pub is_retired: bool,
    /// How many past events, the oldest first, its calendar leaves out.
    pub left_out: usize,
}

/// An event, or a series with its dates.
#[derive(Debug)]
pub struct PublishedEvent {
    /// The event; of a series, all of it.
    pub statement: Statement,
    /// The language variant that its page is in.
    pub page: Variant,
    /// The dates of a series: all, or those that are near where it has no end.
    pub occurrences: Vec<Occurrence>,
    /// The first and the last day of the dates that have pages.
    pub window: (NaiveDate, NaiveDate),
    /// The instant from which it is over; `None` for a series without end.
    pub passes: Option<DateTime<Utc>>,
    /// The dates of a series that documents show one by one, by the day for which they were planned.
    pub dates: BTreeMap<NaiveDate, Statement>,
    /// The identities of the entries for its changes, in the order of the changes.
    pub change_ids: Vec<String>,
}

/// What documents have to say of an event, or of one date of a series.
#[derive(Debug)]
pub struct Statement {
    /// The event and its history, in its language variant.
    pub published: Arc<Published>,
    /// Its texts.
    pub words: Words,
    /// Its identity in RSS, Atom and JSON Feed.
    pub entry_id: String,
    /// Its page.
    pub route: Route,
    /// The link to its page, also where readers are led to its feed.
    pub page: String,
    /// Where readers find it.
    pub link: String,
}

/// The texts of an event, or of one date of a series.
#[derive(Debug)]
pub struct Words {
    /// Its title, behind the prefix of its status.
    pub title: String,
    /// What its status is called.
    pub status: &'static str,
    /// Title, time and town: what feed readers show in their lists.
    pub headline: String,
    /// When and where, in two lines.
    pub lead: String,
    /// The place in one line.
    pub place: String,
    /// The whole text.
    pub text: String,
    /// The whole text as feeds show it: HTML, escaped by none of them yet.
    pub html: String,
    /// Its sessions that calendars show as entries of their own.
    pub sessions: Vec<SessionWords>,
}

/// The texts of a session that is an entry of its own.
#[derive(Debug)]
pub struct SessionWords {
    /// Its identity.
    pub uid: String,
    /// Its title, behind the prefix of the event's status.
    pub title: String,
    /// The event, and the session's line of the programme.
    pub text: String,
    /// The place in one line.
    pub place: String,
    /// When it takes place.
    pub time: TimeSpan,
}

/// A change that a change log holds.
pub struct LoggedChange<'a> {
    /// The identity of its entry.
    pub id: &'a str,
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

    /// Returns whether it has a page: not if its definition was deleted.
    pub(super) fn is_page(&self) -> bool {
        self.statement.published.removed.is_none()
    }

    pub(super) fn has_passed(&self, now: DateTime<Utc>) -> bool {
        self.passes.is_some_and(|passes| passes <= now)
    }

    fn is_near(&self, date: NaiveDate) -> bool {
        (self.window.0..=self.window.1).contains(&date)
    }

    fn has_page(&self, date: NaiveDate) -> bool {
        self.is_page() && self.is_near(date)
    }

    /// The dates that have pages of their own.
    pub(super) fn pages(&self) -> impl Iterator<Item = &Statement> {
        self.statements(|date| self.has_page(date))
    }

    /// The dates that calendars list one by one: all; of a series without end, those that are near.
    pub(super) fn listed(&self) -> impl Iterator<Item = &Statement> {
        let is_endless = self.event().series().is_some_and(is_endless);
        self.statements(move |date| !is_endless || self.is_near(date))
    }

    fn statements(&self, is_in: impl Fn(NaiveDate) -> bool) -> impl Iterator<Item = &Statement> {
        let dates = self.occurrences.iter().map(|one| one.date).filter(move |date| is_in(*date));
        dates.filter_map(|date| self.dates.get(&date))
    }

    /// What an item of a feed is about: the event, and each changed date. One without a page would lead nowhere.
    pub(super) fn items(&self) -> impl Iterator<Item = &Statement> {
        let changed = self.event().series().into_iter().flat_map(|series| series.overrides.keys());
        let changed = changed.filter(|date| self.has_page(**date));
        std::iter::once(&self.statement).chain(changed.filter_map(|date| self.dates.get(date)))
    }

    /// A change log holds what readers plan by, and what is new.
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
