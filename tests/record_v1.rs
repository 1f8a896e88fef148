//! A record of version 1 is read, and written in the present version, and no subscriber sees a change.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Site, record_lines, record_text};

const FOLDER: &str = "tests/golden/record-v1/feeds";
/// A day after the last revision that the first version recorded.
const LATER: &str = "2018-11-03T12:00:00Z";

/// A site with the definitions and the record that the first version left.
fn site() -> Site {
    let site = Site::new().at(LATER);
    let copy = |site: Site, from: &str| {
        let text = fs::read_to_string(Path::new(FOLDER).join(from)).expect("a file");
        site.file(from, text)
    };
    let events = fs::read_dir(format!("{FOLDER}/termine")).expect("a folder");
    let events = events.map(|entry| entry.expect("an entry").file_name().into_string());
    let events = events.map(|name| format!("termine/{}", name.expect("UTF-8")));
    let others = ["venues.toml", "organizers.toml", "auswahl/feed.toml", "record.jsonl"];
    others.map(str::to_owned).into_iter().chain(events).fold(site, |site, path| copy(site, &path))
}

#[test]
fn every_line_is_written_anew_without_a_new_revision() {
    let site = site();
    let before = record_lines(&site);
    let site = site.record();
    let after = record_lines(&site);
    assert_eq!((before.len(), after.len()), (10, 10));
    for (before, after) in before.iter().zip(&after) {
        assert_eq!((&before["v"], &after["v"]), (&1.into(), &2.into()));
        for key in ["uid", "slugs", "sequence", "created", "modified", "listed", "removed", "held"]
        {
            assert_eq!(before[key], after[key], "{key} of {before}");
        }
        let numbers = |line: &Value| -> Vec<Value> {
            let changes = line["changes"].as_array().expect("changes").iter();
            changes.map(|change| change["sequence"].clone()).collect()
        };
        assert_eq!(numbers(before), numbers(after));
        let is_live = after["removed"].is_null();
        let digest = after["digest"].as_str().expect("a digest");
        assert_eq!(digest.starts_with("sha256:"), is_live, "{after}");
    }
    let everything = after.iter().find(|line| line["slugs"][0] == "alles").expect("it is there");
    assert_eq!(everything["last"]["kind"], "workshop");
    assert_eq!(everything["last"]["location"]["onsite"]["venue"]["address"]["city"], "Hannover");
    let text = record_text(&site);
    assert!(!text.contains("buero@example.org") && !text.contains("Jemand"), "no people: {text}");
    let site = site.at("2018-11-04T12:00:00Z").record();
    assert_eq!(record_text(&site), text, "written once");
}

#[test]
fn the_documents_say_what_they_said() {
    let site = site();
    let feed = site.lines("/feeds/termine.ics");
    for line in [
        "SUMMARY:ABGESAGT: Weg",
        "LOCATION:Rathaus\\, Großer Saal\\, Am Platz 1\\, 30159 Hannover",
        "SUMMARY:ABGESAGT: Weg online",
        "SUMMARY:VERSCHOBEN: Verschoben",
        "SEQUENCE:1",
        "LAST-MODIFIED:20181102T120000Z",
    ] {
        assert!(feed.contains(&line.to_owned()), "{line}: {feed:?}");
    }
    let items = site.json("/feeds/termine.jsonld");
    let items = items["dataFeedElement"].as_array().expect("items");
    let gone = items.iter().find(|one| one["item"]["name"] == "Weg").expect("the tombstone");
    // Of the line nothing is taken apart.
    let line = "Rathaus, Großer Saal, Am Platz 1, 30159 Hannover";
    assert_eq!(gone["item"]["location"]["name"], line);
    assert_eq!(gone["item"]["location"]["address"], line);
    let page = site.get("/events/raum").body;
    assert!(
        page.contains("Zuletzt geändert") && page.contains("Raum: Großer Saal → Keller"),
        "{page}"
    );
    assert!(site.get("/feeds/auswahl.ics").body.contains("ABGESAGT: Weg\r\n"));
}

#[test]
fn an_edit_beside_the_new_version_of_the_record_is_recorded_as_what_it_is() {
    let edit = |slug: &str, from: &str, to: &str| {
        let site = site();
        let path = format!("termine/{slug}.md");
        let text = fs::read_to_string(site.path().join(&path)).expect("a file");
        assert!(text.contains(from));
        let site = site.file(&path, text.replace(from, to)).record();
        let lines = record_lines(&site).into_iter();
        let mut lines = lines.filter(|line| line["slugs"][0] == slug);
        let line = lines.next().expect("the event");
        line["changes"].as_array().and_then(|all| all.last()).expect("a change")["fields"].clone()
    };
    let title = serde_json::json!([{ "title": ["Tage", "Neue Tage"] }]);
    assert_eq!(edit("tage", "title = \"Tage\"", "title = \"Neue Tage\""), title);
    let room = serde_json::json!([{ "room": ["Großer Saal", "Keller"] }]);
    assert_eq!(edit("alles", "room = \"saal\"", "room = \"keller\""), room);
    let details = serde_json::json!(["details"]);
    assert_eq!(edit("reihe", "Wöchentlich.", "Jede Woche."), details);
    assert_eq!(edit("nacht", "Doppelte", "Lange"), details);
}

#[test]
fn a_withdrawal_before_the_first_revision_changes_nothing_else() {
    let site = site();
    aushang::app::withdraw(&site.config(), site.now(), "tage").expect("it is published");
    let before = record_lines(&site);
    assert_eq!(before.iter().filter(|line| line["v"] == 2).count(), 10);
    let after = record_lines(&site.record());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before["sequence"], after["sequence"], "{before}");
    }
}
