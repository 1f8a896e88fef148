//! The merge of two records of the same events: of each event what both know, whatever the order.
//!
//! Records lie in version control, and replicas share one: two branches or two writers may each add
//! revisions. What was published never falls back, so the merge takes the higher sequence and the
//! later instant.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::Record;
use super::event_record::EventRecord;
use crate::model::{Change, Slug};

/// The greatest number of changes that are stored of an event.
const MAX_CHANGES: usize = 20;

impl Record {
    /// Merges two records. For each event the result has the higher sequence, the later instant,
    /// and the union of slugs and changes. Merging is commutative, associative and idempotent.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        for zone in other.zones.values() {
            zone.clone().merge_into(Arc::make_mut(&mut self.zones));
        }
        for event in other.iter() {
            match self.get(event.uid()) {
                Some(own) if own == event => {}
                Some(own) => self.insert(own.clone().merge(event.clone())),
                None => self.insert(event.clone()),
            }
        }
        self
    }
}

impl EventRecord {
    /// Returns the part of a line that the higher sequence decides: all but what is united.
    fn content(&self) -> String {
        let (slugs, changes) =
            (vec![self.slugs.last().cloned()].into_iter().flatten().collect(), Vec::new());
        let (created, modified) = (DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH);
        let listed = BTreeMap::new();
        let (by_hand, missing_since) = (None, None);
        Self { slugs, created, modified, changes, listed, missing_since, by_hand, ..self.clone() }
            .to_line()
    }

    /// Merges two lines of one event.
    pub(super) fn merge(self, other: Self) -> Self {
        // Two branches may reach one sequence with different content: an order on it decides alike
        // on both sides.
        let rank = |event: &Self| (event.sequence, event.content());
        let (newer, older) =
            if rank(&self) >= rank(&other) { (self, other) } else { (other, self) };
        let united = Self {
            slugs: [older.slugs, newer.slugs.clone()].concat(),
            changes: [older.changes, newer.changes.clone()].concat(),
            // The later decision holds: a withdrawal must not be undone by an older record.
            by_hand: newer.by_hand.max(older.by_hand),
            missing_since: newer.missing_since.max(older.missing_since),
            listed: latest(newer.listed.clone(), &older.listed),
            created: newer.created.min(older.created),
            modified: newer.modified.max(older.modified),
            ..newer
        };
        united.normal()
    }

    /// Returns the one form of a line: former slugs in order, today's slug last, and the newest
    /// changes.
    pub(super) fn normal(self) -> Self {
        let slug = self.slugs.last().cloned();
        let former: BTreeSet<Slug> =
            self.slugs.into_iter().filter(|one| Some(one) != slug.as_ref()).collect();
        let slugs = former.into_iter().chain(slug).collect();
        Self { slugs, changes: newest(self.changes), ..self }
    }
}

/// Returns the later instant for each feed.
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
    // Most events have one change, and a list that serde read has room for four.
    for change in &mut changes {
        change.fields.shrink_to_fit();
    }
    changes.shrink_to_fit();
    changes
}
