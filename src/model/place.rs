//! Where an event takes place: a room in a building with an address, online, or both.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::{EventStatus, Line, Slug, WebUrl};

/// Where people meet; the ways in which an event can have no place at all cannot be said.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// At a place only.
    Onsite(Place),
    /// Online only.
    Online(OnlineLocation),
    /// At a place and online at the same time.
    Mixed(Place, OnlineLocation),
    /// Of an event that was deleted: where it was to be, as it was told.
    Told(Line),
}

impl Location {
    /// The place, unless the event is online only.
    #[must_use]
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Onsite(place) | Self::Mixed(place, _) => Some(place),
            Self::Online(_) | Self::Told(_) => None,
        }
    }

    /// The place in one line, or the label of the online part.
    #[must_use]
    pub fn to_line(&self) -> Line {
        match self {
            Self::Onsite(place) | Self::Mixed(place, _) => place.to_line(),
            Self::Online(online) => online.label.clone().unwrap_or_else(OnlineLocation::unnamed),
            Self::Told(line) => line.clone(),
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
            Self::Onsite(_) | Self::Told(_) => None,
        }
    }
}

impl Place {
    /// "Gleisdreieck e.V., Raum Wintergarten, Borriesstraße 28, 30519 Hannover"
    #[must_use]
    pub fn to_line(&self) -> Line {
        let Address { street, postal_code, city, .. } = &self.venue.address;
        let room = self.room.as_ref().map(|room| &room.name);
        let before_town = std::iter::once(&self.venue.name).chain(room).chain(street);
        let town = match postal_code {
            Some(postal_code) => format!("{postal_code} {city}"),
            None => city.to_string(),
        };
        Line::joined(before_town, &town)
    }
}

/// A venue and, where it is known, the room in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The building, which many events share.
    pub venue: Arc<Venue>,
    /// The room in it.
    pub room: Option<Room>,
}

/// A building or site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Venue {
    /// Its key in `venues.toml`; `None` for a place that was written in the event.
    pub key: Option<Slug>,
    /// Its name.
    pub name: Line,
    /// Its postal address.
    pub address: Address,
    /// Its coordinates.
    pub geo: Option<Geo>,
    /// How to get in without steps, hearing loops and the like.
    pub accessibility: Option<Line>,
}

/// A room in a venue.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Room {
    /// Its name as it stands on the door.
    pub name: Line,
}

/// A postal address (schema.org `PostalAddress`); the town is always known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// Street and number.
    pub street: Option<Line>,
    /// Postcode.
    pub postal_code: Option<Line>,
    /// Town.
    pub city: Line,
    /// Federal state or canton.
    pub region: Option<Line>,
    /// Country.
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
#[derive(Clone, Copy, Debug, PartialEq)]
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

/// The online part of an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OnlineLocation {
    /// What the reader sees ("Zoom", "Livestream").
    pub label: Option<Line>,
    url: Option<WebUrl>,
    is_public: bool,
}

impl OnlineLocation {
    /// `is_public`: the link may be published.
    #[must_use]
    pub fn new(label: Option<Line>, url: Option<WebUrl>, is_public: bool) -> Self {
        Self { label, url, is_public }
    }

    /// What an online part without a label is called.
    fn unnamed() -> Line {
        Line::new("Online").expect("a word is a line")
    }

    /// The link, where it may be published.
    #[must_use]
    pub fn public_url(&self) -> Option<&WebUrl> {
        self.url.as_ref().filter(|_| self.is_public)
    }
}
