//! The venues and organizers of the site, to which events refer by key.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Contact, Organizer, Place, Room, Slug};
use crate::source::diagnostic::Diagnostic;
use crate::source::format::{
    At, KeyOrTable, OrganizersDefinition, Party, PartyDefinition, Rejected, Text, VenuesDefinition,
    schema_of, toml_file,
};
use crate::source::tree::SourceFile;
use crate::zone::Zones;

use super::checker::Checker;
use super::party;
use super::venue::{self, VenueEntry};

/// The venues and organizers by key. A broken table stays known, without a value, and a broken file is `None`, so that
/// events that refer to it are not called wrong.
#[derive(Default)]
pub(crate) struct Registry {
    venues: Option<BTreeMap<String, Option<VenueEntry>>>,
    organizers: Option<BTreeMap<String, Option<At<PartyDefinition>>>>,
}

impl Registry {
    pub(crate) fn load(
        organizers: &Option<SourceFile>,
        venues: &Option<SourceFile>,
        zones: &Zones,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            organizers: load_organizers(organizers.as_ref(), zones, diagnostics),
            venues: load_venues(venues.as_ref(), zones, diagnostics),
        }
    }

    /// Returns the keys of all organizers; `None` if their file is broken.
    pub(crate) fn organizer_keys(&self) -> Option<Vec<&str>> {
        Some(self.organizers.as_ref()?.keys().map(String::as_str).collect())
    }

    pub(crate) fn organizer_name(&self, key: &str) -> Option<&str> {
        let name = self.organizers.as_ref()?.get(key)?.as_ref()?.value.name.as_ref()?;
        Some(name.value.as_str())
    }

    /// Returns the keys of all venues; `None` if their file is broken.
    pub(crate) fn venue_keys(&self) -> Option<Vec<&str>> {
        Some(self.venues.as_ref()?.keys().map(String::as_str).collect())
    }

    /// Returns the organizer that `party` names or holds.
    pub(crate) fn organizer(&self, checker: &Checker<'_>, party: &Party) -> Option<Arc<Organizer>> {
        if let Some(At { value: KeyOrTable::Inline(table), .. }) = party {
            party::report_contact_keys(checker, table);
        }
        party::organizer(checker, &self.party(checker, "organizer", party)?).map(Arc::new)
    }

    /// Returns the contact that `party` names or holds.
    pub(crate) fn contact(&self, checker: &Checker<'_>, party: &Party) -> Option<Contact> {
        party::contact(checker, &self.party(checker, "contact", party)?)
    }

    fn party(
        &self,
        checker: &Checker<'_>,
        key: &'static str,
        party: &Party,
    ) -> Option<At<PartyDefinition>> {
        let party = party.as_ref()?;
        match &party.value {
            KeyOrTable::Inline(table) => {
                Some(At { span: party.span.clone(), value: table.as_ref().clone() })
            }
            KeyOrTable::Key(value) => {
                let organizers = self.organizers.as_ref()?;
                let Some(found) = organizers.get(value) else {
                    let written = At { span: party.span.clone(), value: value.clone() };
                    let known = self.organizer_keys().unwrap_or_default();
                    checker.report_unknown(key, &written, &known, "organizers.toml");
                    return None;
                };
                // Its own mistakes are reported once, where it is defined.
                let found = found.as_ref()?;
                Some(At { span: party.span.clone(), value: found.value.clone() })
            }
        }
    }

    /// Returns the place of a venue's key and the key of one of its rooms.
    pub(crate) fn place(
        &self,
        checker: &Checker<'_>,
        venue: &At<String>,
        room: &Text,
    ) -> Option<Place> {
        let venues = self.venues.as_ref()?;
        let Some(entry) = venues.get(&venue.value) else {
            let known = self.venue_keys().unwrap_or_default();
            checker.report_unknown("venue", venue, &known, "venues.toml");
            return None;
        };
        let entry = entry.as_ref()?;
        let room = room.as_ref().and_then(|room| entry.room(checker, room));
        Some(Place { venue: Arc::clone(&entry.venue), room })
    }

    /// Returns a room of the venue with this key.
    pub(crate) fn room(
        &self,
        checker: &Checker<'_>,
        venue: &Slug,
        room: &At<String>,
    ) -> Option<Room> {
        self.venues.as_ref()?.get(venue.as_str())?.as_ref()?.room(checker, room)
    }
}

fn load_organizers(
    file: Option<&SourceFile>,
    zones: &Zones,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<BTreeMap<String, Option<At<PartyDefinition>>>> {
    // A site needs no such file.
    let Some(file) = file else { return Some(BTreeMap::new()) };
    let parsed =
        toml_file::<OrganizersDefinition>(file, &schema_of::<OrganizersDefinition>(), diagnostics)?;
    let checker = Checker::new(file, &parsed.rejected, zones);
    let rejected =
        rejected_tables(&parsed.rejected).map(|(key, _)| (key, None)).collect::<Vec<_>>();
    let organizers = parsed.definition.into_iter().map(|(key, definition)| {
        let before = checker.number_of_errors();
        checker.slug("key", &key);
        // Its mistakes are reported here, once, however many events name it.
        party::organizer(&checker, &definition);
        (key.value, Some(definition).filter(|_| checker.number_of_errors() == before))
    });
    let organizers = organizers.chain(rejected).collect();
    diagnostics.extend(checker.into_diagnostics());
    Some(organizers)
}

fn load_venues(
    file: Option<&SourceFile>,
    zones: &Zones,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<BTreeMap<String, Option<VenueEntry>>> {
    // A site needs no such file.
    let Some(file) = file else { return Some(BTreeMap::new()) };
    let parsed =
        toml_file::<VenuesDefinition>(file, &schema_of::<VenuesDefinition>(), diagnostics)?;
    let checker = Checker::new(file, &parsed.rejected, zones);
    let venues = parsed
        .definition
        .iter()
        .map(|(key, venue)| (key.value.clone(), venue::venue(&checker, key, venue)))
        .chain(rejected_tables(&parsed.rejected))
        .collect();
    diagnostics.extend(checker.into_diagnostics());
    Some(venues)
}

fn rejected_tables(rejected: &Rejected) -> impl Iterator<Item = (String, Option<VenueEntry>)> {
    rejected.top().map(|key| (key.clone(), None))
}
