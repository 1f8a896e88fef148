//! Checks that need all events at once. They run at each reload, over events from the memo, too.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::IndexMap;
use crate::model::Location;
use crate::source::checked::Checked;
use crate::source::diagnostic::{Diagnostic, MAX_PROBLEMS, Problem, nearest};

pub(crate) fn check(events: &[Arc<Checked>]) -> Vec<Diagnostic> {
    let names = || [duplicate_slugs(events), duplicate_uids(events)];
    let relations = || [unknown_parents(events), room_clashes(events)];
    // Each pass walks over all events, so two cores share the four.
    let (names, relations) = rayon::join(names, relations);
    names.into_iter().chain(relations).flatten().collect()
}

fn duplicate_slugs(events: &[Arc<Checked>]) -> Vec<Diagnostic> {
    let mut seen: IndexMap<_, &Arc<Checked>> = IndexMap::default();
    seen.reserve(events.len());
    let mut diagnostics = Vec::new();
    for one in events {
        if let Some(other) = seen.insert(&one.event.slug, one) {
            let (slug, other) = (one.event.slug.clone(), other.file.path.to_string());
            let problem = Problem::DuplicateSlug { slug, other };
            diagnostics.push(Diagnostic::new(&one.file, None, problem));
        }
    }
    diagnostics
}

fn duplicate_uids(events: &[Arc<Checked>]) -> Vec<Diagnostic> {
    let mut seen: IndexMap<_, &Arc<Checked>> = IndexMap::default();
    seen.reserve(events.len());
    let mut diagnostics = Vec::new();
    // If nobody wrote one, each follows from its slug, and duplicate slugs are reported already.
    if !events.iter().any(|one| one.event.has_written_uid) {
        return diagnostics;
    }
    for one in events {
        // Two events of one slug share its uid: that is one mistake, not two.
        if let Some(other) = seen.insert(&one.event.uid, one)
            && other.event.slug != one.event.slug
        {
            let (uid, other) = (one.event.uid.clone(), other.file.path.to_string());
            let span = one.uid_span.clone().unwrap_or(one.head.clone());
            diagnostics.push(Diagnostic::new(
                &one.file,
                Some(span),
                Problem::DuplicateUid { uid, other },
            ));
        }
    }
    diagnostics
}

/// Reports events whose parent event is not there, or is the event itself.
fn unknown_parents(events: &[Arc<Checked>]) -> Vec<Diagnostic> {
    let slugs: LazyCell<BTreeSet<&str>, _> =
        LazyCell::new(|| events.iter().map(|one| one.event.slug.as_str()).collect());
    let mut number_of_suggestions = 0;
    let unknown = events.iter().filter_map(|one| {
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
