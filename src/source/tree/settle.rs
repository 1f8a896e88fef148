//! Which files are whole.
//!
//! A text that is half written is often a good one: the first lines of a `feed.toml` are TOML, and would publish every
//! internal event of its folder. So a file that was edited counts when its writer has closed it, when two reads some
//! time apart are alike, or, where nothing was read before, when it was written that long ago.

use std::collections::BTreeMap;
use std::time::Duration;

use super::files::place_of;
use super::{FEED, SourceFiles};

/// The time for which a file must stay as it is until it counts as whole.
pub(crate) const SETTLING: Duration = Duration::from_secs(2);

/// The files that were edited, and whether each is whole.
#[derive(Debug, Default)]
pub(crate) struct Settling {
    seen: BTreeMap<String, (u128, Seen)>,
    has_read: bool,
}

/// What is known of the bytes that a file has now.
#[derive(Clone, Copy, Debug)]
enum Seen {
    /// They are whole.
    Whole,
    /// They were read first at this reading of a steady clock.
    Since(Duration),
}

impl Settling {
    /// Puts last good contents in the place of all files that are not whole at this reading of a steady clock.
    pub(crate) fn settle(&mut self, files: &mut SourceFiles, good: &SourceFiles, at: Duration) {
        // Later on, an age is no proof: a slow writer may rest for longer between two polls.
        let counts_age = !std::mem::replace(&mut self.has_read, true);
        let mut before = std::mem::take(&mut self.seen);
        for (place, edited) in &files.edited {
            let known = before.remove(place).filter(|(hash, _)| *hash == edited.hash);
            let is_old = counts_age && edited.age.is_some_and(|age| age >= SETTLING);
            let is_whole = edited.is_closed || is_old;
            let seen = match known {
                // A writer may rest for long.
                _ if edited.is_open => Seen::Since(at),
                _ if is_whole => Seen::Whole,
                Some((_, Seen::Since(since))) if at.saturating_sub(since) >= SETTLING => {
                    Seen::Whole
                }
                Some((_, seen)) => seen,
                None => Seen::Since(at),
            };
            // A broken file never becomes the last good one, and stays here as a whole one.
            self.seen.insert(place.clone(), (edited.hash, seen));
        }
        let is_whole = |place: &str| !matches!(self.seen.get(place), Some((_, Seen::Since(_))));
        // What a folder says of its events is not known yet, and it may say that they are not public.
        let has_whole_feed = |place: &str| {
            let folder = place.split_once('/').map(|(folder, _)| folder);
            folder.is_none_or(|folder| is_whole(&format!("{folder}/{FEED}")))
        };
        let is_settled = |place: &String| is_whole(place) && has_whole_feed(place);
        let edited = std::mem::take(&mut files.edited);
        (files.edited, files.unsettled) =
            edited.into_iter().partition(|(place, _)| is_settled(place));
        let unsettled = std::mem::take(&mut files.unsettled);
        let root = files.root.clone();
        files.diagnostics.retain(|one| {
            place_of(&root, one.path()).is_none_or(|place| !unsettled.contains_key(place))
        });
        for place in unsettled.keys() {
            files.restore(place, good);
        }
        files.unsettled = unsettled;
    }
}
