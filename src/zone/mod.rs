//! The rules of time zones, and what they make of a wall-clock time.
//!
//! [`Zones`] is made by `app`, once for each command, and passed down: no other room asks a zone
//! for its offset. A static table behind free functions stood here before; it could be neither
//! replaced nor named in the key of a memo, and newer zone data have to change that key.
//!
//! The data are those of chrono-tz, compiled in: two replicas must publish the same bytes, whatever
//! zone files their machines have.

mod rules;
mod zones;

pub(crate) use rules::{Observance, YearlyRule, YearlyRules, ZoneRules};
pub(crate) use zones::WallClock;
pub use zones::Zones;
