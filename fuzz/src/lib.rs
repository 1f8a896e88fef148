//! What must hold of any input, however broken: one function for each fuzz target. An input is refused or
//! taken; what is taken has properties, and these are asserted.

mod definition;
mod query;
mod record;
mod request;
mod rule;
mod site;

pub use definition::definition;
pub use query::query;
pub use record::record;
pub use request::request;
pub use rule::rule;
