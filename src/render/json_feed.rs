//! JSON Feed 1.1 documents, as serde types.

use serde::Serialize;

use super::body::{Body, Piece};
use super::item::Item;
use super::json::{GAP, around_gap, inside, json, list};
use super::retirement::Notice;
use super::syndicated::Syndicated;
use super::telling::Telling;
use super::urls::{self, Suffix, Urls};
use super::vocabulary;
use crate::model::{Attachment, Event, EventTime, Organizer, Published, Revised, Site};
use crate::text::dates::machine_instant;
use crate::text::fields::Part;
use crate::text::{changes, event_text};
use crate::zone::Zones;

const VERSION: &str = "https://jsonfeed.org/version/1.1";

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
    items: [(); 0],
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
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    language: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<AttachmentNode>,
    /// What software reads of the event.
    #[serde(rename = "_event", skip_serializing_if = "Option::is_none")]
    event: Option<EventNode>,
}

/// A file whose type is known.
#[derive(Serialize)]
struct AttachmentNode {
    url: String,
    mime_type: &'static str,
    title: String,
    size_in_bytes: usize,
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

/// The object of an event around its text in words: date and place in the first lines.
fn around_text(json: &str, telling: &Telling) -> Piece {
    let (head, foot) = around_gap(json);
    let description = telling.description_in_json();
    let space = if description.is_empty() { "" } else { "\n\n" };
    let lead = inside(&[&telling.lead, space].concat());
    Body::from(description).between(format!("{head}{lead}"), foot).into()
}

/// The object of an item.
pub fn item(site: &Site, item: &Item<'_>, urls: &Urls) -> Piece {
    match item {
        Item::Event(telling) => around_text(&json(&event(site, telling, urls)), telling),
        Item::Change(published, change, zones) => {
            json(&change_node(site, published, change, urls, zones)).into()
        }
        Item::End(notice) => json(&end(site, notice, urls)).into(),
    }
}

/// A feed of finished items.
pub fn feed(
    site: &Site,
    feed: &Syndicated<'_>,
    items: &[&Piece],
    earlier: &[Piece],
    urls: &Urls,
) -> Body {
    let document = Document {
        version: VERSION,
        title: feed.title.clone(),
        home_page_url: urls.absolute(&urls::part(feed.feed)),
        feed_url: urls.absolute(&feed.path),
        next_url: feed.older.as_ref().map(|path| urls.absolute(path)),
        description: feed.feed.description.as_ref().map(ToString::to_string),
        language: feed.feed.language.as_str(),
        authors: [Author::of(&site.publisher)],
        items: [],
    };
    list(&json(&document), items, earlier)
}

fn event(site: &Site, telling: &Telling, urls: &Urls) -> ItemNode {
    let published = &telling.published;
    let Published { event, revision, .. } = &**published;
    ItemNode {
        id: telling.entry_id(site),
        url: telling.link.clone(),
        title: telling.headline(),
        summary: Some(telling.summary.to_string()).filter(|summary| !summary.is_empty()),
        content_text: GAP.to_owned(),
        content_html: Some(telling.content().to_string()),
        image: event.image.as_ref().map(|image| urls.source(event, &image.source)),
        date_published: machine_instant(revision.created),
        date_modified: machine_instant(revision.modified),
        authors: event.organizer.as_deref().map(Author::of).into_iter().collect(),
        tags: event_text::words(published, Part::Category, &telling.zones),
        language: event.language.as_str().to_owned(),
        attachments: event
            .attachments
            .iter()
            .filter_map(|one| attachment(event, one, urls))
            .collect(),
        event: Some(EventNode::of(telling)),
    }
}

fn change_node(
    site: &Site,
    published: &Published,
    change: &Revised,
    urls: &Urls,
    zones: &Zones,
) -> ItemNode {
    let event = &published.event;
    ItemNode {
        id: site.id.change_id(&event.uid, change.sequence, event.edition),
        url: urls.absolute(&urls::home_of(published)),
        title: changes::title(published, change),
        summary: None,
        content_text: changes::description(published, change),
        content_html: None,
        image: None,
        date_published: machine_instant(change.at),
        date_modified: machine_instant(change.at),
        authors: Vec::new(),
        tags: event_text::words(published, Part::Category, zones),
        language: event.language.as_str().to_owned(),
        attachments: Vec::new(),
        event: None,
    }
}

fn end(site: &Site, notice: &Notice<'_>, urls: &Urls) -> ItemNode {
    let begins = machine_instant(notice.retirement.begins);
    ItemNode {
        id: site.id.end_id(&notice.feed.slug),
        url: notice.link(None, urls),
        title: notice.title(),
        summary: None,
        content_text: notice.sentence(Some(Suffix::Json), urls),
        content_html: None,
        image: None,
        date_published: begins.clone(),
        date_modified: begins,
        authors: Vec::new(),
        tags: Vec::new(),
        language: notice.feed.language.as_str().to_owned(),
        attachments: Vec::new(),
        event: None,
    }
}

fn attachment(event: &Event, attachment: &Attachment, urls: &Urls) -> Option<AttachmentNode> {
    let file = attachment.source.own()?;
    Some(AttachmentNode {
        url: urls.source(event, &attachment.source),
        mime_type: file.name.file_type().media_type(),
        title: attachment.label.to_string(),
        size_in_bytes: file.octets.len(),
    })
}

impl Author {
    fn of(organizer: &Organizer) -> Self {
        let url = organizer.url.as_ref().map(ToString::to_string);
        Self { name: organizer.name.to_string(), url }
    }
}

impl EventNode {
    fn of(telling: &Telling) -> Self {
        let event = &telling.published.event;
        let (start, end) = telling.machine_time.clone();
        let geo = event.location.place().and_then(|place| place.venue.geo);
        Self {
            about: "https://schema.org/Event",
            uid: event.uid.to_string(),
            start,
            end,
            timezone: event.time.zone().name(),
            all_day: matches!(event.time, EventTime::Days(_)),
            status: event.status.name(),
            kind: vocabulary::kind_token(event.kind),
            location: telling.place().to_owned(),
            geo: geo.map(|geo| [geo.latitude(), geo.longitude()]),
        }
    }
}
