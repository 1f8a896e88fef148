//! The front matter and the text of one event.

use std::ops::Range;

use chrono_tz::Tz;

use crate::model::{
    Event, EventKind, EventStatus, Line, Location, SiteId, Slug, TimePoint, Uid, Visibility,
};
use crate::source::diagnostic::Problem;
use crate::source::format::{EventDefinition, Text};
use crate::source::tree::Asset;
use crate::zone::Zones;

use super::checker::Checker;
use super::feed::Defaults;
use super::registry::Registry;
use super::{files, moment, participation, place, series, session, text, time, translation, zone};

/// What an event is written in.
pub struct Surroundings<'a> {
    pub site_id: SiteId,
    pub registry: &'a Registry,
    pub zones: &'a Zones,
    pub feed: &'a Slug,
    pub assets: &'a [Asset],
}

const TITLE: &str = "`title = \"…\"`";

/// The event and whether it is a draft; `None` where a necessary part is missing or wrong.
pub fn validate(
    checker: &Checker<'_>,
    slug: &Slug,
    event: &EventDefinition,
    body: Range<usize>,
    surroundings: &Surroundings<'_>,
    defaults: &Defaults,
) -> Option<(Event, bool)> {
    let registry = surroundings.registry;
    let zone = zone::zone(checker, &event.timezone).unwrap_or(defaults.zone);
    let uid = uid(checker, &event.uid, slug, surroundings);
    let time = time::event_time(checker, event, zone);
    let location = place::location(checker, event, surroundings, defaults);
    let status = own_status(checker, event, location.as_ref(), zone);
    let recurrence = series::recurrence(
        checker,
        event,
        time.as_ref(),
        location.as_ref(),
        surroundings,
        defaults.series,
    );
    if let (Some(time), Some(recurrence)) = (&time, &recurrence) {
        zone::check_data(checker, &event.timezone, time, recurrence);
    }
    let organizer = registry.organizer(checker, &event.organizer);
    let contact = registry.contact(checker, &event.contact);
    let written = visibility(checker, &event.visibility).unwrap_or(defaults.visibility);
    let [published, updated] = moment::instants(checker, &event.published, &event.updated);
    let checked = Event {
        slug: slug.clone(),
        feed: surroundings.feed.clone(),
        feeds: vec![surroundings.feed.clone()],
        subtitle: checker.line("subtitle", &event.subtitle),
        summary: checker.line("summary", &event.summary),
        body: text::body(checker, body),
        kind: kind(checker, &event.kind).unwrap_or(defaults.kind),
        doors: time.as_ref().and_then(|time| time::doors(checker, &event.doors, time)),
        reason: reason(checker, &event.reason, &event.status),
        organizer: organizer.or_else(|| defaults.organizer.clone()),
        contact: contact.or_else(|| defaults.contact.clone()),
        participation: participation::validate(checker, event, time.as_ref(), zone),
        sessions: session::validate(checker, event, time.as_ref(), location.as_ref(), registry),
        has_session_entries: session::entries(checker, event, defaults.session_entries),
        part_of: event.part_of.as_ref().and_then(|slug| checker.slug("part_of", slug)),
        tags: checker.lines("tags", &event.tags),
        links: checker.links(&event.links),
        image: files::image(checker, event, surroundings.assets),
        attachments: files::attachments(checker, &event.attachments, surroundings.assets),
        translation: translation::of_event(checker, &event.translation),
        language: checker.language(&event.language).unwrap_or_else(|| defaults.language.clone()),
        visibility: written.audience(),
        busy: event.busy.as_ref().map_or(defaults.busy, |busy| busy.value),
        published,
        updated,
        title: checker.required_line(&checker.head, "title", TITLE, &event.title)?,
        uid: uid?,
        has_written_uid: event.uid.is_some(),
        time: time?,
        recurrence: recurrence?,
        location: status.zip(location).map(|(status, location)| location.under(status))?,
        status: status?,
    };
    Some((checked, matches!(written, Written::Draft)))
}

fn uid(
    checker: &Checker<'_>,
    written: &Text,
    slug: &Slug,
    surroundings: &Surroundings<'_>,
) -> Option<Uid> {
    if written.is_none() {
        return Some(surroundings.site_id.event_uid(slug));
    }
    checker.valid("uid", "one line of at most 255 octets", written, |text| {
        Line::new(text).and_then(Uid::new)
    })
}

pub fn kind(checker: &Checker<'_>, text: &Text) -> Option<EventKind> {
    checker.choice("kind", EventKind::NAMES, EventKind::ALL, text)
}

/// What an author may write as visibility.
#[derive(Clone, Copy)]
pub enum Written {
    For(Visibility),
    Draft,
}

impl Written {
    /// Nobody sees a draft; until it is dropped it counts as internal.
    fn audience(self) -> Visibility {
        match self {
            Self::For(visibility) => visibility,
            Self::Draft => Visibility::Internal,
        }
    }
}

/// The visibility that is written.
pub fn visibility(checker: &Checker<'_>, text: &Text) -> Option<Written> {
    let values =
        [Written::For(Visibility::Public), Written::For(Visibility::Internal), Written::Draft];
    checker.choice("visibility", &["public", "internal", "draft"], &values, text)
}

fn own_status(
    checker: &Checker<'_>,
    event: &EventDefinition,
    location: Option<&Location>,
    zone: Tz,
) -> Option<EventStatus> {
    let previous_start = moment::time_point(checker, &event.previous_start, zone);
    let status = match status(checker, &event.status, previous_start, location) {
        None if event.status.is_none() && !checker.is_rejected("status") => EventStatus::Confirmed,
        status => status?,
    };
    report_lonely_previous_start(checker, event, status);
    Some(status)
}

/// The status that is written; `previous_start` is what a moved event was announced for.
pub fn status(
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

/// Why it does not take place as announced; without such a status the words would be lost.
pub fn reason(checker: &Checker<'_>, text: &Text, status: &Text) -> Option<Line> {
    let reason = checker.line("reason", text);
    let is_as_announced =
        status.as_ref().is_none_or(|status| status.value == EventStatus::Confirmed.name());
    if let (Some(written), true) = (text, is_as_announced) {
        let other = "a `status` such as `cancelled` or `moved`";
        checker.report(&written.span, Problem::Needs { key: "reason", other });
    }
    reason
}
