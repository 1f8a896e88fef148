//! The comparison of today's events with the record: what is new, what changed, what is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;
use rayon::prelude::*;

use super::difference::difference;
use super::facts::Facts;
use super::memo::FactsAndDigest;
use super::{EventRecord, Memo, Record, ZoneRecord, v1};
use crate::IndexSet;
use crate::model::{
    Change, Event, EventStatus, FeedHistory, FieldChange, Published, Recurrence, Revision,
    SeriesForm, Slug, TimePoint, Uid, Visibility,
};
use crate::zone::Zones;

/// The moment of a revision.
#[derive(Clone, Copy, Debug)]
pub struct RevisionMoment {
    /// The instant that is recorded for all that changed; it never goes back.
    pub recorded_at: DateTime<Utc>,
    /// The sequence number of events that the record does not know.
    pub first_sequence: u32,
    /// The time of the clock, which decides whether an event has passed.
    pub now: DateTime<Utc>,
}

/// The events that have no public definition, and why.
#[derive(Clone, Debug, Default)]
pub struct Absent {
    /// The uids of drafts, which are withdrawn at once.
    pub unpublished: BTreeSet<String>,
    /// The uids of events whose definitions were deleted.
    pub removed: BTreeSet<String>,
}

/// The result of a revision.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The published state of every event.
    pub published: Vec<Arc<Published>>,
    /// The record to store.
    pub record: Record,
    /// The slugs of deleted events: 410 (RFC 9110 §15.5.11) is answered there if nothing else is.
    pub gone: Vec<Slug>,
    /// The instants that the record gives to feeds.
    pub past: FeedHistory,
    /// The slugs of series that are no longer published in their first form.
    pub reformed: Vec<Slug>,
    /// The slugs of events that were withdrawn by hand, and still have a definition.
    pub withdrawn: Vec<Slug>,
    /// The uids of events that the record did not know.
    pub new: Vec<Uid>,
}

/// Revises `events`, to which [`identify`](super::identify) has given their uids. The memo changes nothing
/// but the cost.
#[must_use]
pub fn revise(
    record: &Record,
    events: Vec<Arc<Event>>,
    absent: &Absent,
    moment: RevisionMoment,
    zones: &Zones,
    memo: &mut Memo,
) -> Outcome {
    let moment = RevisionMoment { recorded_at: moment.recorded_at.trunc_subsecs(0), ..moment };
    let mut revision = Reviser {
        moment,
        zones,
        record: record.in_present_form(),
        published: Vec::with_capacity(events.len()),
        reformed: Vec::new(),
        withdrawn: Vec::new(),
        new: Vec::new(),
    };
    let mut events = events;
    for event in &mut events {
        revision.keep_form(event);
    }
    let kept = memo.of(&events);
    let pairs = events.par_iter().zip(&kept);
    let states: Vec<Comparison> =
        pairs.map(|(event, kept)| Reviser::state(record, event, kept)).collect();
    let seen: Vec<Uid> = events.iter().map(|event| event.uid.clone()).collect();
    for (event, state) in events.into_iter().zip(states) {
        match state {
            Comparison::Internal => revision.unpublish(event.uid.as_str()),
            Comparison::WithdrawnByHand => revision.withdrawn.push(event.slug.clone()),
            Comparison::Unchanged(published) => revision.published.push(published),
            Comparison::Changed(change) => revision.publish(record, &event, *change),
        }
    }
    absent.unpublished.iter().for_each(|uid| revision.unpublish(uid));
    absent.removed.iter().for_each(|uid| revision.remove(uid));
    revision.publish_missing(&seen);
    revision.note_zones();
    let Reviser { record, published, reformed, withdrawn, new, .. } = revision;
    let (gone, past) = rayon::join(|| gone(&record), || past(&record));
    Outcome { published, record, gone, past, reformed, withdrawn, new }
}

struct Reviser<'a> {
    moment: RevisionMoment,
    zones: &'a Zones,
    record: Record,
    published: Vec<Arc<Published>>,
    reformed: Vec<Slug>,
    withdrawn: Vec<Slug>,
    new: Vec<Uid>,
}

/// The result of comparing an event with its line.
enum Comparison {
    /// The event is not public.
    Internal,
    /// The event was withdrawn by hand.
    WithdrawnByHand,
    /// The event is published as before.
    Unchanged(Arc<Published>),
    /// The event is new, or one of its keys is.
    Changed(Box<Edited>),
}

/// An event that differs from its line.
struct Edited {
    /// The event as it is published: a moved one knows its previous start.
    event: Arc<Event>,
    facts: Facts,
    /// Of the event as it is written.
    digest: String,
}

impl Reviser<'_> {
    fn state(record: &Record, event: &Arc<Event>, kept: &FactsAndDigest) -> Comparison {
        if event.visibility == Visibility::Internal {
            return Comparison::Internal;
        }
        let line = record.get(event.uid.as_str());
        if line.is_some_and(EventRecord::is_withdrawn_by_hand) {
            return Comparison::WithdrawnByHand;
        }
        let moved = fill_previous_start(event, line);
        let facts_of_moved = moved.as_deref().map(Facts::of);
        let (facts, digest) = (facts_of_moved.as_ref().unwrap_or(&kept.facts), &kept.digest);
        let is_same = |line: &&EventRecord| {
            let is_published_so = line.digest == *digest && line.last == *facts;
            is_published_so && line.is_present() && line.slug() == event.slug.as_str()
        };
        let event = moved.unwrap_or_else(|| Arc::clone(event));
        if let Some(line) = line.filter(is_same) {
            return Comparison::Unchanged(Arc::new(published(event, line)));
        }
        let (facts, digest) = (facts.clone(), digest.clone());
        Comparison::Changed(Box::new(Edited { event, facts, digest }))
    }

    fn publish(&mut self, record: &Record, written: &Event, change: Edited) {
        let Edited { event, facts, digest } = change;
        let old = record.get(event.uid.as_str()).cloned();
        let mut line = match old {
            None => {
                self.new.push(event.uid.clone());
                first(&event, digest, facts, self.moment)
            }
            Some(mut old) => {
                v1::recognise(&mut old.last, old.v1.as_ref(), &facts);
                let is_same = is_digest_of(&old, &digest, written, self.zones);
                let old = self.listed(old.in_present_form(), &facts);
                if is_same && old.is_present() {
                    EventRecord { last: facts, digest, ..old }
                } else {
                    self.next(old, digest, facts)
                }
            }
        };
        if line.slugs.last() != Some(&event.slug) {
            line.slugs.push(event.slug.clone());
            line = line.normal();
        }
        self.published.push(Arc::new(published(event, &line)));
        self.record.insert(line);
    }

    /// Gives a series the form in which it was first published, unless its author chose one, or it
    /// is no longer safe as a rule.
    fn keep_form(&mut self, event: &mut Arc<Event>) {
        let Some(series) = event.series().filter(|series| !series.is_form_written) else { return };
        let old = self.record.get(event.uid.as_str());
        let before = old.and_then(|old| old.last.form());
        match (before, series.form) {
            // Entries with uids of their own would disappear from calendars, and a rule appear.
            (Some(SeriesForm::Entries), SeriesForm::Rule) => {
                if let Recurrence::Series(series) = &mut Arc::make_mut(event).recurrence {
                    series.form = SeriesForm::Entries;
                }
            }
            (Some(SeriesForm::Rule), SeriesForm::Entries) => self.reformed.push(event.slug.clone()),
            _ => {}
        }
    }

    /// Notes which feeds the event enters and leaves: that is no revision of the event, but one of
    /// the feeds.
    fn listed(&self, mut old: EventRecord, facts: &Facts) -> EventRecord {
        let (before, after) = (&old.last.feeds, &facts.feeds);
        let other = |one: &[Slug], other: &[Slug]| {
            one.iter().filter(|feed| !other.contains(feed)).cloned().collect::<Vec<_>>()
        };
        let changed = [other(before, after), other(after, before)].concat();
        let at = self.moment.recorded_at.max(old.modified + TimeDelta::seconds(1));
        old.listed.extend(changed.into_iter().map(|feed| (feed, at)));
        old
    }

    /// Returns the line with the next revision.
    fn next(&self, old: EventRecord, digest: String, facts: Facts) -> EventRecord {
        let mut fields = difference(&old.last, &facts, self.zones);
        // A withdrawn event was never published as cancelled, so it is not restored.
        if old.removed.is_some() && old.withdrawn.is_none() {
            fields.insert(0, FieldChange::Restored);
            fields.retain(|field| *field != FieldChange::Details);
        }
        let (removed, withdrawn) = (None, None);
        self.with_change(EventRecord { digest, last: facts, removed, withdrawn, ..old }, fields)
    }

    fn with_change(&self, line: EventRecord, fields: Vec<FieldChange>) -> EventRecord {
        // Whatever the clock does, instants only rise: ICSx5 compares nothing but LAST-MODIFIED.
        let at = self.moment.recorded_at.max(line.modified + TimeDelta::seconds(1));
        let sequence = line.sequence.saturating_add(1);
        let mut changes = line.changes;
        changes.push(Change { sequence, at, fields });
        EventRecord { sequence, modified: at, changes, ..line }.normal()
    }

    /// Withdraws an event: it is unpublished at once and without notice.
    fn unpublish(&mut self, uid: &str) {
        let Some(old) = self.record.get(uid).filter(|old| old.is_present()).cloned() else {
            return;
        };
        let at = self.moment.recorded_at.max(old.modified + TimeDelta::seconds(1));
        let sequence = old.sequence.saturating_add(1);
        self.record.insert(EventRecord { withdrawn: Some(at), sequence, modified: at, ..old });
    }

    fn remove(&mut self, uid: &str) {
        let Some(old) = self.record.get(uid).filter(|old| old.is_present()).cloned() else {
            return;
        };
        // The clock says whether it has passed, also if the instants of revisions stand still.
        let end = old.last.passes(self.zones).filter(|end| *end <= self.moment.now);
        // An event that was cancelled already has been announced as such.
        let field =
            if old.last.status.takes_place() { FieldChange::Removed } else { FieldChange::Details };
        let line = self.with_change(old, vec![field]);
        let removed = Some(end.map_or(line.modified, |end| line.modified.max(end)));
        self.record.insert(EventRecord { removed, ..line });
    }

    /// Publishes events whose definitions are missing: as cancelled if they were deleted, else as
    /// they were.
    fn publish_missing(&mut self, seen: &[Uid]) {
        if seen.len() == self.record.events.len() && seen.len() == self.published.len() {
            return;
        }
        let seen: IndexSet<&str> = seen.iter().map(Uid::as_str).collect();
        let missing = self.record.iter().filter(|line| !seen.contains(line.uid()));
        let published = missing.filter_map(|line| {
            let status = match (line.removed, line.withdrawn()) {
                (_, Some(_)) => return None,
                (Some(_), None) => EventStatus::Cancelled,
                (None, None) => line.last.status,
            };
            let event = line.last.to_event(&line.uid, line.slugs.last()?, status)?;
            Some(Arc::new(published(Arc::new(event), line)))
        });
        let published: Vec<Arc<Published>> = published.collect();
        self.published.extend(published);
    }

    /// Stores the changes of clocks of each zone that a published time is in.
    fn note_zones(&mut self) {
        let used = self.published.iter().map(|one| one.event.time.zone());
        let used: BTreeMap<&str, Tz> = used.map(|zone| (zone.name(), zone)).collect();
        let lines = used.values().map(|zone| ZoneRecord::of(*zone, self.zones));
        self.record.note_zones(lines.collect());
    }
}

/// Returns whether a line has the digest of an event; `digest` is that of the present form.
pub(super) fn is_digest_of(line: &EventRecord, digest: &str, event: &Event, zones: &Zones) -> bool {
    v1::is_digest_of(&line.digest, event, zones).unwrap_or_else(|| line.digest == digest)
}

/// Returns the line of an event that the record does not know; instants that its author wrote count
/// as its publication.
fn first(event: &Event, digest: String, facts: Facts, moment: RevisionMoment) -> EventRecord {
    let created = event.published.or(event.updated).unwrap_or(moment.recorded_at);
    let modified = event.updated.unwrap_or(created).max(created);
    let sequence = moment.first_sequence;
    let change = Change { sequence, at: created, fields: vec![FieldChange::New] };
    let line = EventRecord::new(event.uid.clone(), digest, facts, sequence, created);
    EventRecord { modified, changes: vec![change], ..line }
}

/// Returns a moved event with its previous start from the record if its author left it out.
fn fill_previous_start(event: &Event, old: Option<&EventRecord>) -> Option<Arc<Event>> {
    let (EventStatus::Moved { previous_start: None }, Some(old)) = (event.status, old) else {
        return None;
    };
    let before = old.last.time.start_point();
    let previous_start = if before == event.time.start_point() {
        old.last.previous_start().or_else(|| last_start(old))
    } else {
        Some(before)
    };
    let status = EventStatus::Moved { previous_start };
    Some(Arc::new(Event { status, ..event.clone() }))
}

/// Returns the start before the last change of the time: authors may write the new date first, and
/// the status `moved` one edit later.
fn last_start(old: &EventRecord) -> Option<TimePoint> {
    let fields = old.changes.iter().rev().flat_map(|change| &change.fields);
    let before = fields.filter_map(|field| match field {
        FieldChange::Time(times) => Some(times.0.start_point()),
        _ => None,
    });
    before.into_iter().next()
}

/// Returns the published state of an event; instants that its author wrote override those of its
/// line.
fn published(event: Arc<Event>, line: &EventRecord) -> Published {
    let created = event.published.unwrap_or(line.created);
    let modified = event.updated.unwrap_or(line.modified).max(created);
    let former = line.slugs.iter().filter(|slug| **slug != event.slug);
    Published {
        revision: Revision { sequence: line.sequence, created, modified },
        changes: line.changes.clone(),
        former_slugs: former.cloned().collect(),
        removed: line.removed,
        event,
    }
}

fn gone(record: &Record) -> Vec<Slug> {
    let removed = record.iter().filter(|line| line.removed.is_some());
    removed.flat_map(|line| line.slugs.iter().cloned()).collect()
}

fn past(record: &Record) -> FeedHistory {
    let mut changed: BTreeMap<Slug, DateTime<Utc>> = BTreeMap::new();
    for line in record.iter() {
        let listing = line.last.feeds.iter().map(|feed| (feed, line.modified));
        let listed = line.listed.iter().map(|(feed, at)| (feed, *at));
        for (feed, instant) in listing.chain(listed) {
            match changed.get_mut(feed) {
                Some(at) => *at = instant.max(*at),
                None => drop(changed.insert(feed.clone(), instant)),
            }
        }
    }
    FeedHistory { changed, since: record.iter().map(|line| line.created).min() }
}
