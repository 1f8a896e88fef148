//! Which revision of an event is published, and since when: the one place that says it.

use chrono::{DateTime, SubsecRound, Utc};

use super::Event;

/// The state of a published event, from which all its timestamps follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Counts visible changes (RFC 5545 §3.8.7.4).
    pub sequence: u32,
    /// First publication (RFC 5545 §3.8.7.1).
    pub created: DateTime<Utc>,
    /// Last visible change (RFC 5545 §3.8.7.3); never before `created`.
    pub modified: DateTime<Utc>,
}

impl Revision {
    /// The first revision of `event`: its written `published` and `updated`, or else `now`, in
    /// whole seconds.
    #[must_use]
    pub fn first(event: &Event, now: DateTime<Utc>) -> Self {
        let now = now.trunc_subsecs(0);
        let created = event.published.or(event.updated).unwrap_or(now);
        let modified = event.updated.unwrap_or(created).max(created);
        Self { sequence: 0, created, modified }
    }
}

/// An event together with its revision.
#[derive(Clone, Debug)]
pub struct Published {
    /// What is told.
    pub event: Event,
    /// Since when it is told so.
    pub revision: Revision,
}
