//! What one revision remembers for the next, so that only what was edited is looked at closely.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::EventRecord;
use crate::model::{Event, Published, Uid};

/// Events that were revised before; it changes no outcome.
#[derive(Clone, Debug, Default)]
pub struct Memory(BTreeMap<Uid, Arc<Remembered>>);

/// An event, its line of the record, and what is published of it.
#[derive(Debug)]
pub(super) struct Remembered {
    pub event: Arc<Event>,
    pub line: Arc<EventRecord>,
    pub published: Arc<Published>,
}

impl Memory {
    /// What is known of `event`, where neither it nor its line of the record is another.
    pub(super) fn recall(
        &self,
        event: &Arc<Event>,
        line: Option<&Arc<EventRecord>>,
    ) -> Option<Arc<Remembered>> {
        let known = self.0.get(&event.uid)?;
        let is_same_event = Arc::ptr_eq(&known.event, event) || known.event == *event;
        (is_same_event && Some(&known.line) == line).then(|| Arc::clone(known))
    }
}

impl FromIterator<Arc<Remembered>> for Memory {
    fn from_iter<T: IntoIterator<Item = Arc<Remembered>>>(all: T) -> Self {
        Self(all.into_iter().map(|one| (one.event.uid.clone(), one)).collect())
    }
}
