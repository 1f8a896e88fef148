//! What was changed in a feed, newest first: as a page, as RSS and as JSON Feed.

use super::html::{self, Context};
use super::item::Fragment;
use super::syndicated::Syndicated;
use super::urls::{self, Suffix};
use super::{Document, MediaType, json_feed, rss};
use crate::schedule::FeedAgenda;
use crate::text::changes;

/// How many changes are told of.
const NEWEST: usize = 200;

/// The page, the RSS feed and the JSON feed of what these items tell of changes.
pub fn documents<'a>(
    feed: &FeedAgenda,
    items: impl Iterator<Item = &'a Fragment>,
    context: &Context<'_>,
) -> Vec<Document> {
    let mut items: Vec<&Fragment> = items.filter(|item| item.is_change()).collect();
    items.sort_by_key(|item| std::cmp::Reverse(item.at));
    items.truncate(NEWEST);
    let items: Vec<_> = items.iter().map(|item| item.forms(context)).collect();
    let site = context.site;
    let FeedAgenda { feed, modified, .. } = feed;
    let lines = items.iter().filter_map(|item| item.line.as_deref()).collect();
    let page = html::change_log(feed, changes::log_title(feed), lines, context);
    let log = |suffix| Syndicated::change_log(feed, *modified, suffix);
    let as_rss = items.iter().map(|item| item.rss.clone()).collect();
    let as_rss = rss::feed(site, &log(Suffix::Rss), as_rss, context.urls);
    let as_json: Vec<_> = items.iter().map(|item| &item.json).collect();
    let as_json = json_feed::feed(site, &log(Suffix::Json), &as_json, &[], context.urls);
    let document = |path, media_type, body| Document::new(path, media_type, *modified, body);
    vec![
        document(urls::changes(feed), MediaType::Html, page.into()),
        document(log(Suffix::Rss).path, MediaType::Rss, as_rss),
        document(log(Suffix::Json).path, MediaType::JsonFeed, as_json),
    ]
}
