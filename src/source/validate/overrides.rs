//! `[[repeat.change]]`: the override of one date of a series.

use std::sync::Arc;

use super::checker::Checker;
use super::surroundings::Surroundings;
use super::{session, status, time};
use crate::model::{EventTime, Location, Override, Place};
use crate::source::diagnostic::Problem;
use crate::source::format::{At, ChangeDefinition};

/// Reads the override of the date that was planned for `planned`; `location` is the series' own.
pub(crate) fn validate(
    checker: &Checker<'_>,
    change: &At<ChangeDefinition>,
    planned: &EventTime,
    location: Option<&Location>,
    surroundings: &Surroundings<'_>,
) -> Override {
    let ChangeDefinition { start, end, status, reason, title, .. } = &change.value;
    let location = self::location(checker, &change.value, location, surroundings);
    let previous_start = Some(planned.start_point());
    Override {
        time: time::changed_time(checker, start, end, planned),
        status: status::status(checker, status, previous_start, location.as_ref()),
        reason: status::reason(checker, reason, status),
        title: checker.line("title", title),
        // Without a venue or room of its own, the override holds no place and follows the series when that moves.
        location: location.filter(|_| change.value.venue.is_some() || change.value.room.is_some()),
    }
}

/// Reads the place of this date; the series' own if it names no other.
fn location(
    checker: &Checker<'_>,
    change: &ChangeDefinition,
    usual: Option<&Location>,
    surroundings: &Surroundings<'_>,
) -> Option<Location> {
    let place = match (&change.venue, &change.room, usual.and_then(Location::place)) {
        (Some(venue), room, _) => surroundings.registry.place(checker, venue, room)?,
        (None, Some(room), Some(place)) => {
            let room = session::room(checker, room, usual, surroundings.registry);
            Place { venue: Arc::clone(&place.venue), room }
        }
        (None, Some(room), None) => {
            checker.report(&room.span, Problem::Needs { key: "room", other: "a venue" });
            return usual.cloned();
        }
        (None, None, _) => return usual.cloned(),
    };
    Some(match usual.and_then(Location::online) {
        Some(online) => Location::Mixed(place, online.clone()),
        None => Location::Onsite(place),
    })
}
