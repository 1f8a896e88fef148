//! iCalendar documents (RFC 5545, 7986): a feed as one VCALENDAR, and the file of one event.
//!
//! Each event is rendered as a VEVENT once, and feeds are assembled from these segments. They are written through the
//! tree of the `icalendar` crate's parser. A writer by hand was measured at 7.6 times its speed; the crate is fast
//! enough if no event is rendered again for another feed, filter or request.

mod budget;
mod event;
mod fold;
mod series;
mod timezone;
mod value;

use std::collections::BTreeMap;
use std::fmt::{self, Write};

use bytes::Bytes;
use chrono_tz::Tz;
use icalendar::parser::{Calendar, Component, Property};

use super::body::{Body, SharedBytes};
use super::context::{Context, Frames};
use super::event_text::EventText;
use super::retirement::Notice;
use super::segment::{EventOutput, EventView, Member, Segment};
use super::variant::FeedVariant;
use crate::route::Format;
use crate::zone::Zones;

pub(crate) use budget::{Fit, fit};

/// The product identifier (RFC 5545 §3.7.3), the same for all versions of the program.
// With a version in it, an update of the program would change every document.
const PRODID: &str = "-//Aushang//Aushang//DE";

/// Renders an event, a series or one date of a series: its VEVENTs, and the file with these alone.
// The file has no calendar name: Outlook would open a new calendar for it.
pub(crate) fn event(view: &EventView<'_>) -> EventOutput {
    let segment = match (view.entry, view.text.event().series()) {
        (Some(entry), Some(series)) => series::segment(entry, view, series),
        _ => alone(view.text, view.context),
    };
    let frame = view.context.calendar_frames.get(&segment.zone.map(Tz::name));
    let [head, foot] = frame.expect("it was made for all zones").clone();
    let document = Body::framed(head, [&segment.body], foot).into();
    EventOutput { document, segments: vec![segment] }
}

/// Renders the VEVENT of an event or a date, and those of its sessions that are entries of their own.
fn alone(text: &EventText, context: &Context) -> Segment {
    let zone = event::zone(&text.event().time, &text.zones);
    let own = segment(event::component(text, zone, Vec::new()), text, zone);
    let sessions = event::sessions(text, context).into_iter();
    let sessions = sessions.map(|(session, zone)| segment(session, text, zone));
    joined(text, std::iter::once(own).chain(sessions))
}

fn segment(component: Component<'static>, text: &EventText, zone: Option<Tz>) -> Segment {
    let begins = text.event().time.begins();
    Segment { body: SharedBytes::One(component_text(component).into()), begins, entries: 1, zone }
}

/// Joins the segments of an event.
// All its times are in one time zone or in UTC, so one zone is enough for all.
fn joined(text: &EventText, segments: impl IntoIterator<Item = Segment>) -> Segment {
    let segments: Vec<Segment> = segments.into_iter().collect();
    Segment {
        body: segments.iter().map(|one| &one.body).collect::<Body>().into(),
        begins: text.event().time.begins(),
        entries: segments.iter().map(|one| one.entries).sum(),
        zone: segments.iter().find_map(|one| one.zone),
    }
}

/// Assembles a feed as a VCALENDAR (§3.4, §3.6).
pub(crate) fn feed(feed: &FeedVariant, members: &[Member<'_>], context: &Context) -> Body {
    let segments = fit(members).segments;
    let mut properties = envelope();
    properties.extend(feed_properties(feed, context));
    // The segment of an expanded series has no entry if none of its dates is near.
    if segments.iter().all(|one| one.entries == 0) {
        // GNOME keeps the former entries of a calendar that has none: an empty feed has a notice.
        let notice = SharedBytes::One(component_text(event::empty_notice(feed, context)).into());
        let [head, foot] = frame(properties, &[], &context.schedule.zones);
        return Body::framed(head, [&notice], foot);
    }
    let used: BTreeMap<&str, Tz> =
        segments.iter().filter_map(|one| Some((one.zone?.name(), one.zone?))).collect();
    let used: Vec<Tz> = used.into_values().collect();
    let [head, foot] = frame(properties, &used, &context.schedule.zones);
    Body::framed(head, segments.into_iter().map(|one| &one.body), foot)
}

/// Renders the entry of a feed that has ended.
pub(crate) fn end(notice: &Notice<'_>, context: &Context) -> Vec<Segment> {
    let body = SharedBytes::One(component_text(event::end(notice, context)).into());
    vec![Segment { body, begins: notice.retirement.begins, entries: 1, zone: None }]
}

/// The bytes before and after the entries of a calendar.
type Frame = [Bytes; 2];

/// Returns the frames of the files of single events, for each time zone that their times may name, and for none.
pub(crate) fn frames(used: impl Iterator<Item = Tz>, zones: &Zones) -> Frames {
    let used: BTreeMap<_, _> = used.map(|zone| (Some(zone.name()), Some(zone))).collect();
    let all = used.into_iter().chain([(None, None)]);
    all.map(|(name, zone)| (name, frame(envelope(), zone.as_slice(), zones))).collect()
}

/// Returns the properties with which every calendar begins.
// There is no METHOD: a subscription is a snapshot of a calendar (§3.7.2). PUBLISH would demand an ORGANIZER (RFC 5546)
// and give DTSTAMP another meaning (§3.8.7.2).
fn envelope() -> Vec<Property<'static>> {
    vec![
        value::raw("VERSION", "2.0"),
        value::text("PRODID", PRODID),
        value::raw("CALSCALE", "GREGORIAN"),
    ]
}

fn feed_properties(part: &FeedVariant, context: &Context) -> Vec<Property<'static>> {
    let feed = &part.feed;
    // Properties of RFC 7986 stand beside the older ones for the same thing. Its UID of a calendar (§5.3) is left out:
    // vdirsyncer would give it to every item.
    let mut properties =
        vec![value::text("NAME", &feed.title), value::text("X-WR-CALNAME", &feed.title)];
    properties.extend(feed.description.iter().flat_map(|description| {
        [value::text("DESCRIPTION", description), value::text("X-WR-CALDESC", description)]
    }));
    properties.extend([
        value::with(value::raw("REFRESH-INTERVAL", "PT1H"), "VALUE", "DURATION"),
        value::raw("X-PUBLISHED-TTL", "PT1H"),
    ]);
    properties.extend(feed.color.iter().flat_map(|color| {
        let [red, green, blue] = color.rgb;
        let hex = format!("#{red:02X}{green:02X}{blue:02X}");
        // COLOR is a name of CSS (RFC 7986 §5.9), Apple's property a number.
        [value::text("COLOR", &color.name), value::raw("X-APPLE-CALENDAR-COLOR", hex)]
    }));
    let source = part.url(Some(Format::Ics), &context.urls);
    properties.extend([
        value::uri("URL", &part.url(None, &context.urls)),
        value::with(value::uri("SOURCE", &source), "VALUE", "URI"),
        value::instant("LAST-MODIFIED", part.modified),
    ]);
    properties
}

/// Returns the frame of a VCALENDAR with the VTIMEZONEs of the zones in use.
fn frame(mut properties: Vec<Property<'static>>, used: &[Tz], zones: &Zones) -> Frame {
    // X-WR-TIMEZONE names one zone for the whole calendar: with two in use, either would be wrong.
    if let [zone] = used {
        properties.push(value::text("X-WR-TIMEZONE", zone.name()));
    }
    let components = used.iter().filter_map(|zone| {
        Some(timezone::component(zone.name(), zones.rules(*zone).yearly_rules.as_ref()?))
    });
    let calendar = Calendar { properties, components: components.collect() };
    let calendar = Bytes::from(folded(&calendar.to_string()));
    let end = calendar.len() - CALENDAR_END.len();
    [calendar.slice(..end), calendar.slice(end..)]
}

/// The number of octets that a line may have, without its end (RFC 5545 §3.1).
const LINE_LEN: usize = 75;

/// The length in bytes from which a value is folded here.
const LONG: usize = 1024;

/// The number of bytes of a usual component.
const COMPONENT: usize = 4096;

const CALENDAR_END: &str = "END:VCALENDAR\r\n";

/// Returns the text of one component.
fn component_text(component: Component<'static>) -> String {
    let mut text = String::with_capacity(COMPONENT);
    write_component(&component, &mut text).expect("a String takes everything");
    folded(&text)
}

fn write_component(component: &Component<'_>, text: &mut String) -> fmt::Result {
    let Component { name, properties, components } = component;
    write!(text, "BEGIN:{name}\r\n")?;
    for property in properties {
        if property.val.as_str().len() < LONG {
            write!(text, "{property}")?;
        } else {
            fold::write(property, text)?;
        }
    }
    components.iter().try_for_each(|one| write_component(one, text))?;
    write!(text, "END:{name}\r\n")
}

/// Returns content lines in which none has more than 75 octets (RFC 5545 §3.1).
// In the crate's output, the last line of a folded property can be one octet too long: it takes 75 octets after the
// space of the fold.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // Every line end here is that of a line: in values they are written as `\n`.
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\r', '\n']);
        if content.len() <= LINE_LEN {
            folded.push_str(line);
            continue;
        }
        let (kept, rest) = content.split_at(content.floor_char_boundary(LINE_LEN));
        folded.extend([kept, "\r\n ", rest, "\r\n"]);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::{LINE_LEN, component_text, value};

    #[test]
    fn no_line_is_too_long_whatever_the_length_of_a_text() {
        for length in 1..400 {
            for letter in ["x", "ü", "🎉"] {
                let word = letter.repeat(length);
                let text =
                    component_text(value::component("VEVENT", vec![value::text("SUMMARY", &word)]));
                assert!(text.split("\r\n").all(|line| line.len() <= LINE_LEN), "{text}");
                let line = format!("SUMMARY:{word}\r\n");
                assert!(text.replace("\r\n ", "").contains(&line), "{text}");
            }
        }
    }
}
