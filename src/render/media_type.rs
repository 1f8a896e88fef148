//! The media types of documents.

use super::formats::row;
use crate::model::FileType;
use crate::route::Format;

/// The media type of a document; most of its headers follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// A web page.
    Html,
    /// A format of feeds and events.
    Format(Format),
    /// A sitemap.
    Xml,
    /// Plain text.
    Text,
    /// JSON in no format of feeds.
    Json,
    /// A style sheet.
    Css,
    /// A file of an author.
    File(FileType),
}

impl MediaType {
    /// Returns the media type of a route's document in a format, or as a page.
    #[must_use]
    pub(crate) fn of(format: Option<Format>) -> Self {
        format.map_or(Self::Html, Self::Format)
    }

    /// Returns the `Content-Type` (RFC 9110 §8.3).
    #[must_use]
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Format(format) => row(format).content_type,
            Self::Xml => "application/xml; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Css => "text/css; charset=utf-8",
            Self::File(file) => file.media_type(),
        }
    }

    /// Returns the content type without parameters, as links name it.
    #[must_use]
    pub(crate) fn essence(self) -> &'static str {
        essence(self.content_type())
    }

    /// Returns whether scripts of other sites may read the document (CORS).
    #[must_use]
    pub(crate) fn is_shared(self) -> bool {
        !matches!(self, Self::Html | Self::Css)
    }
}

/// Returns a content type without its parameters.
pub(crate) fn essence(content_type: &'static str) -> &'static str {
    content_type.split(';').next().unwrap_or_default()
}
