//! The events of a feed as pages list them.

use crate::render::body::Body;
use crate::render::context::Context;
use crate::render::event_documents::EventDocuments;
use crate::render::json_ld;
use crate::render::variant::FeedPart;
use crate::schedule::Entry;

/// The events of a feed as its page and the overview list them.
pub struct Listing {
    /// Their addresses in order, as JSON-LD.
    data: Body,
    upcoming: Body,
    /// The newest first.
    past: Body,
}

impl Listing {
    /// `events` gives the event at an index of the schedule.
    pub fn of<'a>(
        part: &FeedPart,
        events: impl Fn(usize) -> &'a EventDocuments,
        context: &Context,
    ) -> Self {
        let (now, entry) = (context.schedule.now, |index: usize| &*context.schedule.events[index]);
        let mut members = part.members.clone();
        // Events stand by their start already; of a series counts its next date.
        if members.iter().any(|&index| !entry(index).dates.is_empty()) {
            members.sort_by_cached_key(|&index| entry(index).current(now).begins());
        }
        let (past, upcoming): (Vec<usize>, Vec<usize>) =
            members.iter().partition(|&&index| Entry::has_passed(entry(index), now));
        let pages = part.members.iter().filter_map(|&index| events(index).page());
        let card = |index: usize| events(index).card.clone();
        Self {
            data: json_ld::item_list(pages, &context.urls).into(),
            upcoming: upcoming.into_iter().map(card).collect(),
            past: past.into_iter().rev().map(card).collect(),
        }
    }

    /// Returns whether there are upcoming events, and past ones.
    pub fn has(&self) -> (bool, bool) {
        (!self.upcoming.is_empty(), !self.past.is_empty())
    }

    /// What fills the gaps of a page; an empty list has none.
    pub fn gaps(&self) -> Vec<&Body> {
        let lists = [&self.upcoming, &self.past].into_iter().filter(|list| !list.is_empty());
        std::iter::once(&self.data).chain(lists).collect()
    }
}
