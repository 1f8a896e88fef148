//! One request to one answer, for every request (RFC 9110).

use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderValue, LOCATION,
};
use hyper::{HeaderMap, Method, Request, Response, StatusCode, Uri, Version};

use super::conditional::is_not_modified;
use super::content::Content;
use super::filter;
use crate::render::MediaType;
use crate::snapshot::headers::security;
use crate::snapshot::{Resource, Snapshot};

/// A finished answer.
pub type Answer = Response<Content>;

const METHODS: &str = "GET, HEAD, OPTIONS";
const READ_ONLY: &str = "this address can only be read";

/// Answers a request from the snapshot alone.
#[must_use]
pub fn respond<B>(snapshot: &Snapshot, request: &Request<B>) -> Answer {
    let path = request.uri().path();
    // RFC 9112 §3.2; hyper lets it pass.
    if request.version() == Version::HTTP_11 && !request.headers().contains_key(HOST) {
        return problem(StatusCode::BAD_REQUEST, "the Host header is missing");
    }
    if let Some(answer) = respond_to_query(snapshot, request) {
        return answer;
    }
    match (snapshot.get(path), path) {
        (Some(resource), _) => respond_with(snapshot, resource, request),
        (None, "/healthz") => word(request.method(), "ok"),
        (None, "/readyz") => word(request.method(), "ready"),
        (None, "*") => options(None),
        (None, _) => respond_without(snapshot, request.uri()),
    }
}

/// A part of a feed, where the query asks for one.
fn respond_to_query<B>(snapshot: &Snapshot, request: &Request<B>) -> Option<Answer> {
    let query = request.uri().query().filter(|query| !query.is_empty())?;
    let feed = snapshot.feed_at(request.uri().path())?;
    snapshot.get(request.uri().path())?;
    match filter::parse(query, feed.suffix.is_none()) {
        Ok(None) => None,
        Ok(Some(filter)) => {
            let resource = snapshot.filtered(&feed, &filter)?;
            Some(respond_with(snapshot, &resource, request))
        }
        Err(sentence) => Some(problem(StatusCode::BAD_REQUEST, &sentence)),
    }
}

fn respond_with<B>(snapshot: &Snapshot, resource: &Resource, request: &Request<B>) -> Answer {
    match *request.method() {
        Method::GET | Method::HEAD if is_not_modified(request.headers(), resource) => {
            answer(StatusCode::NOT_MODIFIED, resource.not_modified_headers(), Content::default())
        }
        Method::GET => answer(StatusCode::OK, resource.ok_headers(), Content::of(resource.body())),
        Method::HEAD => answer(StatusCode::OK, resource.ok_headers(), Content::default()),
        Method::OPTIONS => options(Some(resource)),
        _ => method_not_allowed(snapshot, resource),
    }
}

/// Nothing is at this address; a former name, or one slash too many at its end, leads to what is.
fn respond_without(snapshot: &Snapshot, uri: &Uri) -> Answer {
    let moved = snapshot.moved(uri.path(), uri.query());
    if let Some(location) = moved.or_else(|| snapshot.without_slash(uri.path(), uri.query()))
        && let Ok(location) = HeaderValue::from_str(&location)
    {
        let headers = HeaderMap::from_iter([(LOCATION, location)]);
        return answer(StatusCode::PERMANENT_REDIRECT, headers, Content::default());
    }
    let has_suffix = uri.path().rsplit('/').next().is_some_and(|name| name.contains('.'));
    match (snapshot.is_gone(uri.path()), has_suffix) {
        (true, true) => problem(StatusCode::GONE, "what was at this address is gone for good"),
        (true, false) => page(StatusCode::GONE, &snapshot.errors.gone),
        (false, true) => problem(StatusCode::NOT_FOUND, "there is nothing at this address"),
        (false, false) => page(StatusCode::NOT_FOUND, &snapshot.errors.not_found),
    }
}

fn method_not_allowed(snapshot: &Snapshot, resource: &Resource) -> Answer {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    refusal(match resource.media_type() {
        MediaType::Html => page(status, &snapshot.errors.method_not_allowed),
        _ => problem(status, READ_ONLY),
    })
}

/// RFC 9110 §15.5.6: a refusal names what is allowed.
fn refusal(mut answer: Answer) -> Answer {
    answer.headers_mut().insert(ALLOW, HeaderValue::from_static(METHODS));
    answer
}

/// RFC 9110 §9.3.7, and the preflight of the Fetch standard for what other sites may read.
fn options(resource: Option<&Resource>) -> Answer {
    let mut headers = security(false);
    headers.insert(ALLOW, HeaderValue::from_static(METHODS));
    if resource.is_some_and(|resource| resource.media_type().is_shared()) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    answer(StatusCode::NO_CONTENT, headers, Content::default())
}

fn page(status: StatusCode, html: &str) -> Answer {
    let mut headers = security(true);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MediaType::Html.content_type()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer(status, headers, Content::from(html.to_owned()))
}

/// RFC 9457
fn problem(status: StatusCode, detail: &str) -> Answer {
    let body = serde_json::json!({
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "detail": detail,
    });
    let mut headers = security(false);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    answer(status, headers, Content::from(body.to_string()))
}

/// For machines that watch the service.
fn word(method: &Method, word: &'static str) -> Answer {
    match *method {
        Method::GET | Method::HEAD => {}
        Method::OPTIONS => return options(None),
        _ => return refusal(problem(StatusCode::METHOD_NOT_ALLOWED, READ_ONLY)),
    }
    let mut headers = security(false);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer(StatusCode::OK, headers, Content::from(word.to_owned()))
}

fn answer(status: StatusCode, headers: HeaderMap, body: Content) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    answer
}
