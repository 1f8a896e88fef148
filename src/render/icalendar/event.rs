//! VEVENT (RFC 5545 §3.6.1) of events, sessions and notices.
//!
//! A VEVENT never has VALARM, ORGANIZER, ATTENDEE or ATTACH: clients ring, invite or send mail for them.

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use icalendar::parser::{Component, Property};

use super::value;
use crate::model::{
    Event, EventTime, Place, Published, Revision, Session, TimeSpan, Uid, ZonedTime,
};
use crate::render::context::Context;
use crate::render::event_text::EventText;
use crate::render::retirement::Notice;
use crate::render::variant::FeedVariant;
use crate::render::vocabulary;
use crate::route::Format;
use crate::text::dates::HOME_ZONE;
use crate::text::fields::Part;
use crate::text::locale::Locale;
use crate::text::{description, field_text, titles};
use crate::zone::Zones;

/// Returns the time zone that an event's times name; `None` if they are dates or written in UTC.
pub(crate) fn zone(time: &EventTime, zones: &Zones) -> Option<Tz> {
    match time {
        EventTime::Days(_) => None,
        EventTime::Timed(span) => span_zone(span, zones),
    }
}

fn span_zone(span: &TimeSpan, zones: &Zones) -> Option<Tz> {
    let zone = span.start().timezone();
    // RFC 5545 §3.3.5 reads a repeated wall-clock time as its first instant only, and a VTIMEZONE does not cover times
    // before its yearly rules began: both are written in UTC.
    let is_plain = |time: ZonedTime| zones.is_by_yearly_rules(time) && time.repeated().is_none();
    let is_named = is_plain(span.start()) && span.end().is_none_or(is_plain);
    is_named.then_some(zone)
}

/// Returns the VEVENT of an event; `zone` is the result of [`zone`], and `recurrence` are the properties of a series or
/// of an override.
pub(crate) fn component(
    text: &EventText,
    zone: Option<Tz>,
    recurrence: Vec<Property<'static>>,
) -> Component<'static> {
    let Published { event, revision, .. } = text.published();
    // Without METHOD, DTSTAMP is the instant of the last revision (§3.8.7.2), not that of the request. GNOME compares
    // only the properties of the revision, ICSx5 only LAST-MODIFIED, and Google ignores a change without both.
    let mut properties =
        vec![value::text("UID", event.uid.as_str()), value::instant("DTSTAMP", revision.modified)];
    properties.extend(times(&event.time, zone));
    properties.extend(recurrence);
    properties.extend(revision_properties(revision));
    properties.extend(texts(text));
    properties.extend(place(text));
    properties.push(value::uri("URL", &text.link));
    properties.extend(
        field_text::contact_line(text.published(), &text.zones)
            .map(|line| value::text("CONTACT", &line)),
    );
    properties.extend(categories(text));
    properties.push(value::raw("CLASS", "PUBLIC"));
    properties.extend(transparency(event.busy && event.takes_place()));
    properties.extend(conference(event));
    value::component("VEVENT", properties)
}

/// Returns the VEVENTs of the sessions that are entries of their own, each with the time zone that its times name.
pub(crate) fn sessions(
    text: &EventText,
    context: &Context,
) -> Vec<(Component<'static>, Option<Tz>)> {
    let Published { event, revision, .. } = text.published();
    let link = text.page(context);
    let sessions = event.sessions.iter().filter(|_| event.has_session_entries);
    let entries = sessions.filter_map(|session| {
        let uid = event.uid.session(session.id.as_ref()?);
        let zone = span_zone(&session.time, &text.zones);
        Some((self::session(session, &uid, event, revision, &link, zone), zone))
    });
    entries.collect()
}

fn session(
    session: &Session,
    uid: &str,
    event: &Event,
    revision: &Revision,
    link: &str,
    zone: Option<Tz>,
) -> Component<'static> {
    let description =
        format!("{}\n{}\n\n{link}", event.title, description::session_line(session, event));
    let mut properties =
        vec![value::text("UID", uid), value::instant("DTSTAMP", revision.modified)];
    properties.extend(zoned_times(&session.time, zone));
    properties.extend(revision_properties(revision));
    properties.extend([
        value::raw("STATUS", vocabulary::status(event.status).icalendar),
        value::text("SUMMARY", &titles::session_title(session, event)),
        value::text("DESCRIPTION", &description),
        value::text("LOCATION", &titles::session_place(session, event)),
        value::uri("URL", link),
        value::raw("CLASS", "PUBLIC"),
    ]);
    properties.extend(transparency(event.busy && event.takes_place()));
    value::component("VEVENT", properties)
}

fn times(time: &EventTime, zone: Option<Tz>) -> Vec<Property<'static>> {
    match time {
        EventTime::Days(days) => {
            // DTEND is exclusive (§3.6.1): that of one whole day is the day after.
            vec![value::date("DTSTART", days.first()), value::date("DTEND", days.day_after())]
        }
        EventTime::Timed(span) => zoned_times(span, zone),
    }
}

fn zoned_times(span: &TimeSpan, zone: Option<Tz>) -> Vec<Property<'static>> {
    let start = moment("DTSTART", span.start(), zone);
    std::iter::once(start).chain(span.end().map(|end| moment("DTEND", end, zone))).collect()
}

/// Returns a property with a wall-clock time in `zone`, or with the instant in UTC if there is no zone.
// Never without either: a floating time is another instant for each reader (§3.3.5, form 1).
pub(crate) fn moment(name: &'static str, time: ZonedTime, zone: Option<Tz>) -> Property<'static> {
    match zone {
        Some(zone) => value::with(value::local(name, time.naive_local()), "TZID", zone.name()),
        None => value::instant(name, time.to_utc()),
    }
}

fn revision_properties(revision: &Revision) -> [Property<'static>; 3] {
    [
        value::raw("SEQUENCE", revision.sequence.to_string()),
        value::instant("CREATED", revision.created),
        value::instant("LAST-MODIFIED", revision.modified),
    ]
}

fn texts(text: &EventText) -> [Property<'static>; 3] {
    let event = text.event();
    // DESCRIPTION is the full text, the link included: not every client shows URL.
    let description = [text.description(), "\n\n", &text.link].concat();
    [
        value::raw("STATUS", vocabulary::status(event.status).icalendar),
        value::text("SUMMARY", &titles::announced_title(event)),
        value::text("DESCRIPTION", description.trim_start()),
    ]
}

fn place(text: &EventText) -> Vec<Property<'static>> {
    let line = text.place();
    let mut properties = vec![value::text("LOCATION", line)];
    let geo = text.event().location.place().and_then(|Place { venue, .. }| venue.geo);
    // Beside GEO, Apple's own property, with the same text as LOCATION.
    properties.extend(geo.into_iter().flat_map(|geo| {
        let (latitude, longitude) = (geo.latitude(), geo.longitude());
        let point =
            value::uri("X-APPLE-STRUCTURED-LOCATION", &format!("geo:{latitude},{longitude}"));
        let point = value::with(value::with(point, "VALUE", "URI"), "X-TITLE", line);
        [value::raw("GEO", format!("{latitude};{longitude}")), point]
    }));
    properties
}

/// Returns a CATEGORIES property for each category.
// In a list, ical.js does not see the comma after a category that ends in a backslash.
fn categories(text: &EventText) -> impl Iterator<Item = Property<'static>> {
    field_text::entries(text.published(), Part::Category, &text.zones)
        .into_iter()
        .map(|category| value::text("CATEGORIES", &category))
}

/// Returns the properties that say whether the time is busy.
// Outlook reads X-MICROSOFT-CDO-BUSYSTATUS only.
fn transparency(is_busy: bool) -> [Property<'static>; 2] {
    let (transparency, status) = if is_busy { ("OPAQUE", "BUSY") } else { ("TRANSPARENT", "FREE") };
    [value::raw("TRANSP", transparency), value::raw("X-MICROSOFT-CDO-BUSYSTATUS", status)]
}

/// Returns the CONFERENCE (RFC 7986 §5.11) of an event with a public link.
// A link that is not public stays out of every document; the text says how to get it.
fn conference(event: &Event) -> Option<Property<'static>> {
    let online = event.location.online()?;
    // CONFERENCE has no default type, so it names its own.
    let property =
        value::with(value::uri("CONFERENCE", online.public_url()?.as_str()), "VALUE", "URI");
    Some(match &online.label {
        Some(label) => value::with(property, "LABEL", label),
        None => property,
    })
}

/// Returns the entry of an empty feed: a whole-day notice on the day since which the feed has been empty.
pub(crate) fn empty_notice(part: &FeedVariant, context: &Context) -> Component<'static> {
    let day = context.schedule.zones.at(part.modified, HOME_ZONE).date_naive();
    let uid = context.site.id.notice_uid(&part.feed.slug);
    let summary = value::text("SUMMARY", Locale::of(&part.feed.language).feed.empty);
    notice(&uid, day, part.modified, vec![summary])
}

/// Returns the entry of a feed that has ended, on the day of its end.
pub(crate) fn end(end: &Notice<'_>, context: &Context) -> Component<'static> {
    let texts = vec![
        value::text("SUMMARY", &end.title()),
        value::text("DESCRIPTION", &end.message(Some(Format::Ics), &context.urls)),
        value::uri("URL", &end.link(&context.urls)),
    ];
    let uid = context.site.id.end_uid(&end.feed.feed.slug);
    notice(&uid, end.retirement.day, end.retirement.begins, texts)
}

fn notice(
    uid: &Uid,
    day: NaiveDate,
    since: DateTime<Utc>,
    texts: Vec<Property<'static>>,
) -> Component<'static> {
    let mut properties = vec![
        value::text("UID", uid.as_str()),
        value::instant("DTSTAMP", since),
        value::date("DTSTART", day),
        value::date("DTEND", day + Days::new(1)),
    ];
    let revision = Revision { sequence: 0, created: since, modified: since };
    properties.extend(revision_properties(&revision));
    properties.extend(texts);
    properties.push(value::raw("CLASS", "PUBLIC"));
    properties.extend(transparency(false));
    value::component("VEVENT", properties)
}
