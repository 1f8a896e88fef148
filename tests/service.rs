//! The running service: what it remembers from one poll of its folder to the next.

use std::fs;

use aushang::snapshot::Snapshot;
use hyper::Method;

use crate::support::{Site, UID, ask, record_text, reload, time};

fn feed(snapshot: &Snapshot) -> String {
    ask(snapshot, &Method::GET, "/feeds/termine.ics", &[]).body
}

#[test]
fn a_poll_records_and_publishes_only_if_something_changed() {
    let site = Site::new().event("a", "end = 2018-12-10T16:15:00");
    let mut state = site.start();
    let first = reload(&mut state, &site, time("2018-11-01T12:00:00Z")).expect("a snapshot");
    assert!(feed(&first).contains("SEQUENCE:0") && record_text(&site).contains(UID));
    assert!(reload(&mut state, &site, time("2018-11-01T12:00:05Z")).is_none());
    let site = site.event("a", "end = 2018-12-10T16:15:00\nsubtitle = \"Neu\"");
    let second = reload(&mut state, &site, time("2018-11-01T12:00:10Z")).expect("a snapshot");
    assert!(feed(&second).contains("SEQUENCE:1"));
    assert!(reload(&mut state, &site, time("2018-12-10T15:14:59Z")).is_none());
    assert!(reload(&mut state, &site, time("2018-12-10T15:15:00Z")).is_some(), "the event is over");
}

#[test]
fn a_vanished_file_counts_as_deleted_after_the_time_for_removals() {
    let site = Site::new().event("a", "subtitle = \"Untertitel\"").event("b", "");
    let mut state = site.start();
    let before = reload(&mut state, &site, time("2018-11-01T12:00:00Z")).expect("a snapshot");
    let site = site.without("termine/a.md");
    let gone = reload(&mut state, &site, time("2018-11-01T12:01:00Z")).expect("a snapshot");
    assert_eq!(feed(&gone), feed(&before), "nothing changes for a subscriber");
    assert!(reload(&mut state, &site, time("2018-11-01T12:01:59Z")).is_none());
    let mut restarted = site.start();
    let still = reload(&mut restarted, &site, time("2018-11-01T12:01:59Z")).expect("a snapshot");
    assert_eq!(feed(&still), feed(&before), "also over a restart");
    let removed = reload(&mut state, &site, time("2018-11-01T12:02:00Z")).expect("a snapshot");
    assert!(feed(&removed).contains("SUMMARY:ABGESAGT: Titel"));
    let site = site.event("a", "subtitle = \"Untertitel\"");
    let back = reload(&mut state, &site, time("2018-11-01T12:03:00Z")).expect("a snapshot");
    assert!(feed(&back).contains("SEQUENCE:2"));
}

#[test]
fn a_checkout_that_is_half_done_changes_nothing() {
    let slugs = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let site = slugs.iter().fold(Site::new(), |site, slug| site.event(slug, ""));
    let mut state = site.start();
    let before = reload(&mut state, &site, time("2018-11-01T12:00:00Z")).expect("a snapshot");
    let half =
        slugs[..4].iter().fold(site, |site, slug| site.without(&format!("termine/{slug}.md")));
    let mut served = before.clone();
    for now in ["2018-11-01T12:00:05Z", "2018-11-01T13:00:00Z"] {
        served = reload(&mut state, &half, time(now)).unwrap_or(served);
        assert_eq!(feed(&served), feed(&before), "{now}");
    }
    let whole = slugs[..4].iter().fold(half, |site, slug| site.event(slug, ""));
    served = reload(&mut state, &whole, time("2018-11-01T13:00:05Z")).unwrap_or(served);
    assert_eq!(feed(&served), feed(&before));
    let gone = fs::remove_dir_all(whole.path().join("termine"));
    gone.expect("a folder");
    let folder = reload(&mut state, &whole, time("2018-11-02T13:00:05Z")).expect("a snapshot");
    assert_eq!(feed(&folder), feed(&before), "nor does a whole folder that is gone");
}

#[test]
fn a_broken_file_keeps_its_last_good_version_also_over_a_restart() {
    let site = Site::new().event("a", "subtitle = \"Untertitel\"").event("b", "");
    let mut state = site.start();
    let before = reload(&mut state, &site, time("2018-11-01T12:00:00Z")).expect("a snapshot");
    for (file, text) in [
        ("termine/a.md", "+++\ntitle = \"Titel\n+++\n"),
        ("termine/a.md", "\u{1}"),
        ("venues.toml", "[rathaus]\nname = \"Rathaus\"\n"),
        ("termine/feed.toml", "titel = \"Termine\"\n"),
        ("site.toml", "id = \"nein\"\n"),
    ] {
        let broken = Site::new().event("a", "subtitle = \"Untertitel\"").event("b", "");
        let mut state = broken.start();
        reload(&mut state, &broken, time("2018-11-01T12:00:00Z")).expect("a snapshot");
        let broken = broken.file(file, text);
        let kept = reload(&mut state, &broken, time("2018-11-01T12:01:00Z")).expect("a snapshot");
        assert_eq!(feed(&kept), feed(&before), "{file}");
        let mut restarted = broken.start();
        let kept =
            reload(&mut restarted, &broken, time("2018-11-02T12:00:00Z")).expect("a snapshot");
        assert_eq!(feed(&kept), feed(&before), "{file} after a restart");
    }
}

#[test]
fn a_record_that_vanishes_under_the_service_is_written_anew() {
    let site = Site::new().event("a", "").event("b", "");
    let mut state = site.start();
    let before = reload(&mut state, &site, time("2018-11-01T12:00:00Z")).expect("a snapshot");
    let text = record_text(&site);
    fs::remove_file(site.path().join("record.jsonl")).expect("a record");
    let served = reload(&mut state, &site, time("2018-11-01T12:00:05Z"));
    assert_eq!(feed(&served.unwrap_or_else(|| before.clone())), feed(&before));
    assert_eq!(record_text(&site), text);
}

#[test]
fn files_that_come_back_in_parts_give_the_others_another_minute() {
    let slugs = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let site = slugs.iter().fold(Site::new(), |site, slug| site.event(slug, ""));
    let mut state = site.start();
    reload(&mut state, &site, time("2018-11-01T12:00:00Z")).expect("a snapshot");
    let site =
        slugs[..6].iter().fold(site, |site, slug| site.without(&format!("termine/{slug}.md")));
    reload(&mut state, &site, time("2018-11-01T12:01:00Z")).expect("a snapshot");
    reload(&mut state, &site, time("2018-11-01T13:00:00Z"));
    let site = slugs[..5].iter().fold(site, |site, slug| site.event(slug, ""));
    let parts = reload(&mut state, &site, time("2018-11-01T13:00:05Z")).expect("a snapshot");
    assert!(!feed(&parts).contains("ABGESAGT"));
    let gone = reload(&mut state, &site, time("2018-11-01T13:01:05Z")).expect("a snapshot");
    assert_eq!(feed(&gone).matches("ABGESAGT").count(), 1);
}

#[test]
fn a_file_that_is_renamed_and_broken_at_once_is_no_removal() {
    let site = Site::new().event("a", "subtitle = \"Untertitel\"").event("b", "");
    let mut state = site.start();
    let before = reload(&mut state, &site, time("2018-11-01T12:00:00Z")).expect("a snapshot");
    let site =
        site.rename("termine/a.md", "termine/neu.md").file("termine/neu.md", "+++\ntitle = \"\n");
    let mut served = before.clone();
    for now in ["2018-11-01T12:01:00Z", "2018-11-01T13:00:00Z"] {
        served = reload(&mut state, &site, time(now)).unwrap_or(served);
        assert_eq!(feed(&served), feed(&before), "{now}");
    }
}

#[test]
fn a_file_that_vanishes_changes_nothing_also_over_a_restart() {
    let pdf = "%PDF-1.4 Programm";
    let site = Site::new()
        .event("a", "attachments = [\"programm.pdf\"]")
        .event("b", "")
        .file("termine/programm.pdf", pdf);
    let mut state = site.start();
    let before = reload(&mut state, &site, time("2018-11-01T12:00:00Z")).expect("a snapshot");
    let site = site.without("termine/programm.pdf").event("b", "subtitle = \"Neu\"");
    let after = reload(&mut state, &site, time("2018-11-01T12:01:00Z")).expect("a snapshot");
    let file = |snapshot| ask(snapshot, &Method::GET, "/events/a/files/programm.pdf", &[]).body;
    let event = |snapshot| ask(snapshot, &Method::GET, "/events/a.ics", &[]).body;
    assert_eq!((file(&after), event(&after)), (pdf.to_owned(), event(&before)));
    let other = ask(&after, &Method::GET, "/events/b", &[]).body;
    assert!(other.contains("Neu"), "other events are published");
    let mut restarted = site.start();
    let still = reload(&mut restarted, &site, time("2018-11-01T12:02:00Z")).expect("a snapshot");
    assert_eq!(file(&still), pdf);
}
