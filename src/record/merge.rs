//! Two records of the same events: what each of them knows, whatever the order.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::Record;
use super::event_record::EventRecord;
use crate::model::{Change, Slug};

/// How many changes of an event are kept.
const MAX_CHANGES: usize = 20;

impl Record {
    /// Returns all events of both: for each, the higher sequence, the later instant, and the union of slugs and
    /// changes. Commutative, associative and idempotent.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        for zone in other.zones.values() {
            zone.clone().merge_into(Arc::make_mut(&mut self.zones));
        }
        for event in other.events.values() {
            match self.events.get(event.uid()) {
                Some(own) if own == event => {}
                Some(own) => {
                    let merged = EventRecord::clone(own).merge(EventRecord::clone(event));
                    self.insert(merged);
                }
                None => self.insert(Arc::clone(event)),
            }
        }
        self
    }
}

impl EventRecord {
    /// What the higher sequence decides: all but the parts that are united.
    fn content(&self) -> String {
        let (slugs, changes) =
            (vec![self.slugs.last().cloned()].into_iter().flatten().collect(), Vec::new());
        let (created, modified) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH);
        let listed = BTreeMap::new();
        Self { slugs, created, modified, changes, listed, by_hand: None, ..self.clone() }.to_line()
    }

    /// Returns the one line for both.
    pub(super) fn merge(self, other: Self) -> Self {
        let rank = |event: &Self| (event.sequence, event.content());
        let (newer, older) =
            if rank(&self) >= rank(&other) { (self, other) } else { (other, self) };
        let united = Self {
            slugs: [older.slugs, newer.slugs.clone()].concat(),
            changes: [older.changes, newer.changes.clone()].concat(),
            by_hand: newer.by_hand.max(older.by_hand),
            listed: latest(newer.listed.clone(), &older.listed),
            created: newer.created.min(older.created),
            modified: newer.modified.max(older.modified),
            ..newer
        };
        united.normal()
    }

    /// Returns the one form of a line: today's slug behind the former ones, and the newest changes.
    pub(super) fn normal(self) -> Self {
        let slug = self.slugs.last().cloned();
        let former: BTreeSet<Slug> =
            self.slugs.into_iter().filter(|one| Some(one) != slug.as_ref()).collect();
        let slugs = former.into_iter().chain(slug).collect();
        Self { slugs, changes: newest(self.changes), ..self }
    }
}

/// For each feed the later instant.
fn latest(
    mut one: BTreeMap<Slug, DateTime<Utc>>,
    other: &BTreeMap<Slug, DateTime<Utc>>,
) -> BTreeMap<Slug, DateTime<Utc>> {
    for (feed, at) in other {
        let latest = one.entry(feed.clone()).or_insert(*at);
        *latest = (*latest).max(*at);
    }
    one
}

/// Returns the newest changes, each once, oldest first.
fn newest(mut changes: Vec<Change>) -> Vec<Change> {
    let text = |change: &Change| {
        serde_json::to_string(&change.fields).expect("structs of texts always serialise")
    };
    if changes.len() > 1 {
        changes.sort_by_cached_key(|change| (change.at, change.sequence, text(change)));
        changes.dedup();
        changes.drain(..changes.len().saturating_sub(MAX_CHANGES));
    }
    // Most events have one, and readers leave room for several.
    for change in &mut changes {
        change.fields.shrink_to_fit();
    }
    changes.shrink_to_fit();
    changes
}
