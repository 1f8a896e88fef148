//! All documents of a feed; what they tell again is kept from one state to the next.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::body::{Digest, Piece, digest_of};
use super::html::Listing;
use super::item;
use super::paging::Pages;
use super::rendered::Rendered;
use super::syndicated::Syndicated;
use super::urls::Suffix;
use super::{Document, MediaType, Renderer, change_log};
use crate::schedule::FeedAgenda;

/// The documents of a feed, and what they were made from.
pub struct Bundle {
    members: Vec<Arc<Rendered>>,
    modified: DateTime<Utc>,
    is_retired: bool,
    pub documents: Vec<Arc<Document>>,
    /// Its events as pages list them.
    pub listing: Listing,
    archives: Vec<Archive>,
}

/// One archive (RFC 5005 §4) in each form.
struct Archive {
    /// Of the items in it.
    digest: Digest,
    modified: DateTime<Utc>,
    /// Claims that no newer one follows.
    is_last: bool,
    documents: [Arc<Document>; 3],
}

/// The forms that have archives.
const FORMS: [Suffix; 3] = [Suffix::Rss, Suffix::Atom, Suffix::Json];

impl Bundle {
    /// What stands between the head and the foot of its document of this type, and its foot.
    pub fn pieces(bundle: Option<&Self>, media_type: MediaType) -> &[Piece] {
        let documents = bundle.map_or(&[][..], |bundle| &bundle.documents);
        let document = documents.iter().find(|document| document.media_type == media_type);
        document.and_then(|document| document.body.pieces().get(1..)).unwrap_or_default()
    }

    /// Claims that the members of `feed` have the same addresses.
    pub fn has_addresses_of(&self, feed: &FeedAgenda, events: &[Arc<Rendered>]) -> bool {
        let members = feed.members.iter().map(|&at| &events[at]);
        let is_same = |(one, other): (&Arc<Rendered>, &Arc<Rendered>)| {
            Arc::ptr_eq(one, other) || one.address() == other.address()
        };
        self.members.len() == feed.members.len() && self.members.iter().zip(members).all(is_same)
    }

    /// Claims that these members and this feed would give the same documents.
    fn is_of(&self, feed: &FeedAgenda, members: &[Arc<Rendered>]) -> bool {
        let is_same = |(one, other)| Arc::ptr_eq(one, other);
        self.modified == feed.modified
            && self.is_retired == feed.is_retired
            && self.members.len() == members.len()
            && self.members.iter().zip(members).all(is_same)
    }
}

impl Renderer<'_> {
    /// All documents of a feed; `earlier` is its bundle where the site and what its feeds say of themselves
    /// are as they were.
    pub(super) fn bundle(&self, feed: &FeedAgenda, earlier: Option<&Arc<Bundle>>) -> Arc<Bundle> {
        let members: Vec<_> = feed.members.iter().map(|&at| Arc::clone(&self.events[at])).collect();
        if let Some(known) = earlier.filter(|known| known.is_of(feed, &members)) {
            return Arc::clone(known);
        }
        let earlier = earlier.map(|earlier| &**earlier);
        let listing = self.listing(feed, earlier);
        let alone = [Suffix::Ics, Suffix::JsonLd, Suffix::Csv];
        let alone = alone.into_iter().map(|suffix| self.part(feed, Some(suffix), earlier));
        let page = std::iter::once(self.page(feed, &listing));
        let mut documents: Vec<_> = page.chain(alone).map(Arc::new).collect();
        let mut archives = Vec::new();
        if feed.is_retired {
            let forms = FORMS.map(|suffix| self.part(feed, Some(suffix), None));
            documents.extend(forms.map(Arc::new));
        } else {
            let items = members.iter().flat_map(|one| &one.items).filter(|item| item.is_in_feed);
            let pages = Pages::of(items.collect());
            documents.extend(self.current(feed, &pages, earlier).map(Arc::new));
            archives = self.archives(feed, &pages, earlier.map_or(&[], |one| &one.archives));
        }
        documents.extend(archives.iter().flat_map(|archive| archive.documents.iter().cloned()));
        let items = members.iter().flat_map(|one| &one.items);
        let changes = change_log::documents(feed, items, &self.context);
        documents.extend(changes.into_iter().map(Arc::new));
        let FeedAgenda { modified, is_retired, .. } = *feed;
        Arc::new(Bundle { members, modified, is_retired, documents, listing, archives })
    }

    fn current(
        &self,
        feed: &FeedAgenda,
        pages: &Pages<'_>,
        earlier: Option<&Bundle>,
    ) -> [Document; 3] {
        FORMS.map(|suffix| {
            let count = pages.archives.len();
            let current = Syndicated::current(&feed.feed, feed.modified, count, suffix);
            self.syndicate(&current, &pages.current, earlier)
        })
    }

    /// The archives, the oldest first; those of which nothing changed are `earlier` ones.
    fn archives(&self, feed: &FeedAgenda, pages: &Pages<'_>, earlier: &[Archive]) -> Vec<Archive> {
        let count = pages.archives.len();
        let archive = |(at, items): (usize, &Vec<&item::Fragment>)| {
            let (number, is_last) = (at + 1, at + 1 == count);
            let modified = items.first().map_or(feed.modified, |item| item.at);
            let digest = self.digest(items);
            let is_same = |known: &&Archive| {
                known.digest == digest && known.modified == modified && known.is_last == is_last
            };
            let documents = match earlier.get(at).filter(is_same) {
                Some(known) => known.documents.clone(),
                None => FORMS.map(|suffix| {
                    let archive = Syndicated::archive(&feed.feed, modified, number, count, suffix);
                    Arc::new(self.syndicate(&archive, items, None))
                }),
            };
            Archive { digest, modified, is_last, documents }
        };
        pages.archives.iter().enumerate().map(archive).collect()
    }

    /// Another one where an item is another in any form.
    fn digest(&self, items: &[&item::Fragment]) -> Digest {
        let forms = items.iter().map(|item| item.forms(&self.context));
        digest_of(forms.flat_map(|item::Forms { rss, atom, json, .. }| [rss, atom, json]))
    }
}
