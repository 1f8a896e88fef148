//! The terms of other vocabularies for the statuses and kinds of events: one row for each value.

#![allow(clippy::match_same_arms, reason = "these are tables, in which each value has its row")]

use crate::model::{EventKind, EventStatus};

/// The terms for a status.
pub(crate) struct StatusTerms {
    /// iCalendar `STATUS` (RFC 5545 §3.8.1.11).
    pub icalendar: &'static str,
    /// schema.org `eventStatus` (`EventStatusType`).
    pub schema_org: &'static str,
}

/// Returns the terms for a status.
pub(crate) const fn status(status: EventStatus) -> StatusTerms {
    let (icalendar, schema_org) = match status {
        EventStatus::Confirmed => ("CONFIRMED", "https://schema.org/EventScheduled"),
        EventStatus::Tentative => ("TENTATIVE", "https://schema.org/EventScheduled"),
        EventStatus::Cancelled => ("CANCELLED", "https://schema.org/EventCancelled"),
        // iCalendar has no term for it, and the event does not take place as announced.
        EventStatus::Postponed => ("CANCELLED", "https://schema.org/EventPostponed"),
        EventStatus::Moved { .. } => ("CONFIRMED", "https://schema.org/EventRescheduled"),
        EventStatus::MovedOnline => ("CONFIRMED", "https://schema.org/EventMovedOnline"),
    };
    StatusTerms { icalendar, schema_org }
}

/// Returns the most specific schema.org `@type`.
pub(crate) const fn schema_type(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Workshop => "EducationEvent",
        EventKind::Conference => "BusinessEvent",
        EventKind::NetworkMeeting => "BusinessEvent",
        EventKind::Talk => "Event",
        EventKind::Course => "EducationEvent",
        EventKind::Excursion => "Event",
        EventKind::Other => "Event",
    }
}

/// Returns the kind for software (`ev:type` of RSS, `_event` of JSON Feed); `None` for [`EventKind::Other`].
// That an event is of some other kind says nothing, and nothing is invented: no element is written.
pub(crate) fn kind_token(kind: EventKind) -> Option<&'static str> {
    (kind != EventKind::Other).then(|| kind.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendars_show_as_cancelled_what_nobody_needs_to_come_to() {
        for one in EventStatus::ALL {
            let terms = status(*one);
            assert_eq!(terms.icalendar == "CANCELLED", !one.takes_place(), "{}", one.name());
            assert!(["CONFIRMED", "TENTATIVE", "CANCELLED"].contains(&terms.icalendar));
            assert!(terms.schema_org.starts_with("https://schema.org/Event"), "{}", one.name());
        }
    }
}
