//! The place of an event: a venue, a `[location]` of its own, online, or on site and online.

use std::sync::Arc;

use crate::model::{Location, OnlineLocation, Place, Room, Venue};
use crate::source::diagnostic::Problem;
use crate::source::format::{At, EventDefinition, LocationDefinition, OnlineDefinition};

use super::checker::Checker;
use super::defaults::Defaults;
use super::surroundings::Surroundings;
use super::venue::{address, geo};

/// Reads where an event takes place; its own keys outweigh the defaults of its folder.
pub(crate) fn location(
    checker: &Checker<'_>,
    event: &EventDefinition,
    surroundings: &Surroundings<'_>,
    defaults: &Defaults,
) -> Option<Location> {
    report_contradictions(checker, event);
    let place = place(checker, event, surroundings, defaults);
    let online = event.online.as_ref().map(|online| self::online(checker, online));
    match (place, online) {
        (Some(place), Some(online)) => Some(Location::Mixed(place, online)),
        (Some(place), None) => Some(Location::Onsite(place)),
        (None, Some(online)) => Some(Location::Online(online)),
        (None, None) => None,
    }
}

fn report_contradictions(checker: &Checker<'_>, event: &EventDefinition) {
    if let (Some(venue), Some(_)) = (&event.venue, &event.location) {
        checker.report(&venue.span, Problem::Conflict { key: "venue", other: "[location]" });
    }
    if let (Some(room), Some(_)) = (&event.room, &event.location) {
        let other = "[location] (write its `room` there)";
        checker.report(&room.span, Problem::Conflict { key: "room", other });
    }
}

fn place(
    checker: &Checker<'_>,
    event: &EventDefinition,
    surroundings: &Surroundings<'_>,
    defaults: &Defaults,
) -> Option<Place> {
    if let Some(location) = &event.location {
        return written_place(checker, location);
    }
    if let Some(venue) = &event.venue {
        return surroundings.registry.place(checker, venue, &event.room);
    }
    // An event with `[online]` alone is online: the folder's venue is its place only if it names a room there.
    if let Some(default) = &defaults.place
        && (event.online.is_none() || event.room.is_some())
    {
        return Some(default_place(checker, event.room.as_ref(), default, surroundings));
    }
    report_no_place(checker, event, defaults);
    None
}

/// Returns the folder's default place, in the room that the event names.
fn default_place(
    checker: &Checker<'_>,
    room: Option<&At<String>>,
    default: &Place,
    surroundings: &Surroundings<'_>,
) -> Place {
    let Some((room, venue)) = room.zip(default.venue.key.as_ref()) else {
        return default.clone();
    };
    let room = surroundings.registry.room(checker, venue, room);
    Place { venue: Arc::clone(&default.venue), room }
}

fn report_no_place(checker: &Checker<'_>, event: &EventDefinition, defaults: &Defaults) {
    let is_refused = ["venue", "location", "online"].iter().any(|key| checker.is_rejected(key));
    // A broken `feed.toml` may name the venue of all events: its one mistake must not become many.
    if is_refused || !defaults.are_known {
        return;
    }
    if let Some(room) = &event.room {
        checker.report(&room.span, Problem::Needs { key: "room", other: "`venue`" });
    } else if event.online.is_none() {
        checker.report(&checker.head, Problem::NoPlace);
    }
}

fn written_place(checker: &Checker<'_>, location: &At<LocationDefinition>) -> Option<Place> {
    let LocationDefinition { name, room, street, postal_code, city, region, country, .. } =
        &location.value;
    let name = checker.required_line(&location.span, "name", "`name = \"…\"`", name);
    let address = address(checker, &location.span, [street, postal_code, city, region, country]);
    let venue = Venue {
        key: None,
        geo: geo(checker, &location.value.geo),
        accessibility: checker.line("accessibility", &location.value.accessibility),
        name: name?,
        address: Some(address?),
    };
    let room = checker.line("room", room).map(|name| Room { name });
    Some(Place { venue: Arc::new(venue), room })
}

fn online(checker: &Checker<'_>, online: &At<OnlineDefinition>) -> OnlineLocation {
    let OnlineDefinition { url, label, public } = &online.value;
    let is_public = public.as_ref().is_some_and(|public| public.value);
    if let (Some(public), true, None) = (public, is_public, url) {
        checker.report(&public.span, Problem::Needs { key: "public", other: "`url`" });
    }
    OnlineLocation::new(checker.line("label", label), checker.url(url), is_public)
}
