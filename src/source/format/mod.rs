//! The file format as serde types: the keys that may be written, before any value is checked.
//!
//! Every value remembers its place in the file. The JSON Schema of these types is the one list of known keys; serde's
//! own `deny_unknown_fields` is not used, since it stops at the first unknown key, and a missing key is no error of
//! serde's, since it has no place (all fields have defaults). `flatten` and untagged enums lose the places of what
//! is in them: [`KeyOrTable`] reads its two forms by hand, and only [`OneOrMany`], which holds no places, is untagged.

mod parse;
mod schema;
mod value;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

pub(crate) use parse::{event_file, schema_of, toml_file};
pub(crate) use schema::Rejected;
pub(crate) use value::{At, KeyOrTable, OneOrMany, Written};

/// A text of an author, if the key is written.
pub(crate) type Text = Option<At<String>>;
/// A date or time, if the key is written.
pub(crate) type When = Option<At<Written>>;
/// An organizer or contact, by key or in place, if the key is written.
pub(crate) type Party = Option<At<KeyOrTable<PartyDefinition>>>;

/// The keys of `site.toml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct SiteDefinition {
    pub id: Text,
    pub title: Text,
    pub publisher: Party,
    pub footer: Vec<At<LinkDefinition>>,
    pub translation: Languages<TranslationDefinition>,
}

/// The tables of `venues.toml`, by key.
pub(crate) type VenuesDefinition = BTreeMap<At<String>, At<VenueDefinition>>;
/// The tables of `organizers.toml`, by key.
pub(crate) type OrganizersDefinition = BTreeMap<At<String>, At<PartyDefinition>>;

/// A table of `venues.toml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct VenueDefinition {
    pub name: Text,
    pub street: Text,
    pub postal_code: Text,
    pub city: Text,
    pub region: Text,
    pub country: Text,
    pub geo: Option<At<Vec<f64>>>,
    pub accessibility: Text,
    pub rooms: BTreeMap<At<String>, At<RoomDefinition>>,
}

/// A room of a venue: `[<venue>.rooms.<room>]`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct RoomDefinition {
    pub name: Text,
}

/// A table of `organizers.toml`, or an organizer or contact written in place.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct PartyDefinition {
    pub name: Text,
    pub role: Text,
    pub url: Text,
    pub email: Text,
    pub phone: Text,
    pub public: Option<At<bool>>,
}

/// The keys of `feed.toml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct FeedDefinition {
    pub title: Text,
    pub description: Text,
    pub color: Text,
    pub license: Text,
    pub select: Option<At<SelectDefinition>>,
    pub former_slugs: Vec<At<String>>,
    pub retired: When,
    pub successor: Text,
    pub defaults: DefaultsDefinition,
    pub translation: Languages<TranslationDefinition>,
}

/// `[select]`: the criteria by which a feed holds events of other folders.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct SelectDefinition {
    pub kind: Option<At<OneOrMany>>,
    pub tag: Option<At<OneOrMany>>,
    pub city: Option<At<OneOrMany>>,
    pub venue: Option<At<OneOrMany>>,
    pub organizer: Option<At<OneOrMany>>,
    pub language: Option<At<OneOrMany>>,
    pub text: Option<At<OneOrMany>>,
    pub feeds: Option<At<OneOrMany>>,
    pub upcoming: Option<At<bool>>,
}

/// `[defaults]`: the values of the events of a folder that do not give their own.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct DefaultsDefinition {
    pub language: Text,
    pub timezone: Text,
    pub organizer: Party,
    pub contact: Party,
    pub venue: Text,
    pub room: Text,
    pub kind: Text,
    pub visibility: Text,
    pub busy: Option<At<bool>>,
    pub sessions: Text,
    pub series: Text,
}

/// The front matter of an event file.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct EventDefinition {
    pub uid: Text,
    pub title: Text,
    pub subtitle: Text,
    pub summary: Text,
    pub kind: Text,
    pub start: When,
    pub end: When,
    pub duration: Text,
    pub doors: When,
    pub weekday: Text,
    pub timezone: Text,
    pub venue: Text,
    pub room: Text,
    pub location: Option<At<LocationDefinition>>,
    pub online: Option<At<OnlineDefinition>>,
    pub status: Text,
    pub previous_start: When,
    pub reason: Text,
    pub organizer: Party,
    pub contact: Party,
    pub participation: ParticipationDefinition,
    pub sessions: Vec<At<SessionDefinition>>,
    pub sessions_as: Text,
    pub repeat: Option<At<RepeatDefinition>>,
    pub series: Text,
    pub part_of: Text,
    pub tags: Vec<At<String>>,
    pub links: Vec<At<LinkDefinition>>,
    pub image: Text,
    pub image_alt: Text,
    pub attachments: Vec<At<KeyOrTable<AttachmentDefinition>>>,
    pub language: Text,
    pub translation: Languages<EventTranslationDefinition>,
    pub visibility: Text,
    pub busy: Option<At<bool>>,
    pub published: When,
    pub updated: When,
}

/// An attachment with its label.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct AttachmentDefinition {
    pub label: Text,
    pub file: Text,
}

/// `[location]`: a place that is written in the event.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct LocationDefinition {
    pub name: Text,
    pub room: Text,
    pub street: Text,
    pub postal_code: Text,
    pub city: Text,
    pub region: Text,
    pub country: Text,
    pub geo: Option<At<Vec<f64>>>,
    pub accessibility: Text,
}

/// `[online]`: the online part of an event.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct OnlineDefinition {
    pub url: Text,
    pub label: Text,
    pub public: Option<At<bool>>,
}

/// `[participation]`: who may take part, and on what terms.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct ParticipationDefinition {
    pub free: Option<At<bool>>,
    pub price: Option<At<f64>>,
    pub currency: Text,
    pub requires: Text,
    pub recommends: Text,
    pub audience: Text,
    pub capacity: Option<At<i64>>,
    pub registration: RegistrationDefinition,
}

/// `[participation.registration]`: where and until when people register.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct RegistrationDefinition {
    pub url: Text,
    pub email: Text,
    pub opens: When,
    pub deadline: When,
}

/// `[[sessions]]`: a part of the programme.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct SessionDefinition {
    pub id: Text,
    pub title: Text,
    pub start: When,
    pub end: When,
    pub room: Text,
    pub speakers: Vec<At<String>>,
}

/// `[repeat]`: the rule of a series, in words or as `RRULE`, and its exceptions.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct RepeatDefinition {
    pub every: Text,
    pub interval: Option<At<i64>>,
    pub on: Option<At<OneOrMany>>,
    pub until: When,
    pub count: Option<At<i64>>,
    pub except: Vec<At<Written>>,
    pub also: Vec<At<Written>>,
    pub rrule: Text,
    pub change: Vec<At<ChangeDefinition>>,
}

/// `[[repeat.change]]`: the override of one date.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct ChangeDefinition {
    pub date: When,
    pub start: When,
    pub end: When,
    pub venue: Text,
    pub room: Text,
    pub status: Text,
    pub reason: Text,
    pub title: Text,
}

/// `[translation]`: texts in other languages, by language.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct Languages<T> {
    // Another language is one more field.
    pub en: Option<At<T>>,
}

impl<T> Default for Languages<T> {
    fn default() -> Self {
        Self { en: None }
    }
}

/// The texts of a feed or a site in another language.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct TranslationDefinition {
    pub title: Text,
    pub description: Text,
}

/// The texts of an event in another language.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct EventTranslationDefinition {
    pub title: Text,
    pub subtitle: Text,
    pub summary: Text,
    pub body: Text,
}

/// A link with its label.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(crate) struct LinkDefinition {
    pub label: Text,
    pub url: Text,
}
