//! Where an event takes place: a room in a building with an address, online, or both.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::stored::stored_as_text;
use super::{EventStatus, Line, Slug, WebUrl};

/// Where people meet; the ways in which an event can have no place at all cannot be said.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Location {
    /// At a place only.
    Onsite(Place),
    /// Online only.
    Online(OnlineLocation),
    /// At a place and online at the same time.
    Mixed(Place, OnlineLocation),
}

impl Location {
    /// The place, unless the event is online only.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Onsite(place) | Self::Mixed(place, _) => Some(place),
            Self::Online(_) => None,
        }
    }

    /// Where the event takes place under this status: one that moved online has left its place.
    #[must_use]
    pub fn under(self, status: EventStatus) -> Self {
        match (self, status) {
            (Self::Mixed(_, online), EventStatus::MovedOnline) => Self::Online(online),
            (location, _) => location,
        }
    }

    /// The online part, unless the event is at a place only.
    #[must_use]
    pub fn online(&self) -> Option<&OnlineLocation> {
        match self {
            Self::Online(online) | Self::Mixed(_, online) => Some(online),
            Self::Onsite(_) => None,
        }
    }
}

impl Location {
    /// What everybody may know of it for good, without the address of a private meeting and without the words
    /// on how to get in.
    #[must_use]
    pub fn facts(&self) -> Self {
        match self {
            Self::Onsite(place) => Self::Onsite(place.facts()),
            Self::Online(online) => Self::Online(online.facts()),
            Self::Mixed(place, online) => Self::Mixed(place.facts(), online.facts()),
        }
    }
}

impl Place {
    /// The address, which is not known of an event that was deleted before addresses were recorded.
    #[must_use]
    pub fn address(&self) -> Option<&Address> {
        self.venue.address.as_ref()
    }

    fn facts(&self) -> Self {
        let mut facts = self.clone();
        if facts.venue.accessibility.is_some() {
            Arc::make_mut(&mut facts.venue).accessibility = None;
        }
        facts
    }
}

/// A venue and, where it is known, the room in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The building, which many events share.
    pub venue: Arc<Venue>,
    /// The room in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Room>,
}

/// A building or site.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Venue {
    /// Its key in `venues.toml`; `None` for a place that was written in the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Slug>,
    /// Its name.
    pub name: Line,
    /// Its postal address; `None` only for what was recorded by its name alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// Its coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geo: Option<Geo>,
    /// How to get in without steps, hearing loops and the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessibility: Option<Line>,
}

/// A room in a venue.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// Its name as it stands on the door.
    pub name: Line,
}

/// A postal address (schema.org `PostalAddress`); the town is always known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Street and number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<Line>,
    /// Postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Line>,
    /// Town.
    pub city: Line,
    /// Federal state or canton.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Line>,
    /// Country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
}

/// A country: two capital letters (ISO 3166-1 alpha-2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Country(String);

impl Country {
    /// Takes `code` as it is; `None` where it is not two capital letters.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        is_code.then(|| Self(code.to_owned()))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Coordinates in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "[f64; 2]", into = "[f64; 2]")]
pub struct Geo {
    latitude: f64,
    longitude: f64,
}

impl Eq for Geo {}

impl Hash for Geo {
    fn hash<H: Hasher>(&self, state: &mut H) {
        [self.latitude, self.longitude].map(f64::to_bits).hash(state);
    }
}

impl From<Geo> for [f64; 2] {
    fn from(geo: Geo) -> Self {
        [geo.latitude, geo.longitude]
    }
}

impl TryFrom<[f64; 2]> for Geo {
    type Error = &'static str;

    fn try_from([latitude, longitude]: [f64; 2]) -> Result<Self, &'static str> {
        Self::new(latitude, longitude).ok_or("these degrees are not on earth")
    }
}

impl Geo {
    /// `None` where one of them is out of range or not a number.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let is_on_earth =
            (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        is_on_earth.then_some(Self { latitude, longitude })
    }

    /// Degrees north.
    #[must_use]
    pub fn latitude(&self) -> f64 {
        self.latitude
    }

    /// Degrees east.
    #[must_use]
    pub fn longitude(&self) -> f64 {
        self.longitude
    }
}

/// The online part of an event; where it is stored, an address that is not public is left out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "StoredOnline", into = "StoredOnline")]
pub struct OnlineLocation {
    /// What the reader sees ("Zoom", "Livestream").
    pub label: Option<Line>,
    url: Option<WebUrl>,
    is_public: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredOnline {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<Line>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<WebUrl>,
}

impl From<StoredOnline> for OnlineLocation {
    fn from(StoredOnline { label, url }: StoredOnline) -> Self {
        Self { is_public: url.is_some(), label, url }
    }
}

impl From<OnlineLocation> for StoredOnline {
    fn from(online: OnlineLocation) -> Self {
        Self { url: online.public_url().cloned(), label: online.label }
    }
}

impl OnlineLocation {
    /// `is_public`: the link may be published.
    #[must_use]
    pub fn new(label: Option<Line>, url: Option<WebUrl>, is_public: bool) -> Self {
        Self { label, url, is_public }
    }

    /// The link, where it may be published.
    #[must_use]
    pub fn public_url(&self) -> Option<&WebUrl> {
        self.url.as_ref().filter(|_| self.is_public)
    }

    fn facts(&self) -> Self {
        let url = self.public_url().cloned();
        Self { label: self.label.clone(), is_public: url.is_some(), url }
    }
}

stored_as_text!(Country, "country", Country::new);
