//! The events of a feed as pages list them.

use crate::render::body::{Body, Piece};
use crate::render::json_ld;
use crate::render::urls::{self, Urls};
use crate::schedule::{Agenda, FeedAgenda};

/// The events of a feed as its page and the overview list them.
pub struct Listing {
    /// Their addresses in order, as JSON-LD.
    pub data: Body,
    upcoming: Body,
    /// The newest first.
    past: Body,
}

impl Listing {
    /// `cards` are those of all events of the agenda; `data` is what was listed before, where the addresses are
    /// the same.
    pub fn of<'a>(
        agenda: &Agenda,
        feed: &FeedAgenda,
        cards: impl Fn(usize) -> &'a Piece,
        earlier: Option<&'a Self>,
        data: Option<Body>,
        urls: &Urls,
    ) -> Self {
        let (now, entry) = (agenda.now, |index: usize| &agenda.events[index]);
        let mut members = feed.members.clone();
        // Events stand by their start already; of a series counts its next date.
        if members.iter().any(|&index| !entry(index).dates.is_empty()) {
            members.sort_by_cached_key(|&index| entry(index).current(now).begins());
        }
        let (past, upcoming): (Vec<usize>, Vec<usize>) =
            members.iter().partition(|&&index| entry(index).has_passed(now));
        let list = |indices: &mut dyn Iterator<Item = usize>, known: fn(&Self) -> &Body| {
            Body::grouped(
                indices.map(&cards),
                earlier.map_or(&[], |earlier| known(earlier).pieces()),
            )
        };
        Self {
            data: data.unwrap_or_else(|| item_list(agenda, feed, urls)),
            upcoming: list(&mut upcoming.into_iter(), |one| &one.upcoming),
            past: list(&mut past.into_iter().rev(), |one| &one.past),
        }
    }

    /// Claims that there are upcoming events, and past ones.
    pub fn has(&self) -> (bool, bool) {
        (!self.upcoming.is_empty(), !self.past.is_empty())
    }

    /// What fills the gaps of a page; an empty list has none.
    pub fn gaps(&self) -> Vec<Body> {
        let lists = [&self.upcoming, &self.past].into_iter().filter(|list| !list.is_empty());
        std::iter::once(&self.data).chain(lists).cloned().collect()
    }
}

fn item_list(agenda: &Agenda, feed: &FeedAgenda, urls: &Urls) -> Body {
    let entries = feed.members.iter().map(|&index| &agenda.events[index]);
    let pages = entries.filter(|entry| entry.is_page());
    let pages = pages.map(|entry| urls.absolute(&urls::event(&entry.published.event)));
    json_ld::item_list(pages.collect()).into()
}
