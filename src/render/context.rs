//! What the documents of a language variant share: the site, its feeds, and where it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;

use super::fingerprint::Fingerprint;
use super::variant::{EventVariant, FeedPart, SiteVariant};
use crate::IndexMap;
use crate::model::{Event, Line, Published, Site, Slug};
use crate::route::{Route, Urls, Variant};
use crate::schedule::Schedule;
use crate::text::locale::Locale;

/// What stands before and behind the entries of calendars, by zone.
pub type Frames = BTreeMap<Option<&'static str>, [Bytes; 2]>;

/// What the documents of a language variant share.
pub struct Context {
    pub variant: Variant,
    pub site: Site,
    pub feeds: Vec<FeedPart>,
    pub schedule: Arc<Schedule>,
    pub urls: Urls,
    /// The style sheet.
    pub style: Route,
    /// The feeds that are there in English, too; where there are none, nothing is.
    pub translated: Arc<BTreeSet<Slug>>,
    /// The words around the texts of authors.
    pub locale: &'static Locale,
    /// What stands around a calendar of one event, by the zone that its times name.
    pub calendar_frames: Arc<Frames>,
    /// The events that others are part of, by slug.
    parents: IndexMap<Slug, Arc<Published>>,
    /// The places of the feeds, by slug.
    feed_indices: IndexMap<Slug, usize>,
    /// Stands for everything here that the documents of every event depend on.
    digest: u128,
}

impl Context {
    pub fn of(
        site: SiteVariant,
        schedule: &Arc<Schedule>,
        urls: &Urls,
        style: &Route,
        translated: &Arc<BTreeSet<Slug>>,
        frames: &Arc<Frames>,
    ) -> Self {
        let SiteVariant { variant, site, feeds } = site;
        let zones = schedule.zones.fingerprint();
        Self {
            digest: Fingerprint::default().of(&(variant, &site, urls, style, zones)),
            calendar_frames: Arc::clone(frames),
            parents: parents(schedule),
            feed_indices: feeds.iter().map(|one| one.feed.slug.clone()).zip(0..).collect(),
            locale: Locale::of(&variant.language()),
            variant,
            site,
            feeds,
            schedule: Arc::clone(schedule),
            urls: urls.clone(),
            style: style.clone(),
            translated: Arc::clone(translated),
        }
    }

    /// The digest of everything here that the documents of every event depend on.
    pub fn digest(&self) -> u128 {
        self.digest
    }

    /// What an event is part of, by title and page: another event, and its feed.
    pub fn parents(&self, event: &Event) -> Vec<(Line, Route)> {
        let parent = event.part_of.as_ref().and_then(|slug| self.parents.get(slug));
        let parent = parent.map(|parent| {
            let parent = EventVariant::of(parent, self.variant);
            (parent.event().title.clone(), parent.route())
        });
        let feed = self.feed(&event.feed).map(|one| (one.feed.title.clone(), one.route(None)));
        parent.into_iter().chain(feed).collect()
    }

    /// The feed with this slug.
    pub fn feed(&self, slug: &Slug) -> Option<&FeedPart> {
        self.feed_indices.get(slug).map(|&at| &self.feeds[at])
    }
}

fn parents(schedule: &Schedule) -> IndexMap<Slug, Arc<Published>> {
    let events = schedule.events.iter().map(|entry| &entry.published);
    let slugs: BTreeSet<&Slug> =
        events.clone().filter_map(|one| one.event.part_of.as_ref()).collect();
    let is_parent = |one: &&Arc<Published>| {
        one.removed.is_none() && !slugs.is_empty() && slugs.contains(&one.event.slug)
    };
    events.filter(is_parent).map(|one| (one.event.slug.clone(), Arc::clone(one))).collect()
}
