//! What only shows when all events are seen together.

use std::collections::BTreeMap;

use super::Checked;
use crate::model::Location;
use crate::source::diagnostic::Diagnostic;
use crate::source::problem::Problem;

pub fn check(events: &[Checked]) -> Vec<Diagnostic> {
    let mut diagnostics = duplicate_slugs(events);
    diagnostics.extend(duplicate_uids(events));
    diagnostics.extend(room_clashes(events));
    diagnostics
}

fn duplicate_slugs(events: &[Checked]) -> Vec<Diagnostic> {
    let mut seen = BTreeMap::new();
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

fn duplicate_uids(events: &[Checked]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<_, &Checked> = BTreeMap::new();
    let mut diagnostics = Vec::new();
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

/// Two events in one room at one time.
fn room_clashes(events: &[Checked]) -> Vec<Diagnostic> {
    let mut by_room: BTreeMap<_, Vec<&Checked>> = BTreeMap::new();
    for one in events.iter().filter(|one| !one.event.is_off()) {
        by_room.entry(room(one)).or_default().push(one);
    }
    by_room.remove(&None);
    let mut diagnostics = Vec::new();
    for mut events in by_room.into_values() {
        events.sort_by_key(|one| one.event.time.begins());
        for pair in events.windows(2) {
            if pair[1].event.time.begins() < pair[0].event.time.passes() {
                let problem = Problem::RoomClash { other: pair[0].file.path.to_string() };
                let head = Some(pair[1].head.clone());
                diagnostics.push(Diagnostic::new(&pair[1].file, head, problem));
            }
        }
    }
    diagnostics
}

/// Venue and room, both known by key.
fn room(one: &Checked) -> Option<(&str, &str)> {
    let place = Location::place(&one.event.location)?;
    Some((place.venue.key.as_ref()?.as_str(), &place.room.as_ref()?.name))
}
