//! Calendar arithmetic of series: rules, their text, their dates.

mod expand;
mod occurrence;
mod portable;
mod recur;

pub use expand::times;
pub use occurrence::{
    Occurrence, clock_change, event_on, is_endless, occurrence_on, occurrences, published_on,
};
pub use portable::is_portable;
pub use recur::{RuleProblem, parse_rule, recur_text};
