//! What the site tells machines of itself: `sitemap.xml`, `robots.txt` and the catalogue of its feeds.

use super::urls::{self, Urls};
use super::{Document, MediaType, catalog};
use crate::occurrence::Agenda;
use chrono::{DateTime, Utc};
use quick_xml::escape::escape;

/// How many addresses a sitemap may have (sitemaps.org).
const MOST: usize = 50_000;

/// The three documents.
pub fn documents(agenda: &Agenda, urls: &Urls) -> [Document; 3] {
    let modified = agenda.feeds.iter().map(|feed| feed.modified).max().unwrap_or(agenda.since);
    let document =
        |path: &str, media_type, body| Document::new(path.to_owned(), media_type, modified, body);
    [
        document(urls::SITEMAP, MediaType::Xml, sitemap(agenda, urls)),
        document(urls::ROBOTS, MediaType::Text, robots(urls)),
        document(urls::CATALOG, MediaType::JsonLd, catalog::document(agenda, urls)),
    ]
}

/// Pages with when they last changed; of series, upcoming dates only.
fn sitemap(agenda: &Agenda, urls: &Urls) -> String {
    let mut pages: Vec<(String, DateTime<Utc>)> = Vec::new();
    let newest = agenda.feeds.iter().map(|feed| feed.modified).max().unwrap_or(agenda.since);
    pages.push((urls::HOME.to_owned(), newest));
    pages.extend(agenda.feeds.iter().map(|feed| (urls::feed(&feed.feed.slug), feed.modified)));
    for entry in agenda.events.iter().filter(|entry| entry.is_page()) {
        let event = &entry.published.event;
        pages.push((urls::event(event), entry.page_modified()));
        let upcoming = entry.pages().filter(|one| one.time.passes() > agenda.now);
        pages.extend(upcoming.map(|one| {
            (urls::series_date(&event.slug, one.date), entry.published.revision.modified)
        }));
    }
    let lines = pages.iter().take(MOST).map(|(path, modified)| {
        let address = urls.absolute(path);
        let modified = super::dates::machine_instant(*modified);
        format!("<url><loc>{}</loc><lastmod>{modified}</lastmod></url>\n", escape(&address))
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{}</urlset>\n",
        lines.collect::<String>()
    )
}

fn robots(urls: &Urls) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", urls.absolute(urls::SITEMAP))
}
