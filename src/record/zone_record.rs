//! The published state of a time zone: when its clocks are changed.
//!
//! Times are published with the offset that holds on their day. If a law changes it later, these
//! lines say which instants were published otherwise.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::json::from_json;
use crate::zone::Zones;

/// A zone that published times are in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ZoneRecord {
    v: u32,
    zone: String,
    /// The seconds east of UTC before the first change.
    offset: i32,
    /// The changes, each with the seconds east of UTC from then on.
    changes: Vec<(DateTime<Utc>, i32)>,
}

impl ZoneRecord {
    pub(super) fn of(zone: Tz, zones: &Zones) -> Self {
        let transitions = &zones.rules(zone).transitions;
        let midnight = DateTime::UNIX_EPOCH;
        let offset = transitions.first().map(|first| first.from);
        let offset = offset.unwrap_or_else(|| zones.at(midnight, zone).offset());
        let changes = transitions.iter().map(|one| (one.at, one.to.local_minus_utc()));
        let changes = changes.collect();
        Self { v: 2, zone: zone.name().to_owned(), offset: offset.local_minus_utc(), changes }
    }

    pub(super) fn name(&self) -> &str {
        &self.zone
    }

    pub(super) fn parse(line: &str) -> Result<Self, String> {
        from_json(line)
    }

    pub(super) fn to_line(&self) -> String {
        serde_json::to_string(self).expect("texts, numbers and lists always serialise")
    }

    /// Puts the line among those of other zones. Of two lines of one zone that with more changes
    /// stays, whatever the order.
    pub(super) fn merge_into(self, zones: &mut BTreeMap<String, Self>) {
        // An order on the content as well: merging must commute, or two replicas would write
        // different records.
        let rank = |one: &Self| (one.changes.len(), one.clone());
        let known = zones.get(&self.zone);
        if known.is_none_or(|known| rank(known) < rank(&self)) {
            zones.insert(self.zone.clone(), self);
        }
    }
}
