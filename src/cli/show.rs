//! `aushang show`

use std::fmt::Write;

use crate::config::Config;
use crate::error::Error;
use crate::model::{Event, EventTime, Visibility, ZonedTime};
use crate::source::{self, nearest};

pub fn execute(config: &Config, slug: Option<&str>) -> Result<(), Error> {
    let (catalogue, _) = source::load(&config.feeds)?;
    let events: Vec<&Event> = match slug {
        None => catalogue.events.iter().collect(),
        Some(slug) => vec![find(&catalogue.events, slug)?],
    };
    let blocks: Vec<String> = events.into_iter().map(block).collect();
    if blocks.is_empty() {
        println!("{}: no events", config.feeds.display());
    } else {
        print!("{}", blocks.join("\n"));
    }
    Ok(())
}

fn find<'a>(events: &'a [Event], slug: &str) -> Result<&'a Event, Error> {
    events.iter().find(|event| event.slug.as_str() == slug).ok_or_else(|| {
        let slugs: Vec<&str> = events.iter().map(|event| event.slug.as_str()).collect();
        let nearest = nearest(slug, &slugs).map(str::to_owned);
        Error::UnknownEvent { slug: slug.to_owned(), nearest }
    })
}

/// The name of the event, then a line for each of its facts.
fn block(event: &Event) -> String {
    let mut text = format!("{}\n  title  {}\n", event.slug, event.title);
    for (name, time) in times(&event.time) {
        let _ = writeln!(text, "  {name:<6} {time}");
    }
    if let Some(place) = event.location.place() {
        let room = place.room.as_ref().map(|room| format!(", {}", room.name)).unwrap_or_default();
        let venue = &place.venue;
        let _ = writeln!(text, "  place  {}{room}, {}", venue.name, venue.address.city);
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

/// "Mon 2018-12-10 10:15 +01:00 Europe/Berlin = 2018-12-10T09:15:00Z"
fn zoned(time: ZonedTime) -> String {
    let utc = time.to_utc().format("%Y-%m-%dT%H:%M:%SZ");
    format!("{} {} = {utc}", time.format("%a %Y-%m-%d %H:%M %:z"), time.timezone().name())
}
