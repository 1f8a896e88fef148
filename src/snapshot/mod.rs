//! Documents to resources: everything that is served at one state of the definitions.
//!
//! In: finished documents. Out: a [`Snapshot`], which never changes; a reload puts another in its place. Two kinds of
//! resources are made when they are first asked for, as pure functions of it, and are held in bounded caches: the parts
//! of feeds that queries ask for, and the documents of single dates of series. When all of these were made beforehand,
//! 200 weekly series without end were 62,456 documents and 252 MB, and hardly anybody ever looked at most of them.

mod cache;
pub(crate) mod headers;
mod resolve;
mod resource;

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::model::Slug;
use crate::render::{Assembly, Document, Documents, ErrorPages, Variants};
pub(crate) use crate::render::{Content, Filter, MediaType};
use crate::route::{Route, Variant};
use crate::{IndexMap, IndexSet};
use cache::Cache;
pub use resolve::Resolved;
use resource::AtRoute;
pub(crate) use resource::Resource;

/// The most answers to queries in the cache.
const MOST_ANSWERS: usize = 100;
/// The most bytes of documents of dates in the cache.
const MOST_DATE_BYTES: usize = 64 << 20;

/// Everything that is served, at one state of the definitions.
#[derive(Debug)]
pub struct Snapshot {
    resources: IndexSet<AtRoute>,
    /// Slugs of events that are gone for good.
    gone_events: BTreeSet<Slug>,
    /// Former slugs of events, and their slugs of today.
    former_events: IndexMap<Slug, Slug>,
    /// Former slugs of feeds, and their slugs of today.
    former_feeds: IndexMap<Slug, Slug>,
    /// Slugs of feeds that are gone for good.
    gone_feeds: BTreeSet<Slug>,
    /// The path of the site's root, empty or `/termine`, which a proxy may leave before every path.
    prefix: String,
    /// The assemblies from which resources are made on demand, by language variant.
    variants: Variants,
    answers: Cache<(Route, String, bool), Arc<Resource>>,
    dates: Cache<DateKey, Arc<[Arc<Resource>]>>,
    /// The pages of answers without a document.
    pub errors: ErrorPages,
}

/// A date of a series in a language variant.
type DateKey = (Variant, Slug, NaiveDate);

impl Snapshot {
    /// Returns the part of a feed that `filter` asks for; `None` if the resource is no feed.
    #[must_use]
    pub(crate) fn filtered(&self, feed: &Resource, filter: &Filter) -> Option<Arc<Resource>> {
        let Route::Feed(variant, slug, format) = feed.route() else { return None };
        let key = (feed.route().clone(), filter.canonical.clone(), filter.is_explained);
        self.answers.get_or_make(key, || {
            let answer = self.variants.get(*variant)?.filtered(slug, *format, filter)?;
            Some((1, Arc::new(Resource::of(Arc::new(answer)))))
        })
    }

    /// Returns the assemblies of the language variants.
    #[must_use]
    pub(crate) fn variants(&self) -> &Variants {
        &self.variants
    }

    /// Returns the routes of all resources but those of single dates.
    pub fn routes(&self) -> impl Iterator<Item = &Route> {
        self.resources.iter().map(|one| one.0.route())
    }

    /// Returns all resources with their paths, in order of the paths. Those of dates are made for it, and the caches
    /// stay as they are.
    pub fn iter(&self) -> impl Iterator<Item = (String, Arc<Resource>)> {
        let dates = self.variants.iter().flat_map(Assembly::dates);
        let routes = self.routes().cloned().chain(dates);
        let mut routes: Vec<(String, Route)> = routes.map(|route| (route.path(), route)).collect();
        routes.sort_unstable();
        // The other forms of a date follow its page in this order, too.
        let resources = routes.into_iter().flat_map(|(_, route)| self.all_at(&route));
        resources.map(|resource| (resource.route().path(), resource))
    }

    /// Returns the resource at a route; of a date of a series, the resources in all its formats.
    fn all_at(&self, route: &Route) -> Vec<Arc<Resource>> {
        match route {
            Route::Occurrence(variant, event, date, _) => {
                self.forms_of_date(*variant, event, *date)
            }
            _ => self.resources.get(route).map(|one| Arc::clone(&one.0)).into_iter().collect(),
        }
    }

    /// Makes the page of a date and its other formats; none if there is no such date.
    fn forms_of_date(&self, variant: Variant, event: &Slug, date: NaiveDate) -> Vec<Arc<Resource>> {
        let forms = self.variants.get(variant).and_then(|assembly| assembly.date(event, date));
        let forms = forms.into_iter().flatten();
        forms.map(|form| Arc::new(Resource::of(Arc::new(form)))).collect()
    }
}

/// Makes resources of documents; `prefix` is the path of the site's root, and `gone` has the slugs of events that are
/// gone for good.
#[must_use]
pub(crate) fn freeze(documents: Documents, prefix: &str, gone: &[Slug]) -> Snapshot {
    let resource = |document: &Arc<Document>| AtRoute(Arc::new(Resource::of(Arc::clone(document))));
    let resources: Vec<AtRoute> = documents.documents.par_iter().map(resource).collect();
    Snapshot {
        resources: resources.into_iter().collect(),
        gone_events: gone.iter().cloned().collect(),
        former_events: documents.former_events,
        former_feeds: documents.former_feeds,
        gone_feeds: documents.gone_feeds,
        prefix: prefix.to_owned(),
        variants: documents.variants,
        answers: Cache::of(MOST_ANSWERS),
        dates: Cache::of(MOST_DATE_BYTES),
        errors: documents.errors,
    }
}
