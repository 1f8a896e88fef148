//! A feed: a named, ordered selection of events.

use super::{Language, Line, Slug, WebUrl};

/// What a feed says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its part of the URL.
    pub slug: Slug,
    /// Its name.
    pub title: Line,
    /// What it holds.
    pub description: Option<Line>,
    /// The colour in which calendars show it.
    pub color: Option<Color>,
    /// Under which licence it may be used.
    pub license: Option<WebUrl>,
    /// The language of its own texts.
    pub language: Language,
}

/// A colour by its CSS name (RFC 7986 §5.9) and by its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Color {
    /// The CSS name.
    pub name: String,
    /// Red, green, blue.
    pub rgb: [u8; 3],
}
