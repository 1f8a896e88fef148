//! The memo of this room: an event → what the record keeps of it, its facts and its digest.
//!
//! A reload compares every event with its line. To make digests and facts of 10,000 events, of which one
//! was edited, was the largest part of it: more than to render what follows. The key is a hash of the whole
//! event, so nothing has to be forgotten by hand; a test compares with fresh builds.

use std::sync::Arc;

use rayon::prelude::*;

use super::digest::digest;
use super::facts::Facts;
use crate::IndexMap;
use crate::model::{Event, Fingerprint};

/// What the record keeps of each event of the last build, by the event's fingerprint.
#[derive(Debug, Default)]
pub struct Memo(IndexMap<u128, Arc<FactsAndDigest>>);

/// What the record keeps of an event.
#[derive(Debug)]
pub(super) struct FactsAndDigest {
    pub facts: Facts,
    pub digest: String,
}

impl Memo {
    /// Returns what is kept of each event, in order; what was not asked for is forgotten.
    pub(super) fn of(&mut self, events: &[Arc<Event>]) -> Vec<Arc<FactsAndDigest>> {
        let kept = events.par_iter().map_init(Fingerprint::default, |fingerprint, event| {
            let key = fingerprint.of(event);
            let known = self.0.get(&key).cloned();
            (key, known.unwrap_or_else(|| Arc::new(FactsAndDigest::of(event))))
        });
        let kept: Vec<(u128, Arc<FactsAndDigest>)> = kept.collect();
        self.0 = kept.iter().map(|(key, kept)| (*key, Arc::clone(kept))).collect();
        kept.into_iter().map(|(_, kept)| kept).collect()
    }
}

impl FactsAndDigest {
    fn of(event: &Event) -> Self {
        Self { facts: Facts::of(event), digest: digest(event) }
    }
}
