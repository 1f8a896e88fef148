//! The language variants of a site: in the languages of its authors, and in English.
//!
//! A variant is part of a path, not of the model: an event is translated when it is rendered. UIDs are one for both;
//! feeds and their entries have identities of their own in each.

use crate::model::Language;

/// A language variant of the site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// The texts as their authors wrote them.
    #[default]
    Original,
    /// The texts in English if there is a translation.
    English,
}

/// The prefix of paths of the English variant. No feed or event may have the slug `en`.
const ENGLISH: &str = "/en";

impl Variant {
    /// Every variant.
    pub const ALL: [Self; 2] = [Self::Original, Self::English];

    /// Takes the variant off a path; what is left begins with a slash.
    pub(super) fn take_off(path: &str) -> (Self, &str) {
        match path.strip_prefix(ENGLISH) {
            // `/english` is no path below `/en`.
            Some(inner) if inner.starts_with('/') => (Self::English, inner),
            _ => (Self::Original, path),
        }
    }

    /// Returns the prefix of its paths.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Original => "",
            Self::English => ENGLISH,
        }
    }

    /// Returns the prefix of the names from which the version-5 UUIDs of feeds and their entries are made.
    #[must_use]
    pub(crate) fn mark(self) -> &'static str {
        match self {
            Self::Original => "",
            Self::English => "en:",
        }
    }

    /// Returns the language of the messages around the texts of authors.
    #[must_use]
    pub(crate) fn language(self) -> Language {
        match self {
            Self::Original => Language::german(),
            Self::English => Language::english(),
        }
    }
}
