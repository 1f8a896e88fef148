//! The times and statuses of the model in a form that all formats share.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::model::{EventStatus, EventTime, TimeSpan};

/// First and last day, or the instants of start and end: `2018-12-10T09:15:00Z/2018-12-10T15:15:00Z`.
pub fn times(time: &EventTime) -> String {
    match time {
        EventTime::Days(days) => format!("{}/{}", days.first(), days.last()),
        EventTime::Timed(span) => span_times(span),
    }
}

/// The instants of start and end; without an end nothing follows the slash.
pub fn span_times(span: &TimeSpan) -> String {
    let end = span.end().map(|end| instant(end.to_utc())).unwrap_or_default();
    format!("{}/{end}", instant(span.start().to_utc()))
}

/// The first day, or the instant of the start.
pub fn start(time: &EventTime) -> String {
    match time {
        EventTime::Days(days) => days.first().to_string(),
        EventTime::Timed(span) => instant(span.start().to_utc()),
    }
}

/// The last day, or the instant of the end.
pub fn end(time: &EventTime) -> Option<String> {
    match time {
        EventTime::Days(days) => Some(days.last().to_string()),
        EventTime::Timed(span) => span.end().map(|end| instant(end.to_utc())),
    }
}

pub fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// What a machine-readable time of any format says: a date, or an instant; else the text itself.
pub fn read_point(text: &str) -> String {
    match DateTime::parse_from_rfc3339(text) {
        Ok(at) => instant(at.to_utc()),
        Err(_) => text.to_owned(),
    }
}

/// `STATUS` (RFC 5545 §3.8.1.11)
pub fn calendar_status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Cancelled | EventStatus::Postponed => "CANCELLED",
        EventStatus::Tentative => "TENTATIVE",
        _ => "CONFIRMED",
    }
}

/// `eventStatus` (schema.org `EventStatusType`)
pub fn schema_status(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Cancelled => "https://schema.org/EventCancelled",
        EventStatus::Postponed => "https://schema.org/EventPostponed",
        EventStatus::Moved { .. } => "https://schema.org/EventRescheduled",
        EventStatus::MovedOnline => "https://schema.org/EventMovedOnline",
        _ => "https://schema.org/EventScheduled",
    }
}
