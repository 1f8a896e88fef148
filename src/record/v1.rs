//! Lines of the first form, which stored times and places as the texts that readers saw. No other
//! module knows them. They are read once; the next revision writes them in the present form, under
//! the same sequence number.
//!
//! A place stays what it is: one line, now the name of a place, and nobody takes it apart. The
//! facts of an event with a definition come from that again.

mod digest;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

use super::event_record::{ByHand, EventRecord, FromVersion1};
use super::facts::Facts;
use super::json::from_json;
use crate::model::{
    Address, Change, Event, EventKind, EventStatus, EventTime, FieldChange, Language, Line,
    Location, OccurrenceState, Override, Place, Room, Series, SeriesForm, Slug, TimePoint, Uid,
    Venue,
};
use crate::recurrence::parse_rule;
use crate::zone::Zones;

/// The version of the lines that are read here.
pub(super) const VERSION: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct V1Record {
    #[serde(rename = "v")]
    _v: u32,
    uid: Uid,
    slugs: Vec<Slug>,
    sequence: u32,
    created: DateTime<Utc>,
    modified: DateTime<Utc>,
    digest: String,
    last: V1Last,
    #[serde(default)]
    changes: Vec<V1Change>,
    #[serde(default)]
    listed: BTreeMap<Slug, DateTime<Utc>>,
    removed: Option<DateTime<Utc>>,
    withdrawn: Option<DateTime<Utc>>,
    #[serde(rename = "held")]
    by_hand: Option<ByHand>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct V1Last {
    title: Line,
    start: String,
    end: Option<String>,
    timezone: String,
    place: Line,
    room: Option<Line>,
    status: String,
    reason: Option<Line>,
    previous_start: Option<String>,
    form: String,
    series: Option<V1Series>,
    feeds: Vec<Slug>,
    language: Language,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct V1Series {
    rule: String,
    #[serde(default)]
    except: Vec<NaiveDate>,
    #[serde(default)]
    also: Vec<NaiveDate>,
    #[serde(default)]
    changes: BTreeMap<NaiveDate, V1Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct V1Date {
    start: String,
    end: Option<String>,
    place: Line,
    status: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct V1Time {
    start: String,
    end: Option<String>,
    timezone: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct V1Change {
    sequence: u32,
    at: DateTime<Utc>,
    #[serde(rename = "matters")]
    fields: Vec<V1FieldChange>,
}

#[derive(Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
enum V1FieldChange {
    New,
    Removed,
    Restored,
    Title { before: Line, after: Line },
    Time { before: V1Time, after: V1Time },
    Place { before: Line, after: Line },
    Room { before: Option<Line>, after: Option<Line> },
    Status { before: String, after: String },
    Rule,
    Date { date: NaiveDate, timezone: String, before: Option<V1Date>, after: Option<V1Date> },
    Details,
}

/// Reads a line.
///
/// # Errors
/// The part that cannot be read.
pub(super) fn parse(line: &str, zones: &Zones) -> Result<EventRecord, String> {
    let old: V1Record = from_json(line)?;
    let reader = V1Reader { zones };
    let from_version_1 = FromVersion1 { room: old.last.room.clone() };
    let changes = old.changes.iter().map(|change| reader.change(change));
    let event =
        EventRecord::new(old.uid, old.digest, reader.facts(&old.last)?, old.sequence, old.created);
    Ok(EventRecord {
        slugs: old.slugs,
        modified: old.modified,
        changes: changes.collect(),
        listed: old.listed,
        removed: old.removed,
        withdrawn: old.withdrawn,
        by_hand: old.by_hand,
        v1: Some(from_version_1),
        ..event
    })
}

/// Returns whether `digest` is the first form's digest of `event`; `None` if it is a digest of
/// another form.
pub(super) fn is_digest_of(digest: &str, event: &Event, zones: &Zones) -> Option<bool> {
    // Digests of the present form begin with `sha256:`.
    (!digest.contains(':')).then(|| digest == self::digest::digest(event, zones))
}

/// Gives the facts of a line of the first form the places as they are known today, if the line has
/// the same words for them: another form of the record is no change of the event.
pub(super) fn recognise(old: &mut Facts, from_version_1: Option<&FromVersion1>, new: &Facts) {
    let room = from_version_1.and_then(|one| one.room.as_ref());
    let own =
        |location: &Location| name(location).is_some_and(|line| *line == self::line(&new.location));
    if own(&old.location) {
        old.location = new.location.clone();
    } else if let Some(with_old_room) = in_room(&new.location, room)
        && name(&old.location).is_some_and(|line| *line == self::line(&with_old_room))
    {
        old.location = with_old_room;
    }
    let overrides = old.series.iter_mut().flat_map(|series| series.overrides.iter_mut());
    for (date, change) in overrides {
        let known = new.series.as_ref().and_then(|series| series.overrides.get(date));
        let known = known.and_then(|change| change.location.as_ref()).unwrap_or(&new.location);
        let said = change.location.as_ref().and_then(name);
        if said.is_some_and(|said| *said == line(known)) {
            change.location = Some(known.clone());
        }
    }
}

/// Returns the line of a place of which nothing else is known.
fn name(location: &Location) -> Option<&Line> {
    let venue = &location.place()?.venue;
    venue.address.is_none().then_some(&venue.name)
}

fn in_room(location: &Location, room: Option<&Line>) -> Option<Location> {
    let room = room.map(|name| Room { name: name.clone() });
    let place = Place { room, ..location.place()?.clone() };
    Some(match location.online() {
        Some(online) => Location::Mixed(place, online.clone()),
        None => Location::Onsite(place),
    })
}

/// Returns the line that the first form stored for a place.
fn line(location: &Location) -> Line {
    let online = || location.online().and_then(|online| online.label.clone());
    let Some(place) = location.place() else {
        return online().or_else(|| Line::new("Online")).expect("a word is a line");
    };
    let room = place.room.as_ref().map(|room| &room.name);
    let names = std::iter::once(&place.venue.name).chain(room);
    let Some(Address { street, postal_code, city, .. }) = place.address() else {
        return place.venue.name.clone();
    };
    let town = match postal_code {
        Some(postal_code) => format!("{postal_code} {city}"),
        None => city.to_string(),
    };
    Line::joined(names.chain(street), &town)
}

/// Returns a place of which one line is known.
fn named(line: &Line) -> Location {
    let name = line.clone();
    let venue = Venue { key: None, name, address: None, geo: None, accessibility: None };
    Location::Onsite(Place { venue: Arc::new(venue), room: None })
}

struct V1Reader<'a> {
    zones: &'a Zones,
}

impl V1Reader<'_> {
    fn facts(&self, last: &V1Last) -> Result<Facts, String> {
        let no = |what: &str, text: &str| format!("`{text}` is not a valid {what}");
        let zone: Tz = last.timezone.parse().map_err(|_| no("time zone", &last.timezone))?;
        let time = self.time(&last.start, last.end.as_deref(), zone);
        let time = time.ok_or_else(|| no("start", &last.start))?;
        let status = EventStatus::from_name(&last.status);
        let status = match status.ok_or_else(|| no("status", &last.status))? {
            EventStatus::Moved { .. } => {
                let text = last.previous_start.as_deref();
                EventStatus::Moved { previous_start: text.and_then(|text| self.point(text, zone)) }
            }
            status => status,
        };
        let series = last.series.as_ref().zip(form(&last.form));
        let series = series.map(|(series, form)| self.series(series, form, zone, &last.status));
        Ok(Facts {
            title: last.title.clone(),
            subtitle: None,
            summary: None,
            // The first form did not store this and what is empty below, and nothing is invented.
            kind: EventKind::Other,
            time,
            location: named(&last.place),
            status,
            reason: last.reason.clone(),
            series: series.transpose()?.map(Box::new),
            organizer: None,
            price: None,
            tags: Vec::new(),
            links: Vec::new(),
            feeds: last.feeds.clone(),
            language: last.language.clone(),
        })
    }

    fn series(
        &self,
        series: &V1Series,
        form: SeriesForm,
        zone: Tz,
        usual: &str,
    ) -> Result<Series, String> {
        let rule = parse_rule(&series.rule, zone, self.zones);
        let change = |date: &V1Date| Override {
            time: self.time(&date.start, date.end.as_deref(), zone),
            status: EventStatus::from_name(&date.status).filter(|_| date.status != usual),
            location: Some(named(&date.place)),
            ..Override::default()
        };
        Ok(Series {
            rule: rule.map_err(|_| format!("`{}` is not a recurrence rule", series.rule))?,
            excluded: series.except.iter().copied().collect(),
            additional: series.also.iter().copied().collect(),
            overrides: series.changes.iter().map(|(date, state)| (*date, change(state))).collect(),
            form,
            is_form_written: true,
        })
    }

    /// Reads a time that was stored as RFC 3339, or as dates of which the last one is inclusive.
    fn time(&self, start: &str, end: Option<&str>, zone: Tz) -> Option<EventTime> {
        let moment = |text: &str| {
            let moment = DateTime::parse_from_rfc3339(text).ok()?;
            Some(self.zones.at(moment.to_utc(), zone))
        };
        match (start.parse::<NaiveDate>(), end) {
            (Ok(first), Some(last)) => self.zones.days(first, last.parse().ok()?, zone),
            (Ok(_), None) => None,
            (Err(_), Some(end)) => self.zones.timed(moment(start)?, Some(moment(end)?)),
            (Err(_), None) => self.zones.timed(moment(start)?, None),
        }
    }

    fn point(&self, text: &str, zone: Tz) -> Option<TimePoint> {
        if let Ok(date) = text.parse() {
            return Some(TimePoint::Day(date, zone));
        }
        let moment = DateTime::parse_from_rfc3339(text).ok()?;
        Some(TimePoint::Moment(self.zones.at(moment.to_utc(), zone)))
    }

    fn change(&self, change: &V1Change) -> Change {
        let fields = change.fields.iter();
        // A field that somebody edited into something else is still a change of something.
        let fields = fields.map(|field| self.field(field).unwrap_or(FieldChange::Details));
        Change { sequence: change.sequence, at: change.at, fields: fields.collect() }
    }

    fn field(&self, field: &V1FieldChange) -> Option<FieldChange> {
        Some(match field {
            V1FieldChange::New => FieldChange::New,
            V1FieldChange::Removed => FieldChange::Removed,
            V1FieldChange::Restored => FieldChange::Restored,
            V1FieldChange::Title { before, after } => {
                FieldChange::Title(before.clone(), after.clone())
            }
            V1FieldChange::Time { before, after } => {
                FieldChange::Time(Box::new((self.own_time(before)?, self.own_time(after)?)))
            }
            V1FieldChange::Place { before, after } => {
                FieldChange::Place(Box::new((named(before), named(after))))
            }
            V1FieldChange::Room { before, after } => {
                FieldChange::Room(before.clone(), after.clone())
            }
            V1FieldChange::Status { before, after } => {
                FieldChange::Status(EventStatus::from_name(before)?, EventStatus::from_name(after)?)
            }
            V1FieldChange::Rule => FieldChange::Rule,
            V1FieldChange::Date { date, timezone, before, after } => {
                let zone: Tz = timezone.parse().ok()?;
                let state =
                    |state: &Option<V1Date>| self.state(state.as_ref()?, zone).map(Box::new);
                FieldChange::Date(*date, state(before), state(after))
            }
            V1FieldChange::Details => FieldChange::Details,
        })
    }

    fn own_time(&self, time: &V1Time) -> Option<EventTime> {
        self.time(&time.start, time.end.as_deref(), time.timezone.parse().ok()?)
    }

    fn state(&self, date: &V1Date, zone: Tz) -> Option<OccurrenceState> {
        Some(OccurrenceState {
            time: self.time(&date.start, date.end.as_deref(), zone)?,
            location: named(&date.place),
            status: EventStatus::from_name(&date.status)?,
        })
    }
}

fn form(name: &str) -> Option<SeriesForm> {
    match name {
        "rule" => Some(SeriesForm::Rule),
        "entries" => Some(SeriesForm::Entries),
        _ => None,
    }
}
