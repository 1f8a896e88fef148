//! The closed sets: what stands in their tables, and that no format, language or author's file lacks a row.

use aushang::model::{EventKind, EventStatus};
use hyper::Method;

use crate::support::Site;

/// `keys` of an event that each status needs.
fn with_status(status: EventStatus) -> String {
    let name = status.name();
    format!("status = \"{name}\"\n[online]\nurl = \"https://example.org/live\"")
}

#[test]
fn every_status_and_kind_is_read_by_its_name_and_published() {
    assert_eq!(EventStatus::NAMES.len(), EventStatus::ALL.len());
    let mut site = Site::new();
    for status in EventStatus::ALL {
        assert_eq!(EventStatus::from_name(status.name()), Some(*status));
        site = site.event(status.name(), &with_status(*status));
    }
    for kind in EventKind::ALL {
        assert_eq!(EventKind::from_name(kind.name()), Some(*kind));
        site = site.event(kind.name(), &format!("kind = \"{}\"", kind.name()));
    }
    let items = site.items("/feeds/termine.json");
    let said = |key: &str, name: &str| items.iter().any(|item| item["_event"][key] == name);
    for name in EventStatus::NAMES {
        assert!(said("status", name), "{name}");
        let query = format!("/feeds/termine.json?status={name}");
        assert!(!site.items(&query).is_empty(), "{name}");
    }
    for kind in EventKind::ALL {
        // That an event is of another kind says nothing.
        assert_eq!(said("kind", kind.name()), *kind != EventKind::Other, "{}", kind.name());
        assert_eq!(site.get(&format!("/feeds/termine.ics?kind={}", kind.name())).status, 200);
    }
}

#[test]
fn the_columns_of_tables_stand_in_one_order_in_each_language() {
    let site = Site::new().event("a", "\n[translation.en]\ntitle = \"Title\"");
    let header = |path: &str| {
        let table = site.get(path).body;
        table.lines().next().unwrap_or_default().to_owned()
    };
    let german = "\u{feff}Titel,Untertitel,Beginn,Ende,Zeitzone,Ganztägig,Status,Art,Ort,Raum,Straße,PLZ,Stadt,\
                  Veranstalter,Themen,Adresse,Zuletzt geändert,UID";
    let english = "\u{feff}Title,Subtitle,Start,End,Time zone,All day,Status,Type,Place,Room,Street,Postcode,Town,\
                   Organizer,Topics,Address,Last changed,UID";
    assert_eq!(header("/feeds/termine.csv"), german);
    assert_eq!(header("/en/feeds/termine.csv"), english);
}

#[test]
fn all_that_an_event_says_stands_in_this_order() {
    let keys = "kind = \"talk\"\ndoors = 10:00:00\nend = 2018-12-10T12:00:00\ntags = [\"eins\", \"zwei\"]\n\
        organizer = \"buero\"\nlinks = [{ label = \"Mehr\", url = \"https://example.org/m\" }]\n\
        image = \"https://example.org/b.png\"\n\
        attachments = [{ label = \"Plan\", file = \"https://example.org/p.pdf\" }]\n\
        contact = { name = \"Ada\", role = \"Anmeldung\", email = \"a@example.org\", public = true }\n\
        [location]\nname = \"Haus\"\ncity = \"Wien\"\nregion = \"Wien\"\ncountry = \"AT\"\naccessibility = \"Rampe\"\n\
        [online]\nlabel = \"Zoom\"\n\
        [participation]\nprice = 9.5\ncurrency = \"EUR\"\nrequires = \"R\"\nrecommends = \"E\"\naudience = \"Z\"\n\
        capacity = 20\n[participation.registration]\nurl = \"https://example.org/r\"\nemail = \"r@example.org\"\n\
        opens = 2018-11-02\ndeadline = 2018-12-01T12:00:00\n";
    let feed = Site::new().event("a", keys).json("/feeds/termine.json");
    let text = feed["items"][0]["content_text"].as_str().expect("a text").to_owned();
    let lines = "Datum: Montag, 10. Dezember 2018, 10:15 bis 12:00 Uhr\nOrt: Haus, Wien\n\nText.\n\n\
        Einlass: 10:00 Uhr\nFormat: Vortrag\n\
        Online: Zoom. Den Zugangslink erhalten Sie nach der Anmeldung.\nTeilnahme: 9,50 EUR\n\
        Voraussetzung: R\nEmpfehlung: E\nZielgruppe: Z\nPlätze: 20\nAnmeldung: https://example.org/r\n\
        Anmeldung: r@example.org\nAnmeldung ab: Freitag, 2. November 2018\n\
        Anmeldung bis: Samstag, 1. Dezember 2018, 12:00 Uhr\nRegion: Wien, AT\nBarrierefreiheit: Rampe\n\
        Veranstalter: Beispielbüro (https://example.org/)\nKontakt: Ada (Anmeldung)\nKontakt: a@example.org\n\
        Themen: eins, zwei\nLinks: Mehr (https://example.org/m)\nBild: Bild (https://example.org/b.png)\n\
        Anhang: Plan (https://example.org/p.pdf)";
    assert_eq!(text, lines);
    assert_eq!(feed["items"][0]["tags"], serde_json::json!(["Vortrag", "eins", "zwei"]));
}

#[test]
fn answers_that_are_no_document_say_so_in_the_language_of_the_site() {
    let site = Site::new().event("a", "");
    let not_found = site.get("/events/b").body;
    let title = "<h1>Hier hängt nichts</h1>";
    assert!(not_found.contains(title) && not_found.contains(">Zur Übersicht</a>"), "{not_found}");
    let refused = site.request(&Method::POST, "/events/a", &[]).body;
    assert!(refused.contains("Hier wird nur gelesen") && refused.contains("<html lang=\"de\">"));
}
