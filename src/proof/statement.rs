//! The times and statuses of the model, as texts that documents of all formats can be compared with.
//!
//! The terms of iCalendar and schema.org are written here once more: a wrong term of the renderer must not be found
//! right by looking it up in the same table.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::model::{EventStatus, EventTime, TimeSpan};

/// Returns the first and the last day, or the instants of start and end:
/// `2018-12-10T09:15:00Z/2018-12-10T15:15:00Z`.
// Formats write one instant in many ways: with a zone, with an offset, in UTC. As instants in UTC they are equal.
pub(crate) fn times(time: &EventTime) -> String {
    match time {
        EventTime::Days(days) => format!("{}/{}", days.first(), days.last()),
        EventTime::Timed(span) => span_times(span),
    }
}

/// Returns the instants of start and end; without an end, nothing follows the slash.
pub(crate) fn span_times(span: &TimeSpan) -> String {
    let end = span.end().map(|end| instant(end.to_utc())).unwrap_or_default();
    format!("{}/{end}", instant(span.start().to_utc()))
}

/// Returns the first day, or the instant of the start.
pub(crate) fn start(time: &EventTime) -> String {
    match time {
        EventTime::Days(days) => days.first().to_string(),
        EventTime::Timed(span) => instant(span.start().to_utc()),
    }
}

/// Returns the last day, or the instant of the end.
pub(crate) fn end(time: &EventTime) -> Option<String> {
    match time {
        EventTime::Days(days) => Some(days.last().to_string()),
        EventTime::Timed(span) => span.end().map(|end| instant(end.to_utc())),
    }
}

/// Returns an instant in UTC, to the second (RFC 3339).
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Reads a machine-readable time of any format: returns an instant in UTC, or the text itself if it is no instant.
pub(crate) fn read_point(text: &str) -> String {
    match DateTime::parse_from_rfc3339(text) {
        Ok(at) => instant(at.to_utc()),
        Err(_) => text.to_owned(),
    }
}

/// Returns the `STATUS` (RFC 5545 §3.8.1.11).
pub(crate) fn calendar_status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Cancelled | EventStatus::Postponed => "CANCELLED",
        EventStatus::Tentative => "TENTATIVE",
        _ => "CONFIRMED",
    }
}

/// Returns the `eventStatus` (schema.org `EventStatusType`).
pub(crate) fn schema_status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Cancelled => "https://schema.org/EventCancelled",
        EventStatus::Postponed => "https://schema.org/EventPostponed",
        EventStatus::Moved { .. } => "https://schema.org/EventRescheduled",
        EventStatus::MovedOnline => "https://schema.org/EventMovedOnline",
        _ => "https://schema.org/EventScheduled",
    }
}
