//! iCalendar documents (RFC 5545, 7986): a feed as one VCALENDAR, and the file of one event.
//!
//! Each event becomes a VEVENT once; feeds are put together from these fragments.

mod event;
mod timezone;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use icalendar::parser::{Calendar, Component, Property};

use super::urls::{self, Suffix, Urls};
use super::words::words;
use crate::model::{Feed, Published, Site};

pub use timezone::Shape;

/// RFC 5545 §3.7.3: it names the product and stays the same over its versions.
const PRODID: &str = "-//Aushang//Aushang//DE";

/// The shapes of all zones in use by their names; `None` for a zone that is written in UTC.
pub type Shapes = BTreeMap<&'static str, Option<Shape>>;

/// Finished VEVENTs of one event, and the zone that their times name.
#[derive(Clone, Debug)]
pub struct Fragment {
    text: String,
    zone: Option<&'static str>,
}

/// The shape of each of `zones`, worked out once.
pub fn shapes(zones: impl Iterator<Item = Tz>) -> Shapes {
    let mut shapes = Shapes::new();
    for zone in zones {
        shapes.entry(zone.name()).or_insert_with(|| timezone::shape(zone));
    }
    shapes
}

/// The VEVENT of an event, and those of its sessions where they are entries of their own.
pub fn fragment(published: &Published, urls: &Urls, shapes: &Shapes) -> Fragment {
    let zone = event::zone(&published.event.time, shapes);
    let mut text = component_text(event::component(published, urls, zone));
    let mut zones = vec![zone];
    for (session, zone) in event::sessions(published, urls, shapes) {
        text.push_str(&component_text(session));
        zones.push(zone);
    }
    // All times of an event are in one zone, or in UTC.
    Fragment { text, zone: zones.into_iter().flatten().next().map(chrono_tz::Tz::name) }
}

/// A feed (RFC 5545 §3.6) of the fragments in `events`.
pub fn feed(
    site: &Site,
    feed: &Feed,
    modified: DateTime<Utc>,
    events: &[&Fragment],
    urls: &Urls,
    shapes: &Shapes,
) -> String {
    let mut properties = envelope();
    properties.extend(feed_properties(feed, modified, urls));
    if events.is_empty() {
        // GNOME keeps the old entries of a calendar that has none.
        let notice = component_text(event::empty_notice(site, feed, modified));
        return document(properties, &[&Fragment { text: notice, zone: None }], shapes);
    }
    document(properties, events, shapes)
}

/// The file of one event. It has no calendar name: Outlook would open a new calendar for it.
pub fn single(event: &Fragment, shapes: &Shapes) -> String {
    document(envelope(), &[event], shapes)
}

/// What every calendar begins with; no METHOD, for a subscription is a snapshot (§3.7.2).
fn envelope() -> Vec<Property<'static>> {
    vec![
        value::raw("VERSION", "2.0"),
        value::text("PRODID", PRODID),
        value::raw("CALSCALE", "GREGORIAN"),
    ]
}

fn feed_properties(feed: &Feed, modified: DateTime<Utc>, urls: &Urls) -> Vec<Property<'static>> {
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
        [value::text("COLOR", &color.name), value::raw("X-APPLE-CALENDAR-COLOR", hex)]
    }));
    let source = urls.absolute(&urls::feed_as(&feed.slug, Suffix::Ics));
    properties.extend([
        value::uri("URL", &urls.absolute(&urls::feed(&feed.slug))),
        value::with(value::uri("SOURCE", &source), "VALUE", "URI"),
        value::instant("LAST-MODIFIED", modified),
    ]);
    properties
}

/// A VCALENDAR of its own properties, the zones in use and finished fragments.
fn document(properties: Vec<Property<'static>>, events: &[&Fragment], shapes: &Shapes) -> String {
    let zones: BTreeSet<&str> = events.iter().filter_map(|event| event.zone).collect();
    let mut properties = properties;
    if let Some(zone) = zones.first().filter(|_| zones.len() == 1) {
        properties.push(value::text("X-WR-TIMEZONE", zone));
    }
    let components = zones
        .iter()
        .filter_map(|zone| Some(timezone::component(zone, shapes.get(zone)?.as_ref()?)))
        .collect();
    let calendar = Calendar { properties, components }.to_string();
    let (head, foot) = calendar.split_at(calendar.len() - CALENDAR_END.len());
    let body: String = events.iter().map(|event| event.text.as_str()).collect();
    format!("{head}{body}{foot}")
}

const CALENDAR_BEGIN: &str = "BEGIN:VCALENDAR\r\n";
const CALENDAR_END: &str = "END:VCALENDAR\r\n";

/// The crate writes only whole calendars: a component is what stands in a calendar of it alone.
fn component_text(component: Component<'static>) -> String {
    let mut text = String::new();
    let calendar = Calendar { properties: Vec::new(), components: vec![component] };
    write!(text, "{calendar}").expect("a String takes everything");
    text[CALENDAR_BEGIN.len()..text.len() - CALENDAR_END.len()].to_owned()
}

/// The words of an empty feed.
fn empty_words(feed: &Feed) -> &'static str {
    words(&feed.language).empty_feed
}
