//! Atom 1.0 documents (RFC 4287), by the `atom_syndication` crate.
//!
//! Each item is rendered as an `<entry>` once, and feeds are assembled from these segments. Content is of type `html`:
//! the crate inserts `xhtml` as it is, well-formed or not.

use std::collections::BTreeMap;

use atom_syndication::extension::Extension;
use atom_syndication::{Category, Content, Entry, Feed as AtomFeed, Generator, Link, Person, Text};

use super::body::{Body, SharedBytes};
use super::context::Context;
use super::event_text::EventText;
use super::html;
use super::item::Item;
use super::retirement::Notice;
use super::syndicated::{HISTORY, Syndicated};
use super::variant::EventVariant;
use crate::model::{Change, Feed, Organizer, Published, Slug};
use crate::route::{Format, Route};
use crate::text::fields::Part;
use crate::text::{changes, field_text};

/// The number of bytes of a usual entry.
const ENTRY: usize = 4096;

/// The CDATA section for HTML, with a gap in its place.
// HTML of this program never ends the section, since `>` is escaped in texts.
const CDATA: &str = "<![CDATA[\u{0}]]>";

/// Renders an item as an `<entry>`: the inside of a feed with this item alone.
// The crate would escape HTML. Here it is in CDATA, where its bytes are those of RSS and pages, and shared with them.
pub(crate) fn item(item: &Item<'_>, context: &Context) -> Body {
    let entry = match item {
        Item::Event(text) => event(text, context),
        Item::Change(event, change) => self::change(event, change, context),
        Item::End(notice) => end(notice, context),
    };
    let feed = AtomFeed { entries: vec![entry], ..AtomFeed::default() };
    let document = feed.write_to(Vec::with_capacity(ENTRY)).expect("memory takes everything");
    let document = String::from_utf8(document).expect("the crate writes UTF-8");
    let start = document.find("<entry").expect("the feed has an entry");
    let end = document.rfind("</entry>").expect("the feed has an entry") + "</entry>".len();
    let entry = &document[start..end];
    match item {
        Item::Event(text) => {
            html::around(&entry.replacen(html::GAP, CDATA, 1), html::content(text))
        }
        Item::Change(..) | Item::End(_) => entry.to_owned().into(),
    }
}

/// Assembles a feed of finished entries.
pub(crate) fn feed(feed: &Syndicated<'_>, entries: &[&SharedBytes], context: &Context) -> Body {
    let Feed { description, license, language, .. } = &feed.part.feed;
    let mut links = vec![
        link("self", "application/atom+xml", feed.url.clone()),
        link("alternate", "text/html", feed.part.url(None, &context.urls)),
    ];
    let neighbours = feed.neighbours();
    links.extend(
        neighbours.map(|(relation, url)| link(relation, "application/atom+xml", url.to_owned())),
    );
    let history = feed.is_archive().then_some(HISTORY).into_iter();
    let document = AtomFeed {
        id: feed.id(&context.site),
        title: Text::plain(feed.title.clone()),
        subtitle: description.as_ref().map(|text| Text::plain(text.to_string())),
        updated: feed.modified.into(),
        // A feed needs an author unless each of its entries has one (RFC 4287 §4.1.1), and events may have none.
        authors: vec![person(&context.site.publisher)],
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
    Body::framed(head.to_owned(), entries.iter().copied(), format!("{foot}\n"))
}

/// Returns `<fh:archive/>`, the mark of an archive (RFC 5005 §4).
fn archive_mark() -> (String, BTreeMap<String, Vec<Extension>>) {
    let mark = Extension { name: format!("{}:archive", HISTORY.0), ..Extension::default() };
    (HISTORY.0.to_owned(), BTreeMap::from([("archive".to_owned(), vec![mark])]))
}

fn event(text: &EventText, context: &Context) -> Entry {
    let Published { event, revision, .. } = text.published();
    Entry {
        id: text.of.entry_id(&context.site),
        title: Text::plain(text.headline()),
        // Both are instants of the revision: the event's own start is in the title, the summary and the text.
        updated: revision.modified.into(),
        published: Some(revision.created.into()),
        authors: event.organizer.as_deref().map(person).into_iter().collect(),
        links: links(text, context),
        categories: categories(&text.of, context),
        summary: Some(Text::plain(text.lead())),
        content: Some(Content {
            value: Some(html::GAP.to_string()),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// Returns the links of an entry: to the page, the picture and the attachments.
fn links(text: &EventText, context: &Context) -> Vec<Link> {
    let event = text.event();
    let page = link("alternate", "text/html", text.link.clone());
    let files = event.files().map(|source| Link {
        href: context.urls.file(&event.slug, source),
        rel: "enclosure".to_owned(),
        mime_type: source.own().map(|file| file.name.file_type().media_type().to_owned()),
        length: source.own().map(|file| file.bytes.len().to_string()),
        ..Link::default()
    });
    std::iter::once(page).chain(files).collect()
}

fn change(event: &EventVariant, change: &Change, context: &Context) -> Entry {
    Entry {
        id: event.change_id(&context.site, change.sequence),
        title: Text::plain(changes::title(&event.published, change)),
        updated: change.at.into(),
        published: Some(change.at.into()),
        links: vec![link("alternate", "text/html", context.urls.absolute(&event.home()))],
        categories: categories(event, context),
        content: Some(Content {
            value: Some(changes::description(&event.published, change)),
            content_type: Some("text".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn end(notice: &Notice<'_>, context: &Context) -> Entry {
    let begins = notice.retirement.begins;
    Entry {
        id: context.site.id.end_id(&notice.feed.feed.slug),
        title: Text::plain(notice.title()),
        updated: begins.into(),
        published: Some(begins.into()),
        links: vec![link("alternate", "text/html", notice.link(&context.urls))],
        content: Some(Content {
            value: Some(notice.message(Some(Format::Atom), &context.urls)),
            content_type: Some("text".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn categories(event: &EventVariant, context: &Context) -> Vec<Category> {
    let scheme = context.urls.absolute(&Route::Feed(event.variant, Slug::all(), None));
    let names =
        field_text::entries(&event.published, Part::Category, &context.schedule.zones).into_iter();
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
