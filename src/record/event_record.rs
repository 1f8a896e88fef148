//! One line of the record.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::facts::Facts;
use crate::model::{Change, Language, Line, Slug, Uid};

/// The form of a line that this program writes.
pub(super) const VERSION: u32 = 2;

/// What is known of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRecord {
    pub(super) v: LineVersion,
    pub(super) uid: Uid,
    /// Every slug under which it was published; the last one is today's.
    pub(super) slugs: Vec<Slug>,
    pub(super) sequence: u32,
    pub(super) created: DateTime<Utc>,
    pub(super) modified: DateTime<Utc>,
    /// What tells one published state of the event from another; see [`super::digest`].
    pub(super) digest: String,
    pub(super) last: Facts,
    /// The newest changes, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) changes: Vec<Change>,
    /// When it came into a feed, or left one, after its first publication.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) listed: BTreeMap<Slug, DateTime<Utc>>,
    /// When its definition was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) removed: Option<DateTime<Utc>>,
    /// When it was withdrawn: taken from the public without notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) withdrawn: Option<DateTime<Utc>>,
    /// Whether somebody withdrew it by hand: then it stays so until it is reinstated.
    #[serde(default, alias = "held", skip_serializing_if = "Option::is_none")]
    pub(super) by_hand: Option<ByHand>,
    /// What a line of the first form says beside this; `None` once it has been revised.
    #[serde(skip)]
    pub(super) v1: Option<FirstForm>,
}

/// What a line of the first form says that has no place in this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FirstForm {
    /// The room, which stands in the line of the place, too.
    pub room: Option<Line>,
}

/// The number of the form, which stands first in each line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineVersion;

impl Serialize for LineVersion {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u32(VERSION)
    }
}

impl<'de> Deserialize<'de> for LineVersion {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        u32::deserialize(from).map(|_| Self)
    }
}

/// What somebody decided by hand; of two such decisions the later one holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByHand {
    pub at: DateTime<Utc>,
    #[serde(alias = "is_held")]
    pub is_withdrawn: bool,
}

/// Instants beyond it are mistakes of whoever edited the record.
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
            by_hand: None,
            v1: None,
        }
    }

    /// Reads a line of the present form.
    ///
    /// # Errors
    /// Why it is none.
    pub(super) fn parse(line: &str) -> Result<Self, String> {
        serde_json::from_str(line).map_err(|error| error.to_string())
    }

    /// Returns the event, if everything in it is possible.
    ///
    /// # Errors
    /// What somebody who edited the record by hand got wrong.
    pub(super) fn checked(self) -> Result<Self, String> {
        if self.slugs.is_empty() {
            return Err("an event has a slug".to_owned());
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

    /// Returns the event in the form that is written.
    pub(super) fn in_present_form(self) -> Self {
        Self { v1: None, ..self }
    }

    /// Returns the event's identity.
    #[must_use]
    pub fn uid(&self) -> &str {
        self.uid.as_str()
    }

    /// Returns the slug under which it is published, or was at last.
    #[must_use]
    pub fn slug(&self) -> &str {
        self.slugs.last().map_or("", Slug::as_str)
    }

    /// Returns the feed (folder) in which it is published, or was at last.
    #[must_use]
    pub fn feed(&self) -> &str {
        self.last.feed().map_or("", Slug::as_str)
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.last.title
    }

    /// Its revision.
    #[must_use]
    pub fn sequence(&self) -> u32 {
        self.sequence
    }

    /// When it was first published.
    #[must_use]
    pub fn created(&self) -> DateTime<Utc> {
        self.created
    }

    /// When it last changed.
    #[must_use]
    pub fn modified(&self) -> DateTime<Utc> {
        self.modified
    }

    /// Returns whether it is published today.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.removed.is_none() && self.withdrawn().is_none()
    }

    /// Returns whether it was withdrawn by hand.
    #[must_use]
    pub fn is_withdrawn_by_hand(&self) -> bool {
        self.by_hand.is_some_and(|by_hand| by_hand.is_withdrawn)
    }

    /// When its definition was deleted.
    #[must_use]
    pub fn removed(&self) -> Option<DateTime<Utc>> {
        self.removed
    }

    /// When it was withdrawn.
    #[must_use]
    pub fn withdrawn(&self) -> Option<DateTime<Utc>> {
        self.withdrawn
            .or(self.by_hand.filter(|by_hand| by_hand.is_withdrawn).map(|by_hand| by_hand.at))
    }

    /// Returns whether it was once published under this slug.
    #[must_use]
    pub fn was_called(&self, slug: &str) -> bool {
        self.slugs.iter().any(|one| one.as_str() == slug)
    }

    /// Returns the newest revisions, oldest first.
    #[must_use]
    pub fn revisions(&self) -> &[Change] {
        &self.changes
    }

    /// Returns the language in which it is published.
    #[must_use]
    pub fn language(&self) -> &Language {
        &self.last.language
    }
}
