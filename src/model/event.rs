//! One event, complete and consistent.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use serde::{Deserialize, Serialize};

use super::closed_set::closed_set;
use super::{
    Attachment, Contact, EventTime, EventTranslation, FileSource, Image, Language, Line, Link,
    Location, Markdown, Organizer, Participation, Recurrence, Room, Series, Slug, TimePoint,
    TimeSpan, Uid, ZonedTime,
};

/// An event as its author wrote it, with the defaults of its folder filled in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// The identifier in every format.
    pub uid: Uid,
    /// Whether the author wrote the uid.
    pub has_written_uid: bool,
    /// The slug, a segment of its URL.
    pub slug: Slug,
    /// The feed whose folder holds the definition.
    pub feed: Slug,
    /// The feeds that hold the event, besides that of all events.
    pub feeds: Vec<Slug>,
    /// The title.
    pub title: Line,
    /// The second line of the title.
    pub subtitle: Option<Line>,
    /// The short form for lists, if the author wrote one.
    pub summary: Option<Line>,
    /// The text.
    pub body: Markdown,
    /// The kind of event.
    pub kind: EventKind,
    /// The time; for a series, the first occurrence of its rule.
    pub time: EventTime,
    /// How often it takes place.
    pub recurrence: Recurrence,
    /// The time at which the doors open, on the first day.
    pub doors: Option<ZonedTime>,
    /// The status.
    pub status: EventStatus,
    /// The reason for the status.
    pub reason: Option<Line>,
    /// The place.
    pub location: Location,
    /// The organizer, which many events share.
    pub organizer: Option<Arc<Organizer>>,
    /// The contact, public or not; see [`Event::public_contact`].
    pub contact: Option<Contact>,
    /// The conditions of taking part.
    pub participation: Participation,
    /// The sessions of the programme, in the author's order.
    pub sessions: Vec<Session>,
    /// Whether calendars get each session as an entry of its own; each then has an id.
    pub has_session_entries: bool,
    /// The parent event: the conference or the series that it belongs to.
    pub part_of: Option<Slug>,
    /// The tags.
    pub tags: Vec<Line>,
    /// Links to further reading.
    pub links: Vec<Link>,
    /// The picture.
    pub image: Option<Image>,
    /// The attachments.
    pub attachments: Vec<Attachment>,
    /// The texts in English.
    pub translation: Option<EventTranslation>,
    /// The language of the texts.
    pub language: Language,
    /// The visibility.
    pub visibility: Visibility,
    /// Whether the event blocks the time in a subscriber's calendar (`TRANSP`).
    pub busy: bool,
    /// The first publication, if the author wrote it.
    pub published: Option<DateTime<Utc>>,
    /// The last change, if the author wrote it.
    pub updated: Option<DateTime<Utc>>,
}

impl Event {
    /// Returns a confirmed, public event of which only the arguments are known; everything else has
    /// its default.
    #[must_use]
    pub fn minimal(
        uid: Uid,
        slug: Slug,
        feed: Slug,
        title: Line,
        time: EventTime,
        location: Location,
    ) -> Self {
        // A key that is added later gets its default here, and a tombstone needs no edit to have
        // it. Callers that know more write it before `..Event::minimal(…)`.
        Self {
            uid,
            has_written_uid: false,
            slug,
            feeds: vec![feed.clone()],
            feed,
            title,
            subtitle: None,
            summary: None,
            body: Markdown::default(),
            kind: EventKind::default(),
            time,
            recurrence: Recurrence::Once,
            doors: None,
            status: EventStatus::default(),
            reason: None,
            location,
            organizer: None,
            contact: None,
            participation: Participation::default(),
            sessions: Vec::new(),
            has_session_entries: false,
            part_of: None,
            tags: Vec::new(),
            links: Vec::new(),
            image: None,
            attachments: Vec::new(),
            translation: None,
            language: Language::german(),
            visibility: Visibility::default(),
            busy: false,
            published: None,
            updated: None,
        }
    }

    /// Returns the contact if public documents may name it.
    #[must_use]
    pub(crate) fn public_contact(&self) -> Option<&Contact> {
        self.contact.as_ref().filter(|contact| contact.is_public)
    }

    /// Returns the sources of the picture and of all attachments.
    pub fn files(&self) -> impl Iterator<Item = &FileSource> {
        let image = self.image.iter().map(|image| &image.source);
        image.chain(self.attachments.iter().map(|attachment| &attachment.source))
    }

    /// Returns the series if the event is one.
    #[must_use]
    pub fn series(&self) -> Option<&Series> {
        match &self.recurrence {
            Recurrence::Series(series) => Some(series),
            Recurrence::Once | Recurrence::Occurrence(_) => None,
        }
    }

    /// Returns whether the event takes place; it does not if it is cancelled, or postponed without a new date.
    #[must_use]
    pub fn takes_place(&self) -> bool {
        self.status.takes_place()
    }
}

/// The kind of an event, which decides its schema.org type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// A workshop.
    Workshop,
    /// A conference.
    Conference,
    /// A meeting of a network.
    NetworkMeeting,
    /// A talk.
    Talk,
    /// A course.
    Course,
    /// An excursion.
    Excursion,
    /// Any other kind.
    #[default]
    Other,
}

/// The status of an event (RFC 5545 §3.8.1.11, schema.org `EventStatusType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventStatus {
    /// It takes place as announced.
    #[default]
    Confirmed,
    /// It is planned.
    Tentative,
    /// It is cancelled.
    Cancelled,
    /// It is postponed, and no new date is known yet.
    Postponed,
    /// It takes place at another time than was announced first.
    Moved {
        /// The start that was announced before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        previous_start: Option<TimePoint>,
    },
    /// It takes place online instead of at its venue.
    MovedOnline,
}

/// The visibility of an event. A draft never becomes an [`Event`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Public documents hold it.
    #[default]
    Public,
    /// Only internal feeds may hold it.
    Internal,
}

closed_set! {
    EventKind {
        Workshop = "workshop",
        Conference = "conference",
        NetworkMeeting = "network-meeting",
        Talk = "talk",
        Course = "course",
        Excursion = "excursion",
        Other = "other",
    }
}

impl EventKind {
    /// Returns the kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|kind| kind.name() == name).copied()
    }
}

/// The meaning of a status for those who planned to come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plans {
    /// They come as announced.
    Stand,
    /// They come at another time or to another place.
    Change,
    /// They do not come.
    Fail,
}

closed_set! {
    EventStatus: Plans {
        Confirmed = "confirmed" => Plans::Stand,
        Tentative = "tentative" => Plans::Stand,
        Cancelled = "cancelled" => Plans::Fail,
        Postponed = "postponed" => Plans::Fail,
        Moved { previous_start } = "moved" => Plans::Change,
        MovedOnline = "moved-online" => Plans::Change,
    }
}

impl EventStatus {
    /// Returns whether the event takes place; it does not if it is cancelled, or postponed without a new date.
    #[must_use]
    pub(crate) fn takes_place(self) -> bool {
        self.facts() != Plans::Fail
    }

    /// Returns whether those who planned to come must plan anew.
    #[must_use]
    pub(crate) fn changes_plans(self) -> bool {
        // Titles begin with such a status ("ABGESAGT: "), since Outlook shows a cancelled entry
        // like any other.
        self.facts() != Plans::Stand
    }

    /// Returns the status with this name; a moved event has no previous start then.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|status| status.name() == name).copied()
    }
}

/// A session of the programme (schema.org `subEvent`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Session {
    /// The key within the event, if the author wrote one.
    pub id: Option<Slug>,
    /// The title.
    pub title: Line,
    /// The time, in the event's zone.
    pub time: TimeSpan,
    /// The room, if it differs from the event's.
    pub room: Option<Room>,
    /// The speakers.
    pub speakers: Vec<Line>,
}

/// Sorts items by start, then uid: the order of iCalendar, JSON-LD, CSV and pages.
pub fn sort_by_start<T>(items: &mut [T], event: impl Fn(&T) -> &Event) {
    // Mostly the items are in order already, and finding that out copies no uid.
    let key = |item: &T| (event(item).time.begins(), event(item).uid.clone());
    let begins = |item: &T| event(item).time.begins();
    let is_sorted = items.is_sorted_by(|one, other| {
        begins(one) < begins(other) || (begins(one) == begins(other) && key(one) <= key(other))
    });
    if !is_sorted {
        items.sort_by_cached_key(key);
    }
}
