//! A problem with its place, and its printed form: as rustc prints its own, with the line and a caret.
//!
//! `problem` holds the values, `messages` the sentences, `suggest` what was probably meant. `annotate-snippets` is
//! rustc's own renderer in 3 crates; miette would be 54.

mod messages;
mod problem;
mod suggest;

use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::tree::SourceFile;

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

    /// Returns line and column, both from 1, the column in characters; `None` for a problem of the whole file.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        let before = self.file.text.get(..self.span.as_ref()?.start)?;
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        Some((line, before[line_start..].chars().count() + 1))
    }

    /// Renders the whole message: title, place, the source line with a caret, help.
    #[must_use]
    pub(crate) fn render(&self, is_coloured: bool) -> String {
        let level = match self.problem.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(self.problem.title());
        let mut report = match &self.span {
            Some(span) => title.element(
                Snippet::source(self.file.text.as_ref())
                    .path(self.file.path.as_ref())
                    .annotation(AnnotationKind::Primary.span(first_line(&self.file.text, span))),
            ),
            None => title.element(annotate_snippets::Origin::path(self.file.path.as_ref())),
        };
        if let Some(help) = self.problem.help() {
            report = report.element(Level::HELP.message(help));
        }
        let renderer = if is_coloured { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[report]).clone()
    }
}

/// Returns the part of `span` in its first line: a broken table would else be shown from end to end.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = span.start.min(text.len());
    let end = span.end.min(text.len()).max(start);
    let line_len = text[start..end].find('\n').unwrap_or(end - start);
    start..start + line_len
}

/// Renders all problems of one run in the order given, and then their count.
#[must_use]
pub fn report(diagnostics: &[Diagnostic], is_coloured: bool) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{}\n", diagnostic.render(is_coloured));
    }
    if !diagnostics.is_empty() {
        text.push_str(&count(diagnostics));
    }
    text
}

/// Renders the count: "2 errors and 1 warning in 2 files".
fn count(diagnostics: &[Diagnostic]) -> String {
    let number_of = |severity| {
        diagnostics.iter().filter(|diagnostic| diagnostic.problem.severity() == severity).count()
    };
    let mut paths: Vec<&str> = diagnostics.iter().map(Diagnostic::path).collect();
    // The diagnostics are sorted by path.
    paths.dedup();
    let parts: Vec<String> = [
        counted(number_of(Severity::Error), "error"),
        counted(number_of(Severity::Warning), "warning"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let files = counted(paths.len(), "file").unwrap_or_default();
    format!("{} in {files}\n", parts.join(" and "))
}

fn counted(number: usize, noun: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{number} {noun}s")),
    }
}

/// Drops diagnostics that only echo broken syntax: missing keys of a broken file (the parser may have passed over
/// them), and further problems in the broken line.
pub(crate) fn drop_echoes(diagnostics: &mut Vec<Diagnostic>) {
    let line = |one: &Diagnostic| (one.file.path.clone(), one.position().map(|(line, _)| line));
    let is_syntax = |one: &Diagnostic| matches!(one.problem, Problem::Syntax { .. });
    let broken: Vec<_> = diagnostics.iter().filter(|one| is_syntax(one)).map(line).collect();
    diagnostics.retain(|one| {
        let is_missing = matches!(one.problem, Problem::MissingKey { .. } | Problem::NoPlace);
        let is_in_broken_file = broken.iter().any(|(path, _)| *path == one.file.path);
        let is_echo = (is_missing && is_in_broken_file) || broken.contains(&line(one));
        // Of several syntax errors in one line, none is the echo of another.
        is_syntax(one) || !is_echo
    });
}

/// Sorts diagnostics by path, then by place.
pub(crate) fn sort(diagnostics: &mut [Diagnostic]) {
    // The sort is stable: problems at one place stay in the order in which they were found.
    diagnostics.sort_by(|a, b| {
        let key = |d: &Diagnostic| d.span.as_ref().map_or(0, |span| span.start);
        a.path().cmp(b.path()).then_with(|| key(a).cmp(&key(b)))
    });
}
