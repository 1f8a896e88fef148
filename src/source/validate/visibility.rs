//! `visibility`, of an event or of all events of a feed.

use crate::model::Visibility;
use crate::source::format::Text;

use super::checker::Checker;

/// What an author may write as visibility.
#[derive(Clone, Copy)]
pub enum Written {
    For(Visibility),
    Draft,
}

impl Written {
    /// Nobody sees a draft; until it is dropped it counts as internal.
    pub fn audience(self) -> Visibility {
        match self {
            Self::For(visibility) => visibility,
            Self::Draft => Visibility::Internal,
        }
    }
}

/// The visibility that is written.
pub fn written(checker: &Checker<'_>, text: &Text) -> Option<Written> {
    let values =
        [Written::For(Visibility::Public), Written::For(Visibility::Internal), Written::Draft];
    checker.choice("visibility", &["public", "internal", "draft"], &values, text)
}
