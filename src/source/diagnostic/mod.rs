//! A problem with its place, and its printed form: as rustc prints its own, with the line and a caret.
//!
//! `problem` holds the values, `messages` the sentences, `suggest` what was probably meant. `annotate-snippets` is
//! rustc's own renderer in 3 crates; miette would be 54.

mod bounded;
mod lines;
mod messages;
mod problem;
mod suggest;

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::tree::SourceFile;
use crate::model::printable;
use lines::{Lines, ShownLine};
use messages::counted;

pub(crate) use bounded::{MAX_PROBLEMS, tidy};
pub use problem::Problem;
pub(crate) use problem::Severity;
pub(crate) use suggest::nearest;

/// One problem with its file and place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The mistake, with its values.
    pub problem: Problem,
    file: SourceFile,
    span: Option<Range<usize>>,
}

impl Diagnostic {
    /// Returns a problem at `span` (in bytes of the file's text), or of the whole file.
    #[must_use]
    pub(crate) fn new(file: &SourceFile, span: Option<Range<usize>>, problem: Problem) -> Self {
        Self { problem, file: file.clone(), span }
    }

    /// Returns the path of the file, with the folder as the administrator wrote it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.file.path
    }

    /// Returns whether the problem holds its item back.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.problem.severity() == Severity::Error
    }

    /// Returns XXH3 of the file's bytes; 0 if it could not be read.
    pub(super) fn file_hash(&self) -> u128 {
        self.file.hash
    }

    /// Returns the offset at which it is shown among the others of its file.
    fn at(&self) -> usize {
        match (&self.problem, &self.span) {
            (Problem::More { .. }, _) => usize::MAX,
            (_, span) => span.as_ref().map_or(0, |span| span.start),
        }
    }

    /// Returns line and column, both from 1, the column in characters; `None` for a problem of the whole file.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        let line = Lines::of(&self.file.text).shown(self.span.as_ref()?);
        Some((line.number, line.column))
    }

    /// Renders the whole message: title, place, the source line with a caret, help. Nothing that its author wrote is
    /// obeyed by a terminal.
    #[must_use]
    pub(crate) fn render(&self, is_coloured: bool) -> String {
        self.render_in(&Lines::of(&self.file.text), is_coloured)
    }

    fn render_in(&self, lines: &Lines<'_>, is_coloured: bool) -> String {
        let level = match self.problem.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(shortened(&self.problem.title()));
        let path = printable(&self.file.path);
        let mut report = match self.span.as_ref().map(|span| lines.shown(span)) {
            Some(line) => title.elements(snippet(path, line)),
            None => title.element(Origin::path(path)),
        };
        if let Some(help) = self.problem.help() {
            report = report.element(Level::HELP.message(shortened(&help)));
        }
        let renderer = if is_coloured { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[report]).clone()
    }
}

/// Returns what shows a line with its caret.
fn snippet(path: Cow<'_, str>, line: ShownLine) -> Vec<Element<'_>> {
    let ShownLine { number, column, text, span, is_cut } = line;
    let marked = AnnotationKind::Primary.span(span);
    let snippet = Snippet::source(text).line_start(number).annotation(marked);
    if !is_cut {
        return vec![snippet.path(path).into()];
    }
    // The renderer would count the column in the part that is shown.
    vec![Origin::path(path).line(number).char_column(column).into(), snippet.into()]
}

/// The most characters of a title or of a help that are shown: values in them may be as long as a file.
const MAX_MESSAGE: usize = 500;

/// Returns a message in one line, without its middle if it is long: a value is in the middle.
fn shortened(message: &str) -> String {
    let message = printable(message);
    let part = MAX_MESSAGE / 2;
    let Some((_, _)) = message.char_indices().nth(MAX_MESSAGE) else {
        return message.into_owned();
    };
    let head = message.char_indices().nth(part).map_or(0, |(at, _)| at);
    let tail = message.char_indices().rev().nth(part - 1).map_or(0, |(at, _)| at);
    format!("{} … {}", &message[..head], &message[tail..])
}

/// Renders all problems of one run in the order given, and then their count.
#[must_use]
pub fn report(diagnostics: &[Diagnostic], is_coloured: bool) -> String {
    let mut text = String::new();
    for file in diagnostics.chunk_by(|a, b| Arc::ptr_eq(&a.file.text, &b.file.text)) {
        let lines = Lines::of(&file[0].file.text);
        for diagnostic in file {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "{}\n", diagnostic.render_in(&lines, is_coloured));
        }
    }
    if !diagnostics.is_empty() {
        text.push_str(&count(diagnostics));
    }
    text
}

/// Renders the count: "2 errors and 1 warning in 2 files".
fn count(diagnostics: &[Diagnostic]) -> String {
    let number_of = |severity| diagnostics.iter().map(|one| one.problem.count(severity)).sum();
    let mut paths: Vec<&str> = diagnostics.iter().map(Diagnostic::path).collect();
    // The diagnostics are sorted by path.
    paths.dedup();
    let kinds = [(number_of(Severity::Error), "error"), (number_of(Severity::Warning), "warning")];
    let kinds = kinds.into_iter().filter(|(number, _)| *number > 0);
    let parts: Vec<String> = kinds.map(|(number, noun)| counted(number, noun)).collect();
    format!("{} in {}\n", parts.join(" and "), counted(paths.len(), "file"))
}
