//! Answers of the service (RFC 9110).

use hyper::{Method, Request};

use crate::support::{Answer, Site, answer};

fn site() -> Site {
    Site::new().event("a", "published = 2018-09-01T09:00:00+02:00")
}

#[test]
fn each_document_has_its_type() {
    let types = [
        ("/", "text/html; charset=utf-8"),
        ("/feeds/termine", "text/html; charset=utf-8"),
        ("/feeds/termine.ics", "text/calendar; charset=utf-8"),
        ("/feeds/termine.rss", "application/rss+xml; charset=utf-8"),
        ("/feeds/alle.jsonld", "application/ld+json; charset=utf-8"),
        ("/events/a", "text/html; charset=utf-8"),
        ("/events/a.ics", "text/calendar; charset=utf-8"),
        ("/events/a.jsonld", "application/ld+json; charset=utf-8"),
    ];
    for (path, expected) in types {
        let answer = site().get(path);
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, expected),
            "{path}"
        );
        assert_eq!(answer.header("content-length"), answer.body.len().to_string(), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[test]
fn head_is_get_without_the_body() {
    let (get, head) =
        (site().get("/feeds/alle.ics"), site().request(&Method::HEAD, "/feeds/alle.ics", &[]));
    assert_eq!((head.status, &head.headers), (get.status, &get.headers));
    assert_eq!(head.body, "");
}

#[test]
fn only_the_file_of_one_event_is_an_attachment() {
    assert_eq!(
        site().get("/events/a.ics").header("content-disposition"),
        "attachment; filename=\"a.ics\""
    );
    assert_eq!(site().get("/feeds/termine.ics").header("content-disposition"), "");
}

fn conditional(headers: &[(&str, &str)]) -> Answer {
    site().request(&Method::GET, "/feeds/termine.ics", headers)
}

#[test]
fn a_matching_tag_gives_304_with_the_headers_that_it_must_carry() {
    let tag = site().get("/feeds/termine.ics").header("etag").to_owned();
    assert!(tag.starts_with('"'), "strong");
    for condition in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let answer = conditional(&[("if-none-match", &condition)]);
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (304, ""), "{condition}");
        for name in ["etag", "last-modified", "cache-control", "access-control-allow-origin"] {
            assert!(!answer.header(name).is_empty(), "{name}");
        }
        assert_eq!(answer.header("content-type"), "");
    }
}

#[test]
fn another_tag_gives_200_whatever_the_date_says() {
    let headers =
        [("if-none-match", "\"x\""), ("if-modified-since", "Fri, 01 Jan 2038 00:00:00 GMT")];
    assert_eq!(conditional(&headers).status, 200);
}

#[test]
fn a_date_not_before_the_last_change_gives_304() {
    let status = |date: &str| conditional(&[("if-modified-since", date)]).status.as_u16();
    assert_eq!(status("Sat, 01 Sep 2018 07:00:00 GMT"), 304);
    assert_eq!(status("Sat, 01 Sep 2018 06:59:59 GMT"), 200);
    assert_eq!(status("yesterday"), 200);
}

#[test]
fn cookies_authorization_and_range_are_ignored() {
    let headers = [("cookie", "a=b"), ("authorization", "Basic eA=="), ("range", "bytes=0-1")];
    let (plain, answer) = (conditional(&[]), conditional(&headers));
    assert_eq!((answer.status.as_u16(), &answer.body), (200, &plain.body));
    assert!(answer.headers.get("set-cookie").is_none());
}

#[test]
fn other_methods_are_refused_with_the_ones_that_are_allowed() {
    for (path, kind) in
        [("/feeds/termine.ics", "application/problem+json"), ("/", "text/html; charset=utf-8")]
    {
        let answer = site().request(&Method::POST, path, &[]);
        assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET, HEAD, OPTIONS"));
        assert_eq!(answer.header("content-type"), kind);
    }
}

#[test]
fn options_list_the_methods_and_let_other_sites_read_feeds() {
    let feed = site().request(&Method::OPTIONS, "/feeds/termine.ics", &[]);
    assert_eq!((feed.status.as_u16(), feed.header("allow")), (204, "GET, HEAD, OPTIONS"));
    assert_eq!(feed.header("access-control-allow-origin"), "*");
    assert_eq!(feed.header("access-control-allow-methods"), "GET, HEAD, OPTIONS");
    let page = site().request(&Method::OPTIONS, "/", &[]);
    assert_eq!(page.header("access-control-allow-origin"), "");
}

#[test]
fn a_missing_document_is_answered_with_a_page_or_a_problem() {
    let page = site().get("/events/nichts");
    assert_eq!(
        (page.status.as_u16(), page.header("content-type")),
        (404, "text/html; charset=utf-8")
    );
    assert!(page.body.contains("Hier hängt nichts"));
    let problem = site().get("/events/nichts.ics");
    assert_eq!(problem.header("content-type"), "application/problem+json");
    let expected =
        r#"{"detail":"there is nothing at this address","status":404,"title":"Not Found"}"#;
    assert_eq!((problem.status.as_u16(), problem.body.as_str()), (404, expected));
}

#[test]
fn a_slash_too_many_leads_to_the_page() {
    let answer = site().get("/feeds/termine/");
    assert_eq!((answer.status.as_u16(), answer.header("location")), (308, "/feeds/termine"));
    assert_eq!(site().get("//feeds/termine/").status, 404);
    let below = site().base("https://example.org/t").get("/t/feeds/termine/?a=b");
    assert_eq!(below.header("location"), "/t/feeds/termine?a=b");
}

#[test]
fn a_request_without_host_is_refused() {
    let site = site().build().expect("right");
    let request = Request::builder().uri("/").body(()).expect("a request");
    assert_eq!(answer(aushang::http::respond(&site.snapshot, &request)).status, 400);
}

#[test]
fn a_root_below_a_path_is_in_every_link_and_may_be_left_by_the_proxy() {
    let site = site().base("https://example.org/termine/");
    for path in ["/events/a", "/termine/events/a"] {
        let body = site.get(path).body;
        assert!(
            body.contains("<link rel=\"canonical\" href=\"https://example.org/termine/events/a\">")
        );
        assert!(body.contains("href=\"/termine/assets/style."));
    }
    assert!(site.get("/termine").body.contains("Kommende Veranstaltungen"));
}

#[test]
fn an_empty_feed_says_so_in_every_format() {
    let site = Site::new();
    let lines = site.lines("/feeds/termine.ics");
    assert!(
        lines.contains(&"BEGIN:VEVENT".into()),
        "GNOME keeps the old entries of a feed without one"
    );
    assert!(lines.contains(&"SUMMARY:Zurzeit sind keine Veranstaltungen angekündigt".into()));
    assert!(
        site.get("/feeds/termine").body.contains("Zurzeit sind keine Veranstaltungen angekündigt")
    );
    assert_eq!(site.json("/feeds/termine.jsonld")["dataFeedElement"], serde_json::json!([]));
    assert!(!site.get("/feeds/termine.rss").body.contains("<item>"));
}

#[test]
fn machines_that_watch_get_one_word() {
    assert_eq!(site().get("/healthz").body, "ok");
    assert_eq!(site().get("/readyz").body, "ready");
    assert_eq!(site().request(&Method::DELETE, "/healthz", &[]).status, 405);
    assert_eq!(site().request(&Method::OPTIONS, "/healthz", &[]).status, 204);
}
