//! Texts in English, the second language of a site.
//!
//! They stay beside the original: an event is translated when it is rendered, so that one event has
//! one identity, one revision and one record in all language variants.

use super::{Line, Markdown};

/// The texts of an event in English; a text that is `None` stays in the original language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EventTranslation {
    /// The title.
    pub title: Option<Line>,
    /// The second line of the title.
    pub subtitle: Option<Line>,
    /// The short form for lists.
    pub summary: Option<Line>,
    /// The text.
    pub body: Option<Markdown>,
}

/// The texts of a feed or a site in English; a text that is `None` stays in the original language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Translation {
    /// The title.
    pub title: Option<Line>,
    /// The description.
    pub description: Option<Line>,
}
