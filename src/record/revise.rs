//! The events of today beside the record: what is new, what changed, what is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::digest::digest;
use super::event_record::Held;
use super::matters::{MatterLine, RevisedLine, difference};
use super::memory::Remembered;
use super::told::Told;
use super::{EventRecord, Memory, Record};
use crate::index::Keys;
use crate::model::{
    Event, EventStatus, Published, Recurrence, Revision, SeriesForm, Slug, TimePoint, Uid,
    Visibility,
};
use crate::parallel;
use crate::schedule::Past;

/// The moment of a revision.
#[derive(Clone, Copy, Debug)]
pub struct Step {
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
    pub hidden: BTreeSet<String>,
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
    pub past: Past,
    /// Series that are no longer written as they were first published.
    pub reformed: Vec<Slug>,
    /// Events that are there but were withdrawn by hand.
    pub held: Vec<Slug>,
    /// The uids of those that nobody knew of before.
    pub new: Vec<Uid>,
    /// What makes the next revision cheap.
    pub memory: Memory,
}

/// Revises `events`, which [`identify`](super::identify) has named.
#[must_use]
pub fn revise(
    record: &Record,
    events: Vec<Arc<Event>>,
    absent: &Absent,
    memory: &Memory,
    step: Step,
) -> Outcome {
    let step = Step { now: step.now.trunc_subsecs(0), ..step };
    let mut revision = Reviser {
        step,
        record: record.clone(),
        published: Vec::with_capacity(events.len()),
        reformed: Vec::new(),
        held: Vec::new(),
        new: Vec::new(),
        remembered: Vec::with_capacity(events.len()),
    };
    let mut events = events;
    for event in &mut events {
        revision.keep_form(event);
    }
    let known = memory.known(record);
    let looks =
        parallel::map_at(&events, |at, event| revision.look(event, known.recall(at, event)));
    let all = events.clone();
    for (event, look) in events.into_iter().zip(looks) {
        match look {
            Look::Hidden => revision.withdraw(event.uid.as_str()),
            Look::Known(known) => revision.publish_again(known),
            Look::Held => revision.held.push(event.slug.clone()),
            Look::Other { told_event, told, digest } => {
                revision.publish(event, told_event, *told, digest);
            }
        }
    }
    absent.hidden.iter().for_each(|uid| revision.withdraw(uid));
    absent.removed.iter().for_each(|uid| revision.remove(uid));
    revision.tell_of_missing(&all);
    let Reviser { record, published, reformed, held, new, remembered, .. } = revision;
    let memory = Memory::of(remembered, &record);
    let (gone, past) = parallel::both(|| gone(&record), || past(&record));
    Outcome { published, record, gone, past, reformed, held, new, memory }
}

struct Reviser {
    step: Step,
    record: Record,
    published: Vec<Arc<Published>>,
    reformed: Vec<Slug>,
    held: Vec<Slug>,
    new: Vec<Uid>,
    remembered: Vec<Arc<Remembered>>,
}

/// What there is to do for an event.
enum Look {
    /// It is not for the public.
    Hidden,
    /// It was withdrawn by hand.
    Held,
    /// It is published as before.
    Known(Arc<Remembered>),
    /// It is new, or something about it is.
    Other { told_event: Arc<Event>, told: Box<Told>, digest: String },
}

impl Reviser {
    fn look(&self, event: &Arc<Event>, known: Option<Arc<Remembered>>) -> Look {
        if event.visibility == Visibility::Internal {
            return Look::Hidden;
        }
        if let Some(known) = known {
            return Look::Known(known);
        }
        let line = self.record.events.get(event.uid.as_str());
        if line.is_some_and(|line| line.is_held()) {
            return Look::Held;
        }
        let mut told_event = Arc::clone(event);
        fill_previous_start(&mut told_event, line.map(|line| &**line));
        let (told, digest) = (Box::new(Told::of(&told_event)), digest(event));
        let is_same = |line: &&Arc<EventRecord>| {
            let is_told_so = line.digest == digest && line.last == *told && line.is_present();
            is_told_so && line.slug() == event.slug.as_str()
        };
        match line.filter(is_same) {
            Some(line) => Look::Known(Arc::new(Remembered {
                event: Arc::clone(event),
                line: Arc::clone(line),
                published: Arc::new(published(told_event, line)),
            })),
            None => Look::Other { told_event, told, digest },
        }
    }

    fn publish_again(&mut self, known: Arc<Remembered>) {
        self.published.push(Arc::clone(&known.published));
        self.remembered.push(known);
    }

    fn publish(&mut self, event: Arc<Event>, told_event: Arc<Event>, told: Told, digest: String) {
        let old = self.record.get(event.uid.as_str()).cloned();
        let mut line = match old {
            None => {
                self.new.push(event.uid.clone());
                first(&told_event, digest, told, self.step)
            }
            Some(old) => {
                let old = self.listed(old, &told);
                if old.digest == digest && old.is_present() {
                    EventRecord { last: told, ..old }
                } else {
                    self.next(old, digest, told)
                }
            }
        };
        if line.slugs.last().is_none_or(|slug| slug != event.slug.as_str()) {
            line.slugs.push(event.slug.to_string());
            line = line.normal();
        }
        let line = Arc::new(line);
        let published = Arc::new(published(told_event, &line));
        self.published.push(Arc::clone(&published));
        self.record.insert(Arc::clone(&line));
        self.remembered.push(Arc::new(Remembered { event, line, published }));
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
    fn listed(&self, mut old: EventRecord, told: &Told) -> EventRecord {
        let (before, after) = (old.last.feeds(), told.feeds());
        let other = |one: &[String], other: &[String]| {
            one.iter().filter(|feed| !other.contains(feed)).cloned().collect::<Vec<_>>()
        };
        let changed = [other(before, after), other(after, before)].concat();
        let at = self.step.now.max(old.modified + TimeDelta::seconds(1));
        old.listed.extend(changed.into_iter().map(|feed| (feed, at)));
        old
    }

    /// The next revision of what is told.
    fn next(&self, old: EventRecord, digest: String, told: Told) -> EventRecord {
        let mut matters = difference(&old.last, &told);
        // What was withdrawn was never told to be off.
        if old.removed.is_some() && old.withdrawn.is_none() {
            matters.insert(0, MatterLine::Restored);
            matters.retain(|matter| *matter != MatterLine::Details);
        }
        let (removed, withdrawn) = (None, None);
        self.revised(EventRecord { digest, last: told, removed, withdrawn, ..old }, matters)
    }

    fn revised(&self, line: EventRecord, matters: Vec<MatterLine>) -> EventRecord {
        let at = self.step.now.max(line.modified + TimeDelta::seconds(1));
        let sequence = line.sequence.saturating_add(1);
        let mut changes = line.changes;
        changes.push(RevisedLine { sequence, at, matters });
        EventRecord { sequence, modified: at, changes, ..line }.normal()
    }

    /// It leaves at once and without a word.
    fn withdraw(&mut self, uid: &str) {
        let Some(old) = self.record.get(uid).filter(|old| old.is_present()).cloned() else {
            return;
        };
        let at = self.step.now.max(old.modified + TimeDelta::seconds(1));
        let sequence = old.sequence.saturating_add(1);
        self.record.insert(EventRecord { withdrawn: Some(at), sequence, modified: at, ..old });
    }

    fn remove(&mut self, uid: &str) {
        let Some(old) = self.record.get(uid).filter(|old| old.is_present()).cloned() else {
            return;
        };
        // Whether it is over says the clock, also where the record's own instants stand still.
        let end = old.last.passes().filter(|end| *end <= self.step.today);
        // One that is off already was told to be.
        let was_off = EventStatus::from_name(old.last.status()).is_some_and(EventStatus::is_off);
        let matter = if was_off { MatterLine::Details } else { MatterLine::Removed };
        let line = self.revised(old, vec![matter]);
        let removed = Some(end.map_or(line.modified, |end| line.modified.max(end)));
        self.record.insert(EventRecord { removed, ..line });
    }

    /// What is told of events whose definitions are not there: that they are off, where they were
    /// deleted; what was told last, where they are only missing.
    fn tell_of_missing(&mut self, events: &[Arc<Event>]) {
        // Each that is published has a line.
        if self.remembered.len() == self.record.events.len() {
            return;
        }
        let seen: Keys<&str> = events.iter().map(|event| Uid::as_str(&event.uid)).collect();
        let missing = self.record.iter().filter(|line| !seen.contains(line.uid()));
        let told = missing.filter_map(|line| {
            let status = match (line.removed, line.withdrawn()) {
                (_, Some(_)) => return None,
                (Some(_), None) => EventStatus::Cancelled,
                (None, None) => line.last.own_status()?,
            };
            let event = line.last.to_event(line.uid(), line.slug(), status)?;
            Some(Arc::new(published(Arc::new(event), line)))
        });
        let told: Vec<Arc<Published>> = told.collect();
        self.published.extend(told);
    }
}

/// An event that the record does not know: its written instants count as its publication.
fn first(event: &Event, digest: String, told: Told, step: Step) -> EventRecord {
    let created = event.published.or(event.updated).unwrap_or(step.now);
    let modified = event.updated.unwrap_or(created).max(created);
    let sequence = step.first_sequence;
    let change = RevisedLine { sequence, at: created, matters: vec![MatterLine::New] };
    let line = EventRecord::new(event.uid.as_str(), digest, told, sequence, created);
    EventRecord { modified, changes: vec![change], ..line }
}

/// A moved event says since when: where its author left that out, the record knows.
fn fill_previous_start(event: &mut Arc<Event>, old: Option<&EventRecord>) {
    let (EventStatus::Moved { previous_start: None }, Some(old)) = (event.status, old) else {
        return;
    };
    let before = old.last.time().read();
    let previous_start = match before {
        Some(before) if before.start_point() != event.time.start_point() => {
            Some(before.start_point())
        }
        _ => old.last.previous_start().or_else(|| last_start(old)),
    };
    Arc::make_mut(event).status = EventStatus::Moved { previous_start };
}

/// The start before the last change of the time: authors may write the new date first, and that it is
/// one later.
fn last_start(old: &EventRecord) -> Option<TimePoint> {
    let matters = old.changes.iter().rev().flat_map(|change| &change.matters);
    let before = matters.filter_map(|matter| match matter {
        MatterLine::Time { before, .. } => before.read(),
        _ => None,
    });
    before.map(|time| time.start_point()).next()
}

/// The event with the revision of its line; written instants override those of the record.
fn published(event: Arc<Event>, line: &EventRecord) -> Published {
    let created = event.published.unwrap_or(line.created);
    let modified = event.updated.unwrap_or(line.modified).max(created);
    let former = line.slugs.iter().filter(|slug| **slug != event.slug.as_str());
    Published {
        revision: Revision { sequence: line.sequence, created, modified },
        changes: line.changes.iter().map(RevisedLine::read).collect(),
        former_slugs: former.filter_map(|slug| Slug::new(slug)).collect(),
        removed: line.removed,
        event,
    }
}

fn gone(record: &Record) -> Vec<Slug> {
    let removed = record.iter().filter(|line| line.removed.is_some());
    removed.flat_map(|line| line.slugs.iter().filter_map(|slug| Slug::new(slug))).collect()
}

fn past(record: &Record) -> Past {
    let mut changed: BTreeMap<String, DateTime<Utc>> = BTreeMap::new();
    for line in record.iter() {
        let told = line.last.feeds().iter().map(|feed| (feed, line.modified));
        let listed = line.listed.iter().map(|(feed, at)| (feed, *at));
        for (feed, instant) in told.chain(listed) {
            match changed.get_mut(feed) {
                Some(at) => *at = instant.max(*at),
                None => drop(changed.insert(feed.clone(), instant)),
            }
        }
    }
    Past { changed, since: record.iter().map(|line| line.created).min() }
}

impl Record {
    /// The events of the record that are told of but stand in none of these.
    #[must_use]
    pub fn missing(&self, events: &[Arc<Event>], hidden: &BTreeSet<String>) -> Vec<&EventRecord> {
        let uids: Keys<&str> = events.iter().map(|event| Uid::as_str(&event.uid)).collect();
        let is_there = |uid: &str| uids.contains(uid) || hidden.contains(uid);
        self.iter().filter(|line| line.is_present() && !is_there(line.uid())).collect()
    }

    /// Takes an event from the public by hand, or gives it back; `false` where there is none to take.
    pub fn hold(&mut self, slug: &str, is_held: bool, now: DateTime<Utc>) -> bool {
        let Some(old) = self.with_slug(slug).filter(|old| old.is_held() != is_held).cloned() else {
            return false;
        };
        let now = now.trunc_subsecs(0);
        let at = now.max(old.modified + TimeDelta::seconds(1));
        let (withdrawn, held) = (Some(at), Some(Held { at, is_held }));
        let sequence = old.sequence.saturating_add(1);
        self.insert(EventRecord { held, withdrawn, sequence, modified: at, ..old });
        true
    }
}
