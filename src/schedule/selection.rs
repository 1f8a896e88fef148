//! Which events a feed or a query asks for.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use crate::model::{Address, Event, EventKind, Line, Location, Place, Select, Slug};

/// What is asked for, folded; of several values of one criterion, any will do, and an empty one asks for
/// nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Selection {
    /// What sort of event.
    pub kinds: Vec<EventKind>,
    /// Keywords.
    pub tags: Vec<String>,
    /// Towns.
    pub cities: Vec<String>,
    /// Names or keys of venues.
    pub venues: Vec<String>,
    /// Names of rooms.
    pub rooms: Vec<String>,
    /// Names of organizers.
    pub organizers: Vec<String>,
    /// Primary languages.
    pub languages: Vec<String>,
    /// Names of statuses.
    pub statuses: Vec<String>,
    /// Folders.
    pub feeds: Vec<Slug>,
    /// Words of title, text and place, all of which must be there.
    pub words: Vec<String>,
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day, inclusive.
    pub to: Option<NaiveDate>,
}

/// What of an event can be asked for; texts are folded, so that a question costs little.
#[derive(Clone, Debug)]
pub struct Facets {
    event: Arc<Event>,
    tags: Vec<String>,
    city: Option<String>,
    venues: Vec<String>,
    room: Option<String>,
    organizer: Option<String>,
    /// Title, text and place; they are long, and few selections ask for them.
    text: OnceLock<Box<str>>,
}

impl Facets {
    /// Those of `event`.
    #[must_use]
    pub fn of(event: &Arc<Event>) -> Self {
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

    /// The same with everything made that a question may need.
    #[must_use]
    pub fn with_text(self) -> Self {
        self.text();
        self
    }

    fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let Event { title, subtitle, summary, body, location, tags, .. } = &*self.event;
            // Of an event that was deleted, the summary and the tags stand in for the text.
            let summary = summary.as_ref().filter(|_| body.is_empty());
            let tags = tags.iter().filter(|_| body.is_empty());
            let lines = [Some(title), subtitle.as_ref(), summary].into_iter().flatten();
            let lines = lines.chain(tags).map(Line::as_str).chain([&**body]);
            let place = place_words(location);
            let words: Vec<&str> = lines.chain([place.as_str()]).collect();
            fold(&words.join(" ")).into()
        })
    }
}

/// What can be searched of a place: its names and its address, or what it is called online.
fn place_words(location: &Location) -> String {
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
    // People copy addresses with their commas.
    names.chain(address).collect::<Vec<_>>().join(", ")
}

impl Selection {
    /// Returns what `[select]` asks for.
    #[must_use]
    pub fn of(select: &Select) -> Self {
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
            words: words.map(fold).collect(),
            ..Self::default()
        }
    }

    /// The criterion that leaves this event out, whatever the time; `None` where none does.
    #[must_use]
    pub fn why_not(&self, facets: &Facets) -> Option<&'static str> {
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
            ("q", self.words.iter().all(|word| facets.text().contains(word.as_str()))),
        ];
        criteria.into_iter().find(|(_, is_met)| !is_met).map(|(name, _)| name)
    }
}

fn is_met<'a, T: PartialEq + 'a>(wanted: &[T], found: impl IntoIterator<Item = &'a T>) -> bool {
    wanted.is_empty() || found.into_iter().any(|one| wanted.contains(one))
}

fn is_any(wanted: &[String], found: &str) -> bool {
    wanted.is_empty() || wanted.iter().any(|one| one == found)
}

/// Composed text (NFC) without case and accents: ä, ae and Ä are one, and so are ß and ss.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 8);
    for c in text.chars() {
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
