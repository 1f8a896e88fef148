//! Requests to answers: looks up, compares, hands out. Never sees an event, never renders.

mod conditional;
mod filter;
mod respond;
mod server;

pub use respond::{Answer, respond};
pub use server::serve;
