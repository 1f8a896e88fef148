//! JSON-LD documents in the vocabulary of schema.org, as serde structs: no maintained crate writes them.
//!
//! Unknown things are absent: there is no dummy performer, image or price, though Google recommends some of these keys.

mod event;
mod place;
mod schedule;

use std::fmt::Write;

use bytes::Bytes;
use serde::Serialize;

use super::body::Body;
use super::context::Context;
use super::event_text::EventText;
use super::json::{COMMA, around_gap, in_script, json_for_script as json, list};
use super::retirement::Notice;
use super::segment::{EventOutput, EventView, Member, Segment};
use super::variant::FeedVariant;
use crate::model::{Organizer, Published};
use crate::route::{Format, Route, Urls};
use crate::text::dates::machine_instant;
use event::EventNode;

/// The `@context` of every document.
// It is written literally in this form, and never fetched.
pub(crate) const CONTEXT: &str = "https://schema.org";

/// Renders an event, a series or one date of a series: its document with `@context`, and the DataFeedItem of feeds.
pub(crate) fn event(view: &EventView<'_>) -> EventOutput {
    let EventView { text, entry, context, .. } = view;
    let node = match (entry, text.event().series()) {
        (Some(entry), Some(series)) => {
            let pages: Vec<Route> = entry.pages().map(|one| text.of.date_route(one.date)).collect();
            event::series(entry, text, series, &pages, context)
        }
        _ => event::event(text, context),
    };
    let node = filled(&node, text);
    // The node is serialised once for both, and its bytes are also the data of the page.
    let segments = entry.map(|_| {
        let body = node.clone().between(item_head(text.published()), "}").into();
        Segment { body, begins: text.event().time.begins(), entries: 1, zone: None }
    });
    EventOutput {
        document: node.between(format!("{{\"@context\":\"{CONTEXT}\","), "").into(),
        segments: segments.into_iter().collect(),
    }
}

/// Returns the node without its opening brace, around the full text that other formats share.
fn filled(node: &EventNode, text: &EventText) -> Body {
    let node = json(node);
    let (head, foot) = around_gap(&node);
    Body::from(text.description_in_json()).between(head[1..].to_owned(), foot.to_owned())
}

/// Returns a comma and a DataFeedItem up to the opening brace of its item.
fn item_head(Published { revision, removed, .. }: &Published) -> String {
    let item = json(&DataFeedItem {
        r#type: "DataFeedItem",
        date_created: machine_instant(revision.created),
        date_modified: machine_instant(revision.modified),
        date_deleted: removed.map(machine_instant),
        item: Empty {},
    });
    [COMMA, &item[..item.len() - "}}".len()]].concat()
}

/// Assembles a feed as a DataFeed.
pub(crate) fn feed(part: &FeedVariant, members: &[Member<'_>], context: &Context) -> Body {
    let feed = &part.feed;
    let document = DataFeed {
        context: CONTEXT,
        r#type: "DataFeed",
        id: part.url(Some(Format::JsonLd), &context.urls),
        identifier: context.site.id.feed_id(part.variant.mark(), &part.name()),
        name: feed.title.to_string(),
        description: feed.description.as_ref().map(ToString::to_string),
        url: part.url(None, &context.urls),
        in_language: feed.language.as_str(),
        license: feed.license.as_ref().map(ToString::to_string),
        publisher: Organization::of(&context.site.publisher),
        date_modified: machine_instant(part.modified),
        data_feed_element: [],
    };
    let items = members.iter().flat_map(|one| one.segments).map(|segment| &segment.body);
    let items: Vec<_> = items.collect();
    list(json(&document), items.into_iter())
}

/// Renders nothing: a feed that has ended holds no event.
// Its notice is no event, and the feed is data about events alone.
pub(crate) fn end(_: &Notice<'_>, _: &Context) -> Vec<Segment> {
    Vec::new()
}

/// Returns the data of a page that lists events: an ItemList of their pages, in order.
// It is written by hand: as serde structs, the lists of a site of 10,000 events took a tenth of a reload. The URLs of
// this program contain nothing that JSON escapes.
pub(crate) fn item_list<'a>(pages: impl Iterator<Item = &'a Route>, urls: &Urls) -> Bytes {
    const ITEM: usize = 128;
    let mut list = String::with_capacity(ITEM * (1 + pages.size_hint().1.unwrap_or_default()));
    let head = "\"@type\":\"ItemList\",\"itemListElement\":[";
    list.extend(["{\"@context\":\"", CONTEXT, "\",", head]);
    for (page, position) in pages.zip(1..) {
        list.push_str(if position == 1 { "" } else { COMMA });
        let _ = write!(list, "{{\"@type\":\"ListItem\",\"position\":{position},\"url\":\"");
        urls.write_absolute(page, &mut list);
        list.push_str("\"}");
    }
    list.push_str("]}");
    in_script(list).into()
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
    /// The instant at which the definition was deleted: the item is a tombstone.
    #[serde(skip_serializing_if = "Option::is_none")]
    date_deleted: Option<String>,
    item: Empty,
}

/// The place of a finished node.
#[derive(Serialize)]
struct Empty {}

/// An Organization: the publisher of a feed or the organizer of an event.
#[derive(Serialize)]
pub(crate) struct Organization {
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
    pub(crate) fn of(organizer: &Organizer) -> Self {
        Self {
            r#type: "Organization",
            name: organizer.name.to_string(),
            url: organizer.url.as_ref().map(ToString::to_string),
            email: organizer.email.as_ref().map(ToString::to_string),
            telephone: organizer.phone.as_ref().map(ToString::to_string),
        }
    }
}
