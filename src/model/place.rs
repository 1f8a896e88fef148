//! The place of an event: a room of a venue with an address, an online part, or both.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::stored::stored_as_text;
use super::{EventStatus, Line, Slug, WebUrl};

/// The place of an event. An event without any place cannot be expressed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Location {
    /// The event takes place at a venue only.
    Onsite(Place),
    /// The event takes place online only.
    Online(OnlineLocation),
    /// The event takes place at a venue and online at the same time.
    Mixed(Place, OnlineLocation),
}

impl Location {
    /// Returns the place, unless the event is online only.
    #[must_use]
    pub(crate) fn place(&self) -> Option<&Place> {
        match self {
            Self::Onsite(place) | Self::Mixed(place, _) => Some(place),
            Self::Online(_) => None,
        }
    }

    /// Returns the location under a status: an event that moved online has left its venue.
    #[must_use]
    pub(crate) fn under(self, status: EventStatus) -> Self {
        match (self, status) {
            (Self::Mixed(_, online), EventStatus::MovedOnline) => Self::Online(online),
            (location, _) => location,
        }
    }

    /// Returns the online part, unless the event is at a venue only.
    #[must_use]
    pub(crate) fn online(&self) -> Option<&OnlineLocation> {
        match self {
            Self::Online(online) | Self::Mixed(_, online) => Some(online),
            Self::Onsite(_) => None,
        }
    }
}

impl Location {
    /// Returns the part of the location that the record stores: without the address of a private
    /// meeting and without the notes on accessibility.
    #[must_use]
    pub(crate) fn facts(&self) -> Self {
        match self {
            Self::Onsite(place) => Self::Onsite(place.facts()),
            Self::Online(online) => Self::Online(online.facts()),
            Self::Mixed(place, online) => Self::Mixed(place.facts(), online.facts()),
        }
    }
}

impl Place {
    /// Returns the address. It is not known of a place that the record stored before it stored
    /// addresses.
    #[must_use]
    pub(crate) fn address(&self) -> Option<&Address> {
        self.venue.address.as_ref()
    }

    fn facts(&self) -> Self {
        let mut facts = self.clone();
        // A venue without such notes stays shared by all of its events.
        if facts.venue.accessibility.is_some() {
            Arc::make_mut(&mut facts.venue).accessibility = None;
        }
        facts
    }
}

/// A venue and, if it is known, the room in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The venue, which many events share.
    pub venue: Arc<Venue>,
    /// The room in the venue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<Room>,
}

/// A building or a site.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Venue {
    /// The key in `venues.toml`; `None` for a place that was written in the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Slug>,
    /// The name.
    pub name: Line,
    /// The postal address; `None` only for a place that was recorded by its name alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Address>,
    /// The coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geo: Option<Geo>,
    /// Notes on steps, lifts, hearing loops and the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessibility: Option<Line>,
}

/// A room of a venue.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// The name as it stands on the door.
    pub name: Line,
}

/// A postal address (schema.org `PostalAddress`); the town is always known.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// The street and the number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<Line>,
    /// The postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<Line>,
    /// The town.
    pub city: Line,
    /// The federal state or canton.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Line>,
    /// The country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
}

/// A country code: two capital letters (ISO 3166-1 alpha-2).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Country(String);

impl Country {
    /// Makes a country of `code`, unchanged; returns `None` if it is not two capital letters.
    #[must_use]
    pub(crate) fn new(code: &str) -> Option<Self> {
        let is_code = code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase());
        is_code.then(|| Self(code.to_owned()))
    }

    /// Returns the code.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
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

// Coordinates are never NaN, since `new` refuses it: so equality is reflexive.
impl Eq for Geo {}

impl Hash for Geo {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // `f64` has no hash of its own.
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
    /// Makes coordinates; returns `None` if one of them is out of range or not a number.
    #[must_use]
    pub(crate) fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let is_on_earth =
            (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        is_on_earth.then_some(Self { latitude, longitude })
    }

    /// Returns the degrees north.
    #[must_use]
    pub(crate) fn latitude(&self) -> f64 {
        self.latitude
    }

    /// Returns the degrees east.
    #[must_use]
    pub(crate) fn longitude(&self) -> f64 {
        self.longitude
    }
}

/// The online part of an event. An address that is not public is never stored in the record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "StoredOnline", into = "StoredOnline")]
pub struct OnlineLocation {
    /// The label of the link ("Zoom", "Livestream").
    pub label: Option<Line>,
    url: Option<WebUrl>,
    is_public: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
// The record lies in version control for good, so a link that is not public must not reach it.
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
    /// Makes an online part; `is_public` says whether its link may be published.
    #[must_use]
    pub fn new(label: Option<Line>, url: Option<WebUrl>, is_public: bool) -> Self {
        Self { label, url, is_public }
    }

    /// Returns the link if it may be published.
    #[must_use]
    pub(crate) fn public_url(&self) -> Option<&WebUrl> {
        self.url.as_ref().filter(|_| self.is_public)
    }

    fn facts(&self) -> Self {
        let url = self.public_url().cloned();
        Self { label: self.label.clone(), is_public: url.is_some(), url }
    }
}

stored_as_text!(Country, "country", Country::new);
