//! Messages for the administrator that concern no single line of a file.

use std::fmt;

/// A message about a site that can be published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// Something that the administrator may want to know.
    Hint(String),
    /// Something that keeps subscribers from what they subscribed to.
    Fault(String),
}

impl Note {
    /// Returns the message without its severity, which a log shows by its level.
    #[must_use]
    pub fn text(&self) -> &str {
        let (Self::Hint(text) | Self::Fault(text)) = self;
        text
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self {
            Self::Hint(_) => "note",
            Self::Fault(_) => "error",
        };
        write!(f, "{severity}: {}", self.text())
    }
}
