//! Events whose definitions are gone: which they are, and whether that looks like an accident.

use std::collections::BTreeSet;

use super::Error;
use super::matched::Matched;
use crate::model::Feed;
use crate::record::EventRecord;

/// More of them, and more than a fifth of all, do not go at once by intention.
const FEW: usize = 3;

/// Events of the record whose definitions are not there.
#[derive(Debug)]
pub(super) struct Missing {
    /// Their uids.
    pub uids: Vec<String>,
    /// Whether it looks like an accident.
    pub are_many: bool,
}

impl Missing {
    pub fn of(matched: &Matched) -> Self {
        if matched.is_complete {
            return Self { uids: Vec::new(), are_many: false };
        }
        let Matched { record, catalogue, .. } = matched;
        let unpublished: BTreeSet<String> =
            catalogue.unpublished.iter().map(|one| one.uid.to_string()).collect();
        let missing = record.missing(&catalogue.events, &unpublished);
        let all = record.iter().filter(|event| event.is_present()).count();
        let has_folder = |event: &EventRecord| {
            catalogue.feeds.iter().any(|Feed { slug, .. }| slug.as_str() == event.feed())
        };
        let are_many = (missing.len() > FEW && missing.len() * 5 > all)
            || missing.iter().any(|event| !has_folder(event));
        Self { uids: missing.iter().map(|event| event.uid().to_owned()).collect(), are_many }
    }

    /// Returns the uids if they are few enough to be gone on purpose.
    ///
    /// # Errors
    /// [`Error::Removals`]
    pub fn few(self) -> Result<Vec<String>, Error> {
        if self.are_many {
            return Err(Error::Removals { count: self.uids.len() });
        }
        Ok(self.uids)
    }

    pub fn warning(&self) -> Option<String> {
        let count = self.uids.len();
        self.are_many.then(|| format!("{}; until then they stay", Error::Removals { count }))
    }
}
