//! The feeds that hold an event: the one of its folder, and those whose `[select]` asks for it.

use std::sync::Arc;

use rayon::prelude::*;

use super::selection::{Facets, Selection};
use crate::model::{Definitions, Event, Feed, Slug};

/// Writes into each event which feeds hold it. The record stores it with the event, so that a tombstone stays in every
/// feed that held it.
pub(crate) fn assign_feeds(definitions: &mut Definitions) {
    let Definitions { feeds, events, .. } = definitions;
    let selections: Vec<(&Slug, Selection)> = feeds
        .iter()
        .filter_map(|feed| Some((&feed.slug, Selection::of(feed.select.as_ref()?))))
        .collect();
    events.par_iter_mut().for_each(|event| {
        let held = holders(event, feeds, &selections);
        // Most events are in the feed of their folder alone, as they came: they are not copied.
        if event.feeds != held {
            Arc::make_mut(event).feeds = held;
        }
    });
}

fn holders(event: &Arc<Event>, feeds: &[Feed], selections: &[(&Slug, Selection)]) -> Vec<Slug> {
    // A folder without a good `feed.toml` has no feed; other feeds may select its events all the same.
    let is_a_feed = feeds.iter().any(|feed| feed.slug == event.feed);
    let mut holders: Vec<Slug> = is_a_feed.then(|| event.feed.clone()).into_iter().collect();
    if !selections.is_empty() {
        let facets = Facets::of(event);
        let others = selections.iter().filter(|(slug, _)| **slug != event.feed);
        let selecting = others.filter(|(_, selection)| selection.why_not(&facets).is_none());
        holders.extend(selecting.map(|(slug, _)| (*slug).clone()));
        holders.sort();
    }
    holders
}
