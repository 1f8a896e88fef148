//! The input and the output of the functions that write an event in a format.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::body::SharedBytes;
use super::context::Context;
use super::event_text::EventText;
use crate::recurrence::Occurrence;
use crate::schedule::Entry;

/// An event of the schedule, or one date of a series, as the writer of a format is given it.
pub(crate) struct EventView<'a> {
    pub text: &'a EventText,
    /// The event in the schedule; `None` for one date of a series.
    pub entry: Option<&'a Entry>,
    /// The dates of a series that have pages, each with its text.
    pub occurrences: &'a [(Occurrence, EventText)],
    pub context: &'a Context,
}

/// An event in one format.
#[derive(Default)]
pub(crate) struct EventOutput {
    /// The event's own document; empty in a format without one.
    pub document: SharedBytes,
    /// The segments that feeds in this format are assembled from.
    pub segments: Vec<Segment>,
}

/// The part of a feed that stands for one event, or for one date of a series.
pub(crate) struct Segment {
    pub body: SharedBytes,
    /// The instant at which the event or date begins; the rows of CSV are sorted by it.
    pub begins: DateTime<Utc>,
    /// The number of entries in it.
    // Google takes no more than 1,000 of them in a calendar.
    pub entries: usize,
    /// The time zone that its times name; `None` if they are dates or in UTC.
    pub zone: Option<Tz>,
}

/// One event of a feed, with its segments in one format.
#[derive(Clone, Copy)]
pub(crate) struct Member<'a> {
    pub segments: &'a [Segment],
    /// Whether the event has passed.
    pub is_over: bool,
}
