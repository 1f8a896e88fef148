//! A deleted event stays listed as cancelled, and keeps everything but its status: whoever found it before
//! finds it still.

use aushang::model::{Event, EventKind, Line, Location, OnlineLocation, Slug, Uid, Visibility};
use chrono_tz::Tz;

use crate::support::{Site, zones};

const KEYS: &str = "title = \"Werkstatt Daten\"\nsubtitle = \"Für Kommunen\"\nsummary = \"Kurzform\"\n\
    kind = \"workshop\"\nroom = \"saal\"\norganizer = \"buero\"\ntags = [\"Bildung\", \"Daten\"]\n\
    links = [{ label = \"Mehr\", url = \"https://example.org/mehr\" }]\n\
    end = 2018-12-10T16:15:00\n[participation]\nfree = true";

/// A site whose only event was deleted a month before it would have taken place.
fn deleted() -> Site {
    let selects = [
        ("hannover", "city = \"Hannover\""),
        ("werkstatt", "kind = \"workshop\""),
        ("daten", "tag = \"daten\""),
        ("haus", "venue = \"rathaus\""),
        ("vom-buero", "organizer = \"buero\""),
        ("worte", "text = \"kommunen\""),
    ];
    let site = Site::new().event_with_text("a", KEYS, "Ein Text.");
    let site = selects.iter().fold(site, |site, (slug, select)| {
        let text = format!("title = \"Auswahl\"\n[select]\n{select}\n");
        site.file(&format!("{slug}/feed.toml"), text)
    });
    let site = site.record().without("termine/a.md").at("2018-11-05T12:00:00Z");
    site.record()
}

#[test]
fn a_tombstone_is_in_every_feed_that_held_the_event() {
    let site = deleted();
    for feed in ["hannover", "werkstatt", "daten", "haus", "vom-buero", "worte", "termine", "alle"]
    {
        let lines = site.lines(&format!("/feeds/{feed}.ics"));
        assert!(
            lines.contains(&"SUMMARY:ABGESAGT: Werkstatt Daten".to_owned()),
            "{feed}: {lines:?}"
        );
    }
}

#[test]
fn a_tombstone_is_found_by_every_filter() {
    let site = deleted();
    let filters = [
        "city=Hannover",
        "venue=rathaus",
        "venue=Rathaus",
        "room=Gro%C3%9Fer+Saal",
        "kind=workshop",
        "tag=Bildung",
        "organizer=Beispielb%C3%BCro",
        "language=de",
        "status=cancelled",
        "q=werkstatt",
        "q=kommunen",
        "q=kurzform",
        "q=bildung",
        "q=Am+Platz+1",
        "from=2018-12-10&to=2018-12-10",
    ];
    for filter in filters {
        let feed = site.get(&format!("/feeds/termine.ics?{filter}")).body;
        assert!(feed.contains("ABGESAGT"), "{filter}: {feed}");
    }
    for other in ["city=Köln", "kind=talk", "tag=Musik", "q=text", "status=confirmed"] {
        let feed = site.get(&format!("/feeds/termine.ics?{other}")).body;
        assert!(!feed.contains("ABGESAGT"), "{other}: {feed}");
    }
}

#[test]
fn a_tombstone_keeps_address_type_and_organizer_in_data() {
    let site = deleted();
    let item = &site.json("/feeds/termine.jsonld")["dataFeedElement"][0]["item"];
    assert_eq!(item["@type"], "EducationEvent");
    assert_eq!(item["eventStatus"], "https://schema.org/EventCancelled");
    assert_eq!(item["location"]["name"], "Großer Saal");
    assert_eq!(item["location"]["address"]["streetAddress"], "Am Platz 1");
    assert_eq!(item["location"]["address"]["addressLocality"], "Hannover");
    assert_eq!(item["organizer"]["name"], "Beispielbüro");
    assert_eq!(item["isAccessibleForFree"], true);
    assert_eq!(item["keywords"], serde_json::json!(["Bildung", "Daten"]));
}

#[test]
fn a_tombstone_keeps_its_columns_and_its_town() {
    let site = deleted();
    let table = site.get("/feeds/termine.csv").body;
    let row = table.lines().nth(1).expect("a row");
    let expected = "Werkstatt Daten,Für Kommunen,2018-12-10 10:15,2018-12-10 16:15,Europe/Berlin,nein,ABGESAGT,\
        Workshop,Rathaus,Großer Saal,Am Platz 1,30159,Hannover,Beispielbüro,\"Bildung, Daten\",";
    assert!(row.starts_with(expected), "{row}");
    let feed = site.get("/feeds/termine.rss").body;
    let headline =
        "<title>ABGESAGT: Werkstatt Daten – Mo., 10.12.2018, 10:15 Uhr, Hannover</title>";
    assert!(feed.contains(headline), "{feed}");
    assert!(!feed.contains("Ein Text."), "its text is not kept");
}

#[test]
fn the_tombstone_of_an_online_event_stays_online() {
    let online = "\n[online]\nlabel = \"Zoom\"\nurl = \"https://example.org/geheim\"";
    let site = Site::new().event("a", online).record().without("termine/a.md");
    let site = site.at("2018-11-05T12:00:00Z").record();
    let feed = site.get("/feeds/termine.jsonld").body;
    assert!(feed.contains("OnlineEventAttendanceMode") && feed.contains("Zoom"), "{feed}");
    assert!(!feed.contains("geheim"));
}

#[test]
fn the_tombstone_of_a_series_keeps_its_rule_and_its_overrides() {
    let keys = "room = \"saal\"\n[repeat]\nevery = \"week\"\ncount = 4\n[[repeat.change]]\n\
        date = 2018-12-17\nstart = 11:15:00\ntitle = \"Anders\"";
    let site = Site::new().event("a", keys).record().without("termine/a.md");
    let lines = site.at("2018-11-05T12:00:00Z").record().lines("/feeds/termine.ics");
    let count = |text: &str| lines.iter().filter(|line| line.as_str() == text).count();
    assert_eq!(count("RRULE:FREQ=WEEKLY;COUNT=4;BYDAY=MO"), 1, "{lines:?}");
    assert_eq!(count("STATUS:CANCELLED"), 2, "{lines:?}");
    assert_eq!(count("SUMMARY:ABGESAGT: Anders"), 1, "{lines:?}");
    assert_eq!(count("DTSTART;TZID=Europe/Berlin:20181217T111500"), 1, "{lines:?}");
}

#[test]
fn what_is_not_known_of_an_event_has_its_usual_value() {
    let slug = |name: &str| Slug::new(name).expect("a slug");
    let title = Line::new("Titel").expect("a line");
    let uid = Uid::new(title.clone()).expect("a uid");
    let day = "2018-12-10".parse().expect("a date");
    let time = zones().days(day, day, Tz::Europe__Berlin).expect("in order");
    let online = Location::Online(OnlineLocation::new(None, None, false));
    let event = Event::minimal(uid, slug("a"), slug("termine"), title, time, online);
    assert_eq!(event.feeds, [slug("termine")]);
    assert!(event.takes_place() && event.series().is_none() && event.files().next().is_none());
    assert_eq!((event.kind, event.visibility), (EventKind::Other, Visibility::Public));
}
