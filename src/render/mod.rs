//! Renders the schedule: each format is a file or folder of its own, behind the table in `formats`.
//!
//! It takes the schedule and the site's URLs, and returns [`Documents`]. It is pure and cannot fail, and writes no
//! timestamp of its own and no random id, so that two replicas agree byte for byte. Each event is rendered once in all
//! formats and kept in the [`EventMemo`], and so are the archives of feeds; feeds, lists, the sitemap and the catalogue are assembled anew at each reload
//! from its segments. That is a copy of references, and cheap. Feeds and lists were once kept between reloads, too, and
//! found again by comparing pointers through the rooms; a memo whose keys are digests of content has replaced that.

mod atom;
mod body;
mod catalog;
mod context;
mod csv;
mod document;
mod event_documents;
mod event_text;
mod feed_documents;
mod filter;
mod formats;
mod html;
mod icalendar;
mod item;
mod json;
mod json_feed;
mod json_ld;
mod link;
mod media_type;
mod memo;
mod paging;
mod retirement;
mod rss;
mod segment;
mod site;
mod size;
mod slab;
mod syndicated;
mod variant;
mod vocabulary;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use chrono::NaiveDate;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::IndexMap;
use crate::model::{Note, Slug, hex};
use crate::recurrence::Occurrence;
use crate::route::{Format, Route, Urls, Variant};
use crate::schedule::{Entry, Schedule};
pub(crate) use crate::text::changes::history;
pub(crate) use crate::text::dates::{http_date, system_time};
pub(crate) use body::Content;
use body::{Body, SharedBytes};
use context::Context;
pub(crate) use document::{Document, ErrorPages};
use event_documents::{EventDocuments, occurrence_documents};
pub(crate) use event_text::EventText;
use feed_documents::FeedDocuments;
pub(crate) use filter::Filter;
use html::Listing;
pub(crate) use html::content as html_content;
use item::Item;
pub use media_type::MediaType;
pub(crate) use memo::EventMemo;
use retirement::{Notice, describe_retired};
use segment::{EventOutput, EventView, Member, Segment};
use syndicated::Syndicated;
use variant::SiteVariant;
pub(crate) use variant::{EventVariant, FeedVariant};

/// The functions that write a format.
enum Writer {
    /// The format has an entry for each event, and all of a feed's entries are in one document.
    Entries {
        event: fn(&EventView<'_>) -> EventOutput,
        feed: fn(&FeedVariant, &[Member<'_>], &Context) -> Body,
        /// Renders the notice of a feed that has ended.
        end: fn(&Notice<'_>, &Context) -> Vec<Segment>,
    },
    /// The format has an item for each event and for each of its changes, the newest first; older items are in
    /// archives (RFC 5005 §4).
    Items {
        item: fn(&Item<'_>, &Context) -> Body,
        feed: fn(&Syndicated<'_>, &[&SharedBytes], &Context) -> Body,
    },
}

/// Returns the functions that write a format.
fn writer(format: Format) -> Writer {
    match format {
        Format::Ics => {
            Writer::Entries { event: icalendar::event, feed: icalendar::feed, end: icalendar::end }
        }
        Format::Rss => Writer::Items { item: rss::item, feed: rss::feed },
        Format::Atom => Writer::Items { item: atom::item, feed: atom::feed },
        Format::Json => Writer::Items { item: json_feed::item, feed: json_feed::feed },
        Format::JsonLd => {
            Writer::Entries { event: json_ld::event, feed: json_ld::feed, end: json_ld::end }
        }
        Format::Csv => Writer::Entries { event: csv::event, feed: csv::feed, end: csv::end },
    }
}

/// All public documents.
#[derive(Debug)]
pub(crate) struct Documents {
    /// All documents but those of the dates of series.
    // Those are made on request: 50 daily series without end were 113,762 documents, 446 MB.
    pub documents: Vec<Arc<Document>>,
    /// The former slugs of events that have pages, with their slugs of today.
    pub former_events: IndexMap<Slug, Slug>,
    /// The former slugs of feeds, with their slugs of today.
    pub former_feeds: IndexMap<Slug, Slug>,
    /// The slugs of feeds that are gone for good, former slugs included.
    pub gone_feeds: BTreeSet<Slug>,
    /// The messages for the administrator.
    pub notes: Vec<Note>,
    /// The pages of error responses.
    pub errors: ErrorPages,
    /// The source of filtered feeds and of the documents of dates, which are made on request.
    pub variants: Variants,
}

/// The published site in each of its language variants.
#[derive(Clone, Debug)]
pub(crate) struct Variants {
    /// The site as its authors wrote it.
    pub original: Arc<Assembly>,
    /// The English variant, if anything is translated.
    pub english: Option<Arc<Assembly>>,
}

impl Variants {
    /// Returns the language variants, the original first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Assembly> {
        [Some(&self.original), self.english.as_ref()].into_iter().flatten().map(|one| &**one)
    }

    /// Returns a language variant; `None` if there is no English one.
    #[must_use]
    pub(crate) fn get(&self, variant: Variant) -> Option<&Assembly> {
        match variant {
            Variant::Original => Some(&self.original),
            Variant::English => self.english.as_deref(),
        }
    }
}

/// The rendered events of a language variant, with all that its feeds are assembled from.
pub(crate) struct Assembly {
    context: Context,
    /// The events of the schedule, in its order.
    events: Vec<Arc<EventDocuments>>,
    /// The series by slug, as indices into the events. A deleted one is here only if no other has its slug.
    series: IndexMap<Slug, usize>,
}

impl fmt::Debug for Assembly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Assembly of {} events", self.events.len())
    }
}

/// Renders the public documents of a schedule. Events that the memo holds are not rendered again; afterwards it holds
/// the events and archives of this schedule and no others.
#[must_use]
pub(crate) fn render(schedule: Schedule, urls: &Urls, memo: &mut EventMemo) -> Documents {
    let schedule = Arc::new(schedule);
    let style = style(&schedule);
    let english = SiteVariant::english(&schedule);
    let translated = english.iter().flat_map(|site| &site.feeds);
    let translated = Arc::new(translated.map(|part| part.feed.slug.clone()).collect());
    let used = schedule.events.iter().map(|entry| entry.published.event.time.zone());
    // One frame with its VTIMEZONE for each zone serves the files of all events in it.
    let frames = Arc::new(icalendar::frames(used, &schedule.zones));
    let assembly = |mut site: SiteVariant| {
        describe_retired(&mut site.feeds, urls);
        let context = Context::of(site, &schedule, urls, &style.route, &translated, &frames);
        let events = memo.of_schedule(&context);
        Arc::new(Assembly::of(context, events))
    };
    let variants = Variants {
        original: assembly(SiteVariant::original(&schedule)),
        english: english.map(assembly),
    };
    let mut built = Built { documents: vec![Arc::new(style)], ..Built::default() };
    variants.iter().for_each(|variant| variant.add_to(&mut built, memo));
    let Built { mut documents, archives, mut notes } = built;
    let events = variants.iter().flat_map(|variant| &variant.events);
    notes.extend(size::note(events.map(|event| (&event.event.event().slug, event.size))));
    *memo = EventMemo::of(variants.iter().map(|one| one.events.as_slice()), archives.into_iter());
    documents.extend(site::documents(&variants).map(Arc::new));
    Documents {
        documents,
        former_events: former_events(&schedule),
        former_feeds: former_feeds(&schedule),
        gone_feeds: gone_feeds(&schedule),
        notes,
        errors: variants.original.errors(),
        variants,
    }
}

/// The documents of all language variants while they are collected.
#[derive(Default)]
struct Built {
    documents: Vec<Arc<Document>>,
    archives: Vec<(u128, Arc<Document>)>,
    notes: Vec<Note>,
}

impl Assembly {
    fn of(context: Context, events: Vec<Arc<EventDocuments>>) -> Self {
        let series =
            context.schedule.events.iter().zip(0..).filter(|(one, _)| !one.occurrences.is_empty());
        // A new series may have the slug of a deleted one: the later insertion, that with a page, wins.
        let (pages, others): (Vec<_>, Vec<_>) = series.partition(|(one, _)| one.has_own_page());
        let slug = |(entry, at): (&Arc<Entry>, usize)| (entry.published.event.slug.clone(), at);
        let series = others.into_iter().chain(pages).map(slug).collect();
        Self { context, events, series }
    }

    /// Adds all documents of this variant but those of the dates of series.
    fn add_to(&self, built: &mut Built, memo: &EventMemo) {
        let feeds = self.context.feeds.par_iter().map(|part| self.feed_documents(part, memo));
        let feeds: Vec<FeedDocuments> = feeds.collect();
        let mut listings = self.context.feeds.iter().zip(&feeds);
        let everything = listings.find(|(part, _)| part.feed.slug.as_str() == Slug::ALL);
        let overview = self.overview(everything.map(|(part, feed)| (part, &feed.listing)));
        built.documents.push(Arc::new(overview));
        for FeedDocuments { documents, archives, note, .. } in feeds {
            built.documents.extend(documents.into_iter().map(Arc::new));
            built.documents.extend(archives.iter().map(|(_, archive)| Arc::clone(archive)));
            built.archives.extend(archives);
            // Both variants of a feed hold the same events; one message is enough.
            built.notes.extend(note.filter(|_| self.context.variant == Variant::Original));
        }
        let of_events = self.events.iter().flat_map(|event| &event.documents);
        built.documents.extend(of_events.cloned());
    }

    /// Renders the overview. It lists all events, and was modified when the feed of everything was.
    fn overview(&self, everything: Option<(&FeedVariant, &Listing)>) -> Document {
        let modified = everything.map_or(self.context.schedule.since, |(part, _)| part.modified);
        let page = html::overview(everything.map(|(_, listing)| listing), &self.context);
        Document::new(Route::Home(self.context.variant), MediaType::Html, modified, page)
    }

    fn errors(&self) -> ErrorPages {
        let messages = &self.context.locale.errors;
        let page = |error| Bytes::from(html::error_page(error, &self.context));
        ErrorPages {
            not_found: page(&messages.not_found),
            gone: page(&messages.gone),
            method_not_allowed: page(&messages.method_not_allowed),
        }
    }

    /// Returns the schedule that this was rendered from.
    #[must_use]
    pub(crate) fn schedule(&self) -> &Schedule {
        &self.context.schedule
    }

    /// Returns the language variant.
    #[must_use]
    pub(crate) fn variant(&self) -> Variant {
        self.context.variant
    }

    /// Returns the feeds in this language variant.
    #[must_use]
    pub(crate) fn feeds(&self) -> &[FeedVariant] {
        &self.context.feeds
    }

    /// Returns the events in this language variant, in the order of the schedule.
    pub(crate) fn events(&self) -> impl Iterator<Item = &EventVariant> {
        self.events.iter().map(|event| &event.event)
    }

    /// Returns the URLs of the site.
    #[must_use]
    pub(crate) fn urls(&self) -> &Urls {
        &self.context.urls
    }

    /// Returns how many past events, the oldest first, the calendar of a feed leaves out.
    #[must_use]
    pub(crate) fn left_out(&self, part: &FeedVariant) -> usize {
        icalendar::fit(&self.members(part, Format::Ics)).left_out
    }

    /// Renders the page of one date of a series and its documents in other formats. `date` is the local day for which
    /// the date was planned; `None` if no such date has a page.
    // The planned day is the address, since it stays the same when the date is moved.
    #[must_use]
    pub(crate) fn date(&self, event: &Slug, date: NaiveDate) -> Option<Vec<Document>> {
        let entry = self.series(event)?;
        let date = entry.pages().find(|one| one.date == date)?;
        Some(occurrence_documents(entry, date, &self.context))
    }

    /// Returns whether the date of a series that was planned for this local day had a page that is gone for good.
    #[must_use]
    pub(crate) fn is_former_date(&self, event: &Slug, date: NaiveDate) -> bool {
        let is_it = |one: &Occurrence| one.date == date;
        self.series(event).is_some_and(|entry| entry.former_pages().any(is_it))
    }

    /// Returns the series with this slug if its page is in this language variant.
    fn series(&self, slug: &Slug) -> Option<&Entry> {
        let &at = self.series.get(slug)?;
        let is_here = self.events[at].event.page == self.context.variant;
        is_here.then(|| &*self.context.schedule.events[at])
    }

    /// Returns the routes of the pages of all dates of series.
    pub(crate) fn dates(&self) -> impl Iterator<Item = Route> {
        let entries = self.context.schedule.events.iter().zip(&self.events);
        let here = entries.filter(|(_, event)| event.event.page == self.context.variant);
        here.flat_map(|(entry, event)| entry.pages().map(|one| event.event.date_route(one.date)))
    }
}

fn gone_feeds(schedule: &Schedule) -> BTreeSet<Slug> {
    schedule
        .ended
        .iter()
        .flat_map(|feed| feed.former_slugs.iter().chain([&feed.slug]))
        .cloned()
        .collect()
}

fn former_feeds(schedule: &Schedule) -> IndexMap<Slug, Slug> {
    let feeds = schedule.feeds.iter().map(|feed| &feed.feed);
    let former = feeds.flat_map(|feed| {
        feed.former_slugs.iter().map(|former| (former.clone(), feed.slug.clone()))
    });
    former.collect()
}

fn former_events(schedule: &Schedule) -> IndexMap<Slug, Slug> {
    let pages =
        schedule.events.iter().filter(|entry| entry.has_own_page()).map(|entry| &entry.published);
    let former = pages.flat_map(|one| {
        one.former_slugs.iter().map(|former| (former.clone(), one.event.slug.clone()))
    });
    former.collect()
}

/// Renders the style sheet, under a name that changes with its content.
// Answers to its path are immutable for a year: another style sheet needs another path.
fn style(schedule: &Schedule) -> Document {
    let hash = hex(&Sha256::digest(html::STYLE)[..6]);
    let route = Route::Asset(format!("style.{hash}.css"));
    Document::new(route, MediaType::Css, schedule.since, html::STYLE)
}
