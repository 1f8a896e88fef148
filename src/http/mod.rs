//! Requests to answers (RFC 9110, 9111, 9112).
//!
//! In: a request and the snapshot of the moment. Out: an answer. It looks up, compares and hands out finished bytes; it
//! never sees an event and never renders. Headers and tags are made once for each resource, at the latest when it is first asked
//! for: to make them for each request was 30 % of its instructions.
//!
//! tower-http's compression was probed and not taken: it gives all codings one strong `ETag`, loses `Content-Length` and
//! leaves `Vary` out of a 304.

mod conditional;
mod content;
mod filter;
mod query;
mod respond;
mod server;

pub use respond::{Answer, respond};
pub use server::serve;
