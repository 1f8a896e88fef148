//! One event, complete and without contradictions.

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
    /// Its identity in every format.
    pub uid: Uid,
    /// Whether its author fixed the identity.
    pub has_written_uid: bool,
    /// Its part of the URL.
    pub slug: Slug,
    /// The feed (folder) that it belongs to.
    pub feed: Slug,
    /// The feeds that hold it, beside that of everything.
    pub feeds: Vec<Slug>,
    /// Title.
    pub title: Line,
    /// Second line of the title.
    pub subtitle: Option<Line>,
    /// Short form for lists, where the author wrote one.
    pub summary: Option<Line>,
    /// The text.
    pub body: Markdown,
    /// What sort of event it is.
    pub kind: EventKind,
    /// When it takes place; of a series, the first date of its rule.
    pub time: EventTime,
    /// Whether it takes place once.
    pub recurrence: Recurrence,
    /// When the doors open, on the first day.
    pub doors: Option<ZonedTime>,
    /// Whether it takes place as announced.
    pub status: EventStatus,
    /// Why it does not.
    pub reason: Option<Line>,
    /// Where it takes place.
    pub location: Location,
    /// Who holds it; many events share it.
    pub organizer: Option<Arc<Organizer>>,
    /// Who answers questions; see [`Event::public_contact`].
    pub contact: Option<Contact>,
    /// Who may take part, and how.
    pub participation: Participation,
    /// Parts of the programme, in the author's order.
    pub sessions: Vec<Session>,
    /// Whether calendars show the sessions as entries of their own; each then has an id.
    pub has_session_entries: bool,
    /// The event that it belongs to: a conference, a series.
    pub part_of: Option<Slug>,
    /// Keywords.
    pub tags: Vec<Line>,
    /// Further reading.
    pub links: Vec<Link>,
    /// A picture.
    pub image: Option<Image>,
    /// Things to read or to print.
    pub attachments: Vec<Attachment>,
    /// Its texts in English.
    pub translation: Option<EventTranslation>,
    /// The language of its texts.
    pub language: Language,
    /// Who may see it.
    pub visibility: Visibility,
    /// Whether it blocks the time in a subscriber's calendar.
    pub busy: bool,
    /// First publication, where the author fixed it.
    pub published: Option<DateTime<Utc>>,
    /// Last change, where the author fixed it.
    pub updated: Option<DateTime<Utc>>,
}

impl Event {
    /// Returns a confirmed, public event of which no more is known than this; all else has its usual value. Who knows
    /// more writes it before `..Event::minimal(…)`.
    #[must_use]
    pub fn minimal(
        uid: Uid,
        slug: Slug,
        feed: Slug,
        title: Line,
        time: EventTime,
        location: Location,
    ) -> Self {
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

    /// The contact, where it may stand in public documents.
    #[must_use]
    pub fn public_contact(&self) -> Option<&Contact> {
        self.contact.as_ref().filter(|contact| contact.is_public)
    }

    /// Pictures and attachments, wherever they are.
    pub fn files(&self) -> impl Iterator<Item = &FileSource> {
        let image = self.image.iter().map(|image| &image.source);
        image.chain(self.attachments.iter().map(|attachment| &attachment.source))
    }

    /// The series, where it is one.
    #[must_use]
    pub fn series(&self) -> Option<&Series> {
        match &self.recurrence {
            Recurrence::Series(series) => Some(series),
            Recurrence::Once | Recurrence::Date(_) => None,
        }
    }

    /// Returns whether nobody needs to come: it is cancelled, or postponed without a new date.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.status.is_off()
    }
}

/// What sort of event it is; decides the type in schema.org.
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
    /// Anything else.
    #[default]
    Other,
}

/// Whether an event takes place as announced (RFC 5545 §3.8.1.11, schema.org `EventStatusType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventStatus {
    /// It does.
    #[default]
    Confirmed,
    /// It is planned.
    Tentative,
    /// It does not take place.
    Cancelled,
    /// It does not take place then; a new date is not known yet.
    Postponed,
    /// It takes place at another time than first announced.
    Moved {
        /// The time that was announced before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        previous_start: Option<TimePoint>,
    },
    /// It takes place online instead of at a place.
    MovedOnline,
}

/// Who may see an event; drafts never reach the model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Everyone.
    #[default]
    Public,
    /// Readers of internal feeds.
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
    /// Returns the kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|kind| kind.name() == name).copied()
    }
}

/// What a status means for those who planned to come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Plans {
    /// They come as announced.
    Stand,
    /// They come at another time or to another place.
    Change,
    /// They stay at home.
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
    /// Returns whether nobody needs to come: it is cancelled, or postponed without a new date.
    #[must_use]
    pub fn is_off(self) -> bool {
        self.facts() == Plans::Fail
    }

    /// Returns whether who planned to come must plan anew: titles begin with such a status.
    #[must_use]
    pub fn changes_plans(self) -> bool {
        self.facts() != Plans::Stand
    }

    /// Returns the status of that name; of a moved event, without its previous start.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|status| status.name() == name).copied()
    }
}

/// A part of the programme (schema.org `subEvent`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Session {
    /// Its key within the event, where the author wrote one.
    pub id: Option<Slug>,
    /// Title.
    pub title: Line,
    /// When it takes place, within the event's zone.
    pub time: TimeSpan,
    /// The room, where it differs from the event's.
    pub room: Option<Room>,
    /// Who speaks.
    pub speakers: Vec<Line>,
}

/// By start, then uid; mostly they are sorted already.
pub fn sort_by_start<T>(items: &mut [T], event: impl Fn(&T) -> &Event) {
    let key = |item: &T| (event(item).time.begins(), event(item).uid.clone());
    let begins = |item: &T| event(item).time.begins();
    let is_sorted = items.is_sorted_by(|one, other| {
        begins(one) < begins(other) || (begins(one) == begins(other) && key(one) <= key(other))
    });
    if !is_sorted {
        items.sort_by_cached_key(key);
    }
}
