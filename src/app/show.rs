//! `aushang show`: events with their wall-clock time, offset and UTC.

use std::fmt::Write;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::Error;
use super::build::{definitions, window, zones};
use super::status::SiteStatus;
use crate::config::Config;
use crate::model::{Event, EventTime, Visibility, ZonedTime};
use crate::recurrence;
use crate::schedule::Moment;
use crate::zone::Zones;

/// The number of occurrences of each series that the list of all events shows.
const OCCURRENCES_IN_LIST: usize = 5;

/// Returns a block of lines for each of the events with these slugs, for all events if there are none; and what is held
/// back.
///
/// # Errors
/// [`Error::Load`], [`Error::Record`]; [`Error::UnknownEvent`] if no event has one of the slugs.
pub(crate) fn show(
    config: &Config,
    now: DateTime<Utc>,
    slugs: &[String],
) -> Result<(Vec<String>, SiteStatus), Error> {
    let zones = zones();
    let (definitions, status) = definitions(config, now, &zones)?;
    let horizon = Moment { now, window: window(config) }.days().1;
    if slugs.is_empty() {
        let block = |event: &Arc<Event>| block(event, horizon, OCCURRENCES_IN_LIST, &zones);
        return Ok((definitions.events.iter().map(block).collect(), status));
    }
    let found = slugs.iter().map(|slug| find(&definitions.events, slug));
    let blocks = found.map(|event| Ok(block(event?, horizon, usize::MAX, &zones)));
    Ok((blocks.collect::<Result<_, Error>>()?, status))
}

/// Returns a line for each item that is held back.
///
/// # Errors
/// [`Error::Load`], [`Error::Record`]
pub(crate) fn show_held(config: &Config, now: DateTime<Utc>) -> Result<Vec<String>, Error> {
    let (_, status) = definitions(config, now, &zones())?;
    Ok(status.items.iter().map(ToString::to_string).collect())
}

fn find<'a>(events: &'a [Arc<Event>], slug: &str) -> Result<&'a Event, Error> {
    events.iter().map(|event| &**event).find(|event| event.slug.as_str() == slug).ok_or_else(|| {
        let slugs: Vec<&str> = events.iter().map(|event| event.slug.as_str()).collect();
        Error::unknown_event(slug, &slugs)
    })
}

/// Returns the slug of the event, then a line for each of its facts.
fn block(event: &Event, horizon: NaiveDate, limit: usize, zones: &Zones) -> String {
    let mut text = format!("{}\n  title  {}\n", event.slug, event.title);
    for (name, time) in times(&event.time) {
        let _ = writeln!(text, "  {name:<6} {time}");
    }
    text.push_str(&occurrences(event, horizon, limit, zones));
    if let Some(place) = event.location.place() {
        let room = place.room.as_ref().map(|room| format!(", {}", room.name)).unwrap_or_default();
        let venue = &place.venue;
        let town = place.address().map(|address| format!(", {}", address.city)).unwrap_or_default();
        let _ = writeln!(text, "  place  {}{room}{town}", venue.name);
    }
    if event.location.online().is_some() {
        text.push_str("  place  online\n");
    }
    if event.visibility == Visibility::Internal {
        text.push_str("  only in internal feeds\n");
    }
    let _ = writeln!(text, "  uid    {}", event.uid);
    text
}

/// Returns a line for each occurrence of a series; of one without end, up to `horizon`.
fn occurrences(event: &Event, horizon: NaiveDate, limit: usize, zones: &Zones) -> String {
    let Some(series) = event.series() else { return String::new() };
    let horizon = if recurrence::is_endless(series) { horizon } else { NaiveDate::MAX };
    let occurrences = recurrence::occurrences(series, &event.time, horizon, zones);
    let mut text = String::new();
    for one in occurrences.iter().take(limit) {
        let takes_place = recurrence::event_on(event, one, zones).takes_place();
        let remark = if takes_place { "" } else { " (does not take place)" };
        let _ = writeln!(text, "  {:<6} {}{remark}", "date", interval(&one.time));
    }
    match occurrences.len().saturating_sub(limit) {
        0 if recurrence::is_endless(series) => text.push_str("  …      and so on, without end\n"),
        0 => {}
        more => {
            let _ = writeln!(text, "  …      and {more} more: see `aushang show {}`", event.slug);
        }
    }
    text
}

fn times(time: &EventTime) -> Vec<(&'static str, String)> {
    match time {
        EventTime::Days(days) => vec![
            ("first", format!("{} (whole days)", days.first().format("%a %Y-%m-%d"))),
            ("last", days.last().format("%a %Y-%m-%d").to_string()),
        ],
        EventTime::Timed(span) => {
            let start = [("start", zoned(span.start()))];
            start.into_iter().chain(span.end().map(|end| ("end", zoned(end)))).collect()
        }
    }
}

/// Returns start and end in one line, with a slash between them (ISO 8601).
fn interval(time: &EventTime) -> String {
    let times = times(time);
    let (_, start) = &times[0];
    let end = match time {
        EventTime::Days(days) => Some(format!("/{}", days.last())),
        EventTime::Timed(span) => span.end().map(|end| format!("/{}", utc(end))),
    };
    format!("{start}{}", end.unwrap_or_default())
}

/// Returns a time such as "Mon 2018-12-10 10:15 +01:00 Europe/Berlin = 2018-12-10T09:15:00Z".
fn zoned(time: ZonedTime) -> String {
    let local = time.format("%a %Y-%m-%d %H:%M %:z");
    format!("{local} {} = {}", time.timezone().name(), utc(time))
}

fn utc(time: ZonedTime) -> String {
    time.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}
