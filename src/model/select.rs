//! `[select]`: which events of other folders a feed holds, as its author wrote it.

use super::{EventKind, Line, Slug};

/// What is asked for; of several values of one criterion, any will do, and an empty one asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Select {
    /// What sort of event.
    pub kinds: Vec<EventKind>,
    /// Keywords.
    pub tags: Vec<Line>,
    /// Towns.
    pub cities: Vec<Line>,
    /// Keys of venues.
    pub venues: Vec<String>,
    /// Names of organizers.
    pub organizers: Vec<String>,
    /// Primary languages.
    pub languages: Vec<Line>,
    /// Words of title, text and place, all of which must be there.
    pub text: Vec<Line>,
    /// Folders.
    pub feeds: Vec<Slug>,
    /// Whether past events are left out.
    pub is_upcoming_only: bool,
}
