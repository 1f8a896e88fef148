//! The items of RSS, Atom and JSON Feed: an event, the changed dates of a series, and each change.

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

/// What one item is about.
pub enum Item<'a> {
    /// An event, or one date of a series.
    Event(&'a EventText),
    /// A change of an event: readers do not show edited items again.
    Change(&'a EventVariant, &'a Change),
    /// The end of a feed.
    End(&'a Notice<'a>),
}

/// An item, ready to be put into feeds.
pub struct FeedItem {
    /// When it was published.
    pub at: DateTime<Utc>,
    /// The event whose change it is, and the place of the change among all of them.
    change: Option<Box<(EventVariant, usize)>>,
    /// Whether it stands in the feed, not only in the change log.
    pub is_in_feed: bool,
    forms: OnceLock<Box<ItemForms>>,
}

/// An item in every format that has items.
struct ItemForms {
    bodies: [SharedBytes; COUNT],
    /// The line of the change log.
    line: Option<ChangeLine>,
}

/// All items of an event; `dates` are those of a series that have pages.
pub fn items(
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
        let forms = ItemForms::of(&Item::Event(text), context);
        let at = text.published().revision.created;
        Self { at, change: None, is_in_feed: true, forms: OnceLock::from(Box::new(forms)) }
    }

    /// The one item of a feed that has ended.
    pub fn of_end(notice: &Notice<'_>, context: &Context) -> Self {
        let forms = ItemForms::of(&Item::End(notice), context);
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
        // That an event is new stands in change logs only, and these name the newest: most are never written.
        if item.is_in_feed {
            item.forms(context);
        }
        item
    }

    /// Returns whether it is about a change.
    pub fn is_change(&self) -> bool {
        self.change.is_some()
    }

    /// The item in a format, made once.
    pub fn body(&self, format: Format, context: &Context) -> &SharedBytes {
        &self.forms(context).bodies[format as usize]
    }

    /// The line of the change log, made once.
    pub fn line(&self, context: &Context) -> Option<&ChangeLine> {
        self.forms(context).line.as_ref()
    }

    fn forms(&self, context: &Context) -> &ItemForms {
        self.forms.get_or_init(|| {
            let (event, at) = self.change.as_deref().expect("other items are written at once");
            Box::new(ItemForms::of(&Item::Change(event, &event.published.changes[*at]), context))
        })
    }

    /// Adds what is written of it to the buffer of its event.
    pub fn add_to(&self, filling: &mut Filling) {
        let forms = self.forms.get().into_iter();
        forms.flat_map(|forms| &forms.bodies).for_each(|body| filling.add(body));
    }

    /// The item with its bytes in that buffer.
    pub fn in_slab(mut self, slab: &Slab) -> Self {
        if let Some(forms) = self.forms.get_mut() {
            forms.bodies = forms.bodies.each_ref().map(|body| slab.part(body));
        }
        self
    }
}

impl ItemForms {
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

/// The dates of a series that have pages and are not as its rule says: a reader would not notice them in
/// the item of the series.
fn changed_dates<'a>(
    entry: &'a Entry,
    dates: &'a [(Occurrence, EventText)],
) -> impl Iterator<Item = &'a EventText> {
    let series = entry.published.event.series();
    let is_changed = move |date| series.is_some_and(|series| series.overrides.contains_key(date));
    dates.iter().filter(move |(one, _)| is_changed(&one.date)).map(|(_, text)| text)
}
