//! The words around what pages tell, in German and in English.

use crate::model::Language;

/// All of them.
#[derive(Debug)]
pub struct Chrome {
    pub language: &'static str,
    pub upcoming: &'static str,
    pub nothing_upcoming: &'static str,
    pub past: &'static str,
    pub feeds: &'static str,
    pub calendar: &'static str,
    pub subscribe: &'static str,
    pub subscribe_how: &'static str,
    pub for_readers: &'static str,
    pub as_table: &'static str,
    pub for_programs: &'static str,
    pub what_changed: &'static str,
    pub changes: &'static str,
    pub about_this: &'static str,
    pub add_event: &'static str,
    pub add_all_dates: &'static str,
    pub part_of: &'static str,
    pub other_language: &'static str,
    /// Of an explanation.
    pub part: &'static str,
    pub asked: &'static str,
    pub is_in: &'static str,
    pub is_left_out: &'static str,
}

/// The words for pages in `language`: German for German, English for every other.
pub fn chrome(language: &Language) -> &'static Chrome {
    if language.is_german() { &GERMAN } else { &ENGLISH }
}

const GERMAN: Chrome = Chrome {
    language: "de",
    upcoming: "Kommende Veranstaltungen",
    nothing_upcoming: "Zurzeit sind keine Veranstaltungen angekündigt.",
    past: "Vergangene Veranstaltungen",
    feeds: "Kalender und Feeds",
    calendar: "Kalender (iCalendar)",
    subscribe: "Abonnieren",
    subscribe_how: "Diese Adresse in Outlook, Google Kalender, Apple Kalender oder Thunderbird als Kalender \
        abonnieren; Änderungen kommen von selbst:",
    for_readers: "Für Feedreader",
    as_table: "Als Tabelle",
    for_programs: "Für Programme",
    what_changed: "Was sich ändert",
    changes: "Änderungen",
    about_this: "Zu diesem Termin",
    add_event: "Termin in den Kalender übernehmen",
    add_all_dates: "Alle Termine in den Kalender übernehmen",
    part_of: "Teil von",
    other_language: "English",
    part: "Auswahl",
    asked: "Gefragt ist",
    is_in: "dabei",
    is_left_out: "nicht dabei wegen",
};

const ENGLISH: Chrome = Chrome {
    language: "en",
    upcoming: "Upcoming events",
    nothing_upcoming: "No events are announced at present.",
    past: "Past events",
    feeds: "Calendars and feeds",
    calendar: "Calendar (iCalendar)",
    subscribe: "Subscribe",
    subscribe_how: "Subscribe to this address as a calendar in Outlook, Google Calendar, Apple Calendar or \
        Thunderbird; changes arrive by themselves:",
    for_readers: "For feed readers",
    as_table: "As a table",
    for_programs: "For programs",
    what_changed: "What changes",
    changes: "Changes",
    about_this: "About this event",
    add_event: "Add this event to your calendar",
    add_all_dates: "Add all dates to your calendar",
    part_of: "Part of",
    other_language: "Deutsch",
    part: "Selection",
    asked: "Asked for",
    is_in: "in",
    is_left_out: "left out by",
};
