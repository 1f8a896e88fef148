//! The words that documents add to an author's text, in German and in English.

pub mod pages;

use chrono::Locale;

use crate::model::{EventKind, EventStatus, Frequency, Language};

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
    pub image: &'static str,
    pub attachments: &'static str,
    pub empty_feed: &'static str,
    pub feed_has_ended: &'static str,
    pub feed_ended_on: &'static str,
    pub feed_ends_on: &'static str,
    pub goes_on_in: &'static str,
    /// Of a change.
    pub last_changed: &'static str,
    pub published: &'static str,
    pub removed: &'static str,
    pub restored: &'static str,
    pub title: &'static str,
    pub new: &'static str,
    pub changes: &'static str,
    pub no_changes: &'static str,
    pub room: &'static str,
    pub status: &'static str,
    pub rule_changed: &'static str,
    pub details_changed: &'static str,
    pub unconfirmed: &'static str,
    pub as_announced: &'static str,
    pub added: &'static str,
    pub dropped: &'static str,
    /// Of a series.
    pub from: &'static str,
    pub until: &'static str,
    pub every: &'static str,
    pub every_several: &'static str,
    pub units: [[&'static str; 2]; 4],
    pub and: &'static str,
    pub on_weekday: &'static str,
    pub on_date: &'static str,
    pub on_nth: &'static str,
    pub of_each_month: &'static str,
    pub in_month: &'static str,
    pub day_of_month: &'static str,
    pub last_day: &'static str,
    /// The last, the first to the fifth.
    pub ordinals: [&'static str; 6],
    pub several_dates: &'static str,
    pub days: &'static str,
    pub next_day: &'static str,
    pub days_later: &'static str,
    pub excluded: &'static str,
    pub additional: &'static str,
    pub changed: &'static str,
    pub all_dates: &'static str,
    pub next_date: &'static str,
    pub dates: &'static str,
    pub more_dates: &'static str,
    pub past_dates: &'static str,
    pub kinds: [&'static str; 6],
}

/// What stands before the title of an event that is not as announced, and in its text.
#[derive(Debug)]
pub struct Notice {
    pub prefix: &'static str,
    pub sentence: &'static str,
}

impl Notice {
    /// The prefix as a remark.
    pub fn label(&self) -> &'static str {
        self.prefix.trim_end_matches([':', ' '])
    }
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
    image: "Bild",
    attachments: "Anhang",
    empty_feed: "Zurzeit sind keine Veranstaltungen angekündigt",
    feed_has_ended: "Dieser Feed ist beendet",
    feed_ended_on: "Seit dem {} steht hier nichts Neues.",
    feed_ends_on: "Dieser Feed endet am {}.",
    goes_on_in: "Es geht weiter in",
    last_changed: "Zuletzt geändert",
    published: "veröffentlicht",
    removed: "aus dem Programm genommen",
    restored: "findet wieder statt",
    title: "Titel",
    new: "Neu",
    changes: "Änderungen",
    no_changes: "Bisher wurde nichts geändert.",
    room: "Raum",
    status: "Status",
    rule_changed: "andere Wiederholung",
    details_changed: "Text",
    unconfirmed: "nicht bestätigt",
    as_announced: "wie angekündigt",
    added: "zusätzlicher Termin",
    dropped: "entfällt",
    from: "ab",
    until: "bis",
    every: "jeden",
    every_several: "alle",
    units: [
        ["täglich", "Tage"],
        ["jede Woche", "Wochen"],
        ["jeden Monat", "Monate"],
        ["jedes Jahr", "Jahre"],
    ],
    and: "und",
    on_weekday: "am",
    on_date: "am",
    on_nth: "am",
    of_each_month: "jedes Monats",
    in_month: "im",
    day_of_month: "am {}.",
    last_day: "am letzten Tag",
    ordinals: ["letzten", "ersten", "zweiten", "dritten", "vierten", "fünften"],
    several_dates: "an mehreren Tagen",
    days: "Tage",
    next_day: "am nächsten Tag",
    days_later: "{} Tage später",
    excluded: "Entfällt am",
    additional: "Zusätzlich am",
    changed: "Geändert",
    all_dates: "Alle Termine",
    next_date: "Nächster Termin",
    dates: "Termine",
    more_dates: "Weitere Termine",
    past_dates: "Vergangene Termine",
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
    image: "Picture",
    attachments: "Attachment",
    empty_feed: "No events are announced at present",
    feed_has_ended: "This feed has ended",
    feed_ended_on: "Nothing new has been published here since {}.",
    feed_ends_on: "This feed ends on {}.",
    goes_on_in: "It goes on in",
    last_changed: "Last changed",
    published: "published",
    removed: "taken out of the programme",
    restored: "takes place again",
    title: "Title",
    new: "New",
    changes: "Changes",
    no_changes: "Nothing has been changed yet.",
    room: "Room",
    status: "Status",
    rule_changed: "another repetition",
    details_changed: "text",
    unconfirmed: "not confirmed",
    as_announced: "as announced",
    added: "additional date",
    dropped: "does not take place",
    from: "from",
    until: "until",
    every: "every",
    every_several: "every",
    units: [
        ["every day", "days"],
        ["every week", "weeks"],
        ["every month", "months"],
        ["every year", "years"],
    ],
    and: "and",
    on_weekday: "on",
    on_date: "on",
    on_nth: "on the",
    of_each_month: "of every month",
    in_month: "in",
    day_of_month: "on day {}",
    last_day: "on the last day",
    ordinals: ["last", "first", "second", "third", "fourth", "fifth"],
    several_dates: "on several days",
    days: "days",
    next_day: "on the next day",
    days_later: "{} days later",
    excluded: "Not on",
    additional: "Also on",
    changed: "Changed",
    all_dates: "All dates",
    next_date: "Next date",
    dates: "Dates",
    more_dates: "More dates",
    past_dates: "Past dates",
    kinds: ["Workshop", "Conference", "Network meeting", "Talk", "Course", "Excursion"],
};

/// The words for texts in `language`: German for German, English for every other.
pub fn words(language: &Language) -> &'static Words {
    if language.is_german() { &GERMAN } else { &ENGLISH }
}

impl Words {
    /// "jede Woche", "alle 2 Wochen"
    pub fn each(&self, frequency: Frequency, interval: u16) -> String {
        let index = match frequency {
            Frequency::Daily => 0,
            Frequency::Weekly => 1,
            Frequency::Monthly => 2,
            Frequency::Yearly => 3,
        };
        let [each, plural] = self.units[index];
        match interval {
            1 => each.to_owned(),
            _ => format!("{} {interval} {plural}", self.every_several),
        }
    }

    /// "Montag, Dienstag und Freitag"
    pub fn list(&self, items: impl Iterator<Item = String>) -> String {
        let mut items: Vec<String> = items.collect();
        match items.pop() {
            Some(last) if !items.is_empty() => {
                format!("{} {} {last}", items.join(", "), self.and)
            }
            last => last.unwrap_or_default(),
        }
    }

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
