//! Checks single values of one file, and collects their problems.

use std::cell::{Cell, RefCell};
use std::ops::Range;

use crate::model::{EmailAddress, EventKind, Language, Line, Link, Slug, WebUrl, is_directional};
use crate::source::diagnostic::{Diagnostic, MAX_PROBLEMS, Problem, nearest};
use crate::source::format::{At, LinkDefinition, Rejected, Text};
use crate::source::tree::SourceFile;
use crate::zone::Zones;

/// The most characters of a value. Venues and organizers are written once, and published with each of their events.
const MAX_LINE: usize = 2_000;

/// A file while it is validated. All methods take `&self`: closures inside one expression report, too.
pub(crate) struct Checker<'a> {
    pub file: &'a SourceFile,
    pub zones: &'a Zones,
    /// The file's first line, at which a missing key of the file itself is shown.
    pub head: Range<usize>,
    /// The keys that are reported already.
    rejected: &'a Rejected,
    diagnostics: RefCell<Vec<Diagnostic>>,
    errors: Cell<usize>,
    /// How many problems were given a suggestion.
    suggestions: Cell<usize>,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(file: &'a SourceFile, rejected: &'a Rejected, zones: &'a Zones) -> Self {
        let head = 0..file.text.find('\n').unwrap_or(file.text.len());
        let (diagnostics, errors, suggestions) =
            (RefCell::default(), Cell::default(), Cell::default());
        Self { file, zones, head, rejected, diagnostics, errors, suggestions }
    }

    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }

    /// Returns the number of errors until now.
    pub(crate) fn number_of_errors(&self) -> usize {
        self.errors.get()
    }

    pub(crate) fn report(&self, span: &Range<usize>, problem: Problem) {
        let diagnostic = Diagnostic::new(self.file, Some(span.clone()), problem);
        self.errors.set(self.errors.get() + usize::from(diagnostic.is_error()));
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Reports a missing key at `span`, unless its value was refused already.
    pub(crate) fn missing(&self, span: &Range<usize>, key: &'static str, example: &'static str) {
        let is_top = *span == self.head;
        let is_refused = if is_top { self.rejected.has(key) } else { self.rejected.has_below(key) };
        if !is_refused {
            self.report(span, Problem::MissingKey { key, example });
        }
    }

    /// Reports a reference to a key that is not among the `known` ones of `file`.
    pub(crate) fn report_unknown(
        &self,
        key: &'static str,
        written: &At<String>,
        known: &[&str],
        file: &'static str,
    ) {
        let nearest = self.nearest(&written.value, known);
        let value = written.value.clone();
        self.report(&written.span, Problem::UnknownReference { key, value, file, nearest });
    }

    /// Returns the candidate that was probably meant.
    pub(crate) fn nearest(&self, written: &str, candidates: &[&str]) -> Option<String> {
        self.suggestion(|| nearest(written, candidates).map(str::to_owned))
    }

    /// Makes a suggestion, unless as many were made as problems of one file are shown: each costs more than the check.
    pub(crate) fn suggestion(&self, make: impl FnOnce() -> Option<String>) -> Option<String> {
        let number = self.suggestions.replace(self.suggestions.get() + 1);
        if number < MAX_PROBLEMS { make() } else { None }
    }

    pub(crate) fn is_rejected(&self, key: &str) -> bool {
        self.rejected.has(key)
    }

    /// Reads a line of text; a blank one is refused.
    pub(crate) fn line(&self, key: &'static str, text: &Text) -> Option<Line> {
        self.checked(text, Line::new, |_| Problem::NotOneLine { key })
    }

    pub(crate) fn required_line(
        &self,
        span: &Range<usize>,
        key: &'static str,
        example: &'static str,
        text: &Text,
    ) -> Option<Line> {
        if text.is_none() {
            self.missing(span, key, example);
        }
        self.line(key, text)
    }

    pub(crate) fn lines(&self, key: &'static str, texts: &[At<String>]) -> Vec<Line> {
        texts.iter().filter_map(|text| self.line(key, &Some(text.clone()))).collect()
    }

    pub(crate) fn url(&self, text: &Text) -> Option<WebUrl> {
        self.checked(text, WebUrl::new, |url| Problem::UnsafeUrl { url: url.to_owned() })
    }

    pub(crate) fn email(&self, text: &Text) -> Option<EmailAddress> {
        self.valid("email", "one address such as `info@example.org`", text, EmailAddress::new)
    }

    pub(crate) fn language(&self, text: &Text) -> Option<Language> {
        self.valid("language", "a language tag such as `de` or `en`", text, Language::new)
    }

    pub(crate) fn slug(&self, key: &'static str, text: &At<String>) -> Option<Slug> {
        let slug = Slug::new(&text.value);
        if slug.is_none() {
            let (value, expected) = (text.value.clone(), "small letters, digits and hyphens");
            self.report(&text.span, Problem::InvalidValue { key, value, expected });
        }
        slug
    }

    /// Reads a value that has a form of its own; `expected` completes "it must be …".
    pub(crate) fn valid<T>(
        &self,
        key: &'static str,
        expected: &'static str,
        text: &Text,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        self.checked(text, read, |value| Problem::InvalidValue {
            key,
            value: value.to_owned(),
            expected,
        })
    }

    /// Returns `value`, which is what `written` was read as, and reports it if it is `None`.
    pub(crate) fn number<T>(
        &self,
        key: &'static str,
        expected: &'static str,
        written: &At<i64>,
        value: Option<T>,
    ) -> Option<T> {
        if value.is_none() {
            let value = written.value.to_string();
            self.report(&written.span, Problem::InvalidValue { key, value, expected });
        }
        value
    }

    /// Reads one of a few words; `values` are their meanings in the order of `choices`.
    pub(crate) fn choice<T: Copy>(
        &self,
        key: &'static str,
        choices: &'static [&'static str],
        values: &[T],
        text: &Text,
    ) -> Option<T> {
        let read =
            |word: &str| choices.iter().position(|choice| *choice == word).map(|at| values[at]);
        self.checked(text, read, |value| Problem::UnknownChoice {
            key,
            value: value.to_owned(),
            choices,
        })
    }

    pub(crate) fn kind(&self, text: &Text) -> Option<EventKind> {
        self.choice("kind", EventKind::NAMES, EventKind::ALL, text)
    }

    pub(crate) fn links(&self, links: &[At<LinkDefinition>]) -> Vec<Link> {
        links.iter().filter_map(|link| self.link(link)).collect()
    }

    fn link(&self, link: &At<LinkDefinition>) -> Option<Link> {
        let example = "`label = \"…\"`, the words of the link";
        let label = self.required_line(&link.span, "label", example, &link.value.label);
        if link.value.url.is_none() {
            self.missing(&link.span, "url", "`url = \"https://…\"`");
        }
        Some(Link { url: self.url(&link.value.url)?, label: label? })
    }

    fn is_too_long(&self, text: &At<String>) -> bool {
        // Most texts have fewer bytes than they may have characters.
        let count = if text.value.len() > MAX_LINE { text.value.chars().count() } else { 0 };
        if count > MAX_LINE {
            let problem = Problem::TextTooLong { count, limit: MAX_LINE };
            self.report(&text.span, problem);
        }
        count > MAX_LINE
    }

    /// Reports a character that changes the direction of writing: it would turn what documents write after the text.
    pub(crate) fn has_direction_control(&self, text: &At<String>) -> bool {
        let character = text.value.chars().find(|c| is_directional(*c));
        if let Some(character) = character {
            self.report(&text.span, Problem::DirectionControl { character });
        }
        character.is_some()
    }

    pub(crate) fn checked<T>(
        &self,
        text: &Text,
        read: impl FnOnce(&str) -> Option<T>,
        problem: impl FnOnce(&str) -> Problem,
    ) -> Option<T> {
        let text = text.as_ref()?;
        if self.is_too_long(text) || self.has_direction_control(text) {
            return None;
        }
        let value = read(&text.value);
        if value.is_none() {
            self.report(&text.span, problem(&text.value));
        }
        value
    }
}
