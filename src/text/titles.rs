//! The title, time and place of an event, in one line each.

use std::sync::Arc;

use super::locale::Locale;
use super::{dates, repetition};
use crate::model::{
    Address, Event, EventStatus, EventTime, Location, OnlineLocation, Place, Series, Session,
};
use crate::zone::Zones;

/// Returns the title with the prefix of a status that changes the reader's plans: "ABGESAGT: Titel".
pub(crate) fn announced_title(event: &Event) -> String {
    announced(event, &event.title)
}

/// Returns the title of a session with the prefix of the event's status.
pub(crate) fn session_title(session: &Session, event: &Event) -> String {
    announced(event, &session.title)
}

fn announced(event: &Event, title: &str) -> String {
    // Outlook shows an entry with STATUS:CANCELLED as if it took place.
    if event.status.changes_plans() {
        format!("{}: {title}", Locale::of(&event.language).status(event.status).name)
    } else {
        title.to_owned()
    }
}

/// Returns the first lines of a description if the event does not take place as announced: the reason, the status in
/// a sentence, and of a moved event the time before and now.
pub(crate) fn notice(event: &Event, zones: &Zones) -> Option<String> {
    let locale = Locale::of(&event.language);
    let message = locale.status(event.status).message?;
    let moved = match event.status {
        EventStatus::Moved { previous_start: Some(before) } => Some(format!(
            "{}: {}, {}: {}.",
            locale.event.before,
            dates::point(&before, locale),
            locale.event.now,
            time(&event.time, event.series(), locale, zones)
        )),
        _ => None,
    };
    let reason = event.reason.as_deref().map(|reason| {
        // Sentences follow: authors write a reason with a full stop or without.
        if reason.ends_with(['.', '!', '?', '…']) {
            reason.to_owned()
        } else {
            format!("{reason}.")
        }
    });
    let parts = [reason, Some(message.to_owned()), moved];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Returns the time of an event, "Montag, 10. Dezember 2018, 10:15 bis 16:15 Uhr", or the rule of a series.
pub(crate) fn time(
    time: &EventTime,
    series: Option<&Series>,
    locale: &Locale,
    zones: &Zones,
) -> String {
    match series {
        Some(series) => repetition::phrase(series, time, locale, zones),
        None => dates::range(time, locale),
    }
}

/// Returns the title of an item in RSS, Atom and JSON Feed: "Titel – Mo., 10.12.2018, 10:15 Uhr, Hannover".
pub(crate) fn headline(event: &Event) -> String {
    // Feed readers show when an item was published: when the event is can only stand in the title.
    format!("{} – {}, {}", announced_title(event), short_time(event), town(event))
}

/// Returns the time in short: "Mo., 10.12.2018, 10:15 Uhr", "jeden Dienstag, 18:00 bis 19:30 Uhr".
pub(crate) fn short_time(event: &Event) -> String {
    let locale = Locale::of(&event.language);
    match event.series() {
        Some(series) => repetition::short(series, &event.time, locale),
        None => dates::short(&event.time, locale),
    }
}

/// Returns the place in one line, or the label of an online event.
pub(crate) fn place(location: &Location, locale: &Locale) -> String {
    match location {
        Location::Online(online) => online_label(online, locale),
        // The online part of a mixed event has a field of its own.
        Location::Onsite(place) | Location::Mixed(place, _) => place_line(place),
    }
}

/// Returns the line of a place: "Gleisdreieck e.V., Raum Wintergarten, Borriesstraße 28, 30519 Hannover".
fn place_line(place: &Place) -> String {
    let room = place.room.as_ref().map(|room| room.name.as_str());
    let mut parts: Vec<&str> = std::iter::once(place.venue.name.as_str()).chain(room).collect();
    let Some(Address { street, postal_code, city, .. }) = place.address() else {
        return parts.join(", ");
    };
    let town = match postal_code {
        Some(postal_code) => format!("{postal_code} {city}"),
        None => city.to_string(),
    };
    parts.extend(street.as_deref());
    parts.push(&town);
    parts.join(", ")
}

/// Returns the place of a session: the event's place, in the session's own room.
pub(crate) fn session_place(session: &Session, event: &Event) -> String {
    match (event.location.place(), &session.room) {
        (Some(Place { venue, .. }), Some(room)) => {
            place_line(&Place { venue: Arc::clone(venue), room: Some(room.clone()) })
        }
        _ => place(&event.location, Locale::of(&event.language)),
    }
}

/// Returns the town, or the word for online.
fn town(event: &Event) -> String {
    match &event.location {
        Location::Onsite(place) | Location::Mixed(place, _) => {
            place.address().map_or(&place.venue.name, |address| &address.city).to_string()
        }
        Location::Online(_) => Locale::of(&event.language).event.online.to_owned(),
    }
}

/// Returns the label of an online part, or the word for online.
pub(crate) fn online_label(online: &OnlineLocation, locale: &Locale) -> String {
    online.label.as_ref().map_or_else(|| locale.event.online.to_owned(), ToString::to_string)
}
