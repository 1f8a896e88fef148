//! Rules and times as people read them.

use crate::support::Site;

#[test]
fn rules_are_said_as_people_say_them() {
    let cases = [
        ("every = \"week\"", "jeden Dienstag", "every Tuesday"),
        (
            "every = \"week\"\ninterval = 2\non = [\"tuesday\", \"thursday\"]",
            "alle 2 Wochen am Dienstag und Donnerstag",
            "every 2 weeks on Tuesday and Thursday",
        ),
        ("every = \"day\"", "täglich", "every day"),
        ("every = \"day\"\ninterval = 3", "alle 3 Tage", "every 3 days"),
        (
            "every = \"month\"\non = \"second tuesday\"",
            "am zweiten Dienstag jedes Monats",
            "on the second Tuesday of every month",
        ),
        (
            "every = \"month\"\ninterval = 3\non = [\"second tuesday\", \"last friday\"]",
            "alle 3 Monate am zweiten Dienstag und letzten Freitag",
            "every 3 months on the second Tuesday and last Friday",
        ),
        ("every = \"month\"", "am 8. jedes Monats", "on day 8 of every month"),
        ("every = \"year\"", "jedes Jahr am 8. Januar", "every year on 8 January"),
        (
            "every = \"year\"\non = \"second tuesday\"",
            "jedes Jahr am zweiten Dienstag im Januar",
            "every year on the second Tuesday in January",
        ),
        ("rrule = \"FREQ=YEARLY;BYWEEKNO=2\"", "an mehreren Tagen", "on several days"),
    ];
    let said = |language: &str, keys: &str| {
        let keys = format!(
            "language = \"{language}\"\nstart = 2019-01-08T18:00:00\nend = 2019-01-08T19:30:00\n[repeat]\n{keys}"
        );
        Site::new().event("a", &keys).at("2019-01-01T12:00:00Z").get("/events/a").body
    };
    for (keys, german, english) in cases {
        let german = format!(">{german}, 18:00 bis 19:30 Uhr, ab 8. Januar 2019<");
        assert!(said("de", keys).contains(&german), "{german}");
        let english = format!(">{english}, 18:00 to 19:30, from 8 January 2019<");
        assert!(said("en", keys).contains(&english), "{english}");
    }
}

#[test]
fn the_end_of_a_series_and_long_nights_are_said() {
    let said = |keys: &str| Site::new().event("a", keys).get("/events/a").body;
    let counted =
        "start = 2019-01-08T22:00:00\nduration = \"4h\"\n[repeat]\nevery = \"week\"\ncount = 3";
    let german = "jeden Dienstag, 22:00 Uhr bis 02:00 Uhr am nächsten Tag, bis 22. Januar 2019";
    assert!(said(counted).contains(german));
    let days =
        "start = 2019-01-08\nend = 2019-01-09\n[repeat]\nevery = \"week\"\nuntil = 2019-03-30";
    assert!(said(days).contains("jeden Dienstag, 2 Tage, bis 30. März 2019"));
}
