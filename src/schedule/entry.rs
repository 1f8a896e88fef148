//! An event among the others of its site: its occurrences, and what time alone changes about it.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::{Moment, Window};
use crate::model::{EventTime, Published, Recurrence};
use crate::recurrence::{Occurrence, is_endless, occurrences};
use crate::zone::Zones;

/// How long feeds list a cancelled or postponed event or a tombstone after the end that it would have had.
const RETENTION: Days = Days::new(30);

/// A published event and its occurrences.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Entry {
    /// The published state of the event; a series is one entry.
    pub published: Arc<Published>,
    /// The occurrences of a series: all, or those of the window and before if it has no end. Empty for an event that
    /// takes place once.
    pub occurrences: Vec<Occurrence>,
    /// The instant of its last change: a revision, or a date that passed or came into the window.
    pub modified: DateTime<Utc>,
    /// The instant from which the event is over; `None` for a series without end.
    pub passes: Option<DateTime<Utc>>,
    /// The next instant at which time alone changes a document about it.
    pub next_boundary: Option<DateTime<Utc>>,
    /// The first and the last day of which dates have pages.
    pub window: (NaiveDate, NaiveDate),
}

impl Entry {
    /// Returns the entry of an event, with its occurrences.
    #[must_use]
    pub(crate) fn new(published: Arc<Published>, moment: &Moment, zones: &Zones) -> Self {
        let (now, days) = (moment.now, moment.days());
        let event = &published.event;
        let (occurrences, passes) = match &event.recurrence {
            Recurrence::Once | Recurrence::Occurrence(_) => (Vec::new(), Some(event.time.passes())),
            Recurrence::Series(series) => {
                let is_endless = is_endless(series);
                // A series with an end has at most 10,000 occurrences: all of them are known.
                let horizon = if is_endless { days.1 } else { NaiveDate::MAX };
                let occurrences = occurrences(series, &event.time, horizon, zones);
                let last = occurrences.iter().map(|date| date.time.passes()).max();
                (occurrences, last.filter(|_| !is_endless))
            }
        };
        let modified = published.revision.modified;
        let mut entry =
            Self { published, occurrences, modified, passes, next_boundary: None, window: days };
        let past = entry.boundaries(&moment.window).filter(|at| *at <= now);
        let last_change = past.fold(modified, DateTime::max);
        entry.next_boundary = entry.boundaries(&moment.window).filter(|at| *at > now).min();
        entry.modified = last_change;
        entry
    }

    /// Returns whether the event is over at `now`.
    #[must_use]
    pub(crate) fn has_passed(&self, now: DateTime<Utc>) -> bool {
        self.passes.is_some_and(|passes| passes <= now)
    }

    /// Returns the time that counts at `now`: of a series, the next occurrence, or the last one if all are over.
    #[must_use]
    pub(crate) fn current(&self, now: DateTime<Utc>) -> EventTime {
        let next = self.occurrences.iter().map(|date| date.time).filter(|time| time.passes() > now);
        let next = next.min_by_key(EventTime::begins);
        let last = || self.occurrences.last().map(|date| date.time);
        next.or_else(last).unwrap_or(self.published.event.time)
    }

    /// Returns the occurrences that have pages of their own.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &Occurrence> {
        self.occurrences.iter().filter(|one| self.has_page(one.date))
    }

    /// Returns whether the event has a page: a tombstone has none.
    #[must_use]
    pub(crate) fn has_own_page(&self) -> bool {
        self.published.removed.is_none()
    }

    /// Returns the occurrences that calendars list one by one: all, or those of the window if a series has no end.
    pub(crate) fn calendar_dates(&self) -> impl Iterator<Item = &Occurrence> {
        let is_endless = self.published.event.series().is_some_and(is_endless);
        let is_near = |date| (self.window.0..=self.window.1).contains(&date);
        self.occurrences.iter().filter(move |one| !is_endless || is_near(one.date))
    }

    /// Returns whether the occurrence of this date has a page.
    #[must_use]
    pub(crate) fn has_page(&self, date: NaiveDate) -> bool {
        self.has_own_page() && (self.window.0..=self.window.1).contains(&date)
    }

    /// Returns the occurrences whose pages are gone (410).
    pub(crate) fn former_pages(&self) -> impl Iterator<Item = &Occurrence> {
        self.occurrences.iter().filter(|one| !self.has_own_page() || one.date < self.window.0)
    }

    /// Returns the instant at which its page last changed; that of a series shows which dates are over.
    #[must_use]
    pub(crate) fn page_modified(&self) -> DateTime<Utc> {
        let revision = self.published.revision.modified;
        self.published.event.series().map_or(revision, |_| self.modified)
    }

    /// Returns the instant at which the event leaves its feeds; `None` if it is neither cancelled, postponed nor a
    /// tombstone, for then it stays. One that was deleted after its end leaves at that end: tidying up old files
    /// cancels nothing.
    #[must_use]
    pub(crate) fn delisted_at(&self) -> Option<DateTime<Utc>> {
        let removed = self.published.removed;
        let end = self.passes.or(removed).filter(|_| !self.published.event.takes_place())?;
        let was_over = removed.is_some_and(|removed| end <= removed);
        Some(if was_over { end } else { end + RETENTION })
    }

    /// Returns the instants at which a list that it is in, or its list of dates, becomes another.
    fn boundaries(&self, window: &Window) -> impl Iterator<Item = DateTime<Utc>> {
        let Window { past, ahead } = *window;
        // The window counts in days of UTC, as `Moment::days` does: the same moment gives the same pages in any zone.
        let midnight = |date: NaiveDate| date.and_time(NaiveTime::MIN).and_utc();
        let near = move |date: NaiveDate| date.checked_sub_days(ahead).map(midnight);
        let far = move |date: NaiveDate| {
            // The first day of the window still has its pages; they go at the midnight after it.
            date.checked_add_days(past)?.checked_add_days(Days::new(1)).map(midnight)
        };
        let by_date = self.occurrences.iter().flat_map(move |one| {
            [Some(one.time.passes()), near(one.date), far(one.date)].into_iter().flatten()
        });
        by_date.chain(self.passes).chain(self.delisted_at())
    }
}
