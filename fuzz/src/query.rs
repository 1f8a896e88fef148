//! The query of a feed: whatever stands behind the question mark.

use std::collections::BTreeSet;
use std::fmt::Write;

use aushang::http::{Answer, respond};
use http_body_util::BodyExt;
use hyper::{Request, Uri};
use serde_json::Value;

use crate::site::{BASE, TOWN};

/// Asserts that a query is refused with a problem, or is answered with items of the feed, in every format,
/// and alike under the address that the answer gives itself.
pub fn query(bytes: &[u8]) {
    let query = escaped(bytes);
    let Some((status, body)) = ask(&format!("/feeds/alle.json?{query}")) else { return };
    let json: Value = serde_json::from_slice(&body).expect("each answer is JSON");
    if status == 400 {
        assert_eq!(json["status"], 400);
        assert!(json["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
        return;
    }
    assert_eq!(status, 200, "{query}");
    if json.is_array() {
        return assert_reasons(&json, &query);
    }
    let found = ids(&json);
    let (_, everything) = ask("/feeds/alle.json").expect("it is an address");
    let everything = ids(&serde_json::from_slice(&everything).expect("it is JSON"));
    assert!(found.is_subset(&everything), "{query}: an item that the feed does not have");
    let own = json["feed_url"].as_str().and_then(|url| url.strip_prefix(BASE));
    let own = own.expect("the feed has an address of its own");
    let (_, again) = ask(own).expect("it is an address");
    assert!(again == body, "{query}: {own} is another question");
    for suffix in ["", ".ics", ".rss", ".atom", ".jsonld", ".csv"] {
        let answer = ask(&format!("/feeds/alle{suffix}?{query}"));
        assert_eq!(answer.map(|(status, _)| status), Some(200), "{query}: {suffix}");
    }
}

/// An explanation names every event once; those that are in are left out by nothing.
fn assert_reasons(reasons: &Value, query: &str) {
    for reason in reasons.as_array().expect("it is a list") {
        assert_eq!(reason["is_in"] == true, reason["left_out_by"].is_null(), "{query}: {reason}");
    }
}

fn ids(feed: &Value) -> BTreeSet<String> {
    let items = feed["items"].as_array().expect("a feed has items");
    items.iter().map(|item| item["id"].to_string()).collect()
}

/// Asks for a path; `None` if it is none that a client could send.
fn ask(path: &str) -> Option<(u16, Vec<u8>)> {
    let uri: Uri = path.parse().ok()?;
    let request = Request::builder().uri(uri).header("host", "example.org").body(()).ok()?;
    let answer = respond(&TOWN, &request);
    Some((answer.status().as_u16(), body(answer)))
}

/// Reads the body of an answer, which is in memory.
pub fn body(answer: Answer) -> Vec<u8> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let collected = std::pin::pin!(answer.into_body().collect());
    match collected.poll(&mut context) {
        std::task::Poll::Ready(Ok(body)) => body.to_bytes().to_vec(),
        std::task::Poll::Ready(Err(never)) => match never {},
        std::task::Poll::Pending => panic!("the body is in memory"),
    }
}

/// The bytes as a client sends them: what no address may hold is escaped.
fn escaped(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~&=+%,;:@/?!$'()*".contains(byte) {
            text.push(char::from(*byte));
        } else {
            write!(text, "%{byte:02X}").expect("a text takes everything");
        }
        text
    })
}
