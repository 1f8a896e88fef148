//! The one answer for a path: nothing else takes prefixes off, follows former slugs or knows what is gone.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Resource, Snapshot};
use crate::route::Route;

/// The answer for a path.
#[derive(Clone, Debug)]
pub enum Resolved {
    /// There is a resource.
    Found(Arc<Resource>),
    /// There is nothing, but the resource that is meant is at this path (RFC 9110 §15.4.9), which begins with the path
    /// of the site's root and has no query.
    Redirect(String),
    /// There was a resource, and it is gone for good (RFC 9110 §15.5.11).
    Gone,
    /// There is nothing, and there was nothing that is known of.
    NotFound,
}

impl Snapshot {
    /// Returns the answer for a path, with or without the path of the site's root before it: some proxies take it off.
    #[must_use]
    pub fn resolve(&self, path: &str) -> Resolved {
        // The path is tried as it came before the prefix is taken off.
        match (self.resolve_below(path), path.strip_prefix(&self.prefix)) {
            (Resolved::NotFound, Some(inner)) if !self.prefix.is_empty() => {
                self.resolve_below(if inner.is_empty() { "/" } else { inner })
            }
            (resolved, _) => resolved,
        }
    }

    /// Returns the answer for a path below the root of the site.
    fn resolve_below(&self, path: &str) -> Resolved {
        if let Some(route) = Route::parse(path) {
            return self.resolve_route(&route);
        }
        // The path has one slash too many, or, as `/en`, one too few.
        let other = path.strip_suffix('/').map_or_else(|| format!("{path}/").into(), Cow::Borrowed);
        let found = Route::parse(&other).and_then(|route| self.served(&route));
        found.map_or(Resolved::NotFound, |found| self.redirect(found.route()))
    }

    /// Returns the answer for a route.
    #[must_use]
    pub(crate) fn resolve_route(&self, route: &Route) -> Resolved {
        if let Some(found) = self.served(route) {
            return Resolved::Found(found);
        }
        let renamed = route.event().and_then(|slug| self.former_events.get(slug));
        if let Some(slug) = renamed {
            let today = route.clone().with_slug(slug.clone());
            if let Some(found) = self.at(&today) {
                let is_page = matches!(today, Route::Event(.., None) | Route::Occurrence(.., None));
                // Thunderbird drops its validators at a redirect: files are served at their former addresses, too.
                return if is_page { self.redirect(&today) } else { Resolved::Found(found) };
            }
        }
        if self.is_gone(route) { Resolved::Gone } else { Resolved::NotFound }
    }

    /// Returns the resource at a route, also at the former address of a feed.
    fn served(&self, route: &Route) -> Option<Arc<Resource>> {
        self.at(route).or_else(|| {
            // Thunderbird drops its validators at a redirect: a former feed is served directly.
            let today = self.former_feeds.get(route.feed()?)?;
            self.at(&route.clone().with_slug(today.clone()))
        })
    }

    /// Returns the resource at exactly this route; the documents of a date are made if the cache does not have them.
    pub(super) fn at(&self, route: &Route) -> Option<Arc<Resource>> {
        let Route::Occurrence(variant, event, date, _) = route else {
            return self.resources.get(route).map(|one| Arc::clone(&one.0));
        };
        let forms = self.dates.get_or_make((*variant, event.clone(), *date), || {
            let forms = self.forms_of_date(*variant, event, *date);
            let weight = forms.iter().map(|form| form.content().len()).sum();
            (!forms.is_empty()).then(|| (weight, forms.into()))
        })?;
        forms.iter().find(|form| form.route() == route).cloned()
    }

    fn is_gone(&self, route: &Route) -> bool {
        match route {
            Route::Event(variant, event, _) => {
                // Without an English variant, nothing ever was below `/en`: 404, not 410.
                self.gone_events.contains(event) && self.variants.get(*variant).is_some()
            }
            Route::File(event, _) => self.gone_events.contains(event),
            Route::Occurrence(variant, event, date, _) => {
                let assembly = self.variants.get(*variant);
                assembly.is_some_and(|assembly| assembly.is_former_date(event, *date))
            }
            _ => route.feed().is_some_and(|feed| self.gone_feeds.contains(feed)),
        }
    }

    fn redirect(&self, route: &Route) -> Resolved {
        Resolved::Redirect([&self.prefix, route.path().as_str()].concat())
    }
}
