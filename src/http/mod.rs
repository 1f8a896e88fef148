//! Requests to answers: looks up, compares, hands out. Never sees an event, never renders.

mod conditional;
mod content;
mod filter;
mod respond;
mod server;

pub use content::ResponseBody;
pub use respond::{Answer, respond};
pub use server::serve;
