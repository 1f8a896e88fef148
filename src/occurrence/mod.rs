//! Published events to the agenda: what every document of a site is made from.
//!
//! In: the site, its feeds and its published events. Out: for each feed, which events it holds. Pure.

use chrono::{DateTime, Utc};

use crate::model::{Feed, Published, Site, Slug, Visibility};

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
}

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
    let feeds = feeds
        .into_iter()
        .map(|feed| {
            let is_member =
                |one: &Published| feed.slug.as_str() == Slug::ALL || one.event.feed == feed.slug;
            let members = (0..events.len()).filter(|&index| is_member(&events[index])).collect();
            FeedAgenda { feed, members }
        })
        .collect();
    Agenda { site, feeds, events, now }
}
