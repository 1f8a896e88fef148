//! What the site tells machines of itself: `sitemap.xml`, `robots.txt` and the catalogue of its feeds.

use chrono::{DateTime, Utc};
use quick_xml::escape::escape;

use super::body::{Body, Piece};
use super::urls::{self, Urls};
use super::{Assembly, Document, Editions, MediaType, catalog};
use crate::model::Published;
use crate::schedule::{Agenda, Entry};
use crate::text::dates::machine_instant;

/// How many addresses a sitemap may have (sitemaps.org).
const MOST: usize = 50_000;

/// The three documents.
pub fn documents(editions: &Editions) -> [Document; 3] {
    let (agenda, urls) = (editions.original.agenda(), editions.original.urls());
    let modified = agenda.feeds.iter().map(|feed| feed.modified).max().unwrap_or(agenda.since);
    let document = |path: &str, media_type, body: Body| {
        Document::new(path.to_owned(), media_type, modified, body)
    };
    [
        document(urls::SITEMAP, MediaType::Xml, sitemap(editions, urls)),
        document(urls::ROBOTS, MediaType::Text, robots(urls).into()),
        document(urls::CATALOG, MediaType::JsonLd, catalog::document(agenda, urls).into()),
    ]
}

/// Pages of all editions with when they last changed.
fn sitemap(editions: &Editions, urls: &Urls) -> Body {
    let own = editions.iter().flat_map(|edition| own_pages(edition.agenda()));
    let own: Vec<String> =
        own.map(|(path, modified)| address(&urls.absolute(&path), modified)).collect();
    let mut room = MOST.saturating_sub(own.len());
    let events = editions.iter().flat_map(Assembly::events);
    let fitting = events.take_while(|event| {
        let fits = event.addresses.1 <= room;
        room = room.saturating_sub(event.addresses.1);
        fits
    });
    let body: Body = fitting.map(|event| event.addresses.0.clone()).collect();
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    body.between(format!("{head}{}", own.concat()), "</urlset>\n")
}

/// The overview and the feeds of an edition.
fn own_pages(agenda: &Agenda) -> Vec<(String, DateTime<Utc>)> {
    let newest = agenda.feeds.iter().map(|feed| feed.modified).max().unwrap_or(agenda.since);
    let open = agenda
        .feeds
        .iter()
        .filter(|feed| !feed.is_retired)
        .map(|feed| (urls::feed(&feed.feed.slug, feed.feed.edition), feed.modified));
    std::iter::once((urls::home(agenda.site.edition), newest)).chain(open).collect()
}

/// The addresses of an event, a line each, and their number; of a series also those of upcoming dates.
pub fn addresses(entry: &Entry, agenda: &Agenda, urls: &Urls) -> (Piece, usize) {
    let Published { event, revision, .. } = &*entry.published;
    let is_here = event.page_edition == agenda.site.edition;
    let page = (is_here && entry.is_page()).then(|| (urls::event(event), entry.page_modified()));
    let upcoming = entry.pages().filter(|one| is_here && one.time.passes() > agenda.now);
    let upcoming = upcoming.map(|one| (urls::series_date(event, one.date), revision.modified));
    let lines = page.into_iter().chain(upcoming);
    let lines = lines.map(|(path, modified)| address(&urls.absolute(&path), modified));
    let lines: Vec<String> = lines.collect();
    (lines.concat().into(), lines.len())
}

fn address(address: &str, modified: DateTime<Utc>) -> String {
    let modified = machine_instant(modified);
    format!("<url><loc>{}</loc><lastmod>{modified}</lastmod></url>\n", escape(address))
}

fn robots(urls: &Urls) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", urls.absolute(urls::SITEMAP))
}
