//! What the site tells machines of itself: `sitemap.xml`, `robots.txt` and the catalogue of its feeds.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use quick_xml::escape::escape;

use super::body::{Body, Piece};
use super::dates::machine_instant;
use super::rendered::Rendered;
use super::urls::{self, Urls};
use super::{Document, MediaType, catalog};
use crate::model::Published;
use crate::occurrence::{Agenda, Entry};

/// How many addresses a sitemap may have (sitemaps.org).
const MOST: usize = 50_000;

/// The three documents.
pub fn documents(agenda: &Agenda, events: &[Arc<Rendered>], urls: &Urls) -> [Document; 3] {
    let modified = agenda.feeds.iter().map(|feed| feed.modified).max().unwrap_or(agenda.since);
    let document = |path: &str, media_type, body: Body| {
        Document::new(path.to_owned(), media_type, modified, body)
    };
    [
        document(urls::SITEMAP, MediaType::Xml, sitemap(agenda, events, urls)),
        document(urls::ROBOTS, MediaType::Text, robots(urls).into()),
        document(urls::CATALOG, MediaType::JsonLd, catalog::document(agenda, urls).into()),
    ]
}

/// Pages with when they last changed.
fn sitemap(agenda: &Agenda, events: &[Arc<Rendered>], urls: &Urls) -> Body {
    let newest = agenda.feeds.iter().map(|feed| feed.modified).max().unwrap_or(agenda.since);
    let open = agenda.feeds.iter().filter(|feed| !feed.is_retired);
    let feeds = open.map(|feed| (urls::feed(&feed.feed.slug), feed.modified));
    let own = std::iter::once((urls::HOME.to_owned(), newest)).chain(feeds);
    let own: Vec<String> =
        own.map(|(path, modified)| address(&urls.absolute(&path), modified)).collect();
    let mut room = MOST.saturating_sub(own.len());
    let fitting = events.iter().take_while(|event| {
        let count = event.addresses.1;
        let fits = count <= room;
        room = room.saturating_sub(count);
        fits
    });
    let body: Body = fitting.map(|event| event.addresses.0.clone()).collect();
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
    body.between(format!("{head}{}", own.concat()), "</urlset>\n")
}

/// The addresses of an event, a line each, and their number; of a series also those of upcoming dates.
pub fn addresses(entry: &Entry, now: DateTime<Utc>, urls: &Urls) -> (Piece, usize) {
    let Published { event, revision, .. } = &*entry.published;
    let page = entry.is_page().then(|| (urls::event(event), entry.page_modified()));
    let upcoming = entry.pages().filter(|one| one.time.passes() > now);
    let upcoming =
        upcoming.map(|one| (urls::series_date(&event.slug, one.date), revision.modified));
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
