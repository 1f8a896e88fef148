//! Feeds as a product: formats, selections, filters.

use serde_json::Value;

use crate::support::Site;

/// Events in two folders, towns and languages.
fn site() -> Site {
    Site::new()
        .file(
            "venues.toml",
            "[rathaus]\nname = \"Rathaus\"\ncity = \"Hannover\"\n[rathaus.rooms.saal]\nname = \"Großer Saal\"\n\
             [schloss]\nname = \"Schloss\"\ncity = \"Köln\"\n",
        )
        .file("andere/feed.toml", "title = \"Andere\"\n")
        .event("a", "title = \"Übung\"\nkind = \"workshop\"\nroom = \"saal\"\ntags = [\"Daten\", \"Größe\"]")
        .event("b", "title = \"Vortrag\"\nkind = \"talk\"\nvenue = \"schloss\"\norganizer = \"buero\"\nstart = 2018-12-20")
        .file(
            "andere/c.md",
            "+++\ntitle = \"Walk\"\nlanguage = \"en\"\nstart = 2018-10-10T10:00:00\nvenue = \"rathaus\"\n\
             status = \"cancelled\"\n+++\nA walk through the old town.\n",
        )
}

/// The titles of the items of a JSON Feed.
fn titles(site: &Site, path: &str) -> Vec<String> {
    let items = site.items(path);
    let mut titles: Vec<String> = items
        .iter()
        .filter_map(|item| item["title"].as_str())
        .map(|title| title.split(" – ").next().unwrap_or_default().to_owned())
        .collect();
    titles.sort();
    titles
}

#[test]
fn a_feed_holds_what_it_selects_from_other_folders_with_the_same_identity() {
    let select = |keys: &str| {
        let site =
            site().file("auswahl/feed.toml", format!("title = \"Auswahl\"\n[select]\n{keys}\n"));
        let titles = titles(&site, "/feeds/auswahl.json");
        let ids = |path: &str| {
            site.items(path).iter().map(|item| item["id"].clone()).collect::<Vec<Value>>()
        };
        let everything = ids("/feeds/alle.json");
        assert!(ids("/feeds/auswahl.json").iter().all(|id| everything.contains(id)), "{keys}");
        titles.join(" ")
    };
    assert_eq!(select("city = \"hannover\""), "CANCELLED: Walk Übung");
    assert_eq!(select("kind = [\"talk\", \"workshop\"]"), "Vortrag Übung");
    assert_eq!(select("tag = \"GRÖSSE\""), "Übung");
    assert_eq!(select("venue = \"schloss\""), "Vortrag");
    assert_eq!(select("organizer = \"buero\""), "Vortrag");
    assert_eq!(select("language = \"en\""), "CANCELLED: Walk");
    assert_eq!(select("text = \"old town\""), "CANCELLED: Walk");
    assert_eq!(select("feeds = [\"andere\"]"), "CANCELLED: Walk");
    assert_eq!(select("upcoming = true"), "Vortrag Übung");
    assert_eq!(select("city = \"Hannover\"\nkind = \"workshop\""), "Übung");
}

#[test]
fn a_selection_of_what_is_not_there_is_refused() {
    let select = "title = \"Auswahl\"\n[select]\nvenue = \"ratshaus\"\nkind = \"party\"\nfeeds = [\"anderes\"]\n";
    let report = site().file("auswahl/feed.toml", select).report();
    for sentence in [
        "unknown venue `ratshaus`",
        "did you mean `rathaus`?",
        "`party` is not a valid kind",
        "unknown feed `anderes`",
        "did you mean `andere`?",
    ] {
        assert!(report.contains(sentence), "{sentence}: {report}");
    }
    let empty = site().file("auswahl/feed.toml", "title = \"Auswahl\"\n[select]\n").report();
    assert!(empty.contains("write `city`, `kind`, `tag` or another criterion"), "{empty}");
}

#[test]
fn a_query_asks_for_a_part_of_a_feed_in_every_format() {
    let site = site();
    for suffix in ["", ".ics", ".rss", ".atom", ".json", ".jsonld", ".csv"] {
        let answer = site.get(&format!("/feeds/alle{suffix}?city=Hannover&status=confirmed"));
        assert_eq!(answer.status, 200, "{suffix}");
        assert!(answer.body.contains("Übung") && !answer.body.contains("Vortrag"), "{suffix}");
        assert!(!answer.body.contains("Walk"), "{suffix}");
    }
    let asked = |query: &str| titles(&site, &format!("/feeds/alle.json?{query}")).join(" ");
    assert_eq!(asked("tag=daten"), "Übung");
    assert_eq!(asked("kind=talk&kind=workshop"), "Vortrag Übung", "repeated values mean or");
    assert_eq!(asked("venue=schloss"), "Vortrag");
    assert_eq!(asked("room=gro%C3%9Fer+saal"), "Übung");
    assert_eq!(asked("organizer=Beispielb%C3%BCro"), "Vortrag");
    assert_eq!(asked("language=en"), "CANCELLED: Walk");
    assert_eq!(asked("status=cancelled"), "CANCELLED: Walk");
    assert_eq!(asked("from=2018-12-10&to=2018-12-10"), "Übung");
    assert_eq!(asked("from=2018-12-11"), "Vortrag");
    assert_eq!(asked("to=2018-11-30"), "CANCELLED: Walk");
    assert_eq!(asked("q=UEBUNG"), "Übung", "blind for umlauts and case");
    assert_eq!(asked("q=walk+hannover"), "CANCELLED: Walk");
    assert_eq!(asked("q=nirgends"), "");
    assert_eq!(asked("utm_source=x&fbclid=y"), titles(&site, "/feeds/alle.json").join(" "));
}

#[test]
fn the_same_question_has_one_address_and_is_named_in_the_title() {
    let site = site();
    let one = site.json("/feeds/alle.json?kind=workshop&city=Hannover&utm_source=x");
    let other = site.json("/feeds/alle.json?city=Hannover&kind=workshop&kind=workshop");
    assert_eq!(one, other);
    assert_eq!(one["feed_url"], "https://example.org/feeds/alle.json?kind=workshop&city=Hannover");
    assert_eq!(one["title"], "Beispiel (alle) (workshop, Hannover)");
    let lines = site.lines("/feeds/alle.ics?city=Hannover");
    let source = "SOURCE;VALUE=URI:https://example.org/feeds/alle.ics?city=Hannover";
    assert!(lines.contains(&source.to_owned()), "{lines:#?}");
    let rss = site.get("/feeds/alle.rss?city=Hannover").body;
    assert!(rss.contains(
        "<atom:link href=\"https://example.org/feeds/alle.rss?city=Hannover\" rel=\"self\""
    ));
    let empty = site.get("/feeds/alle.ics?city=Nirgends").body;
    assert!(empty.contains("BEGIN:VEVENT"), "an empty calendar has a notice");
}

#[test]
fn a_question_explains_itself() {
    let site = site();
    let reasons = site.json("/feeds/alle.json?city=Hannover&kind=workshop&explain=1");
    let reason = |title: &str| {
        let all = reasons.as_array().into_iter().flatten();
        all.clone().find(|one| one["title"] == title).map(|one| one["left_out_by"].clone())
    };
    assert_eq!(reason("Übung"), Some(Value::Null));
    assert_eq!(reason("Vortrag"), Some("kind".into()));
    assert_eq!(reason("Walk"), Some("kind".into()));
    let page = site.get("/feeds/alle?city=Hannover&explain=1").body;
    assert!(
        page.contains("Gefragt ist: Hannover")
            && page.contains("nicht dabei wegen <code>city</code>")
    );
}

#[test]
fn a_conditional_question_is_answered_with_304() {
    let site = site();
    let path = "/feeds/alle.ics?city=Hannover";
    let tag = site.get(path).header("etag").to_owned();
    let again = site.request(&hyper::Method::GET, path, &[("if-none-match", &tag)]);
    assert_eq!(again.status, 304);
}

#[test]
fn older_items_move_to_archives_that_stay() {
    let past = |site: Site, count: usize| {
        (0..count).fold(site, |site, n| {
            let keys = format!(
                "title = \"Nummer {n}\"\nstart = 2017-01-{:02}\npublished = 2016-01-01T10:{:02}:{:02}+01:00",
                n % 28 + 1,
                n / 60,
                n % 60
            );
            site.event(&format!("alt-{n}"), &keys)
        })
    };
    let site = past(Site::new(), 160).event("neu", "published = 2018-10-01T10:00:00+02:00");
    let feed = site.json("/feeds/termine.json");
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(61));
    assert_eq!(feed["next_url"], "https://example.org/feeds/termine/archive/2.json");
    let archive = site.json("/feeds/termine/archive/2.json");
    assert_eq!(archive["next_url"], "https://example.org/feeds/termine/archive/1.json");
    let rss = site.get("/feeds/termine.rss").body;
    assert!(
        rss.contains(
            "href=\"https://example.org/feeds/termine/archive/2.rss\" rel=\"prev-archive\""
        )
    );
    let oldest = site.get("/feeds/termine/archive/1.atom");
    assert_eq!(oldest.body.matches("<entry").count(), 50);
    let more = past(Site::new(), 161).event("neu", "published = 2018-10-01T10:00:00+02:00");
    assert_eq!(more.get("/feeds/termine/archive/1.atom").body, oldest.body, "a full archive stays");
}

#[test]
fn a_table_opens_in_office_software() {
    let site = Site::new().event("a", "title = \"=1+1; \\\"Übung\\\"\"\nroom = \"saal\"");
    let table = site.get("/feeds/termine.csv");
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    assert!(table.body.starts_with("\u{feff}Titel,Untertitel,Beginn,Ende,"));
    let row = "\"'=1+1; \"\"Übung\"\"\",,2018-12-10 10:15,,Europe/Berlin,nein,,,Rathaus,Großer Saal,Am Platz 1,30159,Hannover,,,";
    assert!(table.body.contains(&format!("\r\n{row}")), "{}", table.body);
}

#[test]
fn sitemap_robots_and_catalogue_list_what_the_site_has() {
    let keys = "start = 2018-10-02T18:00:00\n[repeat]\nevery = \"week\"\ncount = 10";
    let site = Site::new().event("a", "").event("b", keys);
    let map = site.get("/sitemap.xml").body;
    for address in ["/", "/feeds/termine", "/events/a", "/events/b", "/events/b/2018-11-06"] {
        assert!(map.contains(&format!("<loc>https://example.org{address}</loc>")), "{address}");
    }
    assert!(!map.contains("2018-10-30"), "past dates are left out");
    let robots = site.get("/robots.txt").body;
    assert_eq!(robots, "User-agent: *\nAllow: /\n\nSitemap: https://example.org/sitemap.xml\n");
    let catalog = site.json("/catalog.jsonld");
    assert_eq!(catalog["@type"], "dcat:Catalog");
    assert_eq!(catalog["dcat:dataset"][1]["dcat:distribution"].as_array().map(Vec::len), Some(6));
}

#[test]
fn a_calendar_leaves_out_the_oldest_past_events_and_says_so() {
    let many = |site: Site, year: i32, count: usize| {
        (0..count).fold(site, |site, n| {
            let keys = format!(
                "title = \"T{year}-{n}\"\nstart = {year}-{:02}-{:02}T{:02}:00:00\nvenue = \"rathaus\"",
                n % 12 + 1, n / 12 % 28 + 1, n % 9 + 9
            );
            site.event(&format!("e-{year}-{n}"), &keys)
        })
    };
    let site = many(many(Site::new(), 2017, 600), 2019, 500);
    let calendar = site.get("/feeds/termine.ics").body;
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1000);
    assert_eq!(calendar.matches("SUMMARY:T2019").count(), 500, "upcoming events stay");
    let notes = site.build().expect("right").notes;
    assert!(
        notes
            .iter()
            .any(|note| note.text().contains("`termine` leaves out its 100 oldest past events")),
        "{notes:?}"
    );
    let full = many(Site::new(), 2019, 1001);
    assert_eq!(full.get("/feeds/termine.ics").body.matches("BEGIN:VEVENT").count(), 1001);
    let notes = full.build().expect("right").notes;
    assert!(
        notes
            .iter()
            .any(|note| note.to_string().starts_with("error: the calendar of `termine` has more")),
        "{notes:?}"
    );
}

#[test]
fn a_feed_is_found_at_its_former_addresses() {
    let feed = "title = \"Termine\"\nformer_slugs = [\"feeds\", \"kalender\"]\n";
    let site = site().file("termine/feed.toml", feed);
    for path in ["", ".ics", ".rss?kind=talk", "/changes", "/changes.json"] {
        let now = site.get(&format!("/feeds/termine{path}"));
        for former in ["kalender", "feeds"] {
            let before = site.get(&format!("/feeds/{former}{path}"));
            assert_eq!(
                (before.status, &before.body),
                (hyper::StatusCode::OK, &now.body),
                "{former}{path}"
            );
        }
    }
    let taken =
        site.file("termine/feed.toml", "title = \"Termine\"\nformer_slugs = [\"andere\"]\n");
    assert!(taken.report().contains("the name `andere` is already taken by the folder `andere`"));
}

/// A feed that ends, beside the one that takes its place.
fn ending_site() -> Site {
    Site::new().event("a", "").file(
        "alt/feed.toml",
        "title = \"Alt\"\nformer_slugs = [\"uralt\"]\nretired = 2018-12-01\nsuccessor = \"termine\"\n\
         [select]\nfeeds = [\"termine\"]\n",
    )
}

#[test]
fn a_feed_that_will_end_says_when() {
    let site = ending_site().at("2018-11-30T22:59:59Z");
    let page = site.get("/feeds/alt").body;
    assert!(page.contains("Dieser Feed endet am 1. Dezember 2018. Es geht weiter in: <a href=\"https://example.org/feeds/termine\">Termine</a>"));
    assert!(site.get("/feeds/alt.ics").body.contains("SUMMARY:Titel"));
}

#[test]
fn a_feed_that_has_ended_names_its_successor_for_half_a_year() {
    let site = ending_site().at("2018-11-30T23:00:00Z");
    let calendar = site.lines("/feeds/alt.ics");
    let events = calendar.iter().filter(|line| *line == "BEGIN:VEVENT").count();
    assert_eq!(events, 1);
    let text = "Seit dem 1. Dezember 2018 steht hier nichts Neues. Es geht weiter in: Termine\\, https://example.org/feeds/termine.ics";
    assert!(calendar.contains(&format!("DESCRIPTION:{text}")), "{calendar:#?}");
    assert!(calendar.contains(&"DTSTART;VALUE=DATE:20181201".to_owned()));
    for suffix in ["rss", "atom", "json"] {
        let feed = site.get(&format!("/feeds/alt.{suffix}")).body;
        let items = feed_rs::parser::parse(feed.as_bytes()).expect("a feed").entries;
        assert_eq!(items.len(), 1, "{feed}");
        assert!(feed.contains(&format!("https://example.org/feeds/termine.{suffix}")), "{feed}");
    }
    assert!(site.get("/feeds/alt.csv").body.contains("Dieser Feed ist beendet"));
    let data = site.json("/feeds/alt.jsonld");
    assert!(data["description"].as_str().is_some_and(|text| text.contains("/feeds/termine")));
    let page = site.get("/feeds/alt");
    assert!(page.body.contains("Seit dem 1. Dezember 2018 steht hier nichts Neues."));
    assert!(
        page.header("link")
            .contains("<https://example.org/feeds/termine>; rel=\"successor-version\"")
    );
    assert_eq!(page.header("last-modified"), "Fri, 30 Nov 2018 23:00:00 GMT");
    assert_eq!(site.get("/feeds/uralt.ics").body, site.get("/feeds/alt.ics").body);
    for path in ["/", "/sitemap.xml", "/catalog.jsonld"] {
        assert!(!site.get(path).body.contains("/feeds/alt\""), "{path}");
    }
    assert_eq!(site.get("/events/a").status, 200, "its events stay");
}

#[test]
fn a_feed_that_ended_half_a_year_ago_is_gone() {
    let before = ending_site().at("2019-05-31T21:59:59Z");
    assert_eq!(before.get("/feeds/alt.ics").status, 200);
    let site = ending_site().at("2019-05-31T22:00:00Z");
    for path in ["/feeds/alt", "/feeds/alt.ics", "/feeds/uralt.rss", "/feeds/alt/changes"] {
        assert_eq!(site.get(path).status, 410, "{path}");
    }
}

#[test]
fn the_end_of_a_feed_is_checked() {
    let report = |keys: &str| {
        Site::new().file("alt/feed.toml", format!("title = \"Alt\"\n{keys}\n")).report()
    };
    assert!(report("successor = \"termine\"").contains("`retired`"));
    let report_of = report("retired = 2018-12-01\nsuccessor = \"termin\"");
    assert!(report_of.contains("did you mean `termine`?"), "{report_of}");
    assert!(report("retired = 2018-12-01\nsuccessor = \"alt\"").contains("unknown feed `alt`"));
    assert!(report("retired = 2018-12-01T10:00:00").contains("a date alone"));
    let everything = Site::new().file("alle/feed.toml", "title = \"Alle\"\nretired = 2018-12-01\n");
    assert!(everything.report().contains("the feed of everything always exists"));
}
