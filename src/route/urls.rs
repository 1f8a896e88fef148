//! Links: a route below the public root of the site.

use url::Url;

use super::Route;
use crate::model::{FileSource, Slug};

/// The public root of the site, from which all links are made; never taken from a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Urls {
    /// Scheme, authority and path without a slash at the end.
    base: String,
}

impl Urls {
    /// Links below `base`; its query and fragment are dropped.
    #[must_use]
    pub fn new(base: &Url) -> Self {
        let mut url = base.clone();
        url.set_query(None);
        url.set_fragment(None);
        Self { base: url.as_str().trim_end_matches('/').to_owned() }
    }

    /// The absolute link.
    #[must_use]
    pub fn absolute(&self, route: &Route) -> String {
        route.path_after(&self.base)
    }

    /// Adds the absolute link to a text.
    pub fn write_absolute(&self, route: &Route, text: &mut String) {
        text.push_str(&self.base);
        route.write(text);
    }

    /// The link from a page of the same host.
    #[must_use]
    pub fn path(&self, route: &Route) -> String {
        route.path_after(self.prefix())
    }

    /// The absolute link to a picture or attachment of the event with this slug.
    #[must_use]
    pub fn file(&self, event: &Slug, source: &FileSource) -> String {
        match source {
            FileSource::Own(one) => self.absolute(&Route::File(event.clone(), one.name.clone())),
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
