//! The publication record: for each event its identity, its revision and its published state.
//!
//! The record and the events of today go in; the events with their revisions and the new record
//! come out. The room knows no definitions, no formats and no clock.
//!
//! The record is one text file with a line for each event, made for version control and for
//! merging. It held lines as readers saw them at first, and took them apart again to find a town or
//! an organizer; now it holds values of the model, and `v1` alone knows the first form.

mod difference;
mod digest;
mod event_record;
mod facts;
mod identity;
mod json;
mod memo;
mod merge;
mod revise;
pub mod store;
mod sum;
mod v1;
mod zone_record;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use rayon::prelude::*;
use serde::Deserialize;

use crate::model::{Event, Uid};
use crate::zone::Zones;
use crate::{IndexMap, IndexSet};

pub(crate) use event_record::EventRecord;
use event_record::{ByHand, VERSION};
pub use identity::identify;
pub(crate) use identity::{Identified, Rename};
use json::from_json;
pub use memo::Memo;
pub(crate) use revise::Outcome;
pub use revise::{Absent, RevisionMoment, revise};
use zone_record::ZoneRecord;

/// An event of the record, and its line.
#[derive(Debug)]
struct EventLine {
    event: EventRecord,
    // Nobody changes an event that is in a record, so its line is written once: to write all lines of
    // 10,000 events again took a third of a reload that changed one.
    line: OnceLock<String>,
}

impl EventLine {
    fn line(&self) -> &str {
        self.line.get_or_init(|| sum::sealed(self.event.to_line()) + "\n")
    }
}

impl From<EventRecord> for EventLine {
    fn from(event: EventRecord) -> Self {
        Self { event, line: OnceLock::new() }
    }
}

impl PartialEq for EventLine {
    fn eq(&self, other: &Self) -> bool {
        self.event == other.event
    }
}

impl Eq for EventLine {}

/// The lines of the record: every event that was published, by uid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    // Shared: each reload works on a copy of the record, and changes few of its lines.
    events: Arc<BTreeMap<Arc<str>, Arc<EventLine>>>,
    /// The zones that published times are in, by name.
    zones: Arc<BTreeMap<String, ZoneRecord>>,
}

impl Record {
    /// Reads the lines of a record.
    ///
    /// # Errors
    /// The number of the first line that cannot be read, and the reason.
    pub fn parse(text: &str, zones: &Zones) -> Result<Self, (usize, String)> {
        let (record, faults) = Self::read(text.as_bytes(), zones);
        match faults.into_iter().next() {
            Some(LineFault { line, reason, .. }) => Err((line, reason)),
            None => Ok(record),
        }
    }

    /// Reads the lines of a record that can be read; the others are faults.
    pub(crate) fn read(bytes: &[u8], zones: &Zones) -> (Self, Vec<LineFault>) {
        // Editors of Windows put a byte order mark before a text.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let lines = bytes.split(|byte| *byte == b'\n').zip(1..);
        let lines: Vec<(&[u8], usize)> =
            lines.filter(|(line, _)| !is_without_event(line)).collect();
        let parsed = lines.into_par_iter().map(|(line, number)| {
            let text = std::str::from_utf8(line);
            let text = text.map_err(|_| restore("these bytes are no text (UTF-8)".to_owned()));
            let text = text.and_then(|line| sum::unsealed(line.trim_end()));
            let parsed = text.and_then(|line| RecordLine::parse(&line, zones));
            parsed.map_err(|reason| LineFault::new(line, number, reason))
        });
        let parsed: Vec<_> = parsed.collect();
        let (mut record, mut faults) = (Self::default(), Vec::new());
        let (events, zones) = (Arc::make_mut(&mut record.events), Arc::make_mut(&mut record.zones));
        for line in parsed {
            match line {
                Err(fault) => faults.push(fault),
                Ok(RecordLine::Zone(zone)) => zone.merge_into(zones),
                Ok(RecordLine::Event(event)) => {
                    // Two branches were merged as text, without `aushang record --merge`: both lines count.
                    let merged = match events.remove(event.uid()) {
                        Some(other) => other.event.clone().merge(*event),
                        None => event.normal(),
                    };
                    events.insert(merged.uid().into(), Arc::new(merged.into()));
                }
            }
        }
        (record, faults)
    }

    /// Returns the record as text: a line for each zone, by name, and for each event, by uid.
    #[must_use]
    pub fn to_text(&self) -> String {
        let events: Vec<_> = self.events.values().collect();
        let lines: Vec<&str> = events.par_iter().map(|event| event.line()).collect();
        let zones = self.zones.values().map(|zone| sum::sealed(zone.to_line()) + "\n");
        let zones: String = zones.collect();
        std::iter::once(zones.as_str()).chain(lines).collect()
    }

    /// Returns the event with this uid.
    #[must_use]
    pub fn get(&self, uid: &str) -> Option<&EventRecord> {
        self.events.get(uid).map(|line| &line.event)
    }

    /// Returns all events, by uid.
    pub fn iter(&self) -> impl Iterator<Item = &EventRecord> {
        self.events.values().map(|line| &line.event)
    }

    /// Returns the event that is published under this slug, or was last.
    #[must_use]
    pub fn with_slug(&self, slug: &str) -> Option<&EventRecord> {
        self.by_slug().get(slug).copied()
    }

    /// Indexes the events by slug. Of several, the one that is published is found, or the one that
    /// was last.
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

    /// Returns the newest instant of a revision.
    #[must_use]
    pub(crate) fn newest(&self) -> Option<DateTime<Utc>> {
        self.iter().map(EventRecord::modified).max()
    }

    /// Returns whether nothing is recorded.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Returns the record in the form that this program writes.
    fn in_present_form(&self) -> Self {
        let mut record = self.clone();
        for event in self.iter().filter(|event| event.v1.is_some()) {
            record.insert(event.clone().in_present_form());
        }
        record
    }

    /// Stores these zones in place of what is known of them.
    fn note_zones(&mut self, zones: Vec<ZoneRecord>) {
        if zones.iter().all(|zone| self.zones.get(zone.name()) == Some(zone)) {
            return;
        }
        let known = Arc::make_mut(&mut self.zones);
        known.extend(zones.into_iter().map(|zone| (zone.name().to_owned(), zone)));
    }

    /// Returns the published events of the record that are not among `events` and `unpublished`.
    #[must_use]
    pub(crate) fn missing(
        &self,
        events: &[Arc<Event>],
        unpublished: &BTreeSet<String>,
    ) -> Vec<&EventRecord> {
        let uids: IndexSet<&str> = events.iter().map(|event| Uid::as_str(&event.uid)).collect();
        let is_there = |uid: &str| uids.contains(uid) || unpublished.contains(uid);
        self.iter().filter(|line| line.is_present() && !is_there(line.uid())).collect()
    }

    /// Withdraws or reinstates an event by hand; returns `false` if no event of this slug can be.
    pub(crate) fn set_withdrawn(
        &mut self,
        slug: &str,
        is_withdrawn: bool,
        now: DateTime<Utc>,
    ) -> bool {
        let Some(old) =
            self.with_slug(slug).filter(|old| old.is_withdrawn_by_hand() != is_withdrawn).cloned()
        else {
            return false;
        };
        let now = now.trunc_subsecs(0);
        let at = now.max(old.modified + TimeDelta::seconds(1));
        let (withdrawn, by_hand) = (Some(at), Some(ByHand { at, is_withdrawn }));
        let sequence = old.sequence.saturating_add(1);
        self.insert(EventRecord { by_hand, withdrawn, sequence, modified: at, ..old });
        true
    }

    /// Notes since when the definitions of these events are missing, by uid; the definitions of all other events are there.
    pub(crate) fn note_missing(&mut self, since: &BTreeMap<String, DateTime<Utc>>) {
        let is_other =
            |event: &&EventRecord| event.missing_since != since.get(event.uid()).copied();
        let changed: Vec<EventRecord> = self.iter().filter(is_other).cloned().collect();
        for event in changed {
            let missing_since = since.get(event.uid()).map(|at| at.trunc_subsecs(0));
            self.insert(EventRecord { missing_since, ..event });
        }
    }

    fn insert(&mut self, event: EventRecord) {
        let (uid, line) = (event.uid().into(), Arc::new(event.into()));
        Arc::make_mut(&mut self.events).insert(uid, line);
    }
}

/// A line that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LineFault {
    /// Its number, from 1.
    pub line: usize,
    /// The reason.
    pub reason: String,
    /// Whether a newer program wrote it: then nobody but that program may write the record.
    pub is_newer: bool,
}

impl LineFault {
    fn new(line: &[u8], number: usize, reason: String) -> Self {
        let head = std::str::from_utf8(line).ok().and_then(|line| from_json::<Head>(line).ok());
        let is_newer = head.is_some_and(|head| head.v > VERSION);
        Self { line: number, reason, is_newer }
    }
}

/// Returns whether a line is blank or a conflict marker of version control. Git marks conflicts with these characters,
/// and a line of the record begins with a brace; the bar stands before what both branches began with
/// (`merge.conflictStyle = diff3`). All other lines count: they are merged when they are read.
fn is_without_event(line: &[u8]) -> bool {
    let markers = [&b"<<<<<<<"[..], b"=======", b">>>>>>>", b"|||||||"];
    line.iter().all(u8::is_ascii_whitespace) || markers.iter().any(|one| line.starts_with(one))
}

/// A line of a record.
enum RecordLine {
    Event(Box<EventRecord>),
    Zone(ZoneRecord),
}

/// Adds to a reason what to do about a line that nobody can read.
fn restore(reason: String) -> String {
    reason + ": restore the file from version control"
}

/// The keys that tell the kinds of lines apart, in whatever order the keys are.
#[derive(Deserialize)]
struct Head {
    v: u32,
    zone: Option<serde::de::IgnoredAny>,
}

impl RecordLine {
    fn parse(line: &str, zones: &Zones) -> Result<Self, String> {
        // Nearly every line is an event in the present form: to read its head first would read it twice.
        match EventRecord::parse(line) {
            Ok(event) => event.checked().map(|event| Self::Event(event.into())).map_err(restore),
            Err(reason) => Self::parse_other(line, reason, zones),
        }
    }

    /// Reads a line that is no event in the present form, for this reason.
    fn parse_other(line: &str, reason: String, zones: &Zones) -> Result<Self, String> {
        let head: Head = from_json(line).map_err(restore)?;
        match (head.zone, head.v) {
            (Some(_), VERSION) => ZoneRecord::parse(line).map(Self::Zone).map_err(restore),
            (None, VERSION) => Err(restore(reason)),
            (None, v1::VERSION) => {
                let event = v1::parse(line, zones).and_then(EventRecord::checked);
                event.map(|event| Self::Event(event.into())).map_err(restore)
            }
            (_, other) if other > VERSION => Err(format!(
                "this line has version {other}, and this program reads up to {VERSION}: start the \
                 newer program, or take the record from before the upgrade"
            )),
            (_, other) => Err(restore(format!("a line of this kind never had version {other}"))),
        }
    }
}
