//! How much a calendar may hold: Google drops larger ones, or reads only a part.

use crate::render::segment::{Member, Segment};

/// In bytes, with room for the head of the calendar and its zones.
const MAX_LEN: usize = 900_000 - 20_000;
const MAX_ENTRIES: usize = 1_000;

/// What a calendar holds, and what it had to leave out.
pub struct Fit<'a> {
    pub segments: Vec<&'a Segment>,
    /// How many past events were left out, the oldest first.
    pub left_out: usize,
    /// Whether what is left is still too much: upcoming events are never left out.
    pub is_too_large: bool,
}

/// Takes past events out of `members`, which are by start, until the rest fits.
pub fn fit<'a>(members: &[Member<'a>]) -> Fit<'a> {
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
