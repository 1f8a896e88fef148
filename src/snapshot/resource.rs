//! A document with the headers of the answers about it.

use std::borrow::Borrow;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

use super::headers::Headers;
use crate::render::{Content, Document, MediaType, system_time};
use crate::route::Route;

/// A document as it is handed out.
#[derive(Debug)]
pub struct Resource {
    document: Arc<Document>,
    /// The headers, made when they are first asked for: those of 30,000 documents that nobody asks for would be 75 MB.
    headers: OnceLock<Box<Headers>>,
}

impl Resource {
    pub(super) fn of(document: Arc<Document>) -> Self {
        Self { document, headers: OnceLock::new() }
    }

    /// Returns the route of the document.
    #[must_use]
    pub fn route(&self) -> &Route {
        &self.document.route
    }

    /// Returns Last-Modified, the weak validator (RFC 9110 §8.8.2).
    #[must_use]
    pub(crate) fn modified(&self) -> SystemTime {
        system_time(self.document.modified)
    }

    /// Returns the media type of the document.
    #[must_use]
    pub fn media_type(&self) -> MediaType {
        self.document.media_type
    }

    /// Returns the bytes of the document.
    #[must_use]
    pub fn content(&self) -> &Content {
        &self.document.content
    }

    /// Returns the headers of the answers about the document.
    #[must_use]
    pub fn headers(&self) -> &Headers {
        self.headers.get_or_init(|| Box::new(Headers::of(&self.document)))
    }
}

/// A resource in a set whose key is the route.
#[derive(Clone, Debug)]
pub(super) struct AtRoute(pub(super) Arc<Resource>);

impl Borrow<Route> for AtRoute {
    fn borrow(&self) -> &Route {
        self.0.route()
    }
}

impl PartialEq for AtRoute {
    fn eq(&self, other: &Self) -> bool {
        self.0.route() == other.0.route()
    }
}

impl Eq for AtRoute {}

impl Hash for AtRoute {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.route().hash(state);
    }
}
