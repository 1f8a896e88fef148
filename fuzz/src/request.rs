//! What a client sends: bytes on a connection.

use std::convert::Infallible;
use std::sync::LazyLock;

use aushang::http::{Answer, respond};
use hyper::body::Incoming;
use hyper::header::{CONTENT_LENGTH, ETAG, HOST, HeaderValue, IF_NONE_MATCH, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::runtime::{Builder, Runtime};

use crate::query::body;
use crate::site::TOWN;

/// How many bytes a connection holds.
const BUFFER: usize = 1 << 16;
/// Every status that the program has.
const STATUSES: [u16; 8] = [200, 204, 304, 308, 400, 404, 405, 410];

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    Builder::new_current_thread().enable_time().build().expect("a runtime can be made")
});

/// Asserts that the server answers whatever comes over a connection with HTTP or ends it, and that each
/// request that it reads has a right answer, whose conditional and whose body-less form are right, too.
pub fn request(bytes: &[u8]) {
    let answer = RUNTIME.block_on(converse(bytes));
    let is_http = answer.starts_with(b"HTTP/1.1 ") || answer.starts_with(b"HTTP/1.0 ");
    assert!(answer.is_empty() || is_http, "{}", String::from_utf8_lossy(&answer));
}

/// Sends bytes over a connection and returns what comes back until it ends.
async fn converse(bytes: &[u8]) -> Vec<u8> {
    let (client, server) = duplex(BUFFER);
    let service = service_fn(|request: Request<Incoming>| async move {
        assert_answers(&request);
        Ok::<_, Infallible>(respond(&TOWN, &request))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(server), service);
    let (mut from_server, mut to_server) = tokio::io::split(client);
    let ask = async {
        // A server that ends the connection early reads no more.
        let _ = to_server.write_all(bytes).await;
        let _ = to_server.shutdown().await;
    };
    let mut answer = Vec::new();
    let (_, (), read) = tokio::join!(connection, ask, from_server.read_to_end(&mut answer));
    read.expect("a connection in memory can be read");
    answer
}

fn assert_answers(request: &Request<Incoming>) {
    let (status, answer) = ask(request, request.method(), None);
    assert!(STATUSES.contains(&status), "{request:?}: {status}");
    let length = answer.headers().get(CONTENT_LENGTH).cloned();
    let (tag, location) =
        (answer.headers().get(ETAG).cloned(), answer.headers().get(LOCATION).cloned());
    let headers = answer.headers().clone();
    let is_head = request.method() == Method::HEAD;
    let bytes = body(answer);
    if let Some(length) = length.filter(|_| !is_head) {
        assert_eq!(length.as_bytes(), bytes.len().to_string().as_bytes(), "{request:?}");
    }
    assert_eq!(location.is_some(), status == 308, "{request:?}");
    if request.method() == Method::GET {
        let (head_status, head) = ask(request, &Method::HEAD, None);
        assert_eq!((head_status, head.headers()), (status, &headers), "{request:?}");
        // Of answers that are no document, hyper leaves the body out.
        assert!(tag.is_none() || body(head).is_empty(), "{request:?}");
    }
    if let (200, Some(tag), true) = (status, tag, request.method() == Method::GET || is_head) {
        let (again, unchanged) = ask(request, request.method(), Some(tag));
        assert_eq!(again, 304, "{request:?}");
        assert!(body(unchanged).is_empty(), "{request:?}");
    }
    if let Some(location) = location {
        let there =
            Request::builder().uri(location.as_bytes()).header(HOST, "example.org").body(());
        let there = there.expect("a redirect leads to an address");
        assert_ne!(respond(&TOWN, &there).status(), 308, "{request:?}: a circle of redirects");
    }
}

/// Asks as `request` does, by another method or under a condition.
fn ask(request: &Request<Incoming>, method: &Method, tag: Option<HeaderValue>) -> (u16, Answer) {
    let mut other = Request::new(());
    *other.method_mut() = method.clone();
    *other.uri_mut() = request.uri().clone();
    *other.version_mut() = request.version();
    *other.headers_mut() = request.headers().clone();
    if let Some(tag) = tag {
        other.headers_mut().insert(IF_NONE_MATCH, tag);
    }
    let answer = respond(&TOWN, &other);
    (answer.status().as_u16(), answer)
}
