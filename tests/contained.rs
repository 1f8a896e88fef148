//! Faults stay where they are made: the mistakes that once stopped the edits of all authors, or kept the service from
//! starting.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use aushang::app::{Instead, State};
use aushang::snapshot::Snapshot;
use chrono::{DateTime, TimeDelta, Utc};
use hyper::Method;

use crate::support::{Site, UID, ask, record_lines, record_text, reload, time};

pub(crate) fn at(minute: i64) -> DateTime<Utc> {
    time("2018-11-01T12:00:00Z") + TimeDelta::minutes(minute)
}

pub(crate) fn get(snapshot: &Snapshot, path: &str) -> String {
    ask(snapshot, &Method::GET, path, &[]).body
}

/// Two authors' events, of which `a` names everything that a file may name.
pub(crate) fn site() -> Site {
    Site::new()
        .event("a", "organizer = \"buero\"\nroom = \"saal\"\nattachments = [\"programm.pdf\"]")
        .event("b", "")
        .file("termine/programm.pdf", "%PDF-1.4 Programm")
}

/// The mistakes of one author that concern nobody else.
const MISTAKES: [(&str, &[(&str, &str)]); 13] = [
    ("a folder without anything", &[("neu/.leer", "")]),
    ("a new folder without feed.toml", &[("neu/c.md", EVENT)]),
    ("a new folder with a broken feed.toml", &[("neu/feed.toml", "titel"), ("neu/c.md", EVENT)]),
    ("a feed of a feed that is not there", &[("neu/feed.toml", NIX)]),
    ("a feed of such a feed", &[("neu/feed.toml", NIX), ("neuer/feed.toml", NEU)]),
    ("a broken organizers.toml", &[("organizers.toml", "[buero]\nname = 1\n")]),
    ("an empty venues.toml", &[("venues.toml", "")]),
    ("a venue that has another key", &[("venues.toml", OTHER_KEY)]),
    ("a slug of another folder", &[("neu/feed.toml", FEED), ("neu/a.md", EVENT)]),
    (
        "a part of a broken event",
        &[("termine/k.md", "+++\ntitle = \n+++\n"), ("termine/t.md", PART)],
    ),
    ("a broken event", &[("termine/a.md", "+++\ntitle = \n+++\n")]),
    ("a broken site.toml", &[("site.toml", "id = \"nein\"\n")]),
    ("an attachment that is none", &[("termine/programm.pdf", "kein PDF")]),
];
pub(crate) const EVENT: &str =
    "+++\ntitle = \"Neu\"\nstart = 2018-12-12\nvenue = \"rathaus\"\n+++\n";
const PART: &str =
    "+++\ntitle = \"Teil\"\nstart = 2018-12-12\nvenue = \"rathaus\"\npart_of = \"k\"\n+++\n";
pub(crate) const FEED: &str = "title = \"Neu\"\n";
const NIX: &str = "title = \"Neu\"\n[select]\nfeeds = [\"nix\"]\n";
const NEU: &str = "title = \"Neuer\"\n[select]\nfeeds = [\"neu\"]\n";
const OTHER_KEY: &str = "[halle]\nname = \"Halle\"\ncity = \"Hannover\"\n";

#[test]
fn the_mistake_of_one_author_stops_nobody_else() {
    for (name, files) in MISTAKES {
        let site = site();
        let mut state = site.start();
        let before = reload(&mut state, &site, at(0)).expect("a snapshot");
        let site = files.iter().fold(site, |site, (path, text)| site.file(path, text));
        let site = site.event("b", "subtitle = \"Bearbeitet\"");
        let after = reload(&mut state, &site, at(1)).expect("a snapshot");
        let check = |after: &Snapshot, when: &str| {
            let own = |snapshot| get(snapshot, "/events/a.ics");
            assert_eq!(own(after), own(&before), "{name}, {when}");
            assert!(get(after, "/events/b.ics").contains("Bearbeitet"), "{name}, {when}");
            assert!(get(after, "/feeds/termine.ics").contains(UID), "{name}, {when}");
            let new = ask(after, &Method::GET, "/events/t", &[]).status;
            assert_eq!(new, 404, "{name}, {when}: a part of nothing");
        };
        check(&after, "while it runs");
        assert!(!state.status().is_empty(), "{name}");
        let restarted = reload(&mut site.start(), &site, at(2)).expect("a snapshot");
        check(&restarted, "after a restart");
    }
}

#[test]
fn a_first_start_publishes_what_is_good_and_what_the_record_knows() {
    for (name, files) in MISTAKES {
        let site = site();
        reload(&mut site.start(), &site, at(0)).expect("a snapshot");
        fs::remove_file(site.path().join(".last-good.log")).expect("a file");
        // Without an organizer, a room or a file that may be gone.
        let site = files.iter().fold(site, |site, (path, text)| site.file(path, text));
        let mut state = site.start();
        let config = site.config();
        let started = state.reload(&config, at(1), std::time::Duration::from_mins(1));
        if name == "a broken site.toml" {
            assert!(started.is_err(), "nobody knows what the site is called");
            continue;
        }
        let started = started.unwrap_or_else(|error| panic!("{name}: {error}"));
        let feed = get(&started.expect("a snapshot"), "/feeds/termine.ics");
        assert!(feed.contains(UID) && feed.contains("SEQUENCE:0"), "{name}: {feed}");
        assert!(!feed.contains("ABGESAGT") && !feed.contains("SEQUENCE:1"), "{name}: {feed}");
    }
}

#[test]
fn what_is_mended_is_published_and_nothing_is_held_back() {
    let site = site();
    let mut state = site.start();
    reload(&mut state, &site, at(0)).expect("a snapshot");
    let site = site.event("a", "weekday = \"Dienstag\"");
    reload(&mut state, &site, at(1)).expect("a snapshot");
    let item = &state.status().items[0];
    assert_eq!((item.place.as_str(), item.instead), ("termine/a.md", Instead::LastGood));
    assert_eq!(item.since, at(1));
    let line = "termine/a.md: held back since 2018-11-01T12:01:00Z: 2018-12-10 is a Monday, not `Dienstag`; \
                its last good state is published";
    assert!(item.to_string().contains("held back since 2018-11-01T12:01:00Z"), "{item} {line}");
    reload(&mut state, &site, at(5));
    let mut restarted = site.start();
    reload(&mut restarted, &site, at(10)).expect("a snapshot");
    assert_eq!(restarted.status().items[0].since, at(1), "also over a restart");
    let site = site.event("a", "subtitle = \"Gut\"");
    let mended = reload(&mut state, &site, at(20)).expect("a snapshot");
    assert!(get(&mended, "/events/a.ics").contains("Gut") && state.status().is_empty());
}

#[test]
fn of_two_files_with_one_slug_the_published_one_keeps_its_identity() {
    // `aaa` comes before `termine`, so that the order alone would choose the new one.
    let site = site().record();
    let site = site.file("aaa/feed.toml", FEED).file("aaa/a.md", EVENT);
    for mut state in [site.start(), site.start()] {
        let both = reload(&mut state, &site, at(1)).expect("a snapshot");
        assert!(get(&both, "/events/a.ics").contains("SUMMARY:Titel"));
        assert_eq!(state.status().items[0].place, "aaa/a.md");
        let _ = fs::remove_file(site.path().join(".last-good.log"));
    }
}

#[test]
fn a_folder_that_cannot_be_listed_takes_nothing_away() {
    let site = site().file("kurse/feed.toml", "title = \"Kurse\"\n").file("kurse/k.md", EVENT);
    let mut state = site.start();
    let before = reload(&mut state, &site, at(0)).expect("a snapshot");
    let folder = site.path().join("kurse");
    // The administrator of a test may list everything: a pipe in the place of a folder is none for anybody.
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).expect("a mode");
    if fs::read_dir(&folder).is_ok() {
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("a mode");
        fs::rename(&folder, site.path().join("_kurse")).expect("a folder");
        std::os::unix::fs::symlink("nowhere", &folder).expect("a link");
    }
    for minute in [1, 5, 60] {
        let after = reload(&mut state, &site, at(minute)).unwrap_or_else(|| before.clone());
        assert_eq!(get(&after, "/feeds/kurse.ics"), get(&before, "/feeds/kurse.ics"));
    }
    let _ = fs::set_permissions(&folder, fs::Permissions::from_mode(0o755));
}

/// Returns a record with this change, as a service meets it that starts.
fn starts_with(change: impl Fn(Vec<u8>) -> Vec<u8>) -> (String, Vec<String>) {
    let site = site().at("2026-11-01T12:00:00Z").record();
    let record = change(record_text(&site).into_bytes());
    let site = site.file("record.jsonl", record);
    let mut state = site.start();
    let snapshot = reload(&mut state, &site, time("2026-11-01T13:00:00Z")).expect("a snapshot");
    let site = site.event("b", "subtitle = \"Bearbeitet\"");
    let edited = reload(&mut state, &site, time("2026-11-01T14:00:00Z")).expect("a snapshot");
    assert!(get(&edited, "/events/b.ics").contains("Bearbeitet"));
    let names = fs::read_dir(site.path()).expect("a folder");
    let names = names.map(|one| one.expect("an entry").file_name().to_string_lossy().into_owned());
    (get(&snapshot, "/feeds/termine.ics"), names.filter(|name| name.contains("unread")).collect())
}

#[test]
fn a_damaged_record_lets_the_service_start_and_loses_nothing() {
    let same = |bytes: Vec<u8>| bytes;
    let (whole, copies) = starts_with(same);
    assert!(copies.is_empty() && whole.matches("SEQUENCE:0").count() == 2);
    let with = |before: &'static [u8], after: &'static [u8]| {
        starts_with(move |bytes| [before, &bytes, after].concat())
    };
    for (feed, copies) in
        [with(b"\xef\xbb\xbf", b""), with(b"<<<<<<< HEAD\n", b"=======\n>>>>>>> b\n")]
    {
        assert_eq!((feed, copies.len()), (whole.clone(), 0), "every line is read");
    }
    let (feed, copies) = with(b"", b"\xff\xfe\n");
    assert_eq!((feed, copies.len()), (whole.clone(), 1), "what cannot be read is kept beside");
    let (feed, copies) = starts_with(|bytes| bytes[..bytes.len() - 40].to_vec());
    assert_eq!((feed.matches("BEGIN:VEVENT").count(), copies.len()), (2, 1));
    let lost = feed.lines().filter_map(|line| line.strip_prefix("SEQUENCE:"));
    let lost: Vec<u32> = lost.map(|number| number.trim().parse().expect("a number")).collect();
    assert!(lost.contains(&0) && lost.iter().any(|number| *number > 200_000_000), "{lost:?}");
}

#[test]
fn the_record_of_a_running_service_takes_nothing_back() {
    let site = site().at("2026-11-01T12:00:00Z");
    let mut state = site.start();
    reload(&mut state, &site, time("2026-11-01T12:00:00Z")).expect("a snapshot");
    let site = site.event("b", "subtitle = \"Eins\"");
    let before = reload(&mut state, &site, time("2026-11-01T13:00:00Z")).expect("a snapshot");
    let text = record_text(&site);
    for (hour, damaged) in
        ["", "{", "<<<<<<< HEAD\n", "\u{feff}\n"].iter().zip(14..).map(|(a, b)| (b, a))
    {
        fs::write(site.path().join("record.jsonl"), damaged).expect("a file");
        let now = time(&format!("2026-11-01T{hour}:00:00Z"));
        let after = reload(&mut state, &site, now).unwrap_or_else(|| before.clone());
        assert_eq!(
            get(&after, "/feeds/termine.ics"),
            get(&before, "/feeds/termine.ics"),
            "{damaged:?}"
        );
        assert_eq!(record_text(&site), text, "{damaged:?}: it is written again");
    }
}

/// Runs `aushang record` at this minute; returns whether it left a question.
fn record(site: &Site, minute: i64) -> bool {
    let update = aushang::app::update_record(&site.config(), at(minute), false);
    update.unwrap_or_else(|error| panic!("{error}")).question.is_some()
}

#[test]
fn the_record_looks_twice_before_an_event_counts_as_deleted() {
    let site = site();
    assert!(!record(&site, 0));
    fs::remove_file(site.path().join("termine/b.md")).expect("a file");
    assert!(!record(&site, 10));
    let line = |site: &Site| {
        record_lines(site).into_iter().find(|line| line["slugs"][0] == "b").expect("a line")
    };
    assert_eq!(line(&site)["missing_since"], "2018-11-01T12:10:00Z");
    assert!(line(&site).get("removed").is_none());
    let site = site.event("b", "");
    record(&site, 11);
    assert!(line(&site).get("missing_since").is_none(), "it is there again");
    fs::remove_file(site.path().join("termine/b.md")).expect("a file");
    record(&site, 20);
    assert!(line(&site).get("removed").is_none());
    record(&site, 21);
    assert_eq!(line(&site)["removed"], "2018-11-01T12:21:00Z");
}

#[test]
fn a_broken_file_is_no_removal_for_the_record() {
    let site = site().event("k", "");
    record(&site, 0);
    let site = site.file("termine/k.md", "+++\ntitle = \n+++\n").event("b", "subtitle = \"Neu\"");
    let before = record_lines(&site);
    for minute in [10, 20, 30] {
        record(&site, minute);
    }
    let of = |lines: &[serde_json::Value], slug: &str| {
        lines.iter().find(|line| line["slugs"][0] == slug).expect("a line").clone()
    };
    assert_eq!(of(&record_lines(&site), "k"), of(&before, "k"));
    assert_eq!(of(&record_lines(&site), "b")["sequence"], 1, "others are recorded");
}

#[test]
fn what_is_gone_of_a_small_site_waits_for_a_decision_as_well() {
    let with = |slugs: &[&str]| slugs.iter().fold(Site::new(), |site, slug| site.event(slug, ""));
    let cases: [(&[&str], &[&str], bool); 5] = [
        (&["a"], &["a"], false),
        (&["a", "b"], &["a", "b"], false),
        (&["a", "b", "c"], &["a", "b", "c"], true),
        (&["a", "b", "c"], &["a", "b"], false),
        (&["a", "b", "c", "d"], &["a", "b"], true),
    ];
    for (slugs, gone, waits) in cases {
        let site = with(slugs);
        record(&site, 0);
        for slug in gone {
            fs::remove_file(site.path().join(format!("termine/{slug}.md"))).expect("a file");
        }
        assert_eq!(record(&site, 10), waits, "{slugs:?} without {gone:?}");
        assert_eq!(record(&site, 20), waits, "{slugs:?} without {gone:?}");
        let removed =
            record_lines(&site).iter().filter(|line| line.get("removed").is_some()).count();
        assert_eq!(removed, if waits { 0 } else { gone.len() }, "{slugs:?} without {gone:?}");
    }
    let site = with(&["a", "b"]).file("kurse/feed.toml", FEED).file("kurse/k.md", EVENT);
    record(&site, 0);
    fs::remove_dir_all(site.path().join("kurse")).expect("a folder");
    assert!(record(&site, 10) && record(&site, 20), "a folder that is gone");
}

/// Returns the state of a service that has published this site.
pub(crate) fn published(site: &Site) -> State {
    let mut state = site.start();
    reload(&mut state, site, at(0)).expect("a snapshot");
    state
}

#[test]
fn a_copy_of_a_broken_event_is_another_event() {
    let site = site();
    let mut state = published(&site);
    let text = fs::read_to_string(site.path().join("termine/a.md")).expect("a file");
    let copy = text.replacen("+++\n", "+++\nvisibility = \"internal\"\n", 1);
    let site = site.file("termine/kopie.md", copy).file("termine/a.md", "+++\ntitle = \n+++\n");
    fs::remove_file(site.path().join(".last-good.log")).expect("a file");
    for mut state in [site.start(), std::mem::replace(&mut state, site.start())] {
        let after = reload(&mut state, &site, at(1)).expect("a snapshot");
        assert!(get(&after, "/feeds/termine.ics").contains(UID));
    }
}

#[test]
fn a_stranger_takes_no_event_whose_file_is_away_for_a_moment() {
    for keys in ["", "visibility = \"draft\"", "visibility = \"internal\""] {
        for keeps_texts in [true, false] {
            let site = site();
            let mut state = published(&site);
            let stranger = EVENT.replacen("+++\n", &format!("+++\n{keys}\n"), 1);
            let site = site.file("neu/feed.toml", FEED).file("neu/a.md", stranger);
            reload(&mut state, &site, at(1));
            let text = fs::read(site.path().join("termine/a.md")).expect("a file");
            fs::remove_file(site.path().join("termine/a.md")).expect("a file");
            let away = if keeps_texts { reload(&mut state, &site, at(2)) } else { None };
            assert!(
                away.is_none_or(|away| get(&away, "/events/a.ics").contains("SUMMARY:Titel")),
                "{keys}"
            );
            let restarted = reload(&mut site.start(), &site, at(2)).expect("a snapshot");
            assert!(
                get(&restarted, "/events/a.ics").contains("SUMMARY:Titel"),
                "{keys}, restarted"
            );
            let site = site.file("termine/a.md", text);
            let back = reload(&mut site.start(), &site, at(4)).expect("a snapshot");
            assert!(get(&back, "/events/a.ics").contains("SUMMARY:Titel"), "{keys}, back");
            assert!(get(&back, "/events/a.ics").contains("SEQUENCE:0"), "{keys}, back");
        }
    }
}

#[test]
fn a_stranger_takes_no_broken_event_without_its_last_good_text() {
    for keys in ["", "visibility = \"draft\""] {
        let site = site();
        reload(&mut site.start(), &site, at(0));
        let stranger = EVENT.replacen("+++\n", &format!("+++\n{keys}\n"), 1);
        let site = site.file("neu/feed.toml", FEED).file("neu/a.md", stranger);
        let site = site.file("termine/a.md", "+++\ntitle = \n+++\n");
        fs::remove_file(site.path().join(".last-good.log")).expect("a file");
        let after = reload(&mut site.start(), &site, at(1)).expect("a snapshot");
        assert!(get(&after, "/events/a.ics").contains("SUMMARY:Titel"), "{keys}");
    }
}

#[test]
fn a_file_with_a_wrong_name_is_no_removal() {
    let site = site();
    let mut state = published(&site);
    let before = reload(&mut site.start(), &site, at(0)).expect("a snapshot");
    for (number, name) in ["A.md", "a (1).md", "a.md.md", "a.MD", "a.txt"].into_iter().enumerate() {
        fs::rename(site.path().join("termine/a.md"), site.path().join("termine").join(name))
            .expect("a file");
        let mut served = before.clone();
        for minute in [1, 2, 10, 60] {
            let now = at(1000 * i64::try_from(number).expect("small") + minute);
            served = reload(&mut state, &site, now).unwrap_or(served);
        }
        assert_eq!(get(&served, "/events/a.ics"), get(&before, "/events/a.ics"), "{name}");
        fs::rename(site.path().join("termine").join(name), site.path().join("termine/a.md"))
            .expect("a file");
        reload(&mut state, &site, at(1000 * i64::try_from(number).expect("small") + 90));
    }
}

#[test]
fn an_event_that_was_withdrawn_by_hand_stays_so_under_another_name() {
    let site = site().record();
    aushang::app::withdraw(&site.config(), at(1), "b").expect("it is public");
    let site = site.rename("termine/b.md", "termine/neu.md");
    let after = reload(&mut site.start(), &site, at(2)).expect("a snapshot");
    assert_eq!(ask(&after, &Method::GET, "/events/neu", &[]).status, 404);
}
