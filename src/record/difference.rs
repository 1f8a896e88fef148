//! The change that a revision makes: the difference between what was published before and what is
//! published now.

use chrono::NaiveDate;

use super::facts::Facts;
use crate::model::{FieldChange, Location, Place};
use crate::zone::Zones;

/// Returns the fields that differ; [`FieldChange::Details`] if none of them is one that readers
/// plan by.
pub(super) fn difference(before: &Facts, after: &Facts, zones: &Zones) -> Vec<FieldChange> {
    let mut fields = Vec::new();
    if before.title != after.title {
        fields.push(FieldChange::Title(before.title.clone(), after.title.clone()));
    }
    if before.time != after.time {
        fields.push(FieldChange::Time(Box::new((before.time, after.time))));
    }
    fields.extend(place(&before.location, &after.location));
    // A previous start that is learnt later is no change of the status.
    if before.status.name() != after.status.name() {
        fields.push(FieldChange::Status(before.status, after.status));
    }
    let rule = |facts: &Facts| facts.series.as_ref().map(|series| series.rule.clone());
    if rule(before) != rule(after) {
        fields.push(FieldChange::Rule);
    }
    fields.extend(occurrences(before, after, zones));
    if fields.is_empty() {
        fields.push(FieldChange::Details);
    }
    fields
}

/// Returns the change of the place; that of the room alone if everything else is as it was.
fn place(before: &Location, after: &Location) -> Option<FieldChange> {
    let where_to = |location: &Location| Destination::of(location);
    let (old, new) = (where_to(before), where_to(after));
    let room = |location: &Location| location.place()?.room.as_ref().map(|room| room.name.clone());
    let without_room = |one: &Destination| Destination { room: None, ..one.clone() };
    if old == new {
        None
    } else if without_room(&old) == without_room(&new) {
        Some(FieldChange::Room(room(before), room(after)))
    } else {
        Some(FieldChange::Place(Box::new((before.clone(), after.clone()))))
    }
}

/// The parts of a location by which people find it.
// Coordinates and keys of venues may be corrected without anybody having to go elsewhere.
#[derive(Clone, PartialEq)]
struct Destination {
    names: Vec<String>,
    room: Option<String>,
}

impl Destination {
    fn of(location: &Location) -> Self {
        let Some(Place { venue, room }) = location.place() else {
            let label = location.online().and_then(|online| online.label.as_ref());
            return Self { names: label.iter().map(ToString::to_string).collect(), room: None };
        };
        let address = venue.address.iter();
        let address = address
            .flat_map(|one| [one.street.as_ref(), one.postal_code.as_ref(), Some(&one.city)]);
        let names = std::iter::once(&venue.name).chain(address.flatten());
        let room = room.as_ref().map(|room| room.name.to_string());
        Self { names: names.map(ToString::to_string).collect(), room }
    }
}

/// Returns the occurrences that differ from their series in another way than before. If the whole
/// series moved, its other occurrences moved with it, and that is one change of the time.
fn occurrences(before: &Facts, after: &Facts, zones: &Zones) -> Vec<FieldChange> {
    let dates = before.exceptions().into_iter().chain(after.exceptions());
    let dates: std::collections::BTreeSet<NaiveDate> = dates.collect();
    let changed = dates
        .into_iter()
        .filter(|date| before.exception(*date, zones) != after.exception(*date, zones));
    let state = |facts: &Facts, date| facts.state(date, zones).map(Box::new);
    changed.map(|date| FieldChange::Date(date, state(before, date), state(after, date))).collect()
}
