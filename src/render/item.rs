//! The items of RSS, Atom and JSON Feed: one for an event, for each override of a series and for each change.

use std::sync::OnceLock;

use chrono::{DateTime, Utc};

use super::body::SharedBytes;
use super::context::Context;
use super::event_text::EventText;
use super::formats::{self, COUNT, Row};
use super::html::ChangeLine;
use super::retirement::Notice;
use super::slab::{Filling, Slab};
use super::variant::EventVariant;
use super::{Writer, writer};
use crate::model::Change;
use crate::recurrence::Occurrence;
use crate::route::Format;
use crate::schedule::Entry;
use crate::text::changes;

/// The subject of one item.
pub(crate) enum Item<'a> {
    /// An event, or one date of a series.
    Event(&'a EventText),
    /// A change of an event.
    // Feed readers do not show an edited item again: a change that people plan by needs an item of its own.
    Change(&'a EventVariant, &'a Change),
    /// The notice that a feed has ended.
    End(&'a Notice<'a>),
}

/// An item that feeds are assembled from.
pub(crate) struct FeedItem {
    /// The instant at which it was published.
    pub at: DateTime<Utc>,
    /// The event whose change this is, with the index of the change; `None` for another item.
    change: Option<Box<(EventVariant, usize)>>,
    /// Whether feeds contain it, not only the change log.
    pub is_in_feed: bool,
    forms: OnceLock<Box<ItemFormats>>,
}

/// An item in every format that has items.
struct ItemFormats {
    bodies: [SharedBytes; COUNT],
    /// The line of the page of changes; `None` for an item that is no change.
    line: Option<ChangeLine>,
}

/// Returns the items of an event; `dates` are the dates of a series that have pages.
pub(crate) fn items(
    entry: &Entry,
    text: &EventText,
    dates: &[(Occurrence, EventText)],
    context: &Context,
) -> Vec<FeedItem> {
    let own = std::iter::once(text).chain(changed_dates(entry, dates));
    let own = own.map(|text| FeedItem::of_event(text, context));
    let changes = entry.published.changes.iter().enumerate();
    let changes = changes.filter(|(_, change)| changes::is_logged(change));
    own.chain(changes.map(|(at, change)| FeedItem::of_change(&text.of, at, change, context)))
        .collect()
}

impl FeedItem {
    fn of_event(text: &EventText, context: &Context) -> Self {
        let forms = ItemFormats::of(&Item::Event(text), context);
        // First publication, never the start of the event: W3C's validator flags dates in the future, and readers pin
        // such items or hide them.
        let at = text.published().revision.created;
        Self { at, change: None, is_in_feed: true, forms: OnceLock::from(Box::new(forms)) }
    }

    /// Renders the one item of a feed that has ended.
    pub(crate) fn of_end(notice: &Notice<'_>, context: &Context) -> Self {
        let forms = ItemFormats::of(&Item::End(notice), context);
        let at = notice.retirement.begins;
        Self { at, change: None, is_in_feed: true, forms: OnceLock::from(Box::new(forms)) }
    }

    fn of_change(event: &EventVariant, at: usize, change: &Change, context: &Context) -> Self {
        let item = Self {
            at: change.at,
            change: Some(Box::new((event.clone(), at))),
            is_in_feed: change.is_material(),
            forms: OnceLock::new(),
        };
        // Change logs alone say that an event is new, and they hold the newest changes: most such items are never
        // written.
        if item.is_in_feed {
            item.forms(context);
        }
        item
    }

    /// Returns whether it is about a change.
    pub(crate) fn is_change(&self) -> bool {
        self.change.is_some()
    }

    /// Returns the item in a format; it is rendered once.
    pub(crate) fn body(&self, format: Format, context: &Context) -> &SharedBytes {
        &self.forms(context).bodies[format as usize]
    }

    /// Returns the line of the page of changes; it is made once.
    pub(crate) fn line(&self, context: &Context) -> Option<&ChangeLine> {
        self.forms(context).line.as_ref()
    }

    fn forms(&self, context: &Context) -> &ItemFormats {
        self.forms.get_or_init(|| {
            let (event, at) = self.change.as_deref().expect("other items are written at once");
            Box::new(ItemFormats::of(&Item::Change(event, &event.published.changes[*at]), context))
        })
    }

    /// Adds the formats that are rendered already to the buffer of its event.
    pub(crate) fn add_to(&self, filling: &mut Filling) {
        let forms = self.forms.get().into_iter();
        forms.flat_map(|forms| &forms.bodies).for_each(|body| filling.add(body));
    }

    /// Returns the item with its bytes in that buffer.
    pub(crate) fn in_slab(mut self, slab: &Slab) -> Self {
        if let Some(forms) = self.forms.get_mut() {
            forms.bodies = forms.bodies.each_ref().map(|body| slab.part(body));
        }
        self
    }
}

impl ItemFormats {
    fn of(item: &Item<'_>, context: &Context) -> Self {
        let body = |row: &Row| match writer(row.format) {
            Writer::Items { item: write, .. } => write(item, context).into(),
            Writer::Entries { .. } => SharedBytes::default(),
        };
        let line = match item {
            Item::Event(_) | Item::End(_) => None,
            Item::Change(event, change) => Some(ChangeLine::of(event, change, context)),
        };
        Self { bodies: formats::each(body), line }
    }
}

/// Returns the overrides of a series that have pages.
// A subscriber would not notice them in the item of the series.
fn changed_dates<'a>(
    entry: &'a Entry,
    dates: &'a [(Occurrence, EventText)],
) -> impl Iterator<Item = &'a EventText> {
    let series = entry.published.event.series();
    let is_changed = move |date| series.is_some_and(|series| series.overrides.contains_key(date));
    dates.iter().filter(move |(one, _)| is_changed(&one.date)).map(|(_, text)| text)
}
