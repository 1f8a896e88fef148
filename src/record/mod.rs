//! What was published before: for each event its identity, its revision and what was told last.
//!
//! In: the record and the events of today. Out: the events with their revisions, and the new record. It
//! is one text file, a line for each event, made for version control and for merging. Knows no
//! definitions, no formats and no clock.

mod digest;
mod event_record;
mod identity;
mod matters;
mod memory;
mod merge;
mod revise;
pub mod store;
mod told;
mod told_time;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::index::Index;
use crate::parallel;

pub use event_record::EventRecord;
pub use identity::{Named, Rename, identify};
pub use memory::Memory;
pub use revise::{Absent, Outcome, Step, revise};

/// All that was published, by uid.
#[derive(Clone, Debug, Default)]
pub struct Record {
    events: Arc<BTreeMap<Arc<str>, Arc<EventRecord>>>,
    /// The text that says the same, where it is known.
    text: Option<Arc<String>>,
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
    pub fn parse(text: impl Into<String>) -> Result<Self, (usize, String)> {
        let text = text.into();
        let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        let parsed = parallel::map(&lines.collect::<Vec<_>>(), |(line, number)| {
            EventRecord::parse(line).map_err(|reason| (*number, reason))
        });
        let mut events: BTreeMap<Arc<str>, Arc<EventRecord>> = BTreeMap::new();
        for event in parsed {
            let event = event?;
            // Two branches that were put together by hand: both lines count.
            let merged = match events.remove(event.uid()) {
                Some(other) => Arc::unwrap_or_clone(other).merge(event),
                None => event.normal(),
            };
            events.insert(merged.uid().into(), Arc::new(merged));
        }
        Ok(Self { events: Arc::new(events), text: Some(Arc::new(text)) })
    }

    /// The record as text: a line for each event, by uid.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.to_text_after(&Self::default())
    }

    /// The same; lines of events that are as they were in `base` are taken from its text.
    fn to_text_after(&self, base: &Self) -> String {
        let mut known = base.lines().peekable();
        let lines = self.events.values().map(|event| {
            while known.next_if(|(known, _)| known.uid() < event.uid()).is_some() {}
            let known = known.next_if(|(known, _)| Arc::ptr_eq(known, event));
            (event, known.map(|(_, line)| line))
        });
        let lines: Vec<_> = lines.collect();
        let lines = parallel::map(&lines, |(event, line)| match line {
            Some(line) => Cow::Borrowed(*line),
            None => Cow::Owned(event.to_line() + "\n"),
        });
        lines.concat()
    }

    /// The events with the lines that were read or written, where each has one that is written as ours are.
    fn lines(&self) -> impl Iterator<Item = (&Arc<EventRecord>, &str)> {
        let text = self.text.as_deref().map_or("", String::as_str);
        let is_complete = text.ends_with('\n') && text.lines().count() == self.events.len();
        let events = self.events.values().filter(move |_| is_complete);
        events.zip(text.split_inclusive('\n')).filter(|(event, line)| event.is_line(line))
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
        self.by_slug().get(slug).copied()
    }

    /// For each slug, the event that is published under it, or was at last.
    fn by_slug(&self) -> Index<&str, &EventRecord> {
        let rank = |event: &EventRecord| (event.is_present(), event.modified());
        let none = Index::with_room_for(self.events.len());
        self.iter().fold(none, |mut by_slug, event| {
            let other: Option<&&EventRecord> = by_slug.get(event.slug());
            if other.is_none_or(|other| rank(other) <= rank(event)) {
                by_slug.insert(event.slug(), event);
            }
            by_slug
        })
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
        Arc::make_mut(&mut self.events).insert(event.uid().into(), event);
    }
}
