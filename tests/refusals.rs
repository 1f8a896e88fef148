//! Mistakes that no text file in `tests/golden/diagnostics` can hold.

use crate::site::Site;

#[test]
fn control_characters_are_refused_with_their_place() {
    let site = Site::new().event_with_text("a", "", "Eins\u{7}zwei");
    assert_eq!(
        site.report(),
        "error: the control character U+0007 may not stand here\n \
         --> termine/a.md:7:5\n  |\n7 | Eins\u{2407}zwei\n  |     ^\n  |\n  \
         = help: delete it; it is invisible in most editors\n\n1 error in 1 file"
    );
}

#[test]
fn a_control_character_behind_an_escape_is_refused() {
    let site = Site::new().event("a", "title = \"Eins\\u0007zwei\"");
    assert!(
        site.report().starts_with("error: `title` must be one line of text\n"),
        "{}",
        site.report()
    );
}

#[test]
fn octets_that_are_no_utf_8_are_refused_with_their_place() {
    let site = Site::new().file("termine/a.md", b"+++\ntitle = \"Pr\xfcfung\"\n+++\n");
    let report = site.report();
    assert!(
        report.starts_with("error: this file is not UTF-8 text\n --> termine/a.md:2:12\n"),
        "{report}"
    );
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let site = Site::new().event_with_text("a", "", &"x".repeat(256 * 1024));
    let expected = "error: this file is larger than 256 KiB\n--> termine/a.md\n = help: an event file \
        holds text only, at most 256 KiB\n\n1 error in 1 file";
    assert_eq!(site.report(), expected);
}

#[test]
fn a_site_without_an_id_is_told_how_to_get_one() {
    let site = Site::new().file("site.toml", "title = \"Beispiel\"\npublisher = \"buero\"\n");
    assert!(site.report().contains("`aushang serve` adds one, once"), "{}", site.report());
}

#[test]
fn a_broken_venues_file_accuses_no_event() {
    let site = Site::new().file("venues.toml", "[rathaus\n").event("a", "");
    let report = site.report();
    assert!(report.contains("venues.toml:1:") && !report.contains("termine/a.md"), "{report}");
}

#[test]
fn warnings_do_not_keep_an_event_from_being_published() {
    let site = Site::new().event_with_text("a", "", "Ein <b>Wort</b>.");
    assert!(site.report().starts_with("warning: this looks like HTML\n"));
    assert!(site.get("/events/a").body.contains("Ein &lt;b&gt;Wort&lt;/b&gt;."));
}
