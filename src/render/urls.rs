//! Every path and every link that the service publishes, made in one place.

use chrono::NaiveDate;

use crate::model::{
    Edition, Event, Feed, FileName, FileSource, Published, Recurrence, Slug, WebUrl,
};

/// The public root of the site, from which all links are made; never taken from a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Urls {
    /// Scheme, authority and path without a slash at the end.
    base: String,
}

/// A format of a feed or event that has a suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suffix {
    /// `.ics`
    Ics,
    /// `.rss`
    Rss,
    /// `.atom`
    Atom,
    /// `.csv`
    Csv,
    /// `.json`
    Json,
    /// `.jsonld`
    JsonLd,
}

/// All of them.
pub const SUFFIXES: [Suffix; 6] =
    [Suffix::Ics, Suffix::Rss, Suffix::Atom, Suffix::Csv, Suffix::Json, Suffix::JsonLd];

impl Suffix {
    fn as_str(self) -> &'static str {
        match self {
            Self::Ics => ".ics",
            Self::Rss => ".rss",
            Self::Atom => ".atom",
            Self::Csv => ".csv",
            Self::Json => ".json",
            Self::JsonLd => ".jsonld",
        }
    }
}

impl Urls {
    /// Links below `base`; its query and fragment are dropped.
    #[must_use]
    pub fn new(base: &WebUrl) -> Self {
        let mut url = base.as_url().clone();
        url.set_query(None);
        url.set_fragment(None);
        Self { base: url.as_str().trim_end_matches('/').to_owned() }
    }

    /// The absolute link to a path of this module.
    #[must_use]
    pub fn absolute(&self, path: &str) -> String {
        [&self.base, path].concat()
    }

    /// The absolute link to a picture or attachment.
    #[must_use]
    pub fn source(&self, event: &Event, source: &FileSource) -> String {
        match source {
            FileSource::Own(one) => self.absolute(&file(event, &one.name)),
            FileSource::Web(url) => url.to_string(),
        }
    }

    /// The path part of the root, empty or `/termine`: what a proxy may leave before every path.
    #[must_use]
    pub fn prefix(&self) -> &str {
        let authority = self.base.find("://").map_or(0, |at| at + 3);
        self.base[authority..].find('/').map_or("", |at| &self.base[authority + at..])
    }
}

/// Before the paths of the English edition.
const ENGLISH: &str = "/en";

fn prefix(edition: Edition) -> &'static str {
    match edition {
        Edition::Original => "",
        Edition::English => ENGLISH,
    }
}

/// The edition to which a path belongs, and the same path in the original one.
#[must_use]
pub fn parse_edition(path: &str) -> (Edition, &str) {
    match path.strip_prefix(ENGLISH) {
        Some(inner) if inner.starts_with('/') => (Edition::English, inner),
        _ => (Edition::Original, path),
    }
}

/// A path of the original edition in another one.
#[must_use]
pub fn in_edition(path: &str, edition: Edition) -> String {
    [prefix(edition), path].concat()
}

/// The overview.
#[must_use]
pub fn home(edition: Edition) -> String {
    in_edition("/", edition)
}

/// For search engines.
pub const SITEMAP: &str = "/sitemap.xml";

/// For machines that fetch many pages.
pub const ROBOTS: &str = "/robots.txt";

/// The feeds as data sets.
pub const CATALOG: &str = "/catalog.jsonld";

/// Claims that this is the path of a feed, in whatever form.
#[must_use]
pub fn is_feed(path: &str) -> bool {
    let (_, path) = parse_edition(path);
    path.strip_prefix("/feeds/").is_some_and(|feed| !feed.contains('/'))
}

/// The page of a feed, or of the part of it that a query asks for.
#[must_use]
pub fn part(part: &Feed) -> String {
    format!("{}{}", feed(&part.slug, part.edition), part.query)
}

/// A feed, or the part of it that a query asks for, in a format.
#[must_use]
pub fn part_as(part: &Feed, suffix: Suffix) -> String {
    format!("{}{}", feed_as(&part.slug, part.edition, suffix), part.query)
}

/// The slug of the feed to which a path belongs.
#[must_use]
pub fn feed_slug(path: &str) -> Option<&str> {
    path.strip_prefix("/feeds/")?.split(['/', '.']).next()
}

/// The slug of the event to which a path belongs.
#[must_use]
pub fn event_slug(path: &str) -> Option<&str> {
    path.strip_prefix("/events/")?.split(['/', '.']).next()
}

/// The feed and the format that a path asks for; without one it is the page.
#[must_use]
pub fn parse_feed(path: &str) -> Option<(Slug, Option<Suffix>)> {
    let name = path.strip_prefix("/feeds/")?;
    match name.split_once('.') {
        None => Some((Slug::new(name)?, None)),
        Some((slug, suffix)) => {
            let known = SUFFIXES.into_iter().find(|one| one.as_str()[1..] == *suffix)?;
            Some((Slug::new(slug)?, Some(known)))
        }
    }
}

/// The page of a feed.
#[must_use]
pub fn feed(slug: &Slug, edition: Edition) -> String {
    [prefix(edition), "/feeds/", slug.as_str()].concat()
}

/// A feed in a format.
#[must_use]
pub fn feed_as(slug: &Slug, edition: Edition, suffix: Suffix) -> String {
    [&feed(slug, edition), suffix.as_str()].concat()
}

/// An archive of a feed (RFC 5005 §4), counted from the oldest.
#[must_use]
pub fn archive(of: &Feed, number: usize, suffix: Suffix) -> String {
    format!("{}/archive/{number}{}", feed(&of.slug, of.edition), suffix.as_str())
}

/// The page of a feed's changes.
#[must_use]
pub fn changes(of: &Feed) -> String {
    format!("{}/changes", feed(&of.slug, of.edition))
}

/// The changes of a feed in a format.
#[must_use]
pub fn changes_as(of: &Feed, suffix: Suffix) -> String {
    format!("{}{}", changes(of), suffix.as_str())
}

/// Where readers find an event: its page; of one that was deleted, its feed.
#[must_use]
pub fn home_of(published: &Published) -> String {
    match published.removed {
        None => event(&published.event),
        Some(_) => feed(&published.event.feed, published.event.page_edition),
    }
}

/// The page of an event: of a series, or of one of its dates.
#[must_use]
pub fn event(event: &Event) -> String {
    match event.recurrence {
        Recurrence::Date(date) => series_date(event, date),
        Recurrence::Once | Recurrence::Series(_) => series(event),
    }
}

/// An event in a format.
#[must_use]
pub fn event_as(event: &Event, suffix: Suffix) -> String {
    [&self::event(event), suffix.as_str()].concat()
}

/// A picture or attachment of an event; of a date of a series those of all of it.
#[must_use]
pub fn file(event: &Event, name: &FileName) -> String {
    former_file(&event.slug, name)
}

/// The file of the event that has this slug, or had it; it is the same in all editions.
#[must_use]
pub fn former_file(slug: &Slug, name: &FileName) -> String {
    format!("{}/files/{}", former(slug, Edition::Original), name.as_str())
}

/// The page of the event to which the address of a file belongs.
#[must_use]
pub fn page_of_file(path: &str) -> Option<&str> {
    path.rsplit_once("/files/").map(|(page, _)| page)
}

/// The page of an event; of a series or one of its dates, the page of all of it.
#[must_use]
pub fn series(event: &Event) -> String {
    former(&event.slug, event.page_edition)
}

/// The page of the event that has this slug, or had it.
#[must_use]
pub fn former(slug: &Slug, edition: Edition) -> String {
    [prefix(edition), "/events/", slug.as_str()].concat()
}

/// The page of the date of a series that was planned for this local date.
#[must_use]
pub fn series_date(event: &Event, date: NaiveDate) -> String {
    format!("{}/{date}", series(event))
}

/// A file of the design, whose name changes with its content.
#[must_use]
pub fn asset(stem: &str, hash: &str, extension: &str) -> String {
    format!("/assets/{stem}.{hash}.{extension}")
}
