//! The memory that the documents of a site take, and when its administrator should know of it.

use std::cmp::Reverse;

use crate::IndexMap;
use crate::model::{Note, Slug};

/// The bytes of documents and files that a site is made for; with the rest of the program about twice as much.
// Measured: 10,000 events with texts of 1,000 characters are 160 MB.
const BUDGET: usize = 1024 * MIB;
const MIB: usize = 1024 * 1024;

/// The number of events that the message names.
const NAMED: usize = 3;

/// Returns a message if the documents of all events take more than four fifths of what a site is made for. Nothing is
/// refused: the machine may have room for more.
pub(crate) fn note<'a>(events: impl Iterator<Item = (&'a Slug, usize)>) -> Option<Note> {
    let mut sizes: IndexMap<&Slug, usize> = IndexMap::default();
    events.for_each(|(slug, size)| *sizes.entry(slug).or_default() += size);
    let all: usize = sizes.values().sum();
    if all < BUDGET / 5 * 4 {
        return None;
    }
    let mut sizes: Vec<(&Slug, usize)> = sizes.into_iter().collect();
    sizes.sort_by_key(|(slug, size)| (Reverse(*size), *slug));
    let largest = sizes.iter().take(NAMED);
    let largest: Vec<String> =
        largest.map(|(slug, size)| format!("`{slug}` ({} MiB)", size.div_ceil(MIB))).collect();
    Some(Note::Hint(format!(
        "the documents and files of all events take {} MiB of memory, and a site is made for {} MiB; the \
         largest: {}: shorten texts, make files smaller, or let series have fewer dates",
        all.div_ceil(MIB),
        BUDGET / MIB,
        largest.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_that_is_nearly_too_large_names_its_largest_events() {
        let slugs = ["a", "b", "c", "d"].map(|name| Slug::new(name).expect("a slug"));
        let sizes =
            |size: usize| slugs.iter().zip([1, size, 2, 3]).map(|(slug, n)| (slug, n * MIB));
        assert_eq!(note(sizes(700)), None);
        let note = note(sizes(900)).expect("it is too large");
        assert!(note.text().contains("take 906 MiB of memory"), "{note}");
        assert!(note.text().contains("`b` (900 MiB), `d` (3 MiB), `c` (2 MiB): "), "{note}");
    }
}
