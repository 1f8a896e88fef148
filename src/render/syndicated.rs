//! The properties that RSS, Atom and JSON Feed documents share: those of a feed, of an archive or of a change log.

use chrono::{DateTime, Utc};

use super::link::Link;
use super::variant::FeedVariant;
use crate::model::Site;
use crate::route::{Format, Route, Urls};
use crate::text::changes;

/// The prefix and the namespace of the mark of an archive (RFC 5005 §4).
pub(crate) const HISTORY: (&str, &str) = ("fh", "http://purl.org/syndication/history/1.0");

/// One document of a feed, without its items.
pub(crate) struct Syndicated<'a> {
    pub part: &'a FeedVariant,
    pub title: String,
    pub modified: DateTime<Utc>,
    pub format: Format,
    pub route: Route,
    /// Its own absolute URL.
    // W3C's feed validator warns if `atom:link rel=self` is not exactly the URL of the document.
    pub url: String,
    /// The URL of the next older archive.
    pub older: Option<String>,
    /// The URL of the next newer archive.
    pub newer: Option<String>,
    /// The URL of the feed, if this is one of its archives.
    pub current: Option<String>,
    /// The name from which its identity is made.
    name: String,
}

impl<'a> Syndicated<'a> {
    /// Returns the feed itself; `archives` is the number of its archives.
    pub(crate) fn current(
        part: &'a FeedVariant,
        archives: usize,
        format: Format,
        urls: &Urls,
    ) -> Self {
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

    /// Returns one of the `count` archives of a feed. They are numbered from the oldest, which is 1.
    // A new archive gets the next number: the URL of an archive must not change (RFC 5005 §4).
    pub(crate) fn archive(
        part: &'a FeedVariant,
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

    /// Returns the change log of a feed.
    pub(crate) fn change_log(part: &'a FeedVariant, format: Format, urls: &Urls) -> Self {
        let route = part.changes(Some(format));
        Self {
            title: changes::log_title(&part.feed),
            url: urls.absolute(&route),
            route,
            name: format!("{}/changes", part.feed.slug),
            ..Self::current(part, 0, format, urls)
        }
    }

    /// Returns the URLs of the documents beside it, each with its link relation (RFC 5005 §4).
    pub(crate) fn neighbours(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let neighbours = [
            ("prev-archive", &self.older),
            ("next-archive", &self.newer),
            ("current", &self.current),
        ];
        neighbours.into_iter().filter_map(|(relation, url)| Some((relation, url.as_deref()?)))
    }

    /// Returns the links to the documents beside it, for the `Link` header.
    pub(crate) fn links(&self) -> impl Iterator<Item = Link> {
        self.neighbours().map(|(relation, url)| Link::new(url.to_owned(), relation))
    }

    /// Returns whether it is an archive (RFC 5005 §4).
    pub(crate) fn is_archive(&self) -> bool {
        self.current.is_some()
    }

    /// Returns its identity (RFC 4287 §4.2.6), which a feed and its archives share.
    pub(crate) fn id(&self, site: &Site) -> String {
        site.id.feed_id(self.part.variant.mark(), &self.name)
    }
}

fn archive(part: &FeedVariant, number: usize, format: Format) -> Route {
    Route::Archive(part.variant, part.feed.slug.clone(), number, format)
}
