//! CSV documents (RFC 4180) for office software, by the `csv` crate: a row for each event, and for each
//! near date of a series.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::body::{Body, Piece};
use super::retirement::Notice;
use super::telling::Telling;
use super::urls::{Suffix, Urls};
use crate::model::{Edition, EventStatus, EventTime, Line, Place, Published, ZonedTime};
use crate::recurrence::Occurrence;
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

/// A finished row, and when its event begins.
pub struct Row {
    begins: DateTime<Utc>,
    text: Piece,
}

/// The row of an event; of a series those of `dates`, which have pages.
pub fn rows(whole: &Telling, dates: &[(Occurrence, Telling)]) -> Vec<Row> {
    let alone = whole.published.event.series().is_none().then_some(whole);
    let tellings = alone.into_iter().chain(dates.iter().map(|(_, telling)| telling));
    tellings.map(Row::of).collect()
}

impl Row {
    fn of(telling: &Telling) -> Self {
        let mut row = writer();
        let fields = fields(telling);
        row.write_record(fields.iter().map(|field| field.as_bytes()))
            .expect("memory takes everything");
        Self { begins: telling.published.event.time.begins(), text: text(row).into() }
    }
}

/// A feed of finished rows, by start.
pub fn feed(mut rows: Vec<&Row>, edition: Edition, earlier: &[Piece]) -> Body {
    rows.sort_by_key(|row| row.begins);
    let mut header = writer();
    let columns = match edition {
        Edition::Original => HEADER,
        Edition::English => ENGLISH,
    };
    header.write_record(columns).expect("memory takes everything");
    let rows = Body::grouped(rows.iter().map(|row| &row.text), earlier);
    rows.between(format!("{BYTE_ORDER_MARK}{}", text(header)), "")
}

/// The row of a feed that has ended.
pub fn end(notice: &Notice<'_>, urls: &Urls) -> Row {
    let day = notice.retirement.day.to_string();
    let mut fields = [const { String::new() }; HEADER.len()];
    for (at, field) in [
        (0, notice.title()),
        (1, notice.sentence(Some(Suffix::Csv), urls)),
        (2, day.clone()),
        (3, day),
        (15, notice.link(None, urls)),
    ] {
        fields[at] = plain(&field).into_owned();
    }
    let mut row = writer();
    row.write_record(fields).expect("memory takes everything");
    Row { begins: notice.retirement.begins, text: text(row).into() }
}

fn writer() -> csv::Writer<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new();
    // Enough for a row; the usual buffer is larger than a hundred of them.
    writer.terminator(csv::Terminator::CRLF).buffer_capacity(512).from_writer(Vec::new())
}

fn text(writer: csv::Writer<Vec<u8>>) -> String {
    let octets = writer.into_inner().expect("memory takes everything");
    String::from_utf8(octets).expect("fields are UTF-8")
}

fn fields<'a>(telling: &'a Telling) -> [Cow<'a, str>; 18] {
    let Published { event, revision, .. } = &*telling.published;
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
    let address = place.and_then(Place::address);
    let line = |line: Option<&'a Line>| plain(line.map_or("", |line| line));
    let tags: Vec<&str> = event.tags.iter().map(|tag| &**tag).collect();
    [
        plain(&event.title),
        line(event.subtitle.as_ref()),
        begin.into(),
        end.into(),
        event.time.zone().name().into(),
        yes_or_no(is_whole_day, event.edition).into(),
        status(event.status, words).into(),
        words.kind_name(event.kind).unwrap_or_default().into(),
        plain(place.map_or(telling.place(), |place| &place.venue.name)),
        line(place.and_then(|place| place.room.as_ref()).map(|room| &room.name)),
        line(address.and_then(|address| address.street.as_ref())),
        line(address.and_then(|address| address.postal_code.as_ref())),
        line(address.map(|address| &address.city)),
        line(event.organizer.as_ref().map(|organizer| &organizer.name)),
        plain(&tags.join(", ")).into_owned().into(),
        plain(&telling.link),
        format!("{} UTC", revision.modified.naive_utc()).into(),
        event.uid.as_str().into(),
    ]
}

fn yes_or_no(is_so: bool, edition: Edition) -> &'static str {
    match (edition, is_so) {
        (Edition::Original, true) => "ja",
        (Edition::Original, false) => "nein",
        (Edition::English, true) => "yes",
        (Edition::English, false) => "no",
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
