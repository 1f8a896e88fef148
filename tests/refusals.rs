//! Mistakes that no text file in `tests/golden/diagnostics` can hold.

use crate::support::Site;

#[test]
fn control_characters_are_refused_with_their_place() {
    let site = Site::new().event_with_text("a", "", "Eins\u{7}zwei");
    assert_eq!(
        site.report(),
        "error: the control character U+0007 is not allowed\n \
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
fn bytes_that_are_no_utf_8_are_refused_with_their_place() {
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
fn for_a_site_without_an_id_the_report_says_how_to_get_one() {
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

#[test]
fn a_control_character_behind_a_reference_in_the_text_is_refused() {
    for reference in ["&#7;", "&#xFFFE;", "&#13;", "[a](https://example.org/ \"&#7;\")"] {
        let site = Site::new().event_with_text("a", "", reference);
        assert!(site.report().starts_with("error: the control character U+"), "{reference}");
    }
}

#[test]
fn a_link_to_a_mailbox_needs_its_scheme() {
    let bad = Site::new().event_with_text("a", "", "[schreiben](info@example.org)");
    assert!(bad.report().starts_with("error: `info@example.org` is not a safe web address\n"));
    let good =
        "<info@example.org> [a](mailto:info@example.org) [b](tel:+49511123) <https://example.org>";
    assert_eq!(Site::new().event_with_text("a", "", good).report(), "");
}

#[test]
fn files_that_are_not_read_are_named() {
    let site = Site::new().file("termine/vortrag.md.txt", "x").file("venue.toml", "x");
    let report = site.report();
    assert_eq!(report.matches("warning: this file is not read").count(), 2, "{report}");
    assert!(report.contains("termine/vortrag.md.txt") && report.contains("venue.toml"), "{report}");
}

#[test]
fn a_draft_is_checked_against_the_published_events() {
    let site = Site::new()
        .event("a", "uid = \"gleich\"")
        .event("b", "uid = \"gleich\"\nvisibility = \"draft\"");
    assert!(site.report().starts_with("error: the uid `gleich` is already taken"));
}

#[test]
fn doors_open_at_a_time_that_exists() {
    let site = Site::new().event("a", "start = 2018-03-25T10:15:00\ndoors = 02:30:00");
    assert!(site.report().starts_with("error: 2018-03-25T02:30:00 does not exist"));
}

#[test]
fn every_clash_in_a_room_is_named() {
    let day = |time: &str| format!("start = 2018-12-10T{time}:00\nroom = \"saal\"\nduration = ");
    let site = Site::new()
        .event("a", &(day("10:00") + "\"8h\""))
        .event("b", &(day("11:00") + "\"30min\""))
        .event("c", &(day("12:00") + "\"30min\""));
    assert_eq!(site.report().matches("takes place in this room at this time: ").count(), 2);
}

#[test]
fn a_missing_key_is_named_though_another_table_has_a_wrong_one() {
    let text = "+++\nstart = 2018-12-10\nvenue = \"rathaus\"\n[[sessions]]\ntitle = 5\n\
        start = 10:00:00\n+++\n";
    let report = Site::new().file("termine/a.md", text).report();
    assert!(report.contains("the key `title` is missing"), "{report}");
    assert!(report.contains("`sessions.title` must be text"), "{report}");
}

#[test]
fn a_number_that_is_too_large_is_called_so() {
    let site = Site::new().event("a", "[participation]\ncapacity = 99999999999999999999999");
    assert!(
        site.report().contains("must be a whole number, but this is a number that is too large")
    );
}

#[test]
fn broken_syntax_hides_no_other_mistake_and_has_no_echo() {
    let text = "+++\ntitle = \"A\nstart = 10.12.2018 10:15\nvenue = \"ratthaus\"\n+++\n";
    let report = Site::new().file("termine/a.md", text).report();
    let titles: Vec<&str> = report.lines().filter(|line| line.starts_with("error")).collect();
    assert_eq!(titles.len(), 3, "{report}");
    assert!(
        titles[0].starts_with("error: this is not TOML")
            && titles[1].starts_with("error: this is not TOML")
    );
    assert_eq!(titles[2], "error: unknown venue `ratthaus`");
}
