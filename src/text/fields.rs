//! The fields of an event: one row a field, which says where documents show it. A field's values are data here;
//! [`super::values`] puts them into words.
//!
//! Text, HTML, CSV, categories and keywords iterate the table. Before, labels, columns and categories were put
//! together in three places.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::model::{
    Address, Attachment, Change, Contact, Country, EmailAddress, Event, EventKind, EventStatus,
    EventTime, Image, Line, Location, OnlineLocation, Organizer, Override, Participation, Place,
    Price, Published, Registration, Series, TimePoint, WebUrl, ZonedTime,
};

/// A part of the documents in which fields are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Time and place: the first lines of items and pages, properties of their own in iCalendar.
    Lead,
    /// The lines behind the author's text in the description.
    Details,
    /// The last line of the description.
    LastChange,
    /// A column of tables (CSV).
    Column,
    /// A category of iCalendar, RSS, Atom and JSON Feed.
    Category,
    /// A keyword of schema.org.
    Keyword,
}

impl Part {
    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

use Part::{Category, Column, Details, Keyword, LastChange, Lead};

/// Makes the enum and its table in one, so that a field without a row cannot be.
macro_rules! fields {
    ($($field:ident => [$($part:expr),+],)+) => {
        /// A property of an event that documents show under a label.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Field {
            $($field,)+
        }

        /// All fields in the order in which documents show them, with the parts that show them: a bit each, since the
        /// table is walked some ten times an event.
        pub(crate) const FIELDS: &[(Field, u8)] = &[$((Field::$field, $($part.bit())|+),)+];
    };
}

fields! {
    Title => [Column],
    Subtitle => [Column],
    Time => [Lead],
    Place => [Lead],
    Start => [Column],
    End => [Column],
    Zone => [Column],
    AllDay => [Column],
    Status => [Column],
    Excluded => [Details],
    Additional => [Details],
    Changed => [Details],
    Doors => [Details],
    Kind => [Details, Column, Category],
    Venue => [Column],
    Room => [Column],
    Street => [Column],
    PostalCode => [Column],
    Town => [Column],
    Online => [Details],
    Price => [Details],
    Requires => [Details],
    Recommends => [Details],
    Audience => [Details],
    Capacity => [Details],
    Registration => [Details],
    RegistrationOpens => [Details],
    RegistrationDeadline => [Details],
    Region => [Details],
    Accessibility => [Details],
    Organizer => [Details, Column],
    Contact => [Details],
    Tags => [Details, Column, Category, Keyword],
    Links => [Details],
    Image => [Details],
    Attachments => [Details],
    Page => [Column],
    LastChange => [LastChange],
    Modified => [Column],
    Uid => [Column],
}

/// Returns the fields of a part, in the order of the table.
pub(crate) fn fields_of(part: Part) -> impl Iterator<Item = Field> {
    let rows = FIELDS.iter().filter(move |(_, parts)| parts & part.bit() != 0);
    rows.map(|(field, _)| *field)
}

/// A value under a field, as data.
pub(crate) enum Value<'a> {
    /// A text of the author.
    Text(&'a str),
    /// An identifier for machines: a UID, the name of a zone.
    Token(&'a str),
    Lines(&'a [Line]),
    Flag(bool),
    Number(u32),
    /// A date or a time on the local clock, for machines.
    Day(NaiveDate),
    Local(ZonedTime),
    Instant(DateTime<Utc>),
    /// A time of day, on the day of the event.
    Clock(ZonedTime),
    Point(TimePoint),
    Time(&'a EventTime, Option<&'a Series>),
    Dates(&'a BTreeSet<NaiveDate>),
    ChangedDate(NaiveDate, &'a Override),
    Location(&'a Location),
    Region(Option<&'a Line>, Option<&'a Country>),
    /// The online part, and whether people register for the event: that decides how they get the link.
    Online(&'a OnlineLocation, bool),
    Status(EventStatus),
    Kind(EventKind),
    Price(&'a Price),
    /// Name, role and web page.
    Party(&'a Line, Option<&'a Line>, Option<&'a WebUrl>),
    Email(&'a EmailAddress),
    Link(&'a str, &'a WebUrl),
    Image(&'a Image),
    Attachment(&'a Attachment),
    Change(&'a Change),
}

impl Field {
    /// Returns the values of the event under this field. All keys of an event are named here, so that a new key does
    /// not compile until it has a row or stands among those that documents show elsewhere.
    pub(crate) fn values(self, published: &Published) -> Vec<Value<'_>> {
        let Published { event, revision, changes: _, former_slugs: _, removed: _ } = published;
        // One key a line, as rustfmt has it, would part what belongs together.
        #[rustfmt::skip]
        let Event {
            uid, title, subtitle, kind, time, recurrence: _, doors, status, location, organizer, contact: _,
            participation, tags, links, image, attachments,
            // The text, and what stands before it and behind it.
            summary: _, body: _, reason: _, sessions: _, has_session_entries: _,
            // Identities and addresses.
            has_written_uid: _, slug: _, feed: _, feeds: _, part_of: _,
            // What all of it is: language, readers, publication.
            translation: _, language: _, visibility: _, busy: _,
            published: _, updated: _,
        } = &**event;
        let Participation { price, requires, recommends, audience, capacity, registration } =
            participation;
        let Registration { url, email, opens, deadline } = registration;
        let has_registration = url.is_some() || email.is_some();
        let (series, place) = (event.series(), location.place());
        let address = place.and_then(Place::address);
        match self {
            Self::Title => vec![Value::Text(title)],
            Self::Subtitle => text(subtitle.as_ref()),
            Self::Time => vec![Value::Time(time, series)],
            Self::Place => vec![Value::Location(location)],
            Self::Start => vec![start(time)],
            Self::End => list(end(time)),
            Self::Zone => vec![Value::Token(time.zone().name())],
            Self::AllDay => vec![Value::Flag(matches!(time, EventTime::Days(_)))],
            Self::Status => {
                // "As announced" goes without saying, and so does the kind "other".
                list((*status != EventStatus::Confirmed).then_some(Value::Status(*status)))
            }
            Self::Excluded => dates(series.map(|series| &series.excluded)),
            Self::Additional => dates(series.map(|series| &series.additional)),
            Self::Changed => list(series.into_iter().flat_map(changed_dates)),
            Self::Doors => list(doors.map(Value::Clock)),
            Self::Kind => list((*kind != EventKind::Other).then_some(Value::Kind(*kind))),
            Self::Venue => {
                // The column of an online event has its label.
                vec![place.map_or(Value::Location(location), |one| Value::Text(&one.venue.name))]
            }
            Self::Room => text(place.and_then(|place| place.room.as_ref()).map(|room| &room.name)),
            Self::Street => text(address.and_then(|address| address.street.as_ref())),
            Self::PostalCode => text(address.and_then(|address| address.postal_code.as_ref())),
            Self::Town => text(address.map(|address| &address.city)),
            Self::Online => list(location.online().map(|one| Value::Online(one, has_registration))),
            Self::Price => list(price.as_ref().map(Value::Price)),
            Self::Requires => text(requires.as_ref()),
            Self::Recommends => text(recommends.as_ref()),
            Self::Audience => text(audience.as_ref()),
            Self::Capacity => list(capacity.map(Value::Number)),
            Self::Registration => list(web(url.as_ref()).chain(email.as_ref().map(Value::Email))),
            Self::RegistrationOpens => list(opens.map(Value::Point)),
            Self::RegistrationDeadline => list(deadline.map(Value::Point)),
            Self::Region => list(address.and_then(region)),
            Self::Accessibility => text(place.and_then(|place| place.venue.accessibility.as_ref())),
            Self::Organizer => organizer.as_deref().map(self::organizer).unwrap_or_default(),
            Self::Contact => event.public_contact().map(contact).unwrap_or_default(),
            Self::Tags => list((!tags.is_empty()).then_some(Value::Lines(tags))),
            Self::Links => list(links.iter().map(|link| Value::Link(&link.label, &link.url))),
            Self::Image => {
                // Pages show a picture of this site. Their Content-Security-Policy keeps out one of another site,
                // which is a link instead.
                list(image.as_ref().filter(|image| image.source.own().is_none()).map(Value::Image))
            }
            Self::Attachments => list(attachments.iter().map(Value::Attachment)),
            // Addresses need the public root, which only `render` knows: it fills this column.
            Self::Page => Vec::new(),
            Self::LastChange => list(published.last_change().map(Value::Change)),
            Self::Modified => vec![Value::Instant(revision.modified)],
            Self::Uid => vec![Value::Token(uid.as_str())],
        }
    }
}

fn list<'a>(values: impl IntoIterator<Item = Value<'a>>) -> Vec<Value<'a>> {
    values.into_iter().collect()
}

fn text(line: Option<&Line>) -> Vec<Value<'_>> {
    list(line.map(|line| Value::Text(line)))
}

fn dates(dates: Option<&BTreeSet<NaiveDate>>) -> Vec<Value<'_>> {
    list(dates.filter(|dates| !dates.is_empty()).map(Value::Dates))
}

fn changed_dates(series: &Series) -> impl Iterator<Item = Value<'_>> {
    series.overrides.iter().map(|(date, change)| Value::ChangedDate(*date, change))
}

fn start(time: &EventTime) -> Value<'_> {
    match time {
        EventTime::Days(days) => Value::Day(days.first()),
        EventTime::Timed(span) => Value::Local(span.start()),
    }
}

/// Returns the last day, inclusive, or the end.
fn end(time: &EventTime) -> Option<Value<'_>> {
    match time {
        EventTime::Days(days) => Some(Value::Day(days.last())),
        EventTime::Timed(span) => span.end().map(Value::Local),
    }
}

/// Returns region and country, which the line of a place leaves out; a site of German readers need not name Germany.
fn region(address: &Address) -> Option<Value<'_>> {
    let country = address.country.as_ref().filter(|country| country.as_str() != "DE");
    let region = address.region.as_ref();
    (region.is_some() || country.is_some()).then_some(Value::Region(region, country))
}

fn web(url: Option<&WebUrl>) -> impl Iterator<Item = Value<'_>> {
    url.map(|url| Value::Link(url.as_str(), url)).into_iter()
}

fn organizer(organizer: &Organizer) -> Vec<Value<'_>> {
    let Organizer { name, url, email, phone } = organizer;
    party(Value::Party(name, None, url.as_ref()), email.as_ref(), phone.as_ref())
}

fn contact(contact: &Contact) -> Vec<Value<'_>> {
    let Contact { name, role, url, email, phone, is_public: _ } = contact;
    party(Value::Party(name, role.as_ref(), url.as_ref()), email.as_ref(), phone.as_ref())
}

fn party<'a>(
    name: Value<'a>,
    email: Option<&'a EmailAddress>,
    phone: Option<&'a Line>,
) -> Vec<Value<'a>> {
    let phone = phone.map(|phone| Value::Text(phone));
    std::iter::once(name).chain(email.map(Value::Email)).chain(phone).collect()
}
