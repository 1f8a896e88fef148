//! The documents that describe the site to machines: `sitemap.xml`, `robots.txt` and the catalogue of its feeds.

use chrono::{DateTime, Utc};
use quick_xml::escape::escape;

use super::body::Body;
use super::context::Context;
use super::document::Document;
use super::media_type::MediaType;
use super::variant::EventVariant;
use super::{Assembly, Variants, catalog};
use crate::route::{Route, Urls};
use crate::schedule::Entry;
use crate::text::dates::machine_instant;

/// The number of addresses that a sitemap may have (sitemaps.org).
const MOST: usize = 50_000;

/// Returns the three documents.
pub(crate) fn documents(variants: &Variants) -> [Document; 3] {
    let context = &variants.original.context;
    let modified = newest(context);
    let document = |route, media_type, body: Body| Document::new(route, media_type, modified, body);
    [
        document(Route::Sitemap, MediaType::Xml, sitemap(variants).into()),
        document(Route::Robots, MediaType::Text, robots(&context.urls).into()),
        document(
            Route::Catalogue,
            MediaType::Format(crate::route::Format::JsonLd),
            catalog::document(context).into(),
        ),
    ]
}

/// Renders the sitemap: the pages of all language variants, each with the instant of its last change.
fn sitemap(variants: &Variants) -> String {
    let own: Vec<String> =
        variants.iter().flat_map(|assembly| own_pages(&assembly.context)).collect();
    let mut room = MOST.saturating_sub(own.len());
    let mut sitemap = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        .to_owned();
    sitemap.extend(own);
    for event in variants.iter().flat_map(|assembly: &Assembly| &assembly.events) {
        let (lines, count) = &event.addresses;
        // The addresses of an event are one finished byte string; they are in the sitemap together or not at all.
        if *count > room {
            break;
        }
        room -= count;
        sitemap.push_str(&String::from_utf8_lossy(lines));
    }
    sitemap.push_str("</urlset>\n");
    sitemap
}

/// Returns the lines of the overview and of the feeds of a language variant.
fn own_pages(context: &Context) -> impl Iterator<Item = String> {
    let open = context.feeds.iter().filter(|part| !part.is_retired);
    let open = open.map(|part| address(&part.route(None), part.modified, &context.urls));
    let home = address(&Route::Home(context.variant), newest(context), &context.urls);
    std::iter::once(home).chain(open)
}

/// Returns the instant at which any feed last changed.
fn newest(context: &Context) -> DateTime<Utc> {
    context.feeds.iter().map(|part| part.modified).max().unwrap_or(context.schedule.since)
}

/// Returns the lines of an event in the sitemap and their number; a series has lines for its upcoming dates, too.
pub(crate) fn addresses(entry: &Entry, event: &EventVariant, context: &Context) -> (String, usize) {
    let is_here = event.page == context.variant;
    let page = (is_here && entry.has_own_page()).then(|| (event.route(), entry.page_modified()));
    let now = context.schedule.now;
    // Past occurrences have pages for `series_past_days` more, but are not in the sitemap.
    let upcoming = entry.pages().filter(|one| is_here && one.time.passes() > now);
    let modified = entry.published.revision.modified;
    let upcoming = upcoming.map(|one| (event.date_route(one.date), modified));
    let lines = page.into_iter().chain(upcoming);
    let lines = lines.map(|(route, modified)| address(&route, modified, &context.urls));
    let lines: Vec<String> = lines.collect();
    (lines.concat(), lines.len())
}

fn address(route: &Route, modified: DateTime<Utc>, urls: &Urls) -> String {
    let (address, modified) = (urls.absolute(route), machine_instant(modified));
    format!("<url><loc>{}</loc><lastmod>{modified}</lastmod></url>\n", escape(&address))
}

/// Renders `robots.txt`: all paths are allowed, feeds included.
fn robots(urls: &Urls) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", urls.absolute(&Route::Sitemap))
}
