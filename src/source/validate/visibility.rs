//! `visibility`, of an event or of all events of a feed.

use crate::model::Visibility;
use crate::source::format::Text;

use super::checker::Checker;

/// A value of `visibility`. A draft is no visibility of the model: it never gets that far.
#[derive(Clone, Copy)]
pub(crate) enum Written {
    For(Visibility),
    Draft,
}

impl Written {
    /// Returns the visibility in the model. A draft counts as internal until it is dropped: if it were not, this fails
    /// closed.
    pub(crate) fn audience(self) -> Visibility {
        match self {
            Self::For(visibility) => visibility,
            Self::Draft => Visibility::Internal,
        }
    }
}

/// Reads a visibility.
pub(crate) fn written(checker: &Checker<'_>, text: &Text) -> Option<Written> {
    let values =
        [Written::For(Visibility::Public), Written::For(Visibility::Internal), Written::Draft];
    checker.choice("visibility", &["public", "internal", "draft"], &values, text)
}
