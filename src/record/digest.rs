//! The digest of what the public is told of an event: SHA-256 of canonical JSON.
//!
//! Only fields of the model that are not empty, after defaults; no slug, no address of ours and no
//! text that this program makes: a new release or another name changes no digest.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::told::ToldTime;
use crate::model::{
    Change, Contact, Event, EventStatus, EventTime, Location, OnlineLocation, Organizer,
    Participation, Place, Price, Series, SeriesForm, Session, TimePoint, ZonedTime, recur_text,
};

/// Sixty-four hexadecimal digits.
pub fn digest(event: &Event) -> String {
    let text = serde_json::to_string(&event_value(event)).expect("values always serialise");
    Sha256::digest(text).iter().fold(String::with_capacity(64), |mut text, octet| {
        let _ = write!(text, "{octet:02x}");
        text
    })
}

/// An object of these fields, by name; empty ones are left out.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let is_empty = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(true) | Value::Number(_) => false,
    };
    let fields: BTreeMap<&str, Value> =
        fields.into_iter().filter(|(_, value)| !is_empty(value)).collect();
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn text(text: impl ToString) -> Value {
    Value::String(text.to_string())
}

fn maybe<T>(part: Option<&T>, value: impl FnOnce(&T) -> Value) -> Value {
    part.map_or(Value::Null, value)
}

fn list<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    Value::Array(items.iter().map(value).collect())
}

fn line<T: ToString>(line: Option<&T>) -> Value {
    maybe(line, |line| text(line.to_string()))
}

fn event_value(event: &Event) -> Value {
    object([
        ("title", text(&event.title)),
        ("subtitle", line(event.subtitle.as_ref())),
        ("summary", line(event.summary.as_ref())),
        ("body", text(&*event.body)),
        ("kind", text(event.kind.name())),
        ("time", time(&event.time)),
        ("series", event.series().map_or(Value::Null, |one| series(one, &event.time))),
        ("doors", event.doors.map_or(Value::Null, moment)),
        ("status", status(event.status)),
        ("reason", line(event.reason.as_ref())),
        ("location", location(&event.location)),
        ("organizer", maybe(event.organizer.as_ref(), organizer)),
        ("contact", event.public_contact().map_or(Value::Null, contact)),
        ("participation", participation(&event.participation)),
        ("sessions", list(&event.sessions, session)),
        ("session_entries", Value::Bool(event.has_session_entries)),
        ("part_of", line(event.part_of.as_ref())),
        ("tags", list(&event.tags, |tag| text(tag))),
        (
            "links",
            list(&event.links, |link| {
                object([("label", text(&link.label)), ("url", text(&link.url))])
            }),
        ),
        ("language", text(event.language.as_str())),
        ("busy", Value::Bool(event.busy)),
        ("published", maybe(event.published.as_ref(), |at| text(at.to_rfc3339()))),
        ("updated", maybe(event.updated.as_ref(), |at| text(at.to_rfc3339()))),
    ])
}

fn time(time: &EventTime) -> Value {
    let ToldTime { start, end, timezone } = ToldTime::of(time);
    object([("start", text(start)), ("end", line(end.as_ref())), ("timezone", text(timezone))])
}

fn moment(moment: ZonedTime) -> Value {
    text(moment.to_rfc3339())
}

fn point(point: &TimePoint) -> Value {
    match point {
        TimePoint::Day(date, _) => text(date),
        TimePoint::Moment(at) => moment(*at),
    }
}

fn series(series: &Series, first: &EventTime) -> Value {
    let dates = |dates: &std::collections::BTreeSet<_>| {
        Value::Array(dates.iter().map(|date: &chrono::NaiveDate| text(date)).collect())
    };
    let changes = series.changes.iter().map(|(date, one)| (date.to_string(), change(one)));
    object([
        ("rule", text(recur_text(&series.rule, first))),
        ("except", dates(&series.excluded)),
        ("also", dates(&series.additional)),
        ("changes", Value::Object(changes.collect())),
        ("expand", Value::Bool(series.form == SeriesForm::Entries)),
    ])
}

fn change(change: &Change) -> Value {
    object([
        ("time", maybe(change.time.as_ref(), time)),
        ("location", maybe(change.location.as_ref(), location)),
        ("status", maybe(change.status.as_ref(), |one| status(*one))),
        ("reason", line(change.reason.as_ref())),
        ("title", line(change.title.as_ref())),
    ])
}

fn status(status: EventStatus) -> Value {
    let previous_start = match status {
        EventStatus::Moved { previous_start } => previous_start,
        _ => None,
    };
    object([
        ("name", text(status.name())),
        ("previous_start", maybe(previous_start.as_ref(), point)),
    ])
}

fn location(location: &Location) -> Value {
    object([
        ("place", maybe(location.place(), place)),
        ("online", maybe(location.online(), online)),
    ])
}

fn place(place: &Place) -> Value {
    let venue = &place.venue;
    let geo = venue.geo.map(|geo| format!("{} {}", geo.latitude(), geo.longitude()));
    object([
        ("name", text(&venue.name)),
        ("room", maybe(place.room.as_ref(), |room| text(&room.name))),
        ("street", line(venue.address.street.as_ref())),
        ("postal_code", line(venue.address.postal_code.as_ref())),
        ("city", text(&venue.address.city)),
        ("region", line(venue.address.region.as_ref())),
        ("country", maybe(venue.address.country.as_ref(), |country| text(country.as_str()))),
        ("geo", line(geo.as_ref())),
        ("accessibility", line(venue.accessibility.as_ref())),
    ])
}

fn online(online: &OnlineLocation) -> Value {
    // An online part without label and public link is one all the same.
    object([
        ("is", Value::Bool(true)),
        ("label", line(online.label.as_ref())),
        ("url", line(online.public_url())),
    ])
}

fn organizer(organizer: &Organizer) -> Value {
    object([
        ("name", text(&organizer.name)),
        ("url", line(organizer.url.as_ref())),
        ("email", line(organizer.email.as_ref())),
        ("phone", line(organizer.phone.as_ref())),
    ])
}

fn contact(contact: &Contact) -> Value {
    object([
        ("name", text(&contact.name)),
        ("role", line(contact.role.as_ref())),
        ("url", line(contact.url.as_ref())),
        ("email", line(contact.email.as_ref())),
        ("phone", line(contact.phone.as_ref())),
    ])
}

fn participation(participation: &Participation) -> Value {
    let price = participation.price.as_ref().map(|price| match price {
        Price::Free => "free".to_owned(),
        Price::Unknown => "charged".to_owned(),
        Price::Amount { cents, currency } => format!("{cents} {currency}"),
    });
    let registration = &participation.registration;
    object([
        ("price", line(price.as_ref())),
        ("requires", line(participation.requires.as_ref())),
        ("recommends", line(participation.recommends.as_ref())),
        ("audience", line(participation.audience.as_ref())),
        ("capacity", maybe(participation.capacity.as_ref(), |places| text(places))),
        ("url", line(registration.url.as_ref())),
        ("email", line(registration.email.as_ref())),
        ("opens", maybe(registration.opens.as_ref(), point)),
        ("deadline", maybe(registration.deadline.as_ref(), point)),
    ])
}

fn session(session: &Session) -> Value {
    object([
        ("id", line(session.id.as_ref())),
        ("title", text(&session.title)),
        ("start", moment(session.time.start())),
        ("end", session.time.end().map_or(Value::Null, moment)),
        ("room", maybe(session.room.as_ref(), |room| text(&room.name))),
        ("speakers", list(&session.speakers, |speaker| text(speaker))),
    ])
}
