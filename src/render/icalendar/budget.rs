//! How much a calendar may hold: Google drops larger ones, or reads only a part.

use super::Fragment;

/// In octets, with room for the head of the calendar and its zones.
const MAX_LEN: usize = 900_000 - 20_000;
const MAX_ENTRIES: usize = 1_000;

/// What a calendar holds, and what it had to leave out.
pub struct Fit<'a> {
    pub fragments: Vec<&'a Fragment>,
    /// How many past events were left out, the oldest first.
    pub left_out: usize,
    /// Claims that what is left is still too much: upcoming events are never left out.
    pub is_too_large: bool,
}

/// Takes past events out of `events`, which are by start, until the rest fits; with each event stands
/// whether it is over.
pub fn fit<'a>(events: impl Iterator<Item = (&'a Fragment, bool)> + Clone) -> Fit<'a> {
    let mut len: usize = events.clone().map(|(fragment, _)| fragment.text.len()).sum();
    let mut entries: usize = events.clone().map(|(fragment, _)| fragment.entries).sum();
    let mut fit = Fit { fragments: Vec::new(), left_out: 0, is_too_large: false };
    for (fragment, is_over) in events {
        let is_too_much = len > MAX_LEN || entries > MAX_ENTRIES;
        if is_over && is_too_much {
            len -= fragment.text.len();
            entries -= fragment.entries;
            fit.left_out += 1;
        } else {
            fit.fragments.push(fragment);
        }
    }
    fit.is_too_large = len > MAX_LEN || entries > MAX_ENTRIES;
    fit
}
