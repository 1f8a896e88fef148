//! The dates of a series, as its page lists them.

use crate::recurrence::{Occurrence, event_on};
use crate::render::context::Context;
use crate::render::variant::EventVariant;
use crate::schedule::Entry;
use crate::text::locale::Locale;
use crate::text::{dates, titles, values};

/// The number of dates that a page shows at once; later ones are folded away.
const OPEN: usize = 12;

/// The dates of a series.
pub(crate) struct Dates {
    pub heading: &'static str,
    /// The next dates.
    pub next: Vec<Date>,
    /// The later dates, and the past ones.
    pub folded: [Folded; 2],
}

/// A list of dates that a reader can unfold.
pub(crate) struct Folded {
    pub heading: &'static str,
    pub dates: Vec<Date>,
}

/// One date of a series.
pub(crate) struct Date {
    /// The day, for machines.
    pub date: String,
    pub time: String,
    /// The status, title and place, if they differ from those of the series.
    pub remark: String,
    /// The path of its page; `None` for a date that is too far away to have one.
    pub url: Option<String>,
}

impl Dates {
    /// Returns the dates of a series; `None` for an event that takes place once.
    pub(crate) fn of(entry: &Entry, event: &EventVariant, context: &Context) -> Option<Self> {
        event.event().series()?;
        let now = context.schedule.now;
        let locale = Locale::of(&event.event().language);
        let date = |one: &&Occurrence| Date::of(entry, event, one, locale, context);
        let (past, coming): (Vec<&Occurrence>, Vec<&Occurrence>) =
            entry.occurrences.iter().partition(|one| one.time.passes() <= now);
        let (next, more) = coming.split_at(coming.len().min(OPEN));
        // Of its past dates, a series lists those that have pages; upcoming ones are listed without a page, too.
        let past = past.iter().rev().filter(|one| entry.has_page(one.date));
        Some(Self {
            heading: locale.event.dates,
            next: next.iter().map(date).collect(),
            folded: [
                Folded { heading: locale.event.more_dates, dates: more.iter().map(date).collect() },
                Folded { heading: locale.event.past_dates, dates: past.map(date).collect() },
            ],
        })
    }
}

impl Date {
    fn of(
        entry: &Entry,
        event: &EventVariant,
        occurrence: &Occurrence,
        locale: &Locale,
        context: &Context,
    ) -> Self {
        let route = event.date_route(occurrence.date);
        let event = event.event();
        let on = event_on(event, occurrence, &context.schedule.zones);
        let status = values::remark(on.status, locale).map(str::to_owned);
        let place = (on.location != event.location).then(|| titles::place(&on.location, locale));
        let title = (on.title != event.title).then(|| on.title.to_string());
        let remarks: Vec<String> = [status, title, place].into_iter().flatten().collect();
        Self {
            date: occurrence.time.first_date().to_string(),
            time: dates::range(&occurrence.time, locale),
            remark: remarks.join(", "),
            url: entry.has_page(occurrence.date).then(|| context.urls.path(&route)),
        }
    }
}
