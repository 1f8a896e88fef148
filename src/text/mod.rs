//! What every format says in words.

pub mod changes;
pub mod dates;
pub mod description;
pub mod event_text;
pub mod fields;
pub mod locale;
pub mod markdown;
pub mod repetition;
pub mod titles;
pub mod values;
