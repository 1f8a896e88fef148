//! CSV documents (RFC 4180) for office software, by the `csv` crate: a row for each event, and for each
//! near date of a series.

use std::borrow::Cow;

use chrono::{DateTime, Utc};

use super::body::{Body, Piece};
use super::retirement::Notice;
use super::telling::Telling;
use super::urls::{Suffix, Urls};
use crate::model::{Edition, Language};
use crate::recurrence::Occurrence;
use crate::text::fields::{Field, Part, Value, fields_of};
use crate::text::locale::Locale;

/// Office software takes a file without it for another encoding, and shows no umlauts.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Returns the headings of the columns.
#[must_use]
pub fn header(language: &Language) -> Vec<&'static str> {
    let locale = Locale::of(language);
    fields_of(Part::Column).map(|field| locale.heading(field)).collect()
}

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
        for field in fields_of(Part::Column) {
            row.write_field(&*cell(field, telling)).expect("memory takes everything");
        }
        row.write_record(None::<&[u8]>).expect("memory takes everything");
        Self { begins: telling.published.event.time.begins(), text: text(row).into() }
    }
}

/// A feed of finished rows, by start.
pub fn feed(mut rows: Vec<&Row>, edition: Edition, earlier: &[Piece]) -> Body {
    rows.sort_by_key(|row| row.begins);
    let mut header = writer();
    header.write_record(self::header(&edition.language())).expect("memory takes everything");
    let rows = Body::grouped(rows.iter().map(|row| &row.text), earlier);
    rows.between(format!("{BYTE_ORDER_MARK}{}", text(header)), "")
}

/// The row of a feed that has ended.
pub fn end(notice: &Notice<'_>, urls: &Urls) -> Row {
    let day = notice.retirement.day.to_string();
    let cells = fields_of(Part::Column).map(|field| match field {
        Field::Title => notice.title(),
        Field::Subtitle => notice.sentence(Some(Suffix::Csv), urls),
        Field::Start | Field::End => day.clone(),
        Field::Page => notice.link(None, urls),
        _ => String::new(),
    });
    let mut row = writer();
    row.write_record(cells.map(|cell| plain(cell.into()).into_owned()))
        .expect("memory takes everything");
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

fn cell(field: Field, telling: &Telling) -> Cow<'_, str> {
    let event = &telling.published.event;
    let value = match field {
        Field::Page => Some(Value::Text(&telling.link)),
        field => field.values(&telling.published).into_iter().next(),
    };
    match value {
        None => "".into(),
        Some(Value::Token(word)) => word.into(),
        // It is a word of the table, not of the event.
        Some(flag @ Value::Flag(_)) => {
            flag.words(Locale::of(&event.edition.language()), &telling.zones)
        }
        Some(value) => plain(value.words(Locale::of(&event.language), &telling.zones)),
    }
}

/// Text that office software does not take for a formula.
fn plain(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}").into() } else { text }
}
