//! The events whose definitions are gone: which they are, and whether that looks like an accident.
//!
//! A checkout that is half done or a folder that is not mounted looks like a deletion of
//! everything, and would cancel every event in every calendar.

use std::collections::BTreeSet;

use super::Error;
use super::matched::Matched;
use crate::model::{Feed, Note};
use crate::record::EventRecord;

/// The number of events that may be deleted at once on purpose, however few events there are.
const FEW: usize = 3;

/// The events of the record whose definitions are missing.
#[derive(Debug)]
pub(super) struct Missing {
    /// The uids.
    pub uids: Vec<String>,
    /// Whether it looks like an accident.
    pub are_many: bool,
}

impl Missing {
    pub(crate) fn of(matched: &Matched) -> Self {
        if matched.surely_complete {
            return Self { uids: Vec::new(), are_many: false };
        }
        let Matched { record, definitions, .. } = matched;
        let unpublished: BTreeSet<String> =
            definitions.unpublished.iter().map(|one| one.uid.to_string()).collect();
        let missing = record.missing(&definitions.events, &unpublished);
        let all = record.iter().filter(|event| event.is_present()).count();
        let has_folder = |event: &EventRecord| {
            definitions.feeds.iter().any(|Feed { slug, .. }| slug.as_str() == event.feed())
        };
        let are_many = (missing.len() > FEW && missing.len() * 5 > all)
            || missing.iter().any(|event| !has_folder(event));
        Self { uids: missing.iter().map(|event| event.uid().to_owned()).collect(), are_many }
    }

    /// Returns the uids if the events may have been deleted on purpose.
    ///
    /// # Errors
    /// [`Error::Removals`]
    pub(crate) fn unless_suspicious(self) -> Result<Vec<String>, Error> {
        if self.are_many {
            return Err(Error::Removals { count: self.uids.len() });
        }
        Ok(self.uids)
    }

    pub(crate) fn warning(&self) -> Option<Note> {
        let count = self.uids.len();
        let text = || format!("{}; until then they stay", Error::Removals { count });
        self.are_many.then(text).map(Note::Hint)
    }
}
