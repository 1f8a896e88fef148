//! What the writer of a format is given of an event, and what it gives back.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::body::SharedBytes;
use super::context::Context;
use super::event_text::EventText;
use crate::recurrence::Occurrence;
use crate::schedule::Entry;

/// An event as a writer sees it: a whole one with its place in the schedule, or one date of a series.
pub struct EventView<'a> {
    pub text: &'a EventText,
    pub entry: Option<&'a Entry>,
    /// The dates of a series that have pages.
    pub dates: &'a [(Occurrence, EventText)],
    pub context: &'a Context,
}

/// An event in one format.
#[derive(Default)]
pub struct EventOutput {
    /// Its own document; empty in a format that has none.
    pub document: SharedBytes,
    /// What feeds hold of it.
    pub segments: Vec<Segment>,
}

/// What a feed holds of an event, or of one date of it.
pub struct Segment {
    pub body: SharedBytes,
    /// When it begins.
    pub begins: DateTime<Utc>,
    /// How many entries it is, for readers that take no more than so many.
    pub entries: usize,
    /// The zone that its times name.
    pub zone: Option<Tz>,
}

/// What a feed holds of one of its events.
#[derive(Clone, Copy)]
pub struct Member<'a> {
    pub segments: &'a [Segment],
    /// Whether the event is over.
    pub is_over: bool,
}
