//! The nodes of events and series: Event and its subtypes, Offer, Audience, and the sessions of a programme.
//!
//! Google's rules for events require `name`, `startDate`, `location` and its address. A cancelled event keeps every
//! key; only its status changes.

use std::sync::Arc;

use serde::Serialize;

use super::Organization;
use super::place::{Locations, PlaceNode};
use super::schedule::Schedule;
use crate::model::{
    Attachment, Event, EventStatus, Location, Participation, Place, Price, Recurrence, Series,
    Session,
};
use crate::render::context::Context;
use crate::render::event_text::EventText;
use crate::render::json::GAP;
use crate::render::variant::EventVariant;
use crate::render::vocabulary;
use crate::route::{Route, Variant};
use crate::schedule::Entry;
use crate::text::fields::Part;
use crate::text::{dates, field_text};

/// An Event, one of its subtypes, or an EventSeries.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EventNode {
    #[serde(rename = "@type")]
    r#type: &'static str,
    #[serde(rename = "@id")]
    id: String,
    identifier: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    alternate_name: Option<String>,
    description: &'static str,
    url: String,
    start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    door_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_start_date: Option<String>,
    event_status: &'static str,
    event_attendance_mode: &'static str,
    location: Locations,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organizer: Option<Organization>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_accessible_for_free: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offers: Option<Offer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audience: Option<Audience>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum_attendee_capacity: Option<u32>,
    in_language: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subject_of: Vec<DigitalDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_schedule: Option<Schedule>,
    #[serde(skip_serializing_if = "Option::is_none")]
    super_event: Option<SuperEvent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sub_event: Vec<SubEvent>,
}

/// An attachment.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DigitalDocument {
    #[serde(rename = "@type")]
    r#type: &'static str,
    name: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding_format: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Offer {
    #[serde(rename = "@type")]
    r#type: &'static str,
    price: String,
    price_currency: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_from: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Audience {
    #[serde(rename = "@type")]
    r#type: &'static str,
    audience_type: String,
}

/// The series of a date, or the parent event of an event.
#[derive(Serialize)]
struct SuperEvent {
    #[serde(rename = "@type")]
    r#type: &'static str,
    #[serde(rename = "@id")]
    id: String,
    url: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum SubEvent {
    /// A date of a series.
    // It has a node at a URL of its own, so a reference is enough.
    Date(Reference),
    Session(Box<SessionNode>),
}

#[derive(Serialize)]
struct Reference {
    #[serde(rename = "@id")]
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SessionNode {
    #[serde(rename = "@type")]
    r#type: &'static str,
    name: String,
    start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<PlaceNode>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    performer: Vec<Person>,
}

#[derive(Serialize)]
struct Person {
    #[serde(rename = "@type")]
    r#type: &'static str,
    name: String,
}

/// Returns the node of an event that takes place once, or of one date of a series.
pub(crate) fn event(text: &EventText, context: &Context) -> EventNode {
    let event = text.event();
    let (start_date, end_date) = text.machine_time.clone();
    EventNode {
        sub_event: event
            .sessions
            .iter()
            .map(|session| SubEvent::Session(Box::new(self::session(session, event))))
            .collect(),
        ..node(text, context, vocabulary::schema_type(event.kind), start_date, end_date)
    }
}

/// Returns the node of a series, from its first date to its last; `pages` are the pages of its near dates.
pub(crate) fn series(
    entry: &Entry,
    text: &EventText,
    series: &Series,
    pages: &[Route],
    context: &Context,
) -> EventNode {
    let event = text.event();
    let (start_date, _) = text.machine_time.clone();
    // A series without end has no last date.
    let last = entry.occurrences.last().filter(|_| entry.passes.is_some());
    let end_date = last.and_then(|last| dates::machine(&last.time).1);
    EventNode {
        event_schedule: Schedule::of(series, &event.time),
        sub_event: pages
            .iter()
            .map(|page| SubEvent::Date(Reference { id: node_id(&context.urls.absolute(page)) }))
            .collect(),
        ..node(text, context, "EventSeries", start_date, end_date)
    }
}

fn node(
    text: &EventText,
    context: &Context,
    r#type: &'static str,
    start_date: String,
    end_date: Option<String>,
) -> EventNode {
    let event = text.event();
    let page = text.page(context);
    let participation = &event.participation;
    EventNode {
        r#type,
        id: node_id(&page),
        identifier: event.uid.to_string(),
        name: event.title.to_string(),
        alternate_name: event.subtitle.as_ref().map(ToString::to_string),
        // The full text is filled in as bytes that JSON Feed shares.
        description: GAP,
        start_date,
        end_date,
        door_time: event.doors.map(|doors| doors.to_rfc3339()),
        previous_start_date: previous_start_date(event.status),
        event_status: vocabulary::status(event.status).schema_org,
        event_attendance_mode: attendance_mode(event),
        location: Locations::of(&event.location, &page),
        image: event.image.as_ref().map(|image| context.urls.file(&event.slug, &image.source)),
        organizer: event.organizer.as_deref().map(Organization::of),
        is_accessible_for_free: participation.price.as_ref().map(|price| *price == Price::Free),
        offers: offer(participation),
        audience: audience(participation),
        maximum_attendee_capacity: participation.capacity,
        in_language: event.language.as_str().to_owned(),
        keywords: field_text::entries(text.published(), Part::Keyword, &text.zones),
        subject_of: event.attachments.iter().map(|one| document(event, one, context)).collect(),
        event_schedule: None,
        super_event: super_event(&text.of, context),
        sub_event: Vec::new(),
        url: page,
    }
}

fn document(event: &Event, attachment: &Attachment, context: &Context) -> DigitalDocument {
    DigitalDocument {
        r#type: "DigitalDocument",
        name: attachment.label.to_string(),
        url: context.urls.file(&event.slug, &attachment.source),
        encoding_format: attachment.source.own().map(|file| file.name.file_type().media_type()),
    }
}

/// Returns the identity of an event.
// The event is not its page, so its identity is not the URL of the page either.
fn node_id(page: &str) -> String {
    format!("{page}#event")
}

fn super_event(event: &EventVariant, context: &Context) -> Option<SuperEvent> {
    let (r#type, page) = match event.event().recurrence {
        Recurrence::Occurrence(_) => ("EventSeries", event.series_route()),
        Recurrence::Once | Recurrence::Series(_) => {
            // Every parent event has its original page, but not every one has a translation.
            let parent = event.event().part_of.clone()?;
            ("Event", Route::Event(Variant::Original, parent, None))
        }
    };
    let url = context.urls.absolute(&page);
    Some(SuperEvent { r#type, id: node_id(&url), url })
}

fn previous_start_date(status: EventStatus) -> Option<String> {
    match status {
        EventStatus::Moved { previous_start } => previous_start.map(dates::machine_point),
        _ => None,
    }
}

fn attendance_mode(event: &Event) -> &'static str {
    match event.location {
        Location::Onsite(_) => "https://schema.org/OfflineEventAttendanceMode",
        Location::Online(_) => "https://schema.org/OnlineEventAttendanceMode",
        Location::Mixed(..) => "https://schema.org/MixedEventAttendanceMode",
    }
}

/// Returns the offer, if the price is known.
// If taking part has a condition, nobody may be led to think that a click is enough: the offer has no `url`, and the
// condition is in the text and the audience.
fn offer(participation: &Participation) -> Option<Offer> {
    let price = participation.price.as_ref()?;
    let price_currency = match price {
        // A free event has an offer of 0 EUR, beside `isAccessibleForFree`; an unknown price gives no offer below.
        Price::Free | Price::Unknown => "EUR".to_owned(),
        Price::Amount { currency, .. } => currency.to_string(),
    };
    let registration = &participation.registration;
    let is_open = participation.requires.is_none();
    Some(Offer {
        r#type: "Offer",
        price: price.decimal()?,
        price_currency,
        url: registration.url.as_ref().filter(|_| is_open).map(ToString::to_string),
        valid_from: registration.opens.filter(|_| is_open).map(dates::machine_point),
    })
}

fn audience(participation: &Participation) -> Option<Audience> {
    let audience = participation.audience.as_ref().or(participation.requires.as_ref())?;
    Some(Audience { r#type: "Audience", audience_type: audience.to_string() })
}

fn session(session: &Session, event: &Event) -> SessionNode {
    let place = event.location.place();
    let place = session.room.as_ref().zip(place).map(|(room, place)| {
        let place = Place { venue: Arc::clone(&place.venue), room: Some(room.clone()) };
        PlaceNode::of(&place)
    });
    let performers = session.speakers.iter().map(ToString::to_string);
    SessionNode {
        r#type: "Event",
        name: session.title.to_string(),
        start_date: session.time.start().to_rfc3339(),
        end_date: session.time.end().map(|end| end.to_rfc3339()),
        location: place.or_else(|| event.location.place().map(PlaceNode::of)),
        performer: performers.map(|name| Person { r#type: "Person", name }).collect(),
    }
}
