//! Which items stand in a feed itself, and which in its archives (RFC 5005 §4).

use super::item::Fragment;

/// How many items a feed has before past ones move to archives, and how many an archive has.
const PAGE: usize = 50;

/// The items of a feed, newest first: all that are upcoming, and the newest.
pub struct Pages<'a> {
    pub current: Vec<&'a Fragment>,
    /// Older items, the oldest archive first: an archive that is full never changes its place.
    pub archives: Vec<Vec<&'a Fragment>>,
}

impl<'a> Pages<'a> {
    /// All of them, newest first.
    pub fn all(mut items: Vec<&'a Fragment>) -> Vec<&'a Fragment> {
        items.sort_by_key(|item| std::cmp::Reverse(item.at));
        items
    }

    pub fn of(items: Vec<&'a Fragment>) -> Self {
        let (current, older): (Vec<_>, Vec<_>) = Self::all(items)
            .into_iter()
            .enumerate()
            .partition(|(index, item)| *index < PAGE || item.is_upcoming);
        let mut older: Vec<_> = older.into_iter().map(|(_, item)| item).collect();
        older.reverse();
        let newest_first = |page: &[&'a Fragment]| page.iter().rev().copied().collect();
        Self {
            current: current.into_iter().map(|(_, item)| item).collect(),
            archives: older.chunks(PAGE).map(newest_first).collect(),
        }
    }
}
