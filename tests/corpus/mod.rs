//! Thousands of events as German towns might announce them, made from numbers: all documents say the
//! same of them, and a document that does not is found.

#[path = "../../examples/corpus/town/mod.rs"]
pub(crate) mod town;

use std::path::Path;

use aushang::app;
use aushang::proof::{self, Documents, Mismatch, Proof};

use crate::support::Site;

/// The moment at which the corpus is read: half of it is over.
const NOW: &str = "2018-12-01T12:00:00Z";

pub(crate) fn site(events: u64) -> Site {
    town::files(events).iter().fold(Site::new().at(NOW), |site, (path, text)| site.file(path, text))
}

/// Proves the documents of a site, after `spoil` has changed them.
fn prove(site: &Site, spoil: impl FnOnce(&mut Documents)) -> Proof {
    let built = site.build().unwrap_or_else(|error| panic!("{error}"));
    let mut documents = app::documents(&built.snapshot);
    spoil(&mut documents);
    proof::prove(app::published(&built.snapshot), &documents)
}

/// Returns what the proof finds in the documents of a site, after `spoil` has changed them.
fn mismatches(site: &Site, spoil: impl FnOnce(&mut Documents)) -> Vec<Mismatch> {
    prove(site, spoil).mismatches
}

/// Proves the documents of a site, and that at least so many events, dates of series and documents were
/// compared.
fn all_say_the_same(site: &Site, events: usize, dates: usize, documents: usize) {
    let proof = prove(site, |_| {});
    let found: Vec<String> = proof.mismatches.iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
    let compared = (proof.events, proof.dates, proof.documents);
    let is_enough = compared.0 >= events && compared.1 >= dates && compared.2 >= documents;
    assert!(is_enough, "only {compared:?} events, dates and documents");
}

/// Before all events, among them, and long after.
#[test]
fn all_documents_of_a_town_say_the_same_at_any_moment() {
    for (now, dates) in [
        ("2016-06-01T12:00:00Z", 180),
        ("2018-12-01T12:00:00Z", 180),
        ("2026-11-25T12:00:00Z", 180),
    ] {
        all_say_the_same(&site(300).at(now), 300, dates, 900);
    }
}

/// New titles, texts, times and names, and events that are gone, beside a record of what was before.
#[test]
fn all_documents_of_a_town_say_the_same_of_its_changes() {
    let mut site = site(60).record().at("2018-12-02T12:00:00Z");
    let files = town::files(60);
    let events =
        files.iter().filter(|(path, _)| Path::new(path).extension().is_some_and(|one| one == "md"));
    for (number, (path, text)) in events.enumerate() {
        site = match number % 6 {
            0 => site.file(path, text.replace("title = \"", "title = \"Neu: ")),
            1 => site.file(path, text.replace("T18:", "T19:").replace("saal", "keller")),
            2 => site.file(path, format!("{text}\nUnd noch etwas.\n")),
            3 if number < 16 => site.without(path),
            4 => site.rename(path, &path.replace("ereignis", "umbenannt")),
            _ => site,
        };
    }
    let config = site.config();
    app::accept_removals(&config, site.now()).unwrap_or_else(|error| panic!("{error}"));
    all_say_the_same(&site.at("2018-12-03T12:00:00Z"), 57, 40, 350);
}

/// One event that has everything, and a series.
fn small_site() -> Site {
    Site::new()
        .event_with_text(
            "fest",
            "title = \"Fest\"\nroom = \"saal\"\nstatus = \"cancelled\"\nstart = 2018-12-10T10:15:00\nend = 2018-12-10T12:00:00\n",
            "Wir feiern.",
        )
        .event("kurs", "title = \"Kurs\"\nstart = 2018-12-04T18:00:00\nend = 2018-12-04T19:00:00\n[repeat]\nevery = \"week\"\ncount = 3\n")
}

/// Replaces `from` by `to` in one document, and says what the proof then finds there.
fn spoilt(path: &str, from: &str, to: &str) -> Vec<String> {
    let site = small_site();
    let body = site.get(path).body;
    assert!(body.contains(from), "{path}: {body}");
    let spoilt = body.replacen(from, to, 1);
    let found = mismatches(&site, |documents| {
        *documents.get_mut(path).expect("a document") = spoilt.into_bytes();
    });
    assert!(found.iter().all(|one| one.path == path), "{found:?}");
    found.into_iter().map(|one| one.what).collect()
}

/// The part in which the proof sees the spoilt place.
fn sees(path: &str, from: &str, to: &str, part: &str) {
    let found = spoilt(path, from, to);
    assert!(found.iter().any(|what| what.starts_with(part)), "{path}, {from:?}: {found:?}");
}

#[test]
fn nothing_is_found_where_nothing_is_spoilt() {
    assert_eq!(mismatches(&small_site(), |_| {}), []);
}

#[test]
fn a_spoilt_title_is_found_in_every_format() {
    sees("/feeds/termine.ics", "SUMMARY:ABGESAGT: Fest", "SUMMARY:Fest", "title");
    sees("/events/fest.ics", "SUMMARY:ABGESAGT: Fest", "SUMMARY:ABGESAGT: Fes", "title");
    sees("/feeds/termine.rss", "<title>ABGESAGT: Fest", "<title>Fest", "title");
    sees("/feeds/termine.atom", "ABGESAGT: Fest", "ABGESAGT: Fast", "title");
    sees("/feeds/termine.json", "ABGESAGT: Fest", "Fest", "title");
    sees("/feeds/termine.jsonld", "\"name\":\"Fest\"", "\"name\":\"Fast\"", "title");
    sees("/events/fest.jsonld", "\"name\":\"Fest\"", "\"name\":\"Fast\"", "title");
    sees("/events/fest", "\"name\":\"Fest\"", "\"name\":\"Fast\"", "title");
    sees("/feeds/termine.csv", "Fest,", "Fast,", "Titel");
}

#[test]
fn an_hour_too_late_is_found_in_every_format() {
    sees("/feeds/termine.ics", "20181210T101500", "20181210T111500", "time");
    sees(
        "/events/fest.ics",
        "TZID=Europe/Berlin:20181210T12",
        "TZID=Europe/London:20181210T12",
        "time",
    );
    sees("/events/kurs/2018-12-11.ics", "20181211T18", "20181211T17", "time");
    sees("/events/kurs.ics", "COUNT=3", "COUNT=4", "rule");
    sees(
        "/feeds/termine.rss",
        "<ev:startdate>2018-12-10T10",
        "<ev:startdate>2018-12-10T11",
        "time",
    );
    sees("/feeds/termine.atom", "10:15 bis", "11:15 bis", "time and place");
    sees("/feeds/termine.json", "\"start\":\"2018-12-10T10", "\"start\":\"2018-12-10T11", "time");
    sees("/feeds/termine.jsonld", "2018-12-10T10:15:00+01:00", "2018-12-10T10:15:00+02:00", "time");
    sees("/events/kurs/2018-12-11.jsonld", "2018-12-11T19", "2018-12-11T20", "time");
    sees(
        "/events/kurs/2018-12-11",
        "2018-12-11T19:00:00+01:00\",\"event",
        "2018-12-11T20:00:00+01:00\",\"event",
        "time",
    );
    sees("/feeds/termine.csv", "2018-12-10 10:15", "2018-12-10 11:15", "Beginn");
}

#[test]
fn a_spoilt_place_status_or_text_is_found_in_every_format() {
    sees("/feeds/termine.ics", "LOCATION:Rathaus", "LOCATION:Schloss", "place");
    sees("/feeds/termine.ics", "STATUS:CANCELLED", "STATUS:CONFIRMED", "status");
    sees("/feeds/termine.ics", "Wir feiern.", "Wir feiern,", "text");
    sees("/feeds/termine.rss", "<ev:location>Rathaus", "<ev:location>Schloss", "place");
    sees("/feeds/termine.rss", "Wir feiern.", "Wir fasten.", "text");
    sees("/feeds/termine.atom", "Wir feiern.", "Wir fasten.", "HTML");
    sees("/feeds/termine.json", "\"status\":\"cancelled\"", "\"status\":\"confirmed\"", "status");
    sees("/feeds/termine.json", "\"location\":\"Rathaus", "\"location\":\"Schloss", "place");
    sees("/events/fest.jsonld", "EventCancelled", "EventScheduled", "status");
    sees("/events/fest.jsonld", "Großer Saal", "Kleiner Saal", "place");
    sees("/events/fest", "\\n\\nWir feiern.", "\\n\\nWir fasten.", "text");
    sees("/feeds/termine.csv", "ABGESAGT", "", "Status");
}

#[test]
fn a_dropped_event_is_found_in_every_format() {
    for (path, start, end, what) in [
        ("/feeds/termine.ics", "BEGIN:VEVENT", "END:VEVENT\r\n", "entry"),
        ("/feeds/termine.rss", "<item>", "</item>", "item"),
        ("/feeds/termine.atom", "<entry>", "</entry>", "item"),
        ("/feeds/termine.json", "{\"id\":", "},{\"id\":", "item"),
        (
            "/feeds/termine.jsonld",
            "{\"@type\":\"DataFeedItem\"",
            "},{\"@type\":\"DataFeedItem\"",
            "event",
        ),
        ("/feeds/termine.csv", "Fest", "\r\n", "row"),
        ("/sitemap.xml", "<url><loc>https://example.org/events/fest", "</url>", "page"),
        ("/feeds/termine", "{\"@type\":\"ListItem\"", "},", "order of events"),
    ] {
        let body = small_site().get(path).body;
        let from = body.find(start).expect("a start");
        let length = body[from..].find(end).expect("an end") + end.len();
        let kept = if end.ends_with(start) { start.len() } else { 0 };
        sees(path, &body[from..from + length - kept], "", what);
    }
}

#[test]
fn a_broken_document_is_found_in_every_format() {
    sees("/feeds/termine.ics", "END:VEVENT", "END:VEVENTS", "document");
    sees("/feeds/termine.rss", "</item>", "", "document");
    sees("/feeds/termine.rss", "</guid>", "&</guid>", "document");
    sees("/feeds/termine.atom", "</entry>", "</item>", "document");
    sees("/feeds/termine.json", "\"items\"", "items", "document");
    sees("/feeds/termine.jsonld", "}", "", "document");
    sees("/events/fest", "\"name\":\"Fest\"", "\"name\":\"</script>\"", "document");
    sees("/feeds/termine/changes.rss", "</channel>", "", "document");
    sees("/sitemap.xml", "</urlset>", "", "document");
}

#[test]
fn a_missing_document_is_found() {
    let found = mismatches(&small_site(), |documents| {
        documents.remove("/events/kurs/2018-12-11.ics");
        documents.insert("/feeds/alle.csv".to_owned(), b"\xff".to_vec());
    });
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    let missing = |path| {
        format!(
            "{path}: document: found \"no document in UTF-8\", expected \"one that can be read\""
        )
    };
    assert_eq!(found, [missing("/events/kurs/2018-12-11.ics"), missing("/feeds/alle.csv")]);
}
