//! What was changed in a feed, newest first: as a page, as RSS and as JSON Feed.

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::html::{self, Context};
use super::urls::{self, Suffix};
use super::{Document, MediaType, changes, json_feed, rss};
use crate::model::{Published, Revised, Site};
use crate::occurrence::FeedAgenda;

/// How many changes are told of.
const NEWEST: usize = 200;

/// One change of an event in every format.
pub struct Fragment {
    at: DateTime<Utc>,
    line: html::ChangeLine,
    rss: rss::Fragment,
    json: Box<RawValue>,
}

/// The changes of an event that readers plan by, and its first publication.
pub fn fragments(site: &Site, published: &Published, context: &Context<'_>) -> Vec<Fragment> {
    let told = published.changes.iter().filter(|change| changes::is_told(change));
    let fragment = |change: &Revised| Fragment {
        at: change.at,
        line: html::ChangeLine::of(published, change, context),
        rss: rss::change(site, published, change, context.urls),
        json: json_feed::change(site, published, change, context.urls),
    };
    told.map(fragment).collect()
}

/// The page, the RSS feed and the JSON feed of these changes.
pub fn documents(
    site: &Site,
    feed: &FeedAgenda,
    mut changes: Vec<&Fragment>,
    context: &Context<'_>,
) -> Vec<Document> {
    changes.sort_by_key(|change| std::cmp::Reverse(change.at));
    changes.truncate(NEWEST);
    let FeedAgenda { feed, modified, .. } = feed;
    let title = changes::log_title(feed);
    let lines = changes.iter().map(|change| &change.line).collect();
    let page = html::change_log(feed, title.clone(), lines, context);
    let items = changes.iter().map(|change| &change.rss).collect();
    let as_rss = rss::change_log(site, feed, title.clone(), *modified, items, context.urls);
    let path = urls::changes_as(&feed.slug, Suffix::Json);
    let items = changes.iter().map(|change| &*change.json).collect();
    let as_json = json_feed::feed(site, feed, title, &path, items, context.urls);
    let document = |path, media_type, body| Document {
        path,
        media_type,
        modified: *modified,
        attachment: None,
        body,
    };
    vec![
        document(urls::changes(&feed.slug), MediaType::Html, page),
        document(urls::changes_as(&feed.slug, Suffix::Rss), MediaType::Rss, as_rss),
        document(path, MediaType::JsonFeed, as_json),
    ]
}
