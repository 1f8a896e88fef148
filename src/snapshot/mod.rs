//! Documents to resources: bytes with their entity tags and headers, ready to be handed out.
//!
//! In: finished documents. Out: a [`Snapshot`], which never changes. Knows no event.

pub mod headers;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use ::headers::ETag;
use chrono::{DateTime, Utc};
use hyper::HeaderMap;
use hyper::body::Bytes;
use sha2::{Digest, Sha256};

use crate::model::Slug;
use crate::render::urls::{self, Suffix};
use crate::render::{Assembly, Document, Documents, ErrorPages, Filter, MediaType, hex};

/// How many answers to queries are kept.
const MOST_ANSWERS: usize = 100;

/// Everything that is served, at one state of the definitions.
#[derive(Debug)]
pub struct Snapshot {
    resources: BTreeMap<String, Resource>,
    /// Paths of pages that are gone for good.
    gone: BTreeSet<String>,
    /// Former paths of pages, and their paths of today.
    moved: BTreeMap<String, String>,
    /// Former slugs of feeds, and their slugs of today.
    former_feeds: BTreeMap<String, String>,
    /// The path of the site's root, which a proxy may leave before every path.
    prefix: String,
    /// What answers to queries are put together from, and the newest of these answers.
    assembly: Assembly,
    answers: Mutex<BTreeMap<String, Arc<Resource>>>,
    /// Pages for answers that are no document.
    pub errors: ErrorPages,
}

/// One document as bytes.
#[derive(Debug)]
pub struct Resource {
    /// What it is.
    pub media_type: MediaType,
    /// All headers of a 200 (RFC 9110 §15.3.1) but Date.
    pub ok_headers: HeaderMap,
    /// All headers of a 304 (RFC 9110 §15.4.5) but Date.
    pub not_modified_headers: HeaderMap,
    /// The strong validator (RFC 9110 §8.8.3).
    pub etag: ETag,
    /// The weak validator (RFC 9110 §8.8.2).
    pub modified: SystemTime,
    /// The content.
    pub body: Bytes,
}

impl Snapshot {
    /// The resource at `path`, with or without the path of the site's root before it.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Resource> {
        let inner = self.inner(path);
        let found = self.resources.get(path).or_else(|| self.resources.get(&*inner));
        // Thunderbird drops its validators at a redirect: feeds and files are served where they were.
        found.or_else(|| {
            let (page, suffix) = inner.rsplit_once('.')?;
            self.resources.get(&format!("{}.{suffix}", self.moved.get(page)?))
        })
    }

    /// Where the page is that was at `path` before (RFC 9110 §15.4.9).
    #[must_use]
    pub fn moved(&self, path: &str, query: Option<&str>) -> Option<String> {
        let page = self.moved.get(&*self.inner(path))?;
        Some(self.location(page, query))
    }

    /// The feed and the format that `path` names, where it names one.
    #[must_use]
    pub fn feed_at(&self, path: &str) -> Option<(Slug, Option<Suffix>)> {
        urls::parse_feed(&self.inner(path))
    }

    /// The part of a feed that `filter` asks for; `None` where there is no such feed.
    #[must_use]
    pub fn filtered(
        &self,
        feed: &Slug,
        suffix: Option<Suffix>,
        filter: &Filter,
    ) -> Option<Arc<Resource>> {
        let key = format!("{feed} {suffix:?} {} {}", filter.canonical, filter.is_explained);
        let answers = || self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = answers().get(&key) {
            return Some(Arc::clone(known));
        }
        let answer = Arc::new(resource(self.assembly.filtered(feed, suffix, filter)?));
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
        let page = inner.rsplit_once('.').map_or(&*inner, |(page, _)| page);
        self.gone.contains(page)
    }

    /// Where the resource is that `path` names with a slash too many at its end.
    #[must_use]
    pub fn without_slash(&self, path: &str, query: Option<&str>) -> Option<String> {
        let inner = self.inner(path);
        let trimmed = inner.strip_suffix('/').filter(|path| self.resources.contains_key(*path))?;
        Some(self.location(trimmed, query))
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
        match urls::feed_slug(inner).and_then(|slug| Some((slug, self.former_feeds.get(slug)?))) {
            Some((former, slug)) => {
                Cow::Owned(format!("/feeds/{slug}{}", &inner["/feeds/".len() + former.len()..]))
            }
            None => Cow::Borrowed(inner),
        }
    }

    /// What it was put together from.
    #[must_use]
    pub fn assembly(&self) -> &Assembly {
        &self.assembly
    }

    /// All paths with their resources, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Resource)> {
        self.resources.iter().map(|(path, resource)| (path.as_str(), resource))
    }
}

/// Freezes documents; `prefix` is the path of the site's root.
#[must_use]
pub fn freeze(documents: Documents, prefix: &str) -> Snapshot {
    let Documents { documents, gone, moved, former_feeds, errors, assembly, .. } = documents;
    let resources =
        documents.into_iter().map(|document| (document.path.clone(), resource(document)));
    Snapshot {
        resources: resources.collect(),
        gone,
        moved,
        former_feeds,
        prefix: prefix.to_owned(),
        assembly,
        answers: Mutex::default(),
        errors,
    }
}

fn resource(document: Document) -> Resource {
    let tag = format!("\"{}\"", hex(&Sha256::digest(&document.body)[..16]));
    let not_modified_headers = headers::not_modified(&document, &tag);
    Resource {
        media_type: document.media_type,
        ok_headers: headers::ok(&document, &not_modified_headers),
        not_modified_headers,
        etag: tag.parse().expect("quoted hexadecimal digits are an entity tag"),
        modified: system_time(document.modified),
        body: Bytes::from(document.body),
    }
}

/// In whole seconds, as HTTP dates are.
fn system_time(instant: DateTime<Utc>) -> SystemTime {
    let seconds = u64::try_from(instant.timestamp()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds)
}
