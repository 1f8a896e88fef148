//! The words that documents add to an author's text, in German and in English.

use chrono::Locale;

use crate::model::{EventKind, EventStatus, Language};

/// All words of one language.
#[derive(Debug)]
pub struct Words {
    pub locale: Locale,
    /// Date formats of chrono: with the weekday, without it, without the year, the day alone, short.
    pub long_date: &'static str,
    pub date: &'static str,
    pub day_and_month: &'static str,
    pub day: &'static str,
    pub short_date: &'static str,
    pub to: &'static str,
    pub clock: &'static str,
    pub cancelled: Notice,
    pub postponed: Notice,
    pub moved: Notice,
    pub moved_online: Notice,
    pub tentative: &'static str,
    pub before: &'static str,
    pub now: &'static str,
    pub time: &'static str,
    pub place: &'static str,
    pub doors: &'static str,
    pub kind: &'static str,
    pub tags: &'static str,
    pub country: &'static str,
    pub price: &'static str,
    pub free: &'static str,
    pub charged: &'static str,
    pub requires: &'static str,
    pub recommends: &'static str,
    pub audience: &'static str,
    pub capacity: &'static str,
    pub registration: &'static str,
    pub registration_opens: &'static str,
    pub registration_deadline: &'static str,
    pub online: &'static str,
    pub online_after_registration: &'static str,
    pub online_on_request: &'static str,
    pub accessibility: &'static str,
    pub organizer: &'static str,
    pub contact: &'static str,
    pub programme: &'static str,
    pub links: &'static str,
    pub empty_feed: &'static str,
    pub kinds: [&'static str; 6],
}

/// What stands before the title of an event that is not as announced, and in its text.
#[derive(Debug)]
pub struct Notice {
    pub prefix: &'static str,
    pub sentence: &'static str,
}

const GERMAN: Words = Words {
    locale: Locale::de_DE,
    long_date: "%A, %-d. %B %Y",
    date: "%-d. %B %Y",
    day_and_month: "%-d. %B",
    day: "%-d.",
    short_date: "%a., %d.%m.%Y",
    to: "bis",
    clock: " Uhr",
    cancelled: Notice { prefix: "ABGESAGT: ", sentence: "Die Veranstaltung ist abgesagt." },
    postponed: Notice {
        prefix: "VERTAGT: ",
        sentence: "Die Veranstaltung ist vertagt. Ein neuer Termin steht noch nicht fest.",
    },
    moved: Notice { prefix: "VERSCHOBEN: ", sentence: "Die Veranstaltung ist verschoben." },
    moved_online: Notice { prefix: "ONLINE: ", sentence: "Die Veranstaltung findet online statt." },
    tentative: "Der Termin ist noch nicht bestätigt.",
    before: "Bisher",
    now: "jetzt",
    time: "Datum",
    place: "Ort",
    doors: "Einlass",
    kind: "Format",
    tags: "Themen",
    country: "Region",
    price: "Teilnahme",
    free: "kostenfrei",
    charged: "kostenpflichtig",
    requires: "Voraussetzung",
    recommends: "Empfehlung",
    audience: "Zielgruppe",
    capacity: "Plätze",
    registration: "Anmeldung",
    registration_opens: "Anmeldung ab",
    registration_deadline: "Anmeldung bis",
    online: "Online",
    online_after_registration: "Den Zugangslink erhalten Sie nach der Anmeldung.",
    online_on_request: "Den Zugangslink erhalten Sie auf Anfrage.",
    accessibility: "Barrierefreiheit",
    organizer: "Veranstalter",
    contact: "Kontakt",
    programme: "Programm",
    links: "Links",
    empty_feed: "Zurzeit sind keine Veranstaltungen angekündigt",
    kinds: ["Workshop", "Tagung", "Netzwerktreffen", "Vortrag", "Kurs", "Exkursion"],
};

const ENGLISH: Words = Words {
    locale: Locale::en_GB,
    long_date: "%A, %-d %B %Y",
    date: "%-d %B %Y",
    day_and_month: "%-d %B",
    day: "%-d",
    short_date: "%a, %-d %b %Y",
    to: "to",
    clock: "",
    cancelled: Notice { prefix: "CANCELLED: ", sentence: "The event is cancelled." },
    postponed: Notice {
        prefix: "POSTPONED: ",
        sentence: "The event is postponed. A new date is not known yet.",
    },
    moved: Notice { prefix: "MOVED: ", sentence: "The event takes place at another time." },
    moved_online: Notice { prefix: "ONLINE: ", sentence: "The event takes place online." },
    tentative: "The date is not confirmed yet.",
    before: "Before",
    now: "now",
    time: "Date",
    place: "Place",
    doors: "Doors",
    kind: "Format",
    tags: "Topics",
    country: "Region",
    price: "Participation",
    free: "free of charge",
    charged: "with a fee",
    requires: "Required",
    recommends: "Recommended",
    audience: "For",
    capacity: "Places",
    registration: "Registration",
    registration_opens: "Registration from",
    registration_deadline: "Registration until",
    online: "Online",
    online_after_registration: "You receive the link after your registration.",
    online_on_request: "You receive the link on request.",
    accessibility: "Accessibility",
    organizer: "Organizer",
    contact: "Contact",
    programme: "Programme",
    links: "Links",
    empty_feed: "No events are announced at present",
    kinds: ["Workshop", "Conference", "Network meeting", "Talk", "Course", "Excursion"],
};

/// The words for texts in `language`: German for German, English for every other.
pub fn words(language: &Language) -> &'static Words {
    if language.is_german() { &GERMAN } else { &ENGLISH }
}

impl Words {
    /// What to tell about a status before everything else.
    pub fn notice(&self, status: EventStatus) -> Option<&Notice> {
        match status {
            EventStatus::Confirmed | EventStatus::Tentative => None,
            EventStatus::Cancelled => Some(&self.cancelled),
            EventStatus::Postponed => Some(&self.postponed),
            EventStatus::Moved { .. } => Some(&self.moved),
            EventStatus::MovedOnline => Some(&self.moved_online),
        }
    }

    /// The name of a kind; `other` has none.
    pub fn kind_name(&self, kind: EventKind) -> Option<&'static str> {
        let index = match kind {
            EventKind::Workshop => 0,
            EventKind::Conference => 1,
            EventKind::NetworkMeeting => 2,
            EventKind::Talk => 3,
            EventKind::Course => 4,
            EventKind::Excursion => 5,
            EventKind::Other => return None,
        };
        Some(self.kinds[index])
    }
}
