//! The identity of today's events: which recorded event each of them is.
//!
//! A definition needs no id of its own: its uid follows from its slug. So a renamed file would be
//! another event, and subscribers would see a cancellation and a new entry. The record recognises
//! it by its digest and keeps the uid.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::digest::digest;
use super::revise::is_digest_of;
use super::{EventRecord, Record};
use crate::model::{Event, SiteId, Slug, Uid, Unpublished};
use crate::zone::Zones;
use crate::{IndexMap, IndexSet};

/// An event whose file was renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// The slug until now.
    pub from: String,
    /// The slug from now on.
    pub to: Slug,
    /// The uid, which stays.
    pub uid: Uid,
}

/// Returns the recorded events whose authors gave them another uid: the event is published under
/// the new one, and the old one is withdrawn.
fn superseded(by_slug: &BySlug<'_>, events: &[Arc<Event>]) -> Vec<Unpublished> {
    let uids: BTreeSet<&str> = events.iter().map(|event| event.uid.as_str()).collect();
    let written = events.iter().filter(|event| event.has_written_uid);
    let old = written.filter_map(|event| {
        let old = by_slug.get(event.slug.as_str())?;
        let is_other =
            old.is_present() && old.uid() != event.uid.as_str() && !uids.contains(old.uid());
        let uid = Some(old.uid.clone()).filter(|_| is_other)?;
        Some(Unpublished { uid, has_written_uid: true, slug: event.slug.clone() })
    });
    old.collect()
}

/// The result of [`identify`].
#[derive(Clone, Debug)]
pub struct Identified {
    /// The renamed events: each has a new slug, and the digest of exactly one recorded event that
    /// is missing.
    pub renames: Vec<Rename>,
    /// Whether every event of the record is there under its slug and uid.
    pub surely_complete: bool,
}

/// Gives every event without a written uid the one that the record knows it by. `held` are the slugs of events whose
/// files are there, but have a mistake.
pub fn identify(
    record: &Record,
    site: SiteId,
    events: &mut [Arc<Event>],
    unpublished: &mut Vec<Unpublished>,
    held: &BTreeSet<Slug>,
    zones: &Zones,
) -> Identified {
    let by_slug = record.by_slug();
    let known = Known { record, by_slug: &by_slug, site, events, present: OnceCell::new() };
    let others = events.iter().enumerate().filter(|(_, event)| !known.is_called(event));
    let others: Vec<_> = others
        .map(|(index, event)| {
            let written = event.has_written_uid.then_some(&event.uid);
            (index, known.uid(&event.slug, written))
        })
        .collect();
    let surely_complete = others.is_empty() && events.len() == record.events.len();
    for one in unpublished.iter_mut() {
        let written = one.has_written_uid.then_some(&one.uid);
        one.uid = known.uid(&one.slug, written).unwrap_or_else(|| one.uid.clone());
    }
    let mut unknown = Vec::new();
    for (index, uid) in others {
        match uid {
            Some(uid) if uid == events[index].uid => {}
            Some(uid) => Arc::make_mut(&mut events[index]).uid = uid,
            None => unknown.push(index),
        }
    }
    if events.iter().any(|event| event.has_written_uid) {
        unpublished.extend(superseded(&by_slug, events));
    }
    if unknown.is_empty() {
        return Identified { renames: Vec::new(), surely_complete };
    }
    let uids = events.iter().map(|event| &event.uid).chain(unpublished.iter().map(|one| &one.uid));
    let uids: BTreeSet<&str> = uids.map(Uid::as_str).collect();
    let is_held = |event: &EventRecord| event.slugs.last().is_some_and(|slug| held.contains(slug));
    // Withdrawn by hand, it stays so under another name.
    let is_known = |event: &EventRecord| event.is_present() || event.is_withdrawn_by_hand();
    let is_missing =
        |event: &&EventRecord| is_known(event) && !uids.contains(event.uid()) && !is_held(event);
    let missing: Vec<&EventRecord> = record.iter().filter(is_missing).collect();
    Identified { renames: renames(&missing, &unknown, events, zones), surely_complete }
}

/// The events of the record by slug.
type BySlug<'a> = IndexMap<&'a str, &'a EventRecord>;

struct Known<'a> {
    record: &'a Record,
    by_slug: &'a BySlug<'a>,
    site: SiteId,
    /// The events of today.
    events: &'a [Arc<Event>],
    /// Their slugs, indexed when they are first asked for.
    present: OnceCell<IndexSet<&'a str>>,
}

impl Known<'_> {
    /// Returns whether the record has this event under its slug and its uid.
    fn is_called(&self, event: &Event) -> bool {
        let recorded = self.by_slug.get(event.slug.as_str());
        recorded.is_some_and(|recorded| recorded.uid() == event.uid.as_str())
    }

    fn is_present(&self, slug: &str) -> bool {
        let slugs = || self.events.iter().map(|event| event.slug.as_str()).collect();
        self.present.get_or_init(slugs).contains(slug)
    }

    /// Returns the uid of the event with this slug; `None` if it may be a recorded one under
    /// another slug.
    fn uid(&self, slug: &Slug, written: Option<&Uid>) -> Option<Uid> {
        if let Some(written) = written {
            return Some(written.clone());
        }
        if let Some(event) = self.by_slug.get(slug.as_str()) {
            return Some(event.uid.clone());
        }
        let usual = self.site.event_uid(slug);
        match self.record.get(usual.as_str()) {
            None => None,
            // A renamed file kept the uid of this slug: a new file of the old name is another event.
            Some(event) if self.is_present(event.slug()) => Some(self.site.next_uid(slug)),
            Some(_) => Some(usual),
        }
    }
}

/// Finds the renamed events, and gives them the uid of the record. A missing event and an unknown
/// one are the same if they have one digest, and no other event of either side has it.
fn renames(
    missing: &[&EventRecord],
    unknown: &[usize],
    events: &mut [Arc<Event>],
    zones: &Zones,
) -> Vec<Rename> {
    if missing.is_empty() || unknown.is_empty() {
        return Vec::new();
    }
    let digests: Vec<String> = unknown.iter().map(|&at| digest(&events[at])).collect();
    let mut renames = Vec::new();
    for event in missing {
        let is_alike = |one: &&EventRecord| one.digest == event.digest;
        let mut same = digests
            .iter()
            .zip(unknown)
            .filter(|(digest, at)| is_digest_of(event, digest, &events[**at], zones));
        let (Some((_, at)), None, 1) =
            (same.next(), same.next(), missing.iter().copied().filter(is_alike).count())
        else {
            continue;
        };
        let at = *at;
        let (from, to) = (event.slug().to_owned(), events[at].slug.clone());
        renames.push(Rename { from, to, uid: event.uid.clone() });
        Arc::make_mut(&mut events[at]).uid = event.uid.clone();
    }
    renames
}
