//! A line of the record: what is stored of one event.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::facts::Facts;
use super::json::from_json;
use crate::model::{Change, Language, Line, Slug, Uid};

/// The version of the lines that this program writes.
pub(super) const VERSION: u32 = 2;

/// The stored state of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRecord {
    pub(super) v: LineVersion,
    pub(super) uid: Uid,
    /// The slugs under which it was published; the last one is today's.
    pub(super) slugs: Vec<Slug>,
    pub(super) sequence: u32,
    pub(super) created: DateTime<Utc>,
    pub(super) modified: DateTime<Utc>,
    /// The digest of its published state; see [`super::digest`].
    pub(super) digest: String,
    pub(super) last: Facts,
    /// The newest changes, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) changes: Vec<Change>,
    /// The instants at which it entered or left a feed after its first publication.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) listed: BTreeMap<Slug, DateTime<Utc>>,
    /// The instant at which its definition was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) removed: Option<DateTime<Utc>>,
    /// The instant since which it has not been published: it was unpublished without notice, by hand or as a draft.
    // It stays until the next revision publishes the event again, also after it was reinstated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) withdrawn: Option<DateTime<Utc>>,
    /// The instant at which its definition was first missing: `aushang record` looks twice before it counts as deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) missing_since: Option<DateTime<Utc>>,
    /// The last decision of somebody who withdrew or reinstated it by hand.
    // Earlier versions of the program recorded it under this key.
    #[serde(default, alias = "held", skip_serializing_if = "Option::is_none")]
    pub(super) by_hand: Option<ByHand>,
    /// The rest of a line of the first form; `None` once it has been revised.
    #[serde(skip)]
    pub(super) v1: Option<FromVersion1>,
}

/// The part of a line of the first form that has no place in the present one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FromVersion1 {
    /// The room, which is also in the line of the place.
    pub room: Option<Line>,
}

/// The version of a line, its first key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineVersion;

impl Serialize for LineVersion {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u32(VERSION)
    }
}

impl<'de> Deserialize<'de> for LineVersion {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match u32::deserialize(from)? {
            VERSION => Ok(Self),
            other => Err(D::Error::custom(format!("this is version {other}"))),
        }
    }
}

/// A decision made by hand; of two, the later one holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByHand {
    pub at: DateTime<Utc>,
    // Earlier versions of the program recorded it under this key.
    #[serde(alias = "is_held")]
    pub is_withdrawn: bool,
}

/// The last year of plausible instants; later ones are typing errors of somebody who edited the
/// record.
const LAST_YEAR: i32 = 2200;

impl EventRecord {
    pub(super) fn new(
        uid: Uid,
        digest: String,
        last: Facts,
        sequence: u32,
        at: DateTime<Utc>,
    ) -> Self {
        Self {
            v: LineVersion,
            uid,
            slugs: Vec::new(),
            sequence,
            created: at,
            modified: at,
            digest,
            last,
            changes: Vec::new(),
            listed: BTreeMap::new(),
            removed: None,
            withdrawn: None,
            missing_since: None,
            by_hand: None,
            v1: None,
        }
    }

    /// Reads a line of the present form.
    ///
    /// # Errors
    /// The reason why it is none, in the words of serde.
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        from_json(line)
    }

    /// Returns the event if its facts are possible.
    ///
    /// # Errors
    /// The fault, as of somebody who edited the record by hand.
    pub(super) fn checked(self) -> Result<Self, String> {
        if self.slugs.is_empty() {
            return Err("the event has no slug".to_owned());
        }
        if self.created.year() > LAST_YEAR || self.modified.year() > LAST_YEAR {
            return Err(format!("an instant lies after the year {LAST_YEAR}"));
        }
        match self.last.fault() {
            Some(fault) => Err(fault.to_owned()),
            None => Ok(self),
        }
    }

    pub(super) fn to_line(&self) -> String {
        serde_json::to_string(self).expect("structs of texts, numbers and lists always serialise")
    }

    /// Returns the line in the form that this program writes.
    pub(super) fn in_present_form(self) -> Self {
        Self { v1: None, ..self }
    }

    /// Returns the uid.
    #[must_use]
    pub fn uid(&self) -> &str {
        self.uid.as_str()
    }

    /// Returns the slug under which it is published, or was last.
    #[must_use]
    pub(crate) fn slug(&self) -> &str {
        self.slugs.last().map_or("", Slug::as_str)
    }

    /// Returns the feed (folder) in which it is published, or was last.
    #[must_use]
    pub(crate) fn feed(&self) -> &str {
        self.last.feed().map_or("", Slug::as_str)
    }

    /// Returns the title.
    #[must_use]
    pub(crate) fn title(&self) -> &str {
        &self.last.title
    }

    /// Returns the instant of its last revision.
    #[must_use]
    pub(crate) fn modified(&self) -> DateTime<Utc> {
        self.modified
    }

    /// Returns whether it is published and not a tombstone.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.removed.is_none() && self.withdrawn().is_none()
    }

    /// Returns the instant at which its definition was first missing.
    #[must_use]
    pub(crate) fn missing_since(&self) -> Option<DateTime<Utc>> {
        self.missing_since
    }

    /// Returns whether it was withdrawn by hand.
    #[must_use]
    pub(crate) fn is_withdrawn_by_hand(&self) -> bool {
        self.by_hand.is_some_and(|by_hand| by_hand.is_withdrawn)
    }

    /// Returns the instant at which it was withdrawn.
    #[must_use]
    pub(crate) fn withdrawn(&self) -> Option<DateTime<Utc>> {
        self.withdrawn
            .or(self.by_hand.filter(|by_hand| by_hand.is_withdrawn).map(|by_hand| by_hand.at))
    }

    /// Returns whether it was ever published under this slug.
    #[must_use]
    pub(crate) fn was_called(&self, slug: &str) -> bool {
        self.slugs.iter().any(|one| one.as_str() == slug)
    }

    /// Returns its newest changes, oldest first.
    #[must_use]
    pub(crate) fn revisions(&self) -> &[Change] {
        &self.changes
    }

    /// Returns the language in which it is published.
    #[must_use]
    pub(crate) fn language(&self) -> &Language {
        &self.last.language
    }
}
