//! RSS 2.0 documents, by the `rss` crate.
//!
//! Each event becomes an `<item>` once; feeds are put together from these fragments. The crate lets
//! characters pass that XML forbids, and writes only whole channels: both are mended here (the first
//! by the model, whose text holds none).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Guid, Item};

use super::urls::{self, Suffix, Urls};
use super::words::words;
use super::{changes, dates, facts, html, text};
use crate::model::{Event, EventKind, Feed, Published, Revised, Site, Slug};
use crate::occurrence::{Entry, occurrence_on, published_on};

/// Minutes for which a reader may keep a feed.
const TTL: &str = "60";

const NAMESPACES: [(&str, &str); 4] = [
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("ev", "http://purl.org/rss/1.0/modules/event/"),
    ("georss", "http://www.georss.org/georss"),
];

/// A finished `<item>`.
#[derive(Clone, Debug)]
pub struct Fragment {
    published: DateTime<Utc>,
    text: String,
}

/// The item of an event, as it stands in every feed; those of the changed dates of a series, which
/// readers would not notice in the item of the series; and those of its changes.
pub fn fragments(site: &Site, entry: &Entry, urls: &Urls) -> Vec<Fragment> {
    let event = &entry.published.event;
    let changed = event.series().into_iter().flat_map(|series| {
        let dates = series.changes.keys();
        dates.filter_map(|date| occurrence_on(series, &event.time, *date))
    });
    let changed = changed.map(|occurrence| published_on(&entry.published, &occurrence));
    let own = std::iter::once(entry.published.clone()).chain(changed);
    let own = own.map(|one| Fragment::new(one.revision.created, item(site, &one, urls)));
    let told = entry.published.changes.iter().filter(|change| change.is_material());
    own.chain(told.map(|change| self::change(site, &entry.published, change, urls))).collect()
}

/// A change of an event as an item of its own: readers do not show edited items again.
pub fn change(site: &Site, published: &Published, change: &Revised, urls: &Urls) -> Fragment {
    let id = site.id.change_id(&published.event.uid, change.sequence);
    let item = Item {
        title: Some(changes::title(published, change)),
        link: Some(urls.absolute(&urls::home_of(published))),
        guid: Some(Guid { value: id, permalink: false }),
        pub_date: Some(rfc_822(change.at)),
        description: Some(changes::description(published, change)),
        categories: categories(&published.event, urls),
        ..Item::default()
    };
    Fragment::new(change.at, item)
}

impl Fragment {
    /// The crate writes only whole channels: an item is what stands in a channel of it alone.
    fn new(published: DateTime<Utc>, item: Item) -> Self {
        let document = Channel { items: vec![item], ..Channel::default() }.to_string();
        let start = document.find("<item>").expect("the channel has an item");
        let end = document.rfind("</item>").expect("the channel has an item") + "</item>".len();
        Self { published, text: document[start..end].to_owned() }
    }
}

/// A feed of these items, newest first.
pub fn feed(
    site: &Site,
    feed: &Feed,
    modified: DateTime<Utc>,
    items: Vec<&Fragment>,
    urls: &Urls,
) -> String {
    let path = urls::feed_as(&feed.slug, Suffix::Rss);
    document(&channel(site, feed, feed.title.to_string(), &path, modified, urls), items)
}

/// The changes of a feed, newest first.
pub fn change_log(
    site: &Site,
    feed: &Feed,
    title: String,
    modified: DateTime<Utc>,
    items: Vec<&Fragment>,
    urls: &Urls,
) -> String {
    let path = urls::changes_as(&feed.slug, Suffix::Rss);
    document(&channel(site, feed, title, &path, modified, urls), items)
}

fn document(channel: &Channel, mut items: Vec<&Fragment>) -> String {
    items.sort_by_key(|item| std::cmp::Reverse(item.published));
    let channel = channel.to_string();
    let end = channel.rfind("</channel>").expect("the crate writes whole channels");
    let (head, foot) = channel.split_at(end);
    let items: String = items.iter().map(|item| item.text.as_str()).collect();
    format!("{head}{items}{foot}\n")
}

fn channel(
    site: &Site,
    feed: &Feed,
    title: String,
    path: &str,
    modified: DateTime<Utc>,
    urls: &Urls,
) -> Channel {
    let self_link = Link {
        href: urls.absolute(path),
        rel: "self".to_owned(),
        mime_type: Some("application/rss+xml".to_owned()),
        ..Link::default()
    };
    let namespaces = NAMESPACES.map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned()));
    Channel {
        title,
        link: urls.absolute(&urls::feed(&feed.slug)),
        description: feed.description.as_ref().unwrap_or(&feed.title).to_string(),
        language: Some(feed.language.as_str().to_ascii_lowercase()),
        copyright: feed.license.as_ref().map(ToString::to_string),
        last_build_date: Some(rfc_822(modified)),
        ttl: Some(TTL.to_owned()),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        generator: Some("Aushang".to_owned()),
        atom_ext: Some(AtomExtension { links: vec![self_link] }),
        dublin_core_ext: Some(DublinCoreExtension {
            publishers: vec![site.publisher.name.to_string()],
            ..DublinCoreExtension::default()
        }),
        namespaces: BTreeMap::from(namespaces),
        ..Channel::default()
    }
}

fn item(site: &Site, published: &Published, urls: &Urls) -> Item {
    let Published { event, revision, .. } = published;
    let creator = event.organizer.as_ref().map(|organizer| organizer.name.to_string());
    Item {
        title: Some(title(event)),
        link: Some(urls.absolute(&urls::home_of(published))),
        guid: Some(Guid { value: site.id.entry_id(&event.uid), permalink: false }),
        pub_date: Some(rfc_822(revision.created)),
        description: Some(description(published)),
        content: Some(html::content(published)),
        categories: categories(event, urls),
        dublin_core_ext: creator.map(|creator| DublinCoreExtension {
            creators: vec![creator],
            ..DublinCoreExtension::default()
        }),
        extensions: extensions(published),
        ..Item::default()
    }
}

/// "Titel – Mo., 10.12.2018, 10:15 Uhr, Hannover"
fn title(event: &Event) -> String {
    let time = facts::short_time(event);
    format!("{} – {time}, {}", facts::announced_title(event), facts::town_name(event))
}

/// Date and place in the first lines, then everything else.
fn description(published: &Published) -> String {
    let time_and_place = text::lines(&facts::time_and_place(&published.event));
    let description = text::description(published);
    format!("{time_and_place}\n\n{description}").trim_end().to_owned()
}

fn categories(event: &Event, urls: &Urls) -> Vec<Category> {
    let domain = urls.absolute(&urls::feed(&Slug::all()));
    let kind = words(&event.language).kind_name(event.kind).map(str::to_owned);
    let names = kind.into_iter().chain(event.tags.iter().map(ToString::to_string));
    names.map(|name| Category { name, domain: Some(domain.clone()) }).collect()
}

/// What software reads: the RSS 1.0 event module, Dublin Core terms and GeoRSS.
fn extensions(published: &Published) -> ExtensionMap {
    let Published { event, revision, .. } = published;
    let (start, end) = dates::machine(&event.time);
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
    add("ev", "location", Some(facts::location_line(event)));
    add("ev", "organizer", event.organizer.as_ref().map(|organizer| organizer.name.to_string()));
    add("ev", "type", kind_token(event.kind).map(str::to_owned));
    add("dcterms", "modified", Some(revision.modified.format("%Y-%m-%dT%H:%M:%SZ").to_string()));
    let geo = event.location.place().and_then(|place| place.venue.geo);
    add("georss", "point", geo.map(|geo| format!("{} {}", geo.latitude(), geo.longitude())));
    extensions
}

fn kind_token(kind: EventKind) -> Option<&'static str> {
    match kind {
        EventKind::Workshop => Some("workshop"),
        EventKind::Conference => Some("conference"),
        EventKind::NetworkMeeting => Some("network-meeting"),
        EventKind::Talk => Some("talk"),
        EventKind::Course => Some("course"),
        EventKind::Excursion => Some("excursion"),
        EventKind::Other => None,
    }
}

/// RFC 822 with a four-digit year, in GMT.
fn rfc_822(instant: DateTime<Utc>) -> String {
    instant.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
