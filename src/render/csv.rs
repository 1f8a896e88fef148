//! CSV documents (RFC 4180) for office software, by the `csv` crate: a row for each event, and for each
//! near date of a series.

use chrono::{DateTime, Utc};

use super::body::{Body, Piece};
use super::retirement::Notice;
use super::telling::Telling;
use super::urls::{self, Suffix, Urls};
use super::words::{Words, words};
use super::{changes, facts};
use crate::model::{Edition, EventStatus, EventTime, Published};
use crate::occurrence::Occurrence;

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
pub fn rows(whole: &Telling, dates: &[(Occurrence, Telling)], urls: &Urls) -> Vec<Row> {
    let alone = whole.published.event.series().is_none().then_some(whole);
    let tellings = alone.into_iter().chain(dates.iter().map(|(_, telling)| telling));
    tellings.map(|telling| Row::of(&telling.published, urls)).collect()
}

impl Row {
    fn of(published: &Published, urls: &Urls) -> Self {
        let mut row = writer();
        row.write_record(fields(published, urls)).expect("memory takes everything");
        Self { begins: published.event.time.begins(), text: text(row).into() }
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
        fields[at] = plain(&field);
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

fn fields(published: &Published, urls: &Urls) -> [String; 18] {
    let Published { event, revision, .. } = published;
    let words = words(&event.language);
    let (begin, end) = match &event.time {
        EventTime::Days(days) => (days.first().to_string(), days.last().to_string()),
        EventTime::Timed(span) => {
            let local = |time: crate::model::ZonedTime| time.format("%Y-%m-%d %H:%M").to_string();
            (local(span.start()), span.end().map(local).unwrap_or_default())
        }
    };
    let is_whole_day = matches!(event.time, EventTime::Days(_));
    let place = event.location.place();
    let address = place.map(|place| &place.venue.address);
    let line =
        |line: Option<&crate::model::Line>| line.map(ToString::to_string).unwrap_or_default();
    let tags: Vec<&str> = event.tags.iter().map(|tag| &**tag).collect();
    [
        plain(&event.title),
        plain(&line(event.subtitle.as_ref())),
        begin,
        end,
        event.time.zone().name().to_owned(),
        yes_or_no(is_whole_day, event.edition).to_owned(),
        status(event.status, words).to_owned(),
        words.kind_name(event.kind).unwrap_or_default().to_owned(),
        plain(
            &place
                .map_or_else(|| facts::location_line(event), |place| place.venue.name.to_string()),
        ),
        plain(&line(place.and_then(|place| place.room.as_ref()).map(|room| &room.name))),
        plain(&line(address.and_then(|address| address.street.as_ref()))),
        plain(&line(address.and_then(|address| address.postal_code.as_ref()))),
        plain(&line(address.map(|address| &address.city))),
        plain(&line(event.organizer.as_ref().map(|organizer| &organizer.name))),
        plain(&tags.join(", ")),
        urls.absolute(&urls::home_of(published)),
        revision.modified.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
        event.uid.to_string(),
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
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}
