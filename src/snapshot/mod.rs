//! Documents to resources: bytes with their entity tags and headers, ready to be handed out.
//!
//! In: finished documents. Out: a [`Snapshot`], which never changes. Knows no event.

pub mod headers;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use ::headers::ETag;
use hyper::HeaderMap;

use crate::index::Index;
use crate::model::{Edition, Slug};
use crate::parallel;
use crate::render::urls::{self, Suffix};
use crate::render::{
    Body, Document, Documents, Editions, ErrorPages, Filter, MediaType, Rendered, system_time,
};
use headers::Own;

/// How many answers to queries are kept.
const MOST_ANSWERS: usize = 100;

/// Everything that is served, at one state of the definitions.
#[derive(Debug)]
pub struct Snapshot {
    /// By path, but for those of events.
    resources: Index<Arc<str>, Arc<Resource>>,
    /// Those of events in their own words, and in English, by slug.
    events: [Index<Arc<str>, Arc<Shelf>>; 2],
    /// Paths of pages that are gone for good.
    gone: BTreeSet<String>,
    /// Former paths of pages, and their paths of today.
    moved: BTreeMap<String, String>,
    /// Former slugs of feeds, and their slugs of today.
    former_feeds: BTreeMap<String, String>,
    /// Slugs of feeds that are gone for good.
    gone_feeds: BTreeSet<String>,
    /// The path of the site's root, which a proxy may leave before every path.
    prefix: String,
    /// What answers to queries are put together from, and the newest of these answers.
    editions: Editions,
    answers: Mutex<BTreeMap<String, Arc<Resource>>>,
    /// Pages for answers that are no document.
    pub errors: ErrorPages,
}

/// The feed and the format that a path names.
#[derive(Clone, Debug)]
pub struct FeedPath {
    /// Its slug.
    pub slug: Slug,
    /// In which words.
    pub edition: Edition,
    /// The format; the page where there is none.
    pub suffix: Option<Suffix>,
}

/// What is at the addresses of an event.
#[derive(Debug)]
struct Shelf {
    event: Arc<Rendered>,
    resources: Vec<Resource>,
}

/// One document and its validators.
#[derive(Debug)]
pub struct Resource {
    document: Arc<Document>,
    /// The headers that are its own.
    headers: Own,
}

impl Resource {
    fn of(document: Arc<Document>) -> Self {
        Self { headers: Own::of(&document), document }
    }

    /// The strong validator (RFC 9110 §8.8.3).
    #[must_use]
    pub fn etag(&self) -> &ETag {
        &self.headers.etag
    }

    /// The weak validator (RFC 9110 §8.8.2).
    #[must_use]
    pub fn modified(&self) -> SystemTime {
        system_time(self.document.modified)
    }

    /// What it is.
    #[must_use]
    pub fn media_type(&self) -> MediaType {
        self.document.media_type
    }

    /// The content.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.document.body
    }

    /// All headers of a 200 (RFC 9110 §15.3.1) but Date.
    #[must_use]
    pub fn ok_headers(&self) -> HeaderMap {
        headers::ok(self.media_type(), &self.headers)
    }

    /// All headers of a 304 (RFC 9110 §15.4.5) but Date.
    #[must_use]
    pub fn not_modified_headers(&self) -> HeaderMap {
        headers::not_modified(self.media_type(), &self.headers)
    }
}

impl Snapshot {
    /// The resource at `path`, with or without the path of the site's root before it.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Resource> {
        let inner = self.inner(path);
        // Thunderbird drops its validators at a redirect: feeds and files are served where they were.
        self.at(path).or_else(|| self.at(&inner)).or_else(|| {
            let (page, suffix) = inner.rsplit_once('.')?;
            let file = self.moved.get(&*inner).and_then(|file| self.at(file));
            file.or_else(|| self.at(&format!("{}.{suffix}", self.moved.get(page)?)))
        })
    }

    /// The resource at exactly this path.
    fn at(&self, path: &str) -> Option<&Resource> {
        let (edition, inner) = urls::parse_edition(path);
        let Some(slug) = urls::event_slug(inner) else {
            return self.resources.get(path).map(|resource| &**resource);
        };
        self.events[edition as usize]
            .get(slug)?
            .resources
            .iter()
            .find(|resource| resource.document.path == path)
    }

    /// Where the page is that was at `path` before (RFC 9110 §15.4.9).
    #[must_use]
    pub fn moved(&self, path: &str, query: Option<&str>) -> Option<String> {
        let page = self.moved.get(&*self.inner(path))?;
        Some(self.location(page, query))
    }

    /// The feed and the format that `path` names, where it names one.
    #[must_use]
    pub fn feed_at(&self, path: &str) -> Option<FeedPath> {
        let inner = self.inner(path);
        let (edition, inner) = urls::parse_edition(&inner);
        let (slug, suffix) = urls::parse_feed(inner)?;
        Some(FeedPath { slug, edition, suffix })
    }

    /// The part of a feed that `filter` asks for; `None` where there is no such feed.
    #[must_use]
    pub fn filtered(&self, feed: &FeedPath, filter: &Filter) -> Option<Arc<Resource>> {
        let key = format!("{feed:?} {} {}", filter.canonical, filter.is_explained);
        let answers = || self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = answers().get(&key) {
            return Some(Arc::clone(known));
        }
        let FeedPath { slug, edition, suffix } = feed;
        let answer = self.editions.get(*edition)?.filtered(slug, *suffix, filter)?;
        let answer = Arc::new(Resource::of(Arc::new(answer)));
        let mut answers = answers();
        if answers.len() >= MOST_ANSWERS {
            answers.clear();
        }
        answers.insert(key, Arc::clone(&answer));
        Some(answer)
    }

    /// Claims that there was something at `path`, and that it is gone for good (RFC 9110 §15.5.11).
    #[must_use]
    pub fn is_gone(&self, path: &str) -> bool {
        let inner = self.inner(path);
        let form = inner.rsplit_once('.').map_or(&*inner, |(page, _)| page);
        let page = urls::page_of_file(&inner).unwrap_or(form);
        let feed = urls::feed_slug(urls::parse_edition(&inner).1);
        self.gone.contains(page) || feed.is_some_and(|slug| self.gone_feeds.contains(slug))
    }

    /// Where the resource is that `path` names with a slash too many at its end.
    #[must_use]
    pub fn without_slash(&self, path: &str, query: Option<&str>) -> Option<String> {
        let inner = self.inner(path);
        let trimmed = inner.strip_suffix('/').filter(|path| self.at(path).is_some());
        // The overview in English is the only page below the root whose path ends in a slash.
        let home = urls::home(Edition::English);
        let is_home = home.strip_suffix('/') == Some(&*inner) && self.at(&home).is_some();
        let path = trimmed.or(is_home.then_some(&home))?;
        Some(self.location(path, query))
    }

    fn location(&self, path: &str, query: Option<&str>) -> String {
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        format!("{}{path}{query}", self.prefix)
    }

    /// `path` below the path of the site's root, where a former name of a feed is its name of today.
    fn inner<'a>(&self, path: &'a str) -> Cow<'a, str> {
        let inner = match path.strip_prefix(&self.prefix) {
            Some("") => "/",
            Some(inner) => inner,
            None => path,
        };
        let (edition, page) = urls::parse_edition(inner);
        match urls::feed_slug(page).and_then(|slug| Some((slug, self.former_feeds.get(slug)?))) {
            Some((former, slug)) => {
                let path = format!("/feeds/{slug}{}", &page["/feeds/".len() + former.len()..]);
                Cow::Owned(urls::in_edition(&path, edition))
            }
            None => Cow::Borrowed(inner),
        }
    }

    /// What it was put together from.
    #[must_use]
    pub fn editions(&self) -> &Editions {
        &self.editions
    }

    /// All paths with their resources, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Resource)> {
        let of_events =
            self.events.iter().flat_map(Index::values).flat_map(|shelf| &shelf.resources);
        let all = self.resources.values().map(|resource| &**resource).chain(of_events);
        let mut all: Vec<_> = all.map(|one| (one.document.path.as_str(), one)).collect();
        all.sort_by_key(|(path, _)| *path);
        all.into_iter()
    }
}

/// Freezes documents; `prefix` is the path of the site's root. What was frozen `earlier` stays as it was.
#[must_use]
pub fn freeze(documents: Documents, prefix: &str, earlier: Option<&Snapshot>) -> Snapshot {
    let Documents {
        documents,
        events,
        gone,
        moved,
        former_feeds,
        gone_feeds,
        errors,
        editions,
        ..
    } = documents;
    let resource = |document: &Arc<Document>| {
        let known = earlier.and_then(|earlier| earlier.resources.get(&*document.path));
        match known.filter(|known| Arc::ptr_eq(&known.document, document)) {
            Some(known) => (document.path.as_str().into(), Arc::clone(known)),
            None => (document.path.as_str().into(), Arc::new(Resource::of(Arc::clone(document)))),
        }
    };
    let shelf = |event: &Arc<Rendered>| {
        let edition = event.event().page_edition as usize;
        let known = earlier.and_then(|earlier| earlier.events[edition].get(event.slug().as_str()));
        match known.filter(|known| Arc::ptr_eq(&known.event, event)) {
            Some(known) => (event.slug().shared(), Arc::clone(known)),
            None => (event.slug().shared(), Arc::new(Shelf::of(event))),
        }
    };
    let shelves = parallel::map(&events, shelf).into_iter();
    let (original, english): (Vec<_>, Vec<_>) =
        shelves.partition(|(_, shelf)| shelf.event.event().page_edition == Edition::Original);
    Snapshot {
        resources: parallel::map(&documents, resource).into_iter().collect(),
        events: [original, english].map(|shelves| shelves.into_iter().collect()),
        gone,
        moved,
        former_feeds,
        gone_feeds,
        prefix: prefix.to_owned(),
        editions,
        answers: Mutex::default(),
        errors,
    }
}

impl Shelf {
    fn of(event: &Arc<Rendered>) -> Self {
        let resources = event.documents.iter().map(|document| Resource::of(Arc::clone(document)));
        Self { event: Arc::clone(event), resources: resources.collect() }
    }
}
