//! What the service holds between two reloads saves time and changes no document.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use aushang::record::Record;
use aushang::snapshot::Snapshot;
use aushang::source::{Folder, LastGood, LoadError, Loader, load};
use chrono::{DateTime, TimeDelta, Utc};
use hyper::Method;

use crate::corpus::town::random::Random;
use crate::support::{Count, Site, ask, documents, record_text, reload, time, zones};

const EVENTS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// Some event: alone or a series, in a room or online, part of another, off, internal, or a draft.
fn event(random: &mut Random) -> String {
    let start = format!("2018-12-{:02}T10:15:00", random.below(20) + 1);
    let what = random.pick(&["Titel", "Anderer Titel", "Vortrag \"x\" & mehr"]);
    let place = random.pick(&[
        "venue = \"rathaus\"",
        "venue = \"rathaus\"\nroom = \"saal\"",
        "online = { label = \"Video\" }",
    ]);
    let more = random.pick(&[
        "",
        "status = \"cancelled\"\nreason = \"Krank\"",
        "status = \"moved\"",
        "part_of = \"a\"",
        "visibility = \"internal\"",
        "visibility = \"draft\"",
        "kind = \"talk\"\ntags = [\"eins\"]",
        "attachments = [\"programm.pdf\"]",
        "organizer = \"buero\"",
    ]);
    let repeat = random.pick(&[
        "",
        "\n[repeat]\nevery = \"week\"\ncount = 4",
        "\n[repeat]\nevery = \"day\"\ncount = 3\n",
        "\n[translation.en]\ntitle = \"Title\"",
        "\n[translation.en]\nbody = \"Text\"\n[repeat]\nevery = \"week\"",
    ]);
    format!(
        "+++\ntitle = '{what}'\nstart = {start}\n{place}\n{more}\n{repeat}\n+++\nText *{start}*.\n"
    )
}

/// One edit of a folder that stays a good one.
fn edit(root: &Path, random: &mut Random) {
    let slug = random.pick(&EVENTS);
    let path = root.join(format!("termine/{slug}.md"));
    let venues = root.join("venues.toml");
    match random.below(14) {
        0 => drop(fs::remove_file(path)),
        1 => fs::write(path, "+++\ntitle = \n+++\n").expect("a file"),
        2 => {
            let text = fs::read_to_string(&venues).expect("a file");
            let other = if text.contains("Am Platz 1") { "Am Platz 2" } else { "Am Platz 1" };
            let text = text.replace("Am Platz 1", other).replace("Am Platz 2", other);
            fs::write(venues, text).expect("a file");
        }
        4 => {
            let text = random.pick(&["%PDF-1.4 eins", "%PDF-1.4 zwei"]);
            fs::write(root.join("termine/programm.pdf"), text).expect("a file");
        }
        5 => {
            let name = random.pick(&["Büro", "Anderes Büro"]);
            let text = format!("[buero]\nname = \"{name}\"\nurl = \"https://example.org/\"\n");
            fs::write(root.join("organizers.toml"), text).expect("a file");
        }
        6 => {
            let zone = random.pick(&["Europe/Berlin", "Europe/London"]);
            let text = format!("title = \"Termine\"\n[defaults]\ntimezone = \"{zone}\"\n");
            fs::write(root.join("termine/feed.toml"), text).expect("a file");
        }
        3 => {
            let title = random.pick(&["Termine", "Alle Termine"]);
            fs::write(root.join("termine/feed.toml"), format!("title = \"{title}\"\n"))
                .expect("a file");
        }
        _ => fs::write(path, event(random)).expect("a file"),
    }
}

#[test]
fn a_service_that_runs_for_long_publishes_what_one_publishes_that_was_just_started() {
    let count = Count::at_least(60);
    for seed in 0..4 {
        let mut random = Random::new(seed);
        let site = Site::new()
            .file("auswahl/feed.toml", "title = \"Auswahl\"\n[select]\nkind = \"talk\"\n");
        let mut now = time("2018-11-25T12:00:00Z");
        let mut state = site.start();
        for step in 0..20 {
            edit(site.path(), &mut random);
            now += TimeDelta::seconds(
                [1, 61, 86_400][usize::try_from(random.below(3)).expect("small")],
            );
            let Some(running) = reload(&mut state, &site, now) else { continue };
            compare(&running, &site, now, &format!("seed {seed}, step {step}"));
            count.one();
        }
    }
    count.end();
}

/// The memo is keyed by content: whatever was edited, moved, broken or mended, a reload finds what a load
/// finds that knows nothing.
#[test]
fn a_reload_finds_what_a_fresh_load_finds() {
    let (mut good, mut refused, mut again) = (0, 0, 0);
    for seed in 10..16 {
        let mut random = Random::new(seed);
        let site = Site::new().event("a", "");
        let site = site.file("termine/programm.pdf", "%PDF-1.4 eins");
        let tree = Folder::new(site.path());
        let mut loader = Loader::new(LastGood::default(), Arc::clone(zones()));
        let mut last = None;
        for step in 0..40_u64 {
            edit(site.path(), &mut random);
            let case = format!("seed {seed}, step {step}");
            let read = |loader: &mut Loader, seconds| {
                loader.read(&tree, Duration::from_secs(10 * step + seconds)).expect("a folder")
            };
            // Read twice: what was edited is perhaps half written.
            let _ = read(&mut loader, 0);
            let files = read(&mut loader, 2);
            again += usize::from(last.replace(files.hash()) == Some(files.hash()));
            let loaded = loader.load(&Arc::new(files), &BTreeSet::new(), &|_| false);
            match (load(&tree, zones()), loaded) {
                (Ok((definitions, diagnostics)), Ok(loaded)) => {
                    assert_eq!(
                        format!("{definitions:?}"),
                        format!("{:?}", loaded.definitions),
                        "{case}"
                    );
                    assert_eq!(diagnostics, loaded.diagnostics, "{case}");
                    loader.keep(loaded.good);
                    good += 1;
                }
                (Err(LoadError::Mistakes(diagnostics)), Ok(loaded)) => {
                    assert_eq!(diagnostics, loaded.diagnostics, "{case}");
                    loader.keep(loaded.good);
                    refused += 1;
                }
                (fresh, loaded) => panic!("{case}: {fresh:?}, {loaded:?}"),
            }
        }
    }
    assert!(
        good > 50 && refused > 50 && again > 0,
        "{good} good, {refused} refused, {again} again"
    );
}

/// Compares with a service that was just started, and the record with what a new one would have.
fn compare(running: &Snapshot, site: &Site, now: DateTime<Utc>, case: &str) {
    let text = record_text(site);
    assert_eq!(Record::parse(&text, zones()).expect("a record").to_text(), text, "{case}");
    let started = reload(&mut site.start(), site, now).expect("a snapshot");
    let (running, started) = (documents(running), documents(&started));
    for (one, other) in running.iter().zip(&started) {
        assert_eq!(one, other, "{case}");
    }
    assert_eq!(running.len(), started.len(), "{case}");
}

/// The events are so many that feeds have archives.
#[test]
fn long_lists_are_the_same_whatever_was_kept_of_them() {
    let site = Site::new();
    let path = |number: usize| site.path().join(format!("termine/e-{number:03}.md"));
    let write = |number: usize, title: &str, day: usize| {
        let start = format!("{}-12-{day:02}", 2018 + number % 2);
        let text = format!("+++\ntitle = \"{title}\"\nstart = {start}\nvenue = \"rathaus\"\n+++\n");
        fs::write(path(number), text).expect("a file");
    };
    (0..300).for_each(|number| write(number, "Titel", number % 28 + 1));
    let mut now = time("2018-12-10T12:00:00Z");
    let mut state = site.start();
    reload(&mut state, &site, now).expect("a snapshot");
    let edits: [(&str, &dyn Fn()); 5] = [
        ("another title", &|| write(150, "Anderer Titel", 10)),
        ("another day", &|| write(20, "Titel", 28)),
        ("one more", &|| write(300, "Titel", 1)),
        ("one less", &|| fs::remove_file(path(100)).expect("a file")),
        ("nothing but a day", &|| {}),
    ];
    for (case, edit) in edits {
        edit();
        now += TimeDelta::days(1);
        let running = reload(&mut state, &site, now).expect("a snapshot");
        let archive = ask(&running, &Method::GET, "/feeds/alle/archive/1.rss", &[]);
        assert_eq!(archive.status, 200, "{case}");
        compare(&running, &site, now, case);
    }
}
