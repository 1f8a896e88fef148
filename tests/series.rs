//! Series: what `[repeat]` becomes, in every format.

use crate::support::Site;

const WEEKLY: &str = "title = \"Sprechstunde\"\nstart = 2019-01-08T18:00:00\nend = 2019-01-08T19:30:00\n\
    [repeat]\nevery = \"week\"\nuntil = 2019-03-30\n";

/// The weekly series `a` with these keys below `[repeat]`, in January 2019.
fn weekly(keys: &str) -> Site {
    Site::new().event("a", &format!("{WEEKLY}{keys}")).at("2019-01-01T12:00:00Z")
}

#[test]
fn a_series_is_a_rule_with_its_end_in_utc() {
    let lines = weekly("").entries("/feeds/termine.ics", &["DTSTART", "DTEND", "RRULE", "EXDATE"]);
    let expected = [
        "DTSTART;TZID=Europe/Berlin:20190108T180000",
        "DTEND;TZID=Europe/Berlin:20190108T193000",
        "RRULE:FREQ=WEEKLY;UNTIL=20190330T225959Z;BYDAY=TU",
    ];
    assert_eq!(lines, [expected]);
}

#[test]
fn rules_in_words_become_these_rules() {
    let rule = |start: &str, keys: &str| {
        let keys = format!("start = {start}\n[repeat]\n{keys}");
        let site = Site::new().event("a", &keys).at("2019-01-01T12:00:00Z");
        site.entries("/events/a.ics", &["RRULE"]).concat().concat()
    };
    let cases = [
        ("every = \"day\"\ncount = 5", "RRULE:FREQ=DAILY;COUNT=5"),
        ("every = \"day\"\ninterval = 3", "RRULE:FREQ=DAILY;INTERVAL=3"),
        ("every = \"week\"\non = [\"thursday\", \"tuesday\"]", "RRULE:FREQ=WEEKLY;BYDAY=TU,TH"),
        ("every = \"week\"\non = [\"Dienstag\", \"Fr\"]", "RRULE:FREQ=WEEKLY;BYDAY=TU,FR"),
        ("every = \"week\"\ninterval = 2", "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=MO"),
        ("every = \"month\"", "RRULE:FREQ=MONTHLY;BYMONTHDAY=8"),
        ("every = \"month\"\non = \"second tuesday\"", "RRULE:FREQ=MONTHLY;BYDAY=2TU"),
        ("every = \"year\"", "RRULE:FREQ=YEARLY"),
        ("rrule = \"RRULE:FREQ=WEEKLY;BYDAY=TU;WKST=SU\"", "RRULE:FREQ=WEEKLY;BYDAY=TU"),
    ];
    for (keys, expected) in cases {
        assert_eq!(rule("2019-01-08T18:00:00", keys), expected, "{keys}");
    }
    let last_friday = rule("2019-01-25T18:00:00", "every = \"month\"\non = \"last friday\"");
    assert_eq!(last_friday, "RRULE:FREQ=MONTHLY;BYDAY=-1FR");
    let whole_day = rule("2019-01-08", "every = \"week\"\nuntil = 2019-03-30");
    assert_eq!(whole_day, "RRULE:FREQ=WEEKLY;UNTIL=20190330;BYDAY=TU");
}

#[test]
fn an_exception_is_an_exdate_in_the_type_of_the_start() {
    let site = weekly("except = [2019-02-05, 2019-02-12]");
    let expected =
        ["EXDATE;TZID=Europe/Berlin:20190205T180000", "EXDATE;TZID=Europe/Berlin:20190212T180000"];
    assert_eq!(site.entries("/feeds/termine.ics", &["EXDATE"]), [expected]);
    let keys = "start = 2019-01-08\n[repeat]\nevery = \"week\"\nexcept = [2019-01-15]";
    let days = Site::new().event("a", keys).at("2019-01-01T12:00:00Z");
    let expected = ["EXDATE;VALUE=DATE:20190115"];
    assert_eq!(days.entries("/events/a.ics", &["EXDATE"])[0], expected);
}

#[test]
fn a_changed_date_is_an_override_under_the_same_uid() {
    let keys = "[[repeat.change]]\ndate = 2019-01-15\nstatus = \"cancelled\"\nreason = \"Krankheit\"\n\
        [[repeat.change]]\ndate = 2019-01-22\nstatus = \"moved\"\nstart = 2019-01-23T18:30:00\n\
        [[repeat.change]]\ndate = 2019-01-29\nroom = \"saal\"\ntitle = \"Große Sprechstunde\"\n";
    let site = weekly(keys);
    let names = ["UID", "DTSTART", "DTEND", "RECURRENCE-ID", "STATUS", "SUMMARY", "LOCATION"];
    let entries = site.entries("/feeds/termine.ics", &names);
    let uid = "UID:115871de-5028-53d4-aca0-060adf9e612e";
    let place = "LOCATION:Rathaus\\, Am Platz 1\\, 30159 Hannover";
    let expected = [
        [
            uid,
            "DTSTART;TZID=Europe/Berlin:20190115T180000",
            "DTEND;TZID=Europe/Berlin:20190115T193000",
            "RECURRENCE-ID;TZID=Europe/Berlin:20190115T180000",
            "STATUS:CANCELLED",
            "SUMMARY:ABGESAGT: Sprechstunde",
            place,
        ],
        [
            uid,
            "DTSTART;TZID=Europe/Berlin:20190123T183000",
            "DTEND;TZID=Europe/Berlin:20190123T200000",
            "RECURRENCE-ID;TZID=Europe/Berlin:20190122T180000",
            "STATUS:CONFIRMED",
            "SUMMARY:VERSCHOBEN: Sprechstunde",
            place,
        ],
        [
            uid,
            "DTSTART;TZID=Europe/Berlin:20190129T180000",
            "DTEND;TZID=Europe/Berlin:20190129T193000",
            "RECURRENCE-ID;TZID=Europe/Berlin:20190129T180000",
            "STATUS:CONFIRMED",
            "SUMMARY:Große Sprechstunde",
            "LOCATION:Rathaus\\, Großer Saal\\, Am Platz 1\\, 30159 Hannover",
        ],
    ];
    assert_eq!(entries[1..], expected);
    let moved = site.json("/events/a/2019-01-22.jsonld");
    assert_eq!(moved["eventStatus"], "https://schema.org/EventRescheduled");
    assert_eq!(moved["previousStartDate"], "2019-01-22T18:00:00+01:00");
    assert_eq!(moved["startDate"], "2019-01-23T18:30:00+01:00");
    let page = site.get("/events/a/2019-01-22").body;
    assert!(page.contains("Bisher: Dienstag, 22. Januar 2019, 18:00 Uhr, jetzt: Mittwoch, 23."));
    let page = site.get("/events/a").body;
    assert!(page.contains("15. Januar 2019: ABGESAGT (Krankheit)"));
    let feed = site.get("/feeds/termine.rss").body;
    assert_eq!(feed.matches("<item>").count(), 4, "the series and its changed dates");
    assert!(feed.contains("ABGESAGT: Sprechstunde – Di., 15.01.2019, 18:00 Uhr, Hannover"));
}

#[test]
fn an_additional_date_is_an_entry_of_its_own() {
    let site = weekly("also = [2019-01-10]");
    let entries = site.entries("/feeds/termine.ics", &["UID", "DTSTART", "RRULE", "RDATE"]);
    let expected = [
        "UID:115871de-5028-53d4-aca0-060adf9e612e/2019-01-10",
        "DTSTART;TZID=Europe/Berlin:20190110T180000",
    ];
    assert_eq!(entries[1], expected);
    assert_eq!(entries.len(), 2);
}

#[test]
fn a_series_is_expanded_where_its_author_or_folder_says_so() {
    let keys = "start = 2019-01-08T18:00:00\nseries = \"expand\"\n\
        [repeat]\nevery = \"week\"\ncount = 3\n";
    let own = Site::new().event("a", keys);
    let folder = Site::new()
        .file("termine/feed.toml", "title = \"Termine\"\n[defaults]\nseries = \"expand\"\n")
        .event("a", &keys.replace("series = \"expand\"\n", ""));
    for site in [own, folder] {
        let site = site.at("2019-01-01T12:00:00Z");
        let starts = site.entries("/feeds/termine.ics", &["DTSTART", "RRULE", "RECURRENCE-ID"]);
        let expected = [
            ["DTSTART;TZID=Europe/Berlin:20190108T180000"],
            ["DTSTART;TZID=Europe/Berlin:20190115T180000"],
            ["DTSTART;TZID=Europe/Berlin:20190122T180000"],
        ];
        assert_eq!(starts, expected);
        assert_eq!(site.report(), "");
    }
}

#[test]
fn rules_that_calendars_read_in_different_ways_become_entries() {
    let cases = [
        ("2019-01-31T18:00:00", "every = \"month\""),
        ("2019-01-29T18:00:00", "every = \"month\"\non = \"fifth tuesday\""),
        ("2020-02-29T18:00:00", "every = \"year\"\ncount = 3"),
        ("2019-01-08T18:00:00", "every = \"month\"\non = [\"second tuesday\", \"last friday\"]"),
        ("2019-01-08T18:00:00", "rrule = \"FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=4\""),
        ("2019-01-08T18:00:00", "rrule = \"FREQ=DAILY;BYMONTH=1\""),
        ("2019-01-08T18:00:00", "every = \"year\"\non = \"second tuesday\"\ncount = 3"),
    ];
    for (start, keys) in cases {
        let keys = format!("start = {start}\n[repeat]\n{keys}");
        let site = Site::new().event("a", &keys).at("2019-01-01T12:00:00Z");
        let entries = site.entries("/events/a.ics", &["RRULE"]);
        assert!(entries.len() >= 2 && entries.concat().is_empty(), "{keys}");
    }
    let written = Site::new()
        .event("a", "start = 2019-01-31T18:00:00\nseries = \"rule\"\n[repeat]\nevery = \"month\"");
    let report = written.report();
    assert!(report.contains("not all calendars read this rule alike: they get single entries"));
}

#[test]
fn a_series_keeps_its_wall_clock_time_over_both_changes() {
    let keys = "start = 2019-03-26T18:00:00\n[repeat]\nevery = \"week\"\ncount = 32";
    let site = Site::new().event("a", keys).at("2019-03-01T12:00:00Z");
    for (date, start) in [
        ("2019-03-26", "2019-03-26T18:00:00+01:00"),
        ("2019-04-02", "2019-04-02T18:00:00+02:00"),
        ("2019-10-22", "2019-10-22T18:00:00+02:00"),
        ("2019-10-29", "2019-10-29T18:00:00+01:00"),
    ] {
        assert_eq!(site.json(&format!("/events/a/{date}.jsonld"))["startDate"], start);
    }
}

#[test]
fn a_series_that_meets_a_clock_change_is_expanded_with_a_warning() {
    let keys = "start = 2019-03-24T02:30:00\n[repeat]\nevery = \"week\"\ncount = 3";
    let skipped = Site::new().event("a", keys).at("2019-03-01T12:00:00Z");
    let starts = skipped.entries("/feeds/termine.ics", &["DTSTART"]);
    let expected = [
        ["DTSTART;TZID=Europe/Berlin:20190324T023000"],
        ["DTSTART;TZID=Europe/Berlin:20190407T023000"],
        ["DTSTART;TZID=Europe/Berlin:20190414T023000"],
    ];
    assert_eq!(starts, expected, "a skipped date is not counted");
    let warning = "warning: on 2019-03-31 clocks are put forward past the start: this date is left \
        out, and calendars get single entries instead of a rule";
    assert!(skipped.report().starts_with(warning), "{}", skipped.report());
    let keys = "start = 2019-10-20T02:30:00\n[repeat]\nevery = \"week\"\ncount = 2";
    let repeated = Site::new().event("a", keys).at("2019-10-01T12:00:00Z");
    let starts = repeated.entries("/feeds/termine.ics", &["DTSTART"]);
    let expected = [["DTSTART;TZID=Europe/Berlin:20191020T023000"], ["DTSTART:20191027T003000Z"]];
    assert_eq!(starts, expected, "of a repeated hour the first counts");
    assert!(repeated.report().contains("on 2019-10-27 clocks are changed during this event"));
    let nights = "start = 2019-10-25T22:00:00\nend = 2019-10-26T06:00:00\n\
        [repeat]\nevery = \"day\"\ncount = 2";
    let nights = Site::new().event("a", nights).at("2019-10-01T12:00:00Z");
    assert!(nights.report().contains("on 2019-10-26 clocks are changed during this event"));
    assert_eq!(nights.json("/events/a/2019-10-26.jsonld")["endDate"], "2019-10-27T06:00:00+01:00");
}

#[test]
fn zones_without_a_yearly_shape_are_written_as_entries_in_utc() {
    let keys = "timezone = \"Africa/Casablanca\"\nstart = 2019-05-01T18:00:00\n\
        [repeat]\nevery = \"week\"\ncount = 3";
    let site = Site::new().event("a", keys).at("2019-04-01T12:00:00Z");
    let starts = site.entries("/feeds/termine.ics", &["DTSTART", "RRULE"]);
    // Morocco has its summer time, but for Ramadan.
    let expected =
        [["DTSTART:20190501T170000Z"], ["DTSTART:20190508T180000Z"], ["DTSTART:20190515T180000Z"]];
    assert_eq!(starts, expected);
}

#[test]
fn each_date_has_a_page_a_file_and_data_of_its_own() {
    let site = weekly("");
    let page = site.get("/events/a/2019-01-15");
    assert!(page.body.contains("Dienstag, 15. Januar 2019, 18:00 bis 19:30 Uhr"));
    assert!(page.body.contains("href=\"/events/a\" lang=\"de\">Alle Termine</a>"));
    let file = site.get("/events/a/2019-01-15.ics");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"a-2019-01-15.ics\"");
    let names = ["UID", "DTSTART", "RRULE", "RECURRENCE-ID", "URL"];
    let expected = [
        "UID:115871de-5028-53d4-aca0-060adf9e612e/2019-01-15",
        "DTSTART;TZID=Europe/Berlin:20190115T180000",
        "URL:https://example.org/events/a/2019-01-15",
    ];
    assert_eq!(site.entries("/events/a/2019-01-15.ics", &names), [expected]);
    let data = site.json("/events/a/2019-01-15.jsonld");
    assert_eq!(data["@type"], "Event");
    assert_eq!(data["@id"], "https://example.org/events/a/2019-01-15#event");
    assert_eq!(data["superEvent"]["@id"], "https://example.org/events/a#event");
    assert_eq!(site.get("/events/a/2019-01-16").status, 404);
}

#[test]
fn a_series_has_a_page_with_its_dates_and_is_an_event_series_with_a_schedule() {
    let site = weekly("except = [2019-02-05]").at("2019-01-16T12:00:00Z");
    let page = site.get("/events/a").body;
    assert!(page.contains("jeden Dienstag, 18:00 bis 19:30 Uhr, bis 30. März 2019"), "{page}");
    assert!(page.contains("Entfällt am</dt>"));
    let (coming, past) = page.split_once("Vergangene Termine").expect("some are over");
    assert!(coming.contains("/events/a/2019-01-22") && !coming.contains("/events/a/2019-01-15\">"));
    assert!(past.contains("/events/a/2019-01-15"));
    let feed = site.get("/feeds/termine").body;
    assert!(feed.contains("Nächster Termin: <time datetime=\"2019-01-22\">"));
    let data = site.json("/events/a.jsonld");
    assert_eq!(data["@type"], "EventSeries");
    assert_eq!(data["startDate"], "2019-01-08T18:00:00+01:00");
    assert_eq!(data["endDate"], "2019-03-26T19:30:00+01:00");
    let expected = serde_json::json!({
        "@type": "Schedule",
        "startDate": "2019-01-08",
        "endDate": "2019-03-30",
        "repeatFrequency": "P1W",
        "byDay": ["https://schema.org/Tuesday"],
        "exceptDate": ["2019-02-05"],
        "startTime": "18:00:00",
        "endTime": "19:30:00",
        "scheduleTimezone": "Europe/Berlin",
    });
    assert_eq!(data["eventSchedule"], expected);
    assert_eq!(data["subEvent"].as_array().map(Vec::len), Some(11));
    assert_eq!(data["subEvent"][0]["@id"], "https://example.org/events/a/2019-01-08#event");
    let rss = site.get("/feeds/termine.rss").body;
    assert!(rss.contains("Sprechstunde – jeden Dienstag, 18:00 bis 19:30 Uhr, Hannover"));
}

#[test]
fn dates_have_pages_from_a_year_back_to_eighteen_months_ahead() {
    let keys = "start = 2016-01-05T18:00:00\n[repeat]\nevery = \"week\"";
    let site = Site::new().event("a", keys).at("2019-01-01T12:00:00Z");
    let status = |path: &str| site.get(path).status.as_u16();
    assert_eq!((status("/events/a/2018-01-02"), status("/events/a/2017-12-26")), (200, 410));
    assert_eq!((status("/events/a/2020-06-30"), status("/events/a/2020-07-07")), (200, 404));
    assert_eq!(status("/events/a/2017-12-26.ics"), 410);
    assert_eq!(status("/events/a/2017-12-27"), 404);
}

#[test]
fn the_page_of_a_series_changes_only_when_a_date_passes_or_comes_near() {
    let keys = "published = 2018-09-01T09:00:00+02:00\nstart = 2019-01-08T18:00:00\n\
        end = 2019-01-08T19:30:00\n[repeat]\nevery = \"week\"";
    let at = |now| Site::new().event("a", keys).at(now);
    let (before, after) = (at("2019-01-09T00:00:00Z"), at("2019-01-10T00:00:00Z"));
    for path in ["/events/a", "/feeds/termine", "/feeds/termine.ics", "/events/a/2019-01-15"] {
        assert_eq!(before.get(path).body, after.get(path).body, "{path}");
        assert_eq!(before.get(path).headers, after.get(path).headers, "{path}");
    }
    let passed = at("2019-01-15T18:30:00Z");
    assert_eq!(passed.get("/events/a").header("last-modified"), "Tue, 15 Jan 2019 18:30:00 GMT");
    let calendar =
        |site: &Site| site.entries("/feeds/termine.ics", &["DTSTAMP", "RRULE", "DESCRIPTION"]);
    assert_eq!(calendar(&before), calendar(&passed), "a rule knows no clock");
}

#[test]
fn the_programme_of_a_series_moves_with_each_date() {
    let keys = format!(
        "{WEEKLY}[[sessions]]\nid = \"teil-1\"\ntitle = \"Teil 1\"\nstart = 18:30:00\nend = 19:00:00\n"
    );
    let keys = keys.replace("[repeat]", "sessions_as = \"entries\"\n[repeat]");
    let site = Site::new().event("a", &keys).at("2019-03-25T12:00:00Z");
    let data = site.json("/events/a/2019-03-26.jsonld");
    assert_eq!(data["subEvent"][0]["startDate"], "2019-03-26T18:30:00+01:00");
    let names = ["UID", "DTSTART"];
    let expected = [
        "UID:115871de-5028-53d4-aca0-060adf9e612e/2019-03-26#teil-1",
        "DTSTART;TZID=Europe/Berlin:20190326T183000",
    ];
    assert_eq!(site.entries("/events/a/2019-03-26.ics", &names)[1], expected);
}

#[test]
fn a_cancelled_series_is_cancelled_on_every_date() {
    let keys = format!("status = \"cancelled\"\nreason = \"Umbau\"\n{WEEKLY}");
    let site = Site::new().event("a", &keys).at("2019-01-01T12:00:00Z");
    let lines = site.entries("/feeds/termine.ics", &["STATUS", "SUMMARY", "TRANSP"]);
    assert_eq!(
        lines,
        [["STATUS:CANCELLED", "SUMMARY:ABGESAGT: Sprechstunde", "TRANSP:TRANSPARENT"]]
    );
    let data = site.json("/events/a/2019-01-15.jsonld");
    assert_eq!(data["eventStatus"], "https://schema.org/EventCancelled");
}

#[test]
fn an_event_is_part_of_another_that_the_public_knows() {
    let site = Site::new().event("tagung", "title = \"Tagung\"").event("a", "part_of = \"tagung\"");
    let data = site.json("/events/a.jsonld");
    assert_eq!(data["superEvent"]["@id"], "https://example.org/events/tagung#event");
    assert!(site.get("/events/a").body.contains("Teil von: <a href=\"/events/tagung\">Tagung</a>"));
    let hidden = Site::new()
        .event("tagung", "title = \"Geheimnis\"\nvisibility = \"internal\"")
        .event("a", "part_of = \"tagung\"");
    assert!(hidden.json("/events/a.jsonld").get("superEvent").is_none());
    assert!(!hidden.get("/events/a").body.contains("tagung"));
    let report = Site::new().event("tagung", "").event("a", "part_of = \"tagungen\"").report();
    assert!(report.contains("there is no other event `tagungen`"), "{report}");
    assert!(report.contains("help: did you mean `tagung`?"), "{report}");
}

#[test]
fn a_series_that_runs_into_outdated_zone_data_is_warned_of() {
    let report = |keys: &str| {
        let keys = format!(
            "timezone = \"America/Vancouver\"\nstart = 2019-05-02T10:00:00\n[repeat]\nevery = \"week\"\n{keys}"
        );
        Site::new().event("a", &keys).report()
    };
    let warning = "warning: this program's data of America/Vancouver is old";
    for keys in ["until = 2027-01-01", ""] {
        assert!(report(keys).starts_with(warning), "{}", report(keys));
    }
    assert_eq!(report("until = 2026-01-01"), "");
}
