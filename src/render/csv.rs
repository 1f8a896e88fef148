//! CSV documents (RFC 4180) for office software, by the `csv` crate: a row for each event, and for each
//! near date of a series.

use std::borrow::Cow;

use super::body::{Body, SharedBytes};
use super::context::Context;
use super::event_text::EventText;
use super::retirement::Notice;
use super::segment::{EventOutput, EventView, Member, Segment};
use super::variant::FeedPart;
use crate::model::Language;
use crate::route::Format;
use crate::text::fields::{Field, Part, Value, fields_of};
use crate::text::locale::Locale;

/// Office software takes a file without it for another encoding, and shows no umlauts.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Returns the headings of the columns.
fn header(language: &Language) -> Vec<&'static str> {
    let locale = Locale::of(language);
    fields_of(Part::Column).map(|field| locale.heading(field)).collect()
}

/// The row of an event; of a series those of its dates that have pages.
pub fn event(view: &EventView<'_>) -> EventOutput {
    let alone = view.text.event().series().is_none().then_some(view.text);
    let texts = alone.into_iter().chain(view.dates.iter().map(|(_, text)| text));
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

/// A feed of finished rows, by start.
pub fn feed(feed: &FeedPart, members: &[Member<'_>], _: &Context) -> Body {
    let mut rows: Vec<&Segment> = members.iter().flat_map(|one| one.segments).collect();
    rows.sort_by_key(|row| row.begins);
    let mut header = writer();
    header.write_record(self::header(&feed.variant.language())).expect("memory takes everything");
    let head = format!("{BYTE_ORDER_MARK}{}", finished(header));
    Body::framed(head, rows.into_iter().map(|row| &row.body), "")
}

/// The row of a feed that has ended.
pub fn end(notice: &Notice<'_>, context: &Context) -> Vec<Segment> {
    let day = notice.retirement.day.to_string();
    let cells = fields_of(Part::Column).map(|field| match field {
        Field::Title => notice.title(),
        Field::Subtitle => notice.sentence(Some(Format::Csv), &context.urls),
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

fn writer() -> csv::Writer<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new();
    // Enough for a row; the usual buffer is larger than a hundred of them.
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
        // It is a word of the table, not of the event.
        Some(flag @ Value::Flag(_)) => {
            flag.words(Locale::of(&text.of.variant.language()), &text.zones)
        }
        Some(value) => plain(value.words(Locale::of(&text.event().language), &text.zones)),
    }
}

/// Text that office software does not take for a formula.
fn plain(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}").into() } else { text }
}
