//! The parts of an event as its digest holds them.
//!
//! The names of fields and variants here are keys of the JSON that is hashed: renaming one gives every
//! event another digest, and so a revision.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::model::{
    Address, Attachment, Contact, EmailAddress, EventStatus, EventTime, EventTranslation,
    FileSource, Geo, Image, Line, Location, OnlineLocation, Organizer, Override, Participation,
    Place, Price, Registration, Repeated, Rule, Series, SeriesForm, Session, Slug, TimePoint,
    Venue, WebUrl, ZonedTime, hex,
};

/// A wall-clock time in a zone: `2018-10-28T02:30:00 Europe/Berlin second`.
pub(super) struct Clock(String);

impl Clock {
    pub(super) fn of(time: &ZonedTime) -> Self {
        let which = match time.repeated() {
            None => "",
            Some(Repeated::First) => " first",
            Some(Repeated::Second) => " second",
        };
        let local = time.naive_local();
        // `Debug` of chrono is ISO 8601, as it stands here, and takes a fraction of the time of a format string.
        Self(format!("{local:?} {}{which}", time.timezone().name()))
    }
}

impl Serialize for Clock {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

#[derive(Serialize)]
pub(super) enum Times {
    Days(NaiveDate, NaiveDate, &'static str),
    Timed(Clock, #[serde(skip_serializing_if = "Option::is_none")] Option<Clock>),
}

impl Times {
    pub(super) fn of(time: &EventTime) -> Self {
        match time {
            EventTime::Days(days) => Self::Days(days.first(), days.last(), time.zone().name()),
            EventTime::Timed(span) => {
                Self::Timed(Clock::of(&span.start()), span.end().as_ref().map(Clock::of))
            }
        }
    }
}

#[derive(Serialize)]
pub(super) enum Point {
    Day(NaiveDate, &'static str),
    Moment(Clock),
}

impl Point {
    pub(super) fn of(point: &TimePoint) -> Self {
        match point {
            TimePoint::Day(date, zone) => Self::Day(*date, zone.name()),
            TimePoint::Moment(time) => Self::Moment(Clock::of(time)),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Status {
    name: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_start: Option<Point>,
}

impl Status {
    pub(super) fn of(status: EventStatus) -> Self {
        let previous_start = match status {
            EventStatus::Moved { previous_start } => previous_start,
            _ => None,
        };
        Self { name: status.name(), previous_start: previous_start.as_ref().map(Point::of) }
    }
}

#[derive(Serialize)]
pub(super) struct Repetition<'a> {
    rule: &'a Rule,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    excluded: Vec<NaiveDate>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    additional: Vec<NaiveDate>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    changes: BTreeMap<NaiveDate, ChangedOccurrence<'a>>,
    form: SeriesForm,
}

impl<'a> Repetition<'a> {
    pub(super) fn of(series: &'a Series) -> Self {
        // No reader sees who chose the form.
        let Series { rule, excluded, additional, overrides, form, is_form_written: _ } = series;
        Self {
            rule,
            excluded: excluded.iter().copied().collect(),
            additional: additional.iter().copied().collect(),
            changes: overrides
                .iter()
                .map(|(date, one)| (*date, ChangedOccurrence::of(one)))
                .collect(),
            form: *form,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ChangedOccurrence<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<Times>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Where<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a Line>,
}

impl<'a> ChangedOccurrence<'a> {
    pub(super) fn of(change: &'a Override) -> Self {
        let Override { time, location, status, reason, title } = change;
        Self {
            time: time.as_ref().map(Times::of),
            location: location.as_ref().map(Where::of),
            status: status.map(Status::of),
            reason: reason.as_ref(),
            title: title.as_ref(),
        }
    }
}

/// A place, an online part, or both. The key of a venue is published nowhere, so it is left out.
#[derive(Serialize)]
pub(super) struct Where<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    venue: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<Geo>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accessibility: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    online: Option<&'a OnlineLocation>,
}

impl<'a> Where<'a> {
    pub(super) fn of(location: &'a Location) -> Self {
        let online = location.online();
        let nowhere =
            Self { venue: None, room: None, address: None, geo: None, accessibility: None, online };
        let Some(Place { venue, room }) = location.place() else { return nowhere };
        let Venue { key: _, name, address, geo, accessibility } = &**venue;
        Self {
            venue: Some(name),
            room: room.as_ref().map(|room| &room.name),
            address: address.as_ref(),
            geo: *geo,
            accessibility: accessibility.as_ref(),
            online,
        }
    }
}

/// An organizer or a contact, with the parts that documents show.
#[derive(Serialize)]
pub(super) struct Party<'a> {
    name: &'a Line,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a Line>,
}

impl<'a> Party<'a> {
    pub(super) fn of(organizer: &'a Organizer) -> Self {
        let Organizer { name, url, email, phone } = organizer;
        let (url, email) = (url.as_ref().map(WebUrl::as_str), email.as_ref());
        Self {
            name,
            role: None,
            url,
            email: email.map(EmailAddress::as_str),
            phone: phone.as_ref(),
        }
    }

    pub(super) fn of_contact(contact: &'a Contact) -> Self {
        // Only a public contact gets here.
        let Contact { name, role, url, email, phone, is_public: _ } = contact;
        let (url, email) = (url.as_ref().map(WebUrl::as_str), email.as_ref());
        let (role, phone) = (role.as_ref(), phone.as_ref());
        Self { name, role, url, email: email.map(EmailAddress::as_str), phone }
    }
}

#[derive(Serialize)]
pub(super) struct Conditions<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<&'a Price>,
    #[serde(skip_serializing_if = "Option::is_none")]
    requires: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommends: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    audience: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    capacity: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opens: Option<Point>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline: Option<Point>,
}

impl<'a> Conditions<'a> {
    pub(super) fn of(participation: &'a Participation) -> Self {
        let Participation { price, requires, recommends, audience, capacity, registration } =
            participation;
        let Registration { url, email, opens, deadline } = registration;
        Self {
            price: price.as_ref(),
            requires: requires.as_ref(),
            recommends: recommends.as_ref(),
            audience: audience.as_ref(),
            capacity: *capacity,
            url: url.as_ref().map(WebUrl::as_str),
            email: email.as_ref().map(EmailAddress::as_str),
            opens: opens.as_ref().map(Point::of),
            deadline: deadline.as_ref().map(Point::of),
        }
    }
}

#[derive(Serialize)]
pub(super) struct ProgrammePart<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Slug>,
    title: &'a Line,
    start: Clock,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Clock>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<&'a Line>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    speakers: &'a [Line],
}

impl<'a> ProgrammePart<'a> {
    pub(super) fn of(session: &'a Session) -> Self {
        let Session { id, title, time, room, speakers } = session;
        let (start, end) = (Clock::of(&time.start()), time.end().as_ref().map(Clock::of));
        let room = room.as_ref().map(|room| &room.name);
        Self { id: id.as_ref(), title, start, end, room, speakers }
    }
}

/// A picture or an attachment: its label, and its file by name and content.
#[derive(Serialize)]
pub(super) struct Media<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a Line>,
    source: Source<'a>,
}

#[derive(Serialize)]
pub(super) enum Source<'a> {
    Web(&'a str),
    Own(&'a str, String),
}

impl<'a> Media<'a> {
    pub(super) fn of_image(image: &'a Image) -> Self {
        let Image { source, alt } = image;
        Self { words: alt.as_ref(), source: Source::of(source) }
    }

    pub(super) fn of_attachment(attachment: &'a Attachment) -> Self {
        let Attachment { label, source } = attachment;
        Self { words: Some(label), source: Source::of(source) }
    }
}

impl<'a> Source<'a> {
    pub(super) fn of(source: &'a FileSource) -> Self {
        match source {
            FileSource::Web(url) => Self::Web(url.as_str()),
            FileSource::Own(file) => {
                Self::Own(file.name.as_str(), hex(&Sha256::digest(&file.bytes)))
            }
        }
    }
}

#[derive(Serialize)]
pub(super) struct TranslatedTexts<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
}

impl<'a> TranslatedTexts<'a> {
    pub(super) fn of(translation: &'a EventTranslation) -> Self {
        let EventTranslation { title, subtitle, summary, body } = translation;
        let body = body.as_ref().map(|body| &**body);
        let (title, subtitle) = (title.as_ref(), subtitle.as_ref());
        Self { title, subtitle, summary: summary.as_ref(), body }
    }
}
