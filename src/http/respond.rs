//! One request to one answer, for every request (RFC 9110).

use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderValue, LOCATION,
    RETRY_AFTER,
};
use hyper::{HeaderMap, Method, Request, Response, StatusCode, Uri, Version};

use hyper::body::Bytes;

use super::conditional::is_not_modified;
use super::content::ResponseBody;
use super::filter;
use crate::route::Route;
use crate::snapshot::headers::security;
use crate::snapshot::{Filter, MediaType, Resolved, Resource, Snapshot};

/// A finished answer.
pub type Answer = Response<ResponseBody>;

const METHODS: &str = "GET, HEAD, OPTIONS";
const NOT_READY: &str = "nothing can be published yet; ask again in a few seconds";
const RETRY_SECONDS: &str = "5";
const HEALTH: &str = "/healthz";
const READINESS: &str = "/readyz";

/// Answers a request from the snapshot alone.
#[must_use]
pub fn respond<B>(snapshot: &Snapshot, request: &Request<B>) -> Answer {
    let path = request.uri().path();
    // RFC 9112 §3.2: a request of HTTP/1.1 without Host is answered with 400. hyper lets it pass.
    if request.version() == Version::HTTP_11 && !request.headers().contains_key(HOST) {
        return problem(StatusCode::BAD_REQUEST, "the Host header is missing");
    }
    // Before any work: no path and no query changes this answer.
    if ![Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method()) {
        return method_not_allowed(snapshot, path);
    }
    match (snapshot.resolve(path), path) {
        (Resolved::Found(resource), _) => found(snapshot, &resource, request),
        (Resolved::Redirect(path), _) => redirect(&path, request.uri()),
        (Resolved::Gone, _) => gone(snapshot, path),
        (Resolved::NotFound, HEALTH) => word(request.method(), "ok"),
        (Resolved::NotFound, READINESS) => word(request.method(), "ready"),
        (Resolved::NotFound, "*") => options(None),
        (Resolved::NotFound, _) => not_found(snapshot, path),
    }
}

/// Answers as long as nothing is published: an empty feed would take all events out of every calendar.
pub(super) fn not_ready<B>(request: &Request<B>) -> Answer {
    if request.uri().path() == HEALTH {
        return word(request.method(), "ok");
    }
    let mut answer = problem(StatusCode::SERVICE_UNAVAILABLE, NOT_READY);
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(RETRY_SECONDS));
    answer
}

/// Answers with the resource, or with the part of it that the query asks for.
fn found<B>(snapshot: &Snapshot, resource: &Resource, request: &Request<B>) -> Answer {
    if request.method() == Method::OPTIONS {
        return options(Some(resource));
    }
    let query = request.uri().query().unwrap_or_default();
    match filter_of(resource.route(), query) {
        Ok(None) => respond_with(resource, request),
        Ok(Some(filter)) => match snapshot.filtered(resource, &filter) {
            Some(part) => respond_with(&part, request),
            None => not_found(snapshot, request.uri().path()),
        },
        Err(sentence) => problem(StatusCode::BAD_REQUEST, &sentence),
    }
}

/// Reads the filter that a query asks for at a route.
fn filter_of(route: &Route, query: &str) -> Result<Option<Filter>, String> {
    match route {
        _ if query.is_empty() => Ok(None),
        Route::Feed(_, _, format) => filter::parse(query, format.is_none()),
        Route::Changes(_, _, format) => filter::refuse(query, format.is_none()).map(|()| None),
        Route::Archive(..) => filter::refuse(query, false).map(|()| None),
        // The query of another path (a campaign's marks, mostly) changes nothing.
        Route::Home(_)
        | Route::Event(..)
        | Route::Occurrence(..)
        | Route::File(..)
        | Route::Asset(_)
        | Route::Sitemap
        | Route::Robots
        | Route::Catalogue => Ok(None),
    }
}

/// Answers GET, or HEAD, which has the headers of a GET, Content-Length among them (RFC 9110 §9.3.2).
fn respond_with<B>(resource: &Resource, request: &Request<B>) -> Answer {
    if is_not_modified(request.headers(), resource) {
        let headers = resource.headers().not_modified.clone();
        return answer(StatusCode::NOT_MODIFIED, headers, ResponseBody::default());
    }
    let is_head = request.method() == Method::HEAD;
    let content =
        if is_head { ResponseBody::default() } else { ResponseBody::of(resource.content()) };
    answer(StatusCode::OK, resource.headers().ok.clone(), content)
}

/// Redirects from a former slug, or from a path with one slash too many, to the path of today, with the same query.
/// The status is 308 (RFC 9110 §15.4.9), which clients may remember.
fn redirect(path: &str, uri: &Uri) -> Answer {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    match HeaderValue::try_from(format!("{path}{query}")) {
        Ok(location) => {
            let headers = HeaderMap::from_iter([(LOCATION, location)]);
            answer(StatusCode::PERMANENT_REDIRECT, headers, ResponseBody::default())
        }
        Err(_) => {
            problem(StatusCode::BAD_REQUEST, "the query holds characters that no address may have")
        }
    }
}

fn gone(snapshot: &Snapshot, path: &str) -> Answer {
    if has_suffix(path) {
        problem(StatusCode::GONE, "what was at this address is gone for good")
    } else {
        page(StatusCode::GONE, &snapshot.errors.gone)
    }
}

fn not_found(snapshot: &Snapshot, path: &str) -> Answer {
    if has_suffix(path) {
        problem(StatusCode::NOT_FOUND, "there is nothing at this address")
    } else {
        page(StatusCode::NOT_FOUND, &snapshot.errors.not_found)
    }
}

/// Returns whether a path asks for something other than a page: programs get errors as JSON, people a page.
fn has_suffix(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

/// Answers with the methods that are allowed, as RFC 9110 §15.5.6 demands of a 405.
fn method_not_allowed(snapshot: &Snapshot, path: &str) -> Answer {
    let status = StatusCode::METHOD_NOT_ALLOWED;
    let mut answer = if has_suffix(path) || [HEALTH, READINESS].contains(&path) {
        problem(status, "this address can only be read")
    } else {
        page(status, &snapshot.errors.method_not_allowed)
    };
    answer.headers_mut().insert(ALLOW, HeaderValue::from_static(METHODS));
    answer
}

/// Answers OPTIONS (RFC 9110 §9.3.7), and with it the preflight of the Fetch standard for documents that other sites
/// may read.
fn options(resource: Option<&Resource>) -> Answer {
    let mut headers = security(false);
    headers.insert(ALLOW, HeaderValue::from_static(METHODS));
    if resource.is_some_and(|resource| resource.media_type().is_shared()) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(METHODS));
        // A script on another site may send If-None-Match only with this leave.
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("*"));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    }
    answer(StatusCode::NO_CONTENT, headers, ResponseBody::default())
}

fn page(status: StatusCode, html: &Bytes) -> Answer {
    let mut headers = security(true);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(MediaType::Html.content_type()));
    // What is missing now may be there after the next reload.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    answer(status, headers, ResponseBody::from(html.clone()))
}

/// Answers with an error for programs (RFC 9457). Other sites may read it, so that a developer sees why a query fails.
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
    answer(status, headers, ResponseBody::from(Bytes::from(body.to_string())))
}

/// Answers `/healthz` and `/readyz` in one word, which is all that a probe asks for.
fn word(method: &Method, word: &'static str) -> Answer {
    if *method == Method::OPTIONS {
        return options(None);
    }
    let mut headers = security(false);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    // A cache must not call a service healthy that is down.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer(StatusCode::OK, headers, ResponseBody::from(Bytes::from_static(word.as_bytes())))
}

fn answer(status: StatusCode, headers: HeaderMap, body: ResponseBody) -> Answer {
    let mut answer = Response::new(body);
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    answer
}
