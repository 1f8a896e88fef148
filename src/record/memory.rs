//! What one revision remembers for the next, so that only what was edited is looked at closely.

use std::sync::Arc;

use super::{EventRecord, Record};
use crate::index::Earlier;
use crate::model::{Event, Published, Uid};

/// Events that were revised before; it changes no outcome.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    events: Vec<Arc<Remembered>>,
    /// What was recorded of them.
    record: Record,
}

/// An event, its line of the record, and what is published of it.
#[derive(Debug)]
pub(super) struct Remembered {
    pub event: Arc<Event>,
    pub line: Arc<EventRecord>,
    pub published: Arc<Published>,
}

impl Memory {
    pub(super) fn of(events: Vec<Arc<Remembered>>, record: &Record) -> Self {
        Self { events, record: record.clone() }
    }

    /// What is known beside this record.
    pub(super) fn known<'a>(&'a self, record: &'a Record) -> Known<'a> {
        let is_same_record = Arc::ptr_eq(&self.record.events, &record.events);
        let events = Earlier::of(&self.events, |known| known.event.uid.as_str());
        Known { events, record, is_same_record }
    }
}

/// What is known beside a record.
pub(super) struct Known<'a> {
    events: Earlier<'a, Arc<Remembered>>,
    record: &'a Record,
    is_same_record: bool,
}

impl Known<'_> {
    /// What is known of `event`, where neither it nor its line of the record is another; `at` is its place
    /// among all.
    pub fn recall(&self, at: usize, event: &Arc<Event>) -> Option<Arc<Remembered>> {
        let uid = Uid::as_str(&event.uid);
        let known = self.events.find(at, uid).filter(|known| known.event == *event)?;
        let is_same_line = self.is_same_record || self.record.events.get(uid) == Some(&known.line);
        is_same_line.then(|| Arc::clone(known))
    }
}
