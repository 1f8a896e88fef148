//! CSV documents (RFC 4180) for office software, by the `csv` crate: a row for each event, and for each
//! near date of a series.

use std::borrow::Cow;

use super::body::{Body, Part};
use super::context::Context;
use super::event_text::EventText;
use super::formats::{EventOutput, EventView, Member, Segment};
use super::retirement::Notice;
use super::variant::FeedPart;
use crate::model::{EventStatus, EventTime, Line, Published, ZonedTime};
use crate::route::{Format, Variant};
use crate::text::locale::{Words, words};
use crate::text::{changes, dates};

/// Office software takes a file without it for another encoding, and shows no umlauts.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The columns, in German.
pub const HEADER: [&str; 18] = [
    "Titel",
    "Untertitel",
    "Beginn",
    "Ende",
    "Zeitzone",
    "Ganztägig",
    "Status",
    "Art",
    "Ort",
    "Raum",
    "Straße",
    "PLZ",
    "Stadt",
    "Veranstalter",
    "Themen",
    "Adresse",
    "Zuletzt geändert",
    "UID",
];

/// The same in English.
const ENGLISH: [&str; 18] = [
    "Title",
    "Subtitle",
    "Start",
    "End",
    "Time zone",
    "All day",
    "Status",
    "Type",
    "Place",
    "Room",
    "Street",
    "Postcode",
    "Town",
    "Organizer",
    "Topics",
    "Address",
    "Last changed",
    "UID",
];

/// The row of an event; of a series those of its dates that have pages.
pub fn event(view: &EventView<'_>) -> EventOutput {
    let alone = view.text.event().series().is_none().then_some(view.text);
    let texts = alone.into_iter().chain(view.dates.iter().map(|(_, text)| text));
    EventOutput { document: Part::default(), segments: texts.map(row).collect() }
}

fn row(text: &EventText) -> Segment {
    let mut row = writer();
    let fields = fields(text);
    row.write_record(fields.iter().map(|field| field.as_bytes())).expect("memory takes everything");
    Segment {
        body: Part::One(finished(row).into()),
        begins: text.event().time.begins(),
        entries: 1,
        zone: None,
    }
}

/// A feed of finished rows, by start.
pub fn feed(feed: &FeedPart, members: &[Member<'_>], _: &Context) -> Body {
    let mut rows: Vec<&Segment> = members.iter().flat_map(|one| one.segments).collect();
    rows.sort_by_key(|row| row.begins);
    let mut header = writer();
    let columns = match feed.variant {
        Variant::Original => HEADER,
        Variant::English => ENGLISH,
    };
    header.write_record(columns).expect("memory takes everything");
    let head = format!("{BYTE_ORDER_MARK}{}", finished(header));
    Body::framed(head, rows.into_iter().map(|row| &row.body), "")
}

/// The row of a feed that has ended.
pub fn end(notice: &Notice<'_>, context: &Context) -> Option<Segment> {
    let day = notice.retirement.day.to_string();
    let mut fields = [const { String::new() }; HEADER.len()];
    for (at, field) in [
        (0, notice.title()),
        (1, notice.sentence(Some(Format::Csv), &context.urls)),
        (2, day.clone()),
        (3, day),
        (15, notice.link(&context.urls)),
    ] {
        fields[at] = plain(&field).into_owned();
    }
    let mut row = writer();
    row.write_record(fields).expect("memory takes everything");
    let body = Part::One(finished(row).into());
    let begins = notice.retirement.begins;
    Some(Segment { body, begins, entries: 1, zone: None })
}

fn writer() -> csv::Writer<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new();
    // Enough for a row; the usual buffer is larger than a hundred of them.
    writer.terminator(csv::Terminator::CRLF).buffer_capacity(512).from_writer(Vec::new())
}

fn finished(writer: csv::Writer<Vec<u8>>) -> String {
    let octets = writer.into_inner().expect("memory takes everything");
    String::from_utf8(octets).expect("fields are UTF-8")
}

fn fields<'a>(text: &'a EventText) -> [Cow<'a, str>; 18] {
    let Published { event, revision, .. } = text.published();
    let words = words(&event.language);
    let (begin, end) = match &event.time {
        EventTime::Days(days) => (days.first().to_string(), days.last().to_string()),
        EventTime::Timed(span) => {
            let local = |time: ZonedTime| format!("{} {}", time.date_naive(), dates::clock(time));
            (local(span.start()), span.end().map(local).unwrap_or_default())
        }
    };
    let is_whole_day = matches!(event.time, EventTime::Days(_));
    let place = event.location.place();
    let address = place.map(|place| &place.venue.address);
    let line = |line: Option<&'a Line>| plain(line.map_or("", |line| line));
    let tags: Vec<&str> = event.tags.iter().map(|tag| &**tag).collect();
    [
        plain(&event.title),
        line(event.subtitle.as_ref()),
        begin.into(),
        end.into(),
        event.time.zone().name().into(),
        yes_or_no(is_whole_day, text.of.variant).into(),
        status(event.status, words).into(),
        words.kind_name(event.kind).unwrap_or_default().into(),
        plain(place.map_or(text.place(), |place| &place.venue.name)),
        line(place.and_then(|place| place.room.as_ref()).map(|room| &room.name)),
        line(address.and_then(|address| address.street.as_ref())),
        line(address.and_then(|address| address.postal_code.as_ref())),
        line(address.map(|address| &address.city)),
        line(event.organizer.as_ref().map(|organizer| &organizer.name)),
        plain(&tags.join(", ")).into_owned().into(),
        plain(&text.link),
        format!("{} UTC", revision.modified.naive_utc()).into(),
        event.uid.as_str().into(),
    ]
}

fn yes_or_no(is_so: bool, variant: Variant) -> &'static str {
    match (variant, is_so) {
        (Variant::Original, true) => "ja",
        (Variant::Original, false) => "nein",
        (Variant::English, true) => "yes",
        (Variant::English, false) => "no",
    }
}

/// What stands in the way of plans; nothing where all is as announced.
fn status(status: EventStatus, words: &Words) -> &'static str {
    match status {
        EventStatus::Confirmed => "",
        status => changes::status_name(status, words),
    }
}

/// Text that office software does not take for a formula.
fn plain(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}").into() } else { text.into() }
}
