//! What the keys of an event become.

use crate::support::{Site, documents};

#[test]
fn the_end_may_be_written_as_a_duration() {
    let site = Site::new().event("a", "duration = \"6h 30min\"");
    assert!(
        site.lines("/events/a.ics").contains(&"DTEND;TZID=Europe/Berlin:20181210T164500".into())
    );
}

#[test]
fn a_duration_runs_on_the_wall_clock() {
    let site = Site::new().event("a", "start = 2018-10-27T22:00:00\nduration = \"8h\"");
    let event = site.json("/events/a.jsonld");
    assert_eq!(event["startDate"], "2018-10-27T22:00:00+02:00");
    assert_eq!(event["endDate"], "2018-10-28T06:00:00+01:00");
}

#[test]
fn whole_days_end_inclusive_in_text_and_exclusive_in_calendars() {
    let site = Site::new().event("a", "start = 2018-12-10\nend = 2018-12-12");
    let lines = site.lines("/events/a.ics");
    assert!(lines.contains(&"DTSTART;VALUE=DATE:20181210".into()));
    assert!(lines.contains(&"DTEND;VALUE=DATE:20181213".into()));
    assert!(!lines.iter().any(|line| line.contains("VTIMEZONE")));
    let event = site.json("/events/a.jsonld");
    assert_eq!(
        (&event["startDate"], &event["endDate"]),
        (&"2018-12-10".into(), &"2018-12-12".into())
    );
    assert!(site.get("/events/a").body.contains("10.–12. Dezember 2018"));
}

#[test]
fn an_event_without_an_end_has_none_anywhere() {
    let site = Site::new().event("a", "");
    assert!(!site.lines("/events/a.ics").iter().any(|line| line.starts_with("DTEND")));
    assert!(site.json("/events/a.jsonld").get("endDate").is_none());
    assert!(!site.get("/feeds/termine.rss").body.contains("ev:enddate"));
}

#[test]
fn a_draft_never_leaves_the_loader() {
    let site = Site::new().event("a", "title = \"Geheimnis\"\nvisibility = \"draft\"");
    for path in ["/", "/feeds/termine.ics", "/feeds/alle.rss", "/feeds/alle.jsonld"] {
        assert!(!site.get(path).body.contains("Geheimnis"), "{path}");
    }
    assert_eq!(site.get("/events/a").status, 404);
}

#[test]
fn an_internal_event_reaches_no_public_document() {
    let public = Site::new().event("a", "");
    let both =
        Site::new().event("a", "").event("b", "title = \"Geheimnis\"\nvisibility = \"internal\"");
    let (public, both) = (public.build().expect("right"), both.build().expect("right"));
    assert_eq!(documents(&public.snapshot), documents(&both.snapshot));
}

#[test]
fn a_contact_is_published_only_where_it_says_so() {
    let keys = "[contact]\nname = \"Anmeldebüro\"\nemail = \"anmeldung@example.org\"";
    let private = Site::new().event("a", keys);
    let public = Site::new().event("a", &format!("{keys}\npublic = true"));
    for path in ["/events/a", "/events/a.ics", "/feeds/termine.rss", "/events/a.jsonld"] {
        assert!(!private.get(path).body.contains("anmeldung@"), "{path}");
        assert!(public.get(path).body.contains("anmeldung@"), "{path}");
    }
    let line = "CONTACT:Anmeldebüro\\, anmeldung@example.org".to_owned();
    assert!(public.lines("/events/a.ics").contains(&line));
}

#[test]
fn a_link_that_is_not_public_is_never_published() {
    let keys = "[online]\nurl = \"https://meet.example.org/geheim\"\nlabel = \"Videokonferenz\"";
    let site = Site::new().event("a", keys);
    for path in ["/events/a", "/events/a.ics", "/feeds/termine.rss", "/events/a.jsonld"] {
        let body = site.get(path).body;
        assert!(!body.contains("geheim") && body.contains("Zugangslink"), "{path}");
    }
    assert!(site.lines("/events/a.ics").contains(&"LOCATION:Videokonferenz".into()));
}

#[test]
fn a_public_link_is_a_conference_and_a_virtual_location() {
    let keys =
        "[online]\nurl = \"https://meet.example.org/x\"\nlabel = \"Livestream\"\npublic = true";
    let site = Site::new().event("a", keys);
    let line = "CONFERENCE;VALUE=URI;LABEL=Livestream:https://meet.example.org/x".to_owned();
    assert!(site.lines("/events/a.ics").contains(&line));
    let event = site.json("/events/a.jsonld");
    assert_eq!(event["location"]["@type"], "VirtualLocation");
    assert_eq!(event["location"]["url"], "https://meet.example.org/x");
    assert_eq!(event["eventAttendanceMode"], "https://schema.org/OnlineEventAttendanceMode");
}

#[test]
fn an_event_at_a_place_and_online_is_mixed() {
    let keys = "venue = \"rathaus\"\n[online]\nlabel = \"Livestream\"";
    let event = Site::new().event("a", keys).json("/events/a.jsonld");
    assert_eq!(event["eventAttendanceMode"], "https://schema.org/MixedEventAttendanceMode");
    assert_eq!(event["location"][0]["@type"], "Place");
    assert_eq!(event["location"][1]["@type"], "VirtualLocation");
}

#[test]
fn a_room_is_a_place_with_an_address_of_its_own_inside_of_its_building() {
    let event = Site::new().event("a", "room = \"saal\"").json("/events/a.jsonld");
    let (room, building) = (&event["location"], &event["location"]["containedInPlace"]);
    assert_eq!((&room["name"], &building["name"]), (&"Großer Saal".into(), &"Rathaus".into()));
    assert_eq!(room["address"], building["address"]);
    assert_eq!(room["address"]["streetAddress"], "Am Platz 1");
}

#[test]
fn a_place_may_be_written_in_the_event() {
    let keys =
        "[location]\nname = \"Schule\"\nroom = \"Aula\"\ncity = \"Celle\"\ngeo = [52.62, 10.08]";
    let lines = Site::new().event("a", keys).lines("/events/a.ics");
    assert!(lines.contains(&"LOCATION:Schule\\, Aula\\, Celle".into()));
    assert!(lines.contains(&"GEO:52.62;10.08".into()));
    let apple =
        "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=\"Schule, Aula, Celle\":geo:52.62,10.08";
    assert!(lines.contains(&apple.into()), "{lines:#?}");
}

#[test]
fn defaults_of_a_folder_hold_unless_an_event_says_otherwise() {
    let feed = "title = \"Termine\"\n[defaults]\nvenue = \"rathaus\"\nroom = \"saal\"\n\
        organizer = \"buero\"\nkind = \"workshop\"\nlanguage = \"en\"\nbusy = true\n";
    let site = Site::new()
        .file("termine/feed.toml", feed)
        .file("termine/a.md", "+++\ntitle = \"A\"\nstart = 2018-12-10T10:15:00\n+++\n")
        .file(
            "termine/b.md",
            "+++\ntitle = \"B\"\nstart = 2018-12-11T10:15:00\nkind = \"talk\"\nlanguage = \"de\"\n\
             busy = false\n[online]\nlabel = \"Livestream\"\n+++\n",
        );
    let (a, b) = (site.json("/events/a.jsonld"), site.json("/events/b.jsonld"));
    assert_eq!(a["location"]["name"], "Großer Saal");
    assert_eq!((&a["inLanguage"], &b["inLanguage"]), (&"en".into(), &"de".into()));
    assert_eq!((&a["@type"], &b["@type"]), (&"EducationEvent".into(), &"Event".into()));
    assert_eq!(b["location"]["@type"], "VirtualLocation");
    assert_eq!(b["organizer"]["name"], "Beispielbüro");
    assert!(site.lines("/events/a.ics").contains(&"TRANSP:OPAQUE".into()));
    assert!(site.lines("/events/b.ics").contains(&"TRANSP:TRANSPARENT".into()));
}

#[test]
fn participation_is_published_in_words_and_in_data() {
    let keys = "[participation]\nprice = 49.9\ncurrency = \"EUR\"\naudience = \"Verwaltungen\"\n\
        capacity = 30\n[participation.registration]\nurl = \"https://example.org/anmeldung\"\n\
        opens = 2018-11-15\ndeadline = 2018-11-30";
    let site = Site::new().event("a", keys);
    let page = site.get("/events/a").body;
    for words in ["49,90 EUR", "Verwaltungen", "30", "Freitag, 30. November 2018"] {
        assert!(page.contains(words), "{words}");
    }
    let event = site.json("/events/a.jsonld");
    assert_eq!(event["offers"]["price"], "49.90");
    assert_eq!(event["offers"]["priceCurrency"], "EUR");
    assert_eq!(event["offers"]["url"], "https://example.org/anmeldung");
    assert_eq!(event["offers"]["validFrom"], "2018-11-15");
    assert_eq!(event["isAccessibleForFree"], false);
    assert_eq!(event["maximumAttendeeCapacity"], 30);
    assert_eq!(event["audience"]["audienceType"], "Verwaltungen");
}

#[test]
fn an_offer_with_a_condition_does_not_promise_a_place() {
    let keys = "[participation]\nfree = true\nrequires = \"Zielvereinbarung\"\n\
        [participation.registration]\nurl = \"https://example.org/anmeldung\"";
    let event = Site::new().event("a", keys).json("/events/a.jsonld");
    let offer = serde_json::json!({ "@type": "Offer", "price": "0", "priceCurrency": "EUR" });
    assert_eq!(event["offers"], offer);
    assert_eq!(event["audience"]["audienceType"], "Zielvereinbarung");
}

#[test]
fn sessions_are_sub_events_and_a_programme() {
    let keys = "end = 2018-12-10T16:15:00\ndoors = 09:45:00\n[[sessions]]\nid = \"eins\"\n\
        title = \"Begrüßung\"\nstart = 10:15:00\nend = 10:30:00\nroom = \"saal\"\n\
        speakers = [\"Beispielbüro\"]\n[[sessions]]\ntitle = \"Arbeit\"\nstart = 2018-12-10T10:30:00";
    let site = Site::new().event("a", keys);
    let event = site.json("/events/a.jsonld");
    assert_eq!(event["subEvent"][0]["startDate"], "2018-12-10T10:15:00+01:00");
    assert_eq!(event["subEvent"][0]["location"]["name"], "Großer Saal");
    assert_eq!(event["subEvent"][1]["startDate"], "2018-12-10T10:30:00+01:00");
    assert_eq!(event["doorTime"], "2018-12-10T09:45:00+01:00");
    let line = "10:15 bis 10:30 Uhr: Begrüßung (Großer Saal; Beispielbüro)";
    assert!(site.get("/events/a").body.contains(line));
    assert!(
        site.lines("/events/a.ics").iter().any(|text| text.contains(&line.replace(';', "\\;")))
    );
}

#[test]
fn tags_and_kind_are_categories() {
    let keys = "kind = \"talk\"\ntags = [\"Daten, offen\", \"Bildung\"]";
    let site = Site::new().event("a", keys);
    let lines = site.lines("/events/a.ics");
    for line in ["CATEGORIES:Vortrag", "CATEGORIES:Daten\\, offen", "CATEGORIES:Bildung"] {
        assert!(lines.contains(&line.to_owned()), "{line}");
    }
    assert_eq!(
        site.json("/events/a.jsonld")["keywords"],
        serde_json::json!(["Daten, offen", "Bildung"])
    );
}

#[test]
fn a_cancelled_event_stays_with_its_reason_first() {
    let site = Site::new()
        .event("a", "status = \"cancelled\"\nreason = \"Der Saal ist gesperrt.\"\nbusy = true");
    let lines = site.lines("/events/a.ics");
    for line in ["STATUS:CANCELLED", "SUMMARY:ABGESAGT: Titel", "TRANSP:TRANSPARENT"] {
        assert!(lines.contains(&line.to_owned()), "{line}");
    }
    assert!(lines.iter().any(|line| line.starts_with("DESCRIPTION:Der Saal ist gesperrt. ")));
    let event = site.json("/events/a.jsonld");
    assert_eq!(event["eventStatus"], "https://schema.org/EventCancelled");
    assert_eq!(
        (&event["name"], &event["startDate"]),
        (&"Titel".into(), &"2018-12-10T10:15:00+01:00".into())
    );
}

#[test]
fn a_moved_event_has_its_old_and_its_new_time() {
    let site = Site::new().event("a", "status = \"moved\"\nprevious_start = 2018-12-03T10:15:00");
    let event = site.json("/events/a.jsonld");
    assert_eq!(event["eventStatus"], "https://schema.org/EventRescheduled");
    assert_eq!(event["previousStartDate"], "2018-12-03T10:15:00+01:00");
    let description = event["description"].as_str().expect("a text");
    let first_line = description.lines().next().expect("a line");
    assert!(
        first_line.contains("Montag, 3. Dezember 2018") && first_line.contains("10. Dezember 2018")
    );
    assert!(site.lines("/events/a.ics").contains(&"SUMMARY:VERSCHOBEN: Titel".into()));
}

#[test]
fn an_english_event_is_published_in_english() {
    let site = Site::new().event("a", "language = \"en\"\nstatus = \"postponed\"");
    let body = site.get("/events/a").body;
    assert!(body.contains("<html lang=\"en\">") && body.contains("POSTPONED: Titel"));
    assert!(body.contains("Monday, 10 December 2018, 10:15"));
}

#[test]
fn a_list_shows_the_summary_or_the_beginning_of_the_text() {
    let site = Site::new().event("a", "summary = \"Kurz gesagt.\"").event_with_text(
        "b",
        "",
        "Der Anfang.\n\nDer Rest.",
    );
    let page = site.get("/feeds/termine").body;
    assert!(
        page.contains("Kurz gesagt.")
            && page.contains("Der Anfang.")
            && !page.contains("Der Rest.")
    );
}

#[test]
fn files_with_a_byte_order_mark_windows_line_ends_and_decomposed_umlauts_are_read() {
    let text = "\u{feff}+++\r\ntitle = \"Pru\u{308}fung\"\r\nstart = 2018-12-10T10:15:00\r\n\
        venue = \"rathaus\"\r\n+++\r\nEins.\r\n\r\nZwei.\r\n";
    let site = Site::new().file("termine/a.md", text);
    let lines = site.lines("/events/a.ics");
    assert!(lines.contains(&"SUMMARY:Pr\u{fc}fung".into()));
    assert!(lines.iter().any(|line| line.starts_with("DESCRIPTION:Eins.\\n\\nZwei.")));
}

#[test]
fn names_that_begin_with_an_underscore_or_a_point_are_ignored() {
    let site =
        Site::new().file("termine/_vorlage.md", "x").file("_alt/x.md", "x").file(".git/x", "x");
    assert_eq!(site.report(), "");
}

#[test]
fn an_event_that_moved_online_has_left_its_place_in_every_format() {
    let keys = "venue = \"rathaus\"\nstatus = \"moved-online\"\n[online]\nlabel = \"Livestream\"";
    let site = Site::new().event("a", keys);
    assert!(site.lines("/events/a.ics").contains(&"LOCATION:Livestream".into()));
    let event = site.json("/events/a.jsonld");
    assert_eq!(event["eventStatus"], "https://schema.org/EventMovedOnline");
    assert_eq!(event["location"]["@type"], "VirtualLocation");
    for path in ["/events/a", "/feeds/termine.rss"] {
        assert!(!site.get(path).body.contains("Rathaus"), "{path}");
    }
}

#[test]
fn a_session_ends_on_the_day_on_which_it_begins() {
    let keys = "start = 2018-12-10T09:00:00\nend = 2018-12-12T16:00:00\n[[sessions]]\n\
        title = \"Zweiter Tag\"\nstart = 2018-12-11T09:00:00\nend = 10:00:00";
    let event = Site::new().event("a", keys).json("/events/a.jsonld");
    assert_eq!(event["subEvent"][0]["endDate"], "2018-12-11T10:00:00+01:00");
}

#[test]
fn a_price_that_is_not_known_is_still_a_price() {
    let site = Site::new().event("a", "[participation]\nfree = false");
    let event = site.json("/events/a.jsonld");
    assert_eq!((&event["isAccessibleForFree"], event.get("offers")), (&false.into(), None));
    assert!(site.get("/events/a").body.contains("kostenpflichtig"));
}

#[test]
fn tags_region_and_country_are_published_in_words() {
    let keys = "tags = [\"Daten\", \"Bildung\"]\n[location]\nname = \"Schule\"\ncity = \"Basel\"\n\
        region = \"Basel-Stadt\"\ncountry = \"CH\"";
    let site = Site::new().event("a", keys);
    let text = site.json("/events/a.jsonld")["description"].as_str().expect("a text").to_owned();
    assert!(text.contains("Themen: Daten, Bildung") && text.contains("Region: Basel-Stadt, CH"));
    assert!(site.lines("/events/a.ics").contains(&"LOCATION:Schule\\, Basel".into()));
}

#[test]
fn a_previous_start_may_lie_in_the_repeated_hour() {
    let keys = "status = \"moved\"\nprevious_start = 2018-10-28T02:30:00+01:00";
    let event = Site::new().event("a", keys).json("/events/a.jsonld");
    assert_eq!(event["previousStartDate"], "2018-10-28T02:30:00+01:00");
}

#[test]
fn sessions_may_be_entries_of_their_own() {
    let keys = "end = 2018-12-10T16:15:00\nsessions_as = \"entries\"\nstatus = \"cancelled\"\n\
        [[sessions]]\nid = \"eins\"\ntitle = \"Begrüßung\"\nstart = 10:15:00\nend = 10:30:00\nroom = \"saal\"";
    let site = Site::new().event("a", keys);
    let lines = site.lines("/feeds/termine.ics");
    let uid = lines.iter().find(|line| line.starts_with("UID:")).expect("a UID");
    for line in [
        &format!("{uid}#eins"),
        "DTEND;TZID=Europe/Berlin:20181210T103000",
        "SUMMARY:ABGESAGT: Begrüßung",
        "LOCATION:Rathaus\\, Großer Saal\\, Am Platz 1\\, 30159 Hannover",
    ] {
        assert!(lines.contains(&line.to_owned()), "{line}");
    }
    let starts = lines.iter().filter(|line| *line == "DTSTART;TZID=Europe/Berlin:20181210T101500");
    assert_eq!(starts.count(), 2, "the event and its session");
}

#[test]
fn a_folder_may_ask_for_session_entries_and_whole_days_still_name_the_zone() {
    let feed = "title = \"Termine\"\n[defaults]\nsessions = \"entries\"\n";
    let keys = "start = 2018-12-10\n[[sessions]]\nid = \"eins\"\ntitle = \"A\"\nstart = 10:15:00";
    let site = Site::new().file("termine/feed.toml", feed).event("a", keys);
    let lines = site.lines("/events/a.ics");
    assert!(
        lines.contains(&"TZID:Europe/Berlin".into())
            && lines.contains(&"DTSTART;VALUE=DATE:20181210".into())
    );
    let without_id = Site::new()
        .event("a", "sessions_as = \"entries\"\n[[sessions]]\ntitle = \"A\"\nstart = 10:15:00");
    assert!(without_id.report().starts_with("error: the key `id` is missing\n"));
}
