//! JSON-LD documents in the vocabulary of schema.org, as serde types.

mod event;
mod place;
mod schedule;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;

use super::dates::machine_instant;
use super::urls::{self, Suffix, Urls};
use crate::model::{Feed, Organizer, Published, Site};
use crate::occurrence::Entry;

/// Written literally and never fetched.
pub const CONTEXT: &str = "https://schema.org";

/// An event as JSON: with `@context` on its own, without it inside of a feed.
pub struct Fragment {
    document: String,
    item: Box<RawValue>,
}

impl Fragment {
    /// The `.jsonld` of the event.
    pub fn document(&self) -> &str {
        &self.document
    }
}

/// The Event or EventSeries of an entry, and the DataFeedItem that holds it.
pub fn fragment(entry: &Entry, urls: &Urls) -> Fragment {
    let Published { event, revision, removed, .. } = &entry.published;
    let node = match event.series() {
        Some(series) => {
            let pages = entry.pages().map(|one| urls::series_date(&event.slug, one.date));
            event::series(entry, series, &pages.collect::<Vec<_>>(), urls)
        }
        None => event::event(&entry.published, urls),
    };
    let node = raw(&node);
    let element = DataFeedItem {
        r#type: "DataFeedItem",
        date_created: machine_instant(revision.created),
        date_modified: machine_instant(revision.modified),
        date_deleted: removed.map(machine_instant),
        item: &node,
    };
    Fragment { document: alone(&node), item: raw(&element) }
}

/// The document of one date of a series.
pub fn date(published: &Published, urls: &Urls) -> String {
    alone(&raw(&event::event(published, urls)))
}

fn raw(value: &impl Serialize) -> Box<RawValue> {
    serde_json::value::to_raw_value(value).expect(PLAIN)
}

/// A node as a document: its context comes before everything else.
fn alone(node: &RawValue) -> String {
    format!("{{\"@context\":\"{CONTEXT}\",{}", &node.get()[1..])
}

/// Why serialising cannot fail.
const PLAIN: &str = "structs of texts, numbers and lists always serialise";

/// A feed as DataFeed.
pub fn feed(
    site: &Site,
    feed: &Feed,
    modified: DateTime<Utc>,
    items: &[&Fragment],
    urls: &Urls,
) -> String {
    let url = urls.absolute(&urls::part(feed));
    let document = DataFeed {
        context: CONTEXT,
        r#type: "DataFeed",
        id: urls.absolute(&urls::part_as(feed, Suffix::JsonLd)),
        identifier: site.id.feed_id(&feed.name()),
        name: feed.title.to_string(),
        description: feed.description.as_ref().map(ToString::to_string),
        url,
        in_language: feed.language.as_str(),
        license: feed.license.as_ref().map(ToString::to_string),
        publisher: Organization::of(&site.publisher),
        date_modified: machine_instant(modified),
        data_feed_element: items.iter().map(|item| item.item.as_ref()).collect(),
    };
    serde_json::to_string(&document).expect(PLAIN)
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
    serde_json::to_string(&list).expect(PLAIN)
}

/// JSON that can stand in a `script` element: nothing in it ends the element or a line of a script.
pub fn in_script(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => escaped.push_str("\\u003c"),
            '>' => escaped.push_str("\\u003e"),
            '&' => escaped.push_str("\\u0026"),
            '\u{2028}' => escaped.push_str("\\u2028"),
            '\u{2029}' => escaped.push_str("\\u2029"),
            c => escaped.push(c),
        }
    }
    escaped
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
    data_feed_element: Vec<&'a RawValue>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DataFeedItem<T> {
    #[serde(rename = "@type")]
    r#type: &'static str,
    date_created: String,
    date_modified: String,
    /// Of an event whose definition was deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    date_deleted: Option<String>,
    item: T,
}

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
