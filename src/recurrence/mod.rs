//! Calendar arithmetic of series: recurrence rules, their text, their occurrences.
//!
//! The `rrule` crate expands rules here, on a wall clock without a zone. It was tried with zones,
//! and is not used so: it moves a start in the skipped hour to 03:30 and counts it, takes the zone
//! of the machine for whole days, and ignores an EXDATE that is a date. COUNT, UNTIL, exclusions
//! and the placement in a zone are decided by lines of our own.

mod expand;
mod occurrence;
mod portable;
mod recur;

pub use expand::times;
pub use occurrence::{Occurrence, occurrences};
pub(crate) use occurrence::{clock_change, event_on, is_endless, occurrence_on, published_on};
pub(crate) use portable::is_portable;
pub use recur::{RuleProblem, parse_rule, recur_text};
