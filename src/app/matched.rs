//! Today's events and those of the record, matched.

use std::sync::Arc;

use crate::model::Definitions;
use crate::record::{self, Record, Rename};
use crate::schedule;
use crate::zone::Zones;

/// Today's events, with the uids by which the record knows them.
pub(super) struct Matched {
    pub record: Record,
    pub definitions: Definitions,
    pub renames: Vec<Rename>,
    /// True only if no event of the record is missing; a tombstone or a new event makes it false, too.
    pub surely_complete: bool,
    pub zones: Arc<Zones>,
}

/// Sorts today's events into their feeds, and gives each the uid by which the record knows it.
pub(super) fn match_events(
    record: Record,
    mut definitions: Definitions,
    zones: &Arc<Zones>,
) -> Matched {
    schedule::assign_feeds(&mut definitions);
    let Definitions { site, events, unpublished, .. } = &mut definitions;
    let record::Identified { renames, surely_complete } =
        record::identify(&record, site.id, events, unpublished, zones);
    Matched { record, definitions, renames, surely_complete, zones: Arc::clone(zones) }
}
