//! Organizers and contacts: tables of `organizers.toml`, or written in place.

use crate::model::{Contact, Organizer};
use crate::source::diagnostic::Problem;
use crate::source::format::{At, PartyDefinition};

use super::checker::Checker;

const NAME: &str = "`name = \"…\"`";

pub(crate) fn organizer(checker: &Checker<'_>, party: &At<PartyDefinition>) -> Option<Organizer> {
    let name = checker.required_line(&party.span, "name", NAME, &party.value.name);
    let url = checker.url(&party.value.url);
    let email = checker.email(&party.value.email);
    let phone = checker.line("phone", &party.value.phone);
    Some(Organizer { name: name?, url, email, phone })
}

pub(crate) fn contact(checker: &Checker<'_>, party: &At<PartyDefinition>) -> Option<Contact> {
    let Organizer { name, url, email, phone } = organizer(checker, party)?;
    let contact = Contact {
        name,
        url,
        role: checker.line("role", &party.value.role),
        email,
        phone,
        is_public: party.value.public.as_ref().is_some_and(|public| public.value),
    };
    if !contact.is_reachable() {
        checker.report(&party.span, Problem::UnreachableContact);
    }
    Some(contact)
}

/// Reports `role` and `public` of an organizer that is written in place: it has no role and is always public, so the
/// keys would be lost without a word.
pub(crate) fn report_contact_keys(checker: &Checker<'_>, party: &PartyDefinition) {
    let other = "`[contact]`";
    if let Some(role) = &party.role {
        checker.report(&role.span, Problem::Needs { key: "role", other });
    }
    if let Some(public) = &party.public {
        checker.report(&public.span, Problem::Needs { key: "public", other });
    }
}
