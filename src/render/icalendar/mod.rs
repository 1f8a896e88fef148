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

use super::body::{Body, Piece};
use super::retirement::Notice;
use super::telling::Telling;
use super::urls::{self, Suffix, Urls};
use crate::model::{Feed, Site};
use crate::schedule::Entry;
use crate::zone::Zones;

/// RFC 5545 §3.7.3: it names the product and stays the same over its versions.
const PRODID: &str = "-//Aushang//Aushang//DE";

/// Finished VEVENTs of one event, and the zone that their times name.
#[derive(Clone, Debug)]
pub struct Fragment {
    text: Piece,
    /// How many VEVENTs it has.
    entries: usize,
    zone: Option<Tz>,
}

impl Fragment {
    fn new(component: Component<'static>, zone: Option<Tz>) -> Self {
        Self { text: component_text(component).into(), entries: 1, zone }
    }

    /// The VEVENT of an event, and those of its sessions where they are entries of their own.
    fn of(telling: &Telling, urls: &Urls) -> Self {
        let zone = event::zone(&telling.published.event.time, &telling.zones);
        let event = Self::new(event::component(telling, zone, Vec::new()), zone);
        let sessions = event::sessions(telling, urls).into_iter();
        let sessions = sessions.map(|(session, zone)| Self::new(session, zone));
        Self::join(std::iter::once(event).chain(sessions))
    }

    /// All times of an event are in one zone, or in UTC.
    fn join(fragments: impl IntoIterator<Item = Self>) -> Self {
        let fragments: Vec<Self> = fragments.into_iter().collect();
        Self {
            text: fragments.iter().map(|one| one.text.clone()).collect::<Body>().into(),
            entries: fragments.iter().map(|fragment| fragment.entries).sum(),
            zone: fragments.iter().find_map(|fragment| fragment.zone),
        }
    }
}

/// What a feed holds of an event; `dates` are those of a series that are files of their own.
pub fn fragment(
    entry: &Entry,
    telling: &Telling,
    dates: &BTreeMap<NaiveDate, Fragment>,
    urls: &Urls,
) -> Fragment {
    match telling.published.event.series() {
        Some(series) => series::fragment(entry, telling, series, dates, urls),
        None => Fragment::of(telling, urls),
    }
}

/// One date of a series as an entry of its own.
pub fn date(telling: &Telling, urls: &Urls) -> Fragment {
    Fragment::of(telling, urls)
}

/// A feed (RFC 5545 §3.6) of the fragments in `events`.
pub fn feed(
    site: &Site,
    feed: &Feed,
    modified: DateTime<Utc>,
    events: &[&Fragment],
    earlier: &[Piece],
    zones: &Zones,
    urls: &Urls,
) -> Body {
    let mut properties = envelope();
    properties.extend(feed_properties(feed, modified, urls));
    // A series of which nothing is near is no entry either.
    if events.iter().all(|event| event.text.is_empty()) {
        // GNOME keeps the old entries of a calendar that has none.
        let notice = Fragment::new(event::empty_notice(site, feed, modified, zones), None);
        return document(properties, &[&notice], &[], zones);
    }
    document(properties, events, earlier, zones)
}

/// What stands before and behind the entries of a file, for each zone that their times may name.
pub struct Frames(BTreeMap<Option<&'static str>, Body>);

impl Frames {
    pub fn of(used: impl Iterator<Item = Tz>, zones: &Zones) -> Self {
        let used: BTreeMap<_, _> = used.map(|zone| (Some(zone.name()), Some(zone))).collect();
        let all = used.into_iter().chain([(None, None)]);
        Self(all.map(|(name, zone)| (name, frame(envelope(), zone.as_slice(), zones))).collect())
    }
}

/// A feed that has ended.
pub fn ended(site: &Site, notice: &Notice<'_>, zones: &Zones, urls: &Urls) -> Body {
    let mut properties = envelope();
    properties.extend(feed_properties(notice.feed, notice.retirement.begins, urls));
    document(properties, &[&Fragment::new(event::end(site, notice, urls), None)], &[], zones)
}

/// The file of one event or date. It has no calendar name: Outlook would open a new calendar for it.
pub fn single(event: &Fragment, frames: &Frames) -> Body {
    let frame = frames.0.get(&event.zone.map(Tz::name));
    around(frame.expect("it was made for all zones"), [&event.text], &[])
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
fn document(
    properties: Vec<Property<'static>>,
    events: &[&Fragment],
    earlier: &[Piece],
    zones: &Zones,
) -> Body {
    let used: BTreeMap<&str, Tz> =
        events.iter().filter_map(|event| Some((event.zone?.name(), event.zone?))).collect();
    let used: Vec<Tz> = used.into_values().collect();
    around(&frame(properties, &used, zones), events.iter().map(|event| &event.text), earlier)
}

/// A VCALENDAR without entries, in two pieces.
fn frame(mut properties: Vec<Property<'static>>, used: &[Tz], zones: &Zones) -> Body {
    if let [zone] = used {
        properties.push(value::text("X-WR-TIMEZONE", zone.name()));
    }
    let components = used.iter().filter_map(|zone| {
        Some(timezone::component(zone.name(), zones.rules(*zone).shape.as_ref()?))
    });
    let calendar = Calendar { properties, components: components.collect() };
    let calendar = folded(&calendar.to_string());
    let (head, foot) = calendar.split_at(calendar.len() - CALENDAR_END.len());
    Body::from(head).between("", foot)
}

fn around<'a>(
    frame: &Body,
    entries: impl IntoIterator<Item = &'a Piece>,
    earlier: &'a [Piece],
) -> Body {
    let (head, foot) = frame.pieces().split_at(1);
    let entries = Body::grouped(entries, earlier);
    head.iter().chain(entries.pieces()).chain(foot).cloned().collect()
}

/// Octets of a line without its end (RFC 5545 §3.1).
const LINE_LEN: usize = 75;

/// Octets of a usual component.
const COMPONENT: usize = 4096;

const CALENDAR_BEGIN: &str = "BEGIN:VCALENDAR\r\n";
const CALENDAR_END: &str = "END:VCALENDAR\r\n";

/// The crate writes only whole calendars: a component is what stands in a calendar of it alone.
fn component_text(component: Component<'static>) -> String {
    let mut text = String::with_capacity(COMPONENT);
    let calendar = Calendar { properties: Vec::new(), components: vec![component] };
    write!(text, "{calendar}").expect("a String takes everything");
    folded(&text[CALENDAR_BEGIN.len()..text.len() - CALENDAR_END.len()])
}

/// The crate's last line of a folded property can be one octet too long (RFC 5545 §3.1): it takes 75
/// octets behind the space of the fold.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    // Values hold no line ends: these are written as letters.
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
