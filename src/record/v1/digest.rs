//! The digest of the first form: SHA-256 of JSON with sorted keys, without empty ones.
//!
//! It stays as it was, quirks included: a record of the first form is compared with the events of
//! today by it, and another digest would be a revision that nobody made.

use std::collections::BTreeSet;
use std::fmt::Display;

use chrono::NaiveDate;
use serde::Serializer;
use sha2::{Digest, Sha256};

use crate::model::{
    Address, Attachment, Contact, Country, Event, EventStatus, EventTime, EventTranslation,
    FileSource, Image, Location, OnlineLocation, Organizer, Override, Participation, Place, Price,
    Series, SeriesForm, Session, TimePoint, ZonedTime, hex,
};
use crate::recurrence::recur_text;
use crate::zone::Zones;

/// A value as JSON; `None` if it is empty.
type Part = Option<String>;

/// Returns the digest, 64 hexadecimal digits.
pub(in crate::record) fn digest(event: &Event, zones: &Zones) -> String {
    hex(&Sha256::digest(event_value(event, zones).unwrap_or_default()))
}

/// Returns a JSON object of these fields, which must be in the order of their names. Empty ones are
/// left out.
fn object<const N: usize>(fields: [(&str, Part); N]) -> Part {
    debug_assert!(fields.is_sorted_by_key(|(name, _)| *name), "fields stand by name");
    let fields = fields.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?)));
    let len: usize = fields.clone().map(|(name, value)| name.len() + value.len() + 4).sum();
    let mut object = String::with_capacity(len + 1);
    for (name, value) in fields {
        object.push(if object.is_empty() { '{' } else { ',' });
        object.extend(["\"", name, "\":", value]);
    }
    (!object.is_empty()).then(|| object + "}")
}

fn text(text: impl Display) -> Part {
    let mut json = Vec::with_capacity(64);
    serde_json::Serializer::new(&mut json).collect_str(&text).expect("texts always serialise");
    (json != b"\"\"").then(|| String::from_utf8(json).expect("JSON is UTF-8"))
}

fn flag(is_so: bool) -> Part {
    is_so.then(|| "true".to_owned())
}

fn list<T>(items: &[T], value: impl Fn(&T) -> Part) -> Part {
    let items: Vec<String> = items.iter().filter_map(value).collect();
    (!items.is_empty()).then(|| format!("[{}]", items.join(",")))
}

fn line<T: Display>(line: Option<&T>) -> Part {
    line.and_then(text)
}

fn event_value(event: &Event, zones: &Zones) -> Part {
    object([
        ("attachments", list(&event.attachments, attachment)),
        ("body", text(&*event.body)),
        ("busy", flag(event.busy)),
        ("contact", event.public_contact().and_then(contact)),
        ("doors", event.doors.and_then(moment)),
        ("image", event.image.as_ref().and_then(image)),
        ("kind", text(event.kind.name())),
        ("language", text(event.language.as_str())),
        (
            "links",
            list(&event.links, |link| {
                object([("label", text(&link.label)), ("url", text(&link.url))])
            }),
        ),
        ("location", location(&event.location)),
        ("organizer", event.organizer.as_deref().and_then(organizer)),
        ("part_of", line(event.part_of.as_ref())),
        ("participation", participation(&event.participation)),
        ("published", event.published.as_ref().and_then(|at| text(at.to_rfc3339()))),
        ("reason", line(event.reason.as_ref())),
        ("series", event.series().and_then(|one| series(one, &event.time, zones))),
        ("session_entries", flag(event.has_session_entries)),
        ("sessions", list(&event.sessions, session)),
        ("status", status(event.status)),
        ("subtitle", line(event.subtitle.as_ref())),
        ("summary", line(event.summary.as_ref())),
        ("tags", list(&event.tags, |tag| text(tag))),
        ("time", time(&event.time)),
        ("title", text(&event.title)),
        ("translation", event.translation.as_ref().and_then(translation)),
        ("updated", event.updated.as_ref().and_then(|at| text(at.to_rfc3339()))),
    ])
}

fn translation(translation: &EventTranslation) -> Part {
    let body = translation.body.as_ref().and_then(|body| text(&**body));
    object([
        ("body", body),
        ("subtitle", line(translation.subtitle.as_ref())),
        ("summary", line(translation.summary.as_ref())),
        ("title", line(translation.title.as_ref())),
    ])
}

fn image(image: &Image) -> Part {
    object([("alt", line(image.alt.as_ref())), ("source", source(&image.source))])
}

fn attachment(attachment: &Attachment) -> Part {
    object([("label", text(&attachment.label)), ("source", source(&attachment.source))])
}

/// Returns the name of a file and the hash of its content, or its address.
fn source(source: &FileSource) -> Part {
    match source {
        FileSource::Web(url) => object([("url", text(url))]),
        FileSource::Own(file) => object([
            ("name", text(file.name.as_str())),
            ("sha256", text(hex(&Sha256::digest(&file.bytes)))),
        ]),
    }
}

fn time(time: &EventTime) -> Part {
    let (start, end) = match time {
        EventTime::Days(days) => (text(days.first()), text(days.last())),
        EventTime::Timed(span) => (moment(span.start()), span.end().and_then(moment)),
    };
    object([("end", end), ("start", start), ("timezone", text(time.zone().name()))])
}

fn moment(moment: ZonedTime) -> Part {
    text(moment.to_rfc3339())
}

fn point(point: &TimePoint) -> Part {
    match point {
        TimePoint::Day(date, _) => text(date),
        TimePoint::Moment(at) => moment(*at),
    }
}

fn series(series: &Series, first: &EventTime, zones: &Zones) -> Part {
    let dates =
        |dates: &BTreeSet<NaiveDate>| list(&dates.iter().collect::<Vec<_>>(), |date| text(date));
    let changes: Vec<_> = series.overrides.iter().collect();
    let changes =
        list(&changes, |(date, one)| object([("change", overridden(one)), ("date", text(date))]));
    object([
        ("also", dates(&series.additional)),
        ("changes", changes),
        ("except", dates(&series.excluded)),
        ("expand", flag(series.form == SeriesForm::Entries)),
        ("rule", text(recur_text(&series.rule, first, zones))),
    ])
}

fn overridden(change: &Override) -> Part {
    object([
        ("location", change.location.as_ref().and_then(location)),
        ("reason", line(change.reason.as_ref())),
        ("status", change.status.and_then(status)),
        ("time", change.time.as_ref().and_then(time)),
        ("title", line(change.title.as_ref())),
    ])
}

fn status(status: EventStatus) -> Part {
    let previous_start = match status {
        EventStatus::Moved { previous_start } => previous_start,
        _ => None,
    };
    object([
        ("name", text(status.name())),
        ("previous_start", previous_start.as_ref().and_then(point)),
    ])
}

fn location(location: &Location) -> Part {
    object([
        ("online", location.online().and_then(online)),
        ("place", location.place().and_then(place)),
    ])
}

fn place(place: &Place) -> Part {
    let venue = &place.venue;
    let address =
        |part: fn(&Address) -> Option<&str>| place.address().and_then(part).and_then(text);
    let geo = venue.geo.map(|geo| format!("{} {}", geo.latitude(), geo.longitude()));
    object([
        ("accessibility", line(venue.accessibility.as_ref())),
        ("city", place.address().and_then(|address| text(&address.city))),
        ("country", address(|one| one.country.as_ref().map(Country::as_str))),
        ("geo", line(geo.as_ref())),
        ("name", text(&venue.name)),
        ("postal_code", address(|one| one.postal_code.as_deref())),
        ("region", address(|one| one.region.as_deref())),
        ("room", place.room.as_ref().and_then(|room| text(&room.name))),
        ("street", address(|one| one.street.as_deref())),
    ])
}

fn online(online: &OnlineLocation) -> Part {
    // An online part without a label and a public link would be empty, and the event would seem to have none.
    object([
        ("is", flag(true)),
        ("label", line(online.label.as_ref())),
        ("url", line(online.public_url())),
    ])
}

fn organizer(organizer: &Organizer) -> Part {
    object([
        ("email", line(organizer.email.as_ref())),
        ("name", text(&organizer.name)),
        ("phone", line(organizer.phone.as_ref())),
        ("url", line(organizer.url.as_ref())),
    ])
}

fn contact(contact: &Contact) -> Part {
    object([
        ("email", line(contact.email.as_ref())),
        ("name", text(&contact.name)),
        ("phone", line(contact.phone.as_ref())),
        ("role", line(contact.role.as_ref())),
        ("url", line(contact.url.as_ref())),
    ])
}

fn participation(participation: &Participation) -> Part {
    let price = participation.price.as_ref().map(|price| match price {
        Price::Free => "free".to_owned(),
        Price::Unknown => "charged".to_owned(),
        Price::Amount { cents, currency } => format!("{cents} {currency}"),
    });
    let registration = &participation.registration;
    object([
        ("audience", line(participation.audience.as_ref())),
        ("capacity", participation.capacity.and_then(text)),
        ("deadline", registration.deadline.as_ref().and_then(point)),
        ("email", line(registration.email.as_ref())),
        ("opens", registration.opens.as_ref().and_then(point)),
        ("price", line(price.as_ref())),
        ("recommends", line(participation.recommends.as_ref())),
        ("requires", line(participation.requires.as_ref())),
        ("url", line(registration.url.as_ref())),
    ])
}

fn session(session: &Session) -> Part {
    object([
        ("end", session.time.end().and_then(moment)),
        ("id", line(session.id.as_ref())),
        ("room", session.room.as_ref().and_then(|room| text(&room.name))),
        ("speakers", list(&session.speakers, |speaker| text(speaker))),
        ("start", moment(session.time.start())),
        ("title", text(&session.title)),
    ])
}
