//! Pictures and attachments beside an event.

use aushang::snapshot::Resolved;
use hyper::Method;

use crate::support::{PNG, Site, ask};

const PDF: &[u8] = b"%PDF-1.4 \xff\xfe not quite one";

const KEYS: &str = "image = \"haus.png\"\nimage_alt = \"Das Haus von \\\"vorn\\\"\"\n\
    attachments = [{ label = \"Programm\", file = \"programm.pdf\" }, \"haus.png\"]";

fn site() -> Site {
    Site::new().event("a", KEYS).file("termine/haus.png", PNG).file("termine/programm.pdf", PDF)
}

#[test]
fn a_file_is_served_as_it_is_under_the_address_of_its_event() {
    let site = site();
    assert_eq!(site.report(), "");
    let built = site.build().expect("good definitions");
    let file = |path: &str| match built.snapshot.resolve(path) {
        Resolved::Found(found) => found,
        other => panic!("{path}: {other:?}"),
    };
    let found = file("/events/a/files/programm.pdf");
    assert_eq!(found.content().to_vec(), PDF);
    let headers = &found.headers().ok;
    assert_eq!(headers["content-type"], "application/pdf");
    assert_eq!(headers["content-length"], PDF.len().to_string().as_str());
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(file("/events/a/files/haus.png").content().to_vec(), PNG);
    let missing = ask(&built.snapshot, &Method::GET, "/events/a/files/anderes.pdf", &[]);
    assert_eq!(missing.status, 404);
}

#[test]
fn picture_and_attachments_are_in_every_format() {
    let site = site();
    let image = "https://example.org/events/a/files/haus.png";
    let page = site.get("/events/a").body;
    assert!(page.contains(
        "<img class=\"u-photo\" src=\"/events/a/files/haus.png\" alt=\"Das Haus von &quot;vorn&quot;\" width=\"1\" height=\"1\">"
    ));
    assert!(page.contains(&format!("<meta property=\"og:image\" content=\"{image}\">")));
    assert!(page.contains(">Programm (PDF, 1 kB)</a>"));
    let calendar = site.lines("/feeds/termine.ics").join("\n");
    assert!(calendar.contains(
        "Anhang: Programm (PDF\\, 1 kB) (https://example.org/events/a/files/programm.pdf)"
    ));
    assert!(!calendar.contains("ATTACH"), "clients load attachments unasked");
    let json = site.json("/feeds/termine.json");
    assert_eq!(json["items"][0]["image"], image);
    assert_eq!(json["items"][0]["attachments"][0]["size_in_bytes"], PDF.len());
    let data = site.json("/events/a.jsonld");
    assert_eq!(data["image"], image);
    assert_eq!(data["subjectOf"][0]["encodingFormat"], "application/pdf");
    let atom = site.get("/feeds/termine.atom").body;
    assert!(atom.contains("rel=\"enclosure\" type=\"application/pdf\""));
    let rss = site.get("/feeds/termine.rss").body;
    assert!(rss.contains(&format!(
        "<enclosure url=\"{image}\" length=\"{}\" type=\"image/png\"/>",
        PNG.len()
    )));
}

#[test]
fn a_picture_elsewhere_is_linked_but_not_loaded() {
    let site =
        Site::new().event("a", "image = \"https://example.org/x.jpg\"\nimage_alt = \"Haus\"");
    let page = site.get("/events/a").body;
    assert!(
        !page.contains("<img") && page.contains("<a href=\"https://example.org/x.jpg\">Haus</a>")
    );
    assert_eq!(site.json("/events/a.jsonld")["image"], "https://example.org/x.jpg");
}

#[test]
fn another_content_of_an_attachment_is_a_revision() {
    let site = site().record().at("2018-11-02T12:00:00Z");
    assert!(site.lines("/feeds/termine.ics").contains(&"SEQUENCE:0".to_owned()));
    let site = site.file("termine/programm.pdf", b"%PDF-1.4 another");
    assert!(site.lines("/feeds/termine.ics").contains(&"SEQUENCE:1".to_owned()));
}

#[test]
fn files_of_internal_events_are_not_public() {
    let site = Site::new()
        .event("a", "attachments = [\"programm.pdf\"]\nvisibility = \"internal\"")
        .file("termine/programm.pdf", PDF);
    assert_eq!(site.get("/events/a/files/programm.pdf").status, 404);
}

#[test]
fn what_is_no_good_file_is_refused_with_its_place() {
    let cases = [
        ("image = \"haus.pgn\"", "the name of a file in this folder"),
        ("image = \"Haus.PNG\"", "call the file `haus.png`, and write this name here"),
        ("image = \"../haus.png\"", "a file cannot be published under the name `../haus.png`"),
        ("image = \"haus.svg\"", "the name of a file in this folder"),
        ("image = \"haus2.png\"", "error: there is no file `haus2.png` in this folder"),
        ("image = \"haus2.png\"", "did you mean `haus.png`?"),
        ("image = \"falsch.png\"", "error: `falsch.png` is no PNG file, whatever its name says"),
        ("image = \"programm.pdf\"", "a picture: png, jpg, jpeg, gif or webp"),
        ("image = \"http://example.org/x.png\"", "http://example.org/x.png"),
        ("image_alt = \"Haus\"", "`image`"),
        (
            "image = \"haus.png\"",
            "warning: people who cannot see this picture do not learn what it shows",
        ),
        ("attachments = [{ label = \"Programm\" }]", "error: the key `file` is missing"),
        ("attachments = [\"fehlt.pdf\"]", "error: there is no file `fehlt.pdf` in this folder"),
        ("tags = []", "warning: no event of this folder names this file"),
    ];
    for (keys, expected) in cases {
        let site = Site::new()
            .event("a", keys)
            .file("termine/haus.png", PNG)
            .file("termine/programm.pdf", PDF)
            .file("termine/falsch.png", PDF);
        let report = site.report();
        assert!(report.contains(expected), "{keys}: {report}");
    }
}

#[test]
fn for_a_file_whose_name_cannot_be_published_a_better_one_is_proposed() {
    let report = Site::new().file("termine/Übersicht 2018.PDF", PDF).report();
    assert!(report.contains("warning: this file cannot be published under its name"), "{report}");
    assert!(report.contains("call it `uebersicht-2018.pdf`"), "{report}");
}

#[test]
fn files_move_with_a_renamed_event_and_are_gone_with_a_deleted_one() {
    let site = site().record().at("2018-11-02T12:00:00Z");
    let site = site.rename("termine/a.md", "termine/b.md").record();
    assert_eq!(site.status_of("/events/a/files/haus.png"), 200, "where it was");
    assert_eq!(site.status_of("/events/b/files/haus.png"), 200);
    let site = site.without("termine/b.md").at("2018-11-03T12:00:00Z").record();
    assert_eq!(site.status_of("/events/b/files/haus.png"), 410);
}
