//! JSON-LD documents in the vocabulary of schema.org, as serde types.

mod event;
mod place;
mod schedule;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::body::{Body, Piece};
use super::json::{around_gap, json_for_script as json, list};
use super::telling::Telling;
use super::urls::{self, Suffix, Urls};
use crate::model::{Feed, Organizer, Published, Site};
use crate::schedule::Entry;
use crate::text::dates::machine_instant;
use event::EventNode;

/// Written literally and never fetched.
pub const CONTEXT: &str = "https://schema.org";

/// An event as JSON: with `@context` on its own, without it inside of a feed.
pub struct Fragment {
    /// The node behind its opening brace.
    node: Piece,
    item: Piece,
}

impl Fragment {
    fn of(node: &EventNode, telling: &Telling) -> Self {
        let node = json(node);
        let (head, foot) = around_gap(&node);
        let description = Body::from(telling.description_in_json());
        let node = Piece::from(description.between(&head[1..], foot));
        Self { item: node.clone(), node }
    }

    /// The document: its context comes before everything else.
    pub fn document(&self) -> Body {
        Body::from(self.node.clone()).between(format!("{{\"@context\":\"{CONTEXT}\","), "")
    }
}

/// The Event or EventSeries of an entry, and the DataFeedItem that holds it.
pub fn fragment(entry: &Entry, telling: &Telling, urls: &Urls) -> Fragment {
    let Published { event, revision, removed, .. } = &*entry.published;
    let node = match event.series() {
        Some(series) => {
            let pages = entry.pages().map(|one| urls::series_date(event, one.date));
            event::series(entry, telling, series, &pages.collect::<Vec<_>>(), urls)
        }
        None => event::event(telling, urls),
    };
    let item = json(&DataFeedItem {
        r#type: "DataFeedItem",
        date_created: machine_instant(revision.created),
        date_modified: machine_instant(revision.modified),
        date_deleted: removed.map(machine_instant),
        item: Empty {},
    });
    let Fragment { node, .. } = Fragment::of(&node, telling);
    let item = Body::from(node.clone()).between(item.trim_end_matches('}'), "}").into();
    Fragment { node, item }
}

/// One date of a series.
pub fn date(telling: &Telling, urls: &Urls) -> Fragment {
    Fragment::of(&event::event(telling, urls), telling)
}

/// A feed as DataFeed.
pub fn feed(
    site: &Site,
    feed: &Feed,
    modified: DateTime<Utc>,
    items: &[&Fragment],
    earlier: &[Piece],
    urls: &Urls,
) -> Body {
    let url = urls.absolute(&urls::part(feed));
    let document = DataFeed {
        context: CONTEXT,
        r#type: "DataFeed",
        id: urls.absolute(&urls::part_as(feed, Suffix::JsonLd)),
        identifier: site.id.feed_id(&feed.name(), feed.edition),
        name: feed.title.to_string(),
        description: feed.description.as_ref().map(ToString::to_string),
        url,
        in_language: feed.language.as_str(),
        license: feed.license.as_ref().map(ToString::to_string),
        publisher: Organization::of(&site.publisher),
        date_modified: machine_instant(modified),
        data_feed_element: [],
    };
    let items: Vec<&Piece> = items.iter().map(|item| &item.item).collect();
    list(&json(&document), &items, earlier)
}

/// A page that lists events: their addresses in order.
pub fn item_list(urls: Vec<String>) -> String {
    let elements = urls.into_iter().zip(1..).map(|(url, position)| ListItem {
        r#type: "ListItem",
        position,
        url,
    });
    let list =
        ItemList { context: CONTEXT, r#type: "ItemList", item_list_element: elements.collect() };
    json(&list)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DataFeed<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    r#type: &'static str,
    #[serde(rename = "@id")]
    id: String,
    identifier: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    url: String,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<String>,
    publisher: Organization,
    date_modified: String,
    data_feed_element: [(); 0],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DataFeedItem {
    #[serde(rename = "@type")]
    r#type: &'static str,
    date_created: String,
    date_modified: String,
    /// Of an event whose definition was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    date_deleted: Option<String>,
    item: Empty,
}

/// The place of a finished node.
#[derive(Serialize)]
struct Empty {}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ItemList {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    r#type: &'static str,
    item_list_element: Vec<ListItem>,
}

#[derive(Serialize)]
struct ListItem {
    #[serde(rename = "@type")]
    r#type: &'static str,
    position: usize,
    url: String,
}

#[derive(Serialize)]
pub struct Organization {
    #[serde(rename = "@type")]
    r#type: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telephone: Option<String>,
}

impl Organization {
    pub fn of(organizer: &Organizer) -> Self {
        Self {
            r#type: "Organization",
            name: organizer.name.to_string(),
            url: organizer.url.as_ref().map(ToString::to_string),
            email: organizer.email.as_ref().map(ToString::to_string),
            telephone: organizer.phone.as_ref().map(ToString::to_string),
        }
    }
}
