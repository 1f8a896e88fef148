//! A feed: a named, ordered selection of events.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Language, Line, Select, Slug, Translation, WebUrl};

/// A feed as its author describes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Feed {
    /// The slug, a segment of its URL.
    pub slug: Slug,
    /// The title.
    pub title: Line,
    /// The description of its content.
    pub description: Option<Line>,
    /// The colour in which calendars show it.
    pub color: Option<Color>,
    /// The licence of its content.
    pub license: Option<WebUrl>,
    /// The language of its title and description.
    pub language: Language,
    /// The criteria by which it holds events of other folders.
    pub select: Option<Select>,
    /// The slugs that it had before; requests for them are still answered.
    pub former_slugs: Vec<Slug>,
    /// The end of the feed.
    pub retirement: Option<Retirement>,
    /// The title and description in English.
    pub translation: Option<Translation>,
}

impl Feed {
    /// Makes a feed of which nothing is known but its title.
    pub(crate) fn named(slug: Slug, title: Line) -> Self {
        Self {
            slug,
            title,
            description: None,
            color: None,
            license: None,
            language: Language::german(),
            select: None,
            former_slugs: Vec::new(),
            retirement: None,
            translation: None,
        }
    }
}

/// The end of a feed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Retirement {
    /// The local day from which the feed holds one notice entry and nothing else.
    pub day: NaiveDate,
    /// The instant at which that day begins.
    pub begins: DateTime<Utc>,
    /// The instant from which its addresses answer 410 (RFC 9110 §15.5.11).
    pub ends: DateTime<Utc>,
    /// The feed that replaces it.
    pub successor: Option<Slug>,
}

/// A colour: its CSS name (RFC 7986 §5.9) and its value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    // COLOR takes a CSS name and nothing else; X-APPLE-CALENDAR-COLOR takes the value.
    /// The CSS name.
    pub name: String,
    /// The red, green and blue components.
    pub rgb: [u8; 3],
}
