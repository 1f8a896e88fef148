//! What is not certainly public is not public, whatever is broken or half written.

use std::fs;
use std::io::Write;
use std::time::Duration;

use aushang::app::State;
use hyper::Method;

use crate::contained::{EVENT, at, get, published, site};
use crate::support::{Site, UID, ask, reload, time};

#[test]
fn a_folder_opens_with_a_word_alone() {
    let closed = "title = \"Intern\"\n[defaults]\nvisibility = \"internal\"\n";
    let secret = EVENT.replace("Neu", "Geheim");
    for (feed, is_open) in [
        ("", false),
        ("title = \"Intern\"\n", false),
        ("title = \"Intern\"\n[defaults]\n", false),
        ("title = \"Intern\"\n[defaults]\nvisibility = \"intern\"\n", false),
        ("title = \"Intern\"\n[defaults]\nvisibilty = \"public\"\n", false),
        ("title = \"Intern\"\n[defaults]\n# für uns visibility = \"internal\"\n", false),
        ("title = \"Intern\"\n[defaults]\nvisibility = \"public\"\n", true),
    ] {
        let site = site().file("intern/feed.toml", closed).file("intern/g.md", &secret);
        let mut state = published(&site);
        let site = site
            .file("intern/feed.toml", feed)
            .file("intern/h.md", secret.replace("12-12", "12-13"));
        for mut state in [state, site.start()] {
            let after = reload(&mut state, &site, at(1)).expect("a snapshot");
            let feed_of_all = get(&after, "/feeds/alle.ics");
            assert_eq!(feed_of_all.matches("Geheim").count() > 0, is_open, "{feed}: {feed_of_all}");
        }
        state = site.start();
        reload(&mut state, &site, at(2));
    }
}

#[test]
fn what_says_that_it_is_not_public_is_withdrawn_whatever_else_is_wrong() {
    for keys in [
        "visibility = \"internal\"\ntitle = ",
        "visibility = \"intern\"",
        "visibility = \"draft\"\nweekday = \"Dienstag\"",
        "visibilty = \"internal\"",
        "visibility = internal",
        "[participation]\nvisibility = \"internal\"",
    ] {
        let site = site();
        let mut state = published(&site);
        let site = site.event("a", keys);
        let after = reload(&mut state, &site, at(1)).expect("a snapshot");
        assert!(!get(&after, "/feeds/alle.ics").contains(UID), "{keys}");
        assert!(get(&after, "/feeds/alle.ics").contains("/events/b"), "{keys}");
        let restarted = reload(&mut site.start(), &site, at(2)).expect("a snapshot");
        assert!(!get(&restarted, "/feeds/alle.ics").contains(UID), "{keys}, after a restart");
        // The file breaks once more, and no longer says anything: what was taken back stays so.
        let site = site.file("termine/a.md", "+++\ntitle = \n+++\n");
        let after = reload(&mut state, &site, at(3)).unwrap_or(after);
        assert!(!get(&after, "/feeds/alle.ics").contains(UID), "{keys}, then broken");
    }
}

#[test]
fn an_event_in_a_folder_that_closes_is_withdrawn_though_its_file_is_broken() {
    let site = site();
    let mut state = published(&site);
    let closed = "titel = \"Termine\"\n[defaults]\nvisibility = \"internal\"\n";
    let site = site.file("termine/feed.toml", closed).file("termine/a.md", "+++\ntitle = \n+++\n");
    let after = reload(&mut state, &site, at(1)).expect("a snapshot");
    let feed = get(&after, "/feeds/alle.ics");
    assert!(!feed.contains(UID) && !feed.contains("/events/b"), "{feed}");
}

#[test]
fn half_of_a_file_is_neither_published_nor_recorded() {
    let site = site();
    let mut state = published(&site);
    let whole = fs::read_to_string(site.path().join("termine/b.md")).expect("a file");
    let long = format!("{whole}Ein zweiter Absatz.\n");
    let seconds = |state: &mut State, site: &Site, second: u64| {
        let at = Duration::from_secs(1_600_000_000 + second);
        let now = time("2018-11-01T12:10:00Z");
        let new = state.reload(&site.config(), now, at).unwrap_or_else(|error| panic!("{error}"));
        new.map(|snapshot| get(&snapshot, "/events/b.ics"))
    };
    let mut file = fs::File::create(site.path().join("termine/b.md")).expect("a file");
    let (mut written, mut second) = (0, 0);
    for len in [whole.len() / 2, whole.len() + 3, whole.len() + 8, long.len()] {
        file.write_all(&long.as_bytes()[written..len]).expect("a part");
        // A writer that rests for less than two seconds is still one.
        for later in [0, 1] {
            let text = seconds(&mut state, &site, second + later).unwrap_or_default();
            assert!(!text.contains("Ein"), "{len}: {text}");
        }
        (written, second) = (len, second + 2);
    }
    drop(file);
    let text = seconds(&mut state, &site, second).expect("it is closed");
    assert!(text.contains("Ein zweiter Absatz.") && text.contains("SEQUENCE:1"), "{text}");
}

#[test]
fn an_event_waits_for_a_feed_that_is_being_written() {
    let site = site();
    let mut state = published(&site);
    let mut feed = fs::File::create(site.path().join("termine/feed.toml")).expect("a file");
    feed.write_all(b"title = \"Alle Termine\"\n").expect("a part");
    let site = site.file("termine/neu.md", EVENT);
    let mut second = 1_700_000_000;
    let mut reload_in = |state: &mut State, later: u64| {
        second += later;
        let at = Duration::from_secs(second);
        let new = state.reload(&site.config(), time("2018-11-01T12:10:00Z"), at);
        new.unwrap_or_else(|error| panic!("{error}"))
    };
    let first = reload_in(&mut state, 1);
    assert!(first.is_none_or(|one| !get(&one, "/feeds/alle.ics").contains("Neu")));
    feed.write_all(b"[defaults]\nvisibility = \"internal\"\n").expect("the rest");
    drop(feed);
    let closed = reload_in(&mut state, 1).expect("a snapshot");
    assert!(!get(&closed, "/feeds/alle.ics").contains("Neu") && state.status().is_empty());
    assert_eq!(ask(&closed, &Method::GET, "/events/a", &[]).status, 404);
}

#[test]
fn a_comment_that_swallowed_the_visibility_opens_nothing_new() {
    let feed = "title = \"Intern\"\n[defaults]\n# für uns visibility = \"internal\"\n";
    let secret = EVENT.replace("Neu", "Geheim");
    let own = secret.replacen("+++\n", "+++\n# noch nicht visibility = \"draft\"\n", 1);
    let site = site()
        .file("intern/feed.toml", feed)
        .file("intern/g.md", &secret)
        .file("termine/o.md", own);
    let first = reload(&mut site.start(), &site, at(0)).expect("a snapshot");
    assert!(!get(&first, "/feeds/alle.ics").contains("Geheim"), "at a first start");
    // Somebody who opens an event comments the line out.
    let own = secret.replacen("+++\n", "+++\n# visibility = \"draft\"\n", 1);
    let site = site.file("termine/o.md", own);
    let open = reload(&mut site.start(), &site, at(1)).expect("a snapshot");
    assert!(get(&open, "/feeds/alle.ics").contains("Geheim"));
}

#[test]
fn a_writer_that_rests_for_long_has_not_closed_its_file() {
    let site = site();
    let mut state = published(&site);
    let site = site.file("neu/x.md", EVENT.replace("Neu", "Geheim"));
    let mut feed = fs::File::create(site.path().join("neu/feed.toml")).expect("a file");
    reload(&mut state, &site, at(1));
    feed.write_all(b"title = \"Neu\"\n").expect("a part");
    for minute in [2, 3, 10] {
        let half = reload(&mut state, &site, at(minute));
        assert!(half.is_none_or(|half| !get(&half, "/feeds/alle.ics").contains("Geheim")));
    }
    feed.write_all(b"[defaults]\nvisibility = \"internal\"\n").expect("the rest");
    drop(feed);
    let whole = reload(&mut state, &site, at(11)).expect("a snapshot");
    assert!(!get(&whole, "/feeds/alle.ics").contains("Geheim"));
}
