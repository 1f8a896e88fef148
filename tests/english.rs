//! The English language variant of a site.

use aushang::app;
use hyper::Method;

use crate::support::Site;

const TRANSLATION: &str =
    "[translation.en]\ntitle = \"Title\"\nsubtitle = \"More\"\nbody = \"Some *text*.\"";

/// A site of which one event is translated, and one is not.
fn site() -> Site {
    Site::new()
        .file(
            "site.toml",
            "id = \"0d9b9a4e-6b1f-4c8e-9a53-2f6d0c7b1a11\"\ntitle = \"Beispiel\"\npublisher = \"buero\"\n\
             [translation.en]\ntitle = \"Example\"\n",
        )
        .file(
            "termine/feed.toml",
            "title = \"Termine\"\nformer_slugs = [\"alt\"]\n[translation.en]\ntitle = \"Events\"\n",
        )
        .file("anderes/feed.toml", "title = \"Anderes\"\n")
        .event("a", &format!("end = 2018-12-10T12:00:00\nkind = \"talk\"\n{TRANSLATION}"))
        .event("b", "start = 2018-12-11T10:15:00")
}

#[test]
fn a_translated_event_has_a_page_in_english() {
    let site = site();
    let page = site.get("/en/events/a").body;
    assert!(
        page.contains("<html lang=\"en\">") && page.contains("<h1 class=\"p-name\">Title</h1>")
    );
    assert!(
        page.contains("Monday, 10 December 2018") && page.contains("<p>Some <em>text</em>.</p>")
    );
    assert!(page.contains("Add this event to your calendar") && page.contains(">Events</a>"));
    for link in [
        "<link rel=\"canonical\" href=\"https://example.org/en/events/a\">",
        "<link rel=\"alternate\" hreflang=\"en\" href=\"https://example.org/en/events/a\">",
        "<link rel=\"alternate\" hreflang=\"de\" href=\"https://example.org/events/a\">",
        "<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://example.org/events/a\">",
        "<a href=\"/events/a\" hreflang=\"de\" lang=\"de\">Deutsch</a>",
    ] {
        assert!(page.contains(link), "{link}");
    }
    let original = site.get("/events/a").body;
    assert!(original.contains("hreflang=\"en\" href=\"https://example.org/en/events/a\""));
    assert!(!site.get("/events/b").body.contains("hreflang"));
    assert_eq!(site.get("/en/events/b").status, 404, "it is not translated");
}

#[test]
fn an_english_calendar_has_the_same_identities_and_marks_what_is_not_translated() {
    let site = site();
    let uids = |path: &str| site.entries(path, &["UID"]);
    assert_eq!(uids("/feeds/termine.ics").concat().len(), 2);
    assert_eq!(uids("/en/feeds/termine.ics"), uids("/feeds/termine.ics"));
    let lines = site.lines("/en/feeds/termine.ics");
    assert!(lines.contains(&"SUMMARY:Title".to_owned()));
    assert!(lines.contains(&"SUMMARY:Titel (in German)".to_owned()));
    assert!(lines.contains(&"URL:https://example.org/en/events/a".to_owned()));
    assert!(lines.contains(&"URL:https://example.org/events/b".to_owned()), "its only page");
    assert!(lines.contains(&"X-WR-CALNAME:Events".to_owned()));
    let german = site.lines("/feeds/termine.ics");
    assert!(german.contains(&"SUMMARY:Titel".to_owned()) && !german.join("\n").contains("German"));
}

#[test]
fn english_feeds_have_entries_of_their_own() {
    let site = site();
    let ids =
        |path: &str| site.items(path).iter().map(|item| item["id"].to_string()).collect::<Vec<_>>();
    let (english, german) = (ids("/en/feeds/termine.json"), ids("/feeds/termine.json"));
    assert!(english.len() == 2 && german.iter().all(|id| !english.contains(id)));
    for suffix in ["rss", "atom", "csv", "jsonld"] {
        assert!(
            site.get(&format!("/en/feeds/termine.{suffix}")).body.contains("Title"),
            "{suffix}"
        );
    }
    assert!(site.get("/en/feeds/alle.rss").body.contains("<title>Example (all)</title>"));
    assert_eq!(site.get("/en/feeds/anderes.rss").status, 404, "nothing of it is translated");
    assert_eq!(site.get("/en/feeds/alt.ics").body, site.get("/en/feeds/termine.ics").body);
    assert!(site.get("/en/feeds/termine.ics?kind=talk").body.contains("SUMMARY:Title"));
    assert!(!site.get("/en/feeds/termine.ics?kind=talk").body.contains("German"));
}

#[test]
fn the_overview_is_in_english_too() {
    let site = site();
    let page = site.get("/en/").body;
    assert!(page.contains("<h1>Example</h1>") && page.contains("Upcoming events"));
    assert!(page.contains("href=\"/en/feeds/termine\"") && !page.contains("/en/feeds/anderes"));
    let redirect = site.request(&Method::GET, "/en", &[]);
    assert_eq!((redirect.status.as_u16(), redirect.header("location")), (308, "/en/"));
    assert!(site.get("/sitemap.xml").body.contains("<loc>https://example.org/en/events/a</loc>"));
    assert!(!site.get("/sitemap.xml").body.contains("/en/events/b"));
    let untranslated = Site::new().event("a", "");
    assert_eq!(untranslated.get("/en/").status, 404);
    assert!(!untranslated.get("/").body.contains("hreflang"));
}

#[test]
fn a_text_that_is_not_translated_says_so() {
    let site = Site::new().event_with_text(
        "a",
        "\n[translation.en]\ntitle = \"Title\"",
        "Ein *deutscher* Text.",
    );
    assert!(
        site.get("/en/events/a")
            .body
            .contains("<p>[in German]</p>\n<p>Ein <em>deutscher</em> Text.</p>")
    );
    let text = site.lines("/en/feeds/termine.ics").join("\n");
    assert!(text.contains("[in German] Ein deutscher Text."), "{text}");
}

#[test]
fn dates_of_a_series_have_english_pages() {
    let site =
        Site::new().event("a", &format!("[repeat]\nevery = \"week\"\ncount = 3\n{TRANSLATION}"));
    let page = site.get("/en/events/a/2018-12-17").body;
    assert!(page.contains("Monday, 17 December 2018") && page.contains("href=\"/en/events/a\""));
    assert!(site.get("/en/events/a").body.contains("/en/events/a/2018-12-10"));
    assert!(site.get("/en/events/a/2018-12-17.ics").body.contains("SUMMARY:Title"));
}

#[test]
fn all_english_documents_say_the_same() {
    let site = site().event(
        "c",
        "\n[translation.en]\ntitle = \"Only a title\"\n[repeat]\nevery = \"day\"\ncount = 2",
    );
    let built = site.build().expect("good definitions");
    let proof = app::prove(&built).expect("documents that say the same");
    assert_eq!((proof.events, proof.dates), (3, 2));
}

#[test]
fn another_translation_is_a_revision() {
    let site = site().record().at("2018-11-02T12:00:00Z");
    let text = TRANSLATION.replace("Title", "Other title");
    let site = site.event("a", &format!("end = 2018-12-10T12:00:00\nkind = \"talk\"\n{text}"));
    assert!(site.get("/en/events/a.ics").body.contains("SEQUENCE:1"));
}

#[test]
fn other_languages_are_unknown_keys() {
    let report = Site::new().event("a", "\n[translation.fr]\ntitle = \"Titre\"").report();
    assert!(report.contains("error: unknown key `fr`\n"), "{report}");
}

#[test]
fn a_table_has_english_columns() {
    let table = site().get("/en/feeds/termine.csv").body;
    assert!(table.starts_with("\u{feff}Title,Subtitle,Start,End,") && table.contains(",no,"));
    let explained = site().get("/en/feeds/termine?kind=talk&explain=1").body;
    assert!(explained.contains("Selection: Events") && explained.contains("left out by"));
}

#[test]
fn an_english_feed_stays_when_its_events_leave_and_says_when_it_ends() {
    let site = |keys: &str| {
        Site::new()
            .event("a", &format!("status = \"cancelled\"\n{TRANSLATION}"))
            .file("termine/feed.toml", format!("title = \"Termine\"\n{keys}"))
    };
    let later = site("").at("2019-06-01T12:00:00Z");
    assert!(!later.get("/en/feeds/termine.ics").body.contains("Title"), "it has left the feed");
    assert_eq!(later.get("/en/feeds/termine.ics").status, 200);
    let ended = site("retired = 2018-10-01\n");
    let data = ended.json("/en/feeds/termine.jsonld");
    assert_eq!(data["description"], "Nothing new has been published here since 1 October 2018.");
    assert_eq!(site("retired = 2018-01-01\n").get("/en/feeds/termine.rss").status, 410);
}

#[test]
fn hreflang_names_the_language_of_the_original() {
    let site = Site::new()
        .event("a", TRANSLATION_OF_FRENCH)
        .file("termine/feed.toml", "title = \"Dates\"\n[defaults]\nlanguage = \"fr\"\n");
    for path in ["/en/feeds/termine", "/en/events/a"] {
        assert!(site.get(path).body.contains("hreflang=\"fr\""), "{path}");
    }
    assert!(site.get("/en/feeds/termine.ics").body.contains("SUMMARY:Titel (in French)"));
}

const TRANSLATION_OF_FRENCH: &str = "\n[translation.en]\nbody = \"Text\"";
