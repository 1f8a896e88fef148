//! Which items stand in a feed itself, and which in its archives (RFC 5005 §4).

use super::item::FeedItem;

/// How many items an archive has, and a feed at least before there is one.
const PAGE: usize = 50;

/// An item of a feed.
#[derive(Clone, Copy)]
pub struct Listed<'a> {
    pub item: &'a FeedItem,
    /// The key of what is made of its event, and its place among the items of it.
    pub key: (u128, usize),
    /// Whether it is about an event that is not over.
    pub is_upcoming: bool,
}

/// The items of a feed, newest first.
pub struct Pages<'a> {
    /// The newest, and all that are upcoming.
    pub current: Vec<Listed<'a>>,
    /// The older ones, the oldest archive first. An archive is full and stays as it is, whether or not
    /// its events are over: a client that has read it does not read it again.
    pub archives: Vec<Vec<Listed<'a>>>,
}

impl<'a> Pages<'a> {
    /// All of them in one page.
    pub fn whole(items: Vec<Listed<'a>>) -> Self {
        Self { current: newest_first(items), archives: Vec::new() }
    }

    /// The older ones in archives.
    pub fn archived(items: Vec<Listed<'a>>) -> Self {
        let items = newest_first(items);
        let archives = items.len().saturating_sub(PAGE) / PAGE;
        let (newest, older) = items.split_at(items.len() - archives * PAGE);
        let upcoming = older.iter().filter(|one| one.is_upcoming);
        Self {
            current: newest.iter().chain(upcoming).copied().collect(),
            archives: older.rchunks(PAGE).map(<[_]>::to_vec).collect(),
        }
    }
}

fn newest_first(mut items: Vec<Listed<'_>>) -> Vec<Listed<'_>> {
    items.sort_by_key(|one| std::cmp::Reverse(one.item.at));
    items
}
