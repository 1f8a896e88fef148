//! The same in another language.

use super::{Line, Markdown};

/// The texts of an event in English; what is missing stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EventTranslation {
    /// Title.
    pub title: Option<Line>,
    /// Second line of the title.
    pub subtitle: Option<Line>,
    /// Short form for lists.
    pub summary: Option<Line>,
    /// The text.
    pub body: Option<Markdown>,
}

/// The texts of a feed or a site in English; what is missing stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Translation {
    /// Its name.
    pub title: Option<Line>,
    /// What it holds.
    pub description: Option<Line>,
}
