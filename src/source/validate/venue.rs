//! `venues.toml`: venues and their rooms, addresses and coordinates.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::model::{Address, Geo, Room, Venue};
use crate::source::diagnostic::Problem;
use crate::source::format::{At, RoomDefinition, Text, VenueDefinition};

use super::checker::Checker;
use super::codes;

/// A venue and its rooms, by key.
pub(crate) struct VenueEntry {
    pub venue: Arc<Venue>,
    pub rooms: BTreeMap<String, Room>,
}

impl VenueEntry {
    /// Returns the room with this key, or reports it.
    pub(crate) fn room(&self, checker: &Checker<'_>, room: &At<String>) -> Option<Room> {
        let found = self.rooms.get(&room.value);
        if found.is_none() {
            let known: Vec<&str> = self.rooms.keys().map(String::as_str).collect();
            checker.report_unknown("room", room, &known, "venues.toml");
        }
        found.cloned()
    }
}

/// Reads a table of `venues.toml`.
pub(crate) fn venue(
    checker: &Checker<'_>,
    key: &At<String>,
    venue: &At<VenueDefinition>,
) -> Option<VenueEntry> {
    let slug = checker.slug("key", key);
    let VenueDefinition { name, street, postal_code, city, region, country, geo, .. } =
        &venue.value;
    let name = checker.required_line(&venue.span, "name", "`name = \"…\"`", name);
    let address = address(checker, &venue.span, [street, postal_code, city, region, country]);
    let rooms = venue.value.rooms.iter().filter_map(|(key, room)| {
        checker.slug("key", key)?;
        Some((key.value.clone(), self::room(checker, room)?))
    });
    let rooms = rooms.collect();
    let venue = Venue {
        key: Some(slug?),
        geo: self::geo(checker, geo),
        accessibility: checker.line("accessibility", &venue.value.accessibility),
        name: name?,
        address: Some(address?),
    };
    Some(VenueEntry { venue: Arc::new(venue), rooms })
}

fn room(checker: &Checker<'_>, room: &At<RoomDefinition>) -> Option<Room> {
    let name = checker.required_line(&room.span, "name", "`name = \"…\"`", &room.value.name);
    name.map(|name| Room { name })
}

/// Reads an address; only the town is necessary.
pub(crate) fn address(
    checker: &Checker<'_>,
    span: &Range<usize>,
    [street, postal_code, city, region, country]: [&Text; 5],
) -> Option<Address> {
    let city = checker.required_line(span, "city", "`city = \"…\"`, the town", city);
    let street = checker.line("street", street);
    let postal_code = checker.line("postal_code", postal_code);
    let region = checker.line("region", region);
    let country = codes::country(checker, country);
    Some(Address { street, postal_code, city: city?, region, country })
}

/// Reads coordinates: degrees north and east.
pub(crate) fn geo(checker: &Checker<'_>, degrees: &Option<At<Vec<f64>>>) -> Option<Geo> {
    let degrees = degrees.as_ref()?;
    let geo = match degrees.value.as_slice() {
        [latitude, longitude] => Geo::new(*latitude, *longitude),
        _ => None,
    };
    if geo.is_none() {
        let value = format!("{:?}", degrees.value);
        let expected = "degrees north and east such as `[52.37, 9.73]`";
        checker.report(&degrees.span, Problem::InvalidValue { key: "geo", value, expected });
    }
    geo
}
