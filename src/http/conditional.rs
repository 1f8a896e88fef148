//! Conditional requests (RFC 9110 §13).

use headers::{HeaderMapExt, IfModifiedSince, IfNoneMatch};
use hyper::HeaderMap;

use crate::snapshot::Resource;

/// Returns whether the client has this state already, so that the answer is 304. If `If-None-Match` is there,
/// `If-Modified-Since` is not looked at (RFC 9110 §13.1.3); tags compare weakly (§13.1.2).
#[must_use]
pub(crate) fn is_not_modified(request: &HeaderMap, resource: &Resource) -> bool {
    if let Some(tags) = request.typed_get::<IfNoneMatch>() {
        return !tags.precondition_passes(&resource.headers().etag);
    }
    let since = request.typed_get::<IfModifiedSince>();
    since.is_some_and(|since| !since.is_modified(resource.modified()))
}
