//! The criteria of `[select]`: which events of other folders a feed holds, as its author wrote
//! them.

use super::{EventKind, Line, Slug};

/// Criteria, all of which an event has to meet. Of several values of one criterion any one is
/// enough; an empty criterion is always met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Select {
    /// The kinds of event.
    pub kinds: Vec<EventKind>,
    /// The tags.
    pub tags: Vec<Line>,
    /// The towns.
    pub cities: Vec<Line>,
    /// The keys of venues.
    pub venues: Vec<String>,
    /// The names of organizers.
    pub organizers: Vec<String>,
    /// The primary languages.
    pub languages: Vec<Line>,
    /// Words that must all be in the title, the text or the place.
    pub text: Vec<Line>,
    /// The folders.
    pub feeds: Vec<Slug>,
    /// Whether past events are left out.
    pub is_upcoming_only: bool,
}
