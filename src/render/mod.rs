//! The agenda as documents: each vocabulary in one file or folder, behind one door.
//!
//! In: an [`Agenda`] and where the site stands. Out: [`Document`]s. Pure and infallible; writes no
//! timestamp of its own and no random id. Each event is rendered once per format, and feeds are put
//! together from these fragments.

mod atom;
mod body;
mod bundle;
mod catalog;
mod change_log;
mod csv;
mod english;
mod feed;
mod filter;
mod html;
mod icalendar;
mod item;
mod json;
mod json_feed;
mod json_ld;
mod link;
mod media_type;
mod paging;
mod rendered;
mod retirement;
mod rss;
mod site;
mod syndicated;
mod telling;
mod told;
pub mod urls;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::model::{Edition, Event, FileSource, Line, Published, Slug, hex};
use crate::parallel;
use crate::schedule::{Agenda, FeedAgenda};
pub use crate::text::changes::history;
pub use crate::text::dates::{http_date, system_time};
pub use body::{Body, Leaf, Piece};
use bundle::Bundle;
pub use csv::header as table_header;
use english::english;
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
    pub links: Option<Bytes>,
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
    /// The feeds of the agenda, in its order.
    feeds: Vec<Arc<Bundle>>,
    shared: Shared,
}

/// What all documents of an edition share.
#[derive(PartialEq)]
struct Shared {
    urls: Urls,
    /// The path of the style sheet.
    style: String,
    /// The feeds that are told in English, too.
    translated: BTreeSet<Slug>,
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
    pub editions: Editions,
}

/// All that is told, in each language.
#[derive(Clone, Debug)]
pub struct Editions {
    /// In the words of its authors.
    pub original: Arc<Assembly>,
    /// In English, where anything is translated.
    pub english: Option<Arc<Assembly>>,
}

impl Editions {
    /// All there are.
    pub fn iter(&self) -> impl Iterator<Item = &Assembly> {
        [Some(&self.original), self.english.as_ref()].into_iter().flatten().map(|one| &**one)
    }

    /// The one in this language.
    #[must_use]
    pub fn get(&self, edition: Edition) -> Option<&Assembly> {
        match edition {
            Edition::Original => Some(&self.original),
            Edition::English => self.english.as_deref(),
        }
    }
}

/// Renders everything that the public may see; events of which `earlier` editions tell the same are taken
/// from there.
#[must_use]
pub fn render(
    mut agenda: Agenda,
    gone: &[Slug],
    urls: Urls,
    earlier: Option<&Editions>,
) -> Documents {
    let style = style(&agenda);
    let known = |edition| earlier.and_then(|earlier| earlier.get(edition));
    let mut in_english = english(&agenda, known(Edition::English).map(Assembly::agenda));
    for agenda in in_english.iter_mut().chain([&mut agenda]) {
        describe_retired(agenda, &urls);
    }
    let translated = in_english.iter().flat_map(|agenda| &agenda.feeds);
    let translated: BTreeSet<Slug> = translated.map(|feed| feed.feed.slug.clone()).collect();
    let assembly = |agenda, edition| {
        let shared = Shared {
            urls: urls.clone(),
            style: style.path.clone(),
            translated: translated.clone(),
        };
        Arc::new(Assembly::of(agenda, shared, known(edition)))
    };
    let editions = Editions {
        english: in_english.map(|agenda| assembly(agenda, Edition::English)),
        original: assembly(agenda, Edition::Original),
    };
    let mut documents = Documents {
        documents: vec![Arc::new(style)],
        events: Vec::new(),
        gone: BTreeSet::new(),
        moved: BTreeMap::new(),
        former_feeds: former_feeds(&editions.original.agenda),
        gone_feeds: gone_feeds(&editions.original.agenda),
        notes: editions.original.renderer().notes(),
        errors: editions.original.renderer().errors(),
        editions: editions.clone(),
    };
    editions.iter().for_each(|assembly| documents.add(assembly, gone));
    documents.documents.extend(site::documents(&editions).map(Arc::new));
    documents
}

impl Documents {
    /// What is at the addresses of one edition.
    fn add(&mut self, assembly: &Assembly, gone: &[Slug]) {
        let (agenda, renderer) = (&assembly.agenda, assembly.renderer());
        self.documents.push(Arc::new(renderer.overview(&assembly.feeds)));
        self.documents
            .extend(assembly.feeds.iter().flat_map(|feed| feed.documents.iter().cloned()));
        let edition = agenda.site.edition;
        let is_told_here = |event: &Event| event.page_edition == edition;
        let former = agenda.events.iter().flat_map(|entry| {
            let event = &entry.published.event;
            entry.former_pages().map(|one| urls::series_date(event, one.date))
        });
        self.gone.extend(former.chain(gone.iter().map(|slug| urls::former(slug, edition))));
        self.moved.extend(moved(agenda));
        // What was deleted has no page, and another event may have its slug.
        let events = assembly.events.iter().filter(|event| !event.documents.is_empty());
        self.events.extend(events.filter(|event| is_told_here(event.event())).cloned());
    }
}

impl Assembly {
    /// What everything was rendered from.
    #[must_use]
    pub fn agenda(&self) -> &Agenda {
        &self.agenda
    }

    fn events(&self) -> &[Arc<Rendered>] {
        &self.events
    }

    /// Where the site stands.
    #[must_use]
    pub fn urls(&self) -> &Urls {
        &self.shared.urls
    }

    /// How many past events, the oldest first, the calendar of a feed leaves out.
    #[must_use]
    pub fn left_out(&self, feed: &FeedAgenda) -> usize {
        self.renderer().fit(feed).left_out
    }

    fn of(agenda: Agenda, shared: Shared, earlier: Option<&Self>) -> Self {
        let earlier = earlier.filter(|earlier| earlier.is_for(&agenda, &shared));
        let events = rendered::events(&agenda, &Context::of(&agenda, &shared), earlier);
        let mut assembly = Self { agenda, events, feeds: Vec::new(), shared };
        assembly.feeds = assembly.bundles(earlier);
        assembly
    }

    /// The documents of all feeds; an `earlier` assembly has the same feeds.
    fn bundles(&self, earlier: Option<&Self>) -> Vec<Arc<Bundle>> {
        let renderer = self.renderer();
        let feeds: Vec<_> = self.agenda.feeds.iter().enumerate().collect();
        parallel::each(&feeds, |&(at, feed)| {
            renderer.bundle(feed, earlier.and_then(|earlier| earlier.feeds.get(at)))
        })
    }

    fn renderer(&self) -> Renderer<'_> {
        let Self { agenda, events, shared, .. } = self;
        Renderer { agenda, events, urls: &shared.urls, context: Context::of(agenda, shared) }
    }

    /// Claims that what all pages of an agenda share is as it was here.
    fn is_for(&self, agenda: &Agenda, shared: &Shared) -> bool {
        let feeds =
            |agenda: &Agenda| agenda.feeds.iter().map(|feed| feed.feed.clone()).collect::<Vec<_>>();
        self.agenda.site == agenda.site
            && feeds(&self.agenda) == feeds(agenda)
            && self.shared == *shared
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

fn gone_feeds(agenda: &Agenda) -> BTreeSet<String> {
    let slugs = agenda.ended.iter().flat_map(|feed| feed.former_slugs.iter().chain([&feed.slug]));
    slugs.map(ToString::to_string).collect()
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
        former_slugs.iter().flat_map(move |former| {
            let dates = entry.pages().map(|one| one.date);
            let page = urls::former(former, event.page_edition);
            let before = page.clone();
            let dates =
                dates.map(move |date| (format!("{before}/{date}"), urls::series_date(event, date)));
            let own = event.files().filter_map(FileSource::own);
            let files = own.map(move |file| {
                (urls::former_file(former, &file.name), urls::file(event, &file.name))
            });
            files.chain(dates).chain([(page, urls::series(event))])
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
    fn overview(&self, bundles: &[Arc<Bundle>]) -> Document {
        let feeds = self.agenda.feeds.iter().zip(bundles);
        let everything = feeds.into_iter().find(|(feed, _)| feed.feed.slug.as_str() == Slug::ALL);
        let modified = everything.map_or(self.agenda.since, |(feed, _)| feed.modified);
        let listing = everything.map(|(_, bundle)| &bundle.listing);
        let page = html::overview(self.agenda, listing, &self.context);
        let path = urls::home(self.agenda.site.edition);
        Document::new(path, MediaType::Html, modified, page)
    }

    fn errors(&self) -> ErrorPages {
        let words = &self.context.locale().errors;
        let page = |error| html::error_page(error, &self.context);
        ErrorPages {
            not_found: page(&words.not_found),
            gone: page(&words.gone),
            method_not_allowed: page(&words.method_not_allowed),
        }
    }
}

/// The style sheet, under a name that changes with its content.
fn style(agenda: &Agenda) -> Document {
    let hash = hex(&Sha256::digest(html::STYLE)[..6]);
    let path = urls::asset("style", &hash, "css");
    Document::new(path, MediaType::Css, agenda.since, html::STYLE.to_owned())
}
