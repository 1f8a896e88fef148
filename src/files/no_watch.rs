//! Systems whose files nobody watches: two readings decide which files are whole.

use std::path::Path;

/// Nothing is known of any file.
#[derive(Default)]
pub(crate) struct Watch;

impl Watch {
    /// Does nothing.
    pub(crate) fn begin(&mut self) {}

    /// Does nothing.
    pub(crate) fn add(&mut self, _: &Path, _: &str) {}

    /// Returns that nobody knows.
    pub(crate) fn is_open(&self, _: &str) -> bool {
        false
    }

    /// Returns that nobody knows.
    pub(crate) fn is_closed(&mut self, _: &str) -> bool {
        false
    }
}
