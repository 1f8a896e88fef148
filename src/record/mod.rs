//! What was published before: for each event its identity, its revision and what was told last.
//!
//! In: the record and the events of today. Out: the events with their revisions, and the new record. It
//! is one text file, a line for each event, made for version control and for merging. Knows no
//! definitions, no formats and no clock.

mod digest;
mod event_record;
mod file;
mod identity;
mod matters;
mod memory;
mod merge;
mod revise;
mod told;
mod told_time;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::parallel;

pub use event_record::EventRecord;
pub use file::{ReadError, read, write};
pub use identity::{Rename, identify};
pub use memory::Memory;
pub use revise::{Absent, Outcome, Step, revise};

/// All that was published, by uid.
#[derive(Clone, Debug, Default)]
pub struct Record {
    events: BTreeMap<Arc<str>, Arc<EventRecord>>,
    /// The text that says the same, where it is known.
    text: Option<Arc<str>>,
}

impl PartialEq for Record {
    fn eq(&self, other: &Self) -> bool {
        self.events == other.events
    }
}

impl Eq for Record {}

impl Record {
    /// Reads the lines of a record.
    ///
    /// # Errors
    /// The number of the first line that is none, and why.
    pub fn parse(text: &str) -> Result<Self, (usize, String)> {
        let mut record = Self::default();
        for (line, number) in text.lines().zip(1..) {
            if line.trim().is_empty() {
                continue;
            }
            let event = EventRecord::parse(line).map_err(|reason| (number, reason))?;
            // Two branches that were put together by hand: both lines count.
            let merged = match record.events.remove(event.uid()) {
                Some(other) => Arc::unwrap_or_clone(other).merge(event),
                None => event.normal(),
            };
            record.insert(merged);
        }
        record.text = Some(text.into());
        Ok(record)
    }

    /// The record as text: a line for each event, by uid.
    #[must_use]
    pub fn to_text(&self) -> String {
        let events: Vec<&Arc<EventRecord>> = self.events.values().collect();
        parallel::map(&events, |event| event.to_line() + "\n").concat()
    }

    /// The event with this uid.
    #[must_use]
    pub fn get(&self, uid: &str) -> Option<&EventRecord> {
        self.events.get(uid).map(|event| &**event)
    }

    /// All events, by uid.
    pub fn iter(&self) -> impl Iterator<Item = &EventRecord> {
        self.events.values().map(|event| &**event)
    }

    /// The event that is published under this slug, or was at last.
    #[must_use]
    pub fn with_slug(&self, slug: &str) -> Option<&EventRecord> {
        self.by_slug().remove(slug)
    }

    /// For each slug, the event that is published under it, or was at last.
    fn by_slug(&self) -> BTreeMap<&str, &EventRecord> {
        let mut events: Vec<_> = self.iter().collect();
        events.sort_by_key(|event| (event.is_present(), event.modified()));
        events.into_iter().map(|event| (event.slug(), event)).collect()
    }

    /// The newest instant in it.
    #[must_use]
    pub fn newest(&self) -> Option<DateTime<Utc>> {
        self.iter().map(EventRecord::modified).max()
    }

    /// Claims that nothing is recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    fn insert(&mut self, event: impl Into<Arc<EventRecord>>) {
        let event = event.into();
        self.text = None;
        self.events.insert(event.uid().into(), event);
    }
}
