//! Which revision of an event is published, since when, and what was otherwise before.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use serde::{Deserialize, Serialize};

use super::{Event, EventStatus, EventTime, Line, Location, Slug};

/// The state of a published event, from which all its timestamps follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Revision {
    /// Counts visible changes (RFC 5545 §3.8.7.4).
    pub sequence: u32,
    /// First publication (RFC 5545 §3.8.7.1).
    pub created: DateTime<Utc>,
    /// Last visible change (RFC 5545 §3.8.7.3); never before `created`.
    pub modified: DateTime<Utc>,
}

/// An event together with what is known of its publication.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Published {
    /// What is told.
    pub event: Arc<Event>,
    /// Since when it is told so.
    pub revision: Revision,
    /// What was changed, oldest first.
    pub changes: Vec<Change>,
    /// Slugs under which it was published before.
    pub former_slugs: Vec<Slug>,
    /// When its definition was deleted; what is told then is that it is off.
    pub removed: Option<DateTime<Utc>>,
}

/// What one revision changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Its number.
    pub sequence: u32,
    /// When it was published.
    pub at: DateTime<Utc>,
    /// What it changed.
    #[serde(alias = "matters")]
    pub fields: Vec<FieldChange>,
}

/// A part of an event that readers plan by, before and after a change.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldChange {
    /// It was published for the first time.
    New,
    /// Its definition was deleted.
    Removed,
    /// It came back.
    Restored,
    /// Its title.
    Title(Line, Line),
    /// When it takes place; of a series, its first date.
    Time(Box<(EventTime, EventTime)>),
    /// Where it takes place, room included.
    Place(Box<(Location, Location)>),
    /// The room, in the same place.
    Room(Option<Line>, Option<Line>),
    /// Whether it takes place as announced.
    Status(EventStatus, EventStatus),
    /// How it repeats.
    Rule,
    /// One date of a series; `None` where nothing takes place.
    Date(NaiveDate, Option<Box<OccurrenceState>>, Option<Box<OccurrenceState>>),
    /// Anything else: texts, conditions, contacts.
    Details,
}

/// What is told of one date of a series.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OccurrenceState {
    /// When it takes place.
    pub time: EventTime,
    /// Where it takes place.
    pub location: Location,
    /// Whether it takes place as announced.
    pub status: EventStatus,
}

impl FieldChange {
    /// Returns whether readers who have seen the event before must be told.
    #[must_use]
    pub fn is_material(&self) -> bool {
        !matches!(self, Self::New | Self::Details)
    }
}

impl Change {
    /// Returns whether readers who have seen the event before must be told.
    #[must_use]
    pub fn is_material(&self) -> bool {
        self.fields.iter().any(FieldChange::is_material)
    }
}

impl Published {
    /// The newest change that readers plan by.
    #[must_use]
    pub fn last_change(&self) -> Option<&Change> {
        self.changes.iter().rev().find(|change| change.is_material())
    }
}

/// What the record says of the whole site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHistory {
    /// For each feed, the last instant at which one of its events changed, came or left.
    pub changed: BTreeMap<Slug, DateTime<Utc>>,
    /// When anything was first published.
    pub since: Option<DateTime<Utc>>,
}
