//! The language variants of a site: the texts of its authors, and the same in English.

use crate::model::Language;

/// In which words something is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// In those of its author.
    #[default]
    Original,
    /// In English, where there is a translation.
    English,
}

/// Stands before the paths of the English variant.
const ENGLISH: &str = "/en";

impl Variant {
    /// Every variant.
    pub const ALL: [Self; 2] = [Self::Original, Self::English];

    /// Takes the variant off a path; what is left begins with a slash.
    pub(super) fn take_off(path: &str) -> (Self, &str) {
        match path.strip_prefix(ENGLISH) {
            Some(inner) if inner.starts_with('/') => (Self::English, inner),
            _ => (Self::Original, path),
        }
    }

    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Original => "",
            Self::English => ENGLISH,
        }
    }

    /// Stands before the names from which the identities of entries and feeds follow.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Self::Original => "",
            Self::English => "en:",
        }
    }

    /// The language of the words around the texts of authors.
    #[must_use]
    pub fn language(self) -> Language {
        match self {
            Self::Original => Language::german(),
            Self::English => Language::english(),
        }
    }
}
