//! What RSS, Atom and JSON Feed tell of an event: itself, the changed dates of a series, and its
//! changes, each as an item.

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::html::{ChangeLine, Context};
use super::{atom, changes, json_feed, rss};
use crate::model::{Published, Revised, Site};
use crate::occurrence::{Entry, Occurrence, published_on};

/// What one item tells.
pub enum Item<'a> {
    /// An event, or one date of a series.
    Event(Box<Published>),
    /// A change of an event: readers do not show edited items again.
    Change(&'a Published, &'a Revised),
}

/// An item in every format.
pub struct Fragment {
    /// When it was published.
    pub at: DateTime<Utc>,
    /// Claims that its event is not over.
    pub is_upcoming: bool,
    /// Claims that it stands in the feed, not only in the change log.
    pub is_in_feed: bool,
    /// The line of the change log.
    pub line: Option<ChangeLine>,
    pub rss: String,
    pub atom: String,
    pub json: Box<RawValue>,
}

/// All items of an event.
pub fn fragments(
    site: &Site,
    entry: &Entry,
    now: DateTime<Utc>,
    context: &Context<'_>,
) -> Vec<Fragment> {
    let published = &entry.published;
    let told = published.changes.iter().filter(|change| changes::is_told(change));
    let told = told.map(|change| Item::Change(published, change));
    let own = std::iter::once(published.clone())
        .chain(changed_dates(entry))
        .map(|one| Item::Event(Box::new(one)));
    let is_upcoming = !entry.has_passed(now);
    own.chain(told).map(|item| fragment(site, &item, is_upcoming, context)).collect()
}

/// The dates of a series that have pages and are not as its rule says: a reader would not notice them in
/// the item of the series.
fn changed_dates(entry: &Entry) -> impl Iterator<Item = Published> {
    let series = entry.published.event.series();
    let is_changed = move |one: &&Occurrence| {
        series.is_some_and(|series| series.changes.contains_key(&one.date))
    };
    entry.pages().filter(is_changed).map(|one| published_on(&entry.published, one))
}

fn fragment(site: &Site, item: &Item<'_>, is_upcoming: bool, context: &Context<'_>) -> Fragment {
    let urls = context.urls;
    let (at, line, is_in_feed) = match item {
        Item::Event(published) => (published.revision.created, None, true),
        Item::Change(published, change) => {
            let line = ChangeLine::of(published, change, context);
            (change.at, Some(line), change.is_material())
        }
    };
    Fragment {
        at,
        is_upcoming: is_upcoming && line.is_none(),
        is_in_feed,
        line,
        rss: rss::item(site, item, urls),
        atom: atom::entry(site, item, urls),
        json: json_feed::item(site, item, urls),
    }
}
