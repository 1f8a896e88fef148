//! Today's events and those of the record, matched.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Definitions, Feed, Line, Slug};
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
    held: &BTreeSet<Slug>,
    zones: &Arc<Zones>,
) -> Matched {
    schedule::assign_feeds(&mut definitions);
    let Definitions { site, events, unpublished, .. } = &mut definitions;
    let record::Identified { renames, surely_complete } =
        record::identify(&record, site.id, events, unpublished, held, zones);
    if !surely_complete {
        add_recorded_feeds(&record, &mut definitions);
    }
    Matched { record, definitions, renames, surely_complete, zones: Arc::clone(zones) }
}

/// Adds the feeds that hold nothing but events of which only the record knows: what was published never falls back. Of
/// such a feed nothing is known but its slug.
fn add_recorded_feeds(record: &Record, definitions: &mut Definitions) {
    let Definitions { feeds, events, unpublished, .. } = definitions;
    let unpublished = unpublished.iter().map(|one| one.uid.to_string()).collect();
    let missing = record.missing(events, &unpublished);
    let slugs: BTreeSet<&str> = missing.iter().map(|event| event.feed()).collect();
    let is_known = |slug: &str| feeds.iter().any(|feed| feed.slug.as_str() == slug);
    let slugs = slugs.into_iter().filter(|slug| !is_known(slug)).filter_map(Slug::new);
    let added: Vec<Feed> = slugs
        .filter_map(|slug| Some(Feed::named(slug.clone(), Line::new(slug.as_str())?)))
        .collect();
    feeds.extend(added);
    feeds.sort_by(|a, b| a.slug.cmp(&b.slug));
}
