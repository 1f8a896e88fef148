//! RSS 2.0 documents, by the `rss` crate.
//!
//! Each event becomes an `<item>` once; feeds are put together from these fragments. The crate lets
//! characters pass that XML forbids, and writes only whole channels: both are mended here (the first
//! by the model, whose text holds none).

use std::collections::BTreeMap;

use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Enclosure, Guid};

use super::body::Body;
use super::html;
use super::item::Item;
use super::retirement::Notice;
use super::syndicated::{HISTORY, Syndicated};
use super::telling::Telling;
use super::urls::{self, Suffix, Urls};
use super::vocabulary;
use crate::model::{Event, Published, Revised, Site, Slug};
use crate::text::dates::{self, http_date};
use crate::text::fields::Part;
use crate::text::{changes, event_text};
use crate::zone::Zones;

/// Octets of a usual item.
const ITEM: usize = 4096;

/// Minutes for which a reader may keep a feed.
const TTL: &str = "60";

const NAMESPACES: [(&str, &str); 4] = [
    ("content", "http://purl.org/rss/1.0/modules/content/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("ev", "http://purl.org/rss/1.0/modules/event/"),
    ("georss", "http://www.georss.org/georss"),
];

/// The `<item>` of an item: what stands between the tags of a channel of it alone.
pub fn item(site: &Site, item: &Item<'_>, urls: &Urls) -> Body {
    let node = match item {
        Item::Event(telling) => event(site, telling, urls),
        Item::Change(published, change, zones) => {
            self::change(site, published, change, urls, zones)
        }
        Item::End(notice) => end(site, notice, urls),
    };
    let channel = Channel { items: vec![node], ..Channel::default() };
    let document = channel.write_to(Vec::with_capacity(ITEM)).expect("memory takes everything");
    let document = String::from_utf8(document).expect("the crate writes UTF-8");
    let start = document.find("<item>").expect("the channel has an item");
    let end = document.rfind("</item>").expect("the channel has an item") + "</item>".len();
    match item {
        Item::Event(telling) => html::around(&document[start..end], telling.content()),
        Item::Change(..) | Item::End(_) => document[start..end].into(),
    }
}

/// A feed of finished items.
pub fn feed(site: &Site, feed: &Syndicated<'_>, items: Body, urls: &Urls) -> Body {
    let channel = channel(site, feed, urls).to_string();
    let end = channel.rfind("</channel>").expect("the crate writes whole channels");
    let (head, foot) = channel.split_at(end);
    items.between(head, format!("{foot}\n"))
}

fn channel(site: &Site, syndicated: &Syndicated<'_>, urls: &Urls) -> Channel {
    let feed = syndicated.feed;
    let link = |rel: &str, path: &String| Link {
        href: urls.absolute(path),
        rel: rel.to_owned(),
        mime_type: Some("application/rss+xml".to_owned()),
        ..Link::default()
    };
    let mut links = vec![link("self", &syndicated.path)];
    links.extend(syndicated.older.iter().map(|path| link("prev-archive", path)));
    links.extend(syndicated.newer.iter().map(|path| link("next-archive", path)));
    links.extend(syndicated.current.iter().map(|path| link("current", path)));
    let history = syndicated.is_archive().then_some(HISTORY);
    let namespaces = NAMESPACES.into_iter().chain(history);
    let namespaces = namespaces.map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned()));
    Channel {
        title: syndicated.title.clone(),
        link: urls.absolute(&urls::part(feed)),
        description: feed.description.as_ref().unwrap_or(&feed.title).to_string(),
        language: Some(feed.language.as_str().to_ascii_lowercase()),
        copyright: feed.license.as_ref().map(ToString::to_string),
        last_build_date: Some(http_date(syndicated.modified)),
        ttl: Some(TTL.to_owned()),
        docs: Some("https://www.rssboard.org/rss-specification".to_owned()),
        generator: Some("Aushang".to_owned()),
        atom_ext: Some(AtomExtension { links }),
        dublin_core_ext: Some(DublinCoreExtension {
            publishers: vec![site.publisher.name.to_string()],
            ..DublinCoreExtension::default()
        }),
        namespaces: namespaces.collect(),
        extensions: history.map(|(prefix, _)| archive_mark(prefix)).into_iter().collect(),
        ..Channel::default()
    }
}

fn event(site: &Site, telling: &Telling, urls: &Urls) -> rss::Item {
    let published = &telling.published;
    let Published { event, revision, .. } = &**published;
    let creator = event.organizer.as_ref().map(|organizer| organizer.name.to_string());
    rss::Item {
        title: Some(telling.headline()),
        link: Some(telling.link.clone()),
        guid: Some(Guid { value: telling.entry_id(site), permalink: false }),
        pub_date: Some(http_date(revision.created)),
        description: Some(description(telling)),
        // The crate writes it as CDATA, as it is.
        content: Some(html::GAP.to_string()),
        categories: categories(published, urls, &telling.zones),
        dublin_core_ext: creator.map(|creator| DublinCoreExtension {
            creators: vec![creator],
            ..DublinCoreExtension::default()
        }),
        enclosure: enclosure(event, urls),
        extensions: extensions(telling),
        ..rss::Item::default()
    }
}

fn change(
    site: &Site,
    published: &Published,
    change: &Revised,
    urls: &Urls,
    zones: &Zones,
) -> rss::Item {
    let id = site.id.change_id(&published.event.uid, change.sequence, published.event.edition);
    rss::Item {
        title: Some(changes::title(published, change)),
        link: Some(urls.absolute(&urls::home_of(published))),
        guid: Some(Guid { value: id, permalink: false }),
        pub_date: Some(http_date(change.at)),
        description: Some(changes::description(published, change)),
        categories: categories(published, urls, zones),
        ..rss::Item::default()
    }
}

fn end(site: &Site, notice: &Notice<'_>, urls: &Urls) -> rss::Item {
    let suffix = Some(Suffix::Rss);
    rss::Item {
        title: Some(notice.title()),
        link: Some(notice.link(None, urls)),
        guid: Some(Guid { value: site.id.end_id(&notice.feed.slug), permalink: false }),
        pub_date: Some(http_date(notice.retirement.begins)),
        description: Some(notice.sentence(suffix, urls)),
        ..rss::Item::default()
    }
}

/// Date and place in the first lines, then everything else.
pub fn description(telling: &Telling) -> String {
    [&telling.lead, "\n\n", &telling.description].concat().trim_end().to_owned()
}

/// RSS knows one, whose length is known: the picture, or the first attachment.
fn enclosure(event: &Event, urls: &Urls) -> Option<Enclosure> {
    let source = event.files().find(|source| source.own().is_some())?;
    let file = source.own()?;
    Some(Enclosure {
        url: urls.source(event, source),
        length: file.octets.len().to_string(),
        mime_type: file.name.file_type().media_type().to_owned(),
    })
}

fn categories(published: &Published, urls: &Urls, zones: &Zones) -> Vec<Category> {
    let domain = urls.absolute(&urls::feed(&Slug::all(), published.event.edition));
    let names = event_text::words(published, Part::Category, zones).into_iter();
    names.map(|name| Category { name, domain: Some(domain.clone()) }).collect()
}

/// `<fh:archive/>` (RFC 5005 §4)
fn archive_mark(prefix: &str) -> (String, BTreeMap<String, Vec<Extension>>) {
    let mark = Extension { name: format!("{prefix}:archive"), ..Extension::default() };
    (prefix.to_owned(), BTreeMap::from([("archive".to_owned(), vec![mark])]))
}

/// What software reads: the RSS 1.0 event module, Dublin Core terms and GeoRSS.
fn extensions(telling: &Telling) -> ExtensionMap {
    let Published { event, revision, .. } = &*telling.published;
    let (start, end) = telling.machine_time.clone();
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
    add("ev", "location", Some(telling.place().to_owned()));
    add("ev", "organizer", event.organizer.as_ref().map(|organizer| organizer.name.to_string()));
    add("ev", "type", vocabulary::kind_token(event.kind).map(str::to_owned));
    add("dcterms", "modified", Some(dates::machine_instant(revision.modified)));
    let geo = event.location.place().and_then(|place| place.venue.geo);
    add("georss", "point", geo.map(|geo| format!("{} {}", geo.latitude(), geo.longitude())));
    extensions
}
