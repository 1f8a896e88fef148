//! The nodes of places: Place, PostalAddress, GeoCoordinates and VirtualLocation.

use serde::Serialize;

use crate::model::{Address, Geo, Line, Location, OnlineLocation, Place, Room};

/// The value of `location`: one place, or a place and an online location.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Locations {
    One(Box<LocationNode>),
    Both(Box<[LocationNode; 2]>),
}

#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum LocationNode {
    Place(PlaceNode),
    Virtual(VirtualLocation),
}

/// A Place: a room or a building.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlaceNode {
    #[serde(rename = "@type")]
    r#type: &'static str,
    name: String,
    address: AddressNode,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<GeoCoordinates>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contained_in_place: Option<Box<PlaceNode>>,
}

/// The value of `address`.
// Google requires an address: a place that is known by its name alone has this name as its address.
#[derive(Serialize)]
#[serde(untagged)]
enum AddressNode {
    Postal(PostalAddress),
    Text(String),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PostalAddress {
    #[serde(rename = "@type")]
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    street_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    postal_code: Option<String>,
    address_locality: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_country: Option<String>,
}

#[derive(Serialize)]
struct GeoCoordinates {
    #[serde(rename = "@type")]
    r#type: &'static str,
    latitude: f64,
    longitude: f64,
}

/// A VirtualLocation, with a public URL or that of the event's page.
#[derive(Serialize)]
pub(crate) struct VirtualLocation {
    #[serde(rename = "@type")]
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    url: String,
}

impl Locations {
    /// Returns the value of `location`; `page` is the absolute URL of the event's page.
    pub(crate) fn of(location: &Location, page: &str) -> Self {
        let place = |place| LocationNode::Place(PlaceNode::of(place));
        let online = |online| LocationNode::Virtual(VirtualLocation::of(online, page));
        match location {
            Location::Onsite(at) => Self::One(Box::new(place(at))),
            Location::Online(at) => Self::One(Box::new(online(at))),
            Location::Mixed(at, link) => Self::Both(Box::new([place(at), online(link)])),
        }
    }
}

impl PlaceNode {
    /// Returns the room in its building, or the building if no room is known.
    pub(crate) fn of(place: &Place) -> Self {
        let building = Self {
            r#type: "Place",
            name: place.venue.name.to_string(),
            address: AddressNode::of(place),
            geo: place.venue.geo.map(GeoCoordinates::of),
            contained_in_place: None,
        };
        match &place.room {
            Some(room) => building.room(room, place),
            None => building,
        }
    }

    /// Returns the node of a room in this building.
    // It has the full address of its own: readers do not look into `containedInPlace`.
    fn room(self, room: &Room, place: &Place) -> Self {
        Self {
            r#type: "Place",
            name: room.name.to_string(),
            address: AddressNode::of(place),
            // Coordinates are known of buildings alone.
            geo: None,
            contained_in_place: Some(Box::new(self)),
        }
    }
}

impl AddressNode {
    fn of(place: &Place) -> Self {
        match place.address() {
            Some(address) => Self::Postal(PostalAddress::of(address)),
            None => Self::Text(place.venue.name.to_string()),
        }
    }
}

impl PostalAddress {
    fn of(address: &Address) -> Self {
        let text = |line: &Option<_>| line.as_ref().map(|line: &Line| line.to_string());
        Self {
            r#type: "PostalAddress",
            street_address: text(&address.street),
            postal_code: text(&address.postal_code),
            address_locality: address.city.to_string(),
            address_region: text(&address.region),
            address_country: address.country.as_ref().map(|country| country.as_str().to_owned()),
        }
    }
}

impl GeoCoordinates {
    fn of(geo: Geo) -> Self {
        let (latitude, longitude) = (geo.latitude(), geo.longitude());
        Self { r#type: "GeoCoordinates", latitude, longitude }
    }
}

impl VirtualLocation {
    fn of(online: &OnlineLocation, page: &str) -> Self {
        Self {
            r#type: "VirtualLocation",
            name: online.label.as_ref().map(ToString::to_string),
            // A link that is not public is never written; the page says how to get it.
            url: online.public_url().map_or_else(|| page.to_owned(), ToString::to_string),
        }
    }
}
