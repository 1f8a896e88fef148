//! What RSS, Atom and JSON Feed tell of an event: itself, the changed dates of a series, and its
//! changes, each as an item.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};

use super::body::Piece;
use super::html::{ChangeLine, Context};
use super::retirement::Notice;
use super::telling::Telling;
use super::{atom, json_feed, rss};
use crate::model::{Published, Revised};
use crate::recurrence::Occurrence;
use crate::schedule::Entry;
use crate::text::changes;
use crate::zone::Zones;

/// What one item tells.
pub enum Item<'a> {
    /// An event, or one date of a series.
    Event(&'a Telling),
    /// A change of an event: readers do not show edited items again.
    Change(&'a Published, &'a Revised, &'a Zones),
    /// The end of a feed.
    End(&'a Notice<'a>),
}

/// An item, ready to be put into feeds.
pub struct Fragment {
    /// When it was published.
    pub at: DateTime<Utc>,
    /// Claims that its event is not over.
    pub is_upcoming: bool,
    /// Claims that it stands in the feed, not only in the change log.
    pub is_in_feed: bool,
    /// The change that it tells of, by its place among all changes of the event.
    change: Option<(Arc<Published>, usize)>,
    forms: OnceLock<Forms>,
}

/// An item in every format.
pub struct Forms {
    pub rss: Piece,
    pub atom: Piece,
    pub json: Piece,
    /// The line of the change log.
    pub line: Option<Box<ChangeLine>>,
}

/// All items of an event; `whole` is what is told of it, and `dates` of the dates that have pages.
pub fn fragments(
    entry: &Entry,
    whole: &Telling,
    dates: &[(Occurrence, Telling)],
    now: DateTime<Utc>,
    context: &Context<'_>,
) -> Box<[Fragment]> {
    let is_upcoming = !entry.has_passed(now);
    let own = std::iter::once(whole).chain(changed_dates(entry, dates));
    let own = own.map(|telling| Fragment::of_event(telling, is_upcoming, context));
    let published = &entry.published;
    let told =
        published.changes.iter().enumerate().filter(|(_, change)| changes::is_logged(change));
    own.chain(told.map(|(at, change)| Fragment::of_change(published, at, change, context)))
        .collect()
}

impl Fragment {
    fn of_event(telling: &Telling, is_upcoming: bool, context: &Context<'_>) -> Self {
        let forms = Forms::of(&Item::Event(telling), context);
        let at = telling.published.revision.created;
        Self { at, is_upcoming, is_in_feed: true, change: None, forms: OnceLock::from(forms) }
    }

    /// The one item of a feed that has ended.
    pub fn of_end(notice: &Notice<'_>, context: &Context<'_>) -> Self {
        let forms = OnceLock::from(Forms::of(&Item::End(notice), context));
        let at = notice.retirement.begins;
        Self { at, is_upcoming: true, is_in_feed: true, change: None, forms }
    }

    fn of_change(
        published: &Arc<Published>,
        at: usize,
        change: &Revised,
        context: &Context<'_>,
    ) -> Self {
        let fragment = Self {
            at: change.at,
            is_upcoming: false,
            is_in_feed: change.is_material(),
            change: Some((Arc::clone(published), at)),
            forms: OnceLock::new(),
        };
        // That an event is new stands in change logs only, and these tell of the newest.
        if fragment.is_in_feed {
            fragment.forms(context);
        }
        fragment
    }

    /// Claims that it tells of a change.
    pub fn is_change(&self) -> bool {
        self.change.is_some()
    }

    /// The item in every format, made once.
    pub fn forms(&self, context: &Context<'_>) -> &Forms {
        self.forms.get_or_init(|| {
            let (published, at) = self.change.as_ref().expect("events are rendered at once");
            Forms::of(&Item::Change(published, &published.changes[*at], context.zones), context)
        })
    }
}

impl Forms {
    fn of(item: &Item<'_>, context: &Context<'_>) -> Self {
        let Context { site, urls, .. } = context;
        let line = match item {
            Item::Event(_) | Item::End(_) => None,
            Item::Change(published, change, _) => {
                Some(Box::new(ChangeLine::of(published, change, context)))
            }
        };
        Self {
            rss: rss::item(site, item, urls).into(),
            atom: atom::entry(site, item, urls).into(),
            json: json_feed::item(site, item, urls),
            line,
        }
    }
}

/// The dates of a series that have pages and are not as its rule says: a reader would not notice them in
/// the item of the series.
fn changed_dates<'a>(
    entry: &'a Entry,
    dates: &'a [(Occurrence, Telling)],
) -> impl Iterator<Item = &'a Telling> {
    let series = entry.published.event.series();
    let is_changed = move |date| series.is_some_and(|series| series.changes.contains_key(date));
    dates.iter().filter(move |(one, _)| is_changed(&one.date)).map(|(_, telling)| telling)
}
