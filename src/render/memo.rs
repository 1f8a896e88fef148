//! What is rendered once: the documents of events, and the archives of feeds, by what they are made from.
//!
//! A reload takes from the memo what has the same key, and makes the rest; what was not used is forgotten. Everything else
//! that is rendered is put together anew each time. Archives are here because a measurement asked for it: at a site of
//! 10,000 events they are 1,200 documents, of which one edit changes six, and to make them all anew was a third of a reload.

use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;

use super::context::Context;
use super::document::Document;
use super::event_documents::{EventDocuments, key};
use super::fingerprint::Fingerprint;
use crate::IndexMap;

/// What one build rendered, for the next.
#[derive(Default)]
pub struct EventMemo {
    events: IndexMap<u128, Arc<EventDocuments>>,
    archives: IndexMap<u128, Arc<Document>>,
}

impl EventMemo {
    /// A memo of these, and of nothing else.
    pub(super) fn of<'a>(
        events: impl Iterator<Item = &'a [Arc<EventDocuments>]>,
        archives: impl Iterator<Item = (u128, Arc<Document>)>,
    ) -> Self {
        let events: Vec<_> = events.collect();
        let mut known = IndexMap::default();
        known.reserve(events.iter().map(|events| events.len()).sum());
        known.extend(events.into_iter().flatten().map(|event| (event.key, Arc::clone(event))));
        Self { events: known, archives: archives.collect() }
    }

    /// The events of the schedule, in its order; those that are known are not rendered again.
    pub(super) fn of_schedule(&self, context: &Context) -> Vec<Arc<EventDocuments>> {
        let events = context.schedule.events.par_iter();
        let documents = events.map_init(Fingerprint::default, |fingerprint, entry| {
            let key = key(entry, context, fingerprint);
            let known = self.events.get(&key).cloned();
            known.unwrap_or_else(|| Arc::new(EventDocuments::of(entry, key, context)))
        });
        documents.collect()
    }

    /// The archive with this key.
    pub(super) fn archive(&self, key: u128) -> Option<Arc<Document>> {
        self.archives.get(&key).cloned()
    }
}

impl fmt::Debug for EventMemo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventMemo of {} events", self.events.len())
    }
}
