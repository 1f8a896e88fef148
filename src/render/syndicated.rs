//! What RSS, Atom and JSON Feed say of a feed: of itself, an archive, or its change log.

use chrono::{DateTime, Utc};

use super::changes;
use super::urls::{self, Suffix};
use crate::model::{Feed, Site};

/// One document of a feed.
pub struct Syndicated<'a> {
    pub feed: &'a Feed,
    pub title: String,
    pub modified: DateTime<Utc>,
    /// Its own path.
    pub path: String,
    /// The next older archive.
    pub older: Option<String>,
    /// The feed that this is an archive of.
    pub current: Option<String>,
    name: String,
}

impl<'a> Syndicated<'a> {
    /// The feed itself; `archives` is how many it has.
    pub fn current(
        feed: &'a Feed,
        modified: DateTime<Utc>,
        archives: usize,
        suffix: Suffix,
    ) -> Self {
        let older = (archives > 0).then(|| urls::archive(&feed.slug, archives, suffix));
        let (path, current) = (urls::part_as(feed, suffix), None);
        let (title, name) = (feed.title.to_string(), feed.name());
        Self { feed, title, modified, path, older, current, name }
    }

    /// One of its archives, counted from the oldest, which is 1.
    pub fn archive(feed: &'a Feed, modified: DateTime<Utc>, number: usize, suffix: Suffix) -> Self {
        let older = (number > 1).then(|| urls::archive(&feed.slug, number - 1, suffix));
        let current = Some(urls::feed_as(&feed.slug, suffix));
        let (title, name) = (feed.title.to_string(), feed.name());
        Self {
            feed,
            title,
            modified,
            path: urls::archive(&feed.slug, number, suffix),
            older,
            current,
            name,
        }
    }

    /// The log of what was changed in it.
    pub fn change_log(feed: &'a Feed, modified: DateTime<Utc>, suffix: Suffix) -> Self {
        let (title, name) = (changes::log_title(feed), format!("{}/changes", feed.slug));
        let path = urls::changes_as(&feed.slug, suffix);
        Self { feed, title, modified, path, older: None, current: None, name }
    }

    /// Its identity, the same for a feed and its archives (RFC 4287 §4.2.6).
    pub fn id(&self, site: &Site) -> String {
        site.id.feed_id(&self.name)
    }
}
