//! The agenda as documents: each vocabulary in one file or folder, behind one door.
//!
//! In: an [`Agenda`] and where the site stands. Out: [`Document`]s. Pure and infallible; writes no
//! timestamp of its own and no random id. Each event is rendered once per format, and feeds are put
//! together from these fragments.

mod atom;
mod body;
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
mod json;
mod json_feed;
mod json_ld;
mod link;
mod markdown;
mod media_type;
mod paging;
mod rendered;
mod repetition;
mod retirement;
mod rss;
mod site;
mod syndicated;
mod telling;
mod text;
mod told;
pub mod urls;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::model::{Line, Published, Slug};
use crate::occurrence::{Agenda, FeedAgenda};
use crate::parallel;
pub use body::{Body, Leaf, Piece, hex};
pub use changes::history;
pub use dates::{http_date, system_time};
pub use filter::Filter;
use html::Context;
pub use media_type::MediaType;
pub use rendered::Rendered;
use retirement::Notice;
pub use told::{Told, ToldSession, told, told_as_html};
use urls::Urls;

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
    /// Where else it leads (RFC 8288): the value of its `Link` header, in visible ASCII.
    pub links: Option<String>,
    /// The document.
    pub body: Body,
}

impl Document {
    fn new(
        path: String,
        media_type: MediaType,
        modified: DateTime<Utc>,
        body: impl Into<Body>,
    ) -> Self {
        Self { path, media_type, modified, attachment: None, links: None, body: body.into() }
    }

    fn linking(self, links: &[link::Link]) -> Self {
        Self { links: link::header(links), ..self }
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

/// What documents are put together from, also those that queries ask for.
pub struct Assembly {
    agenda: Agenda,
    /// The events of the agenda, in its order.
    events: Vec<Arc<Rendered>>,
    urls: Urls,
    /// The path of the style sheet.
    style: String,
}

impl fmt::Debug for Assembly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Assembly of {} events", self.events.len())
    }
}

/// All public documents.
#[derive(Debug)]
pub struct Documents {
    /// What is at an address, but for the events.
    pub documents: Vec<Arc<Document>>,
    /// The events that have pages, with what is at their addresses.
    pub events: Vec<Arc<Rendered>>,
    /// Paths of pages that are gone for good; with a suffix, those of their other forms.
    pub gone: BTreeSet<String>,
    /// Former paths of pages, and their paths of today; the other forms moved with them.
    pub moved: BTreeMap<String, String>,
    /// Former slugs of feeds, and their slugs of today.
    pub former_feeds: BTreeMap<String, String>,
    /// Slugs of feeds that are gone for good, former ones included.
    pub gone_feeds: BTreeSet<String>,
    /// What the people of the site should know.
    pub notes: Vec<String>,
    /// The words of answers that are no document.
    pub errors: ErrorPages,
    /// What answers to queries are put together from.
    pub assembly: Arc<Assembly>,
}

/// Renders everything that the public may see; events and feeds of which an `earlier` assembly tells the
/// same are taken from it.
#[must_use]
pub fn render(
    mut agenda: Agenda,
    gone: &[Slug],
    urls: Urls,
    earlier: Option<&Assembly>,
) -> Documents {
    describe_retired(&mut agenda, &urls);
    let style = style(&agenda);
    let earlier = earlier.filter(|earlier| earlier.is_for(&agenda, &urls, &style.path));
    let events = rendered::events(&agenda, &urls, &style.path, earlier);
    let assembly = Assembly { agenda, events, urls, style: style.path.clone() };
    let Assembly { agenda, events, urls, .. } = &assembly;
    let renderer = assembly.renderer();
    let mut documents = vec![Arc::new(renderer.overview()), Arc::new(style)];
    documents.extend(parallel::each(&agenda.feeds, |feed| renderer.feed(feed)).concat());
    documents.extend(site::documents(agenda, events, urls).map(Arc::new));
    let errors = renderer.errors();
    let former = agenda.events.iter().flat_map(|entry| {
        let slug = &entry.published.event.slug;
        entry.former_pages().map(|one| urls::series_date(slug, one.date))
    });
    let gone = former.chain(gone.iter().map(urls::series)).collect();
    let (moved, notes) = (moved(agenda), renderer.notes());
    let former_feeds = former_feeds(agenda);
    let gone_feeds =
        agenda.ended.iter().flat_map(|feed| feed.former_slugs.iter().chain([&feed.slug]));
    let gone_feeds = gone_feeds.map(ToString::to_string).collect();
    // What was deleted has no page, and another event may have its slug.
    let events = events.iter().filter(|event| !event.documents.is_empty()).cloned().collect();
    let assembly = Arc::new(assembly);
    Documents { documents, events, gone, moved, former_feeds, gone_feeds, notes, errors, assembly }
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
        let Self { agenda, events, urls, style } = self;
        Renderer { agenda, events, urls, context: Context { site: &agenda.site, urls, style } }
    }

    /// Claims that what all pages of an agenda share is as it was here.
    fn is_for(&self, agenda: &Agenda, urls: &Urls, style: &str) -> bool {
        let feeds =
            |agenda: &Agenda| agenda.feeds.iter().map(|feed| feed.feed.clone()).collect::<Vec<_>>();
        self.agenda.site == agenda.site
            && feeds(&self.agenda) == feeds(agenda)
            && self.urls == *urls
            && self.style == style
    }
}

/// What a feed that has ended says of itself is that it has.
fn describe_retired(agenda: &mut Agenda, urls: &Urls) {
    let sentences: Vec<Option<Line>> = agenda
        .feeds
        .iter()
        .map(|feed| Line::new(&Notice::of(feed, agenda)?.sentence(None, urls)))
        .collect();
    for (feed, sentence) in agenda.feeds.iter_mut().zip(sentences) {
        feed.feed.description = sentence.or(feed.feed.description.take());
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
        let Published { event, former_slugs, .. } = &*entry.published;
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

struct Renderer<'a> {
    agenda: &'a Agenda,
    events: &'a [Arc<Rendered>],
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

    fn cards(&self) -> Vec<&Piece> {
        self.events.iter().map(|event| &event.card).collect()
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

/// The style sheet, under a name that changes with its content.
fn style(agenda: &Agenda) -> Document {
    let hash = hex(&Sha256::digest(html::STYLE)[..6]);
    let path = urls::asset("style", &hash, "css");
    Document::new(path, MediaType::Css, agenda.since, html::STYLE.to_owned())
}
