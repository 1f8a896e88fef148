//! The whole installation: what all of its feeds share.

use std::sync::Arc;

use super::{Event, Feed, Line, Link, Organizer, SiteId, Slug, Translation, Uid};

/// What the site says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Site {
    /// The namespace of all identifiers.
    pub id: SiteId,
    /// Its name.
    pub title: Line,
    /// Who publishes it.
    pub publisher: Arc<Organizer>,
    /// Its texts in English.
    pub translation: Option<Translation>,
    /// Links at the foot of every page (imprint, privacy).
    pub footer: Vec<Link>,
}

/// Everything that the definitions say, checked: the end of what an author can get wrong.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The site.
    pub site: Site,
    /// All feeds, by slug; the feed of everything is one of them.
    pub feeds: Vec<Feed>,
    /// All events but drafts, by start, then uid.
    pub events: Vec<Arc<Event>>,
    /// The drafts.
    pub unpublished: Vec<Unpublished>,
}

/// A draft: all that is known of it outside of its file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unpublished {
    /// Its identity.
    pub uid: Uid,
    /// Returns whether its author fixed the identity.
    pub has_written_uid: bool,
    /// Its part of the URL.
    pub slug: Slug,
}
