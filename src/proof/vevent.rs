//! The entries of a calendar: as `calcard` reads them, and as the model has them.

use std::collections::BTreeSet;

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarParameterName,
    ICalendarProperty, ICalendarValue,
};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, Timelike};
use chrono_tz::Tz;

use super::mismatch::Comparison;
use super::published::{PublishedEvent, Statement};
use super::statement;
use crate::model::{EventTime, Series, SeriesForm};
use crate::recurrence::{occurrence_on, recur_text};
use crate::zone::{WallClock, Zones};

/// The depth of the deepest components: VCALENDAR, VTIMEZONE, DAYLIGHT.
// The reader itself sets no limit.
const DEEPEST: usize = 3;

/// An entry in a form that can be compared.
#[derive(Debug, Default)]
pub(crate) struct Vevent {
    /// The UID, and the RECURRENCE-ID of an override.
    pub name: String,
    times: String,
    status: String,
    title: String,
    text: String,
    place: String,
    rule: String,
    excluded: BTreeSet<String>,
}

impl Vevent {
    /// Reports each part that differs.
    pub(crate) fn compare(&self, expected: &Self, comparison: &mut Comparison<'_>) {
        let joined = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>().join(", ");
        let excluded = (joined(&self.excluded), joined(&expected.excluded));
        let parts = [
            ("time", &self.times, &expected.times),
            ("status", &self.status, &expected.status),
            ("title", &self.title, &expected.title),
            ("text", &self.text, &expected.text),
            ("place", &self.place, &expected.place),
            ("rule", &self.rule, &expected.rule),
            ("exceptions", &excluded.0, &excluded.1),
        ];
        for (part, found, expected) in parts {
            comparison.same(part, &self.name, found, expected);
        }
    }

    fn of(statement: &Statement) -> Self {
        let (event, texts) = (statement.event(), &statement.texts);
        Self {
            name: statement.uid().to_owned(),
            times: statement::times(&event.time),
            status: statement::calendar_status(event.status).to_owned(),
            title: texts.title.clone(),
            text: format!("{}\n\n{}", texts.text, statement.link).trim_start().to_owned(),
            place: texts.place.clone(),
            ..Self::default()
        }
    }
}

/// Returns the entries of an event or of one date of a series: its own, and those of its sessions.
pub(crate) fn alone(statement: &Statement) -> Vec<Vevent> {
    let event = statement.event();
    let sessions = statement.texts.sessions.iter().map(|session| Vevent {
        name: session.uid.clone(),
        times: statement::span_times(&session.time),
        status: statement::calendar_status(event.status).to_owned(),
        title: session.title.clone(),
        text: format!("{}\n\n{}", session.text, statement.page),
        place: session.place.clone(),
        ..Vevent::default()
    });
    std::iter::once(Vevent::of(statement)).chain(sessions).collect()
}

/// Returns the entries that a feed has for an event.
pub(crate) fn in_feed(event: &PublishedEvent, zones: &Zones) -> Vec<Vevent> {
    let Some(series) = event.event().series() else { return alone(&event.statement) };
    match series.form {
        SeriesForm::Rule => by_rule(event, series, zones),
        SeriesForm::Entries => event.listed().flat_map(alone).collect(),
    }
}

fn by_rule(expected: &PublishedEvent, series: &Series, zones: &Zones) -> Vec<Vevent> {
    let event = expected.event();
    let excluded = series.excluded.iter().filter_map(|date| zones.on(&event.time, *date));
    let master = Vevent {
        rule: in_one_order(&recur_text(&series.rule, &event.time, zones)),
        excluded: excluded.map(|time| statement::start(&time)).collect(),
        ..Vevent::of(&expected.statement)
    };
    let changed = series.overrides.keys().filter(|date| !series.additional.contains(date));
    let changed = changed.filter_map(|date| {
        let planned = occurrence_on(series, &event.time, *date, zones)?.planned;
        let statement = expected.dates.get(date)?;
        let name = format!("{} {}", expected.statement.uid(), statement::start(&planned));
        Some(Vevent { name, ..Vevent::of(statement) })
    });
    // Additional dates are entries of their own, since clients differ about RDATE.
    let additional = series.additional.iter().filter_map(|date| expected.dates.get(date));
    std::iter::once(master).chain(changed).chain(additional.flat_map(alone)).collect()
}

/// Returns a rule with its parts in alphabetical order, without an interval of one.
// The reader writes the parts in an order of its own, and one is the default.
fn in_one_order(rule: &str) -> String {
    let mut parts: Vec<&str> = rule.split(';').filter(|part| *part != "INTERVAL=1").collect();
    parts.sort_unstable();
    parts.join(";")
}

/// Reads the calendar in a document; an error says why it cannot be read.
// No reader minds lines of more than 75 octets or bare line feeds: both are looked for here, and unclosed components.
pub(crate) fn read(document: &str) -> Result<ICalendar, String> {
    let mut open: Vec<&str> = Vec::new();
    for line in document.lines() {
        if let Some(name) = line.strip_prefix("BEGIN:") {
            open.push(name);
        } else if let Some(name) = line.strip_prefix("END:")
            && open.pop() != Some(name)
        {
            return Err(format!("END:{name} closes another component"));
        }
        if open.len() > DEEPEST {
            return Err("components are nested too deep".to_owned());
        }
    }
    if !open.is_empty() || !document.ends_with("END:VCALENDAR\r\n") {
        return Err("a component has no end".to_owned());
    }
    let is_long = |line: &&str| line.len() > 75 || line.contains(['\r', '\n']);
    if let Some(line) = document.split("\r\n").find(is_long) {
        return Err(format!("more than 75 octets, or another line end than CRLF: {line}"));
    }
    ICalendar::parse(document).map_err(|other| format!("not a calendar: {other:?}"))
}

/// Returns the entries of a calendar.
pub(crate) fn vevents(calendar: &ICalendar, zones: &Zones) -> Vec<Vevent> {
    let events = calendar.components.iter();
    events
        .filter(|one| one.component_type == ICalendarComponentType::VEvent)
        .map(|one| vevent(one, zones))
        .collect()
}

fn vevent(component: &ICalendarComponent, zones: &Zones) -> Vevent {
    let text = |name| text(component, &name);
    let point =
        |name| component.property(&name).and_then(|entry| Some((point(entry, zones)?, entry)));
    let id = point(ICalendarProperty::RecurrenceId).map(|(id, _)| format!(" {id}"));
    let start = point(ICalendarProperty::Dtstart).map(|(start, _)| start).unwrap_or_default();
    let end = point(ICalendarProperty::Dtend).map(|(end, _)| last_day(end)).unwrap_or_default();
    let rule = component.property(&ICalendarProperty::Rrule);
    let rule = rule.and_then(|entry| entry.values.first()).and_then(|value| match value {
        ICalendarValue::RecurrenceRule(rule) => Some(in_one_order(&rule.to_string())),
        _ => None,
    });
    Vevent {
        name: format!("{}{}", text(ICalendarProperty::Uid), id.unwrap_or_default()),
        times: format!("{start}/{end}"),
        status: text(ICalendarProperty::Status),
        title: text(ICalendarProperty::Summary),
        text: text(ICalendarProperty::Description),
        place: text(ICalendarProperty::Location),
        rule: rule.unwrap_or_default(),
        excluded: component
            .properties(&ICalendarProperty::Exdate)
            .filter_map(|entry| self::point(entry, zones))
            .collect(),
    }
}

/// Returns the text of a property.
// A comma without its backslash makes two values of one text: all of them are joined by a character that no text has.
pub(crate) fn text(component: &ICalendarComponent, name: &ICalendarProperty) -> String {
    let values = component.property(name).into_iter().flat_map(|entry| &entry.values);
    values.filter_map(ICalendarValue::as_text).collect::<Vec<_>>().join("\u{1f}")
}

/// Returns the date or instant of a property. A time without zone is `floating …`, a skipped one `never …`: neither can
/// equal an expected time.
fn point(entry: &ICalendarEntry, zones: &Zones) -> Option<String> {
    let ICalendarValue::PartialDateTime(point) = entry.values.first()? else { return None };
    let local = naive(point)?;
    if point.hour.is_none() {
        return Some(local.date().to_string());
    }
    let zone = entry.parameter(&ICalendarParameterName::Tzid).and_then(|zone| zone.as_text());
    // `Z` is read as an offset of zero hours (RFC 5545 §3.3.5, form 2).
    let zone = match (zone, point.tz_hour) {
        (Some(zone), None) => zone.parse::<Tz>().ok()?,
        (None, Some(0)) => Tz::UTC,
        _ => return Some(format!("floating {local}")),
    };
    match zones.locate(local, zone) {
        // A repeated wall-clock time is its first instant (RFC 5545 §3.3.5).
        WallClock::Once(at) | WallClock::Repeated { first: at, .. } => {
            Some(statement::instant(at.to_utc()))
        }
        WallClock::Skipped { .. } => Some(format!("never {local}")),
    }
}

fn naive(point: &PartialDateTime) -> Option<NaiveDateTime> {
    Some(point.to_date_time()?.date_time)
}

/// Returns the last day of whole days, whose DTEND is exclusive (RFC 5545 §3.6.1); another end is returned as it is.
fn last_day(end: String) -> String {
    let date = end.parse::<NaiveDate>();
    date.map_or(end, |date| (date - Days::new(1)).to_string())
}

/// Returns the starts of a series as the reader expands its rule, and as the model expects them; `None` if it is not
/// published as a rule.
pub(crate) fn expanded(
    calendar: ICalendar,
    expected: &PublishedEvent,
    zones: &Zones,
) -> Option<(Vec<String>, Vec<String>)> {
    let event = expected.event();
    let series = event.series().filter(|series| series.form == SeriesForm::Rule)?;
    let dates = &expected.occurrences;
    let horizon = dates.iter().map(|one| one.date).max()?;
    let by_rule = dates.iter().filter(|one| !series.additional.contains(&one.date)).count();
    let excluded = series.excluded.iter().filter(|date| **date <= horizon).count();
    let is_whole_day = matches!(event.time, EventTime::Days(_));
    let found = with_local_until(calendar, event.time.zone(), zones);
    // The reader stops at a number of dates and counts excluded ones among them.
    let found = found.expand_dates(Tz::UTC, by_rule + excluded);
    let found = found.events.iter().map(|event| {
        let start = event.start.naive_local();
        let utc = statement::instant(event.start.to_utc());
        if is_whole_day { start.date().to_string() } else { utc }
    });
    // It also yields every override, whatever its date.
    let later = series.overrides.keys().filter(|date| **date > horizon);
    let later = later.filter_map(|date| Some(expected.dates.get(date)?.event().time));
    let times = dates.iter().map(|one| one.time).chain(later);
    Some((found.collect(), times.map(|time| statement::start(&time)).collect()))
}

/// Returns the calendar with the UNTIL of each rule on the wall clock.
// `calcard` compares the wall-clock times of a series with an UNTIL in UTC (RFC 5545 §3.3.10) as if UNTIL were a
// wall-clock time, too.
fn with_local_until(mut calendar: ICalendar, zone: Tz, zones: &Zones) -> ICalendar {
    let entries = calendar.components.iter_mut().flat_map(|one| &mut one.entries);
    for value in entries.flat_map(|entry| &mut entry.values) {
        let ICalendarValue::RecurrenceRule(rule) = value else { continue };
        let Some(until) = rule.until.as_mut().filter(|until| until.tz_hour == Some(0)) else {
            continue;
        };
        let Some(utc) = naive(until) else { continue };
        let local = zones.at(utc.and_utc(), zone).naive_local();
        let small = |number: u32| u8::try_from(number).ok();
        *until = PartialDateTime {
            year: u16::try_from(local.year()).ok(),
            month: small(local.month()),
            day: small(local.day()),
            hour: small(local.hour()),
            minute: small(local.minute()),
            second: small(local.second()),
            ..PartialDateTime::default()
        };
    }
    calendar
}
