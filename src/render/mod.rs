//! The agenda as documents: each vocabulary in one file or folder, behind one door.
//!
//! In: an [`Agenda`] and where the site stands. Out: [`Document`]s. Pure and infallible; writes no
//! timestamp of its own and no random id. Each event is rendered once per format, and feeds are put
//! together from these fragments.

mod dates;
mod facts;
mod html;
mod icalendar;
mod json_ld;
mod markdown;
mod rss;
mod text;
pub mod urls;
mod words;

use std::fmt::Write;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::model::{Published, Slug};
use crate::occurrence::{Agenda, FeedAgenda};
use html::Context;
use urls::{Suffix, Urls};

/// What kind of document it is; decides its headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// `text/html`
    Html,
    /// `text/calendar`
    Calendar,
    /// `application/rss+xml`
    Rss,
    /// `application/ld+json`
    JsonLd,
    /// `text/css`
    Css,
}

/// A finished document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its path, percent-encoded, without the path of the site's root.
    pub path: String,
    /// What it is.
    pub media_type: MediaType,
    /// When its content last changed.
    pub modified: DateTime<Utc>,
    /// The name under which a browser saves it instead of showing it.
    pub attachment: Option<String>,
    /// The document.
    pub body: String,
}

/// The words of an answer that is no document.
#[derive(Clone, Debug)]
pub struct ErrorPages {
    /// For an address where nothing is.
    pub not_found: String,
    /// For a method that a page does not take.
    pub method_not_allowed: String,
}

/// An event in every format.
struct Fragments {
    calendar: icalendar::Fragment,
    rss: String,
    json_ld: json_ld::Fragment,
}

/// All public documents, and the pages for errors.
#[must_use]
pub fn render(agenda: &Agenda, urls: &Urls) -> (Vec<Document>, ErrorPages) {
    let zones = agenda.events.iter().map(|one| one.event.time.zone());
    let shapes = icalendar::shapes(zones);
    let fragments: Vec<Fragments> = agenda
        .events
        .iter()
        .map(|one| Fragments {
            calendar: icalendar::fragment(one, urls, &shapes),
            rss: rss::fragment(&agenda.site, one, urls),
            json_ld: json_ld::fragment(one, urls),
        })
        .collect();
    let style = style(agenda);
    let context = Context { site: &agenda.site, urls, style: &style.path };
    let cards = agenda.events.iter().map(|one| html::card(&one.event, &context)).collect();
    let renderer = Renderer { agenda, fragments, cards, shapes, urls, context };
    let mut documents = vec![renderer.overview()];
    documents.extend(agenda.feeds.iter().flat_map(|feed| renderer.feed(feed)));
    documents.extend((0..agenda.events.len()).filter_map(|index| renderer.event(index)).flatten());
    let errors = renderer.errors();
    documents.push(style);
    (documents, errors)
}

struct Renderer<'a> {
    agenda: &'a Agenda,
    fragments: Vec<Fragments>,
    cards: Vec<html::Markup>,
    shapes: icalendar::Shapes,
    urls: &'a Urls,
    context: Context<'a>,
}

impl Renderer<'_> {
    /// It lists all events, and changes with the feed of everything.
    fn overview(&self) -> Document {
        let everything = self.agenda.feeds.iter().find(|feed| feed.feed.slug.as_str() == Slug::ALL);
        Document {
            path: urls::HOME.to_owned(),
            media_type: MediaType::Html,
            modified: everything.map_or(self.agenda.now, |feed| feed.modified),
            attachment: None,
            body: html::overview(self.agenda, &self.cards, &self.context),
        }
    }

    fn feed(&self, feed: &FeedAgenda) -> [Document; 4] {
        let Agenda { site, .. } = self.agenda;
        let slug = &feed.feed.slug;
        let modified = feed.modified;
        let calendar: Vec<_> =
            feed.members.iter().map(|&at| &self.fragments[at].calendar).collect();
        let json_ld: Vec<_> = feed.members.iter().map(|&at| &self.fragments[at].json_ld).collect();
        let newest = self.newest_first(feed);
        let rss: Vec<_> = newest.iter().map(|&at| self.fragments[at].rss.as_str()).collect();
        let document = |path, media_type, body| Document {
            path,
            media_type,
            modified,
            attachment: None,
            body,
        };
        [
            document(
                urls::feed(slug),
                MediaType::Html,
                html::feed_page(self.agenda, feed, &self.cards, &self.context),
            ),
            document(
                urls::feed_as(slug, Suffix::Ics),
                MediaType::Calendar,
                icalendar::feed(site, &feed.feed, modified, &calendar, self.urls, &self.shapes),
            ),
            document(
                urls::feed_as(slug, Suffix::Rss),
                MediaType::Rss,
                rss::feed(site, &feed.feed, modified, &rss, self.urls),
            ),
            document(
                urls::feed_as(slug, Suffix::JsonLd),
                MediaType::JsonLd,
                json_ld::feed(site, &feed.feed, modified, &json_ld, self.urls),
            ),
        ]
    }

    fn event(&self, index: usize) -> Option<[Document; 3]> {
        let published = &self.agenda.events[index];
        let slug = &published.event.slug;
        let fragments = &self.fragments[index];
        let feed = self.agenda.feeds.iter().find(|feed| feed.feed.slug == published.event.feed)?;
        let json_ld = fragments.json_ld.document();
        let document = |path, media_type, attachment, body| Document {
            path,
            media_type,
            modified: published.revision.modified,
            attachment,
            body,
        };
        let page = html::event_page(published, feed, json_ld, &self.context);
        let calendar = icalendar::single(&fragments.calendar, &self.shapes);
        Some([
            document(urls::event(slug), MediaType::Html, None, page),
            document(
                urls::event_as(slug, Suffix::Ics),
                MediaType::Calendar,
                Some(format!("{slug}.ics")),
                calendar,
            ),
            document(
                urls::event_as(slug, Suffix::JsonLd),
                MediaType::JsonLd,
                None,
                json_ld.to_owned(),
            ),
        ])
    }

    fn errors(&self) -> ErrorPages {
        let page = |heading, sentence| html::error_page(heading, sentence, &self.context);
        ErrorPages {
            not_found: page(
                "Hier hängt nichts",
                "Unter dieser Adresse gibt es keine Seite. Vielleicht hat sie einen Tippfehler.",
            ),
            method_not_allowed: page(
                "Hier wird nur gelesen",
                "Diese Adresse nimmt nichts entgegen, sie zeigt nur an.",
            ),
        }
    }

    fn newest_first(&self, feed: &FeedAgenda) -> Vec<usize> {
        let mut members = feed.members.clone();
        members.sort_by_cached_key(|&at| {
            let Published { event, revision } = &self.agenda.events[at];
            (std::cmp::Reverse(revision.created), event.uid.clone())
        });
        members
    }
}

/// The style sheet, under a name that changes with its content.
fn style(agenda: &Agenda) -> Document {
    let hash = hex(&Sha256::digest(html::STYLE)[..6]);
    Document {
        path: urls::asset("style", &hash, "css"),
        media_type: MediaType::Css,
        modified: agenda.now,
        attachment: None,
        body: html::STYLE.to_owned(),
    }
}

/// Octets as small hexadecimal digits.
#[must_use]
pub fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(octets.len() * 2), |mut text, octet| {
        let _ = write!(text, "{octet:02x}");
        text
    })
}
