//! The lists of a feed's events on pages.

use crate::render::body::Body;
use crate::render::context::Context;
use crate::render::event_documents::EventDocuments;
use crate::render::json_ld;
use crate::render::variant::FeedVariant;
use crate::schedule::Entry;

/// The lists of a feed's events, for its page and the overview.
pub(crate) struct Listing {
    /// The URLs of the events in order, as JSON-LD.
    data: Body,
    /// The upcoming events, the next one first.
    upcoming: Body,
    /// The past events, the newest first.
    past: Body,
}

impl Listing {
    /// Returns the lists of a feed; `events` returns the event at an index of the schedule.
    pub(crate) fn of<'a>(
        part: &FeedVariant,
        events: impl Fn(usize) -> &'a EventDocuments,
        context: &Context,
    ) -> Self {
        let (now, entry) = (context.schedule.now, |index: usize| &*context.schedule.events[index]);
        let mut members = part.members.clone();
        // Members are sorted by start already, but a series is listed at its next date.
        if members.iter().any(|&index| !entry(index).occurrences.is_empty()) {
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
    pub(crate) fn has(&self) -> (bool, bool) {
        (!self.upcoming.is_empty(), !self.past.is_empty())
    }

    /// Returns the bodies for the gaps of a page, in order.
    // An empty list has no gap: its section has a message instead, or is left out.
    pub(crate) fn gaps(&self) -> Vec<&Body> {
        let lists = [&self.upcoming, &self.past].into_iter().filter(|list| !list.is_empty());
        std::iter::once(&self.data).chain(lists).collect()
    }
}
