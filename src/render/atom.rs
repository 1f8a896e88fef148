//! Atom 1.0 documents (RFC 4287), by the `atom_syndication` crate.
//!
//! Each item becomes an `<entry>` once; feeds are put together from these fragments.

use std::collections::BTreeMap;

use atom_syndication::extension::Extension;
use atom_syndication::{Category, Content, Entry, Feed as AtomFeed, Generator, Link, Person, Text};

use super::body::Body;
use super::html;
use super::item::Item;
use super::retirement::Notice;
use super::syndicated::{HISTORY, Syndicated};
use super::telling::Telling;
use super::urls::{self, Suffix, Urls};
use crate::model::{Feed, Organizer, Published, Revised, Site, Slug};
use crate::text::fields::Part;
use crate::text::{changes, event_text};
use crate::zone::Zones;

/// Octets of a usual entry.
const ENTRY: usize = 4096;

/// HTML as it is, around its gap; no HTML of ours ends it, for `>` is escaped in texts.
const CDATA: &str = "<![CDATA[\u{0}]]>";

/// The `<entry>` of an item: what stands between the tags of a feed of it alone. The crate escapes HTML;
/// here it stands in CDATA, where it is the same text as in RSS and pages.
pub fn entry(site: &Site, item: &Item<'_>, urls: &Urls) -> Body {
    let entry = match item {
        Item::Event(telling) => event(site, telling, urls),
        Item::Change(published, change, zones) => {
            self::change(site, published, change, urls, zones)
        }
        Item::End(notice) => self::end(site, notice, urls),
    };
    let feed = AtomFeed { entries: vec![entry], ..AtomFeed::default() };
    let document = feed.write_to(Vec::with_capacity(ENTRY)).expect("memory takes everything");
    let document = String::from_utf8(document).expect("the crate writes UTF-8");
    let start = document.find("<entry").expect("the feed has an entry");
    let end = document.rfind("</entry>").expect("the feed has an entry") + "</entry>".len();
    let entry = &document[start..end];
    match item {
        Item::Event(telling) => {
            html::around(&entry.replacen(html::GAP, CDATA, 1), telling.content())
        }
        Item::Change(..) | Item::End(_) => entry.into(),
    }
}

/// A feed of finished entries.
pub fn feed(site: &Site, feed: &Syndicated<'_>, entries: Body, urls: &Urls) -> Body {
    let Feed { description, license, language, .. } = feed.feed;
    let mut links = vec![
        link("self", "application/atom+xml", urls.absolute(&feed.path)),
        link("alternate", "text/html", urls.absolute(&urls::part(feed.feed))),
    ];
    links.extend(
        feed.older
            .iter()
            .map(|path| link("prev-archive", "application/atom+xml", urls.absolute(path))),
    );
    links.extend(
        feed.newer
            .iter()
            .map(|path| link("next-archive", "application/atom+xml", urls.absolute(path))),
    );
    links.extend(
        feed.current
            .iter()
            .map(|path| link("current", "application/atom+xml", urls.absolute(path))),
    );
    let history = feed.is_archive().then_some(HISTORY).into_iter();
    let document = AtomFeed {
        id: feed.id(site),
        title: Text::plain(feed.title.clone()),
        subtitle: description.as_ref().map(|text| Text::plain(text.to_string())),
        updated: feed.modified.into(),
        authors: vec![person(&site.publisher)],
        links,
        rights: license.as_ref().map(|license| Text::plain(license.to_string())),
        generator: Some(Generator { value: "Aushang".to_owned(), ..Generator::default() }),
        lang: Some(language.as_str().to_owned()),
        namespaces: history.map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned())).collect(),
        extensions: feed.is_archive().then(archive_mark).into_iter().collect(),
        ..AtomFeed::default()
    };
    let document = document.to_string();
    let end = document.rfind("</feed>").expect("the crate writes whole feeds");
    let (head, foot) = document.split_at(end);
    entries.between(head, format!("{foot}\n"))
}

/// `<fh:archive/>` (RFC 5005 §4)
fn archive_mark() -> (String, BTreeMap<String, Vec<Extension>>) {
    let mark = Extension { name: format!("{}:archive", HISTORY.0), ..Extension::default() };
    (HISTORY.0.to_owned(), BTreeMap::from([("archive".to_owned(), vec![mark])]))
}

fn event(site: &Site, telling: &Telling, urls: &Urls) -> Entry {
    let published = &telling.published;
    let Published { event, revision, .. } = &**published;
    Entry {
        id: telling.entry_id(site),
        title: Text::plain(telling.headline()),
        updated: revision.modified.into(),
        published: Some(revision.created.into()),
        authors: event.organizer.as_deref().map(person).into_iter().collect(),
        links: links(telling, urls),
        categories: categories(published, urls, &telling.zones),
        summary: Some(Text::plain(telling.lead.clone())),
        content: Some(Content {
            value: Some(html::GAP.to_string()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// The page, the picture and the attachments.
fn links(telling: &Telling, urls: &Urls) -> Vec<Link> {
    let event = &telling.published.event;
    let page = link("alternate", "text/html", telling.link.clone());
    let files = event.files().map(|source| Link {
        href: urls.source(event, source),
        rel: "enclosure".to_owned(),
        mime_type: source.own().map(|file| file.name.file_type().media_type().to_owned()),
        length: source.own().map(|file| file.octets.len().to_string()),
        ..Link::default()
    });
    std::iter::once(page).chain(files).collect()
}

fn change(
    site: &Site,
    published: &Published,
    change: &Revised,
    urls: &Urls,
    zones: &Zones,
) -> Entry {
    Entry {
        id: site.id.change_id(&published.event.uid, change.sequence, published.event.edition),
        title: Text::plain(changes::title(published, change)),
        updated: change.at.into(),
        published: Some(change.at.into()),
        links: vec![link("alternate", "text/html", urls.absolute(&urls::home_of(published)))],
        categories: categories(published, urls, zones),
        content: Some(Content {
            value: Some(changes::description(published, change)),
            content_type: Some("text".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn end(site: &Site, notice: &Notice<'_>, urls: &Urls) -> Entry {
    let begins = notice.retirement.begins;
    Entry {
        id: site.id.end_id(&notice.feed.slug),
        title: Text::plain(notice.title()),
        updated: begins.into(),
        published: Some(begins.into()),
        links: vec![link("alternate", "text/html", notice.link(None, urls))],
        content: Some(Content {
            value: Some(notice.sentence(Some(Suffix::Atom), urls)),
            content_type: Some("text".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn categories(published: &Published, urls: &Urls, zones: &Zones) -> Vec<Category> {
    let scheme = urls.absolute(&urls::feed(&Slug::all(), published.event.edition));
    let names = event_text::words(published, Part::Category, zones).into_iter();
    names.map(|term| Category { term, scheme: Some(scheme.clone()), label: None }).collect()
}

fn person(organizer: &Organizer) -> Person {
    Person {
        name: organizer.name.to_string(),
        email: organizer.email.as_ref().map(ToString::to_string),
        uri: organizer.url.as_ref().map(ToString::to_string),
        ..Person::default()
    }
}

fn link(rel: &str, media_type: &str, href: String) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: Some(media_type.to_owned()), ..Link::default() }
}
