//! The model: events, feeds, sites and what was published of them, as pure data.
//!
//! It knows no format, disk, clock, path or query. Each value has a checked constructor; whether those of an
//! [`Event`] fit together is checked by `source`, which alone makes events from definitions. What is published of it is compared
//! and hashed: an event is a part of the key under which its documents are remembered. What the record
//! stores is serialised in these types, not as lines for readers: lines were stored before, and a deleted
//! event could be found by no filter, since nobody can take a line apart again.
//!
//! One concept has one word here: the one that the author of an event reads. The table gives the name that
//! each standard has for it. A dash means that the concept is left out there on purpose.
//!
//! | ours | iCalendar (RFC 5545, 7986) | schema.org | RSS 2.0 |
//! |---|---|---|---|
//! | [`Feed`] | `VCALENDAR` | `DataFeed` | `channel` |
//! | [`Feed::title`] | `NAME`, `X-WR-CALNAME` | `name` | `title` |
//! | [`Feed::description`] | `DESCRIPTION`, `X-WR-CALDESC` | `description` | `description` |
//! | [`Feed::color`] | `COLOR`, `X-APPLE-CALENDAR-COLOR` | – | – |
//! | [`Feed::license`] | – | `license` | `copyright` |
//! | [`Event`] | `VEVENT` | `Event` | `item` |
//! | [`Event::uid`] | `UID` | `identifier` | `guid` (of the entry) |
//! | [`Event::title`] | `SUMMARY` | `name` | `title` |
//! | [`Event::subtitle`] | in `DESCRIPTION` | `alternateName` | in `description` |
//! | [`Event::body`] | `DESCRIPTION` | `description` | `content:encoded` |
//! | [`Event::kind`] | `CATEGORIES` | the `@type` | `category`, `ev:type` |
//! | [`EventTime`] start | `DTSTART` | `startDate` | `ev:startdate` |
//! | [`EventTime`] end | `DTEND` | `endDate` | `ev:enddate` |
//! | [`Series`] | `RRULE`, `EXDATE`, `RECURRENCE-ID` | `EventSeries`, `Schedule` | in `title` |
//! | [`Event::part_of`] | – | `superEvent` | – |
//! | [`Event::doors`] | in `DESCRIPTION` | `doorTime` | in `description` |
//! | [`EventStatus`] | `STATUS` | `eventStatus` | in `title` |
//! | [`Location`] | `LOCATION`, `CONFERENCE` | `eventAttendanceMode` | – |
//! | [`Venue`], [`Room`] | `LOCATION` | `Place` in `Place` | `ev:location` |
//! | [`Geo`] | `GEO` | `GeoCoordinates` | `georss:point` |
//! | [`OnlineLocation`] | `CONFERENCE` | `VirtualLocation` | in `description` |
//! | [`Event::organizer`] | – (clients would invite) | `organizer` | `ev:organizer`, `dc:creator` |
//! | [`Event::contact`] | `CONTACT` | – | in `description` |
//! | [`Participation`] | in `DESCRIPTION` | `offers`, `audience`, … | in `description` |
//! | [`Session`] | in `DESCRIPTION`, or a `VEVENT` | `subEvent` | in `description` |
//! | [`Event::image`] | – (clients load it) | `image` | `enclosure` |
//! | [`Event::attachments`] | in `DESCRIPTION` | `subjectOf` | in `description` |
//! | [`Event::tags`] | `CATEGORIES` | `keywords` | `category` |
//! | [`Event::busy`] | `TRANSP` | – | – |
//! | [`Visibility`] | `CLASS` (only public is published) | – | – |
//! | [`Revision::sequence`] | `SEQUENCE` | – | – |
//! | [`Revision::created`] | `CREATED` | `dateCreated` | `pubDate` |
//! | [`Revision::modified`] | `DTSTAMP`, `LAST-MODIFIED` | `dateModified` | `dcterms:modified` |

mod closed_set;
mod event;
mod feed;
mod file;
mod fingerprint;
mod id;
mod link;
mod note;
mod participation;
mod party;
mod place;
mod printable;
mod revision;
mod select;
mod series;
mod site;
mod stored;
mod text;
mod time;
mod translation;

pub use event::{Event, EventKind, EventStatus, Session, Visibility, sort_by_start};
pub(crate) use feed::{Color, Feed, Retirement};
pub(crate) use file::{Attachment, File, FileName, FileSource, FileType, Image};
pub(crate) use fingerprint::Fingerprint;
pub use id::{Language, SiteId, Slug, Uid};
pub(crate) use link::{EmailAddress, Link, WebUrl};
pub(crate) use note::Note;
pub(crate) use participation::{Currency, Participation, Price, Registration};
pub(crate) use party::{Contact, Organizer};
pub use place::{Address, Country, Geo, Location, OnlineLocation, Place, Room, Venue};
pub use printable::printable;
pub(crate) use printable::{is_directional, is_embedding, is_unprintable, printable_lines};
pub use revision::OccurrenceState;
pub(crate) use revision::{Change, FeedHistory, FieldChange, Published, Revision};
pub(crate) use select::Select;
pub(crate) use series::{DayOfWeek, Override, Recurrence, SeriesForm};
pub use series::{Frequency, Rule, RuleEnd, Series};
pub use site::Definitions;
pub(crate) use site::{Site, Unpublished};
pub use text::{Line, Markdown, hex, is_forbidden, is_forbidden_in_lines, normalise, places};
pub use time::{DaySpan, EventTime, Repeated, TimePoint, TimeSpan, ZonedTime};
pub(crate) use translation::{EventTranslation, Translation};
