//! The texts of an event that all formats show: titles, lines of time and place, labels and values, plain text.
//!
//! In: the model, which holds facts, never sentences. Out: words in the language of the text around them. Each text is
//! made here and is never taken apart again. Earlier, the record stored lines as readers saw them, and formats parsed
//! them: a deleted event lost its town, type and organizer, and no filter found it.
//!
//! `fields` has one row for each field, `locale` one file for each language.

pub(crate) mod changes;
pub(crate) mod dates;
pub(crate) mod description;
pub(crate) mod field_text;
pub(crate) mod fields;
pub(crate) mod locale;
pub(crate) mod markdown;
pub(crate) mod repetition;
pub(crate) mod titles;
pub(crate) mod values;
