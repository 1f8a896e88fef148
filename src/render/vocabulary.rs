//! What other vocabularies call a status and a kind of event: one row a value.

#![allow(clippy::match_same_arms, reason = "these are tables, in which each value has its row")]

use crate::model::{EventKind, EventStatus};

/// A status in the words of the formats.
pub struct StatusTerms {
    /// iCalendar `STATUS` (RFC 5545 §3.8.1.11).
    pub icalendar: &'static str,
    /// schema.org `eventStatus` (`EventStatusType`).
    pub schema_org: &'static str,
}

pub const fn status(status: EventStatus) -> StatusTerms {
    let (icalendar, schema_org) = match status {
        EventStatus::Confirmed => ("CONFIRMED", "https://schema.org/EventScheduled"),
        EventStatus::Tentative => ("TENTATIVE", "https://schema.org/EventScheduled"),
        EventStatus::Cancelled => ("CANCELLED", "https://schema.org/EventCancelled"),
        EventStatus::Postponed => ("CANCELLED", "https://schema.org/EventPostponed"),
        EventStatus::Moved { .. } => ("CONFIRMED", "https://schema.org/EventRescheduled"),
        EventStatus::MovedOnline => ("CONFIRMED", "https://schema.org/EventMovedOnline"),
    };
    StatusTerms { icalendar, schema_org }
}

/// Returns the most specific schema.org `@type`.
pub const fn schema_type(kind: EventKind) -> &'static str {
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

/// Returns the kind as software reads it (`ev:type` of RSS, `_event` of JSON Feed); that it is something else says
/// nothing.
pub fn kind_token(kind: EventKind) -> Option<&'static str> {
    (kind != EventKind::Other).then(|| kind.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendars_show_as_cancelled_what_nobody_needs_to_come_to() {
        for one in EventStatus::ALL {
            let terms = status(*one);
            assert_eq!(terms.icalendar == "CANCELLED", one.is_off(), "{}", one.name());
            assert!(["CONFIRMED", "TENTATIVE", "CANCELLED"].contains(&terms.icalendar));
            assert!(terms.schema_org.starts_with("https://schema.org/Event"), "{}", one.name());
        }
    }
}
