//! RSS 2.0 documents, by the `rss` crate.
//!
//! Each item is rendered as an `<item>` once, and feeds are assembled from these segments. The crate writes only whole
//! channels, so a segment is cut out of a channel of one item. It also lets characters pass that XML 1.0 forbids; the
//! model refuses them. "Error" and "warning" below are those of the W3C feed validator, which is no package:
//! `tests/interop` has its rules as tests.

use std::collections::BTreeMap;

use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Enclosure, Guid};

use super::body::{Body, SharedBytes};
use super::context::Context;
use super::event_text::EventText;
use super::html;
use super::item::Item;
use super::retirement::Notice;
use super::syndicated::{HISTORY, Syndicated};
use super::variant::EventVariant;
use super::vocabulary;
use crate::model::{Change, Published, Slug};
use crate::route::{Format, Route};
use crate::text::dates::{self, http_date};
use crate::text::fields::Part;
use crate::text::{changes, field_text};

/// The number of bytes of a usual item.
const ITEM: usize = 4096;

/// The minutes for which a reader may keep a feed, as REFRESH-INTERVAL of calendars does.
const TTL: &str = "60";

/// The prefixes and namespaces that are declared in every feed.
// The crate declares none by itself.
const NAMESPACES: [(&str, &str); 4] = [
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("ev", "http://purl.org/rss/1.0/modules/event/"),
    ("georss", "http://www.georss.org/georss"),
];

/// Renders an item as an `<item>`: the inside of a channel with this item alone.
pub(crate) fn item(item: &Item<'_>, context: &Context) -> Body {
    let node = match item {
        Item::Event(text) => event(text, context),
        Item::Change(event, change) => self::change(event, change, context),
        Item::End(notice) => end(notice, context),
    };
    let channel = Channel { items: vec![node], ..Channel::default() };
    let document = channel.write_to(Vec::with_capacity(ITEM)).expect("memory takes everything");
    let document = String::from_utf8(document).expect("the crate writes UTF-8");
    let start = document.find("<item>").expect("the channel has an item");
    let end = document.rfind("</item>").expect("the channel has an item") + "</item>".len();
    match item {
        Item::Event(text) => html::around(&document[start..end], html::content(text)),
        Item::Change(..) | Item::End(_) => document[start..end].to_owned().into(),
    }
}

/// Assembles a feed of finished items.
pub(crate) fn feed(feed: &Syndicated<'_>, items: &[&SharedBytes], context: &Context) -> Body {
    let channel = channel(feed, context).to_string();
    let end = channel.rfind("</channel>").expect("the crate writes whole channels");
    let (head, foot) = channel.split_at(end);
    Body::framed(head.to_owned(), items.iter().copied(), format!("{foot}\n"))
}

fn channel(syndicated: &Syndicated<'_>, context: &Context) -> Channel {
    let feed = &syndicated.part.feed;
    let link = |rel: &str, url: &str| Link {
        href: url.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some("application/rss+xml".to_owned()),
        ..Link::default()
    };
    let mut links = vec![link("self", &syndicated.url)];
    links.extend(syndicated.neighbours().map(|(relation, url)| link(relation, url)));
    let history = syndicated.is_archive().then_some(HISTORY);
    let namespaces = NAMESPACES.into_iter().chain(history);
    let namespaces = namespaces.map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned()));
    Channel {
        title: syndicated.title.clone(),
        link: syndicated.part.url(None, &context.urls),
        description: feed.description.as_ref().unwrap_or(&feed.title).to_string(),
        // RSS lists its language codes in lower case: `en-us`.
        language: Some(feed.language.as_str().to_ascii_lowercase()),
        copyright: feed.license.as_ref().map(ToString::to_string),
        last_build_date: Some(http_date(syndicated.modified)),
        ttl: Some(TTL.to_owned()),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        generator: Some("Aushang".to_owned()),
        atom_ext: Some(AtomExtension { links }),
        // `managingEditor` would need an e-mail address, which a publisher need not have.
        dublin_core_ext: Some(DublinCoreExtension {
            publishers: vec![context.site.publisher.name.to_string()],
            ..DublinCoreExtension::default()
        }),
        namespaces: namespaces.collect(),
        extensions: history.map(|(prefix, _)| archive_mark(prefix)).into_iter().collect(),
        ..Channel::default()
    }
}

fn event(text: &EventText, context: &Context) -> rss::Item {
    let Published { event, revision, .. } = text.published();
    let creator = event.organizer.as_ref().map(|organizer| organizer.name.to_string());
    rss::Item {
        title: Some(text.headline()),
        link: Some(text.link.clone()),
        // A guid that is no URL is an error unless it says that it is no permalink.
        guid: Some(Guid { value: text.of.entry_id(&context.site), permalink: false }),
        // First publication, never the start of the event: a date in the future is a warning, and readers pin or hide
        // such items.
        pub_date: Some(http_date(revision.created)),
        // `description` stands before `content:encoded`: the other order is a warning.
        description: Some(description(text)),
        // The crate writes it as CDATA, as it is.
        content: Some(html::GAP.to_string()),
        categories: categories(&text.of, context),
        // Not `author`, which is an error without an e-mail address.
        dublin_core_ext: creator.map(|creator| DublinCoreExtension {
            creators: vec![creator],
            ..DublinCoreExtension::default()
        }),
        enclosure: enclosure(&text.of, context),
        extensions: extensions(text),
        ..rss::Item::default()
    }
}

fn change(event: &EventVariant, change: &Change, context: &Context) -> rss::Item {
    let id = event.change_id(&context.site, change.sequence);
    rss::Item {
        title: Some(changes::title(&event.published, change)),
        link: Some(context.urls.absolute(&event.home())),
        guid: Some(Guid { value: id, permalink: false }),
        pub_date: Some(http_date(change.at)),
        description: Some(changes::description(&event.published, change)),
        categories: categories(event, context),
        ..rss::Item::default()
    }
}

fn end(notice: &Notice<'_>, context: &Context) -> rss::Item {
    let id = context.site.id.end_id(&notice.feed.feed.slug);
    rss::Item {
        title: Some(notice.title()),
        link: Some(notice.link(&context.urls)),
        guid: Some(Guid { value: id, permalink: false }),
        pub_date: Some(http_date(notice.retirement.begins)),
        description: Some(notice.message(Some(Format::Rss), &context.urls)),
        ..rss::Item::default()
    }
}

/// Returns the full text, with time and place in the first lines.
fn description(text: &EventText) -> String {
    [&text.lead(), "\n\n", text.description()].concat().trim_end().to_owned()
}

/// Returns the first file of an event that lies on this site: its picture, or an attachment.
// A second enclosure is a warning, and the length of a file elsewhere, which RSS demands, is not known.
fn enclosure(event: &EventVariant, context: &Context) -> Option<Enclosure> {
    let file = event.event().files().find_map(|source| source.own())?;
    Some(Enclosure {
        url: context.urls.absolute(&event.file(&file.name)),
        length: file.bytes.len().to_string(),
        mime_type: file.name.file_type().media_type().to_owned(),
    })
}

fn categories(event: &EventVariant, context: &Context) -> Vec<Category> {
    let domain = context.urls.absolute(&Route::Feed(event.variant, Slug::all(), None));
    let names =
        field_text::entries(&event.published, Part::Category, &context.schedule.zones).into_iter();
    names.map(|name| Category { name, domain: Some(domain.clone()) }).collect()
}

/// Returns `<fh:archive/>`, the mark of an archive (RFC 5005 §4).
fn archive_mark(prefix: &str) -> (String, BTreeMap<String, Vec<Extension>>) {
    let mark = Extension { name: format!("{prefix}:archive"), ..Extension::default() };
    (prefix.to_owned(), BTreeMap::from([("archive".to_owned(), vec![mark])]))
}

/// Returns the elements for software: the RSS 1.0 event module, Dublin Core terms and GeoRSS.
// The validator knows all three; xCal in a feed is a warning.
fn extensions(text: &EventText) -> ExtensionMap {
    let Published { event, revision, .. } = text.published();
    let (start, end) = text.machine_time.clone();
    let mut extensions = ExtensionMap::new();
    let mut add = |prefix: &str, name: &str, value: Option<String>| {
        let Some(value) = value else { return };
        let element = Extension {
            name: format!("{prefix}:{name}"),
            value: Some(value),
            ..Extension::default()
        };
        let elements = extensions.entry(prefix.to_owned()).or_default();
        elements.entry(name.to_owned()).or_default().push(element);
    };
    add("ev", "startdate", Some(start));
    add("ev", "enddate", end);
    add("ev", "location", Some(text.place().to_owned()));
    add("ev", "organizer", event.organizer.as_ref().map(|organizer| organizer.name.to_string()));
    add("ev", "type", vocabulary::kind_token(event.kind).map(str::to_owned));
    add("dcterms", "modified", Some(dates::machine_instant(revision.modified)));
    let geo = event.location.place().and_then(|place| place.venue.geo);
    // Latitude and longitude with a space: a comma is a warning.
    add("georss", "point", geo.map(|geo| format!("{} {}", geo.latitude(), geo.longitude())));
    extensions
}
