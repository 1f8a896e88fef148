//! The checks of one event file: its front matter and its text.

use std::ops::Range;

use crate::model::{Event, Line, Slug, Uid};
use crate::source::format::{EventDefinition, Text};

use super::checker::Checker;
use super::defaults::Defaults;
use super::surroundings::Surroundings;
use super::visibility::{self, Written};
use super::{
    files, moment, participation, place, series, session, status, text, time, translation, zone,
};

const TITLE: &str = "`title = \"…\"`";

/// Returns the event and whether it is a draft; `None` if a necessary part is missing or wrong.
pub(crate) fn validate(
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
    let status = status::of_event(checker, event, location.as_ref(), zone);
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
    let written = visibility::written(checker, &event.visibility).unwrap_or(defaults.visibility);
    let [published, updated] = moment::instants(checker, &event.published, &event.updated);
    let checked = Event {
        slug: slug.clone(),
        feed: surroundings.feed.clone(),
        // `schedule::assign_feeds` adds the feeds that select it.
        feeds: vec![surroundings.feed.clone()],
        subtitle: checker.line("subtitle", &event.subtitle),
        summary: checker.line("summary", &event.summary),
        body: text::body(checker, body),
        kind: checker.kind(&event.kind).unwrap_or(defaults.kind),
        doors: time.as_ref().and_then(|time| time::doors(checker, &event.doors, time)),
        reason: status::reason(checker, &event.reason, &event.status),
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
        // The necessary parts come last: a `?` before the others would leave their mistakes unreported.
        title: checker.required_line(&checker.head, "title", TITLE, &event.title)?,
        uid: uid?,
        has_written_uid: event.uid.is_some(),
        time: time?,
        recurrence: recurrence?,
        // An event that moved online has left its place.
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
    // A written uid is published as it is: subscribers may know the event by it already.
    checker.valid("uid", "one line of at most 255 bytes", written, |text| {
        Line::new(text).and_then(Uid::new)
    })
}
