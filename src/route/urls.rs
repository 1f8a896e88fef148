//! Links: routes below the public root of the site.

use url::Url;

use super::Route;
use crate::model::{FileSource, Slug};

/// The public root of the site, from which all links are made. It is configured and never taken from a request: a
/// request with another Host must not change a document that others get.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Urls {
    /// The scheme, authority and path, without a slash at the end.
    base: String,
}

impl Urls {
    /// Returns the root `base` without its query and fragment.
    #[must_use]
    pub(crate) fn new(base: &Url) -> Self {
        let mut url = base.clone();
        url.set_query(None);
        url.set_fragment(None);
        // Routes begin with a slash of their own.
        Self { base: url.as_str().trim_end_matches('/').to_owned() }
    }

    /// Returns the absolute link to a route.
    #[must_use]
    pub(crate) fn absolute(&self, route: &Route) -> String {
        route.path_after(&self.base)
    }

    /// Adds the absolute link to a text: lists hold many of them, and need no string for each.
    pub(crate) fn write_absolute(&self, route: &Route, text: &mut String) {
        text.push_str(&self.base);
        route.write(text);
    }

    /// Returns the link from a page of the same host: a path without scheme and authority.
    #[must_use]
    pub(crate) fn path(&self, route: &Route) -> String {
        route.path_after(self.prefix())
    }

    /// Returns the absolute link to a picture or attachment of the event with this slug.
    #[must_use]
    pub(crate) fn file(&self, event: &Slug, source: &FileSource) -> String {
        match source {
            FileSource::Own(one) => self.absolute(&Route::File(event.clone(), one.name.clone())),
            FileSource::Web(url) => url.to_string(),
        }
    }

    /// Returns the path of the root, empty or `/termine`: a proxy may leave it before every path.
    #[must_use]
    pub(crate) fn prefix(&self) -> &str {
        let authority = self.base.find("://").map_or(0, |at| at + 3);
        self.base[authority..].find('/').map_or("", |at| &self.base[authority + at..])
    }
}
