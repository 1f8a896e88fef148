//! The agenda as documents: each vocabulary in one file or folder, behind one door.
//!
//! In: an [`Agenda`] and where the site stands. Out: [`Document`]s. Pure and infallible; writes no
//! timestamp of its own and no random id. Each event is rendered once per format, and feeds are put
//! together from these fragments.

mod atom;
mod catalog;
mod change_log;
mod changes;
mod csv;
mod dates;
mod facts;
mod feed;
mod filter;
mod html;
mod icalendar;
mod item;
mod json_feed;
mod json_ld;
mod markdown;
mod paging;
mod repetition;
mod rss;
mod site;
mod syndicated;
mod text;
mod told;
pub mod urls;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use crate::model::{Event, Facets, Published, Recurrence, Slug};
use crate::occurrence::{Agenda, Entry, FeedAgenda, Occurrence, published_on};
use crate::parallel;
pub use changes::history;
pub use filter::Filter;
use html::Context;
pub use told::{Told, ToldSession, told, told_as_html};
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
    /// `application/atom+xml`
    Atom,
    /// `application/feed+json`
    JsonFeed,
    /// `text/csv`
    Csv,
    /// `application/ld+json`
    JsonLd,
    /// `application/xml`
    Xml,
    /// `text/plain`
    Text,
    /// `application/json`
    Json,
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

impl Document {
    fn new(path: String, media_type: MediaType, modified: DateTime<Utc>, body: String) -> Self {
        Self { path, media_type, modified, attachment: None, body }
    }
}

/// The words of an answer that is no document.
#[derive(Clone, Debug)]
pub struct ErrorPages {
    /// For an address where nothing is.
    pub not_found: String,
    /// For an address where something was.
    pub gone: String,
    /// For a method that a page does not take.
    pub method_not_allowed: String,
}

/// An event in every format, ready to be put together.
struct Fragments {
    calendar: icalendar::Fragment,
    /// The dates of a series that have files of their own.
    dates: BTreeMap<NaiveDate, icalendar::Fragment>,
    /// Its items in RSS, Atom and JSON Feed.
    items: Vec<item::Fragment>,
    json_ld: json_ld::Fragment,
    rows: Vec<csv::Row>,
    card: html::Markup,
    facets: Facets,
}

/// What documents are put together from, also those that queries ask for.
pub struct Assembly {
    agenda: Agenda,
    fragments: Vec<Fragments>,
    urls: Urls,
    /// The path of the style sheet.
    style: String,
}

impl fmt::Debug for Assembly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Assembly of {} events", self.fragments.len())
    }
}

/// All public documents.
#[derive(Debug)]
pub struct Documents {
    /// What is at an address.
    pub documents: Vec<Document>,
    /// Paths of pages that are gone for good; with a suffix, those of their other forms.
    pub gone: BTreeSet<String>,
    /// Former paths of pages, and their paths of today; the other forms moved with them.
    pub moved: BTreeMap<String, String>,
    /// Former slugs of feeds, and their slugs of today.
    pub former_feeds: BTreeMap<String, String>,
    /// What the people of the site should know.
    pub notes: Vec<String>,
    /// The words of answers that are no document.
    pub errors: ErrorPages,
    /// What answers to queries are put together from.
    pub assembly: Assembly,
}

/// Renders everything that the public may see.
#[must_use]
pub fn render(agenda: Agenda, gone: &[Slug], urls: Urls) -> Documents {
    let style = style(&agenda);
    let context = Context { site: &agenda.site, urls: &urls, style: &style.path };
    let fragments = parallel::map(&agenda.events, |entry| Fragments::of(entry, &agenda, &context));
    let assembly = Assembly { agenda, fragments, urls, style: style.path.clone() };
    let Assembly { agenda, fragments, urls, .. } = &assembly;
    let renderer = assembly.renderer();
    let mut documents = vec![renderer.overview(), style];
    documents.extend(parallel::each(&agenda.feeds, |feed| renderer.feed(feed)).concat());
    let entries: Vec<_> = agenda.events.iter().zip(fragments).collect();
    let events = parallel::map(&entries, |(entry, fragments)| renderer.event(entry, fragments));
    documents.extend(events.into_iter().flatten());
    documents.extend(site::documents(agenda, urls));
    let errors = renderer.errors();
    let former = agenda.events.iter().flat_map(|entry| {
        let slug = &entry.published.event.slug;
        entry.former_pages().map(|one| urls::series_date(slug, one.date))
    });
    let gone = former.chain(gone.iter().map(urls::series)).collect();
    let (moved, notes) = (moved(agenda), renderer.notes());
    let former_feeds = former_feeds(agenda);
    Documents { documents, gone, moved, former_feeds, notes, errors, assembly }
}

impl Assembly {
    /// What everything was rendered from.
    #[must_use]
    pub fn agenda(&self) -> &Agenda {
        &self.agenda
    }

    /// Where the site stands.
    #[must_use]
    pub fn urls(&self) -> &Urls {
        &self.urls
    }

    /// How many past events, the oldest first, the calendar of a feed leaves out.
    #[must_use]
    pub fn left_out(&self, feed: &FeedAgenda) -> usize {
        self.renderer().fit(feed).left_out
    }

    fn renderer(&self) -> Renderer<'_> {
        let Self { agenda, fragments, urls, style } = self;
        Renderer { agenda, fragments, urls, context: Context { site: &agenda.site, urls, style } }
    }
}

fn former_feeds(agenda: &Agenda) -> BTreeMap<String, String> {
    let feeds = agenda.feeds.iter().map(|feed| &feed.feed);
    let former = feeds.flat_map(|feed| {
        feed.former_slugs.iter().map(|former| (former.to_string(), feed.slug.to_string()))
    });
    former.collect()
}

/// A renamed event is found at its former addresses, too, and so are the dates of a series.
fn moved(agenda: &Agenda) -> BTreeMap<String, String> {
    let pages = agenda.events.iter().filter(|entry| entry.is_page());
    let moved = pages.flat_map(|entry| {
        let Published { event, former_slugs, .. } = &entry.published;
        former_slugs.iter().flat_map(|former| {
            let dates = entry.pages().map(|one| one.date);
            let dates = dates.map(|date| {
                (urls::series_date(former, date), urls::series_date(&event.slug, date))
            });
            dates.chain([(urls::series(former), urls::series(&event.slug))])
        })
    });
    moved.collect()
}

impl Fragments {
    fn of(entry: &Entry, agenda: &Agenda, context: &Context<'_>) -> Self {
        let (calendar, dates) = icalendar::fragments(entry, context.urls);
        Self {
            calendar,
            dates,
            items: item::fragments(&agenda.site, entry, agenda.now, context),
            json_ld: json_ld::fragment(entry, context.urls),
            rows: csv::rows(entry, context.urls),
            card: html::card(entry, agenda.now, context),
            facets: Facets::of(&entry.published.event),
        }
    }
}

struct Renderer<'a> {
    agenda: &'a Agenda,
    fragments: &'a [Fragments],
    urls: &'a Urls,
    context: Context<'a>,
}

impl Renderer<'_> {
    /// It lists all events, and changes with the feed of everything.
    fn overview(&self) -> Document {
        let everything = self.agenda.feeds.iter().find(|feed| feed.feed.slug.as_str() == Slug::ALL);
        let modified = everything.map_or(self.agenda.since, |feed| feed.modified);
        let page = html::overview(self.agenda, &self.cards(), &self.context);
        Document::new(urls::HOME.to_owned(), MediaType::Html, modified, page)
    }

    fn cards(&self) -> Vec<&html::Markup> {
        self.fragments.iter().map(|fragments| &fragments.card).collect()
    }

    /// The event, and the dates of a series that have pages of their own.
    fn event(&self, entry: &Entry, fragments: &Fragments) -> Vec<Document> {
        if !entry.is_page() {
            return Vec::new();
        }
        let event = &entry.published.event;
        let json_ld = fragments.json_ld.document();
        let page = html::event_page(entry, self.agenda, json_ld, &self.context);
        let calendar = icalendar::single(&fragments.calendar);
        let modified = entry.page_modified();
        let mut documents = Vec::from(forms(event, modified, page, calendar, json_ld.to_owned()));
        documents.extend(entry.pages().flat_map(|one| self.date(entry, one, fragments)));
        documents
    }

    fn date(&self, entry: &Entry, occurrence: &Occurrence, fragments: &Fragments) -> Vec<Document> {
        let Some(calendar) = fragments.dates.get(&occurrence.date) else { return Vec::new() };
        let published = published_on(&entry.published, occurrence);
        let json_ld = json_ld::date(&published, self.urls);
        let page = html::date_page(&published, self.agenda, &json_ld, &self.context);
        let modified = published.revision.modified;
        Vec::from(forms(&published.event, modified, page, icalendar::single(calendar), json_ld))
    }

    fn errors(&self) -> ErrorPages {
        let page = |heading, sentence| html::error_page(heading, sentence, &self.context);
        ErrorPages {
            not_found: page(
                "Hier hängt nichts",
                "Unter dieser Adresse gibt es keine Seite. Vielleicht hat sie einen Tippfehler.",
            ),
            gone: page(
                "Hier hing einmal etwas",
                "Was unter dieser Adresse stand, ist vorbei und wurde abgenommen.",
            ),
            method_not_allowed: page(
                "Hier wird nur gelesen",
                "Diese Adresse nimmt nichts entgegen, sie zeigt nur an.",
            ),
        }
    }
}

/// Page, calendar file and data of one event or date.
fn forms(
    event: &Event,
    modified: DateTime<Utc>,
    page: String,
    calendar: String,
    json_ld: String,
) -> [Document; 3] {
    let name = match event.recurrence {
        Recurrence::Date(date) => format!("{}-{date}.ics", event.slug),
        Recurrence::Once | Recurrence::Series(_) => format!("{}.ics", event.slug),
    };
    let document = |path, media_type, body| Document::new(path, media_type, modified, body);
    let as_calendar = document(urls::event_as(event, Suffix::Ics), MediaType::Calendar, calendar);
    [
        document(urls::event(event), MediaType::Html, page),
        Document { attachment: Some(name), ..as_calendar },
        document(urls::event_as(event, Suffix::JsonLd), MediaType::JsonLd, json_ld),
    ]
}

/// The style sheet, under a name that changes with its content.
fn style(agenda: &Agenda) -> Document {
    let hash = hex(&Sha256::digest(html::STYLE)[..6]);
    let path = urls::asset("style", &hash, "css");
    Document::new(path, MediaType::Css, agenda.since, html::STYLE.to_owned())
}

/// Octets as small hexadecimal digits.
#[must_use]
pub fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(octets.len() * 2), |mut text, octet| {
        let _ = write!(text, "{octet:02x}");
        text
    })
}
