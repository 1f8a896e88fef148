//! Identities are public and permanent.

use crate::support::{Site, UID};

#[test]
fn a_uid_follows_from_the_site_and_the_slug_alone() {
    // Made by Python: uuid5(UUID("0d9b9a4e-6b1f-4c8e-9a53-2f6d0c7b1a11"), "event:a")
    let before = Site::new().event("a", "");
    let after = Site::new().event("a", "title = \"Anders\"\nstart = 2019-01-01\nroom = \"saal\"");
    assert_eq!(before.values("/events/a.ics", &["UID"]), [UID]);
    assert_eq!(after.values("/events/a.ics", &["UID"]), [UID]);
}

#[test]
fn a_written_uid_is_kept_as_it_is() {
    let site = Site::new().event("a", "uid = \"2018-10@example.org\"");
    assert_eq!(site.values("/events/a.ics", &["UID"]), ["2018-10@example.org"]);
}

#[test]
fn an_entry_has_one_id_in_every_feed() {
    let site = Site::new().event("a", "");
    // uuid5(…, "entry:" + uid)
    let guid = "<guid isPermaLink=\"false\">urn:uuid:4d880f3f-3ef0-5fab-a370-c5a70d63de2d</guid>";
    for path in ["/feeds/termine.rss", "/feeds/alle.rss"] {
        assert!(site.get(path).body.contains(guid), "{path}");
    }
}

#[test]
fn written_instants_override_the_moment_of_the_build() {
    let keys = "published = 2018-09-01T09:00:00+02:00\nupdated = 2018-10-01T09:00:00+02:00";
    let site = Site::new().event("a", keys);
    let lines = site.lines("/events/a.ics");
    for line in
        ["CREATED:20180901T070000Z", "LAST-MODIFIED:20181001T070000Z", "DTSTAMP:20181001T070000Z"]
    {
        assert!(lines.contains(&line.to_owned()), "{line}");
    }
    assert!(
        site.get("/feeds/termine.rss")
            .body
            .contains("<pubDate>Sat, 01 Sep 2018 07:00:00 GMT</pubDate>")
    );
    assert_eq!(site.get("/events/a").header("last-modified"), "Mon, 01 Oct 2018 07:00:00 GMT");
}

#[test]
fn the_clock_alone_changes_no_event() {
    let keys = "published = 2018-09-01T09:00:00+02:00";
    let (before, after) =
        (Site::new().event("a", keys), Site::new().event("a", keys).at("2018-11-20T00:00:00Z"));
    for path in
        ["/events/a", "/events/a.ics", "/feeds/termine", "/feeds/termine.ics", "/feeds/termine.rss"]
    {
        assert_eq!(before.get(path).body, after.get(path).body, "{path}");
        assert_eq!(before.get(path).header("etag"), after.get(path).header("etag"), "{path}");
    }
}

#[test]
fn a_list_changes_when_an_event_passes() {
    let keys = "published = 2018-09-01T09:00:00+02:00\nend = 2018-12-10T16:15:00";
    let after = Site::new().event("a", keys).at("2018-12-10T15:15:00Z");
    assert!(after.get("/feeds/termine").body.contains("Vergangene Veranstaltungen"));
    assert_eq!(
        after.get("/feeds/termine").header("last-modified"),
        "Mon, 10 Dec 2018 15:15:00 GMT"
    );
    assert_eq!(after.get("/events/a").header("last-modified"), "Sat, 01 Sep 2018 07:00:00 GMT");
}

#[test]
fn a_cancelled_event_leaves_the_feeds_30_days_after_its_end_but_keeps_its_page() {
    let keys =
        "published = 2018-09-01T09:00:00+02:00\nend = 2018-12-10T16:15:00\nstatus = \"cancelled\"";
    let at = |now| Site::new().event("a", keys).at(now);
    assert!(at("2019-01-09T15:14:59Z").get("/feeds/termine.ics").body.contains("ABGESAGT"));
    let after = at("2019-01-09T15:15:00Z");
    for path in ["/feeds/termine", "/feeds/termine.ics", "/feeds/alle.rss", "/feeds/alle.jsonld"] {
        assert!(!after.get(path).body.contains("ABGESAGT"), "{path}");
        assert_eq!(
            after.get(path).header("last-modified"),
            "Wed, 09 Jan 2019 15:15:00 GMT",
            "{path}"
        );
    }
    assert!(after.lines("/feeds/termine.ics").contains(&"DTSTART;VALUE=DATE:20190109".into()));
    assert!(after.get("/events/a").body.contains("ABGESAGT"));
}
