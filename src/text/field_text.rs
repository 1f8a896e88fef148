//! The fields of an event as text: label, value, link.

use super::fields::{Field, Part, fields_of};
use super::locale::Locale;
use super::values::Target;
use crate::model::{FileSource, Published};
use crate::zone::Zones;

/// A field as text: "Voraussetzung: Zielvereinbarung …".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldText {
    /// The field.
    pub field: Field,
    /// The label of the field in the event's language.
    pub label: &'static str,
    /// The value, without its link.
    pub value: String,
    /// The target of a link around the value.
    pub target: Option<Target>,
}

impl FieldText {
    /// Returns the address of a link around the value.
    pub(crate) fn href(&self) -> Option<String> {
        match self.target.as_ref()? {
            Target::Web(url) => Some(url.clone()),
            Target::Email => Some(format!("mailto:{}", self.value)),
        }
    }

    /// Returns the field in one line, "Voraussetzung: …", with the address behind it if the value is not the address.
    pub(crate) fn line(&self) -> String {
        match &self.target {
            Some(Target::Web(url)) if *url != self.value => {
                [self.label, ": ", &self.value, " (", url, ")"].concat()
            }
            _ => [self.label, ": ", &self.value].concat(),
        }
    }
}

/// Returns the fields of a part of an event's documents, in the order of the table; `address` gives the address of a
/// picture or attachment.
pub(crate) fn texts(
    published: &Published,
    part: Part,
    address: &dyn Fn(&FileSource) -> String,
    zones: &Zones,
) -> Vec<FieldText> {
    let locale = Locale::of(&published.event.language);
    let mut texts = Vec::new();
    for field in fields_of(part) {
        texts.extend(field.values(published).iter().map(|value| FieldText {
            field,
            label: locale.label(field),
            value: value.text(locale, zones).into_owned(),
            target: value.target(address),
        }));
    }
    texts
}

/// Returns the values of a part without labels, a list as its single values: categories or keywords.
pub(crate) fn entries(published: &Published, part: Part, zones: &Zones) -> Vec<String> {
    let locale = Locale::of(&published.event.language);
    let mut entries = Vec::new();
    for field in fields_of(part) {
        entries.extend(field.values(published).iter().flat_map(|value| value.each(locale, zones)));
    }
    entries
}

/// Returns the text of `CONTACT` (RFC 5545 §3.8.4.2): "Anmeldebüro (Anmeldung), info@example.org, 0511 123456".
pub(crate) fn contact_line(published: &Published, zones: &Zones) -> Option<String> {
    let locale = Locale::of(&published.event.language);
    let values = Field::Contact.values(published).into_iter();
    let texts: Vec<_> = values.map(|value| value.text(locale, zones)).collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}
