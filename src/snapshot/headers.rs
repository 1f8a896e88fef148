//! The headers of each kind of document (RFC 9110, 9111), built once.

use std::sync::LazyLock;

use ::headers::{ETag, HeaderMapExt};
use bytes::Bytes;
use hyper::HeaderMap;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LAST_MODIFIED, LINK,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

use crate::render::{Document, MediaType, http_date};

const CACHE: &str = "max-age=300, stale-while-revalidate=600, stale-if-error=86400";
const CACHE_FOR_EVER: &str = "max-age=31536000, immutable";
/// No script at all; JSON-LD is data, which this policy does not concern.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The headers in which documents of one kind differ.
#[derive(Debug)]
pub struct Own {
    /// The strong validator (RFC 9110 §8.8.3).
    pub etag: ETag,
    last_modified: HeaderValue,
    len: usize,
    disposition: Option<HeaderValue>,
    link: Option<HeaderValue>,
}

impl Own {
    /// Those of `document`.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let name = document.attachment.as_ref();
        Self {
            etag: etag(document),
            last_modified: value(&http_date(document.modified)),
            len: document.body.len(),
            link: document.links.clone().map(shared_value),
            disposition: name.map(|name| value(&format!("attachment; filename=\"{name}\""))),
        }
    }
}

/// Validators, freshness and the headers that every answer carries.
pub fn not_modified(media_type: MediaType, own: &Own) -> HeaderMap {
    let mut headers = shared(media_type).clone();
    headers.typed_insert(own.etag.clone());
    headers.insert(LAST_MODIFIED, own.last_modified.clone());
    headers
}

/// What pages, style sheets and all other documents share, built once: that is a third of the work for a
/// small answer.
static SHARED: LazyLock<[HeaderMap; 3]> = LazyLock::new(|| {
    [MediaType::Html, MediaType::Css, MediaType::Text].map(|media_type| {
        let cache = if media_type == MediaType::Css { CACHE_FOR_EVER } else { CACHE };
        let mut headers = security(media_type == MediaType::Html);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
        if media_type.is_shared() {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
        }
        headers
    })
});

fn shared(media_type: MediaType) -> &'static HeaderMap {
    let [page, style, other] = &*SHARED;
    match media_type {
        MediaType::Html => page,
        MediaType::Css => style,
        _ => other,
    }
}

/// These, and what the content is.
pub fn ok(media_type: MediaType, own: &Own) -> HeaderMap {
    let mut headers = not_modified(media_type, own);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type.content_type()));
    headers.insert(CONTENT_LENGTH, own.len.into());
    headers.extend(own.disposition.clone().map(|value| (CONTENT_DISPOSITION, value)));
    headers.extend(own.link.clone().map(|value| (LINK, value)));
    headers
}

/// What keeps a browser from guessing, and pages from being framed or scripted.
pub fn security(is_page: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    if is_page {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    headers
}

fn etag(document: &Document) -> ETag {
    let tag = format!("\"{}\"", document.body.digest());
    tag.parse().expect("quoted hexadecimal digits are an entity tag")
}

/// Dates and file names are made of visible ASCII.
fn value(text: &str) -> HeaderValue {
    shared_value(Bytes::copy_from_slice(text.as_bytes()))
}

/// The same without a copy.
fn shared_value(text: Bytes) -> HeaderValue {
    HeaderValue::from_maybe_shared(text).expect("header values here are visible ASCII")
}
