//! The documents of an event in every format, rendered once.
//!
//! They depend on nothing but what their key is made from. No part of the schedule is compared with that of the reload
//! before: an event for which anything is different gets another key.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};

use super::body::{Content, SharedBytes};
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
use crate::model::{FileName, FileSource, Fingerprint, Published};
use crate::recurrence::Occurrence;
use crate::route::{Format, Route, Variant};
use crate::schedule::{Entry, Facets};

/// Returns the digest of all that the documents of an event are made from.
// The dates of a series follow from the event; which of them have passed or have pages follows from the rest.
pub(crate) fn key(entry: &Entry, context: &Context, fingerprint: &mut Fingerprint) -> u128 {
    let event = &entry.published.event;
    let dates = entry.occurrences.iter().map(|one| (one.date, entry.has_page(one.date)));
    let series = event
        .series()
        .map(|_| (entry.modified, entry.next_boundary, entry.passes, dates.collect::<Vec<_>>()));
    fingerprint.of(&(context.digest(), &entry.published, series, context.parents(event)))
}

/// The documents of an event, with all that feeds, lists and queries need of it.
pub(crate) struct EventDocuments {
    /// The digest of all that it was made from.
    pub key: u128,
    /// The event in its language variant.
    pub event: EventVariant,
    /// The route of its page, if it has one.
    page: Option<Route>,
    /// Its page, its documents in other formats, and its files.
    pub documents: Vec<Arc<Document>>,
    /// Its segments, by format.
    segments: [Vec<Segment>; COUNT],
    /// Its items in the formats that have items.
    pub items: Vec<FeedItem>,
    /// Its item in the lists of pages.
    pub card: Bytes,
    /// Its lines in the sitemap, and their number.
    pub addresses: (Bytes, usize),
    /// The values by which queries select it.
    // They are made with the event, so that no query waits.
    pub facets: Facets,
    /// The bytes of its documents and files in memory.
    pub size: usize,
}

impl EventDocuments {
    /// Renders an event.
    pub(crate) fn of(entry: &Entry, key: u128, context: &Context) -> Self {
        let text = text(entry, context);
        let dates: Vec<_> = entry.pages().map(|one| (*one, text.on(one))).collect();
        let view = EventView { text: &text, entry: Some(entry), occurrences: &dates, context };
        let outputs = outputs(&view);
        let has_page = entry.has_own_page() && text.of.page == context.variant;
        let forms = has_page.then(|| PendingDocuments::of(&view, &outputs));
        let items = items(entry, &text, &dates, context);
        let card = SharedBytes::One(html::card(entry, &text, context).into());
        let (addresses, count) = site::addresses(entry, &text.of, context);
        let addresses = SharedBytes::One(addresses.into());

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
        let files = own_files(entry, context);
        let size = slab.len() + files.iter().map(|file| file.content.len()).sum::<usize>();
        let in_slab = |segment: Segment| Segment { body: slab.part(&segment.body), ..segment };
        Self {
            key,
            page: entry.has_own_page().then(|| text.of.route()),
            documents: documents.map(Arc::new).chain(files).collect(),
            segments: outputs.map(|output| output.segments.into_iter().map(in_slab).collect()),
            items: items.into_iter().map(|item| item.in_slab(&slab)).collect(),
            card: slab.whole(&card),
            addresses: (slab.whole(&addresses), count),
            facets: Facets::of(&text.of.published.event).with_text(),
            event: text.of,
            size,
        }
    }

    /// Returns the route of its page, if it has one: in the variant that lists it if it is translated, else in the
    /// original.
    pub(crate) fn page(&self) -> Option<&Route> {
        self.page.as_ref()
    }

    /// Returns its segments in a format.
    pub(crate) fn segments(&self, format: Format) -> &[Segment] {
        &self.segments[format as usize]
    }
}

/// Renders the page of one date of a series, and its documents in other formats.
pub(crate) fn occurrence_documents(
    entry: &Entry,
    date: &Occurrence,
    context: &Context,
) -> Vec<Document> {
    let text = text(entry, context).on(date);
    let view = EventView { text: &text, entry: None, occurrences: &[], context };
    let forms = PendingDocuments::of(&view, &outputs(&view)).0.into_iter();
    let modified = entry.published.revision.modified;
    forms.map(|form| form.finished(modified, SharedBytes::to_bytes)).collect()
}

fn text(entry: &Entry, context: &Context) -> EventText {
    let event = EventVariant::of(&entry.published, context.variant);
    EventText::of(event, &context.urls, &context.schedule.zones)
}

fn outputs(view: &EventView<'_>) -> [EventOutput; COUNT] {
    formats::each(|row: &Row| match writer(row.format) {
        Writer::Entries { event, .. } => event(view),
        Writer::Items { .. } => EventOutput::default(),
    })
}

/// The page of an event or a date, and its documents in the formats in which it has one.
struct PendingDocuments(Vec<PendingDocument>);

struct PendingDocument {
    route: Route,
    media_type: MediaType,
    /// The value of its `Link` header.
    links: SharedBytes,
    body: SharedBytes,
}

impl PendingDocument {
    fn finished(self, modified: DateTime<Utc>, bytes: impl Fn(&SharedBytes) -> Bytes) -> Document {
        let Self { route, media_type, links, body } = self;
        let (links, content) = (bytes(&links), Content::one(bytes(&body)));
        Document { links, ..Document::with(route, media_type, modified, content) }
    }
}

impl PendingDocuments {
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
        let of_page = PendingDocument {
            route: page.clone(),
            media_type: MediaType::Html,
            links: SharedBytes::One(link::header(&links.collect::<Vec<_>>()).into()),
            body: html::event_page(*entry, text, json_ld, context).into(),
        };
        let others = formats.map(|(format, output)| PendingDocument {
            route: page.clone().in_format(format),
            media_type: MediaType::Format(format),
            links: SharedBytes::One(
                link::header(&[Link::new(text.page(context), "canonical")]).into(),
            ),
            body: output.document.clone(),
        });
        Self(std::iter::once(of_page).chain(others).collect())
    }
}

/// Returns the pictures and attachments of an event. Language variants share them; a file that is named twice is one.
fn own_files(entry: &Entry, context: &Context) -> Vec<Arc<Document>> {
    let Published { event, revision, .. } = &*entry.published;
    let is_here = entry.has_own_page() && context.variant == Variant::Original;
    let files = event.files().filter(|_| is_here).filter_map(FileSource::own);
    let files: BTreeMap<_, _> = files.map(|file| (&file.name, &file.bytes)).collect();
    let document = |(name, bytes): (&FileName, &Arc<[u8]>)| {
        let route = Route::File(event.slug.clone(), name.clone());
        let content = Content::one(Bytes::from_owner(Arc::clone(bytes)));
        let media_type = MediaType::File(name.file_type());
        Arc::new(Document::with(route, media_type, revision.modified, content))
    };
    files.into_iter().map(document).collect()
}
