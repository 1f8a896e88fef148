//! Pages in languages that are written from right to left.

use crate::support::Site;

fn site(language: &str) -> Site {
    Site::new()
        .file(
            "termine/feed.toml",
            format!("title = \"Termine\"\n[defaults]\nlanguage = \"{language}\"\n"),
        )
        .file("anderes/feed.toml", "title = \"Anderes\"\n")
        .event("a", "")
}

#[test]
fn a_page_from_right_to_left_says_so_and_its_german_parts_say_that_they_are_not() {
    for language in ["ar", "he", "az-Arab", "fa-IR"] {
        let site = site(language);
        for path in ["/events/a", "/feeds/termine", "/feeds/termine/changes"] {
            let page = site.get(path).body;
            assert!(
                page.contains(&format!("<html lang=\"{language}\" dir=\"rtl\">")),
                "{path}: {page}"
            );
            assert!(page.contains("<header lang=\"de\" dir=\"ltr\">"), "{path}");
            assert!(page.contains("<footer lang=\"de\" dir=\"ltr\">"), "{path}");
        }
        let event = site.get("/events/a").body;
        assert!(event.contains("<section lang=\"de\" dir=\"ltr\" class=\"after\""), "{event}");
        assert!(site.get("/feeds/termine").body.contains("<div lang=\"de\" dir=\"ltr\">"));
    }
}

#[test]
fn on_a_page_in_german_only_what_is_from_right_to_left_says_so() {
    let site = site("ar");
    let overview = site.get("/").body;
    assert!(overview.contains("<html lang=\"de\">") && overview.contains("<header lang=\"de\">"));
    assert!(overview.contains("<li lang=\"ar\" dir=\"rtl\">"), "{overview}");
    // The card of the event and that of the feed.
    assert_eq!(overview.matches("dir=\"rtl\"").count(), 2, "{overview}");
    let changes = site.get("/feeds/alle/changes").body;
    assert_eq!(changes.matches("<li dir=\"rtl\">").count(), 1, "{changes}");
}

#[test]
fn an_english_page_shows_a_text_from_right_to_left_as_such() {
    let keys = "language = \"he\"\n[translation.en]\ntitle = \"Title\"";
    let page = Site::new().event("a", keys).get("/en/events/a").body;
    assert!(page.contains("<html lang=\"en\">"), "{page}");
    assert!(page.contains("<div class=\"e-content\" dir=\"rtl\">"), "{page}");
}

#[test]
fn a_site_from_left_to_right_has_no_directions() {
    let site = site("az");
    for path in ["/", "/events/a", "/feeds/termine", "/feeds/termine/changes", "/feeds/anderes"] {
        assert!(!site.get(path).body.contains(" dir="), "{path}");
    }
}
