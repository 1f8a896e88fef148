//! Finished documents and the pages of errors.

use bytes::Bytes;
use chrono::{DateTime, Utc};

use super::body::{Body, Content};
use super::link::{self, Link};
use super::media_type::MediaType;
use crate::route::Route;

/// A finished document: bytes at a route, with all that its headers follow from.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The route at which it is served.
    pub route: Route,
    /// Its media type.
    pub media_type: MediaType,
    /// The instant at which its content last changed: `Last-Modified` (RFC 9110 §8.8.2).
    pub modified: DateTime<Utc>,
    /// The value of its `Link` header (RFC 8288 §3), in visible ASCII; empty if it has no links.
    pub links: Bytes,
    /// Its bytes.
    pub content: Content,
}

impl Document {
    pub(super) fn new(
        route: Route,
        media_type: MediaType,
        modified: DateTime<Utc>,
        body: impl Into<Body>,
    ) -> Self {
        Self::with(route, media_type, modified, Content::of(body.into()))
    }

    pub(super) fn with(
        route: Route,
        media_type: MediaType,
        modified: DateTime<Utc>,
        content: Content,
    ) -> Self {
        Self { route, media_type, modified, links: Bytes::new(), content }
    }

    pub(super) fn linking(self, links: &[Link]) -> Self {
        Self { links: link::header(links).into(), ..self }
    }
}

/// The pages of error responses.
#[derive(Clone, Debug)]
pub struct ErrorPages {
    /// The page of a 404: there is nothing at this path.
    pub not_found: Bytes,
    /// The page of a 410: what was at this path is gone for good.
    pub gone: Bytes,
    /// The page of a 405: the path does not allow this method.
    pub method_not_allowed: Bytes,
}
