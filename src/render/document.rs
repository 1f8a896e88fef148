//! A finished document.

use bytes::Bytes;
use chrono::{DateTime, Utc};

use super::body::{Body, Content};
use super::link::{self, Link};
use super::media_type::MediaType;
use crate::route::Route;

/// A finished document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Where it is.
    pub route: Route,
    /// What it is.
    pub media_type: MediaType,
    /// When its content last changed.
    pub modified: DateTime<Utc>,
    /// Where else it leads (RFC 8288): the value of its `Link` header, in visible ASCII; empty where it leads nowhere.
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

/// The pages of an answer that is no document.
#[derive(Clone, Debug)]
pub struct ErrorPages {
    /// For an address where nothing is.
    pub not_found: Bytes,
    /// For an address where something was.
    pub gone: Bytes,
    /// For a method that a page does not take.
    pub method_not_allowed: Bytes,
}
