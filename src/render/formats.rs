//! THE table of formats: everything that there is to say of a format stands in its row.
//!
//! A new format is a file with its functions, a variant of [`Format`] with its suffix, and a row here. Feeds, pages,
//! links, the catalogue and the proof of them iterate over the rows.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::body::{Body, Part};
use super::context::Context;
use super::event_text::EventText;
use super::item::Item;
use super::retirement::Notice;
use super::syndicated::Syndicated;
use super::variant::FeedPart;
use super::{atom, csv, icalendar, json_feed, json_ld, rss};
use crate::recurrence::Occurrence;
use crate::route::Format;
use crate::schedule::Entry;

/// A format of feeds and events.
pub struct Row {
    pub format: Format,
    /// `Content-Type` (RFC 9110 §8.3); without parameters it is what IANA and links name.
    pub content_type: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// The name of the file type in the vocabulary of the EU, for the catalogue.
    pub file_type: &'static str,
    /// Who reads it.
    pub readers: Readers,
    /// Whether the heads of pages name it: feed readers and search engines look there.
    pub in_head: bool,
    /// Whether the overview links to it.
    pub on_overview: bool,
    /// Whether the log of changes is published in it.
    pub has_change_log: bool,
    /// How it is written.
    pub writer: Writer,
}

impl Row {
    /// Returns whether feeds in this format are of items, with archives.
    pub fn has_items(&self) -> bool {
        matches!(self.writer, Writer::Items { .. })
    }
}

/// Who reads a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    Calendars,
    FeedReaders,
    Office,
    Programs,
}

/// The functions of a format.
pub enum Writer {
    /// An entry for each event, all of them in one document.
    Entries {
        event: fn(&EventView<'_>) -> EventOutput,
        feed: fn(&FeedPart, &[Member<'_>], &Context) -> Body,
        /// What a feed holds that has ended.
        end: fn(&Notice<'_>, &Context) -> Option<Segment>,
    },
    /// An item for each event and for each of its changes, newest first; older ones in archives (RFC 5005).
    Items {
        item: fn(&Item<'_>, &Context) -> Body,
        feed: fn(&Syndicated<'_>, &[&Part], &Context) -> Body,
    },
}

/// An event as a writer sees it: a whole one with its place in the schedule, or one date of a series.
pub struct EventView<'a> {
    pub text: &'a EventText,
    pub entry: Option<&'a Entry>,
    /// The dates of a series that have pages.
    pub dates: &'a [(Occurrence, EventText)],
    pub context: &'a Context,
}

/// An event in one format.
#[derive(Default)]
pub struct EventOutput {
    /// Its own document; empty in a format that has none.
    pub document: Part,
    /// What feeds hold of it.
    pub segments: Vec<Segment>,
}

/// What a feed holds of an event, or of one date of it.
pub struct Segment {
    pub body: Part,
    /// When it begins.
    pub begins: DateTime<Utc>,
    /// How many entries it is, for readers that take no more than so many.
    pub entries: usize,
    /// The zone that its times name.
    pub zone: Option<Tz>,
}

/// What a feed holds of one of its events.
#[derive(Clone, Copy)]
pub struct Member<'a> {
    pub segments: &'a [Segment],
    /// Whether the event is over.
    pub is_over: bool,
}

/// How many formats there are.
pub const COUNT: usize = Format::ALL.len();

/// All formats, in the order of [`Format::ALL`].
pub static FORMATS: [Row; COUNT] = [
    Row {
        format: Format::Ics,
        content_type: "text/calendar; charset=utf-8",
        name: "iCalendar",
        file_type: "ICS",
        readers: Readers::Calendars,
        in_head: true,
        on_overview: true,
        has_change_log: false,
        writer: Writer::Entries {
            event: icalendar::event,
            feed: icalendar::feed,
            end: icalendar::end,
        },
    },
    Row {
        format: Format::Rss,
        content_type: "application/rss+xml; charset=utf-8",
        name: "RSS",
        file_type: "RSS",
        readers: Readers::FeedReaders,
        in_head: true,
        on_overview: true,
        has_change_log: true,
        writer: Writer::Items { item: rss::item, feed: rss::feed },
    },
    Row {
        format: Format::Atom,
        content_type: "application/atom+xml; charset=utf-8",
        name: "Atom",
        file_type: "ATOM",
        readers: Readers::FeedReaders,
        in_head: true,
        on_overview: false,
        has_change_log: false,
        writer: Writer::Items { item: atom::item, feed: atom::feed },
    },
    Row {
        format: Format::Json,
        content_type: "application/feed+json; charset=utf-8",
        name: "JSON Feed",
        file_type: "JSON",
        readers: Readers::FeedReaders,
        in_head: true,
        on_overview: false,
        has_change_log: true,
        writer: Writer::Items { item: json_feed::item, feed: json_feed::feed },
    },
    Row {
        format: Format::JsonLd,
        content_type: "application/ld+json; charset=utf-8",
        name: "JSON-LD",
        file_type: "JSON_LD",
        readers: Readers::Programs,
        in_head: true,
        on_overview: true,
        has_change_log: false,
        writer: Writer::Entries { event: json_ld::event, feed: json_ld::feed, end: json_ld::end },
    },
    Row {
        format: Format::Csv,
        content_type: "text/csv; charset=utf-8",
        name: "CSV",
        file_type: "CSV",
        readers: Readers::Office,
        in_head: false,
        on_overview: false,
        has_change_log: false,
        writer: Writer::Entries { event: csv::event, feed: csv::feed, end: csv::end },
    },
];

/// The row of a format.
pub fn row(format: Format) -> &'static Row {
    &FORMATS[format as usize]
}

/// Something for each format, in the order of the table.
pub fn each<T>(made: impl FnMut(&'static Row) -> T) -> [T; COUNT] {
    Format::ALL.map(row).map(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_has_its_row_and_a_suffix_of_its_own() {
        for (at, format) in Format::ALL.into_iter().enumerate() {
            assert_eq!((row(format).format, format as usize), (format, at));
            let same = Format::ALL.into_iter().filter(|one| one.suffix() == format.suffix());
            assert_eq!(same.count(), 1, "{}", format.suffix());
        }
    }
}
