//! The events of today beside the record: what is new, what changed, what is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;
use rayon::prelude::*;

use super::difference::difference;
use super::digest::digest;
use super::event_record::ByHand;
use super::facts::Facts;
use super::{EventRecord, Record, ZoneRecord, v1};
use crate::IndexSet;
use crate::model::{
    Change, Event, EventStatus, FeedHistory, FieldChange, Published, Recurrence, Revision,
    SeriesForm, Slug, TimePoint, Uid, Visibility,
};
use crate::zone::Zones;

/// The moment of a revision.
#[derive(Clone, Copy, Debug)]
pub struct RevisionMoment {
    /// What is recorded as the instant of all that changed; it never goes back.
    pub now: DateTime<Utc>,
    /// The sequence of events that the record does not know.
    pub first_sequence: u32,
    /// The time, by which an event is over or not.
    pub today: DateTime<Utc>,
}

/// What is not among the events, and why.
#[derive(Clone, Debug, Default)]
pub struct Absent {
    /// Drafts: they are taken from the public at once.
    pub unpublished: BTreeSet<String>,
    /// Uids that were deleted.
    pub removed: BTreeSet<String>,
}

/// The outcome of a revision.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// All that is told, with its revision.
    pub published: Vec<Arc<Published>>,
    /// What is to be recorded.
    pub record: Record,
    /// Slugs of events that were deleted.
    pub gone: Vec<Slug>,
    /// What it says of the whole site.
    pub past: FeedHistory,
    /// Series that are no longer written as they were first published.
    pub reformed: Vec<Slug>,
    /// Events that are there but were withdrawn by hand.
    pub withdrawn: Vec<Slug>,
    /// The uids of those that nobody knew of before.
    pub new: Vec<Uid>,
}

/// Revises `events`, which [`identify`](super::identify) has named.
#[must_use]
pub fn revise(
    record: &Record,
    events: Vec<Arc<Event>>,
    absent: &Absent,
    moment: RevisionMoment,
    zones: &Zones,
) -> Outcome {
    let moment = RevisionMoment { now: moment.now.trunc_subsecs(0), ..moment };
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
    let states = events.par_iter().map(|event| Reviser::state(record, event));
    let states: Vec<Comparison> = states.collect();
    let seen: Vec<Uid> = events.iter().map(|event| event.uid.clone()).collect();
    for (event, state) in events.into_iter().zip(states) {
        match state {
            Comparison::Internal => revision.withdraw(event.uid.as_str()),
            Comparison::WithdrawnByHand => revision.withdrawn.push(event.slug.clone()),
            Comparison::Unchanged(published) => revision.published.push(published),
            Comparison::Changed(change) => revision.publish(record, &event, *change),
        }
    }
    absent.unpublished.iter().for_each(|uid| revision.withdraw(uid));
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

/// What there is to do for an event.
enum Comparison {
    /// It is not for the public.
    Internal,
    /// It was withdrawn by hand.
    WithdrawnByHand,
    /// It is published as before.
    Unchanged(Arc<Published>),
    /// It is new, or something about it is.
    Changed(Box<Edited>),
}

/// An event that is not as it is recorded.
struct Edited {
    /// The event as it is published: a moved one knows since when.
    event: Arc<Event>,
    facts: Facts,
    digest: String,
}

impl Reviser<'_> {
    fn state(record: &Record, event: &Arc<Event>) -> Comparison {
        if event.visibility == Visibility::Internal {
            return Comparison::Internal;
        }
        let line = record.events.get(event.uid.as_str());
        if line.is_some_and(|line| line.is_withdrawn_by_hand()) {
            return Comparison::WithdrawnByHand;
        }
        let mut moved = Arc::clone(event);
        fill_previous_start(&mut moved, line.map(|line| &**line));
        let (facts, digest) = (Facts::of(&moved), digest(event));
        let is_same = |line: &&Arc<EventRecord>| {
            let is_published_so = line.digest == digest && line.last == facts && line.is_present();
            is_published_so && line.slug() == event.slug.as_str()
        };
        match line.filter(is_same) {
            Some(line) => Comparison::Unchanged(Arc::new(published(moved, line))),
            None => Comparison::Changed(Box::new(Edited { event: moved, facts, digest })),
        }
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

    /// A series stays as it was first published, unless its author says otherwise or it is no longer
    /// safe as a rule.
    fn keep_form(&mut self, event: &mut Arc<Event>) {
        let Some(series) = event.series().filter(|series| !series.is_form_written) else { return };
        let old = self.record.get(event.uid.as_str());
        let before = old.and_then(|old| old.last.form());
        match (before, series.form) {
            (Some(SeriesForm::Entries), SeriesForm::Rule) => {
                if let Recurrence::Series(series) = &mut Arc::make_mut(event).recurrence {
                    series.form = SeriesForm::Entries;
                }
            }
            (Some(SeriesForm::Rule), SeriesForm::Entries) => self.reformed.push(event.slug.clone()),
            _ => {}
        }
    }

    /// Notes which feeds it comes into, and which it leaves: that is no revision of the event, but one of
    /// the feeds.
    fn listed(&self, mut old: EventRecord, facts: &Facts) -> EventRecord {
        let (before, after) = (&old.last.feeds, &facts.feeds);
        let other = |one: &[Slug], other: &[Slug]| {
            one.iter().filter(|feed| !other.contains(feed)).cloned().collect::<Vec<_>>()
        };
        let changed = [other(before, after), other(after, before)].concat();
        let at = self.moment.now.max(old.modified + TimeDelta::seconds(1));
        old.listed.extend(changed.into_iter().map(|feed| (feed, at)));
        old
    }

    /// The next revision of what is published.
    fn next(&self, old: EventRecord, digest: String, facts: Facts) -> EventRecord {
        let mut fields = difference(&old.last, &facts, self.zones);
        // What was withdrawn was never said to be cancelled.
        if old.removed.is_some() && old.withdrawn.is_none() {
            fields.insert(0, FieldChange::Restored);
            fields.retain(|field| *field != FieldChange::Details);
        }
        let (removed, withdrawn) = (None, None);
        self.with_change(EventRecord { digest, last: facts, removed, withdrawn, ..old }, fields)
    }

    fn with_change(&self, line: EventRecord, fields: Vec<FieldChange>) -> EventRecord {
        let at = self.moment.now.max(line.modified + TimeDelta::seconds(1));
        let sequence = line.sequence.saturating_add(1);
        let mut changes = line.changes;
        changes.push(Change { sequence, at, fields });
        EventRecord { sequence, modified: at, changes, ..line }.normal()
    }

    /// It leaves at once and without a word.
    fn withdraw(&mut self, uid: &str) {
        let Some(old) = self.record.get(uid).filter(|old| old.is_present()).cloned() else {
            return;
        };
        let at = self.moment.now.max(old.modified + TimeDelta::seconds(1));
        let sequence = old.sequence.saturating_add(1);
        self.record.insert(EventRecord { withdrawn: Some(at), sequence, modified: at, ..old });
    }

    fn remove(&mut self, uid: &str) {
        let Some(old) = self.record.get(uid).filter(|old| old.is_present()).cloned() else {
            return;
        };
        // Whether it is over says the clock, also where the record's own instants stand still.
        let end = old.last.passes(self.zones).filter(|end| *end <= self.moment.today);
        // One that is cancelled already was said to be.
        let field =
            if old.last.status.is_off() { FieldChange::Details } else { FieldChange::Removed };
        let line = self.with_change(old, vec![field]);
        let removed = Some(end.map_or(line.modified, |end| line.modified.max(end)));
        self.record.insert(EventRecord { removed, ..line });
    }

    /// Publishes events whose definitions are not there: as cancelled, where they were deleted; as they
    /// were, where they are only missing.
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

    /// Keeps the changes of clocks of each zone that a published time is in.
    fn note_zones(&mut self) {
        let used = self.published.iter().map(|one| one.event.time.zone());
        let used: BTreeMap<&str, Tz> = used.map(|zone| (zone.name(), zone)).collect();
        let lines = used.values().map(|zone| ZoneRecord::of(*zone, self.zones));
        self.record.note_zones(lines.collect());
    }
}

/// Returns whether a line says what an event says that has this digest.
pub(super) fn is_digest_of(line: &EventRecord, digest: &str, event: &Event, zones: &Zones) -> bool {
    v1::is_digest_of(&line.digest, event, zones).unwrap_or_else(|| line.digest == digest)
}

/// An event that the record does not know: its written instants count as its publication.
fn first(event: &Event, digest: String, facts: Facts, moment: RevisionMoment) -> EventRecord {
    let created = event.published.or(event.updated).unwrap_or(moment.now);
    let modified = event.updated.unwrap_or(created).max(created);
    let sequence = moment.first_sequence;
    let change = Change { sequence, at: created, fields: vec![FieldChange::New] };
    let line = EventRecord::new(event.uid.clone(), digest, facts, sequence, created);
    EventRecord { modified, changes: vec![change], ..line }
}

/// A moved event says since when: where its author left that out, the record knows.
fn fill_previous_start(event: &mut Arc<Event>, old: Option<&EventRecord>) {
    let (EventStatus::Moved { previous_start: None }, Some(old)) = (event.status, old) else {
        return;
    };
    let before = old.last.time.start_point();
    let previous_start = if before == event.time.start_point() {
        old.last.previous_start().or_else(|| last_start(old))
    } else {
        Some(before)
    };
    Arc::make_mut(event).status = EventStatus::Moved { previous_start };
}

/// The start before the last change of the time: authors may write the new date first, and that it is
/// one later.
fn last_start(old: &EventRecord) -> Option<TimePoint> {
    let fields = old.changes.iter().rev().flat_map(|change| &change.fields);
    let before = fields.filter_map(|field| match field {
        FieldChange::Time(times) => Some(times.0.start_point()),
        _ => None,
    });
    before.into_iter().next()
}

/// The event with the revision of its line; written instants override those of the record.
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

impl Record {
    /// The events of the record that are told of but stand in none of these.
    #[must_use]
    pub fn missing(
        &self,
        events: &[Arc<Event>],
        unpublished: &BTreeSet<String>,
    ) -> Vec<&EventRecord> {
        let uids: IndexSet<&str> = events.iter().map(|event| Uid::as_str(&event.uid)).collect();
        let is_there = |uid: &str| uids.contains(uid) || unpublished.contains(uid);
        self.iter().filter(|line| line.is_present() && !is_there(line.uid())).collect()
    }

    /// Takes an event from the public by hand, or gives it back; `false` where there is none to take.
    pub fn set_withdrawn(&mut self, slug: &str, is_withdrawn: bool, now: DateTime<Utc>) -> bool {
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
}
