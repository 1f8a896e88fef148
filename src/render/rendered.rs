//! One event in every format: its own documents, and what feeds are put together from.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::body::{Body, Piece};
use super::html::Context;
use super::link::Link;
use super::telling::Telling;
use super::urls::{self, Suffix};
use super::{Assembly, Document, MediaType, csv, html, icalendar, item, json_ld, site};
use crate::index::Earlier;
use crate::model::{Edition, Event, FileName, FileSource, Line, Recurrence, Slug};
use crate::parallel;
use crate::recurrence::Occurrence;
use crate::schedule::Facets;
use crate::schedule::{Agenda, Entry};

/// An event, rendered once.
pub struct Rendered {
    entry: Arc<Entry>,
    /// The title of what it is part of, which its page tells.
    whole: Option<Line>,
    pub(super) calendar: icalendar::Fragment,
    /// Its items in RSS, Atom and JSON Feed.
    pub(super) items: Box<[item::Fragment]>,
    pub(super) json_ld: json_ld::Fragment,
    pub(super) rows: Vec<csv::Row>,
    pub(super) card: Piece,
    /// Its addresses in the sitemap, and how many they are.
    pub(super) addresses: (Piece, usize),
    pub(super) facets: Facets,
    /// Page, calendar file and data of it, and of the dates of a series that have pages.
    pub documents: Vec<Arc<Document>>,
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {} documents", self.slug(), self.documents.len())
    }
}

impl Rendered {
    /// Its part of the URL.
    #[must_use]
    pub fn slug(&self) -> &Slug {
        &self.entry.published.event.slug
    }

    /// Where its page is, where it has one.
    pub(super) fn address(&self) -> Option<String> {
        self.entry.is_page().then(|| urls::event(self.event()))
    }

    /// The event.
    #[must_use]
    pub fn event(&self) -> &Event {
        &self.entry.published.event
    }
}

/// All events of an agenda; those of which an `earlier` assembly tells the same are taken from it.
pub fn events(
    agenda: &Agenda,
    context: &Context<'_>,
    earlier: Option<&Assembly>,
) -> Vec<Arc<Rendered>> {
    let zones = agenda.events.iter().map(|entry| entry.published.event.time.zone());
    let press = Press { agenda, context, frames: icalendar::Frames::of(zones, &agenda.zones) };
    let earlier = earlier.map_or(&[][..], |earlier| &earlier.events);
    let earlier = Earlier::of(earlier, |one| one.event().uid.as_str());
    parallel::map_at(&agenda.events, |at, entry| {
        let known = earlier.find(at, entry.published.event.uid.as_str());
        let known = known
            .filter(|known| Arc::ptr_eq(&known.entry, entry) && known.whole == press.whole(entry));
        known.map_or_else(|| Arc::new(press.rendered(entry)), Arc::clone)
    })
}

struct Press<'a> {
    agenda: &'a Agenda,
    context: &'a Context<'a>,
    frames: icalendar::Frames,
}

impl Press<'_> {
    fn whole(&self, entry: &Entry) -> Option<Line> {
        self.agenda.whole(&entry.published.event).map(|whole| whole.title.clone())
    }

    /// Claims that its page belongs to this edition.
    fn is_told_here(&self, entry: &Entry) -> bool {
        entry.published.event.page_edition == self.agenda.site.edition
    }

    fn rendered(&self, entry: &Arc<Entry>) -> Rendered {
        let Self { agenda, context, .. } = self;
        let telling = Telling::of(&entry.published, &agenda.zones, context.urls);
        let dates: Vec<_> =
            entry.pages().map(|one| (*one, telling.on(one, context.urls))).collect();
        let files: BTreeMap<_, _> = dates
            .iter()
            .map(|(one, telling)| (one.date, icalendar::date(telling, context.urls)))
            .collect();
        let calendar = icalendar::fragment(entry, &telling, &files, context.urls);
        let json_ld = json_ld::fragment(entry, &telling, context.urls);
        let mut documents = Vec::new();
        if entry.is_page() && self.is_told_here(entry) {
            let page = html::event_page(entry, &telling, agenda, json_ld.document(), context);
            let forms = Forms { page, calendar: &calendar, json_ld: json_ld.document() };
            documents.extend(self.documents(&telling, forms, entry.page_modified()));
        }
        if self.agenda.site.edition == Edition::Original {
            documents.extend(own_files(entry));
        }
        for (one, telling) in dates.iter().filter(|_| self.is_told_here(entry)) {
            documents.extend(self.date(one, telling, &files));
        }
        Rendered {
            whole: self.whole(entry),
            items: item::fragments(entry, &telling, &dates, agenda.now, context),
            rows: csv::rows(&telling, &dates),
            card: html::card(entry, &telling, agenda.now, context),
            addresses: site::addresses(entry, agenda, context.urls),
            // No query waits for them.
            facets: Facets::of(&entry.published.event).with_text(),
            entry: Arc::clone(entry),
            calendar,
            json_ld,
            documents,
        }
    }

    fn date(
        &self,
        occurrence: &Occurrence,
        telling: &Telling,
        files: &BTreeMap<chrono::NaiveDate, icalendar::Fragment>,
    ) -> Vec<Arc<Document>> {
        let Some(calendar) = files.get(&occurrence.date) else { return Vec::new() };
        let json_ld = json_ld::date(telling, self.context.urls).document();
        let page = html::date_page(telling, self.agenda, json_ld.clone(), self.context);
        let modified = telling.published.revision.modified;
        Vec::from(self.documents(telling, Forms { page, calendar, json_ld }, modified))
    }

    fn documents(
        &self,
        telling: &Telling,
        forms: Forms<'_>,
        modified: chrono::DateTime<chrono::Utc>,
    ) -> [Arc<Document>; 3] {
        let event = &telling.published.event;
        let Forms { page, calendar, json_ld } = forms;
        let calendar = icalendar::single(calendar, &self.frames);
        let absolute = |path: String| self.context.urls.absolute(&path);
        let page_url = absolute(urls::event(event));
        let form = |suffix, media_type| {
            Link::alternate(absolute(urls::event_as(event, suffix)), media_type)
        };
        let forms =
            [form(Suffix::Ics, MediaType::Calendar), form(Suffix::JsonLd, MediaType::JsonLd)];
        let canonical = [Link::new(page_url, "canonical")];
        let document = |path, media_type, body| {
            Document::new(path, media_type, modified, body).linking(&canonical)
        };
        let as_calendar =
            document(urls::event_as(event, Suffix::Ics), MediaType::Calendar, calendar);
        [
            Document::new(urls::event(event), MediaType::Html, modified, page).linking(&forms),
            Document { attachment: Some(file_name(event)), ..as_calendar },
            document(urls::event_as(event, Suffix::JsonLd), MediaType::JsonLd, json_ld),
        ]
        .map(Arc::new)
    }
}

/// Pictures and attachments; one that is named twice is one.
fn own_files(entry: &Entry) -> Vec<Arc<Document>> {
    let event = &entry.published.event;
    let files = event.files().filter(|_| entry.is_page()).filter_map(FileSource::own);
    let files: BTreeMap<_, _> = files.map(|file| (&file.name, &file.octets)).collect();
    let document = |(name, octets): (&FileName, &Arc<[u8]>)| {
        let (path, media_type) = (urls::file(event, name), MediaType::File(name.file_type()));
        let body = Body::from(Piece::from(Arc::clone(octets)));
        Arc::new(Document::new(path, media_type, entry.published.revision.modified, body))
    };
    files.into_iter().map(document).collect()
}

/// The forms of one event or date.
struct Forms<'a> {
    page: Body,
    calendar: &'a icalendar::Fragment,
    json_ld: Body,
}

/// The name of a calendar file where it is saved.
fn file_name(event: &Event) -> String {
    match event.recurrence {
        Recurrence::Date(date) => format!("{}-{date}.ics", event.slug),
        Recurrence::Once | Recurrence::Series(_) => format!("{}.ics", event.slug),
    }
}
