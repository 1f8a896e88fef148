//! iCalendar documents, read back by `calcard`. The `icalendar` crate, by which they are written, might read its own
//! mistakes back.

use std::collections::BTreeMap;

use calcard::icalendar::{ICalendar, ICalendarProperty};

use super::mismatch::{Comparison, Mismatch};
use super::published::{PublishedEvent, Statement};
use super::vevent::{self, Vevent};
use crate::model::{Feed, SiteId};
use crate::zone::Zones;

/// Compares a feed: it has exactly its events, and its own name.
pub(crate) fn feed(
    path: &str,
    document: &str,
    site: SiteId,
    feed: &Feed,
    members: &[&PublishedEvent],
    zones: &Zones,
) -> Vec<Mismatch> {
    let mut comparison = Comparison::of(path);
    if let Some(calendar) = read(document, &mut comparison) {
        let name =
            calendar.components.first().map(|one| vevent::text(one, &ICalendarProperty::Name));
        comparison.same("name", "the feed", &name.unwrap_or_default(), &feed.title);
        let expected: Vec<Vevent> =
            members.iter().flat_map(|member| vevent::in_feed(member, zones)).collect();
        // GNOME keeps the former entries of a calendar without one: an empty feed has a notice.
        if expected.is_empty() {
            let notice = site.notice_uid(&feed.slug);
            let found = vevent::vevents(&calendar, zones);
            let names = found.iter().map(|one| one.name.as_str()).collect();
            comparison.same_set("entry", names, vec![notice.as_str()]);
        } else {
            compare(&calendar, &expected, zones, &mut comparison);
        }
    }
    comparison.mismatches
}

/// Compares the file of an event, or of a series, whose rule yields exactly its dates.
pub(crate) fn event(
    path: &str,
    document: &str,
    event: &PublishedEvent,
    zones: &Zones,
) -> Vec<Mismatch> {
    let mut comparison = Comparison::of(path);
    if let Some(calendar) = read(document, &mut comparison) {
        compare(&calendar, &vevent::in_feed(event, zones), zones, &mut comparison);
        if let Some((found, expected)) = vevent::expanded(calendar, event, zones) {
            let found = found.iter().map(String::as_str).collect();
            comparison.same_set("date", found, expected.iter().map(String::as_str).collect());
        }
    }
    comparison.mismatches
}

/// Compares the file of one date of a series.
pub(crate) fn date(
    path: &str,
    document: &str,
    statement: &Statement,
    zones: &Zones,
) -> Vec<Mismatch> {
    let mut comparison = Comparison::of(path);
    if let Some(calendar) = read(document, &mut comparison) {
        compare(&calendar, &vevent::alone(statement), zones, &mut comparison);
    }
    comparison.mismatches
}

fn read(document: &str, comparison: &mut Comparison<'_>) -> Option<ICalendar> {
    vevent::read(document).map_err(|reason| comparison.unreadable(reason)).ok()
}

fn compare(
    calendar: &ICalendar,
    expected: &[Vevent],
    zones: &Zones,
    comparison: &mut Comparison<'_>,
) {
    let found = vevent::vevents(calendar, zones);
    let names = |list: &[Vevent]| list.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    let (found_names, expected_names) = (names(&found), names(expected));
    comparison.same_set(
        "entry",
        found_names.iter().map(String::as_str).collect(),
        expected_names.iter().map(String::as_str).collect(),
    );
    let by_name: BTreeMap<&str, &Vevent> =
        expected.iter().map(|one| (one.name.as_str(), one)).collect();
    for one in &found {
        if let Some(expected) = by_name.get(one.name.as_str()) {
            one.compare(expected, comparison);
        }
    }
}
