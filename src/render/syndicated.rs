//! What RSS, Atom and JSON Feed say of a feed: of itself, an archive, or its change log.

use chrono::{DateTime, Utc};

use super::link::Link;
use super::urls::{self, Suffix, Urls};
use crate::model::{Feed, Site};
use crate::text::changes;

/// The prefix and the namespace of what marks an archive.
pub const HISTORY: (&str, &str) = ("fh", "http://purl.org/syndication/history/1.0");

/// One document of a feed.
pub struct Syndicated<'a> {
    pub feed: &'a Feed,
    pub title: String,
    pub modified: DateTime<Utc>,
    /// Its own path.
    pub path: String,
    pub suffix: Suffix,
    /// The next older archive.
    pub older: Option<String>,
    /// The next newer archive.
    pub newer: Option<String>,
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
        let older = (archives > 0).then(|| urls::archive(feed, archives, suffix));
        let (path, current) = (urls::part_as(feed, suffix), None);
        let (title, name) = (feed.title.to_string(), feed.name());
        Self { feed, title, modified, path, suffix, older, newer: None, current, name }
    }

    /// One of its `count` archives, numbered from the oldest, which is 1.
    pub fn archive(
        feed: &'a Feed,
        modified: DateTime<Utc>,
        number: usize,
        count: usize,
        suffix: Suffix,
    ) -> Self {
        let archive = |number| urls::archive(feed, number, suffix);
        Self {
            feed,
            title: feed.title.to_string(),
            modified,
            path: archive(number),
            suffix,
            older: (number > 1).then(|| archive(number - 1)),
            newer: (number < count).then(|| archive(number + 1)),
            current: Some(urls::feed_as(&feed.slug, feed.edition, suffix)),
            name: feed.name(),
        }
    }

    /// The log of what was changed in it.
    pub fn change_log(feed: &'a Feed, modified: DateTime<Utc>, suffix: Suffix) -> Self {
        let (title, name) = (changes::log_title(feed), format!("{}/changes", feed.slug));
        let path = urls::changes_as(feed, suffix);
        Self { feed, title, modified, path, suffix, older: None, newer: None, current: None, name }
    }

    /// The documents beside it (RFC 5005 §4), by the names of their relations.
    pub fn neighbours(&self, urls: &Urls) -> Vec<Link> {
        let neighbours = [
            ("prev-archive", &self.older),
            ("next-archive", &self.newer),
            ("current", &self.current),
        ];
        let neighbours = neighbours.into_iter().filter_map(|(relation, path)| {
            Some(Link::new(urls.absolute(path.as_ref()?), relation))
        });
        neighbours.collect()
    }

    /// Claims that it is an archive (RFC 5005 §4).
    pub fn is_archive(&self) -> bool {
        self.current.is_some()
    }

    /// Its identity, the same for a feed and its archives (RFC 4287 §4.2.6).
    pub fn id(&self, site: &Site) -> String {
        site.id.feed_id(&self.name, self.feed.edition)
    }
}
