//! Queries: parts of feeds, what is refused, and what costs nothing.

use hyper::Method;

use crate::support::Site;

const SUFFIXES: [&str; 6] = [".ics", ".rss", ".atom", ".json", ".jsonld", ".csv"];

fn site() -> Site {
    let tags = "title = \"Übung\"\nkind = \"workshop\"\ntags = [\"Daten\"]";
    Site::new()
        .event("a", tags)
        .event_with_text("b", "title = \"Vortrag\"", "Eins zwei drei vier fünf sechs sieben acht.")
        .event("c", "title = \"Gespräch\"")
}

/// The titles of the items of a feed.
fn titles(site: &Site, query: &str) -> Vec<String> {
    let items = site.items(&format!("/feeds/termine.json?{query}"));
    let title = |item: &serde_json::Value| item["title"].as_str().map(str::to_owned);
    let titles = items.iter().filter_map(title);
    let mut titles: Vec<String> =
        titles.map(|title| title.split(" – ").next().unwrap_or_default().to_owned()).collect();
    titles.sort();
    titles
}

/// Asserts that a path is refused with this sentence.
fn assert_refused(site: &Site, path: &str, sentence: &str) {
    let answer = site.get(path);
    assert_eq!(answer.status, 400, "{path}: {}", answer.body);
    assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
    assert!(answer.body.contains(sentence), "{path}: {}", answer.body);
}

#[test]
fn what_no_feed_can_answer_is_refused_in_every_format_with_a_sentence() {
    let site = site();
    let long = format!("q={}", "x".repeat(3000));
    let many = (0..40).map(|number| format!("tag=x{number}")).collect::<Vec<_>>().join("&");
    let same = ["tag=x"; 31].join("&");
    for (query, sentence) in [
        ("stadt=Hannover", "there is no parameter `stadt`; possible: tag, kind, city"),
        ("Tag=Daten", "there is no parameter `Tag`"),
        ("=Daten", "there is no parameter ``"),
        ("limit=0", "there is no parameter `limit`"),
        ("next=-1", "there is no parameter `next`"),
        ("page=2", "there is no parameter `page`"),
        ("kind=party", "`party` is not a valid kind; possible: workshop, conference"),
        ("status=off", "`off` is not a valid status"),
        ("from=morgen", "`morgen` is not a valid day for `from`: write it as 2018-12-10"),
        ("from=2018-1-1", "`2018-1-1` is not a valid day for `from`"),
        ("to=%2B2018-01-01", "`+2018-01-01` is not a valid day for `to`"),
        ("to=2018-02-30", "`2018-02-30` is not a valid day for `to`"),
        ("from=2018-01-01&from=2018-01-02", "`from` is in the query more than once"),
        ("from=2018-01-01&from=2018-01-01", "`from` is in the query more than once"),
        ("from=2018-01-02&to=2018-01-01", "`from` is after `to`"),
        ("explain=2", "`2` is not a valid value of `explain`: write explain=1"),
        ("explain=1&explain=1", "`explain` is in the query more than once"),
        ("explain", "`explain` is empty"),
        ("tag=", "`tag` is empty: give it a value, or leave it out"),
        ("tag", "`tag` is empty"),
        ("q=+", "`q` is empty"),
        ("city=%20&kind=talk", "`city` is empty"),
        ("from=", "`from` is empty"),
        ("q=M%FCnchen", "the query is not UTF-8"),
        ("utm_source=%FF", "the query is not UTF-8"),
        ("q=%EF%BF%BD", "the query is not UTF-8"),
        ("q=a%00", "the query holds the control character U+0000"),
        ("q=a%0Ab", "the query holds the control character U+000A"),
        ("%1B=a", "the query holds the control character U+001B"),
        ("tag=%E2%80%A8a", "the query holds the control character U+2028"),
        ("q=%", "`q` has a percent sign that begins no escape: write it as %25"),
        ("q=100%25%zz", "`q` has a percent sign that begins no escape"),
        ("tag=%4", "`tag` has a percent sign that begins no escape"),
        ("q=a+b+c+d+e+f+g+h+i", "`q` has more than 8 words: leave some out"),
        ("q=a+b+c+d+e&q=f+g+h+i", "`q` has more than 8 words"),
        (&long, "the query is longer than 2000 bytes"),
        (&many, "the query has more than 30 values"),
        (&same, "the query has more than 30 values"),
    ] {
        for suffix in SUFFIXES {
            assert_refused(&site, &format!("/feeds/termine{suffix}?{query}"), sentence);
        }
    }
    assert_eq!(site.get("/feeds/nirgends.ics?city=Hannover").status, 404);
}

#[test]
fn what_looks_odd_and_has_a_meaning_is_answered() {
    let site = site();
    let everything = titles(&site, "");
    assert_eq!(everything, ["Gespräch", "Vortrag", "Übung"]);
    for query in ["&&", "utm_source=&fbclid", "utm_content=50%_x&v=%", "q=Text&utm_id=1&&"] {
        assert!(!titles(&site, query).is_empty(), "{query}");
    }
    assert_eq!(titles(&site, "q=ÜBUNG"), ["Übung"], "unescaped, as curl sends it");
    assert_eq!(
        titles(&site, "q=uebung&q=vortrag"),
        ["Vortrag", "Übung"],
        "repeated values mean or"
    );
    assert_eq!(titles(&site, "q=uebung+vortrag"), Vec::<String>::new(), "all words of one value");
    assert_eq!(titles(&site, "q=eins+zwei+drei+vier+fuenf+sechs+sieben+acht"), ["Vortrag"]);
    assert_eq!(titles(&site, "q=eins+Eins+zwei+drei+vier+vier+vier+vier+vier"), ["Vortrag"]);
    assert_eq!(titles(&site, "from=2018-12-10&to=2018-12-10").len(), 3);
    assert_eq!(titles(&site, "q=100%25"), Vec::<String>::new());
}

#[test]
fn pages_leave_out_what_they_do_not_know_and_what_is_empty() {
    let site = site();
    let plain = site.get("/feeds/termine").body;
    for query in
        ["stadt=Hannover", "limit=0&page=x", "q=", "tag=&city=+&q", "explain=", "%", "x=%zz"]
    {
        let answer = site.get(&format!("/feeds/termine?{query}"));
        assert_eq!((answer.status.as_u16(), &answer.body), (200, &plain), "{query}");
    }
    let one = site.get("/feeds/termine?kind=workshop").body;
    assert_eq!(site.get("/feeds/termine?tag=&kind=workshop&q=&to=").body, one);
    assert!(one.contains("/feeds/termine.ics?kind=workshop\""), "{one}");
    let percent = site.get("/feeds/termine?q=100%");
    assert_eq!(percent.status, 200, "browsers send what was typed into an address");
    assert!(percent.body.contains("/feeds/termine.ics?q=100%25\""), "{}", percent.body);
    for (query, sentence) in [
        ("q=M%FCnchen", "not UTF-8"),
        ("x=M%FCnchen", "not UTF-8"),
        ("q=%00", "control character U+0000"),
        ("explain=2", "explain=1"),
        ("kind=party", "not a valid kind"),
        ("from=2018-01-02&to=2018-01-01", "`from` is after `to`"),
    ] {
        assert_refused(&site, &format!("/feeds/termine?{query}"), sentence);
    }
}

#[test]
fn a_page_looks_for_the_first_eight_words_and_says_so() {
    let site = site();
    let words = "eins+zwei+drei+vier+fuenf+sechs+sieben+acht";
    let (eight, nine) =
        (format!("/feeds/termine?q={words}"), format!("/feeds/termine?q={words}+neun"));
    let page = site.get(&eight).body;
    assert!(page.contains("Vortrag") && page.contains(&format!("/feeds/termine.ics?q={words}\"")));
    assert_eq!(site.get(&nine).body, page);
    assert_eq!(site.get(&format!("{nine}&q=zehn")).body, page);
}

#[test]
fn change_logs_and_archives_have_no_parameters() {
    let events = (0..120).fold(site(), |site, number| {
        site.event(&format!("p{number}"), "start = 2018-09-01T10:00:00")
    });
    let change_logs = [".rss", ".json"].map(|suffix| format!("/feeds/termine/changes{suffix}"));
    let archives =
        [".rss", ".atom", ".json"].map(|suffix| format!("/feeds/termine/archive/1{suffix}"));
    for path in change_logs.into_iter().chain(archives) {
        let plain = events.get(&path);
        assert_eq!(plain.status, 200, "{path}");
        assert_refused(&events, &format!("{path}?tag=Daten"), "there is no parameter `tag` here");
        assert_refused(&events, &format!("{path}?limit=1"), "there is no parameter `limit` here");
        assert_refused(&events, &format!("{path}?v=%FF"), "the query is not UTF-8");
        assert_refused(&events, &format!("{path}?utm_x={}", "x".repeat(3000)), "longer than");
        let marked = events.get(&format!("{path}?utm_source=brief&v=2&"));
        assert_eq!((marked.status, &marked.body), (plain.status, &plain.body), "{path}");
    }
    let page = events.get("/feeds/termine/changes");
    assert_eq!(events.get("/feeds/termine/changes?tag=Daten&q=").body, page.body);
}

#[test]
fn the_query_of_what_is_no_feed_changes_nothing() {
    let site = site();
    let paths =
        ["/", "/events/a", "/events/a.ics", "/events/a.jsonld", "/sitemap.xml", "/robots.txt"];
    for path in paths.into_iter().chain(["/catalog.jsonld", "/healthz"]) {
        let plain = site.get(path);
        assert_eq!(plain.status, 200, "{path}");
        for query in ["tag=", "utm_term=M%FCnchen", "%zz", "q=%00&limit=0"] {
            assert_eq!(site.get(&format!("{path}?{query}")).body, plain.body, "{path}?{query}");
        }
    }
}

#[test]
fn the_method_is_looked_at_before_path_and_query() {
    let site = site();
    let query = format!("q={}&explain=1", "a+".repeat(900));
    let paths = ["/feeds/termine.ics", "/feeds/termine", "/events/a/", "/nichts.ics"];
    for path in paths.into_iter().chain(["/nichts", "/events/a/2018-12-10"]) {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::TRACE, Method::PATCH] {
            let answer = site.request(&method, &format!("{path}?{query}"), &[]);
            let found = (answer.status.as_u16(), answer.header("allow"));
            assert_eq!(found, (405, "GET, HEAD, OPTIONS"), "{method} {path}");
            let is_page = answer.header("content-type") == "text/html; charset=utf-8";
            assert_eq!(is_page, !path.contains('.'), "{method} {path}");
        }
    }
    let options = site.request(&Method::OPTIONS, &format!("/feeds/termine.ics?{query}"), &[]);
    assert_eq!((options.status.as_u16(), options.body.as_str()), (204, ""));
    assert_eq!(options.header("access-control-allow-origin"), "*");
}

#[test]
fn the_english_variant_refuses_and_leaves_out_the_same() {
    let languages = "id = \"0d9b9a4e-6b1f-4c8e-9a53-2f6d0c7b1a11\"\ntitle = \"Beispiel\"\n\
                     publisher = \"buero\"\n[translation.en]\ntitle = \"Example\"\n";
    let translation = "title = \"Titel\"\n[translation.en]\ntitle = \"Title\"\nbody = \"Text\"";
    let site = site().file("site.toml", languages).event("d", translation);
    assert_refused(&site, "/en/feeds/termine.ics?q=M%FCnchen", "not UTF-8");
    assert_refused(&site, "/en/feeds/termine.ics?tag=", "`tag` is empty");
    assert_refused(&site, "/en/feeds/termine/changes.rss?tag=a", "no parameter `tag` here");
    let page = site.get("/en/feeds/termine");
    assert_eq!((page.status.as_u16(), &site.get("/en/feeds/termine?q=").body), (200, &page.body));
}
