//! The formats and their suffixes; all else about a format is in the table of `render::formats`.
//!
//! The suffix alone chooses the format, never `Accept`: Google Calendar sends none.

/// A format of a feed or an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// iCalendar (RFC 5545).
    Ics,
    /// RSS 2.0.
    Rss,
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
    /// JSON-LD in the words of schema.org.
    JsonLd,
    /// CSV (RFC 4180).
    Csv,
}

impl Format {
    /// Every format, in the order of `render::formats`.
    pub const ALL: [Self; 6] =
        [Self::Ics, Self::Rss, Self::Atom, Self::Json, Self::JsonLd, Self::Csv];

    /// Returns the end of the format's paths, with its dot.
    #[must_use]
    pub(crate) fn suffix(self) -> &'static str {
        match self {
            Self::Ics => ".ics",
            Self::Rss => ".rss",
            Self::Atom => ".atom",
            Self::Json => ".json",
            Self::JsonLd => ".jsonld",
            Self::Csv => ".csv",
        }
    }

    /// Takes the format off the last part of a path; without a dot it is a page, and `None` stands for another suffix.
    pub(super) fn take_off(name: &str) -> Option<(&str, Option<Self>)> {
        // Slugs and dates have no dot: the first one begins the suffix.
        let Some(at) = name.find('.') else { return Some((name, None)) };
        let (stem, suffix) = name.split_at(at);
        let format = Self::ALL.into_iter().find(|format| format.suffix() == suffix)?;
        Some((stem, Some(format)))
    }
}
