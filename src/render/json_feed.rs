//! JSON Feed 1.1 documents, as serde types.

use serde::Serialize;
use serde_json::value::RawValue;

use super::changes;
use super::dates::machine_instant;
use super::urls::{self, Urls};
use crate::model::{Feed, Published, Revised, Site};

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
    description: Option<String>,
    language: &'a str,
    authors: [Author; 1],
    items: Vec<&'a RawValue>,
}

#[derive(Serialize)]
struct Author {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
struct Item {
    id: String,
    url: String,
    title: String,
    content_text: String,
    date_published: String,
    language: String,
}

/// A change of an event as an item.
pub fn change(site: &Site, published: &Published, change: &Revised, urls: &Urls) -> Box<RawValue> {
    let event = &published.event;
    raw(&Item {
        id: site.id.change_id(&event.uid, change.sequence),
        url: urls.absolute(&urls::home_of(published)),
        title: changes::title(published, change),
        content_text: changes::description(published, change),
        date_published: machine_instant(change.at),
        language: event.language.as_str().to_owned(),
    })
}

/// A feed of finished items; `path` is its own.
pub fn feed(
    site: &Site,
    feed: &Feed,
    title: String,
    path: &str,
    items: Vec<&RawValue>,
    urls: &Urls,
) -> String {
    let document = Document {
        version: VERSION,
        title,
        home_page_url: urls.absolute(&urls::feed(&feed.slug)),
        feed_url: urls.absolute(path),
        description: feed.description.as_ref().map(ToString::to_string),
        language: feed.language.as_str(),
        authors: [Author {
            name: site.publisher.name.to_string(),
            url: site.publisher.url.as_ref().map(ToString::to_string),
        }],
        items,
    };
    serde_json::to_string(&document).expect(PLAIN)
}

fn raw(item: &Item) -> Box<RawValue> {
    serde_json::value::to_raw_value(item).expect(PLAIN)
}
