//! `status`, `previous_start` and `reason`, of an event or of one date of a series.

use chrono_tz::Tz;

use crate::model::{EventStatus, Line, Location, TimePoint};
use crate::source::diagnostic::Problem;
use crate::source::format::{EventDefinition, Text};

use super::checker::Checker;
use super::moment;

/// Reads the status of an event; without one it is confirmed.
pub(crate) fn of_event(
    checker: &Checker<'_>,
    event: &EventDefinition,
    location: Option<&Location>,
    zone: Tz,
) -> Option<EventStatus> {
    let previous_start = moment::time_point(checker, &event.previous_start, zone);
    let status = match status(checker, &event.status, previous_start, location) {
        // A broken status must not become "confirmed": what was cancelled would look as if it took place.
        None if event.status.is_none() && !checker.is_rejected("status") => EventStatus::Confirmed,
        status => status?,
    };
    report_lonely_previous_start(checker, event, status);
    Some(status)
}

/// Reads a status; `previous_start` is the start for which a moved event was announced.
pub(crate) fn status(
    checker: &Checker<'_>,
    text: &Text,
    previous_start: Option<TimePoint>,
    location: Option<&Location>,
) -> Option<EventStatus> {
    let status = match checker.choice("status", EventStatus::NAMES, EventStatus::ALL, text)? {
        EventStatus::Moved { .. } => EventStatus::Moved { previous_start },
        status => status,
    };
    let is_onsite = location.is_some_and(|location| location.online().is_none());
    if let (Some(written), EventStatus::MovedOnline, true) = (text, status, is_onsite) {
        let other = "`[online]`, the place that people move to";
        checker.report(&written.span, Problem::Needs { key: "status", other });
    }
    Some(status)
}

fn report_lonely_previous_start(
    checker: &Checker<'_>,
    event: &EventDefinition,
    status: EventStatus,
) {
    if let Some(written) = &event.previous_start
        && !matches!(status, EventStatus::Moved { .. })
    {
        let other = "`status = \"moved\"`";
        checker.report(&written.span, Problem::Needs { key: "previous_start", other });
    }
}

/// Reads why an event does not take place as announced; without such a status the reason would be shown nowhere.
pub(crate) fn reason(checker: &Checker<'_>, text: &Text, status: &Text) -> Option<Line> {
    let reason = checker.line("reason", text);
    let is_as_announced =
        status.as_ref().is_none_or(|status| status.value == EventStatus::Confirmed.name());
    if let (Some(written), true) = (text, is_as_announced) {
        let other = "a `status` such as `cancelled` or `moved`";
        checker.report(&written.span, Problem::Needs { key: "reason", other });
    }
    reason
}
