//! The messages in German.

use chrono::Locale as Calendar;

use super::{
    ChangeMessages, DateMessages, ErrorMessages, ErrorPage, EventMessages, FeedMessages, Locale,
    PageMessages, SeriesMessages, StatusMessages,
};
use crate::model::{EventKind, EventStatus};
use crate::text::fields::Field;

pub(crate) const LOCALE: Locale = Locale {
    language: "de",
    calendar: Calendar::de_DE,
    decimal_mark: ",",
    yes: "ja",
    no: "nein",
    and: "und",
    label,
    heading,
    status,
    kind,
    written_in,
    dates: DATES,
    series: SERIES,
    event: EVENT,
    changes: CHANGES,
    feed: FEED,
    pages: PAGES,
    errors: ERRORS,
};

fn label(field: Field) -> &'static str {
    match field {
        Field::Title => "Titel",
        Field::Subtitle => "Untertitel",
        Field::Time => "Datum",
        Field::Place | Field::Venue => "Ort",
        Field::Start => "Beginn",
        Field::End => "Ende",
        Field::Zone => "Zeitzone",
        Field::AllDay => "Ganztägig",
        Field::Status => "Status",
        Field::Excluded => "Entfällt am",
        Field::Additional => "Zusätzlich am",
        Field::Changed => "Geändert",
        Field::Doors => "Einlass",
        Field::Kind => "Format",
        Field::Room => "Raum",
        Field::Street => "Straße",
        Field::PostalCode => "PLZ",
        Field::Town => "Stadt",
        Field::Online => "Online",
        Field::Price => "Teilnahme",
        Field::Requires => "Voraussetzung",
        Field::Recommends => "Empfehlung",
        Field::Audience => "Zielgruppe",
        Field::Capacity => "Plätze",
        Field::Registration => "Anmeldung",
        Field::RegistrationOpens => "Anmeldung ab",
        Field::RegistrationDeadline => "Anmeldung bis",
        Field::Region => "Region",
        Field::Accessibility => "Barrierefreiheit",
        Field::Organizer => "Veranstalter",
        Field::Contact => "Kontakt",
        Field::Tags => "Themen",
        Field::Links => "Links",
        Field::Image => "Bild",
        Field::Attachments => "Anhang",
        Field::Page => "Adresse",
        Field::LastChange | Field::Modified => "Zuletzt geändert",
        Field::Uid => "UID",
    }
}

fn heading(field: Field) -> &'static str {
    match field {
        Field::Kind => "Art",
        field => label(field),
    }
}

fn status(status: EventStatus) -> StatusMessages {
    let (name, message) = match status {
        EventStatus::Confirmed => ("wie angekündigt", None),
        EventStatus::Tentative => ("nicht bestätigt", Some("Der Termin ist noch nicht bestätigt.")),
        EventStatus::Cancelled => ("ABGESAGT", Some("Die Veranstaltung ist abgesagt.")),
        EventStatus::Postponed => (
            "VERTAGT",
            Some("Die Veranstaltung ist vertagt. Ein neuer Termin steht noch nicht fest."),
        ),
        EventStatus::Moved { .. } => ("VERSCHOBEN", Some("Die Veranstaltung ist verschoben.")),
        EventStatus::MovedOnline => ("ONLINE", Some("Die Veranstaltung findet online statt.")),
    };
    StatusMessages { name, message }
}

fn kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Workshop => "Workshop",
        EventKind::Conference => "Tagung",
        EventKind::NetworkMeeting => "Netzwerktreffen",
        EventKind::Talk => "Vortrag",
        EventKind::Course => "Kurs",
        EventKind::Excursion => "Exkursion",
        EventKind::Other => "Veranstaltung",
    }
}

fn written_in(language: &str) -> &'static str {
    match language {
        "en" => "auf Englisch",
        "fr" => "auf Französisch",
        "pl" => "auf Polnisch",
        "tr" => "auf Türkisch",
        _ => "in anderer Sprache",
    }
}

const DATES: DateMessages = DateMessages {
    long: "%A, %-d. %B %Y",
    date: "%-d. %B %Y",
    day_and_month: "%-d. %B",
    day: "%-d.",
    short: "%a., %d.%m.%Y",
    clock: " Uhr",
    to: "bis",
    days: "Tage",
    next_day: "am nächsten Tag",
    days_later: "{} Tage später",
};

const SERIES: SeriesMessages = SeriesMessages {
    from: "ab",
    until: "bis",
    every: "jeden",
    every_several: "alle",
    daily: ["täglich", "Tage"],
    weekly: ["jede Woche", "Wochen"],
    monthly: ["jeden Monat", "Monate"],
    yearly: ["jedes Jahr", "Jahre"],
    on_weekday: "am",
    on_date: "am",
    on_nth: "am",
    of_each_month: "jedes Monats",
    in_month: "im",
    day_of_month: "am {}.",
    last_day: "am letzten Tag",
    ordinals: ["letzten", "ersten", "zweiten", "dritten", "vierten", "fünften"],
    several_dates: "an mehreren Tagen",
};

const EVENT: EventMessages = EventMessages {
    before: "Bisher",
    now: "jetzt",
    online: "Online",
    link_after_registration: "Den Zugangslink erhalten Sie nach der Anmeldung.",
    link_on_request: "Den Zugangslink erhalten Sie auf Anfrage.",
    free: "kostenfrei",
    charged: "kostenpflichtig",
    programme: "Programm",
    all_dates: "Alle Termine",
    next_date: "Nächster Termin",
    dates: "Termine",
    more_dates: "Weitere Termine",
    past_dates: "Vergangene Termine",
};

const CHANGES: ChangeMessages = ChangeMessages {
    heading: "Änderungen",
    none: "Bisher wurde nichts geändert.",
    new: "Neu",
    changed: "Geändert",
    published: "veröffentlicht",
    removed: "aus dem Programm genommen",
    restored: "findet wieder statt",
    rule: "andere Wiederholung",
    details: "Text",
    added_date: "zusätzlicher Termin",
    dropped_date: "entfällt",
};

const FEED: FeedMessages = FeedMessages {
    all: "alle",
    empty: "Zurzeit sind keine Veranstaltungen angekündigt",
    has_ended: "Dieser Feed ist beendet",
    ended_on: "Seit dem {} steht hier nichts Neues.",
    ends_on: "Dieser Feed endet am {}.",
    goes_on_in: "Es geht weiter in",
};

const PAGES: PageMessages = PageMessages {
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
    about_this: "Zu diesem Termin",
    add_event: "Termin in den Kalender übernehmen",
    add_all_dates: "Alle Termine in den Kalender übernehmen",
    part_of: "Teil von",
    other_language: "English",
    selection: "Auswahl",
    asked: "Gefragt ist",
    is_in: "dabei",
    is_left_out: "nicht dabei wegen",
};

const ERRORS: ErrorMessages = ErrorMessages {
    not_found: ErrorPage {
        heading: "Hier hängt nichts",
        message: "Unter dieser Adresse gibt es keine Seite. Vielleicht hat sie einen Tippfehler.",
    },
    gone: ErrorPage {
        heading: "Hier hing einmal etwas",
        message: "Was unter dieser Adresse stand, ist vorbei und wurde abgenommen.",
    },
    method_not_allowed: ErrorPage {
        heading: "Hier wird nur gelesen",
        message: "Diese Adresse nimmt nichts entgegen, sie zeigt nur an.",
    },
    to_overview: "Zur Übersicht",
};
