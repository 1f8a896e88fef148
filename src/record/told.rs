//! What the public was told last: enough to say later that it is off, and what was changed. Never a
//! contact, a draft or an internal text.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::told_time::ToldTime;
use crate::model::{
    Change, DateState, Event, EventKind, EventStatus, EventTime, Language, Line, Location,
    Markdown, Participation, Recurrence, Series, SeriesForm, Slug, TimePoint, Uid, Visibility,
};
use crate::recurrence::{is_endless, occurrences, times};
use crate::recurrence::{parse_rule, recur_text};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    title: String,
    start: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    timezone: String,
    /// "Rathaus, Großer Saal, Am Platz 1, 30159 Hannover"; of an event that is only online, its label.
    place: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    room: Option<String>,
    status: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    previous_start: Option<String>,
    /// `once`, `rule` or `entries`.
    form: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    series: Option<ToldSeries>,
    feeds: Vec<String>,
    language: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToldSeries {
    rule: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    except: Vec<NaiveDate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    also: Vec<NaiveDate>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    changes: BTreeMap<NaiveDate, ToldDate>,
}

/// What was told of one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldDate {
    start: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    place: String,
    status: String,
}

/// In what a date is not as its series says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deviation {
    is_additional: bool,
    is_excluded: bool,
    time: Option<(String, Option<String>)>,
    place: Option<String>,
    status: Option<String>,
}

impl Told {
    pub fn of(event: &Event) -> Self {
        let ToldTime { start, end, timezone } = ToldTime::of(&event.time);
        let form = match event.series().map(|series| series.form) {
            None => "once",
            Some(SeriesForm::Rule) => "rule",
            Some(SeriesForm::Entries) => "entries",
        };
        let room = event.location.place().and_then(|place| place.room.as_ref());
        let previous_start = match event.status {
            EventStatus::Moved { previous_start: Some(point) } => Some(point_text(point)),
            _ => None,
        };
        Self {
            title: event.title.to_string(),
            start,
            end,
            timezone,
            place: event.location.to_line().to_string(),
            room: room.map(|room| room.name.to_string()),
            status: event.status.name().to_owned(),
            reason: event.reason.as_ref().map(ToString::to_string),
            previous_start,
            form: form.to_owned(),
            series: event.series().map(|series| ToldSeries::of(series, event)),
            feeds: feeds(event),
            language: event.language.as_str().to_owned(),
        }
    }

    /// The feeds that held it; its folder comes first.
    pub fn feeds(&self) -> &[String] {
        &self.feeds
    }

    pub fn feed(&self) -> &str {
        self.feeds.first().map_or("", String::as_str)
    }

    pub fn language(&self) -> Language {
        Language::new(&self.language).unwrap_or_else(Language::german)
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn place(&self) -> &str {
        &self.place
    }

    pub fn room(&self) -> Option<&str> {
        self.room.as_deref()
    }

    pub fn status(&self) -> &str {
        &self.status
    }

    /// The time; that it can be read was checked when the record was.
    pub fn time(&self) -> ToldTime {
        let (start, end, timezone) = (self.start.clone(), self.end.clone(), self.timezone.clone());
        ToldTime { start, end, timezone }
    }

    pub fn form(&self) -> Option<SeriesForm> {
        match self.form.as_str() {
            "rule" => Some(SeriesForm::Rule),
            "entries" => Some(SeriesForm::Entries),
            _ => None,
        }
    }

    /// The start that was announced before the last move.
    pub fn previous_start(&self) -> Option<TimePoint> {
        let zone: Tz = self.timezone.parse().ok()?;
        let text = self.previous_start.as_ref()?;
        if let Ok(date) = text.parse() {
            return Some(TimePoint::Day(date, zone));
        }
        let moment = DateTime::parse_from_rfc3339(text).ok()?;
        Some(TimePoint::Moment(moment.with_timezone(&zone)))
    }

    /// The rule, without its exceptions.
    pub fn rule(&self) -> Option<&str> {
        self.series.as_ref().map(|series| series.rule.as_str())
    }

    /// The dates of a series that are not as its rule says, with what is told of them.
    pub fn exceptions(&self) -> BTreeMap<NaiveDate, Option<ToldDate>> {
        let Some(series) = &self.series else { return BTreeMap::new() };
        let usual = |date: &NaiveDate| {
            let time = self.time().read()?.on(*date)?;
            Some(ToldDate::of(&time, &self.place, &self.status))
        };
        let excluded = series.except.iter().map(|date| (*date, None));
        let additional = series.also.iter().map(|date| (*date, usual(date)));
        let changed = series.changes.iter().map(|(date, told)| (*date, Some(told.clone())));
        excluded.chain(additional).chain(changed).collect()
    }

    /// In what a date is not as its series says.
    pub fn deviation(&self, date: NaiveDate) -> Option<Deviation> {
        let series = self.series.as_ref()?;
        let is_additional = series.also.contains(&date);
        let is_excluded = series.except.contains(&date);
        let told = series.changes.get(&date);
        let usual = self.time().read()?.on(date);
        let usual = usual.map(|time| ToldDate::of(&time, &self.place, &self.status));
        let time = |one: &ToldDate| (one.start.clone(), one.end.clone());
        let deviation = Deviation {
            is_additional,
            is_excluded,
            time: other(told, usual.as_ref(), time),
            place: other(told, usual.as_ref(), |one| one.place.clone()),
            status: other(told, usual.as_ref(), |one| one.status.clone()),
        };
        (deviation != Deviation::default()).then_some(deviation)
    }

    /// What is told of a date on which the rule alone holds.
    pub fn usual_date(&self, date: NaiveDate) -> Option<ToldDate> {
        let time = self.time().read()?;
        let zone = time.zone();
        let rule = parse_rule(self.rule()?, zone).ok()?;
        let is_later = date >= time.first_date();
        let planned = time.on(date).filter(|_| is_later)?;
        let is_planned = times(&rule, &time)
            .take_while(|one| one.first_date() <= date)
            .any(|one| one.first_date() == date);
        is_planned.then(|| ToldDate::of(&planned, &self.place, &self.status))
    }

    /// Its status, with the start that was announced before.
    pub fn own_status(&self) -> Option<EventStatus> {
        Some(match EventStatus::from_name(&self.status)? {
            EventStatus::Moved { .. } => {
                EventStatus::Moved { previous_start: self.previous_start() }
            }
            status => status,
        })
    }

    /// The instant from which it is over; `None` for a series without end.
    pub fn passes(&self) -> Option<DateTime<Utc>> {
        let time = self.time().read()?;
        let Some(told) = &self.series else { return Some(time.passes()) };
        let series = told.read(&time, SeriesForm::Rule, &self.status)?;
        if is_endless(&series) {
            return None;
        }
        let dates = occurrences(&series, &time, NaiveDate::MAX);
        dates.iter().map(|one| one.time.passes()).max()
    }

    /// # Errors
    /// Which part cannot be read.
    pub fn check(&self, uid: &str, slug: &str) -> Result<(), String> {
        let unreadable = |what: &str, text: &str| Err(format!("`{text}` is no {what}"));
        let Some(time) = self.time().read() else { return unreadable("start", &self.start) };
        if EventStatus::from_name(&self.status).is_none() {
            return unreadable("status", &self.status);
        }
        if self.to_event(uid, slug, EventStatus::Confirmed).is_none() {
            return Err("its uid, slugs, title, place, feeds or language cannot be read".to_owned());
        }
        match &self.series {
            Some(series) if parse_rule(&series.rule, time.zone()).is_err() => {
                unreadable("rule", &series.rule)
            }
            _ => Ok(()),
        }
    }

    fn recurrence(&self, time: &EventTime, status: EventStatus) -> Option<Recurrence> {
        let (Some(told), Some(form)) = (&self.series, self.form()) else {
            return Some(Recurrence::Once);
        };
        let mut series = told.read(time, form, &self.status)?;
        // What is off is so on each of its dates.
        for change in series.changes.values_mut() {
            change.status = change.status.filter(|_| !status.is_off());
        }
        Some(Recurrence::Series(Box::new(series)))
    }

    /// The event as it was told, with `status`: what is left of it where its definition is not.
    pub fn to_event(&self, uid: &str, slug: &str, status: EventStatus) -> Option<Event> {
        let time = self.time().read()?;
        let recurrence = self.recurrence(&time, status)?;
        Some(Event {
            translation: None,
            image: None,
            attachments: Vec::new(),
            uid: Uid::new(Line::new(uid)?)?,
            has_written_uid: true,
            slug: Slug::new(slug)?,
            feed: Slug::new(self.feed())?,
            feeds: self.feeds.iter().filter_map(|feed| Slug::new(feed)).collect(),
            title: Line::new(&self.title)?,
            subtitle: None,
            summary: None,
            body: Markdown::default(),
            kind: EventKind::Other,
            time,
            recurrence,
            doors: None,
            status,
            reason: self.reason.as_ref().filter(|_| status.is_off()).and_then(|one| Line::new(one)),
            location: Location::Told(Line::new(&self.place)?),
            organizer: None,
            contact: None,
            participation: Participation::default(),
            sessions: Vec::new(),
            has_session_entries: false,
            part_of: None,
            tags: Vec::new(),
            links: Vec::new(),
            language: Language::new(&self.language)?,
            visibility: Visibility::Public,
            busy: false,
            published: None,
            updated: None,
        })
    }
}

impl ToldSeries {
    fn of(series: &Series, event: &Event) -> Self {
        let changes = series.changes.iter().filter_map(|(date, change)| {
            let time = change.time.or_else(|| event.time.on(*date))?;
            let place = change.location.as_ref().unwrap_or(&event.location).to_line();
            let status = change.status.unwrap_or(event.status).name();
            Some((*date, ToldDate::of(&time, &place, status)))
        });
        Self {
            rule: recur_text(&series.rule, &event.time),
            except: series.excluded.iter().copied().collect(),
            also: series.additional.iter().copied().collect(),
            changes: changes.collect(),
        }
    }

    fn read(&self, first: &EventTime, form: SeriesForm, usual: &str) -> Option<Series> {
        let change = |told: &ToldDate| Change {
            time: told.time(first.zone()),
            status: EventStatus::from_name(&told.status).filter(|_| told.status != usual),
            location: Line::new(&told.place).map(Location::Told),
            ..Change::default()
        };
        Some(Series {
            rule: parse_rule(&self.rule, first.zone()).ok()?,
            excluded: self.except.iter().copied().collect(),
            additional: self.also.iter().copied().collect(),
            changes: self.changes.iter().map(|(date, told)| (*date, change(told))).collect(),
            form,
            is_form_written: true,
        })
    }
}

impl ToldDate {
    fn of(time: &EventTime, place: &str, status: &str) -> Self {
        let ToldTime { start, end, .. } = ToldTime::of(time);
        Self { start, end, place: place.to_owned(), status: status.to_owned() }
    }

    fn time(&self, zone: Tz) -> Option<EventTime> {
        let (start, end, timezone) = (self.start.clone(), self.end.clone(), zone.name().to_owned());
        ToldTime { start, end, timezone }.read()
    }

    pub fn read(&self, zone: Tz) -> Option<DateState> {
        let status = EventStatus::from_name(&self.status)?;
        Some(DateState { time: self.time(zone)?, place: Line::new(&self.place)?, status })
    }
}

/// A part of what is told of a date, where it is not the usual one.
fn other<T: PartialEq>(
    told: Option<&ToldDate>,
    usual: Option<&ToldDate>,
    part: impl Fn(&ToldDate) -> T,
) -> Option<T> {
    let own = told.map(&part)?;
    (usual.map(part).as_ref() != Some(&own)).then_some(own)
}

/// Its folder, and the feeds that hold it, too.
fn feeds(event: &Event) -> Vec<String> {
    let others = event.feeds.iter().filter(|feed| **feed != event.feed);
    std::iter::once(&event.feed).chain(others).map(ToString::to_string).collect()
}

fn point_text(point: TimePoint) -> String {
    match point {
        TimePoint::Day(date, _) => date.to_string(),
        TimePoint::Moment(moment) => moment.to_rfc3339(),
    }
}
