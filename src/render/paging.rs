//! Which items stand in a feed itself, and which in its archives (RFC 5005 §4).

use super::item::Fragment;

/// How many items an archive has, and a feed at least before there is one.
const PAGE: usize = 50;

/// The items of a feed, newest first.
pub struct Pages<'a> {
    /// The newest, and all that are upcoming.
    pub current: Vec<&'a Fragment>,
    /// The older ones, the oldest archive first. An archive is full and stays as it is, whether or not
    /// its events are over: a client that has read it does not read it again.
    pub archives: Vec<Vec<&'a Fragment>>,
}

impl<'a> Pages<'a> {
    /// All of them, newest first.
    pub fn all(mut items: Vec<&'a Fragment>) -> Vec<&'a Fragment> {
        items.sort_by_key(|item| std::cmp::Reverse(item.at));
        items
    }

    pub fn of(items: Vec<&'a Fragment>) -> Self {
        let items = Self::all(items);
        let archives = items.len().saturating_sub(PAGE) / PAGE;
        let (newest, older) = items.split_at(items.len() - archives * PAGE);
        let upcoming = older.iter().filter(|item| item.is_upcoming);
        Self {
            current: newest.iter().chain(upcoming).copied().collect(),
            archives: older.rchunks(PAGE).map(<[_]>::to_vec).collect(),
        }
    }
}
