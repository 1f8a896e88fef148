//! Checks that need all events at once. They run at each reload, over events from the memo, too.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::sync::Arc;

use super::{files, selection};
use crate::IndexMap;
use crate::model::{Feed, Location, Slug};
use crate::source::checked::Checked;
use crate::source::diagnostic::{Diagnostic, MAX_PROBLEMS, Problem, nearest};
use crate::source::tree::FeedFolder;

/// All parts of a site at once.
pub(crate) struct CrossChecks<'a> {
    /// The events of files as they are now: the only ones that can be at fault.
    pub events: &'a [Arc<Checked>],
    /// The events that are held back at their last good state.
    pub held: &'a [Arc<Checked>],
    /// The feeds of files as they are now, with these files.
    pub feeds: &'a [Feed],
    pub feed_files: &'a [FeedFolder],
    /// Names that are known besides those of all events and feeds.
    pub known_events: &'a [Slug],
    pub known_feeds: &'a [Slug],
    /// The places of events by slug whose files have a mistake, and that are published from the record.
    pub taken: &'a BTreeMap<Slug, String>,
    /// Returns whether an event was published from its file.
    pub is_published: &'a (dyn Fn(&Checked) -> bool + Sync),
}

impl CrossChecks<'_> {
    /// Returns the errors that no file shows by itself.
    pub(crate) fn errors(&self) -> Vec<Diagnostic> {
        // Each pass walks over all events, so two cores share them.
        let names = || [self.duplicate_slugs(), self.duplicate_uids()];
        let references = || [self.unknown_parents(), self.unknown_feeds()];
        let (names, references) = rayon::join(names, references);
        names.into_iter().chain(references).flatten().collect()
    }

    /// Returns all events; those that are held back were published, so they come first.
    fn all(&self) -> impl Iterator<Item = &Arc<Checked>> {
        self.held.iter().chain(self.events)
    }

    fn duplicate_slugs(&self) -> Vec<Diagnostic> {
        let report = |one: &Checked, other: &Checked| {
            let (slug, other) = (one.event.slug.clone(), other.file.path.to_string());
            Diagnostic::new(&one.file, None, Problem::DuplicateSlug { slug, other })
        };
        let mut duplicates = self.duplicates(|one| &one.event.slug, report);
        let strangers = self.events.iter().filter_map(|one| {
            let (slug, other) = (one.event.slug.clone(), self.taken.get(&one.event.slug)?.clone());
            Some(Diagnostic::new(&one.file, None, Problem::DuplicateSlug { slug, other }))
        });
        duplicates.extend(strangers);
        duplicates
    }

    fn duplicate_uids(&self) -> Vec<Diagnostic> {
        // If nobody wrote one, each follows from its slug, and duplicate slugs are reported already.
        if !self.all().any(|one| one.event.has_written_uid) {
            return Vec::new();
        }
        let report = |one: &Checked, other: &Checked| {
            let (uid, other_file) = (one.event.uid.clone(), other.file.path.to_string());
            let span = one.uid_span.clone().unwrap_or(one.head.clone());
            Diagnostic::new(&one.file, Some(span), Problem::DuplicateUid { uid, other: other_file })
        };
        let mut duplicates = self.duplicates(|one| &one.event.uid, report);
        // Two events of one slug share its uid: that is one mistake, not two.
        let by_slug = self.duplicate_slugs();
        let by_slug: BTreeSet<&str> = by_slug.iter().map(Diagnostic::path).collect();
        duplicates.retain(|one| !by_slug.contains(one.path()));
        duplicates
    }

    /// Reports the events that share a name with another one; the one that was published keeps it.
    fn duplicates<'a, K: Eq + Hash + 'a>(
        &'a self,
        key: impl Fn(&'a Checked) -> &'a K,
        report: impl Fn(&Checked, &Checked) -> Diagnostic,
    ) -> Vec<Diagnostic> {
        let mut seen: IndexMap<&K, &Arc<Checked>> = IndexMap::default();
        seen.reserve(self.held.len() + self.events.len());
        let mut diagnostics = Vec::new();
        for (index, one) in self.all().enumerate() {
            let Some(other) = seen.insert(key(one), one) else { continue };
            let is_held = index < self.held.len();
            let keeps = !is_held && (self.is_published)(one) && !(self.is_published)(other);
            if keeps {
                diagnostics.push(report(other, one));
            } else {
                seen.insert(key(other), other);
                // What is held back is in nobody's file, so nobody can mend it.
                diagnostics.extend((!is_held).then(|| report(one, other)));
            }
        }
        diagnostics
    }

    /// Reports events whose parent event is not there, or is the event itself.
    fn unknown_parents(&self) -> Vec<Diagnostic> {
        let slugs: LazyCell<BTreeSet<&str>, _> = LazyCell::new(|| {
            let known = self.known_events.iter().map(Slug::as_str);
            self.all().map(|one| one.event.slug.as_str()).chain(known).collect()
        });
        let mut number_of_suggestions = 0;
        let unknown = self.events.iter().filter_map(|one| {
            let part_of = one.event.part_of.as_ref()?;
            // An event cannot be part of itself.
            if *part_of != one.event.slug && slugs.contains(part_of.as_str()) {
                return None;
            }
            // Each suggestion compares with the names of all events: many unknown parents have one mistake in common.
            number_of_suggestions += 1;
            let others = || slugs.iter().copied().filter(|slug| *slug != one.event.slug.as_str());
            let nearest = (number_of_suggestions <= MAX_PROBLEMS)
                .then(|| nearest(part_of.as_str(), &others().collect::<Vec<_>>()));
            let nearest = nearest.flatten().map(str::to_owned);
            let problem = Problem::UnknownParent { slug: part_of.clone(), nearest };
            Some(Diagnostic::new(&one.file, one.part_of_span.clone(), problem))
        });
        unknown.collect()
    }

    fn unknown_feeds(&self) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        selection::check_feeds(self.feeds, self.feed_files, self.known_feeds, &mut diagnostics);
        diagnostics
    }
}

/// Returns the warnings that no file shows by itself: rooms that two events share, and files that no event names.
pub(crate) fn hints(folders: &[FeedFolder], events: &[Arc<Checked>]) -> Vec<Diagnostic> {
    let (unused, clashes) = rayon::join(|| files::unused(folders, events), || room_clashes(events));
    unused.into_iter().chain(clashes).collect()
}

/// Reports events that begin in a room while another one is going on there.
fn room_clashes(events: &[Arc<Checked>]) -> Vec<Diagnostic> {
    let mut by_room: BTreeMap<_, Vec<&Arc<Checked>>> = BTreeMap::new();
    // A cancelled event needs no room, and a draft may never be published.
    for one in events.iter().filter(|one| one.event.takes_place() && !one.is_draft) {
        if let Some(room) = room(one) {
            by_room.entry(room).or_default().push(one);
        }
    }
    let mut diagnostics = Vec::new();
    for mut events in by_room.into_values() {
        events.sort_by_cached_key(|one| one.event.time.begins());
        let mut longest: Option<&Arc<Checked>> = None;
        for one in events {
            // Sorted by start, an event can clash only with the one before it that lasts longest.
            let end = longest.map(|longest| longest.event.time.passes());
            if let (Some(other), true) =
                (longest, end.is_some_and(|end| one.event.time.begins() < end))
            {
                let problem = Problem::RoomClash { other: other.file.path.to_string() };
                diagnostics.push(Diagnostic::new(&one.file, Some(one.head.clone()), problem));
            }
            if end.is_none_or(|end| end < one.event.time.passes()) {
                longest = Some(one);
            }
        }
    }
    diagnostics
}

/// Returns the venue's key and the room's name; `None` for a place that is written in the event, since two such
/// places of one name may be two places.
fn room(one: &Checked) -> Option<(&str, &str)> {
    let place = Location::place(&one.event.location)?;
    Some((place.venue.key.as_ref()?.as_str(), &place.room.as_ref()?.name))
}
