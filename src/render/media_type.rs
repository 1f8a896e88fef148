//! Kinds of documents.

use crate::model::FileType;

/// What kind of document it is; decides its headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// A web page.
    Html,
    /// iCalendar (RFC 5545 §8.1).
    Calendar,
    /// RSS 2.0.
    Rss,
    /// Atom (RFC 4287 §7).
    Atom,
    /// JSON Feed 1.1.
    JsonFeed,
    /// A table (RFC 4180 §3).
    Csv,
    /// JSON-LD.
    JsonLd,
    /// A sitemap.
    Xml,
    /// Plain text.
    Text,
    /// JSON of no other kind.
    Json,
    /// A style sheet.
    Css,
    /// A file of an author.
    File(FileType),
}

impl MediaType {
    /// `Content-Type` (RFC 9110 §8.3)
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Calendar => "text/calendar; charset=utf-8",
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xml => "application/xml; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::JsonFeed => "application/feed+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::JsonLd => "application/ld+json; charset=utf-8",
            Self::Css => "text/css; charset=utf-8",
            Self::File(file) => file.media_type(),
        }
    }

    /// The same without parameters, as links name it.
    #[must_use]
    pub fn essence(self) -> &'static str {
        self.content_type().split(';').next().unwrap_or_default()
    }

    /// Claims that scripts of other sites may read it.
    #[must_use]
    pub fn is_shared(self) -> bool {
        !matches!(self, Self::Html | Self::Css)
    }
}
