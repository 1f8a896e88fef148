//! Which rules hold in a time zone.

mod rules;

pub use rules::{
    Observance, Shape, Transition, YearlyRule, ZoneRules, is_by_yearly_rules, zone_rules,
};
