//! The limits of a calendar: Google drops a larger one, or reads only a part of it.

use crate::render::segment::{Member, Segment};

/// The number of bytes that the entries of a calendar may have.
// Google takes 900 kB; 20 kB of them are for the head of the calendar and its time zones.
const MAX_LEN: usize = 900_000 - 20_000;
/// The number of entries that a calendar may have.
const MAX_ENTRIES: usize = 1_000;

/// The segments that fit into a calendar, and how many did not.
pub(crate) struct Fit<'a> {
    pub segments: Vec<&'a Segment>,
    /// The number of past events that are left out, the oldest first.
    pub left_out: usize,
    /// Whether the upcoming events alone are too large for the limits.
    // They are never left out: the calendar is served whole, and the administrator reads an error.
    pub is_too_large: bool,
}

/// Leaves past events out of `members`, which are sorted by start, until the rest fits.
pub(crate) fn fit<'a>(members: &[Member<'a>]) -> Fit<'a> {
    let all = || members.iter().flat_map(|one| one.segments);
    let mut len: usize = all().map(|segment| segment.body.len()).sum();
    let mut entries: usize = all().map(|segment| segment.entries).sum();
    let mut fit = Fit { segments: Vec::new(), left_out: 0, is_too_large: false };
    for Member { segments, is_over } in members {
        let is_too_much = len > MAX_LEN || entries > MAX_ENTRIES;
        if *is_over && is_too_much {
            len -= segments.iter().map(|segment| segment.body.len()).sum::<usize>();
            entries -= segments.iter().map(|segment| segment.entries).sum::<usize>();
            fit.left_out += 1;
        } else {
            fit.segments.extend(*segments);
        }
    }
    fit.is_too_large = len > MAX_LEN || entries > MAX_ENTRIES;
    fit
}
