//! CSV documents (RFC 4180) for office software, by the `csv` crate: a row for each event, and for each date of a
//! series that has a page.
//!
//! A series itself has no row: a table knows no rules, and its readers sort and filter by date.

use std::borrow::Cow;

use super::body::{Body, SharedBytes};
use super::context::Context;
use super::event_text::EventText;
use super::retirement::Notice;
use super::segment::{EventOutput, EventView, Member, Segment};
use super::variant::FeedVariant;
use crate::model::Language;
use crate::route::Format;
use crate::text::fields::{Field, Part, Value, fields_of};
use crate::text::locale::Locale;

/// The byte order mark of UTF-8.
// Excel takes a file without it for another encoding, and shows no umlauts.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Returns the headings of the columns.
fn header(language: &Language) -> Vec<&'static str> {
    let locale = Locale::of(language);
    fields_of(Part::Column).map(|field| locale.heading(field)).collect()
}

/// Renders the row of an event, or the rows of the dates of a series that have pages.
pub(crate) fn event(view: &EventView<'_>) -> EventOutput {
    let alone = view.text.event().series().is_none().then_some(view.text);
    let texts = alone.into_iter().chain(view.occurrences.iter().map(|(_, text)| text));
    EventOutput { document: SharedBytes::default(), segments: texts.map(row).collect() }
}

fn row(text: &EventText) -> Segment {
    let mut row = writer();
    for field in fields_of(Part::Column) {
        row.write_field(&*cell(field, text)).expect("memory takes everything");
    }
    row.write_record(None::<&[u8]>).expect("memory takes everything");
    Segment {
        body: SharedBytes::One(finished(row).into()),
        begins: text.event().time.begins(),
        entries: 1,
        zone: None,
    }
}

/// Assembles a feed of finished rows, by start.
pub(crate) fn feed(feed: &FeedVariant, members: &[Member<'_>], _: &Context) -> Body {
    // The dates of a series are rows among those of other events; the sort is stable, so rows of one instant keep the
    // order of their events.
    let mut rows: Vec<&Segment> = members.iter().flat_map(|one| one.segments).collect();
    rows.sort_by_key(|row| row.begins);
    let mut header = writer();
    header.write_record(self::header(&feed.variant.language())).expect("memory takes everything");
    let head = format!("{BYTE_ORDER_MARK}{}", finished(header));
    Body::framed(head, rows.into_iter().map(|row| &row.body), "")
}

/// Renders the row that says that a feed has ended.
pub(crate) fn end(notice: &Notice<'_>, context: &Context) -> Vec<Segment> {
    let day = notice.retirement.day.to_string();
    let cells = fields_of(Part::Column).map(|field| match field {
        Field::Title => notice.title(),
        Field::Subtitle => notice.message(Some(Format::Csv), &context.urls),
        Field::Start | Field::End => day.clone(),
        Field::Page => notice.link(&context.urls),
        _ => String::new(),
    });
    let mut row = writer();
    row.write_record(cells.map(|cell| plain(cell.into()).into_owned()))
        .expect("memory takes everything");
    let (body, begins) = (SharedBytes::One(finished(row).into()), notice.retirement.begins);
    vec![Segment { body, begins, entries: 1, zone: None }]
}

/// Returns a writer of rows.
// RFC 4180 §2 ends each row with CRLF.
fn writer() -> csv::Writer<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new();
    // 512 bytes are enough for a row; the crate's own buffer is larger than a hundred of them, and each event has one.
    writer.terminator(csv::Terminator::CRLF).buffer_capacity(512).from_writer(Vec::new())
}

fn finished(writer: csv::Writer<Vec<u8>>) -> String {
    let bytes = writer.into_inner().expect("memory takes everything");
    String::from_utf8(bytes).expect("fields are UTF-8")
}

fn cell(field: Field, text: &EventText) -> Cow<'_, str> {
    let value = match field {
        Field::Page => Some(Value::Text(&text.link)),
        field => field.values(text.published()).into_iter().next(),
    };
    match value {
        None => "".into(),
        Some(Value::Token(word)) => word.into(),
        // "ja" and "nein" are words of the table, so they follow its language and not that of the event.
        Some(flag @ Value::Flag(_)) => {
            flag.text(Locale::of(&text.of.variant.language()), &text.zones)
        }
        Some(value) => plain(value.text(Locale::of(&text.event().language), &text.zones)),
    }
}

/// Returns a text that office software does not take for a formula.
// Excel computes a cell that begins with one of these characters, whoever wrote it.
fn plain(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}").into() } else { text }
}
