//! THE table of formats: all properties of a format but its suffix, which `route` reads, are in its row.
//!
//! A new format is a file with its functions, a variant of [`Format`] with its suffix, a row here, and an arm in
//! [`writer`](super::writer). Feeds, pages, links and the catalogue iterate over the rows; the proof does not: it reads
//! back the formats that it has a parser for. The functions are not in the rows, since pages read this table and
//! functions write pages: with both in one file, each module of the room knew every other.

use crate::route::Format;

/// A format of feeds and events.
pub(crate) struct Row {
    pub format: Format,
    /// The `Content-Type` (RFC 9110 §8.3). Links and the catalogue name it without parameters.
    pub content_type: &'static str,
    /// The name that readers see.
    pub name: &'static str,
    /// The name in the EU's vocabulary of file types, for the catalogue.
    pub file_type: &'static str,
    /// The kind of software that reads it.
    pub readers: Software,
    /// Whether the heads of pages link to it, where feed readers and search engines look for it.
    pub in_head: bool,
    /// Whether the overview links to it.
    pub on_overview: bool,
    /// Whether change logs are published in it.
    pub has_change_log: bool,
}

/// The kinds of software that read formats; pages group their links by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Software {
    Calendars,
    FeedReaders,
    Office,
    Programs,
}

/// The number of formats.
pub(crate) const COUNT: usize = Format::ALL.len();

/// All formats, in the order of [`Format::ALL`].
pub(crate) static FORMATS: [Row; COUNT] = [
    Row {
        format: Format::Ics,
        content_type: "text/calendar; charset=utf-8",
        name: "iCalendar",
        file_type: "ICS",
        readers: Software::Calendars,
        in_head: true,
        on_overview: true,
        has_change_log: false,
    },
    Row {
        format: Format::Rss,
        content_type: "application/rss+xml; charset=utf-8",
        name: "RSS",
        file_type: "RSS",
        readers: Software::FeedReaders,
        in_head: true,
        on_overview: true,
        has_change_log: true,
    },
    Row {
        format: Format::Atom,
        content_type: "application/atom+xml; charset=utf-8",
        name: "Atom",
        file_type: "ATOM",
        readers: Software::FeedReaders,
        in_head: true,
        on_overview: false,
        has_change_log: false,
    },
    Row {
        format: Format::Json,
        content_type: "application/feed+json; charset=utf-8",
        name: "JSON Feed",
        file_type: "JSON",
        readers: Software::FeedReaders,
        in_head: true,
        on_overview: false,
        has_change_log: true,
    },
    Row {
        format: Format::JsonLd,
        content_type: "application/ld+json; charset=utf-8",
        name: "JSON-LD",
        file_type: "JSON_LD",
        readers: Software::Programs,
        in_head: true,
        on_overview: true,
        has_change_log: false,
    },
    Row {
        format: Format::Csv,
        content_type: "text/csv; charset=utf-8",
        name: "CSV",
        file_type: "CSV",
        readers: Software::Office,
        in_head: false,
        on_overview: false,
        has_change_log: false,
    },
];

/// Returns the row of a format.
pub(crate) fn row(format: Format) -> &'static Row {
    // The order of the rows is that of `Format`; a test keeps it.
    &FORMATS[format as usize]
}

/// Returns the result of `made` for each format, in the order of the table.
pub(crate) fn each<T>(made: impl FnMut(&'static Row) -> T) -> [T; COUNT] {
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
