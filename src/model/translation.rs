//! The same in another language.

use super::{Language, Line, Markdown};

/// In which words something is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// In those of its author.
    #[default]
    Original,
    /// In English, where there is a translation.
    English,
}

impl Edition {
    /// Returns the language of the words around what authors write.
    #[must_use]
    pub fn language(self) -> Language {
        match self {
            Self::Original => Language::german(),
            Self::English => Language::english(),
        }
    }
}

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

/// What a translated event was made from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The language of the original.
    pub language: Language,
    /// Claims that the text is in that language still.
    pub has_its_text: bool,
}

/// The texts of a feed or a site in English; what is missing stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Translation {
    /// Its name.
    pub title: Option<Line>,
    /// What it holds.
    pub description: Option<Line>,
}
