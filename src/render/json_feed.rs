//! JSON Feed 1.1 documents, as serde types.

use serde::Serialize;
use serde_json::value::RawValue;

use super::dates::{self, machine_instant};
use super::item::Item;
use super::syndicated::Syndicated;
use super::urls::{self, Urls};
use super::{changes, facts, html, rss, text};
use crate::model::{Event, EventTime, Organizer, Published, Revised, Site};

const VERSION: &str = "https://jsonfeed.org/version/1.1";

/// Why serialising cannot fail.
const PLAIN: &str = "structs of texts, numbers and lists always serialise";

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: String,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    language: &'a str,
    authors: [Author; 1],
    items: &'a [&'a RawValue],
}

#[derive(Serialize)]
struct Author {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct ItemNode {
    id: String,
    url: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    content_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<String>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    language: String,
    /// What software reads of the event.
    #[serde(rename = "_event", skip_serializing_if = "Option::is_none")]
    event: Option<EventNode>,
}

#[derive(Serialize)]
struct EventNode {
    about: &'static str,
    uid: String,
    start: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    timezone: &'static str,
    all_day: bool,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    location: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<[f64; 2]>,
}

/// The object of an item.
pub fn item(site: &Site, item: &Item<'_>, urls: &Urls) -> Box<RawValue> {
    let node = match item {
        Item::Event(published) => event(site, published, urls),
        Item::Change(published, change) => self::change(site, published, change, urls),
    };
    serde_json::value::to_raw_value(&node).expect(PLAIN)
}

/// A feed of finished items.
pub fn feed(site: &Site, feed: &Syndicated<'_>, items: &[&RawValue], urls: &Urls) -> String {
    let document = Document {
        version: VERSION,
        title: feed.title.clone(),
        home_page_url: urls.absolute(&urls::part(feed.feed)),
        feed_url: urls.absolute(&feed.path),
        next_url: feed.older.as_ref().map(|path| urls.absolute(path)),
        description: feed.feed.description.as_ref().map(ToString::to_string),
        language: feed.feed.language.as_str(),
        authors: [Author::of(&site.publisher)],
        items,
    };
    serde_json::to_string(&document).expect(PLAIN)
}

fn event(site: &Site, published: &Published, urls: &Urls) -> ItemNode {
    let Published { event, revision, .. } = published;
    ItemNode {
        id: site.id.entry_id(&event.uid),
        url: urls.absolute(&urls::home_of(published)),
        title: rss::title(event),
        summary: Some(text::summary(event)).filter(|summary| !summary.is_empty()),
        content_text: rss::description(published),
        content_html: Some(html::content(published)),
        date_published: machine_instant(revision.created),
        date_modified: machine_instant(revision.modified),
        authors: event.organizer.iter().map(Author::of).collect(),
        tags: facts::categories(event),
        language: event.language.as_str().to_owned(),
        event: Some(EventNode::of(event)),
    }
}

fn change(site: &Site, published: &Published, change: &Revised, urls: &Urls) -> ItemNode {
    let event = &published.event;
    ItemNode {
        id: site.id.change_id(&event.uid, change.sequence),
        url: urls.absolute(&urls::home_of(published)),
        title: changes::title(published, change),
        summary: None,
        content_text: changes::description(published, change),
        content_html: None,
        date_published: machine_instant(change.at),
        date_modified: machine_instant(change.at),
        authors: Vec::new(),
        tags: facts::categories(event),
        language: event.language.as_str().to_owned(),
        event: None,
    }
}

impl Author {
    fn of(organizer: &Organizer) -> Self {
        let url = organizer.url.as_ref().map(ToString::to_string);
        Self { name: organizer.name.to_string(), url }
    }
}

impl EventNode {
    fn of(event: &Event) -> Self {
        let (start, end) = dates::machine(&event.time);
        let geo = event.location.place().and_then(|place| place.venue.geo);
        Self {
            about: "https://schema.org/Event",
            uid: event.uid.to_string(),
            start,
            end,
            timezone: event.time.zone().name(),
            all_day: matches!(event.time, EventTime::Days(_)),
            status: event.status.name(),
            kind: rss::kind_token(event.kind),
            location: facts::location_line(event),
            geo: geo.map(|geo| [geo.latitude(), geo.longitude()]),
        }
    }
}
