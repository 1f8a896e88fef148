//! An event in every format, made once: memo (b).
//!
//! What is made of an event depends on nothing but what its key is made from, so a reload takes from the memo what has
//! the same key, and makes the rest. Nobody compares parts of the schedule: whatever comes in another way gets another
//! key. Everything else that is rendered is put together anew.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::Hash;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use xxhash_rust::xxh3::Xxh3;

use super::body::{Body, Content};
use super::context::Context;
use super::document::Document;
use super::event_text::EventText;
use super::formats::{self, COUNT, Row};
use super::item::{FeedItem, items};
use super::link::{self, Link};
use super::media_type::MediaType;
use super::segment::{EventOutput, EventView, Segment};
use super::slab::Filling;
use super::variant::EventVariant;
use super::{Writer, writer};
use super::{html, site};
use crate::index::Index;
use crate::model::{FileName, FileSource, Published};
use crate::parallel;
use crate::recurrence::Occurrence;
use crate::route::{Format, Route, Variant};
use crate::schedule::{Entry, Facets};

/// The documents of events by what they were made from; of one build, for the next.
#[derive(Default)]
pub struct Memo(Option<Index<u128, Arc<EventDocuments>>>);

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.as_ref().map_or(0, |known| known.values().count());
        write!(f, "Memo of {count} events")
    }
}

/// An event with its key.
pub type Keyed = (u128, Arc<EventDocuments>);

impl Memo {
    /// The events of the agenda, in its order; those that are known are not made again.
    pub(super) fn events(&self, context: &Context) -> Vec<Keyed> {
        parallel::map(&context.agenda.events, |entry| {
            let key = key(entry, context);
            let known = self.0.as_ref().and_then(|known| known.get(&key));
            let made = || Arc::new(EventDocuments::of(entry, context));
            (key, known.cloned().unwrap_or_else(made))
        })
    }

    /// The memo of these, and of no others.
    pub fn of<'a>(events: impl Iterator<Item = &'a Keyed>) -> Self {
        Self(Some(events.cloned().collect()))
    }
}

/// The digest of all that the documents of an event are made from. The dates of a series follow from the event; which
/// of them have passed or have pages, from the rest.
fn key(entry: &Entry, context: &Context) -> u128 {
    let mut hasher = Xxh3::new();
    let event = &entry.published.event;
    context.digest().hash(&mut hasher);
    entry.published.hash(&mut hasher);
    if event.series().is_some() {
        (entry.modified, entry.next_change, entry.passes).hash(&mut hasher);
        for one in &entry.dates {
            (one.date, entry.has_page(one.date)).hash(&mut hasher);
        }
    }
    context.parents(event).hash(&mut hasher);
    hasher.digest128()
}

/// An event, rendered once.
pub struct EventDocuments {
    /// The event in the words of its language variant.
    pub event: EventVariant,
    /// Its page, if it has one.
    page: Option<Route>,
    /// Its page, the forms of it, and its files.
    pub documents: Vec<Arc<Document>>,
    /// What feeds hold of it, by format.
    segments: [Vec<Segment>; COUNT],
    /// Its items in the formats that have items.
    pub items: Vec<FeedItem>,
    /// It as an item of the lists of pages.
    pub card: Bytes,
    /// Its addresses in the sitemap, and how many they are.
    pub addresses: (Bytes, usize),
    /// What queries ask for; made with it, so that no query waits.
    pub facets: Facets,
}

impl EventDocuments {
    fn of(entry: &Entry, context: &Context) -> Self {
        let text = EventText::of(
            EventVariant::of(&entry.published, context.variant),
            &context.urls,
            &context.agenda.zones,
        );
        let dates: Vec<_> = entry.pages().map(|one| (*one, text.on(one))).collect();
        let view = EventView { text: &text, entry: Some(entry), dates: &dates, context };
        let outputs = outputs(&view);
        let has_page = entry.is_page() && text.of.page == context.variant;
        let forms = has_page.then(|| Forms::of(&view, &outputs));
        let items = items(entry, &text, &dates, context);
        let card = Body::from(html::card(entry, &text, context));
        let (addresses, count) = site::addresses(entry, &text.of, context);
        let addresses = Body::from(addresses);

        let mut filling = Filling::new();
        for form in forms.iter().flat_map(|forms| &forms.0) {
            filling.add_whole(&form.body);
            filling.add_whole(&form.links);
        }
        let segments = || outputs.iter().flat_map(|output| &output.segments);
        segments().for_each(|segment| filling.add(&segment.body));
        for item in &items {
            item.add_to(&mut filling);
        }
        filling.add_whole(&card);
        filling.add_whole(&addresses);
        let slab = filling.finish();

        let forms = forms.into_iter().flat_map(|forms| forms.0);
        let modified = entry.page_modified();
        let documents = forms.map(|form| form.finished(modified, |body| slab.whole(body)));
        let in_slab = |segment: Segment| Segment { body: slab.body(&segment.body), ..segment };
        Self {
            page: entry.is_page().then(|| text.of.route()),
            documents: documents.map(Arc::new).chain(own_files(entry, context)).collect(),
            segments: outputs.map(|output| output.segments.into_iter().map(in_slab).collect()),
            items: items.into_iter().map(|item| item.in_slab(&slab)).collect(),
            card: slab.whole(&card),
            addresses: (slab.whole(&addresses), count),
            facets: Facets::of(&text.of.published.event).with_text(),
            event: text.of,
        }
    }

    /// Its page, if it has one; in a language variant without a translation of it, that of the original.
    pub fn page(&self) -> Option<&Route> {
        self.page.as_ref()
    }

    /// What feeds in this format hold of it.
    pub fn segments(&self, format: Format) -> &[Segment] {
        &self.segments[format as usize]
    }
}

/// The page of one date of a series, and the forms of it.
pub fn date_documents(entry: &Entry, date: &Occurrence, context: &Context) -> Vec<Document> {
    let whole = EventText::of(
        EventVariant::of(&entry.published, context.variant),
        &context.urls,
        &context.agenda.zones,
    );
    let text = whole.on(date);
    let view = EventView { text: &text, entry: None, dates: &[], context };
    let forms = Forms::of(&view, &outputs(&view)).0.into_iter();
    let modified = entry.published.revision.modified;
    forms.map(|form| form.finished(modified, Body::to_bytes)).collect()
}

fn outputs(view: &EventView<'_>) -> [EventOutput; COUNT] {
    formats::each(|row: &Row| match writer(row.format) {
        Writer::Entries { event, .. } => event(view),
        Writer::Items { .. } => EventOutput::default(),
    })
}

/// The page of an event or a date, and its documents in the formats that have one.
struct Forms(Vec<Form>);

struct Form {
    route: Route,
    media_type: MediaType,
    /// The value of its `Link` header.
    links: Body,
    body: Body,
}

impl Form {
    fn finished(self, modified: DateTime<Utc>, bytes: impl Fn(&Body) -> Bytes) -> Document {
        let Self { route, media_type, links, body } = self;
        let (links, content) = (bytes(&links), Content::one(bytes(&body)));
        Document { links, ..Document::with(route, media_type, modified, content) }
    }
}

impl Forms {
    fn of(view: &EventView<'_>, outputs: &[EventOutput; COUNT]) -> Self {
        let EventView { text, entry, context, .. } = view;
        let page = text.of.route();
        let json_ld = &outputs[Format::JsonLd as usize].document;
        let formats = Format::ALL.into_iter().zip(outputs);
        let formats = formats.filter(|(_, output)| !output.document.is_empty());
        let links = formats.clone().map(|(format, _)| {
            let url = context.urls.absolute(&page.clone().in_format(format));
            Link::alternate(url, MediaType::Format(format))
        });
        let of_page = Form {
            route: page.clone(),
            media_type: MediaType::Html,
            links: link::header(&links.collect::<Vec<_>>()).into(),
            body: html::event_page(*entry, text, json_ld, context),
        };
        let others = formats.map(|(format, output)| Form {
            route: page.clone().in_format(format),
            media_type: MediaType::Format(format),
            links: link::header(&[Link::new(text.page(context), "canonical")]).into(),
            body: output.document.clone(),
        });
        Self(std::iter::once(of_page).chain(others).collect())
    }
}

/// Pictures and attachments, one for all language variants; one that is named twice is one.
fn own_files(entry: &Entry, context: &Context) -> Vec<Arc<Document>> {
    let Published { event, revision, .. } = &*entry.published;
    let is_here = entry.is_page() && context.variant == Variant::Original;
    let files = event.files().filter(|_| is_here).filter_map(FileSource::own);
    let files: BTreeMap<_, _> = files.map(|file| (&file.name, &file.octets)).collect();
    let document = |(name, octets): (&FileName, &Arc<[u8]>)| {
        let route = Route::File(event.slug.clone(), name.clone());
        let content = Content::one(Bytes::from_owner(Arc::clone(octets)));
        let media_type = MediaType::File(name.file_type());
        Arc::new(Document::with(route, media_type, revision.modified, content))
    };
    files.into_iter().map(document).collect()
}
