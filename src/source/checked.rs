//! A checked event file: a type of its own file, since both the memo and the checks use it.

use std::ops::Range;
use std::sync::Arc;

use super::diagnostic::Diagnostic;
use super::tree::SourceFile;
use crate::model::Event;

/// An event file after the checks that need no other event.
#[derive(Debug)]
pub(crate) struct CheckedFile {
    /// The event; `None` if a necessary part of it is missing or wrong.
    pub event: Option<Arc<Checked>>,
    /// The mistakes that show in this file alone.
    pub diagnostics: Vec<Diagnostic>,
}

/// An event with the places (in bytes of its file) at which the cross-checks point.
#[derive(Debug)]
pub(crate) struct Checked {
    pub file: SourceFile,
    pub head: Range<usize>,
    pub uid_span: Option<Range<usize>>,
    pub part_of_span: Option<Range<usize>>,
    pub event: Arc<Event>,
    pub is_draft: bool,
}
