//! Text that tries to break a format comes back equal, from readers that are not ours.

use calcard::icalendar::{ICalendar, ICalendarProperty};
use feed_rs::parser;
use proptest::{prop_assert, prop_assert_eq};
use serde_json::Value;

use crate::support::{Site, property};

const TITLE: &str = "a]]>b</script>c;,\\d🎉e\u{301}x\u{327}&amp;\"'<b>{{ 1 }}";
const BODY: &str = "]]> </script>\n\nEND:VEVENT\n\n;,\\\\ 🎉 & &lt; \u{fb01} x\u{327}\n\n";

/// Title and text as each format's reader gives them back.
fn read_back(site: &Site) -> Vec<(&'static str, String, String)> {
    let calendar = site.get("/feeds/termine.ics").body;
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
    let calendar = ICalendar::parse(&calendar).expect("a calendar");
    let event =
        calendar.components.iter().find(|one| one.has_property(&ICalendarProperty::Summary));
    let event = event.expect("an event");
    let text = |name| {
        let entry = event.property(&name).and_then(|entry| entry.values.first());
        entry.and_then(|value| value.as_text()).unwrap_or_default().to_owned()
    };
    let feed = parser::parse(site.get("/feeds/termine.rss").body.as_bytes()).expect("a feed");
    let entry = feed.entries.first().expect("an entry");
    let rss_text =
        |text: &Option<feed_rs::model::Text>| text.as_ref().map(|text| text.content.clone());
    let json = site.json("/events/a.jsonld");
    let script = script(&site.get("/events/a").body);
    let of = |json: &Value, key: &str| json[key].as_str().unwrap_or_default().to_owned();
    vec![
        ("icalendar", text(ICalendarProperty::Summary), text(ICalendarProperty::Description)),
        (
            "rss",
            rss_text(&entry.title).unwrap_or_default(),
            rss_text(&entry.summary).unwrap_or_default(),
        ),
        ("json-ld", of(&json, "name"), of(&json, "description")),
        ("page", of(&script, "name"), of(&script, "description")),
    ]
}

/// The data in a page: all up to the first end of a script is it.
fn script(page: &str) -> Value {
    let start = page.find("<script type=\"application/ld+json\">").expect("a script") + 35;
    let end = start + page[start..].find("</script>").expect("its end");
    serde_json::from_str(&page[start..end]).expect("JSON")
}

fn toml_text(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[test]
fn hostile_text_comes_back_equal_from_every_format() {
    let word = "ü".repeat(100);
    let keys = format!("title = {}", toml_text(&format!("{TITLE} {word}")));
    let site = Site::new().event_with_text("a", &keys, &format!("{BODY}{word}"));
    let title = unicode(&format!("{TITLE} {word}"));
    let body =
        unicode(&format!("]]> </script>\n\nEND:VEVENT\n\n;,\\ 🎉 & < \u{fb01} x\u{327}\n\n{word}"));
    for (format, read_title, read_text) in read_back(&site) {
        let suffix = if format == "rss" { " – Mo., 10.12.2018, 10:15 Uhr, Hannover" } else { "" };
        assert_eq!(read_title, format!("{title}{suffix}"), "{format}");
        assert!(read_text.contains(&body), "{format}: {read_text}");
    }
}

/// The model's form of a text: NFC.
fn unicode(text: &str) -> String {
    aushang::model::normalise(text).into_owned()
}

#[test]
fn any_title_is_refused_or_comes_back_equal() {
    let titles = "\\PC{1,60}|[\\]\\[<>&;,:\\\\\"'={}% a-z]{1,60}";
    property(64, 40, titles, |title: String, count| {
        let site = Site::new().event("a", &format!("title = {}", toml_text(&title)));
        let Some(line) = aushang::model::Line::new(&title) else {
            prop_assert!(site.build().is_err());
            return Ok(());
        };
        for (format, read, _) in read_back(&site) {
            let suffix =
                if format == "rss" { " – Mo., 10.12.2018, 10:15 Uhr, Hannover" } else { "" };
            prop_assert_eq!(read, format!("{}{}", &*line, suffix), "{}", format);
        }
        count.one();
        Ok(())
    });
}
