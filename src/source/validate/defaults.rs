//! `[defaults]` of a feed: the values of the events of its folder that do not give their own.

use std::sync::Arc;

use chrono_tz::Tz;

use crate::model::{Contact, EventKind, Language, Organizer, Place, SeriesForm, Visibility};
use crate::source::diagnostic::Problem;
use crate::source::format::DefaultsDefinition;

use super::checker::Checker;
use super::surroundings::Surroundings;
use super::visibility::{self, Written};
use super::{series, session, zone};

/// The checked defaults of a folder.
pub(crate) struct Defaults {
    pub language: Language,
    pub zone: Tz,
    pub organizer: Option<Arc<Organizer>>,
    pub contact: Option<Contact>,
    pub place: Option<Place>,
    pub kind: EventKind,
    pub visibility: Written,
    pub busy: bool,
    pub session_entries: bool,
    pub series: SeriesForm,
    /// Whether `feed.toml` could be read.
    pub are_known: bool,
}

impl Defaults {
    /// Returns the defaults that stand in for those of a `feed.toml` that is missing or broken.
    pub(crate) fn unknown() -> Self {
        Self {
            language: Language::german(),
            zone: zone::DEFAULT_ZONE,
            organizer: None,
            contact: None,
            place: None,
            kind: EventKind::default(),
            visibility: Written::For(Visibility::default()),
            busy: false,
            session_entries: false,
            series: SeriesForm::Rule,
            are_known: false,
        }
    }

    pub(crate) fn validate(
        checker: &Checker<'_>,
        defaults: &DefaultsDefinition,
        surroundings: &Surroundings<'_>,
    ) -> Self {
        let registry = surroundings.registry;
        if let (Some(room), None) = (&defaults.room, &defaults.venue) {
            checker.report(&room.span, Problem::Needs { key: "room", other: "`venue`" });
        }
        let venue = defaults.venue.as_ref();
        Self {
            language: checker.language(&defaults.language).unwrap_or_else(Language::german),
            zone: zone::zone(checker, &defaults.timezone).unwrap_or(zone::DEFAULT_ZONE),
            organizer: registry.organizer(checker, &defaults.organizer),
            contact: registry.contact(checker, &defaults.contact),
            place: venue.and_then(|venue| registry.place(checker, venue, &defaults.room)),
            kind: checker.kind(&defaults.kind).unwrap_or_default(),
            visibility: visibility::written(checker, &defaults.visibility)
                .unwrap_or(Written::For(Visibility::default())),
            busy: defaults.busy.as_ref().is_some_and(|busy| busy.value),
            session_entries: session::are_entries(checker, &defaults.sessions).unwrap_or(false),
            series: series::form(checker, &defaults.series).unwrap_or(SeriesForm::Rule),
            are_known: true,
        }
    }
}
