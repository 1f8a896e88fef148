//! The agenda as documents: each vocabulary in one file or folder, behind one door.
//!
//! In: an [`Agenda`] and where the site stands. Out: [`Document`]s. Pure and infallible; writes no
//! timestamp of its own and no random id. Each event is rendered once per format, and feeds are put
//! together from these fragments.

mod change_log;
mod changes;
mod dates;
mod facts;
mod html;
mod icalendar;
mod json_feed;
mod json_ld;
mod markdown;
mod repetition;
mod rss;
mod text;
pub mod urls;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use crate::model::{Event, Published, Recurrence, Slug};
use crate::occurrence::{Agenda, Entry, FeedAgenda, Occurrence, published_on};
pub use changes::history;
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
    /// `application/feed+json`
    JsonFeed,
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
    rss: Vec<rss::Fragment>,
    json_ld: json_ld::Fragment,
    card: html::Markup,
    /// Its changes, oldest first.
    log: Vec<change_log::Fragment>,
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
    /// The words of answers that are no document.
    pub errors: ErrorPages,
}

/// Renders everything that the public may see.
#[must_use]
pub fn render(agenda: &Agenda, gone: &[Slug], urls: &Urls) -> Documents {
    let style = style(agenda);
    let context = Context { site: &agenda.site, urls, style: &style.path };
    let fragments = agenda.events.iter().map(|entry| Fragments::of(entry, agenda, &context));
    let renderer = Renderer { agenda, fragments: fragments.collect(), urls, context };
    let mut documents = vec![renderer.overview()];
    documents.extend(agenda.feeds.iter().flat_map(|feed| renderer.feed(feed)));
    documents.extend(agenda.feeds.iter().flat_map(|feed| renderer.change_log(feed)));
    documents.extend((0..agenda.events.len()).flat_map(|index| renderer.event(index)));
    let errors = renderer.errors();
    documents.push(style);
    let former = agenda.events.iter().flat_map(|entry| {
        let slug = &entry.published.event.slug;
        entry.former_pages().map(|one| urls::series_date(slug, one.date))
    });
    let gone = former.chain(gone.iter().map(urls::series)).collect();
    Documents { documents, gone, moved: moved(agenda), errors }
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
            rss: rss::fragments(&agenda.site, entry, context.urls),
            json_ld: json_ld::fragment(entry, context.urls),
            card: html::card(entry, agenda.now, context),
            log: change_log::fragments(&agenda.site, &entry.published, context),
        }
    }
}

struct Renderer<'a> {
    agenda: &'a Agenda,
    fragments: Vec<Fragments>,
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
            modified: everything.map_or(self.agenda.since, |feed| feed.modified),
            attachment: None,
            body: html::overview(self.agenda, &self.cards(), &self.context),
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
        let rss: Vec<_> = newest.iter().flat_map(|&at| &self.fragments[at].rss).collect();
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
                html::feed_page(self.agenda, feed, &self.cards(), &self.context),
            ),
            document(
                urls::feed_as(slug, Suffix::Ics),
                MediaType::Calendar,
                icalendar::feed(site, &feed.feed, modified, &calendar, self.urls),
            ),
            document(
                urls::feed_as(slug, Suffix::Rss),
                MediaType::Rss,
                rss::feed(site, &feed.feed, modified, rss, self.urls),
            ),
            document(
                urls::feed_as(slug, Suffix::JsonLd),
                MediaType::JsonLd,
                json_ld::feed(site, &feed.feed, modified, &json_ld, self.urls),
            ),
        ]
    }

    fn change_log(&self, feed: &FeedAgenda) -> Vec<Document> {
        let changes: Vec<_> = feed.members.iter().flat_map(|&at| &self.fragments[at].log).collect();
        change_log::documents(&self.agenda.site, feed, changes, &self.context)
    }

    fn cards(&self) -> Vec<&html::Markup> {
        self.fragments.iter().map(|fragments| &fragments.card).collect()
    }

    /// The event, and the dates of a series that have pages of their own.
    fn event(&self, index: usize) -> Vec<Document> {
        let entry = &self.agenda.events[index];
        if !entry.is_page() {
            return Vec::new();
        }
        let event = &entry.published.event;
        let fragments = &self.fragments[index];
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

    fn newest_first(&self, feed: &FeedAgenda) -> Vec<usize> {
        let mut members = feed.members.clone();
        members.sort_by_cached_key(|&at| {
            let Published { event, revision, .. } = &self.agenda.events[at].published;
            (std::cmp::Reverse(revision.created), event.uid.clone())
        });
        members
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
    let document = |path, media_type, attachment, body| Document {
        path,
        media_type,
        modified,
        attachment,
        body,
    };
    let name = match event.recurrence {
        Recurrence::Date(date) => format!("{}-{date}.ics", event.slug),
        Recurrence::Once | Recurrence::Series(_) => format!("{}.ics", event.slug),
    };
    let as_calendar = urls::event_as(event, Suffix::Ics);
    let as_data = urls::event_as(event, Suffix::JsonLd);
    [
        document(urls::event(event), MediaType::Html, None, page),
        document(as_calendar, MediaType::Calendar, Some(name), calendar),
        document(as_data, MediaType::JsonLd, None, json_ld),
    ]
}

/// The style sheet, under a name that changes with its content.
fn style(agenda: &Agenda) -> Document {
    let hash = hex(&Sha256::digest(html::STYLE)[..6]);
    Document {
        path: urls::asset("style", &hash, "css"),
        media_type: MediaType::Css,
        modified: agenda.since,
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
