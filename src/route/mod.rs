//! Paths: every path of the site is read and written here.
//!
//! In: a path. Out: a [`Route`]: the thing that it names, its language variant and its format. [`Route::parse`] and
//! [`Route::path`] are inverse, so that nothing else in the program takes a path apart. Only the snapshot knows whether
//! anything is there.
//!
//! Before, variant, suffix and prefix were taken off paths in several rooms. A router with patterns, such as `matchit`,
//! would only read paths, not write them.

mod format;
mod urls;
mod variant;

use std::str::FromStr;

use chrono::NaiveDate;

use crate::model::{FileName, Slug};

pub use format::Format;
pub(crate) use urls::Urls;
pub use variant::Variant;

/// The thing that a path names; without a format it is its page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The overview of all feeds.
    Home(Variant),
    /// A feed.
    Feed(Variant, Slug, Option<Format>),
    /// An archive of a feed (RFC 5005 §4), counted from the oldest, which is 1.
    Archive(Variant, Slug, usize, Format),
    /// The change log of a feed.
    Changes(Variant, Slug, Option<Format>),
    /// An event or a series.
    Event(Variant, Slug, Option<Format>),
    /// The occurrence of a series that was planned for this local date (its RECURRENCE-ID), also if it was moved.
    Occurrence(Variant, Slug, NaiveDate, Option<Format>),
    /// A picture or attachment of an event, the same in all language variants.
    File(Slug, FileName),
    /// A file of the design, whose name changes with its content, so that clients may keep it for ever.
    Asset(String),
    /// `/sitemap.xml`: the pages, for search engines.
    Sitemap,
    /// `/robots.txt`: the rules for crawlers (RFC 9309).
    Robots,
    /// `/catalog.jsonld`: the feeds as data sets.
    Catalogue,
}

/// The length of a usual path, in bytes.
const USUAL: usize = 64;

const FEEDS: &str = "/feeds/";
const EVENTS: &str = "/events/";
const ASSETS: &str = "/assets/";
const SITEMAP: &str = "/sitemap.xml";
const ROBOTS: &str = "/robots.txt";
const CATALOGUE: &str = "/catalog.jsonld";

impl Route {
    /// Reads a path below the root of the site; `None` if no site has such a path.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let (variant, inner) = Variant::take_off(path);
        if inner == "/" {
            Some(Self::Home(variant))
        } else if let Some(name) = inner.strip_prefix(FEEDS) {
            parse_feed(variant, name)
        } else if let Some(name) = inner.strip_prefix(EVENTS) {
            parse_event(variant, name)
        } else {
            // None of the others has an English variant: the whole path counts.
            parse_other(path)
        }
    }

    /// Returns the path below the root of the site.
    #[must_use]
    pub fn path(&self) -> String {
        self.path_after("")
    }

    fn path_after(&self, root: &str) -> String {
        let mut path = String::with_capacity(root.len() + USUAL);
        path.push_str(root);
        self.write(&mut path);
        path
    }

    /// Adds the path to a text. Slugs, dates and file names are ASCII that needs no percent-encoding.
    fn write(&self, path: &mut String) {
        let suffix = |format: &Option<Format>| format.map_or("", Format::suffix);
        let mut add = |parts: &[&str]| parts.iter().for_each(|part| path.push_str(part));
        match self {
            Self::Home(variant) => add(&[variant.prefix(), "/"]),
            Self::Feed(variant, feed, format) => {
                add(&[variant.prefix(), FEEDS, feed.as_str(), suffix(format)]);
            }
            Self::Archive(variant, feed, number, format) => {
                let (number, suffix) = (number.to_string(), format.suffix());
                add(&[variant.prefix(), FEEDS, feed.as_str(), "/archive/", &number, suffix]);
            }
            Self::Changes(variant, feed, format) => {
                add(&[variant.prefix(), FEEDS, feed.as_str(), "/changes", suffix(format)]);
            }
            Self::Event(variant, event, format) => {
                add(&[variant.prefix(), EVENTS, event.as_str(), suffix(format)]);
            }
            Self::Occurrence(variant, event, date, format) => {
                let date = date.to_string();
                add(&[variant.prefix(), EVENTS, event.as_str(), "/", &date, suffix(format)]);
            }
            Self::File(event, name) => add(&[EVENTS, event.as_str(), "/files/", name.as_str()]),
            Self::Asset(name) => add(&[ASSETS, name]),
            Self::Sitemap => add(&[SITEMAP]),
            Self::Robots => add(&[ROBOTS]),
            Self::Catalogue => add(&[CATALOGUE]),
        }
    }

    /// Returns the route in another language variant; one without variants stays as it is.
    #[must_use]
    pub(crate) fn in_variant(self, variant: Variant) -> Self {
        match self {
            Self::Home(_) => Self::Home(variant),
            Self::Feed(_, feed, format) => Self::Feed(variant, feed, format),
            Self::Archive(_, feed, number, format) => Self::Archive(variant, feed, number, format),
            Self::Changes(_, feed, format) => Self::Changes(variant, feed, format),
            Self::Event(_, event, format) => Self::Event(variant, event, format),
            Self::Occurrence(_, event, date, format) => {
                Self::Occurrence(variant, event, date, format)
            }
            other => other,
        }
    }

    /// Returns the route of a feed, an event or a date in a format; any other stays as it is.
    #[must_use]
    pub(crate) fn in_format(self, format: Format) -> Self {
        match self {
            Self::Feed(variant, feed, _) => Self::Feed(variant, feed, Some(format)),
            Self::Archive(variant, feed, number, _) => Self::Archive(variant, feed, number, format),
            Self::Changes(variant, feed, _) => Self::Changes(variant, feed, Some(format)),
            Self::Event(variant, event, _) => Self::Event(variant, event, Some(format)),
            Self::Occurrence(variant, event, date, _) => {
                Self::Occurrence(variant, event, date, Some(format))
            }
            other => other,
        }
    }

    /// Returns the slug of the feed that the route belongs to.
    #[must_use]
    pub(crate) fn feed(&self) -> Option<&Slug> {
        match self {
            Self::Feed(_, feed, _) | Self::Archive(_, feed, ..) | Self::Changes(_, feed, _) => {
                Some(feed)
            }
            _ => None,
        }
    }

    /// Returns the slug of the event that the route belongs to.
    #[must_use]
    pub(crate) fn event(&self) -> Option<&Slug> {
        match self {
            Self::Event(_, event, _) | Self::Occurrence(_, event, ..) | Self::File(event, _) => {
                Some(event)
            }
            _ => None,
        }
    }

    /// Returns the route with another slug of its feed or event.
    #[must_use]
    pub(crate) fn with_slug(self, slug: Slug) -> Self {
        match self {
            Self::Feed(variant, _, format) => Self::Feed(variant, slug, format),
            Self::Archive(variant, _, number, format) => {
                Self::Archive(variant, slug, number, format)
            }
            Self::Changes(variant, _, format) => Self::Changes(variant, slug, format),
            Self::Event(variant, _, format) => Self::Event(variant, slug, format),
            Self::Occurrence(variant, _, date, format) => {
                Self::Occurrence(variant, slug, date, format)
            }
            Self::File(_, name) => Self::File(slug, name),
            other => other,
        }
    }
}

/// Reads `termine`, `termine.ics`, `termine/archive/1.rss` or `termine/changes.json`.
fn parse_feed(variant: Variant, path: &str) -> Option<Route> {
    let mut parts = path.split('/');
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    match (second, third) {
        (None, _) => {
            let (feed, format) = Format::take_off(first)?;
            Some(Route::Feed(variant, Slug::new(feed)?, format))
        }
        (Some(name), None) => {
            let (name, format) = Format::take_off(name)?;
            (name == "changes").then_some(Route::Changes(variant, Slug::new(first)?, format))
        }
        (Some("archive"), Some(name)) => {
            let (number, format) = Format::take_off(name)?;
            // An archive has no page of its own: its format is needed.
            Some(Route::Archive(variant, Slug::new(first)?, canonical(number)?, format?))
        }
        (Some(_), Some(_)) => None,
    }
}

/// Reads `workshop`, `workshop.ics`, `workshop/2018-12-10` or `workshop/files/programm.pdf`.
fn parse_event(variant: Variant, path: &str) -> Option<Route> {
    let mut parts = path.split('/');
    let (first, second, third) = (parts.next()?, parts.next(), parts.next());
    if parts.next().is_some() {
        return None;
    }
    match (second, third) {
        (None, _) => {
            let (event, format) = Format::take_off(first)?;
            Some(Route::Event(variant, Slug::new(event)?, format))
        }
        (Some(name), None) => {
            let (date, format) = Format::take_off(name)?;
            Some(Route::Occurrence(variant, Slug::new(first)?, canonical(date)?, format))
        }
        // Files are the same in both variants, so they have one address.
        (Some("files"), Some(name)) if variant == Variant::Original => {
            Some(Route::File(Slug::new(first)?, FileName::new(name)?))
        }
        (Some(_), Some(_)) => None,
    }
}

fn parse_other(path: &str) -> Option<Route> {
    match path {
        SITEMAP => Some(Route::Sitemap),
        ROBOTS => Some(Route::Robots),
        CATALOGUE => Some(Route::Catalogue),
        _ => {
            let name = path.strip_prefix(ASSETS)?;
            (!name.contains('/')).then(|| Route::Asset(name.to_owned()))
        }
    }
}

/// Reads a value in its one form: of `7` and `007` only the first is a path, or two paths would be one document.
fn canonical<T: FromStr + ToString>(text: &str) -> Option<T> {
    text.parse().ok().filter(|value: &T| value.to_string() == text)
}
