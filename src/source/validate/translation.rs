//! `[translation.en]`: texts in English.

use super::checker::Checker;
use super::text;
use crate::model::{EventTranslation, Translation};
use crate::source::format::{EventTranslationDefinition, Languages, TranslationDefinition};

/// Reads the English texts of a feed or a site.
pub(crate) fn of_texts(
    checker: &Checker<'_>,
    written: &Languages<TranslationDefinition>,
) -> Option<Translation> {
    let english = &written.en.as_ref()?.value;
    Some(Translation {
        title: checker.line("title", &english.title),
        description: checker.line("description", &english.description),
    })
}

/// Reads the English texts of an event.
pub(crate) fn of_event(
    checker: &Checker<'_>,
    written: &Languages<EventTranslationDefinition>,
) -> Option<EventTranslation> {
    let english = &written.en.as_ref()?.value;
    Some(EventTranslation {
        title: checker.line("title", &english.title),
        subtitle: checker.line("subtitle", &english.subtitle),
        summary: checker.line("summary", &english.summary),
        body: english.body.as_ref().and_then(|body| text::translated_body(checker, body)),
    })
}
