//! Questions to a snapshot over the function that answers every request in production.

use aushang::http::respond;
use aushang::snapshot::Snapshot;
use http_body_util::BodyExt;
use hyper::{HeaderMap, Method, Request, StatusCode};

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Returns the value of a header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("ASCII"))
    }
}

/// Asks a snapshot, with a Host header and these.
pub(crate) fn ask(
    snapshot: &Snapshot,
    method: &Method,
    path: &str,
    headers: &[(&str, &str)],
) -> Answer {
    let mut request = Request::builder().method(method).uri(path).header("host", "example.org");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    answer(respond(snapshot, &request.body(()).expect("a request")))
}

/// Reads an answer; its body is in memory already.
pub(crate) fn answer(answer: aushang::http::Answer) -> Answer {
    let (head, body) = answer.into_parts();
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let body = runtime.block_on(body.collect()).expect("a body").to_bytes();
    let body = String::from_utf8(body.to_vec()).expect("UTF-8");
    Answer { status: head.status, headers: head.headers, body }
}

/// Returns every document of a snapshot: its path, its bytes, the headers of an answer.
pub(crate) fn documents(snapshot: &Snapshot) -> Vec<(String, Vec<u8>, String)> {
    let all = snapshot.iter();
    all.map(|(path, one)| (path, one.content().to_vec(), format!("{:?}", one.headers()))).collect()
}
