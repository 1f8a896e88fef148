//! The messages in English.

use chrono::Locale as Calendar;

use super::{
    ChangeMessages, DateMessages, ErrorMessages, ErrorPage, EventMessages, FeedMessages, Locale,
    PageMessages, SeriesMessages, StatusMessages,
};
use crate::model::{EventKind, EventStatus};
use crate::text::fields::Field;

pub(crate) const LOCALE: Locale = Locale {
    language: "en",
    calendar: Calendar::en_GB,
    decimal_mark: ".",
    yes: "yes",
    no: "no",
    and: "and",
    label,
    heading,
    status,
    kind,
    written_in,
    dates: DATES,
    series: SERIES,
    event: EVENT,
    changes: CHANGES,
    feed: FEED,
    pages: PAGES,
    errors: ERRORS,
};

fn label(field: Field) -> &'static str {
    match field {
        Field::Title => "Title",
        Field::Subtitle => "Subtitle",
        Field::Time => "Date",
        Field::Place | Field::Venue => "Place",
        Field::Start => "Start",
        Field::End => "End",
        Field::Zone => "Time zone",
        Field::AllDay => "All day",
        Field::Status => "Status",
        Field::Excluded => "Not on",
        Field::Additional => "Also on",
        Field::Changed => "Changed",
        Field::Doors => "Doors",
        Field::Kind => "Format",
        Field::Room => "Room",
        Field::Street => "Street",
        Field::PostalCode => "Postcode",
        Field::Town => "Town",
        Field::Online => "Online",
        Field::Price => "Participation",
        Field::Requires => "Required",
        Field::Recommends => "Recommended",
        Field::Audience => "For",
        Field::Capacity => "Places",
        Field::Registration => "Registration",
        Field::RegistrationOpens => "Registration from",
        Field::RegistrationDeadline => "Registration until",
        Field::Region => "Region",
        Field::Accessibility => "Accessibility",
        Field::Organizer => "Organizer",
        Field::Contact => "Contact",
        Field::Tags => "Topics",
        Field::Links => "Links",
        Field::Image => "Picture",
        Field::Attachments => "Attachment",
        Field::Page => "Address",
        Field::LastChange | Field::Modified => "Last changed",
        Field::Uid => "UID",
    }
}

fn heading(field: Field) -> &'static str {
    match field {
        Field::Kind => "Type",
        field => label(field),
    }
}

fn status(status: EventStatus) -> StatusMessages {
    let (name, message) = match status {
        EventStatus::Confirmed => ("as announced", None),
        EventStatus::Tentative => ("not confirmed", Some("The date is not confirmed yet.")),
        EventStatus::Cancelled => ("CANCELLED", Some("The event is cancelled.")),
        EventStatus::Postponed => {
            ("POSTPONED", Some("The event is postponed. A new date is not known yet."))
        }
        EventStatus::Moved { .. } => ("MOVED", Some("The event takes place at another time.")),
        EventStatus::MovedOnline => ("ONLINE", Some("The event takes place online.")),
    };
    StatusMessages { name, message }
}

fn kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Workshop => "Workshop",
        EventKind::Conference => "Conference",
        EventKind::NetworkMeeting => "Network meeting",
        EventKind::Talk => "Talk",
        EventKind::Course => "Course",
        EventKind::Excursion => "Excursion",
        EventKind::Other => "Event",
    }
}

fn written_in(language: &str) -> &'static str {
    match language {
        "de" => "in German",
        "fr" => "in French",
        "pl" => "in Polish",
        "tr" => "in Turkish",
        _ => "in its own language",
    }
}

const DATES: DateMessages = DateMessages {
    long: "%A, %-d %B %Y",
    date: "%-d %B %Y",
    day_and_month: "%-d %B",
    day: "%-d",
    // The month is a word: 10/12 would be October in America and December in Europe.
    short: "%a, %-d %b %Y",
    clock: "",
    to: "to",
    days: "days",
    next_day: "on the next day",
    days_later: "{} days later",
};

const SERIES: SeriesMessages = SeriesMessages {
    from: "from",
    until: "until",
    every: "every",
    every_several: "every",
    daily: ["every day", "days"],
    weekly: ["every week", "weeks"],
    monthly: ["every month", "months"],
    yearly: ["every year", "years"],
    on_weekday: "on",
    on_date: "on",
    on_nth: "on the",
    of_each_month: "of every month",
    in_month: "in",
    day_of_month: "on day {}",
    last_day: "on the last day",
    ordinals: ["last", "first", "second", "third", "fourth", "fifth"],
    several_dates: "on several days",
};

const EVENT: EventMessages = EventMessages {
    before: "Before",
    now: "now",
    online: "Online",
    link_after_registration: "You receive the link after your registration.",
    link_on_request: "You receive the link on request.",
    free: "free of charge",
    charged: "with a fee",
    programme: "Programme",
    all_dates: "All dates",
    next_date: "Next date",
    dates: "Dates",
    more_dates: "More dates",
    past_dates: "Past dates",
};

const CHANGES: ChangeMessages = ChangeMessages {
    heading: "Changes",
    none: "Nothing has been changed yet.",
    new: "New",
    changed: "Changed",
    published: "published",
    removed: "taken out of the programme",
    restored: "takes place again",
    rule: "another repetition",
    details: "text",
    added_date: "additional date",
    dropped_date: "does not take place",
};

const FEED: FeedMessages = FeedMessages {
    all: "all",
    empty: "No events are announced at present",
    has_ended: "This feed has ended",
    ended_on: "Nothing new has been published here since {}.",
    ends_on: "This feed ends on {}.",
    goes_on_in: "It goes on in",
};

const PAGES: PageMessages = PageMessages {
    upcoming: "Upcoming events",
    nothing_upcoming: "No events are announced at present.",
    past: "Past events",
    feeds: "Calendars and feeds",
    calendar: "Calendar (iCalendar)",
    subscribe: "Subscribe",
    subscribe_how: "Subscribe to this address as a calendar in Outlook, Google Calendar, Apple Calendar or \
        Thunderbird; changes arrive by themselves:",
    for_readers: "For feed readers",
    as_table: "As a table",
    for_programs: "For programs",
    what_changed: "What changes",
    about_this: "About this event",
    add_event: "Add this event to your calendar",
    add_all_dates: "Add all dates to your calendar",
    part_of: "Part of",
    other_language: "Deutsch",
    selection: "Selection",
    asked: "Asked for",
    is_in: "in",
    is_left_out: "left out by",
};

const ERRORS: ErrorMessages = ErrorMessages {
    not_found: ErrorPage {
        heading: "Nothing is posted here",
        message: "There is no page at this address. Perhaps it has a typing error.",
    },
    gone: ErrorPage {
        heading: "Something was posted here once",
        message: "What was at this address is over and has been taken down.",
    },
    method_not_allowed: ErrorPage {
        heading: "This is only for reading",
        message: "This address accepts nothing; it only shows what is there.",
    },
    to_overview: "To the overview",
};
