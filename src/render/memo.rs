//! The memo of rendered documents: those of events and the archives of feeds, by a digest of what they are made from.
//!
//! A reload takes documents with the same key from the memo and renders the others; those that it did not use are
//! forgotten. All other documents are assembled anew each time. Archives are here because a measurement asked for it:
//! at a site of 10,000 events they are 1,200 documents, of which one edit changes six; to make all anew was a third of
//! a reload.

use std::fmt;
use std::sync::Arc;

use rayon::prelude::*;

use super::context::Context;
use super::document::Document;
use super::event_documents::{EventDocuments, key};
use crate::IndexMap;
use crate::model::Fingerprint;

/// The documents that one reload rendered, for the next reload.
#[derive(Default)]
pub(crate) struct EventMemo {
    events: IndexMap<u128, Arc<EventDocuments>>,
    archives: IndexMap<u128, Arc<Document>>,
}

impl EventMemo {
    /// Returns a memo of these events and archives.
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

    /// Returns the documents of the schedule's events, in its order. Events that the memo holds are not rendered again.
    pub(super) fn of_schedule(&self, context: &Context) -> Vec<Arc<EventDocuments>> {
        let events = context.schedule.events.par_iter();
        let documents = events.map_init(Fingerprint::default, |fingerprint, entry| {
            let key = key(entry, context, fingerprint);
            let known = self.events.get(&key).cloned();
            known.unwrap_or_else(|| Arc::new(EventDocuments::of(entry, key, context)))
        });
        documents.collect()
    }

    /// Returns the archive with this key.
    pub(super) fn archive(&self, key: u128) -> Option<Arc<Document>> {
        self.archives.get(&key).cloned()
    }
}

impl fmt::Debug for EventMemo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventMemo of {} events", self.events.len())
    }
}
