//! `[[sessions]]`: the parts of the programme.

use std::collections::BTreeSet;

use crate::model::{EventTime, Location, Room, Session, Slug};
use crate::source::diagnostic::Problem;
use crate::source::format::{At, EventDefinition, SessionDefinition, Text};

use super::checker::Checker;
use super::registry::Registry;
use super::time;

pub(crate) fn validate(
    checker: &Checker<'_>,
    event: &EventDefinition,
    time: Option<&EventTime>,
    location: Option<&Location>,
    registry: &Registry,
) -> Vec<Session> {
    let mut ids = BTreeSet::new();
    let sessions = event.sessions.iter().filter_map(|session| {
        let id = session.value.id.as_ref().and_then(|id| unique_id(checker, id, &mut ids));
        self::session(checker, session, id, time, location, registry)
    });
    sessions.collect()
}

/// Reads whether sessions are written as entries of their own.
pub(crate) fn are_entries(checker: &Checker<'_>, text: &Text) -> Option<bool> {
    checker.choice("sessions_as", &["text", "entries"], &[false, true], text)
}

/// Returns whether the sessions of an event are entries of their own; each entry then needs an id, from which its uid
/// follows. Its title or time would not do: both change.
pub(crate) fn entries(checker: &Checker<'_>, event: &EventDefinition, default: bool) -> bool {
    let are_entries = are_entries(checker, &event.sessions_as).unwrap_or(default);
    for session in event.sessions.iter().filter(|_| are_entries) {
        if session.value.id.is_none() {
            checker.missing(
                &session.span,
                "id",
                "`id = \"…\"`: the entry's identity follows from it",
            );
        }
    }
    are_entries
}

fn unique_id(checker: &Checker<'_>, id: &At<String>, ids: &mut BTreeSet<Slug>) -> Option<Slug> {
    let slug = checker.slug("id", id)?;
    if !ids.insert(slug.clone()) {
        checker.report(&id.span, Problem::DuplicateId { id: slug.clone() });
    }
    Some(slug)
}

fn session(
    checker: &Checker<'_>,
    session: &At<SessionDefinition>,
    id: Option<Slug>,
    event: Option<&EventTime>,
    location: Option<&Location>,
    registry: &Registry,
) -> Option<Session> {
    let SessionDefinition { title, start, end, room, speakers, .. } = &session.value;
    let title = checker.required_line(&session.span, "title", "`title = \"…\"`", title);
    if start.is_none() {
        checker.missing(&session.span, "start", "`start = 10:15:00`");
    }
    let room = room.as_ref().and_then(|room| self::room(checker, room, location, registry));
    let speakers = checker.lines("speakers", speakers);
    let (start, event) = (start.as_ref()?, event?);
    let time = time::session_span(checker, start, end, event)?;
    let ends = time.end().unwrap_or(time.start());
    if time.start().to_utc() < event.begins() || ends.to_utc() > event.passes() {
        checker.report(&start.span, Problem::SessionOutsideEvent);
    }
    Some(Session { id, title: title?, time, room, speakers })
}

/// Reads a room: a key of the event's venue, or the room's name at a place that is written in the event.
pub(crate) fn room(
    checker: &Checker<'_>,
    room: &At<String>,
    location: Option<&Location>,
    registry: &Registry,
) -> Option<Room> {
    match location?.place().map(|place| place.venue.key.as_ref()) {
        Some(Some(venue)) => registry.room(checker, venue, room),
        Some(None) => checker.line("room", &Some(room.clone())).map(|name| Room { name }),
        None => {
            checker.report(&room.span, Problem::Needs { key: "room", other: "a venue" });
            None
        }
    }
}
