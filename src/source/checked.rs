//! What the checks make of one event file.

use std::ops::Range;
use std::sync::Arc;

use super::diagnostic::Diagnostic;
use super::tree::SourceFile;
use crate::model::Event;

/// What an event file says, and what its author should know.
#[derive(Debug)]
pub struct CheckedFile {
    /// The event; `None` if a part of it is missing or wrong.
    pub event: Option<Arc<Checked>>,
    /// The mistakes in this file alone.
    pub diagnostics: Vec<Diagnostic>,
}

/// An event with the places that later checks point at.
#[derive(Debug)]
pub struct Checked {
    pub file: SourceFile,
    pub head: Range<usize>,
    pub uid_span: Option<Range<usize>>,
    pub part_of_span: Option<Range<usize>>,
    pub event: Arc<Event>,
    pub is_draft: bool,
}
