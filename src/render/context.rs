//! The input that all documents of a language variant share: the site, its feeds, its URLs and the schedule.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;

use super::variant::{EventVariant, FeedVariant, SiteVariant};
use crate::IndexMap;
use crate::model::{Event, Fingerprint, Line, Published, Site, Slug};
use crate::route::{Route, Urls, Variant};
use crate::schedule::Schedule;
use crate::text::locale::Locale;

/// The bytes before and after the entries of a calendar, by the time zone that its times name.
pub(crate) type Frames = BTreeMap<Option<&'static str>, [Bytes; 2]>;

/// The input that all documents of a language variant share.
pub(crate) struct Context {
    pub variant: Variant,
    pub site: Site,
    pub feeds: Vec<FeedVariant>,
    pub schedule: Arc<Schedule>,
    pub urls: Urls,
    /// The route of the style sheet.
    pub style: Route,
    /// The slugs of the feeds with an English variant; empty if the site has none.
    pub translated: Arc<BTreeSet<Slug>>,
    /// The locale: the words of the program around the texts of authors.
    pub locale: &'static Locale,
    /// The frames of the files of single events.
    pub calendar_frames: Arc<Frames>,
    /// The parent events, by slug.
    parents: IndexMap<Slug, Arc<Published>>,
    /// The indices of the feeds, by slug.
    feed_indices: IndexMap<Slug, usize>,
    /// See [`Context::digest`].
    digest: u128,
}

impl Context {
    pub(crate) fn of(
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
            // Neither feeds nor locale are in it: an event's parents are in its own key, and the locale follows from
            // the variant. So a feed that changes leaves the documents of most events as they are.
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

    /// Returns the digest of all that the documents of every event depend on.
    pub(crate) fn digest(&self) -> u128 {
        self.digest
    }

    /// Returns the title and the page of an event's parent event, if it has one, and of its feed.
    pub(crate) fn parents(&self, event: &Event) -> Vec<(Line, Route)> {
        let parent = event.part_of.as_ref().and_then(|slug| self.parents.get(slug));
        let parent = parent.map(|parent| {
            let parent = EventVariant::of(parent, self.variant);
            (parent.event().title.clone(), parent.route())
        });
        let feed = self.feed(&event.feed).map(|one| (one.feed.title.clone(), one.route(None)));
        parent.into_iter().chain(feed).collect()
    }

    /// Returns the feed with this slug.
    pub(crate) fn feed(&self, slug: &Slug) -> Option<&FeedVariant> {
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
