//! The publication record: revisions, removals, renames, and what is published of them.

use aushang::record::Record;

use crate::support::{Site, UID, documents, record_text, zones};

fn revision(site: &Site) -> Vec<String> {
    site.values("/feeds/termine.ics", &["SEQUENCE", "CREATED", "LAST-MODIFIED", "DTSTAMP"])
}

#[test]
fn a_visible_change_raises_the_sequence_and_nothing_else_does() {
    let site = Site::new().event("a", "").record();
    let first = ["0", "20181101T120000Z", "20181101T120000Z", "20181101T120000Z"];
    assert_eq!(revision(&site), first);
    let site = site.at("2018-11-05T12:00:00Z").record();
    assert_eq!(revision(&site), first, "time alone changes nothing");
    let site = site.event("a", "subtitle = \"Neu\"").record();
    let second = ["1", "20181101T120000Z", "20181105T120000Z", "20181105T120000Z"];
    assert_eq!(revision(&site), second);
    let site = site.event("a", "subtitle = \"Neu\"\nkind = \"other\"\nbusy = false").record();
    assert_eq!(revision(&site), second, "defaults that are written change nothing");
    let site = site.at("2018-11-01T00:00:00Z").event("a", "subtitle = \"Neuer\"").record();
    let third = ["2", "20181101T120000Z", "20181105T120001Z", "20181105T120001Z"];
    assert_eq!(revision(&site), third, "a clock that runs backwards lowers nothing");
    let feed = site.get("/feeds/termine.rss").body;
    assert!(feed.contains("<pubDate>Thu, 01 Nov 2018 12:00:00 GMT</pubDate>"));
    assert!(feed.contains("<dcterms:modified>2018-11-05T12:00:01Z</dcterms:modified>"));
    let data = site.json("/feeds/termine.jsonld");
    assert_eq!(data["dataFeedElement"][0]["dateModified"], "2018-11-05T12:00:01Z");
    let page = site.get("/events/a");
    assert_eq!(page.header("last-modified"), "Mon, 05 Nov 2018 12:00:01 GMT");
}

#[test]
fn the_record_holds_facts_of_each_event_by_uid_and_no_secrets() {
    let keys = "subtitle = \"Untertitel\"\nroom = \"saal\"\nkind = \"workshop\"\ntags = [\"Daten\"]\n\
        organizer = { name = \"Büro\", url = \"https://example.org/buero\", email = \"geheim1@example.org\", \
        phone = \"geheim 2\" }\ncontact = { name = \"geheim3\", email = \"geheim4@example.org\" }\n\
        online = { url = \"https://example.org/geheim5\", label = \"Zoom\" }\n[participation]\nprice = 49.9\n\
        currency = \"EUR\"\n[[sessions]]\nid = \"a\"\ntitle = \"Teil\"\nstart = 10:15:00\nspeakers = [\"geheim6\"]";
    let site = Site::new()
        .event_with_text("a", keys, "geheim7")
        .event("b", "title = \"Entwurf\"\nvisibility = \"draft\"")
        .event("c", "title = \"Intern\"\nvisibility = \"internal\"")
        .record();
    let text = record_text(&site);
    assert!(!text.contains("geheim"), "{text}");
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let [zone, event] = lines.as_slice() else { panic!("a zone and an event: {text}") };
    assert_eq!((&zone["v"], &zone["zone"]), (&2.into(), &"Europe/Berlin".into()));
    let digest = event["digest"].as_str().expect("a digest").strip_prefix("sha256:");
    assert!(digest.is_some_and(|digest| digest.len() == 64));
    let address =
        serde_json::json!({ "street": "Am Platz 1", "postal_code": "30159", "city": "Hannover" });
    let venue = serde_json::json!({ "key": "rathaus", "name": "Rathaus", "address": address });
    let place = serde_json::json!({ "venue": venue, "room": { "name": "Großer Saal" } });
    let start = serde_json::json!({ "local": "2018-12-10T10:15:00", "zone": "Europe/Berlin", "offset": "+01:00" });
    let expected = serde_json::json!({
        "title": "Titel", "subtitle": "Untertitel", "kind": "workshop",
        "time": { "timed": { "start": start, "end": { "with-its-day": "2018-12-10T23:00:00Z" } } },
        "location": { "mixed": [place, { "label": "Zoom" }] }, "status": "confirmed",
        "organizer": { "name": "Büro", "url": "https://example.org/buero" },
        "price": { "amount": { "cents": 4990, "currency": "EUR" } }, "tags": ["Daten"],
        "feeds": ["termine"], "language": "de",
    });
    assert_eq!(event["last"], expected);
    assert_eq!(event["changes"][0]["fields"], serde_json::json!(["new"]));
}

#[test]
fn a_lost_record_still_rises() {
    let site = Site::new().event("a", "").without("record.jsonl").at("2026-01-01T00:00:00Z");
    assert_eq!(revision(&site.record())[0], "189388800");
}

#[test]
fn an_unrecorded_change_is_the_same_on_every_replica() {
    let site = Site::new().event("a", "").event("b", "").record();
    let site = site.event("a", "subtitle = \"Neu\"").at("2018-11-20T00:00:00Z");
    let expected = ["1", "20181101T120000Z", "20181101T120001Z", "20181101T120001Z"];
    assert_eq!(revision(&site), expected);
    assert_eq!(revision(&site.at("2018-11-21T00:00:00Z")), expected);
}

#[test]
fn an_event_that_is_deleted_before_its_end_stays_listed_as_cancelled_for_30_days() {
    let site = Site::new().event("a", "end = 2018-12-10T16:15:00").event("b", "").record();
    let site = site.at("2018-11-20T12:00:00Z").without("termine/a.md").record();
    let names = ["UID", "DTSTART", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION", "URL"];
    let expected = [
        UID,
        "20181210T101500",
        "1",
        "CANCELLED",
        "ABGESAGT: Titel",
        "Rathaus\\, Am Platz 1\\, 30159 Hannover",
        "https://example.org/feeds/termine",
    ];
    assert_eq!(site.values("/feeds/termine.ics", &names), expected);
    assert_eq!(site.get("/events/a").status, 410);
    assert_eq!(site.get("/events/a.ics").status, 410);
    let data = site.json("/feeds/termine.jsonld");
    assert_eq!(data["dataFeedElement"][0]["dateDeleted"], "2018-11-20T12:00:00Z");
    assert!(site.get("/feeds/termine").body.contains("<h3>ABGESAGT: Titel</h3>"));
    assert!(site.get("/feeds/termine.rss").body.contains("<title>ABGESAGT: Titel</title>"));
    let before = site.at("2019-01-09T15:14:59Z");
    assert!(before.get("/feeds/termine.ics").body.contains("ABGESAGT"));
    let after = before.at("2019-01-09T15:15:00Z");
    assert!(!after.get("/feeds/termine.ics").body.contains("ABGESAGT"));
    assert_eq!(
        after.get("/feeds/termine.ics").header("last-modified"),
        "Wed, 09 Jan 2019 15:15:00 GMT"
    );
    assert_eq!(after.get("/events/a").status, 410);
}

#[test]
fn an_event_that_is_deleted_after_its_end_leaves_without_a_word() {
    let site = Site::new()
        .event("a", "end = 2018-12-10T16:15:00")
        .event("b", "start = 2019-03-01")
        .record();
    let site = site.at("2019-01-01T12:00:00Z").without("termine/a.md").record();
    let feed = site.get("/feeds/termine.ics");
    assert!(!feed.body.contains(UID));
    assert_eq!(feed.header("last-modified"), "Tue, 01 Jan 2019 12:00:00 GMT");
    assert_eq!(site.get("/events/a").status, 410);
}

#[test]
fn a_deleted_series_is_cancelled_on_every_date() {
    let keys = "start = 2018-12-04T18:00:00\n[repeat]\nevery = \"week\"\ncount = 5\nexcept = [2018-12-25]\n\
        [[repeat.change]]\ndate = 2018-12-11\nstatus = \"moved\"\nstart = 2018-12-12T18:00:00";
    let site = Site::new().event("a", keys).event("b", "").record();
    let site = site.at("2018-11-20T12:00:00Z").without("termine/a.md").record();
    let expected =
        ["FREQ=WEEKLY;COUNT=5;BYDAY=TU", "20181225T180000", "CANCELLED", "ABGESAGT: Titel"];
    assert_eq!(
        site.values("/feeds/termine.ics", &["RRULE", "EXDATE", "STATUS", "SUMMARY"]),
        expected
    );
    assert_eq!(site.get("/events/a/2018-12-11").status, 410);
    let calendar = site.get("/feeds/termine.ics").body;
    assert!(!calendar.contains("VERSCHOBEN"), "also on a date that had been moved");
}

#[test]
fn a_file_that_comes_back_continues_its_sequence() {
    let site = Site::new().event("a", "").event("b", "").record();
    let site = site.at("2018-11-20T12:00:00Z").without("termine/a.md").record();
    let site = site.at("2018-11-21T12:00:00Z").event("a", "").record();
    let expected = [UID, "2", "20181101T120000Z", "20181121T120000Z", "CONFIRMED"];
    let names = ["UID", "SEQUENCE", "CREATED", "LAST-MODIFIED", "STATUS"];
    assert_eq!(site.values("/events/a.ics", &names), expected);
    let page = site.get("/events/a").body;
    assert!(page.contains("findet wieder statt (21. November 2018, 13:00 Uhr)"));
}

#[test]
fn a_renamed_file_stays_the_same_event() {
    let site = Site::new().event("a", "").event("b", "subtitle = \"Anders\"").record();
    let site = site.at("2018-11-20T12:00:00Z").rename("termine/a.md", "termine/neu.md");
    let notes = site.build().expect("right").notes;
    assert!(notes[0].text().contains(&format!("write `uid = \"{UID}\"`")), "{notes:?}");
    let site = site.record();
    let names = ["UID", "SEQUENCE", "LAST-MODIFIED", "URL"];
    let expected = [UID, "0", "20181101T120000Z", "https://example.org/events/neu"];
    assert_eq!(site.values("/events/neu.ics", &names), expected);
    let moved = site.get("/events/a");
    assert_eq!((moved.status.as_u16(), moved.header("location")), (308, "/events/neu"));
    assert_eq!(site.get("/events/a.ics").body, site.get("/events/neu.ics").body);
    let site = site.event("neu", "title = \"Anders\"").record();
    assert_eq!(site.values("/events/neu.ics", &["UID", "SEQUENCE"]), [UID, "1"]);
    let again = site.event("a", "title = \"Ein anderer\"").record();
    let uid = again.values("/events/a.ics", &["UID"]).remove(0);
    assert_ne!(uid, UID, "a new event of the old name is another one");
    assert_eq!(again.values("/events/neu.ics", &["UID"]), [UID]);
}

#[test]
fn an_event_that_becomes_internal_or_a_draft_leaves_at_once_and_silently() {
    for visibility in ["internal", "draft"] {
        let site = Site::new().event("a", "").event("b", "").record();
        let hidden = format!("visibility = \"{visibility}\"");
        let site = site.at("2018-11-20T12:00:00Z").event("a", &hidden).record();
        assert!(!site.get("/feeds/termine.ics").body.contains(UID), "{visibility}");
        assert_eq!(site.get("/events/a").status, 404);
        let modified = site.get("/feeds/termine.ics").header("last-modified").to_owned();
        assert_eq!(modified, "Tue, 20 Nov 2018 12:00:00 GMT");
        let site = site.at("2018-11-21T12:00:00Z").event("a", "").record();
        assert_eq!(site.values("/events/a.ics", &["UID", "SEQUENCE"]), [UID, "2"]);
        let page = site.get("/events/a").body;
        assert!(!page.contains("findet wieder statt"), "no cancellation was published");
    }
}

#[test]
fn an_event_that_is_withdrawn_stays_so_until_it_is_reinstated() {
    let site = Site::new().event("a", "").event("b", "").record();
    aushang::app::withdraw(&site.config(), site.now(), "a").expect("it is published");
    let reinstate = |site: &Site| aushang::app::reinstate(&site.config(), site.now(), "a");
    let site = site.at("2018-11-20T12:00:00Z").event("a", "subtitle = \"Neu\"").record();
    assert_eq!(site.get("/events/a").status, 404);
    assert!(site.build().expect("right").notes[0].text().starts_with("`a` is withdrawn"));
    reinstate(&site).expect("it is withdrawn");
    let site = site.at("2018-11-21T12:00:00Z").record();
    assert_eq!(site.values("/events/a.ics", &["UID", "STATUS"]), [UID, "CONFIRMED"]);
    assert_eq!(reinstate(&site).expect_err("it is public").to_string(), "`a` is not withdrawn");
}

#[test]
fn many_deletions_at_once_are_an_accident_until_they_are_accepted() {
    let slugs = ["a", "b", "c", "d", "e", "f"];
    let full = slugs.iter().fold(Site::new(), |site, slug| site.event(slug, "")).record();
    let half =
        slugs[..4].iter().fold(full, |site, slug| site.without(&format!("termine/{slug}.md")));
    let (config, now) = (half.config(), half.now());
    let update = aushang::app::update_record(&config, now, false).expect("a site");
    let error = update.question.expect("too many");
    let expected = "4 events or a whole folder are gone: if that is on purpose, run \
        `aushang record --accept-removals`";
    assert_eq!(error.to_string(), expected);
    let half = half.at("2018-11-01T13:00:00Z");
    assert!(!half.get("/feeds/termine.ics").body.contains("ABGESAGT"), "time decides nothing");
    aushang::app::accept_removals(&config, now).expect("on purpose");
    let half = half.at("2018-11-02T12:00:00Z");
    assert_eq!(half.get("/feeds/termine.ics").body.matches("ABGESAGT").count(), 4);
}

#[test]
fn a_series_stays_in_the_form_in_which_it_was_first_published() {
    let series = |keys: &str| {
        format!("start = 2019-01-08T18:00:00\n{keys}[repeat]\nevery = \"week\"\ncount = 3")
    };
    let site = Site::new().event("a", &series("series = \"expand\"\n")).record();
    let site = site.event("a", &series("")).record();
    assert_eq!(site.values("/events/a.ics", &["UID", "RRULE"])[1], "", "it stays expanded");
    let site = site.event("a", &series("series = \"rule\"\n")).record();
    assert_eq!(site.values("/events/a.ics", &["RRULE"]), ["FREQ=WEEKLY;COUNT=3;BYDAY=TU"]);
    let unsafe_rule = "start = 2019-01-31T18:00:00\n[repeat]\nevery = \"month\"\ncount = 3";
    let site = site.event("a", unsafe_rule);
    let notes = site.build().expect("right").notes;
    assert!(
        notes[0].text().contains("was published as a rule and is now written as single entries")
    );
}

#[test]
fn an_unreadable_record_is_named_with_its_line() {
    let site = Site::new().event("a", "").record();
    let text = record_text(&site);
    let site = site.file("record.jsonl", format!("{text}{{\"v\":2,\n"));
    let error = site.build().expect_err("half of a line").to_string();
    assert!(error.contains("record.jsonl: line 3: "), "{error}");
}

#[test]
fn a_merge_by_version_control_and_a_byte_order_mark_lose_no_line() {
    let text = record_text(&Site::new().event("a", "").event("b", "").record());
    let whole = Record::parse(&text, zones()).expect("a record");
    let lines: Vec<&str> = text.lines().collect();
    let [zone, one, other] = lines[..] else { panic!("{text}") };
    for text in [
        format!("\u{feff}{text}"),
        format!("{zone}\r\n{one}\r\n{other}\r\n"),
        format!("{zone}\n<<<<<<< HEAD\n{one}\n=======\n{one}\n{other}\n>>>>>>> other\n"),
        format!("<<<<<<< HEAD\n{zone}\n{one}\n||||||| base\n{zone}\n=======\n{other}\n>>>>>>> b\n"),
    ] {
        assert_eq!(Record::parse(&text, zones()).expect("every line can be read"), whole);
    }
    let broken = text.replacen("\"title\"", "\"titl", 1);
    assert!(Record::parse(&broken, zones()).is_err());
}

#[test]
fn a_hundred_rebuilds_and_a_fresh_checkout_change_no_byte() {
    let site = Site::new()
        .event("a", "end = 2018-12-10T16:15:00")
        .event("b", "start = 2019-01-08T18:00:00\n[repeat]\nevery = \"week\"\ncount = 5")
        .record();
    let documents = |site: &Site| documents(&site.build().expect("right").snapshot);
    let before = documents(&site);
    for _ in 0..100 {
        assert!(documents(&site) == before);
    }
    let copy = Site::new()
        .event("b", "start = 2019-01-08T18:00:00\n[repeat]\nevery = \"week\"\ncount = 5")
        .event("a", "end = 2018-12-10T16:15:00")
        .file("record.jsonl", record_text(&site))
        .at("2018-11-09T00:00:00Z");
    assert!(documents(&copy) == before);
}

#[test]
fn a_past_event_that_is_deleted_cancels_nothing_also_where_it_is_not_recorded() {
    let site = Site::new()
        .event("a", "end = 2018-12-10T16:15:00")
        .event("b", "start = 2019-03-01")
        .record();
    let site = site.at("2019-01-01T12:00:00Z").without("termine/a.md");
    assert!(!site.get("/feeds/termine.ics").body.contains("ABGESAGT"));
}

#[test]
fn a_uid_that_is_written_later_takes_the_place_of_the_old_one() {
    let site = Site::new().event("a", "").event("b", "").record();
    let site = site.at("2018-11-20T12:00:00Z").event("a", "uid = \"mein-termin\"").record();
    let feed = site.get("/feeds/termine.ics").body;
    assert!(feed.contains("UID:mein-termin") && !feed.contains(UID) && !feed.contains("ABGESAGT"));
}

#[test]
fn a_feed_changes_when_an_event_moves_to_another_folder() {
    let site = Site::new()
        .file("andere/feed.toml", "title = \"Andere\"\n")
        .event("a", "")
        .event("b", "")
        .record();
    let site = site.at("2018-11-20T12:00:00Z").rename("termine/a.md", "andere/a.md").record();
    let modified = "Tue, 20 Nov 2018 12:00:00 GMT";
    assert_eq!(site.get("/feeds/termine.ics").header("last-modified"), modified);
    assert_eq!(site.get("/feeds/andere.ics").header("last-modified"), modified);
    assert_eq!(site.values("/events/a.ics", &["UID", "SEQUENCE"]), [UID, "0"]);
}

#[test]
fn a_cancelled_event_that_is_deleted_keeps_its_reason_and_is_not_announced_again() {
    let site = Site::new()
        .event("a", "status = \"cancelled\"\nreason = \"Krankheit\"")
        .event("b", "")
        .record();
    let items = |site: &Site| site.get("/feeds/termine.rss").body.matches("<item>").count();
    let before = items(&site);
    let site = site.at("2018-11-20T12:00:00Z").without("termine/a.md").record();
    let text = site.values("/feeds/termine.ics", &["DESCRIPTION"]).remove(0);
    assert!(text.starts_with("Krankheit."), "{text}");
    assert_eq!(items(&site), before);
}

#[test]
fn belonging_to_an_internal_event_is_no_public_revision() {
    let internal = |site: Site| site.event("geheim", "visibility = \"internal\"");
    let site = internal(Site::new().event("a", "")).record();
    let site = internal(site.event("a", "part_of = \"geheim\"")).record();
    assert_eq!(site.values("/events/a.ics", &["SEQUENCE"]), ["0"]);
}

#[test]
fn a_newer_version_is_refused_in_lines_of_zones_too() {
    for line in [
        r#"{"v":3,"zone":"Europe/Berlin","offset":3600,"changes":[]}"#,
        r#"{"v":3,"uid":"a","slugs":["a"]}"#,
    ] {
        let (number, reason) = Record::parse(line, zones()).expect_err("it is newer");
        assert_eq!(number, 1);
        assert_eq!(
            reason,
            "this line has version 3, and this program reads up to 2: start the newer program, or take \
             the record from before the upgrade"
        );
    }
}

#[test]
fn each_fault_of_a_line_has_its_own_remedy() {
    let restore = "restore the file from version control";
    for (line, remedy) in [
        (r#"{"v":9,"uid":"a"}"#, "start the newer program"),
        (r#"{"v":0,"uid":"a"}"#, restore),
        (r#"{"v":1,"zone":"a"}"#, restore),
        (r#"{"v":2,"uid":"a""#, restore),
        ("[]", restore),
    ] {
        let (_, reason) = Record::parse(line, zones()).expect_err(line);
        assert!(reason.contains(remedy), "{line}: {reason}");
        assert!(!reason.contains(" at line "), "{line}: {reason}");
    }
}
