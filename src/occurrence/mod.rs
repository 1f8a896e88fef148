//! Published events to the agenda: what every document of a site is made from.
//!
//! In: the site, its feeds and its published events. Out: for each feed, which events it holds. Pure.

mod expand;

use chrono::{DateTime, Days, Utc};

use crate::model::{Feed, Published, Site, Slug, Visibility};

pub use expand::{dates, days};

/// Everything that is told to the public, at one moment.
#[derive(Clone, Debug)]
pub struct Agenda {
    /// The site.
    pub site: Site,
    /// The feeds, by slug.
    pub feeds: Vec<FeedAgenda>,
    /// The public events, by start, then uid.
    pub events: Vec<Published>,
    /// The moment; it only parts what has passed from what has not.
    pub now: DateTime<Utc>,
}

/// A feed and its events.
#[derive(Clone, Debug)]
pub struct FeedAgenda {
    /// What it says about itself.
    pub feed: Feed,
    /// Indices of its events in [`Agenda::events`], ascending.
    pub members: Vec<usize>,
    /// When it last changed: with one of its events, or when one passed or left.
    pub modified: DateTime<Utc>,
}

/// How long a feed tells that an event is off, after the end that it would have had.
const RETENTION: Days = Days::new(30);

impl Agenda {
    /// Claims that the event with this index is over.
    #[must_use]
    pub fn has_passed(&self, index: usize) -> bool {
        self.events[index].event.time.passes() <= self.now
    }
}

/// Sorts the public events into their feeds; internal ones are left out here, for good.
#[must_use]
pub fn agenda(site: Site, feeds: Vec<Feed>, events: Vec<Published>, now: DateTime<Utc>) -> Agenda {
    let is_public = |one: &Published| one.event.visibility == Visibility::Public;
    let events: Vec<Published> = events.into_iter().filter(is_public).collect();
    let feeds = feeds.into_iter().map(|feed| feed_agenda(feed, &events, now)).collect();
    Agenda { site, feeds, events, now }
}

fn feed_agenda(feed: Feed, events: &[Published], now: DateTime<Utc>) -> FeedAgenda {
    let is_own = |one: &Published| feed.slug.as_str() == Slug::ALL || one.event.feed == feed.slug;
    let own: Vec<usize> = (0..events.len()).filter(|&index| is_own(&events[index])).collect();
    let modified = own.iter().filter_map(|&index| last_change(&events[index], now)).max();
    let members = own.into_iter().filter(|&index| leaves(&events[index]).is_none_or(|at| now < at));
    FeedAgenda { members: members.collect(), modified: modified.unwrap_or(now), feed }
}

/// The instant at which an event leaves its feeds: never, unless it is off.
fn leaves(published: &Published) -> Option<DateTime<Utc>> {
    published.event.is_off().then(|| published.event.time.passes() + RETENTION)
}

/// The last instant at which an event changed a list that it is in.
fn last_change(published: &Published, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let passes = Some(published.event.time.passes());
    let by_time = [passes, leaves(published)].into_iter().flatten().filter(|at| *at <= now);
    by_time.chain([published.revision.modified]).max()
}
