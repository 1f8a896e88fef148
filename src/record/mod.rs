//! What was published before: for each event its identity, its revision and what was told last.
//!
//! In: the record and the events of today. Out: the events with their revisions, and the new record. It
//! is one text file, a line for each event, made for version control and for merging. Knows no
//! definitions, no formats and no clock.

mod difference;
mod digest;
mod event_record;
mod facts;
mod identity;
mod merge;
mod revise;
pub mod store;
mod v1;
mod zone_record;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rayon::prelude::*;
use serde::Deserialize;

use crate::IndexMap;
use crate::zone::Zones;

pub use event_record::EventRecord;
use event_record::VERSION;
pub use identity::{Identified, Rename, identify};
pub use revise::{Absent, Outcome, RevisionMoment, revise};
use zone_record::ZoneRecord;

/// All that was published, by uid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    events: Arc<BTreeMap<Arc<str>, Arc<EventRecord>>>,
    /// The zones that published times are in, by name.
    zones: Arc<BTreeMap<String, ZoneRecord>>,
}

impl Record {
    /// Reads the lines of a record.
    ///
    /// # Errors
    /// The number of the first line that is none, and why.
    pub fn parse(text: &str, zones: &Zones) -> Result<Self, (usize, String)> {
        let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        let lines: Vec<(&str, usize)> = lines.collect();
        let parsed = lines.into_par_iter().map(|(line, number)| {
            RecordLine::parse(line, zones).map_err(|reason| (number, reason))
        });
        let parsed: Vec<_> = parsed.collect();
        let mut record = Self::default();
        let (events, zones) = (Arc::make_mut(&mut record.events), Arc::make_mut(&mut record.zones));
        for line in parsed {
            match line? {
                RecordLine::Zone(zone) => zone.merge_into(zones),
                RecordLine::Event(event) => {
                    // Two branches that were put together by hand: both lines count.
                    let merged = match events.remove(event.uid()) {
                        Some(other) => Arc::unwrap_or_clone(other).merge(*event),
                        None => event.normal(),
                    };
                    events.insert(merged.uid().into(), Arc::new(merged));
                }
            }
        }
        Ok(record)
    }

    /// The record as text: a line for each zone, by name, and for each event, by uid.
    #[must_use]
    pub fn to_text(&self) -> String {
        let events = self.events.par_iter().map(|(_, event)| event.to_line() + "\n");
        let events: Vec<String> = events.collect();
        let zones = self.zones.values().map(|zone| zone.to_line() + "\n");
        zones.chain(events).collect()
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
    fn by_slug(&self) -> IndexMap<&str, &EventRecord> {
        let rank = |event: &EventRecord| (event.is_present(), event.modified());
        let mut by_slug: IndexMap<&str, &EventRecord> = IndexMap::default();
        by_slug.reserve(self.events.len());
        for event in self.iter() {
            let other = by_slug.get(event.slug());
            if other.is_none_or(|other| rank(other) <= rank(event)) {
                by_slug.insert(event.slug(), event);
            }
        }
        by_slug
    }

    /// The newest instant in it.
    #[must_use]
    pub fn newest(&self) -> Option<DateTime<Utc>> {
        self.iter().map(EventRecord::modified).max()
    }

    /// Returns whether nothing is recorded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The record in the form that is written.
    fn in_present_form(&self) -> Self {
        let mut record = self.clone();
        for event in self.events.values().filter(|event| event.v1.is_some()) {
            record.insert(EventRecord::clone(event).in_present_form());
        }
        record
    }

    /// Keeps these zones instead of what was known of them.
    fn note_zones(&mut self, zones: Vec<ZoneRecord>) {
        if zones.iter().all(|zone| self.zones.get(zone.name()) == Some(zone)) {
            return;
        }
        let known = Arc::make_mut(&mut self.zones);
        known.extend(zones.into_iter().map(|zone| (zone.name().to_owned(), zone)));
    }

    fn insert(&mut self, event: impl Into<Arc<EventRecord>>) {
        let event = event.into();
        Arc::make_mut(&mut self.events).insert(event.uid().into(), event);
    }
}

/// One line of a record.
enum RecordLine {
    Event(Box<EventRecord>),
    Zone(ZoneRecord),
}

/// What each line begins with, in whatever order its keys are.
#[derive(Deserialize)]
struct Head {
    v: u32,
    zone: Option<serde::de::IgnoredAny>,
}

impl RecordLine {
    fn parse(line: &str, zones: &Zones) -> Result<Self, String> {
        if line.starts_with(['<', '=', '>']) {
            return Err("this is a conflict mark of version control".to_owned());
        }
        let head: Head = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let event = match (head.zone, head.v) {
            (Some(_), _) => return ZoneRecord::parse(line).map(Self::Zone),
            (None, VERSION) => EventRecord::parse(line)?,
            (None, v1::VERSION) => v1::parse(line, zones)?,
            (None, other) => {
                return Err(format!(
                    "this is written in form {other}, this program reads {VERSION}"
                ));
            }
        };
        event.checked().map(|event| Self::Event(event.into()))
    }
}
