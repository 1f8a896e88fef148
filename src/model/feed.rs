//! A feed: a named, ordered selection of events.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Language, Line, Select, Slug, Translation, WebUrl};

/// What a feed says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// Which events of other folders it holds, too.
    pub select: Option<Select>,
    /// Slugs at which it was before, and is found still.
    pub former_slugs: Vec<Slug>,
    /// When it ends.
    pub retirement: Option<Retirement>,
    /// Its texts in English.
    pub translation: Option<Translation>,
}

/// The end of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Retirement {
    /// The day from which it holds no more than a notice.
    pub day: NaiveDate,
    /// When that day begins.
    pub begins: DateTime<Utc>,
    /// When its addresses answer 410 (RFC 9110 §15.5.11).
    pub ends: DateTime<Utc>,
    /// The feed that takes its place.
    pub successor: Option<Slug>,
}

/// A colour by its CSS name (RFC 7986 §5.9) and by its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    /// The CSS name.
    pub name: String,
    /// Red, green, blue.
    pub rgb: [u8; 3],
}
