//! The standards' own examples.

mod recurrence;
