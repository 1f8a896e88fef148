//! What RSS, Atom and JSON Feed say of a feed: of itself, an archive, or its change log.

use chrono::{DateTime, Utc};

use super::link::Link;
use super::variant::FeedPart;
use crate::model::Site;
use crate::route::{Format, Route, Urls};
use crate::text::changes;

/// The prefix and the namespace of what marks an archive.
pub const HISTORY: (&str, &str) = ("fh", "http://purl.org/syndication/history/1.0");

/// One document of a feed.
pub struct Syndicated<'a> {
    pub part: &'a FeedPart,
    pub title: String,
    pub modified: DateTime<Utc>,
    pub format: Format,
    pub route: Route,
    /// Its own link.
    pub url: String,
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
    pub fn current(part: &'a FeedPart, archives: usize, format: Format, urls: &Urls) -> Self {
        let older = (archives > 0).then(|| urls.absolute(&archive(part, archives, format)));
        Self {
            part,
            title: part.feed.title.to_string(),
            modified: part.modified,
            format,
            route: part.route(Some(format)),
            url: part.url(Some(format), urls),
            older,
            newer: None,
            current: None,
            name: part.name(),
        }
    }

    /// One of its `count` archives, numbered from the oldest, which is 1.
    pub fn archive(
        part: &'a FeedPart,
        modified: DateTime<Utc>,
        (number, count): (usize, usize),
        format: Format,
        urls: &Urls,
    ) -> Self {
        let url = |number| urls.absolute(&archive(part, number, format));
        Self {
            modified,
            route: archive(part, number, format),
            url: url(number),
            older: (number > 1).then(|| url(number - 1)),
            newer: (number < count).then(|| url(number + 1)),
            current: Some(urls.absolute(&part.route(Some(format)))),
            ..Self::current(part, 0, format, urls)
        }
    }

    /// The log of what was changed in it.
    pub fn change_log(part: &'a FeedPart, format: Format, urls: &Urls) -> Self {
        let route = part.changes(Some(format));
        Self {
            title: changes::log_title(&part.feed),
            url: urls.absolute(&route),
            route,
            name: format!("{}/changes", part.feed.slug),
            ..Self::current(part, 0, format, urls)
        }
    }

    /// The documents beside it (RFC 5005 §4), by the names of their relations.
    pub fn neighbours(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let neighbours = [
            ("prev-archive", &self.older),
            ("next-archive", &self.newer),
            ("current", &self.current),
        ];
        neighbours.into_iter().filter_map(|(relation, url)| Some((relation, url.as_deref()?)))
    }

    /// The links to the documents beside it.
    pub fn links(&self) -> impl Iterator<Item = Link> {
        self.neighbours().map(|(relation, url)| Link::new(url.to_owned(), relation))
    }

    /// Returns whether it is an archive (RFC 5005 §4).
    pub fn is_archive(&self) -> bool {
        self.current.is_some()
    }

    /// Its identity, one for a feed and its archives (RFC 4287 §4.2.6).
    pub fn id(&self, site: &Site) -> String {
        site.id.feed_id(self.part.variant.mark(), &self.name)
    }
}

fn archive(part: &FeedPart, number: usize, format: Format) -> Route {
    Route::Archive(part.variant, part.feed.slug.clone(), number, format)
}
