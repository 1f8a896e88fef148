//! The formats that have a suffix. What else there is to say of each stands in `render::formats`.

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
    /// A table (RFC 4180).
    Csv,
}

impl Format {
    /// Every format, in the order of `render::formats`.
    pub const ALL: [Self; 6] =
        [Self::Ics, Self::Rss, Self::Atom, Self::Json, Self::JsonLd, Self::Csv];

    /// The end of its paths.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Ics => ".ics",
            Self::Rss => ".rss",
            Self::Atom => ".atom",
            Self::Json => ".json",
            Self::JsonLd => ".jsonld",
            Self::Csv => ".csv",
        }
    }

    /// Takes the format off the last part of a path; `None` where it ends in none of the suffixes.
    pub(super) fn take_off(name: &str) -> Option<(&str, Option<Self>)> {
        let Some(at) = name.find('.') else { return Some((name, None)) };
        let (stem, suffix) = name.split_at(at);
        let format = Self::ALL.into_iter().find(|format| format.suffix() == suffix)?;
        Some((stem, Some(format)))
    }
}
