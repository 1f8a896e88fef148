//! The fields of an event in words: label, value, link.

use super::fields::{Field, Part, fields_of};
use super::locale::Locale;
use super::values::Target;
use crate::model::{FileSource, Published};
use crate::zone::Zones;

/// A field in words: "Voraussetzung: Zielvereinbarung …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldText {
    /// What it is about.
    pub label: &'static str,
    /// What the event says of it.
    pub value: String,
    /// Where the value leads.
    pub target: Option<Target>,
}

impl FieldText {
    /// Returns the address of a link around the value.
    pub fn href(&self) -> Option<String> {
        match self.target.as_ref()? {
            Target::Web(url) => Some(url.clone()),
            Target::Email => Some(format!("mailto:{}", self.value)),
        }
    }

    /// "Voraussetzung: …", with the address where the value is another.
    pub fn line(&self) -> String {
        match &self.target {
            Some(Target::Web(url)) if *url != self.value => {
                [self.label, ": ", &self.value, " (", url, ")"].concat()
            }
            _ => [self.label, ": ", &self.value].concat(),
        }
    }
}

/// Returns what an event says in a part of its documents, in the order in which people ask; `address` says where a
/// picture or attachment is found.
pub fn texts(
    published: &Published,
    part: Part,
    address: &dyn Fn(&FileSource) -> String,
    zones: &Zones,
) -> Vec<FieldText> {
    let locale = Locale::of(&published.event.language);
    let mut texts = Vec::new();
    for field in fields_of(part) {
        texts.extend(field.values(published).iter().map(|value| FieldText {
            label: locale.label(field),
            value: value.words(locale, zones).into_owned(),
            target: value.target(address),
        }));
    }
    texts
}

/// Returns the categories or keywords: single words, without labels.
pub fn words(published: &Published, part: Part, zones: &Zones) -> Vec<String> {
    let locale = Locale::of(&published.event.language);
    let mut words = Vec::new();
    for field in fields_of(part) {
        words.extend(field.values(published).iter().flat_map(|value| value.each(locale, zones)));
    }
    words
}

/// "Anmeldebüro (Anmeldung), info@example.org, 0511 123456": the text of `CONTACT`.
pub fn contact_line(published: &Published, zones: &Zones) -> Option<String> {
    let locale = Locale::of(&published.event.language);
    let values = Field::Contact.values(published).into_iter();
    let words: Vec<_> = values.map(|value| value.words(locale, zones)).collect();
    (!words.is_empty()).then(|| words.join(", "))
}
