//! Published events to the schedule, from which every document of a site is made.
//!
//! In: the site, its feeds and its published state. Out: the occurrences of every series around today, the members of
//! every feed, and the instants at which time alone changes a document. Pure: the moment is an argument. Two replicas
//! agree byte for byte, since documents follow from the moment of the last such change, not from the clock.
//!
//! It is made anew at each reload, which is cheap, and remembered by no memo.

mod entry;
mod membership;
mod selection;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use rayon::prelude::*;

use crate::model::{Feed, FeedHistory, Published, Site, Slug, Visibility, sort_by_start};
use crate::zone::Zones;

pub(crate) use entry::Entry;
pub(crate) use membership::assign_feeds;
pub(crate) use selection::{Facets, Selection, fold};

/// Everything that is published, at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    /// The site's title, publisher and footer.
    pub site: Site,
    /// The feeds, by slug.
    pub feeds: Vec<FeedSchedule>,
    /// Feeds that were retired long enough ago to be gone (410).
    pub ended: Vec<Feed>,
    /// The public events, by start, then uid.
    pub events: Vec<Arc<Entry>>,
    /// The instant of the first publication of all.
    pub since: DateTime<Utc>,
    /// The moment, which only parts what has passed from what has not: no document shows it.
    pub now: DateTime<Utc>,
    /// The zone data.
    pub zones: Arc<Zones>,
}

impl Schedule {
    /// Returns the next instant at which time alone changes a document; `None` if there is none.
    #[must_use]
    pub(crate) fn next_boundary(&self) -> Option<DateTime<Utc>> {
        let ends = self.feeds.iter().filter_map(|feed| feed.feed.retirement.as_ref());
        let ends = ends.flat_map(|end| [end.begins, end.ends]).filter(|at| *at > self.now);
        self.events.iter().filter_map(|entry| entry.next_boundary).chain(ends).min()
    }
}

/// A feed and its events.
#[derive(Clone, Debug)]
pub(crate) struct FeedSchedule {
    /// The feed's own texts, selection and end.
    pub feed: Feed,
    /// Indices of its events in [`Schedule::events`], ascending.
    pub members: Vec<usize>,
    /// The instant of its last change: a revision of one of its events, or one that passed or left.
    pub modified: DateTime<Utc>,
    /// Whether it holds no more than a notice of its end.
    pub is_retired: bool,
}

/// The days around today of which occurrences have pages of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// The number of days for which a date that has passed keeps its page.
    pub past: Days,
    /// The number of days before a date at which it gets a page.
    pub ahead: Days,
}

/// Now, and the days around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    /// The instant, which only parts what has passed from what has not.
    pub now: DateTime<Utc>,
    /// The days that have pages.
    pub window: Window,
}

impl Moment {
    /// Returns the first and the last day of the window, in UTC.
    #[must_use]
    pub(crate) fn days(&self) -> (NaiveDate, NaiveDate) {
        let today = self.now.date_naive();
        let first = today.checked_sub_days(self.window.past).unwrap_or(NaiveDate::MIN);
        (first, today.checked_add_days(self.window.ahead).unwrap_or(NaiveDate::MAX))
    }
}

/// Expands the public events and sorts them into their feeds. Internal ones are left out here: no later room can
/// publish one by mistake.
#[must_use]
pub(crate) fn expand(
    site: Site,
    feeds: Vec<Feed>,
    events: Vec<Arc<Published>>,
    past: &FeedHistory,
    moment: Moment,
    zones: &Arc<Zones>,
) -> Schedule {
    let now = moment.now;
    let is_public = |one: &Arc<Published>| one.event.visibility == Visibility::Public;
    let mut events: Vec<Arc<Published>> = events.into_iter().filter(is_public).collect();
    drop_unpublished_parents(&mut events);
    let entry = |published| Arc::new(Entry::new(published, &moment, zones));
    let mut events: Vec<Arc<Entry>> = events.into_par_iter().map(entry).collect();
    sort_by_start(&mut events, |entry| &entry.published.event);
    let has_ended = |feed: &Feed| feed.retirement.as_ref().is_some_and(|end| end.ends <= now);
    let (ended, feeds): (Vec<Feed>, Vec<Feed>) = feeds.into_iter().partition(has_ended);
    let feeds = feeds.into_par_iter().map(|feed| feed_schedule(feed, &events, past, now));
    let feeds = feeds.collect();
    let (since, zones) = (past.since.unwrap_or(now), Arc::clone(zones));
    Schedule { site, feeds, ended, events, since, now, zones }
}

/// Takes the parent from public events if it is not public: nothing public may show that it exists. `source` does it
/// for definitions; here it is done for published events of which the parent was withdrawn, too.
fn drop_unpublished_parents(events: &mut [Arc<Published>]) {
    if events.iter().all(|one| one.event.part_of.is_none()) {
        return;
    }
    let slugs: BTreeSet<Slug> = events.iter().map(|one| one.event.slug.clone()).collect();
    let is_unpublished =
        |one: &Arc<Published>| one.event.part_of.as_ref().is_some_and(|slug| !slugs.contains(slug));
    for one in events.iter_mut().filter(|one| is_unpublished(one)) {
        Arc::make_mut(&mut Arc::make_mut(one).event).part_of = None;
    }
}

fn feed_schedule(
    feed: Feed,
    events: &[Arc<Entry>],
    past: &FeedHistory,
    now: DateTime<Utc>,
) -> FeedSchedule {
    let holds = |folder: &Slug| feed.slug.as_str() == Slug::ALL || *folder == feed.slug;
    let is_everything = feed.slug.as_str() == Slug::ALL;
    let is_own = |one: &Arc<Entry>| is_everything || one.published.event.feeds.contains(&feed.slug);
    let own: Vec<usize> = (0..events.len()).filter(|&index| is_own(&events[index])).collect();
    // An event that was withdrawn is no entry, but the feed changed with it: Last-Modified must move, or a client that
    // asks with If-Modified-Since keeps the event.
    let left = past.changed.iter().filter(|(folder, _)| holds(folder)).map(|(_, at)| *at);
    let modified = own.iter().map(|&index| events[index].modified).chain(left).max();
    let is_upcoming_only = feed.select.as_ref().is_some_and(|one| one.is_upcoming_only);
    let stays = |&index: &usize| {
        let is_left = events[index].delisted_at().is_some_and(|at| at <= now);
        let is_over = is_upcoming_only && events[index].has_passed(now);
        !is_left && !is_over
    };
    let retired = feed.retirement.as_ref().map(|end| end.begins).filter(|begins| *begins <= now);
    let is_retired = retired.is_some();
    let members = own.into_iter().filter(|index| !is_retired && stays(index)).collect();
    // A retired feed changed last when the notice took the place of its events.
    let modified = retired.or(modified).or(past.since).unwrap_or(now);
    FeedSchedule { feed, members, modified, is_retired }
}
