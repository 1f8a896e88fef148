//! Which rules hold in a time zone, and what they make of a wall-clock time.
//!
//! [`Zones`] is made once, at the rim of the program, and passed down: no other room asks a zone for its
//! offset. A static table behind free functions stood here before; it could be neither replaced, nor named
//! in the key of a memo.

mod rules;
mod zones;

pub use rules::{Observance, Shape, Transition, YearlyRule, ZoneRules};
pub use zones::{WallClock, Zones};
