//! Published events to the schedule: what every document of a site is made from.
//!
//! In: the site, its feeds and its published events. Out: the dates of every series, and for each feed,
//! which events it holds. Pure.

mod entry;
mod membership;
mod selection;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use rayon::prelude::*;

use crate::model::{Feed, FeedHistory, Published, Site, Slug, Visibility, sort_by_start};
use crate::zone::Zones;

pub use entry::Entry;
pub use membership::assign_feeds;
pub use selection::{Facets, Selection, fold};

/// Everything that is told to the public, at one moment.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The site.
    pub site: Site,
    /// The feeds, by slug.
    pub feeds: Vec<FeedSchedule>,
    /// Feeds that have ended for good.
    pub ended: Vec<Feed>,
    /// The public events, by start, then uid.
    pub events: Vec<Arc<Entry>>,
    /// When anything was first published.
    pub since: DateTime<Utc>,
    /// The moment; it only parts what has passed from what has not.
    pub now: DateTime<Utc>,
    /// The rules of all time zones.
    pub zones: Arc<Zones>,
}

impl Schedule {
    /// The next instant at which time alone changes a document.
    #[must_use]
    pub fn next_change(&self) -> Option<DateTime<Utc>> {
        let ends = self.feeds.iter().filter_map(|feed| feed.feed.retirement.as_ref());
        let ends = ends.flat_map(|end| [end.begins, end.ends]).filter(|at| *at > self.now);
        self.events.iter().filter_map(|entry| entry.next_change).chain(ends).min()
    }
}

/// A feed and its events.
#[derive(Clone, Debug)]
pub struct FeedSchedule {
    /// What it says about itself.
    pub feed: Feed,
    /// Indices of its events in [`Schedule::events`], ascending.
    pub members: Vec<usize>,
    /// When it last changed: with one of its events, or when one passed or left.
    pub modified: DateTime<Utc>,
    /// Returns whether it holds no more than a notice of its end.
    pub is_retired: bool,
}

/// Around today, the dates of series that have pages of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How long a date that has passed keeps its page.
    pub past: Days,
    /// How long before its day a date gets one.
    pub ahead: Days,
}

/// Now, and the dates around it.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// It only parts what has passed from what has not.
    pub now: DateTime<Utc>,
    /// What has pages.
    pub window: Window,
}

impl Moment {
    /// The first and the last day of the window.
    #[must_use]
    pub fn days(&self) -> (NaiveDate, NaiveDate) {
        let today = self.now.date_naive();
        let first = today.checked_sub_days(self.window.past).unwrap_or(NaiveDate::MIN);
        (first, today.checked_add_days(self.window.ahead).unwrap_or(NaiveDate::MAX))
    }
}

/// Sorts the public events into their feeds; internal ones are left out here, for good.
#[must_use]
pub fn expand(
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
    forget_unpublished_parents(&mut events);
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

/// What the public does not know, nothing public is part of.
fn forget_unpublished_parents(events: &mut [Arc<Published>]) {
    if events.iter().all(|one| one.event.part_of.is_none()) {
        return;
    }
    let slugs: BTreeSet<Slug> = events.iter().map(|one| one.event.slug.clone()).collect();
    let is_hidden =
        |one: &Arc<Published>| one.event.part_of.as_ref().is_some_and(|slug| !slugs.contains(slug));
    for one in events.iter_mut().filter(|one| is_hidden(one)) {
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
    // What was taken out silently is no entry, but the feed changed with it.
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
    let modified = retired.or(modified).or(past.since).unwrap_or(now);
    FeedSchedule { feed, members, modified, is_retired }
}
