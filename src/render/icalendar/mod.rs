//! iCalendar documents (RFC 5545, 7986): a feed as one VCALENDAR, and the file of one event.
//!
//! Each event becomes a VEVENT once; feeds are put together from these fragments.

mod budget;
mod event;
mod series;
mod timezone;
mod value;

pub use budget::{Fit, fit};

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use icalendar::parser::{Calendar, Component, Property};

use super::urls::{self, Suffix, Urls};
use super::words::words;
use crate::model::{Feed, Published, Site, zone_rules};
use crate::occurrence::Entry;

/// RFC 5545 §3.7.3: it names the product and stays the same over its versions.
const PRODID: &str = "-//Aushang//Aushang//DE";

/// Finished VEVENTs of one event, and the zone that their times name.
#[derive(Clone, Debug)]
pub struct Fragment {
    text: String,
    /// How many VEVENTs it has.
    entries: usize,
    zone: Option<Tz>,
}

impl Fragment {
    fn new(component: Component<'static>, zone: Option<Tz>) -> Self {
        Self { text: component_text(component), entries: 1, zone }
    }

    /// The VEVENT of an event, and those of its sessions where they are entries of their own.
    fn of(published: &Published, urls: &Urls) -> Self {
        let zone = event::zone(&published.event.time);
        let event = Self::new(event::component(published, urls, zone, Vec::new()), zone);
        let sessions = event::sessions(published, urls).into_iter();
        let sessions = sessions.map(|(session, zone)| Self::new(session, zone));
        Self::join(&std::iter::once(event).chain(sessions).collect::<Vec<_>>())
    }

    /// All times of an event are in one zone, or in UTC.
    fn join<'a>(fragments: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut joined = Self { text: String::new(), entries: 0, zone: None };
        for fragment in fragments {
            joined.text.push_str(&fragment.text);
            joined.entries += fragment.entries;
            joined.zone = joined.zone.or(fragment.zone);
        }
        joined
    }
}

/// What a feed holds of an event, and of a series also the dates that have files of their own.
pub fn fragments(entry: &Entry, urls: &Urls) -> (Fragment, BTreeMap<NaiveDate, Fragment>) {
    match entry.published.event.series() {
        Some(series) => series::fragments(entry, series, urls),
        None => (Fragment::of(&entry.published, urls), BTreeMap::new()),
    }
}

/// A feed (RFC 5545 §3.6) of the fragments in `events`.
pub fn feed(
    site: &Site,
    feed: &Feed,
    modified: DateTime<Utc>,
    events: &[&Fragment],
    urls: &Urls,
) -> String {
    let mut properties = envelope();
    properties.extend(feed_properties(feed, modified, urls));
    // A series of which nothing is near is no entry either.
    if events.iter().all(|event| event.text.is_empty()) {
        // GNOME keeps the old entries of a calendar that has none.
        let notice = Fragment::new(event::empty_notice(site, feed, modified), None);
        return document(properties, &[&notice]);
    }
    document(properties, events)
}

/// The file of one event or date. It has no calendar name: Outlook would open a new calendar for it.
pub fn single(event: &Fragment) -> String {
    document(envelope(), &[event])
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
    let source = urls.absolute(&urls::part_as(feed, Suffix::Ics));
    properties.extend([
        value::uri("URL", &urls.absolute(&urls::part(feed))),
        value::with(value::uri("SOURCE", &source), "VALUE", "URI"),
        value::instant("LAST-MODIFIED", modified),
    ]);
    properties
}

/// A VCALENDAR of its own properties, the zones in use and finished fragments.
fn document(properties: Vec<Property<'static>>, events: &[&Fragment]) -> String {
    let zones: BTreeMap<&str, Tz> =
        events.iter().filter_map(|event| Some((event.zone?.name(), event.zone?))).collect();
    let mut properties = properties;
    if let Some(zone) = zones.keys().next().filter(|_| zones.len() == 1) {
        properties.push(value::text("X-WR-TIMEZONE", zone));
    }
    let components = zones
        .iter()
        .filter_map(|(name, zone)| {
            Some(timezone::component(name, zone_rules(*zone).shape.as_ref()?))
        })
        .collect();
    let calendar = folded(&Calendar { properties, components }.to_string());
    let (head, foot) = calendar.split_at(calendar.len() - CALENDAR_END.len());
    let body: String = events.iter().map(|event| event.text.as_str()).collect();
    format!("{head}{body}{foot}")
}

/// Octets of a line without its end (RFC 5545 §3.1).
const LINE_LEN: usize = 75;

const CALENDAR_BEGIN: &str = "BEGIN:VCALENDAR\r\n";
const CALENDAR_END: &str = "END:VCALENDAR\r\n";

/// The crate writes only whole calendars: a component is what stands in a calendar of it alone.
fn component_text(component: Component<'static>) -> String {
    let mut text = String::new();
    let calendar = Calendar { properties: Vec::new(), components: vec![component] };
    write!(text, "{calendar}").expect("a String takes everything");
    folded(&text[CALENDAR_BEGIN.len()..text.len() - CALENDAR_END.len()])
}

/// The crate's last line of a folded property can be one octet too long (RFC 5545 §3.1): it takes 75
/// octets behind the space of the fold.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for line in text.split_inclusive("\r\n") {
        let content = line.trim_end_matches("\r\n");
        if content.len() <= LINE_LEN {
            folded.push_str(line);
            continue;
        }
        let (kept, rest) = content.split_at(content.floor_char_boundary(LINE_LEN));
        folded.extend([kept, "\r\n ", rest, "\r\n"]);
    }
    folded
}

/// The words of an empty feed.
fn empty_words(feed: &Feed) -> &'static str {
    words(&feed.language).empty_feed
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
