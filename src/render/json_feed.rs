//! JSON Feed 1.1 documents, as serde structs: no maintained crate writes them.

use serde::Serialize;

use super::body::{Body, SharedBytes};
use super::context::Context;
use super::event_text::EventText;
use super::html;
use super::item::Item;
use super::json::{COMMA, GAP, around_gap, inside, json, list};
use super::retirement::Notice;
use super::syndicated::Syndicated;
use super::variant::EventVariant;
use super::vocabulary;
use crate::model::{Attachment, Change, EventTime, Organizer, Published};
use crate::route::Format;
use crate::text::dates::machine_instant;
use crate::text::fields::Part;
use crate::text::{changes, field_text};

const VERSION: &str = "https://jsonfeed.org/version/1.1";

#[derive(Serialize)]
struct FeedDocument<'a> {
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
    /// The event as data, for software.
    // The name of an extension begins with an underscore (JSON Feed 1.1, Extensions).
    #[serde(rename = "_event", skip_serializing_if = "Option::is_none")]
    event: Option<EventExtension>,
}

/// An attachment that lies on this site.
// JSON Feed demands the media type of an attachment; that of a file elsewhere is not known.
#[derive(Serialize)]
struct AttachmentNode {
    url: String,
    mime_type: &'static str,
    title: String,
    size_in_bytes: usize,
}

/// The event as data.
#[derive(Serialize)]
struct EventExtension {
    /// The URL of the vocabulary that describes the extension.
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

/// Puts the object of an event around its full text, with time and place in the first lines.
// The full text is most of an item, and JSON-LD has the same bytes: it is inserted, not serialised again.
fn around_text(json: &str, text: &EventText) -> Body {
    let (head, foot) = around_gap(json);
    let description = text.description_in_json();
    let space = if description.is_empty() { "" } else { "\n\n" };
    let lead = inside(&[&text.lead(), space].concat());
    let head = [COMMA.as_bytes(), head.as_bytes(), &lead].concat();
    Body::from(description).between(head, foot.to_owned())
}

/// Renders an item as an object after a comma.
pub(crate) fn item(item: &Item<'_>, context: &Context) -> Body {
    match item {
        Item::Event(text) => around_text(&json(&event(text, context)), text),
        Item::Change(event, change) => {
            (COMMA.to_owned() + &json(&change_node(event, change, context))).into()
        }
        Item::End(notice) => (COMMA.to_owned() + &json(&end(notice, context))).into(),
    }
}

/// Assembles a feed of finished items.
pub(crate) fn feed(feed: &Syndicated<'_>, items: &[&SharedBytes], context: &Context) -> Body {
    let document = FeedDocument {
        version: VERSION,
        title: feed.title.clone(),
        home_page_url: feed.part.url(None, &context.urls),
        feed_url: feed.url.clone(),
        // JSON Feed has no archives; its `next_url` leads to older items, too.
        next_url: feed.older.clone(),
        description: feed.part.feed.description.as_ref().map(ToString::to_string),
        language: feed.part.feed.language.as_str(),
        authors: [Author::of(&context.site.publisher)],
        items: [],
    };
    list(json(&document), items.iter().copied())
}

fn event(text: &EventText, context: &Context) -> ItemNode {
    let Published { event, revision, .. } = text.published();
    let attachments = event.attachments.iter();
    ItemNode {
        id: text.of.entry_id(&context.site),
        url: text.link.clone(),
        title: text.headline(),
        summary: Some(text.summary.to_string()).filter(|summary| !summary.is_empty()),
        content_text: GAP.to_owned(),
        content_html: Some(html::content(text).to_text()),
        image: event.image.as_ref().map(|image| context.urls.file(&event.slug, &image.source)),
        date_published: machine_instant(revision.created),
        date_modified: machine_instant(revision.modified),
        authors: event.organizer.as_deref().map(Author::of).into_iter().collect(),
        tags: field_text::entries(text.published(), Part::Category, &text.zones),
        language: event.language.as_str().to_owned(),
        attachments: attachments.filter_map(|one| attachment(&text.of, one, context)).collect(),
        event: Some(EventExtension::of(text)),
    }
}

fn change_node(event: &EventVariant, change: &Change, context: &Context) -> ItemNode {
    ItemNode {
        id: event.change_id(&context.site, change.sequence),
        url: context.urls.absolute(&event.home()),
        title: changes::title(&event.published, change),
        summary: None,
        content_text: changes::description(&event.published, change),
        content_html: None,
        image: None,
        date_published: machine_instant(change.at),
        date_modified: machine_instant(change.at),
        authors: Vec::new(),
        tags: field_text::entries(&event.published, Part::Category, &context.schedule.zones),
        language: event.event().language.as_str().to_owned(),
        attachments: Vec::new(),
        event: None,
    }
}

fn end(notice: &Notice<'_>, context: &Context) -> ItemNode {
    let begins = machine_instant(notice.retirement.begins);
    ItemNode {
        id: context.site.id.end_id(&notice.feed.feed.slug),
        url: notice.link(&context.urls),
        title: notice.title(),
        summary: None,
        content_text: notice.message(Some(Format::Json), &context.urls),
        content_html: None,
        image: None,
        date_published: begins.clone(),
        date_modified: begins,
        authors: Vec::new(),
        tags: Vec::new(),
        language: notice.feed.feed.language.as_str().to_owned(),
        attachments: Vec::new(),
        event: None,
    }
}

fn attachment(
    event: &EventVariant,
    attachment: &Attachment,
    context: &Context,
) -> Option<AttachmentNode> {
    let file = attachment.source.own()?;
    Some(AttachmentNode {
        url: context.urls.absolute(&event.file(&file.name)),
        mime_type: file.name.file_type().media_type(),
        title: attachment.label.to_string(),
        size_in_bytes: file.bytes.len(),
    })
}

impl Author {
    fn of(organizer: &Organizer) -> Self {
        let url = organizer.url.as_ref().map(ToString::to_string);
        Self { name: organizer.name.to_string(), url }
    }
}

impl EventExtension {
    fn of(text: &EventText) -> Self {
        let event = text.event();
        let (start, end) = text.machine_time.clone();
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
            location: text.place().to_owned(),
            geo: geo.map(|geo| [geo.latitude(), geo.longitude()]),
        }
    }
}
