//! Checks single values of one file, and collects their problems.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{EmailAddress, EventKind, Language, Line, Link, Slug, WebUrl};
use crate::source::diagnostic::{Diagnostic, Problem, nearest};
use crate::source::format::{At, LinkDefinition, Text};
use crate::source::tree::SourceFile;
use crate::zone::Zones;

/// A file while it is validated. All methods take `&self`: closures inside one expression report, too.
pub(crate) struct Checker<'a> {
    pub file: &'a SourceFile,
    pub zones: &'a Zones,
    /// The file's first line, at which a missing key of the file itself is shown.
    pub head: Range<usize>,
    /// Dotted paths of keys that are reported already.
    rejected: &'a BTreeSet<String>,
    diagnostics: RefCell<Vec<Diagnostic>>,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(
        file: &'a SourceFile,
        rejected: &'a BTreeSet<String>,
        zones: &'a Zones,
    ) -> Self {
        let head = 0..file.text.find('\n').unwrap_or(file.text.len());
        Self { file, zones, head, rejected, diagnostics: RefCell::default() }
    }

    pub(crate) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }

    pub(crate) fn report(&self, span: &Range<usize>, problem: Problem) {
        let diagnostic = Diagnostic::new(self.file, Some(span.clone()), problem);
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Reports a missing key at `span`, unless its value was refused already.
    pub(crate) fn missing(&self, span: &Range<usize>, key: &'static str, example: &'static str) {
        let is_top = *span == self.head;
        // Paths have no numbers of list entries: any table that lost a key of this name counts.
        let is_refused = |path: &String| match path.rsplit_once('.') {
            None => is_top && path == key,
            Some((_, name)) => !is_top && name == key,
        };
        if !self.rejected.iter().any(is_refused) {
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
        let nearest = nearest(&written.value, known).map(str::to_owned);
        let value = written.value.clone();
        self.report(&written.span, Problem::UnknownReference { key, value, file, nearest });
    }

    pub(crate) fn is_rejected(&self, key: &str) -> bool {
        self.rejected.contains(key)
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

    pub(crate) fn checked<T>(
        &self,
        text: &Text,
        read: impl FnOnce(&str) -> Option<T>,
        problem: impl FnOnce(&str) -> Problem,
    ) -> Option<T> {
        let text = text.as_ref()?;
        let value = read(&text.value);
        if value.is_none() {
            self.report(&text.span, problem(&text.value));
        }
        value
    }
}
