//! The criteria by which a feed or a query asks for events.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use crate::model::{Address, Event, EventKind, Line, Location, Place, Select, Slug};

/// The criteria of a feed or a query, folded. An event has to meet all of them; of several values of one criterion any
/// will do, and a criterion without values is met by every event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Selection {
    /// Kinds of event.
    pub kinds: Vec<EventKind>,
    /// Tags.
    pub tags: Vec<String>,
    /// Towns.
    pub cities: Vec<String>,
    /// Keys of venues; in a query, names of venues, too.
    pub venues: Vec<String>,
    /// Names of rooms.
    pub rooms: Vec<String>,
    /// Names of organizers.
    pub organizers: Vec<String>,
    /// Primary languages (RFC 5646 §2.2.1).
    pub languages: Vec<String>,
    /// Names of statuses.
    pub statuses: Vec<String>,
    /// Slugs of the feeds in whose folders the events lie.
    pub feeds: Vec<Slug>,
    /// Searches: the words of one of them must all be in title, text or place.
    pub searches: Vec<Vec<String>>,
    /// The first day, inclusive. [`Selection::why_not`] does not look at the days: they depend on the occurrences.
    pub from: Option<NaiveDate>,
    /// The last day, inclusive.
    pub to: Option<NaiveDate>,
}

/// The values of an event by which it can be asked for, folded once, so that each query costs little.
#[derive(Clone, Debug)]
pub(crate) struct Facets {
    event: Arc<Event>,
    tags: Vec<String>,
    city: Option<String>,
    venues: Vec<String>,
    room: Option<String>,
    organizer: Option<String>,
    /// Title, text and place, made when first asked for: they are long, and few selections have words.
    text: OnceLock<Box<str>>,
}

impl Facets {
    /// Returns the facets of `event`.
    #[must_use]
    pub(crate) fn of(event: &Arc<Event>) -> Self {
        let place = event.location.place();
        let venue = place.map(|place| &place.venue);
        let venues = venue
            .into_iter()
            .flat_map(|venue| venue.key.iter().map(ToString::to_string).chain([fold(&venue.name)]));
        Self {
            tags: event.tags.iter().map(|tag| fold(tag)).collect(),
            city: place.and_then(Place::address).map(|address| fold(&address.city)),
            venues: venues.collect(),
            room: place.and_then(|place| place.room.as_ref()).map(|room| fold(&room.name)),
            organizer: event.organizer.as_ref().map(|organizer| fold(&organizer.name)),
            text: OnceLock::new(),
            event: Arc::clone(event),
        }
    }

    /// Makes the text at once, and returns these facets.
    #[must_use]
    pub(crate) fn with_text(self) -> Self {
        self.text();
        self
    }

    fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let Event { title, subtitle, summary, body, location, tags, .. } = &*self.event;
            // A tombstone has lost its text: summary and tags stand in for it, so that the filters that held the event
            // still find it.
            let summary = summary.as_ref().filter(|_| body.is_empty());
            let tags = tags.iter().filter(|_| body.is_empty());
            let lines = [Some(title), subtitle.as_ref(), summary].into_iter().flatten();
            let lines = lines.chain(tags).map(Line::as_str).chain([&**body]);
            let place = searchable_place(location);
            let words: Vec<&str> = lines.chain([place.as_str()]).collect();
            fold(&words.join(" ")).into()
        })
    }
}

/// Returns the text of a place that can be searched: its names and its address, or the label of an online event.
fn searchable_place(location: &Location) -> String {
    let Some(place) = location.place() else {
        let label = location.online().and_then(|online| online.label.as_deref());
        return label.unwrap_or("Online").to_owned();
    };
    let room = place.room.as_ref().map(|room| room.name.as_str());
    let names = std::iter::once(place.venue.name.as_str()).chain(room);
    let address = place.address().into_iter();
    let address = address.flat_map(|Address { street, postal_code, city, .. }| {
        [street.as_deref(), postal_code.as_deref(), Some(&**city)].into_iter().flatten()
    });
    // People copy addresses into the search with their commas.
    names.chain(address).collect::<Vec<_>>().join(", ")
}

impl Selection {
    /// Returns the criteria of a `[select]`.
    #[must_use]
    pub(crate) fn of(select: &Select) -> Self {
        let Select { kinds, tags, cities, venues, organizers, languages, text, feeds, .. } = select;
        let folded = |lines: &[Line]| lines.iter().map(|line| fold(line)).collect();
        let words = text.iter().flat_map(|text| text.split_whitespace());
        Self {
            kinds: kinds.clone(),
            tags: folded(tags),
            cities: folded(cities),
            venues: venues.clone(),
            organizers: organizers.iter().map(|name| fold(name)).collect(),
            languages: folded(languages),
            feeds: feeds.clone(),
            searches: vec![words.map(fold).collect()],
            ..Self::default()
        }
    }

    /// Returns the first criterion that leaves this event out, but for the days; `None` if it meets all.
    #[must_use]
    pub(crate) fn why_not(&self, facets: &Facets) -> Option<&'static str> {
        let event = &facets.event;
        let criteria = [
            ("kind", is_met(&self.kinds, [&event.kind])),
            ("tag", is_met(&self.tags, &facets.tags)),
            ("city", is_met(&self.cities, &facets.city)),
            ("venue", is_met(&self.venues, &facets.venues)),
            ("room", is_met(&self.rooms, &facets.room)),
            ("organizer", is_met(&self.organizers, &facets.organizer)),
            ("language", is_any(&self.languages, event.language.primary())),
            ("status", is_any(&self.statuses, event.status.name())),
            ("feeds", is_met(&self.feeds, [&event.feed])),
            ("q", is_found(&self.searches, facets)),
        ];
        criteria.into_iter().find(|(_, is_met)| !is_met).map(|(name, _)| name)
    }
}

fn is_met<'a, T: PartialEq + 'a>(wanted: &[T], found: impl IntoIterator<Item = &'a T>) -> bool {
    wanted.is_empty() || found.into_iter().any(|one| wanted.contains(one))
}

fn is_found(searches: &[Vec<String>], facets: &Facets) -> bool {
    let has_all = |words: &Vec<String>| words.iter().all(|word| facets.text().contains(&**word));
    searches.is_empty() || searches.iter().any(has_all)
}

fn is_any(wanted: &[String], found: &str) -> bool {
    wanted.is_empty() || wanted.iter().any(|one| one == found)
}

/// Folds composed text (NFC): without case and accents, with ä as ae and ß as ss, as people type them without a German
/// keyboard.
#[must_use]
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        // Most letters are ASCII: no table of Unicode has to be asked about them.
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else {
            fold_letter(c, &mut folded);
        }
    }
    folded
}

fn fold_letter(c: char, folded: &mut String) {
    for c in c.to_lowercase() {
        match c {
            'ä' => folded.push_str("ae"),
            'ö' => folded.push_str("oe"),
            'ü' => folded.push_str("ue"),
            'ß' => folded.push_str("ss"),
            // The base letter comes first in NFD; the accents behind it are dropped.
            c => folded.extend(c.nfd().next()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn folded_text_has_no_case_and_no_accents() {
        assert_eq!(fold("GRÖSSE Größe Café"), "groesse groesse cafe");
    }
}
