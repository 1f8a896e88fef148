//! The headers of the answers about a resource (RFC 9110, 9111), made once for each resource.

use ::headers::{ETag, HeaderMapExt};
use bytes::Bytes;
use hyper::HeaderMap;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, LAST_MODIFIED, LINK,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

use crate::render::{Document, MediaType, http_date};
use crate::route::{Format, Route};

const CACHE: &str = "max-age=300, stale-while-revalidate=600, stale-if-error=86400";
const CACHE_FOR_EVER: &str = "max-age=31536000, immutable";
/// The policy of pages: no script and no foreign content. A `script` of JSON-LD is data, which it does not concern.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
    form-action 'self'; frame-ancestors 'none'";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// All headers of the answers about a resource but Date, which hyper adds. To clone them is a fifth of the work of
/// making them.
#[derive(Debug)]
pub struct Headers {
    /// The strong validator (RFC 9110 §8.8.3).
    pub etag: ETag,
    /// Of a 200 (RFC 9110 §15.3.1).
    pub ok: HeaderMap,
    /// Of a 304 (RFC 9110 §15.4.5): validators, freshness and what every answer carries.
    pub not_modified: HeaderMap,
}

impl Headers {
    /// Makes the headers of the answers about `document`.
    #[must_use]
    pub(crate) fn of(document: &Document) -> Self {
        let etag = etag(document);
        let mut not_modified = shared(document.media_type);
        not_modified.typed_insert(etag.clone());
        not_modified.insert(LAST_MODIFIED, value(http_date(document.modified)));
        let mut ok = not_modified.clone();
        let content_type = document.media_type.content_type();
        ok.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        ok.insert(CONTENT_LENGTH, document.content.len().into());
        ok.extend(disposition(&document.route).map(|value| (CONTENT_DISPOSITION, value)));
        if !document.links.is_empty() {
            ok.insert(LINK, value(document.links.clone()));
        }
        Self { etag, ok, not_modified }
    }
}

/// Returns the headers that all documents of a media type share.
fn shared(media_type: MediaType) -> HeaderMap {
    // The style sheet has the hash of its content in its name.
    let cache = if media_type == MediaType::Css { CACHE_FOR_EVER } else { CACHE };
    let mut headers = security(media_type == MediaType::Html);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
    if media_type.is_shared() {
        // Scripts of other sites may read feeds and data, and their pages may load them.
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    }
    headers
}

/// Returns the headers that keep a browser from guessing media types, and pages from being framed or scripted.
pub(crate) fn security(is_page: bool) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    if is_page {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    }
    headers
}

/// Returns the Content-Disposition (RFC 6266) of a calendar file of one event or date, which a browser saves. Feeds
/// have none: they are subscribed to.
fn disposition(route: &Route) -> Option<HeaderValue> {
    let name = match route {
        Route::Event(_, event, Some(Format::Ics)) => format!("{event}.ics"),
        Route::Occurrence(_, event, date, Some(Format::Ics)) => format!("{event}-{date}.ics"),
        _ => return None,
    };
    Some(value(format!("attachment; filename=\"{name}\"")))
}

fn etag(document: &Document) -> ETag {
    let tag = format!("\"{:032x}\"", document.content.tag());
    tag.parse().expect("quoted hexadecimal digits are an entity tag")
}

/// Returns a header value of dates, file names and links, which are visible ASCII.
fn value(text: impl Into<Bytes>) -> HeaderValue {
    HeaderValue::from_maybe_shared(text.into()).expect("header values here are visible ASCII")
}
