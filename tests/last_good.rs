//! The last good texts on the disk: one file that outlives kills, mistakes and full disks.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use hyper::Method;

use crate::support::{Site, ask, reload, time, write};

fn at(minute: i64) -> DateTime<Utc> {
    time("2018-11-01T12:00:00Z") + TimeDelta::minutes(minute)
}

fn file(site: &Site) -> PathBuf {
    site.path().join(".last-good.log")
}

fn bytes(site: &Site) -> Vec<u8> {
    fs::read(file(site)).expect("a file")
}

/// An event with a text, which the record does not keep.
fn edited(site: Site, slug: &str, text: &str) -> Site {
    site.event_with_text(slug, "", text)
}

/// The text that a service publishes which starts while the event's file is broken.
fn kept(site: &Site, slug: &str) -> Option<String> {
    let path = site.path().join(format!("termine/{slug}.md"));
    let text = fs::read_to_string(&path).expect("a file");
    write(&path, b"+++\ntitle = \n+++\n");
    let snapshot = site.start().reload(&site.config(), at(100), Duration::ZERO).expect("a site");
    write(&path, text.as_bytes());
    let snapshot = snapshot?;
    let page = ask(&snapshot, &Method::GET, &format!("/events/{slug}.ics"), &[]).body;
    let (_, text) = page.split_once("DESCRIPTION:")?;
    Some(text.split("\\n").next().unwrap_or_default().to_owned())
}

#[test]
fn texts_are_kept_when_the_snapshot_is_there_and_only_new_ones_are_written() {
    let site = edited(Site::new(), "a", "Eins").event("b", "");
    let mut state = site.start();
    state.reload(&site.config(), at(0), Duration::ZERO).expect("good definitions");
    assert!(!file(&site).exists(), "nobody waits for the disk");
    state.keep_last_good();
    let first = bytes(&site);
    assert_eq!(kept(&site, "a").as_deref(), Some("Eins"));
    let site = edited(site, "a", "Zwei");
    reload(&mut state, &site, at(1));
    let second = bytes(&site);
    assert!(second.starts_with(&first), "entries are added");
    assert_eq!(second[first.len()..].windows(4).filter(|four| four == b"put ").count(), 1);
    assert_eq!(kept(&site, "a").as_deref(), Some("Zwei"));
    let before = fs::metadata(file(&site)).expect("a file");
    reload(&mut state, &site, at(2));
    reload(&mut site.start(), &site, at(2));
    let after = fs::metadata(file(&site)).expect("a file");
    assert_eq!((after.ino(), after.len()), (before.ino(), before.len()), "nothing is new");
}

#[test]
fn a_tail_that_was_cut_off_is_ignored_and_written_anew() {
    let site = edited(Site::new(), "a", "Eins").event("b", "");
    let mut state = site.start();
    reload(&mut state, &site, at(0));
    let site = edited(site, "a", "Zwei");
    reload(&mut state, &site, at(1));
    let whole = bytes(&site);
    for cut in [1, 2, 20, 100] {
        fs::write(file(&site), &whole[..whole.len() - cut]).expect("a file");
        assert_eq!(kept(&site, "a").as_deref(), Some("Eins"), "{cut} bytes less");
    }
    reload(&mut site.start(), &site, at(2));
    assert_eq!(kept(&site, "a").as_deref(), Some("Zwei"));
    let site = edited(site, "b", "Drei");
    reload(&mut state, &site, at(3));
    assert_eq!(kept(&site, "b").as_deref(), Some("Drei"), "another process wrote it meanwhile");
    assert_eq!(kept(&site, "a").as_deref(), Some("Zwei"));
}

#[test]
fn an_entry_that_is_not_what_was_written_ends_the_file() {
    let site = edited(edited(Site::new(), "a", "Eins"), "b", "Eins");
    let mut state = site.start();
    reload(&mut state, &site, at(0));
    let site = edited(site, "a", "Zwei");
    reload(&mut state, &site, at(1));
    let site = edited(site, "b", "Drei");
    reload(&mut state, &site, at(2));
    let whole = String::from_utf8(bytes(&site)).expect("texts");
    for (what, with) in [("Zwei", "Vier"), ("termine/a.md", "termine/c.md")] {
        let found = whole.rfind(what).expect("its last entry");
        let spoilt = whole[..found].to_owned() + with + &whole[found + what.len()..];
        fs::write(file(&site), spoilt).expect("a file");
        assert_eq!(kept(&site, "a").as_deref(), Some("Eins"), "{what}");
        assert_eq!(
            kept(&site, "b").as_deref(),
            Some("Eins"),
            "{what}: nor is what follows trusted"
        );
    }
    fs::write(file(&site), "another form\n").expect("a file");
    let unknown = kept(&site, "a").expect("what the record knows of it");
    assert!(!["Eins", "Zwei"].contains(&unknown.as_str()), "nothing is kept");
}

#[test]
fn the_file_is_written_anew_when_more_than_half_of_it_is_dead() {
    let site = edited(Site::new(), "a", "Eins").event("b", "");
    let mut state = site.start();
    reload(&mut state, &site, at(0));
    let first = bytes(&site).len();
    let mut site = site;
    let mut lengths = Vec::new();
    for minute in 1..40 {
        site = edited(site, "a", &format!("Text {minute:03}"));
        reload(&mut state, &site, at(minute));
        lengths.push(bytes(&site).len());
        assert_eq!(kept(&site, "a"), Some(format!("Text {minute:03}")));
    }
    assert!(lengths.iter().all(|len| *len <= 2 * first + 100), "{lengths:?}");
    assert!(lengths.windows(2).any(|pair| pair[1] < pair[0]), "{lengths:?}");
}

#[test]
fn a_deleted_event_leaves_the_file() {
    let site = edited(Site::new(), "a", "Eins").event("b", "");
    let mut state = site.start();
    reload(&mut state, &site, at(0));
    let site = site.without("termine/a.md");
    reload(&mut state, &site, at(1));
    reload(&mut state, &site, at(3));
    assert!(String::from_utf8(bytes(&site)).expect("texts").contains("remove 0 0 "));
    let site = site.file("termine/a.md", "+++\ntitle = \n+++\n");
    let snapshot = reload(&mut site.start(), &site, at(4)).expect("new");
    assert!(ask(&snapshot, &Method::GET, "/feeds/termine.ics", &[]).body.contains("ABGESAGT"));
}

#[test]
fn the_folder_of_earlier_versions_is_read_once() {
    let site = edited(Site::new(), "a", "Eins").event("b", "");
    let old = site.path().join(".last-good");
    for place in
        ["site.toml", "venues.toml", "organizers.toml", "termine/feed.toml", "termine/a.md"]
    {
        let path = old.join(place);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::copy(site.path().join(place), path).expect("a file");
    }
    assert_eq!(kept(&site, "a").as_deref(), Some("Eins"));
    assert!(old.exists(), "it stays until the new file is there");
    reload(&mut site.start(), &site, at(0));
    assert!(!old.exists() && file(&site).exists());
    assert_eq!(kept(&site, "a").as_deref(), Some("Eins"));
}

#[test]
fn a_disk_that_refuses_keeps_no_edit_from_being_published() {
    let site = edited(Site::new(), "a", "Eins").event("b", "");
    fs::create_dir(file(&site)).expect("a folder that is in the way");
    let mut state = site.start();
    reload(&mut state, &site, at(0));
    let site = edited(site, "a", "Zwei");
    let snapshot = reload(&mut state, &site, at(1)).expect("a snapshot");
    assert!(ask(&snapshot, &Method::GET, "/events/a.ics", &[]).body.contains("Zwei"));
    fs::remove_dir(file(&site)).expect("a folder");
    state.keep_last_good();
    assert_eq!(kept(&site, "a").as_deref(), Some("Zwei"), "the next time it is kept");
}
