//! CSV documents (RFC 4180) for office software, by the `csv` crate: a row for each event, and for each
//! near date of a series.

use super::facts;
use super::urls::{self, Urls};
use super::words::words;
use crate::model::{EventTime, Published};
use crate::occurrence::{Entry, published_on};

/// Office software takes a file without it for another encoding, and shows no umlauts.
const BYTE_ORDER_MARK: &str = "\u{feff}";

const HEADER: [&str; 17] = [
    "Titel",
    "Untertitel",
    "Beginn",
    "Ende",
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

/// The rows of an event.
pub fn fragment(entry: &Entry, urls: &Urls) -> String {
    let mut rows = writer();
    if entry.published.event.series().is_none() {
        rows.write_record(row(&entry.published, urls)).expect("memory takes everything");
    }
    for occurrence in entry.told() {
        let published = published_on(&entry.published, occurrence);
        rows.write_record(row(&published, urls)).expect("memory takes everything");
    }
    text(rows)
}

/// A feed of finished rows.
pub fn feed(rows: &[&str]) -> String {
    let mut header = writer();
    header.write_record(HEADER).expect("memory takes everything");
    format!("{BYTE_ORDER_MARK}{}{}", text(header), rows.concat())
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new())
}

fn text(writer: csv::Writer<Vec<u8>>) -> String {
    let octets = writer.into_inner().expect("memory takes everything");
    String::from_utf8(octets).expect("fields are UTF-8")
}

fn row(published: &Published, urls: &Urls) -> [String; 17] {
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
        if is_whole_day { "ja" } else { "nein" }.to_owned(),
        words.notice(event.status).map_or("", |notice| notice.label()).to_owned(),
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

/// Text that office software does not take for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text.to_owned() }
}
