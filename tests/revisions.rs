//! Whatever readers see of an event raises its sequence when it changes; what they do not see does not.

use std::collections::BTreeSet;

use crate::support::{Site, record_lines};

/// Each key of an event that readers see, with keys before and after an edit.
const SEEN: &[(&str, &str, &str)] = &[
    ("title", "title = \"Eins\"", "title = \"Zwei\""),
    ("subtitle", "", "subtitle = \"Neu\""),
    ("summary", "", "summary = \"Neu\""),
    ("kind", "", "kind = \"talk\""),
    ("start", "start = 2018-12-10T10:15:00", "start = 2018-12-10T10:30:00"),
    ("start", "start = 2018-10-28T02:30:00+02:00", "start = 2018-10-28T02:30:00+01:00"),
    ("start", "start = 2018-12-10", "start = 2018-12-11"),
    ("end", "end = 2018-12-10T16:15:00", "end = 2018-12-10T16:30:00"),
    ("duration", "", "duration = \"2h\""),
    ("doors", "", "doors = 10:00:00"),
    ("timezone", "", "timezone = \"Europe/Lisbon\""),
    ("timezone", "timezone = \"Europe/Berlin\"", "timezone = \"Europe/Paris\""),
    ("venue", "", "venue = \"schloss\""),
    ("room", "", "room = \"saal\""),
    (
        "location",
        "[location]\nname = \"Haus\"\ncity = \"Köln\"",
        "[location]\nname = \"Haus\"\ncity = \"Bonn\"",
    ),
    ("location", LOCATION, "[location]\nname = \"Haus\"\ncity = \"Köln\"\nstreet = \"Weg 2\""),
    (
        "location",
        LOCATION,
        "[location]\nname = \"Haus\"\ncity = \"Köln\"\nstreet = \"Weg 1\"\npostal_code = \"50667\"",
    ),
    (
        "location",
        LOCATION,
        "[location]\nname = \"Haus\"\ncity = \"Köln\"\nstreet = \"Weg 1\"\nregion = \"NRW\"",
    ),
    (
        "location",
        LOCATION,
        "[location]\nname = \"Haus\"\ncity = \"Köln\"\nstreet = \"Weg 1\"\ncountry = \"AT\"",
    ),
    (
        "location",
        LOCATION,
        "[location]\nname = \"Haus\"\ncity = \"Köln\"\nstreet = \"Weg 1\"\ngeo = [50.9, 6.9]",
    ),
    (
        "location",
        LOCATION,
        "[location]\nname = \"Haus\"\ncity = \"Köln\"\nstreet = \"Weg 1\"\naccessibility = \"Rampe\"",
    ),
    ("online", "", "online = { label = \"Zoom\" }"),
    (
        "online",
        "online = { url = \"https://example.org/a\", public = true }",
        "online = { url = \"https://example.org/b\", public = true }",
    ),
    ("status", "", "status = \"tentative\""),
    (
        "previous_start",
        "status = \"moved\"\nprevious_start = 2018-12-01T10:00:00",
        "status = \"moved\"\nprevious_start = 2018-12-02T10:00:00",
    ),
    (
        "reason",
        "status = \"cancelled\"\nreason = \"Eins\"",
        "status = \"cancelled\"\nreason = \"Zwei\"",
    ),
    ("organizer", "organizer = { name = \"Büro\" }", "organizer = { name = \"Amt\" }"),
    (
        "organizer",
        "organizer = { name = \"Büro\" }",
        "organizer = { name = \"Büro\", phone = \"1\" }",
    ),
    (
        "organizer",
        "organizer = { name = \"Büro\" }",
        "organizer = { name = \"Büro\", email = \"a@example.org\" }",
    ),
    (
        "organizer",
        "organizer = { name = \"Büro\" }",
        "organizer = { name = \"Büro\", url = \"https://example.org/\" }",
    ),
    ("contact", "", "contact = { name = \"Amt\", phone = \"1\", public = true }"),
    (
        "contact",
        "contact = { name = \"Amt\", phone = \"1\", public = true }",
        "contact = { name = \"Amt\", phone = \"2\", public = true }",
    ),
    (
        "contact",
        "contact = { name = \"Amt\", phone = \"1\", public = true }",
        "contact = { name = \"Amt\", phone = \"1\", role = \"Anmeldung\", public = true }",
    ),
    ("participation", "", "[participation]\nfree = true"),
    (
        "participation",
        "[participation]\nprice = 1.0\ncurrency = \"EUR\"",
        "[participation]\nprice = 2.0\ncurrency = \"EUR\"",
    ),
    (
        "participation",
        "[participation]\nprice = 1.0\ncurrency = \"EUR\"",
        "[participation]\nprice = 1.0\ncurrency = \"CHF\"",
    ),
    ("participation", "", "[participation]\nrequires = \"Neu\""),
    ("participation", "", "[participation]\nrecommends = \"Neu\""),
    ("participation", "", "[participation]\naudience = \"Neu\""),
    ("participation", "", "[participation]\ncapacity = 5"),
    ("participation", "", "[participation.registration]\nurl = \"https://example.org/\""),
    ("participation", "", "[participation.registration]\nemail = \"a@example.org\""),
    ("participation", "", "[participation.registration]\nopens = 2018-11-20"),
    ("participation", "", "[participation.registration]\ndeadline = 2018-11-20"),
    (
        "participation",
        "[participation.registration]\ndeadline = 2018-11-20T10:00:00",
        "[participation.registration]\ndeadline = 2018-11-20T11:00:00",
    ),
    ("sessions", "", SESSION),
    ("sessions", SESSION, "[[sessions]]\nid = \"a\"\ntitle = \"Zwei\"\nstart = 11:00:00"),
    ("sessions", SESSION, "[[sessions]]\nid = \"a\"\ntitle = \"Eins\"\nstart = 11:30:00"),
    (
        "sessions",
        SESSION,
        "[[sessions]]\nid = \"a\"\ntitle = \"Eins\"\nstart = 11:00:00\nend = 11:30:00",
    ),
    (
        "sessions",
        SESSION,
        "[[sessions]]\nid = \"a\"\ntitle = \"Eins\"\nstart = 11:00:00\nroom = \"saal\"",
    ),
    (
        "sessions",
        SESSION,
        "[[sessions]]\nid = \"a\"\ntitle = \"Eins\"\nstart = 11:00:00\nspeakers = [\"Jemand\"]",
    ),
    ("sessions", SESSION, "[[sessions]]\nid = \"b\"\ntitle = \"Eins\"\nstart = 11:00:00"),
    (
        "sessions_as",
        SESSION,
        "sessions_as = \"entries\"\n[[sessions]]\nid = \"a\"\ntitle = \"Eins\"\nstart = 11:00:00",
    ),
    ("repeat", "", SERIES),
    ("repeat", SERIES, "[repeat]\nevery = \"week\"\ncount = 5"),
    ("repeat", SERIES, "[repeat]\nevery = \"week\"\ncount = 4\nexcept = [2018-12-17]"),
    ("repeat", SERIES, "[repeat]\nevery = \"week\"\ncount = 4\nalso = [2018-12-18]"),
    (
        "repeat",
        SERIES,
        "[repeat]\nevery = \"week\"\ncount = 4\n[[repeat.change]]\ndate = 2018-12-17\ntitle = \"Neu\"",
    ),
    (
        "repeat",
        SERIES,
        "[repeat]\nevery = \"week\"\ncount = 4\n[[repeat.change]]\ndate = 2018-12-17\nroom = \"saal\"",
    ),
    (
        "repeat",
        SERIES,
        "[repeat]\nevery = \"week\"\ncount = 4\n[[repeat.change]]\ndate = 2018-12-17\nstart = 11:00:00",
    ),
    (
        "repeat",
        SERIES,
        "[repeat]\nevery = \"week\"\ncount = 4\n[[repeat.change]]\ndate = 2018-12-17\nstatus = \"cancelled\"",
    ),
    (
        "repeat",
        OFF,
        "[repeat]\nevery = \"week\"\ncount = 4\n[[repeat.change]]\ndate = 2018-12-17\nstatus = \"cancelled\"\nreason = \"Neu\"",
    ),
    ("series", SERIES, "series = \"expand\"\n[repeat]\nevery = \"week\"\ncount = 4"),
    ("part_of", "", "part_of = \"b\""),
    ("tags", "", "tags = [\"Neu\"]"),
    ("links", "", "links = [{ label = \"Neu\", url = \"https://example.org/\" }]"),
    (
        "links",
        "links = [{ label = \"A\", url = \"https://example.org/\" }]",
        "links = [{ label = \"B\", url = \"https://example.org/\" }]",
    ),
    ("image", "", "image = \"https://example.org/a.png\"\nimage_alt = \"Bild\""),
    (
        "image_alt",
        "image = \"https://example.org/a.png\"\nimage_alt = \"Eins\"",
        "image = \"https://example.org/a.png\"\nimage_alt = \"Zwei\"",
    ),
    ("attachments", "", "attachments = [{ label = \"A\", file = \"https://example.org/a.pdf\" }]"),
    (
        "attachments",
        "attachments = [{ label = \"A\", file = \"https://example.org/a.pdf\" }]",
        "attachments = [{ label = \"B\", file = \"https://example.org/a.pdf\" }]",
    ),
    ("language", "", "language = \"en\""),
    ("translation", "", "[translation.en]\ntitle = \"One\""),
    (
        "translation",
        "[translation.en]\ntitle = \"One\"",
        "[translation.en]\ntitle = \"One\"\nsubtitle = \"Two\"",
    ),
    (
        "translation",
        "[translation.en]\ntitle = \"One\"",
        "[translation.en]\ntitle = \"One\"\nsummary = \"Two\"",
    ),
    (
        "translation",
        "[translation.en]\ntitle = \"One\"",
        "[translation.en]\ntitle = \"One\"\nbody = \"Two\"",
    ),
    ("busy", "", "busy = true"),
    ("published", "", "published = 2018-10-01T09:00:00+02:00"),
    ("updated", "", "updated = 2018-11-01T13:00:00+01:00"),
];

const LOCATION: &str = "[location]\nname = \"Haus\"\ncity = \"Köln\"\nstreet = \"Weg 1\"";
const SESSION: &str = "[[sessions]]\nid = \"a\"\ntitle = \"Eins\"\nstart = 11:00:00";
const SERIES: &str = "[repeat]\nevery = \"week\"\ncount = 4";
const OFF: &str = "[repeat]\nevery = \"week\"\ncount = 4\n[[repeat.change]]\ndate = 2018-12-17\nstatus = \"cancelled\"";

/// Keys that say something else than what is published, with an edit that raises nothing.
const UNSEEN: &[(&str, &str, &str)] = &[
    ("weekday", "", "weekday = \"Montag\""),
    ("visibility", "", "visibility = \"public\""),
    ("duration", "end = 2018-12-10T12:15:00", "duration = \"2h\""),
    ("contact", "", "contact = { name = \"Amt\", phone = \"1\" }"),
    (
        "online",
        "online = { url = \"https://example.org/a\" }",
        "online = { url = \"https://example.org/b\" }",
    ),
    ("timezone", "", "timezone = \"Europe/Berlin\""),
    ("start", "start = 2018-12-10T10:15:00", "start = 2018-12-10T10:15:00+01:00"),
    ("venue", "", "venue = \"ratskeller\""),
];

/// The sequence of the event after an edit from `before` to `after`.
fn sequence(before: &str, after: &str) -> u64 {
    let venues = "[rathaus]\nname = \"Rathaus\"\nstreet = \"Am Platz 1\"\npostal_code = \"30159\"\n\
        city = \"Hannover\"\n[rathaus.rooms.saal]\nname = \"Großer Saal\"\n[ratskeller]\nname = \"Rathaus\"\n\
        street = \"Am Platz 1\"\npostal_code = \"30159\"\ncity = \"Hannover\"\n[schloss]\nname = \"Schloss\"\n\
        city = \"Celle\"\n";
    // An empty line before the keys keeps tables apart from keys of the event itself.
    let [before, after] = [before, after].map(|keys| format!("\n{keys}"));
    let site = Site::new().file("venues.toml", venues).event("b", "").event("a", &before).record();
    let site = site.event("a", &after).at("2018-11-02T12:00:00Z").record();
    let mut events = record_lines(&site).into_iter().filter(|line| line["slugs"][0] == "a");
    events.next().expect("the event")["sequence"].as_u64().expect("a number")
}

#[test]
fn every_key_that_readers_see_raises_the_sequence() {
    for (key, before, after) in SEEN {
        assert_eq!(sequence(before, after), 1, "{key}: {before} -> {after}");
    }
}

#[test]
fn the_text_raises_the_sequence() {
    let site = Site::new().event_with_text("a", "", "Eins.").record();
    let site = site.event_with_text("a", "", "Zwei.").at("2018-11-02T12:00:00Z").record();
    assert!(site.lines("/events/a.ics").contains(&"SEQUENCE:1".to_owned()));
}

#[test]
fn what_readers_do_not_see_raises_nothing() {
    for (key, before, after) in UNSEEN {
        assert_eq!(sequence(before, after), 0, "{key}: {before} -> {after}");
    }
}

/// The keys of an event file are those of a struct in the source; none of them is missing in these tables.
#[test]
fn no_key_is_forgotten() {
    let source = include_str!("../src/source/format/mod.rs");
    let (_, rest) = source.split_once("struct EventDefinition {").expect("the struct");
    let (fields, _) = rest.split_once("\n}").expect("its end");
    let keys =
        fields.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split(':').next());
    let keys: BTreeSet<&str> = keys.collect();
    let tried = SEEN.iter().chain(UNSEEN).map(|(key, ..)| *key);
    // A uid is who an event is, not what is said of it.
    let tried: BTreeSet<&str> = tried.chain(["uid"]).collect();
    assert_eq!(keys, tried);
}
