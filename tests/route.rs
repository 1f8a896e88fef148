//! Paths and routes are one and the same.

use aushang::route::{Format, Route, Variant};
use aushang::snapshot::Resolved;
use proptest::prelude::*;

use crate::corpus;
use crate::support::{PNG, Site, property};

#[test]
fn every_path_of_a_site_is_a_route_and_back() {
    let site = corpus::site(60).event(
        "bild",
        "image = \"haus.png\"\n[translation.en]\ntitle = \"Picture\"\n[repeat]\nevery = \"week\"\ncount = 3",
    );
    let site = site.file("termine/haus.png", PNG);
    let built = site.build().unwrap_or_else(|error| panic!("{error}"));
    let mut paths = 0;
    for (path, resource) in built.snapshot.iter() {
        let route = Route::parse(&path);
        assert_eq!(route.as_ref(), Some(resource.route()), "{path}");
        assert_eq!(route.map(|route| route.path()).as_ref(), Some(&path));
        let Resolved::Found(found) = built.snapshot.resolve(&path) else { panic!("{path}") };
        assert_eq!(found.content().to_vec(), resource.content().to_vec(), "{path}");
        paths += 1;
    }
    assert!(paths > 400, "{paths}");
}

fn format() -> impl Strategy<Value = Option<Format>> {
    proptest::option::of(proptest::sample::select(&Format::ALL[..]))
}

/// The parts of a path, right ones and others.
fn part() -> impl Strategy<Value = String> {
    let words = [
        "",
        "en",
        "feeds",
        "events",
        "assets",
        "changes",
        "archive",
        "files",
        "termine",
        "a-b",
        "A",
        "7",
        "07",
        "+7",
        "0",
        "2018-12-10",
        "2018-1-1",
        "2018-02-30",
        "haus.png",
        "sitemap.xml",
        "robots.txt",
        "catalog.jsonld",
        "a.b",
        ".ics",
        "ä",
    ];
    let suffix =
        proptest::sample::select(&["", ".ics", ".rss", ".json", ".jsonld", ".xml", ".ics.ics"][..]);
    (proptest::sample::select(words.to_vec()), suffix)
        .prop_map(|(word, suffix)| format!("{word}{suffix}"))
}

/// A path that is a route or nearly one.
fn near_path() -> impl Strategy<Value = String> {
    let select = |words: &'static [&'static str]| proptest::sample::select(words);
    let parts = (
        select(&["", "", "/en", "/de"]),
        select(&["/feeds", "/events", "/assets"]),
        select(&["/termine", "/a-b", "/7", "/A", "/style.css"]),
        select(&[
            "",
            "",
            "/changes",
            "/archive/7",
            "/archive/07",
            "/files/haus.png",
            "/2018-12-10",
        ]),
        select(&["", ".ics", ".rss", ".json", ".jsonld", ".xyz"]),
    );
    parts.prop_map(|(a, b, c, d, e)| [a, b, c, d, e].concat())
}

/// A path of any parts.
fn any_path() -> impl Strategy<Value = String> {
    let parts = proptest::collection::vec(part(), 0..5);
    parts.prop_map(|parts| parts.iter().fold(String::new(), |path, part| path + "/" + part))
}

#[test]
fn what_a_path_is_read_as_is_written_as_that_path() {
    let paths = proptest::prop_oneof![any_path(), near_path()];
    property(20_000, 1_500, paths, |path, count| {
        if let Some(route) = Route::parse(&path) {
            prop_assert_eq!(route.path(), path);
            count.one();
        }
        Ok(())
    });
}

#[test]
fn what_a_route_is_written_as_is_read_as_that_route() {
    let slug = "[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}";
    let variant = proptest::sample::select(&Variant::ALL[..]);
    let values = (slug, 0..5_000_usize, 0..60_000_i64, format(), variant);
    property(20_000, 120_000, values, |(slug, number, day, format, variant), count| {
        let slug = aushang::model::Slug::new(&slug).expect("a slug");
        let first = chrono::NaiveDate::from_ymd_opt(1950, 1, 1).expect("a date");
        let date = first + chrono::TimeDelta::days(day);
        let routes = [
            Route::Home(variant),
            Route::Feed(variant, slug.clone(), format),
            Route::Archive(variant, slug.clone(), number, format.unwrap_or(Format::Rss)),
            Route::Changes(variant, slug.clone(), format),
            Route::Event(variant, slug.clone(), format),
            Route::Occurrence(variant, slug, date, format),
        ];
        for route in routes {
            prop_assert_eq!(Route::parse(&route.path()), Some(route));
            count.one();
        }
        Ok(())
    });
}

#[test]
fn an_address_has_one_form() {
    for path in [
        "/feeds/termine/archive/01.rss",
        "/feeds/termine/archive/1",
        "/feeds/termine/anderes",
        "/events/a/2018-1-1",
        "/events/a.xyz",
        "/events/a.ics.ics",
        "/en",
        "/en/sitemap.xml",
        "/en/events/a/files/haus.png",
        "//feeds/a",
        "/feeds/a/",
        "",
        "feeds/a",
        "/events/a/files/haus.exe",
    ] {
        assert_eq!(Route::parse(path), None, "{path}");
    }
}

#[test]
fn what_was_renamed_or_is_gone_is_said_in_one_way() {
    let weekly = "[repeat]\nevery = \"week\"\ncount = 3";
    let site = Site::new().event("a", weekly).event("b", "").record();
    let site = site.rename("termine/a.md", "termine/neu.md").without("termine/b.md");
    let site = site.at("2020-03-02T12:00:00Z").record();
    let status = |path: &str| {
        let answer = site.get(path);
        (answer.status.as_u16(), answer.header("location").to_owned())
    };
    let redirect = |to: &str| (308, to.to_owned());
    assert_eq!(status("/events/a"), redirect("/events/neu"));
    assert_eq!(status("/events/a?b=c"), redirect("/events/neu?b=c"));
    assert_eq!(status("/events/a.ics").0, 200);
    assert_eq!(status("/events/b").0, 410);
    assert_eq!(status("/events/b.ics").0, 410);
    assert_eq!(status("/events/neu/2018-12-10").0, 410, "more than a year ago");
    assert_eq!(status("/events/neu/2018-12-11").0, 404, "no date of it");
    assert_eq!(status("/events/neu/2020-12-11").0, 404);
}
