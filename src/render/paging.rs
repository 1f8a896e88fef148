//! The division of a feed's items among the feed itself and its archives (RFC 5005 §4).

use super::item::FeedItem;

/// The number of items of an archive, and the least number that stay in the feed itself.
const ITEMS_PER_ARCHIVE: usize = 50;

/// An item of a feed.
#[derive(Clone, Copy)]
pub(crate) struct Listed<'a> {
    pub item: &'a FeedItem,
    /// The key of its event's documents, and its place among the items of that event.
    pub key: (u128, usize),
    /// Whether it is about an event that has not passed.
    pub is_upcoming: bool,
}

/// The items of a feed, newest first.
pub(crate) struct Pages<'a> {
    /// The items of the feed itself: the newest, and all about upcoming events.
    pub current: Vec<Listed<'a>>,
    /// The items of the archives, the oldest archive first. Each archive is full.
    // A client that has read an archive does not read it again (RFC 5005 §4). So it stays as it is, whether or not its
    // events have passed, and an item about an upcoming event may be in the feed and in an archive.
    pub archives: Vec<Vec<Listed<'a>>>,
}

impl<'a> Pages<'a> {
    /// Returns all items in the feed itself, the newest first.
    pub(crate) fn whole(items: Vec<Listed<'a>>) -> Self {
        Self { current: newest_first(items), archives: Vec::new() }
    }

    /// Returns the older items in archives, as many as make full ones.
    pub(crate) fn archived(items: Vec<Listed<'a>>) -> Self {
        let items = newest_first(items);
        let archives = items.len().saturating_sub(ITEMS_PER_ARCHIVE) / ITEMS_PER_ARCHIVE;
        let (newest, older) = items.split_at(items.len() - archives * ITEMS_PER_ARCHIVE);
        let upcoming = older.iter().filter(|one| one.is_upcoming);
        Self {
            current: newest.iter().chain(upcoming).copied().collect(),
            // From the oldest on, so that a new item never moves another one from archive to archive.
            archives: older.rchunks(ITEMS_PER_ARCHIVE).map(<[_]>::to_vec).collect(),
        }
    }
}

fn newest_first(mut items: Vec<Listed<'_>>) -> Vec<Listed<'_>> {
    // The sort is stable: items of one instant stay in the order of their events.
    items.sort_by_key(|one| std::cmp::Reverse(one.item.at));
    items
}
