//! One line of the record.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};

use super::matters::RevisedLine;
use super::told::Told;
use crate::model::{Language, Revised};

/// The form of a line that this program writes and reads.
const VERSION: u32 = 1;

/// What is known of one event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRecord {
    pub(super) v: u32,
    pub(super) uid: String,
    /// Every slug under which it was published; the last one is today's.
    pub(super) slugs: Vec<String>,
    pub(super) sequence: u32,
    pub(super) created: DateTime<Utc>,
    pub(super) modified: DateTime<Utc>,
    /// SHA-256 of what the public is told, in hexadecimal digits.
    pub(super) digest: String,
    pub(super) last: Told,
    /// The newest changes, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) changes: Vec<RevisedLine>,
    /// When it came into a feed, or left one, after its first publication.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) listed: BTreeMap<String, DateTime<Utc>>,
    /// When its definition was deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) removed: Option<DateTime<Utc>>,
    /// When it was taken from the public without a word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) withdrawn: Option<DateTime<Utc>>,
    /// Whether somebody withdrew it by hand: then it stays so until it is given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) held: Option<Held>,
}

/// What somebody decided by hand; of two such decisions the later one holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Held {
    pub at: DateTime<Utc>,
    pub is_held: bool,
}

/// Instants beyond it are mistakes of whoever edited the record.
const LAST_YEAR: i32 = 2200;

impl EventRecord {
    pub(super) fn new(
        uid: &str,
        digest: String,
        last: Told,
        sequence: u32,
        at: DateTime<Utc>,
    ) -> Self {
        Self {
            v: VERSION,
            uid: uid.to_owned(),
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
            held: None,
        }
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(line: &str) -> Result<Self, String> {
        if line.starts_with(['<', '=', '>']) {
            return Err("this is a conflict mark of version control".to_owned());
        }
        let event: Self = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if event.v != VERSION {
            return Err(format!(
                "this is written in form {}, this program reads {VERSION}",
                event.v
            ));
        }
        if event.slugs.is_empty() {
            return Err("an event has a slug".to_owned());
        }
        if event.created.year() > LAST_YEAR || event.modified.year() > LAST_YEAR {
            return Err(format!("an instant lies after the year {LAST_YEAR}"));
        }
        event.last.check(&event.uid, event.slug())?;
        Ok(event)
    }

    pub(super) fn to_line(&self) -> String {
        serde_json::to_string(self).expect("structs of texts, numbers and lists always serialise")
    }

    /// Claims that a line, with its end, is written as that of this event is.
    pub(super) fn is_line(&self, line: &str) -> bool {
        let rest = line.strip_prefix("{\"v\":1,\"uid\":\"");
        rest.and_then(|rest| rest.strip_prefix(self.uid()))
            .is_some_and(|rest| rest.starts_with('"') && rest.ends_with("}\n"))
    }

    /// The event's identity.
    #[must_use]
    pub fn uid(&self) -> &str {
        &self.uid
    }

    /// The slug under which it is published, or was at last.
    #[must_use]
    pub fn slug(&self) -> &str {
        self.slugs.last().map_or("", String::as_str)
    }

    /// The feed (folder) in which it is published, or was at last.
    #[must_use]
    pub fn feed(&self) -> &str {
        self.last.feed()
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        self.last.title()
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

    /// Claims that the public is told of it today.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.removed.is_none() && self.withdrawn().is_none()
    }

    /// Claims that it was withdrawn by hand.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.held.is_some_and(|held| held.is_held)
    }

    /// When its definition was deleted.
    #[must_use]
    pub fn removed(&self) -> Option<DateTime<Utc>> {
        self.removed
    }

    /// When it was taken from the public without a word.
    #[must_use]
    pub fn withdrawn(&self) -> Option<DateTime<Utc>> {
        self.withdrawn.or(self.held.filter(|held| held.is_held).map(|held| held.at))
    }

    /// Claims that it was once published under this slug.
    #[must_use]
    pub fn was_called(&self, slug: &str) -> bool {
        self.slugs.iter().any(|one| one == slug)
    }

    /// The newest revisions, oldest first.
    #[must_use]
    pub fn revisions(&self) -> Vec<Revised> {
        self.changes.iter().map(RevisedLine::read).collect()
    }

    /// The language in which it is told.
    #[must_use]
    pub fn language(&self) -> Language {
        self.last.language()
    }
}
