//! Changes of events, as they are published.

use crate::support::Site;

#[test]
fn a_changed_room_is_published_in_every_format() {
    let venues = "[rathaus]\nname = \"Rathaus\"\ncity = \"Hannover\"\n[rathaus.rooms]\n\
        alt = { name = \"Raum 2.14\" }\nneu = { name = \"Raum 1.03\" }\n";
    let site = Site::new().file("venues.toml", venues).event("a", "room = \"alt\"").record();
    let site = site.at("2018-11-12T08:40:00Z").event("a", "room = \"neu\"").record();
    let sentence = "Zuletzt geändert: Raum 2.14 → 1.03 (12. November 2018, 09:40 Uhr)";
    let text = site.values("/feeds/termine.ics", &["DESCRIPTION"]).remove(0);
    assert!(text.replace("\\,", ",").contains(sentence), "{text}");
    assert!(site.get("/events/a").body.contains("Raum 2.14 → 1.03 (12. November 2018, 09:40 Uhr)"));
    let rss = site.get("/feeds/termine.rss").body;
    assert!(rss.contains("<title>Geändert: Titel</title>"));
    // uuid5(site, "entry:" + uid + "/1")
    assert_eq!(rss.matches("<guid").count(), 2);
    let log = site.get("/feeds/termine/changes");
    assert!(log.body.contains("Geändert: Titel") && log.body.contains("Neu: Titel"));
    let log = site.get("/feeds/termine/changes.rss").body;
    assert!(log.contains("https://example.org/feeds/termine/changes.rss"));
    let log = site.json("/feeds/termine/changes.json");
    assert_eq!(log["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(log["items"][0]["title"], "Geändert: Titel");
    assert_eq!(log["items"][0]["content_text"], "Raum 2.14 → 1.03");
    assert_eq!(log["items"][1]["title"], "Neu: Titel");
}

#[test]
fn a_moved_event_learns_its_previous_start_from_the_record() {
    let site = Site::new().event("a", "end = 2018-12-10T16:15:00").record();
    let moved = "status = \"moved\"\nstart = 2018-12-12T10:15:00\nend = 2018-12-12T16:15:00";
    let site = site.event("a", moved).record();
    assert_eq!(site.json("/events/a.jsonld")["previousStartDate"], "2018-12-10T10:15:00+01:00");
    let site = site.event("a", &format!("{moved}\nsubtitle = \"Neu\"")).record();
    assert_eq!(site.json("/events/a.jsonld")["previousStartDate"], "2018-12-10T10:15:00+01:00");
    let typo =
        Site::new().event("a", "").record().event("a", "start = 2018-12-10T10:30:00").record();
    assert!(typo.json("/events/a.jsonld").get("previousStartDate").is_none(), "an edit is no move");
}

#[test]
fn a_changed_date_of_a_series_is_a_change() {
    let series = |keys: &str| {
        format!("start = 2019-01-08T18:00:00\n[repeat]\nevery = \"week\"\ncount = 5\n{keys}")
    };
    let site = Site::new().event("a", &series("")).record();
    let cancelled = "[[repeat.change]]\ndate = 2019-01-15\nstatus = \"cancelled\"";
    let site = site.at("2018-11-20T12:00:00Z").event("a", &series(cancelled)).record();
    let log =
        |site: &Site| site.json("/feeds/termine/changes.json")["items"][0]["content_text"].clone();
    let first_line = |text: serde_json::Value| {
        text.as_str().unwrap_or_default().lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(first_line(log(&site)), "15. Januar 2019: ABGESAGT");
    let page = site.get("/events/a/2019-01-15").body;
    assert!(page.contains("15. Januar 2019: ABGESAGT (20. November 2018, 13:00 Uhr)"));
    assert!(!site.get("/events/a/2019-01-22").body.contains("Zuletzt geändert"));
    let site = site.event("a", &series("except = [2019-01-22]")).record();
    let both = "15. Januar 2019: findet wieder statt (Dienstag, 15. Januar 2019, 18:00 Uhr)";
    assert_eq!(first_line(log(&site)), both);
    let moved =
        "except = [2019-01-22]\n[[repeat.change]]\ndate = 2019-01-15\nstart = 2019-01-16T18:00:00";
    let site = site.event("a", &series(moved)).record();
    let expected = "15. Januar 2019: Dienstag, 15. Januar 2019, 18:00 Uhr → Mittwoch, 16. Januar 2019, 18:00 Uhr";
    assert_eq!(first_line(log(&site)), expected);
}

#[test]
fn a_date_that_is_cancelled_together_with_another_edit_is_a_change_of_that_date_alone() {
    let series = |start: &str, keys: &str| {
        format!("start = 2019-01-08T{start}\n[repeat]\nevery = \"week\"\ncount = 5\n{keys}")
    };
    let site = Site::new().event("a", &series("18:00:00", "")).record();
    let cancelled = "[[repeat.change]]\ndate = 2019-01-15\nstatus = \"cancelled\"";
    let site = site.at("2018-11-20T12:00:00Z").event("a", &series("18:30:00", cancelled)).record();
    let log = site.json("/feeds/termine/changes.json")["items"][0]["content_text"].clone();
    let log = log.as_str().unwrap_or_default().to_owned();
    assert!(log.contains("18:00 Uhr → ") && log.contains("15. Januar 2019: ABGESAGT"), "{log}");
    assert!(!site.get("/events/a/2019-01-22").body.contains("ABGESAGT"));
    let site = site.at("2018-11-21T12:00:00Z").event("a", &series("19:00:00", "")).record();
    let page = site.get("/events/a/2019-01-15").body;
    assert!(page.contains("19:00 Uhr") && !page.contains("ABGESAGT"), "{page}");
    let site = site.event("a", &series("19:00:00", "also = [2019-01-10]")).record();
    let site = site
        .event("a", &format!("room = \"saal\"\n{}", series("19:00:00", "also = [2019-01-10]")))
        .record();
    let log = site.json("/feeds/termine/changes.json")["items"][0]["content_text"].clone();
    assert_eq!(log.as_str(), Some("Raum: – → Großer Saal"), "its dates moved with it");
}

#[test]
fn a_move_that_is_said_one_edit_later_still_knows_the_first_date() {
    let site = Site::new().event("a", "").record();
    let site = site.event("a", "start = 2018-12-12T10:15:00").record();
    let site = site.event("a", "start = 2018-12-12T10:15:00\nstatus = \"moved\"").record();
    assert_eq!(site.json("/events/a.jsonld")["previousStartDate"], "2018-12-10T10:15:00+01:00");
}

#[test]
fn a_date_that_only_ends_at_another_time_is_a_change() {
    let series = |keys: &str| {
        format!(
            "start = 2019-01-08T18:00:00\nend = 2019-01-08T19:00:00\n[repeat]\nevery = \"week\"\ncount = 5\n{keys}"
        )
    };
    let site = Site::new().event("a", &series("")).record();
    let longer = "[[repeat.change]]\ndate = 2019-01-15\nend = 20:00:00";
    let site = site.event("a", &series(longer)).record();
    let log = site.json("/feeds/termine/changes.json")["items"][0]["content_text"].clone();
    let expected = "15. Januar 2019: Dienstag, 15. Januar 2019, 18:00 bis 19:00 Uhr → Dienstag, 15. Januar 2019, \
        18:00 bis 20:00 Uhr";
    assert_eq!(log.as_str(), Some(expected));
}
