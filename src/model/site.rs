//! The site: what all of its feeds share, and the whole of its definitions.

use std::sync::Arc;

use super::{Event, Feed, Line, Link, Organizer, SiteId, Slug, Translation, Uid};

/// A site as its authors describe it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Site {
    /// The id, the namespace of all other identifiers.
    pub id: SiteId,
    /// The title.
    pub title: Line,
    /// The publisher.
    pub publisher: Arc<Organizer>,
    /// The title and description in English.
    pub translation: Option<Translation>,
    /// The links at the foot of every page, such as imprint and privacy.
    pub footer: Vec<Link>,
}

/// All definitions, checked: from here on nothing fails because of content.
#[derive(Clone, Debug)]
pub struct Definitions {
    /// The site.
    pub site: Site,
    /// All feeds, by slug; that of all events is one of them.
    pub feeds: Vec<Feed>,
    /// All events but drafts, by start, then uid.
    pub events: Vec<Arc<Event>>,
    /// Those that are to be unpublished without notice, if they are published.
    pub unpublished: Vec<Unpublished>,
}

/// An event to unpublish without notice: a draft, or a former uid of an event. Nothing else of a draft leaves its file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unpublished {
    /// The uid, by which the record finds what was published of it before.
    pub uid: Uid,
    /// Whether the author wrote the uid.
    pub has_written_uid: bool,
    /// The slug.
    pub slug: Slug,
}
