//! The documents of a feed in every format, assembled from the segments and items of its events.
//!
//! They are assembled anew at each reload; only archives are taken from the memo, because there are so many of them.

use std::sync::Arc;

use super::Assembly;
use super::body::{Body, Content};
use super::document::Document;
use super::formats::{COUNT, FORMATS, Row};
use super::html::{self, Listing};
use super::item::FeedItem;
use super::link::Link;
use super::media_type::MediaType;
use super::memo::EventMemo;
use super::paging::{Listed, Pages};
use super::retirement::Notice;
use super::segment::Member;
use super::syndicated::Syndicated;
use super::variant::FeedVariant;
use super::{Writer, writer};
use super::{catalog, icalendar};
use crate::model::{Fingerprint, Note};
use crate::route::{Format, Route};

/// The number of changes that a change log holds at most.
const NEWEST_CHANGES: usize = 200;

/// The documents of a feed.
pub(crate) struct FeedDocuments {
    /// All documents but the archives.
    pub documents: Vec<Document>,
    /// The archives, each with its key in the memo.
    pub archives: Vec<(u128, Arc<Document>)>,
    /// The lists of its events; the overview shows those of the feed of everything.
    pub listing: Listing,
    /// The message for the administrator, if there is one.
    pub note: Option<Note>,
}

impl Assembly {
    /// Assembles all documents of a feed.
    pub(super) fn feed_documents(&self, part: &FeedVariant, memo: &EventMemo) -> FeedDocuments {
        let listing = self.listing(part);
        let mut documents = vec![self.page(part, &listing)];
        let pages = Pages::archived(self.items(part));
        for Row { format, .. } in &FORMATS {
            documents.push(match writer(*format) {
                Writer::Items { .. } if !part.is_retired => {
                    let count = pages.archives.len();
                    let current = Syndicated::current(part, count, *format, &self.context.urls);
                    self.syndicated(&current, &pages.current)
                }
                _ => self.part(part, Some(*format)),
            });
        }
        documents.extend(self.change_log(part));
        let archives = self.archives(part, &pages, memo);
        FeedDocuments { documents, archives, listing, note: self.note(part) }
    }

    /// Assembles a feed, or the part of it that a query asks for, in one format or as a page.
    // The path of an archive has no query, so a filtered feed has all its items in one document.
    pub(super) fn part(&self, part: &FeedVariant, format: Option<Format>) -> Document {
        let Some(format) = format else { return self.page(part, &self.listing(part)) };
        match writer(format) {
            Writer::Entries { feed, end, .. } => {
                let notice = Notice::of(part, &self.context);
                let last = notice.map(|notice| end(&notice, &self.context)).unwrap_or_default();
                let mut members = self.members(part, format);
                members.extend(
                    (!last.is_empty()).then_some(Member { segments: &last, is_over: false }),
                );
                let body = feed(part, &members, &self.context);
                self.document(part, Some(format), body)
            }
            Writer::Items { .. } => {
                let notice = Notice::of(part, &self.context);
                let last = notice.map(|notice| FeedItem::of_end(&notice, &self.context));
                let mut items = self.items(part);
                items.extend(last.iter().map(|item| Listed {
                    item,
                    key: (0, 0),
                    is_upcoming: true,
                }));
                let pages = Pages::whole(items);
                let current = Syndicated::current(part, 0, format, &self.context.urls);
                self.syndicated(&current, &pages.current)
            }
        }
    }

    /// Returns the events of a feed, each with its segments in a format.
    pub(super) fn members(&self, part: &FeedVariant, format: Format) -> Vec<Member<'_>> {
        let now = self.context.schedule.now;
        let member = |&at: &usize| Member {
            segments: self.events[at].segments(format),
            is_over: self.context.schedule.events[at].has_passed(now),
        };
        part.members.iter().map(member).collect()
    }

    /// Returns the items of a feed, in the order of its events.
    fn items(&self, part: &FeedVariant) -> Vec<Listed<'_>> {
        let now = self.context.schedule.now;
        let items = part.members.iter().flat_map(|&at| {
            let is_over = self.context.schedule.events[at].has_passed(now);
            let (event, key) = (&self.events[at], self.events[at].key);
            let items = event.items.iter().zip(0..).filter(|(item, _)| item.is_in_feed);
            items.map(move |(item, place)| {
                // All upcoming events stay in the feed itself, but only the newest changes.
                let is_upcoming = !item.is_change() && !is_over;
                Listed { item, key: (key, place), is_upcoming }
            })
        });
        items.collect()
    }

    /// Returns the lists of the events of a feed, or of a part of it, for its page.
    fn listing(&self, part: &FeedVariant) -> Listing {
        Listing::of(part, |index| &self.events[index], &self.context)
    }

    fn page(&self, part: &FeedVariant, listing: &Listing) -> Document {
        self.document(part, None, html::feed_page(part, listing, &self.context))
    }

    fn document(&self, part: &FeedVariant, format: Option<Format>, body: Body) -> Document {
        let (route, media_type) = (part.route(format), MediaType::of(format));
        Document::new(route, media_type, part.modified, body).linking(&self.links(part, format))
    }

    /// Returns the archives of a feed, the oldest first, each with its key; those in the memo are not made again.
    // They stay lists, however short they are: each item is in the archives of every feed that has the event, and
    // 10,000 events that are copied into the archives of two feeds in three formats are 180 MB more.
    fn archives(
        &self,
        part: &FeedVariant,
        pages: &Pages<'_>,
        memo: &EventMemo,
    ) -> Vec<(u128, Arc<Document>)> {
        let (mut fingerprint, urls) = (Fingerprint::default(), &self.context.urls);
        let count = pages.archives.len();
        let mut archives = Vec::with_capacity(count * COUNT);
        for (items, number) in pages.archives.iter().zip(1..) {
            let modified = items.first().map_or(part.modified, |one| one.item.at);
            let keys: Vec<_> = items.iter().map(|one| one.key).collect();
            // The newest archive has no `next-archive`: when another follows, it is made again.
            let of = (self.context.digest(), &part.feed, modified, number, number == count, keys);
            let made_from = fingerprint.of(&of);
            for Row { format, .. } in FORMATS.iter().filter(|row| has_items(row.format)) {
                let key = fingerprint.of(&(made_from, format));
                let made = || {
                    let place = (number, count);
                    let archive = Syndicated::archive(part, modified, place, *format, urls);
                    let content = Content::listed(self.syndicated_body(&archive, items));
                    Arc::new(self.syndicated_document(&archive, content))
                };
                archives.push((key, memo.archive(key).unwrap_or_else(made)));
            }
        }
        archives
    }

    fn syndicated(&self, feed: &Syndicated<'_>, items: &[Listed<'_>]) -> Document {
        self.syndicated_document(feed, Content::of(self.syndicated_body(feed, items)))
    }

    fn syndicated_body(&self, feed: &Syndicated<'_>, items: &[Listed<'_>]) -> Body {
        let items = items.iter().map(|one| one.item.body(feed.format, &self.context));
        match writer(feed.format) {
            Writer::Items { feed: write, .. } => {
                write(feed, &items.collect::<Vec<_>>(), &self.context)
            }
            Writer::Entries { .. } => Body::default(),
        }
    }

    fn syndicated_document(&self, feed: &Syndicated<'_>, content: Content) -> Document {
        let mut links = self.links(feed.part, Some(feed.format));
        links.extend(feed.links());
        let media_type = MediaType::Format(feed.format);
        Document::with(feed.route.clone(), media_type, feed.modified, content).linking(&links)
    }

    /// Returns the links of the `Link` header: from the page to the documents in all formats, or from one of these to
    /// the page.
    fn links(&self, part: &FeedVariant, format: Option<Format>) -> Vec<Link> {
        let urls = &self.context.urls;
        let url = |row: &Row| part.url(Some(row.format), urls);
        let mut links: Vec<Link> = match format {
            None => FORMATS
                .iter()
                .map(|row| Link::alternate(url(row), MediaType::Format(row.format)))
                .collect(),
            Some(_) => vec![Link::alternate(part.url(None, urls), MediaType::Html)],
        };
        links.push(Link::new(urls.absolute(&Route::Catalogue), catalog::RELATION));
        let successor = part.feed.retirement.as_ref().and_then(|one| one.successor.clone());
        // RFC 5829 registers `successor-version`: programs find the successor of a feed that ends.
        links.extend(successor.map(|successor| {
            let route = Route::Feed(part.variant, successor, format);
            Link::new(urls.absolute(&route), "successor-version")
        }));
        let license = part.feed.license.iter().map(ToString::to_string);
        links.extend(license.map(|license| Link::new(license, "license")));
        links
    }

    /// Assembles the change log of a feed, the newest change first, as a page and in the formats that have one.
    fn change_log(&self, part: &FeedVariant) -> Vec<Document> {
        let items = part.members.iter().flat_map(|&at| &self.events[at].items);
        let items = items.filter(|item| item.is_change());
        let items = items.map(|item| Listed { item, key: (0, 0), is_upcoming: false });
        let mut items = Pages::whole(items.collect()).current;
        items.truncate(NEWEST_CHANGES);
        let lines = items.iter().filter_map(|one| one.item.line(&self.context)).collect();
        let page = html::change_log(part, lines, &self.context);
        let document = |format, body: Body| {
            Document::new(part.changes(format), MediaType::of(format), part.modified, body)
        };
        let rows = FORMATS.iter().filter(|row| row.has_change_log);
        let logs = rows.map(|row| {
            let log = Syndicated::change_log(part, row.format, &self.context.urls);
            document(Some(row.format), self.syndicated_body(&log, &items))
        });
        std::iter::once(document(None, page.into())).chain(logs).collect()
    }

    /// Returns the message for the administrator about past events that the calendar of a feed leaves out, or about a
    /// calendar that is too large without them.
    fn note(&self, part: &FeedVariant) -> Option<Note> {
        let icalendar::Fit { left_out, is_too_large, .. } =
            icalendar::fit(&self.members(part, Format::Ics));
        let slug = &part.feed.slug;
        // Upcoming events are never dropped: the feed is served whole, and the excess is reported.
        if is_too_large {
            return Some(Note::Fault(format!(
                "the calendar of `{slug}` has more than 1,000 entries or 900 kB of upcoming \
                 events alone: Google will not read it; split the feed"
            )));
        }
        (left_out > 0).then(|| {
            let events = if left_out == 1 { "event" } else { "events" };
            Note::Hint(format!(
                "the calendar of `{slug}` leaves out its {left_out} oldest past {events}, so that all \
                 programs can read it (at most 1,000 entries and 900 kB); its other formats have them"
            ))
        })
    }
}

/// Returns whether feeds in this format consist of items and have archives.
fn has_items(format: Format) -> bool {
    matches!(writer(format), Writer::Items { .. })
}
