//! The published state of an event: its revision, and the changes that led to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use serde::{Deserialize, Serialize};

use super::{Event, EventStatus, EventTime, Line, Location, Slug};

/// The revision of a published event, from which all its timestamps follow.
// GNOME compares SEQUENCE and LAST-MODIFIED alone, ICSx5 LAST-MODIFIED alone, and Google ignores a
// change without both: so they rise together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Revision {
    /// A number that rises with each visible change (`SEQUENCE`, RFC 5545 §3.8.7.4). It begins at 0, or at a number of
    /// seconds if the record was lost.
    pub sequence: u32,
    /// The instant of the first publication (`CREATED`, RFC 5545 §3.8.7.1).
    pub created: DateTime<Utc>,
    /// The instant of the last visible change (`LAST-MODIFIED`, RFC 5545 §3.8.7.3); never before
    /// `created`.
    pub modified: DateTime<Utc>,
}

/// The published state of an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Published {
    /// The event as it is published.
    pub event: Arc<Event>,
    /// The revision.
    pub revision: Revision,
    /// The newest changes, oldest first.
    pub changes: Vec<Change>,
    /// The slugs under which it was published before; requests for them are still answered.
    pub former_slugs: Vec<Slug>,
    /// The instant at which its definition was deleted; the event is a tombstone then, listed as
    /// cancelled.
    pub removed: Option<DateTime<Utc>>,
}

/// The change that one revision made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The number of the revision.
    pub sequence: u32,
    /// The instant of the revision.
    pub at: DateTime<Utc>,
    /// The fields that it changed.
    // Earlier versions of the program recorded the fields under this key.
    #[serde(alias = "matters")]
    pub fields: Vec<FieldChange>,
}

/// A field that readers plan by, before and after a change.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldChange {
    /// The event was published for the first time.
    New,
    /// The definition was deleted.
    Removed,
    /// The definition was restored after it had been deleted.
    Restored,
    /// The title changed.
    Title(Line, Line),
    /// The time changed; for a series, that of the first occurrence.
    Time(Box<(EventTime, EventTime)>),
    /// The place changed, the room included.
    Place(Box<(Location, Location)>),
    /// The room changed, and the venue did not.
    Room(Option<Line>, Option<Line>),
    /// The status changed.
    Status(EventStatus, EventStatus),
    /// The recurrence rule changed.
    Rule,
    /// An occurrence changed; `None` stands for one that does not exist.
    Date(NaiveDate, Option<Box<OccurrenceState>>, Option<Box<OccurrenceState>>),
    /// Another field changed: a text, a condition, a contact.
    Details,
}

/// The published state of one occurrence of a series.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OccurrenceState {
    /// The time.
    pub time: EventTime,
    /// The place.
    pub location: Location,
    /// The status.
    pub status: EventStatus,
}

impl FieldChange {
    /// Returns whether readers who have seen the event before need to know of it.
    #[must_use]
    pub(crate) fn is_material(&self) -> bool {
        !matches!(self, Self::New | Self::Details)
    }
}

impl Change {
    /// Returns whether readers who have seen the event before need to know of it.
    #[must_use]
    pub(crate) fn is_material(&self) -> bool {
        // Feed readers do not show an edited item again, so a material change is an item of its own
        // as well.
        self.fields.iter().any(FieldChange::is_material)
    }
}

impl Published {
    /// Returns the newest material change.
    #[must_use]
    pub(crate) fn last_change(&self) -> Option<&Change> {
        self.changes.iter().rev().find(|change| change.is_material())
    }
}

/// The instants that the record gives to feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedHistory {
    /// For each feed, the last instant at which one of its events changed, entered it or left it.
    pub changed: BTreeMap<Slug, DateTime<Utc>>,
    /// The instant of the first publication of all.
    pub since: Option<DateTime<Utc>>,
}
