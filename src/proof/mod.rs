//! The proof that all documents agree: they are read back with parsers that this project did not write, and compared
//! with the published state.
//!
//! It takes the published state as plain data and the documents as they are served, and returns a [`Proof`] with every
//! mismatch. Identities, times, places, status, membership and order are worked out from the events; the texts that it
//! expects are those of `render`, which `app` hands over. It calls no renderer. It did once, and so stood on the rooms that it judges: a column of the CSV that
//! moved there moved here, too, and nothing was found. Now it decides by lines of its own which dates have pages, which
//! items a feed has and which changes a log has.

mod calendar;
mod data;
mod mismatch;
mod published;
mod statement;
mod syndication;
mod table;
mod vevent;
mod xml;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::route::{Format, Route};
use data::Node;
use mismatch::Comparison;
pub use mismatch::Mismatch;
pub use published::EventTexts;
pub(crate) use published::{
    PublishedEvent, PublishedFeed, PublishedVariant, SessionTexts, Statement,
};
use syndication::Items;

/// The bytes of all documents, by path.
pub type Documents = BTreeMap<String, Vec<u8>>;

/// The result of a comparison.
#[derive(Debug, Default)]
pub struct Proof {
    /// The number of documents that were read.
    pub documents: usize,
    /// The number of events that were compared.
    pub events: usize,
    /// The number of dates of series that were compared one by one.
    pub dates: usize,
    /// All mismatches, sorted by path.
    pub mismatches: Vec<Mismatch>,
}

/// Compares `documents` with the published state of each language variant.
#[must_use]
pub fn prove(variants: impl IntoIterator<Item = PublishedVariant>, documents: &Documents) -> Proof {
    let mut proof = Proof::default();
    for variant in variants {
        proof.add(&variant, documents);
    }
    proof.mismatches.sort_by(|one, other| one.path.cmp(&other.path));
    proof
}

impl Proof {
    fn add(&mut self, variant: &PublishedVariant, documents: &Documents) {
        let reader = DocumentReader { documents, variant };
        let PublishedVariant { events, feeds, .. } = variant;
        let mut checks: Vec<Check> = events.par_iter().map(|one| reader.event(one)).collect();
        checks.par_extend(feeds.par_iter().map(|one| reader.feed(one)));
        checks.push(reader.sitemap());
        self.documents += checks.iter().map(|check| check.documents).sum::<usize>();
        self.mismatches.extend(checks.into_iter().flat_map(|check| check.mismatches));
        // Both language variants have the same events; each is counted once.
        self.events = self.events.max(events.len());
        let dates = events.iter().map(|one| one.dates.len()).sum();
        self.dates = self.dates.max(dates);
    }
}

/// The result of reading some documents.
#[derive(Default)]
struct Check {
    documents: usize,
    mismatches: Vec<Mismatch>,
}

/// Reads the documents of one language variant back.
struct DocumentReader<'a> {
    documents: &'a Documents,
    variant: &'a PublishedVariant,
}

impl DocumentReader<'_> {
    fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.documents.get(path)?).ok()
    }

    /// Reads one document. A missing one is a mismatch, too.
    fn read(&self, check: &mut Check, path: &str, read: impl FnOnce(&str) -> Vec<Mismatch>) {
        check.documents += 1;
        let mut absent = Comparison::of(path);
        absent.unreadable("no document in UTF-8");
        check.mismatches.extend(self.text(path).map_or(absent.mismatches, read));
    }

    /// Reads the document at a route.
    fn read_at(
        &self,
        check: &mut Check,
        route: &Route,
        read: impl FnOnce(&str, &str) -> Vec<Mismatch>,
    ) {
        let path = route.path();
        self.read(check, &path, |text| read(&path, text));
    }

    /// Returns whether an event has a page in this language variant.
    fn is_here(&self, event: &PublishedEvent) -> bool {
        event.has_own_page() && event.page == self.variant.variant
    }

    /// Reads the documents of an event, and those of its dates, in every format that they have.
    fn event(&self, event: &PublishedEvent) -> Check {
        let mut check = Check::default();
        if !self.is_here(event) {
            return check;
        }
        let zones = &self.variant.zones;
        let (node, page) = (Node::Event(event), &event.statement.route);
        let at = |format| page.clone().in_format(format);
        let of_calendar = |path: &str, text: &str| calendar::event(path, text, event, zones);
        self.read_at(&mut check, &at(Format::Ics), of_calendar);
        self.read_at(&mut check, &at(Format::JsonLd), |path, text| data::file(path, text, &node));
        self.read_at(&mut check, page, |path, text| data::page(path, text, &node));
        for statement in event.pages() {
            let (node, page) = (Node::Date(statement), &statement.route);
            let at = |format| page.clone().in_format(format);
            let of_calendar = |path: &str, text: &str| calendar::date(path, text, statement, zones);
            self.read_at(&mut check, &at(Format::Ics), of_calendar);
            self.read_at(&mut check, &at(Format::JsonLd), |path, text| {
                data::file(path, text, &node)
            });
            self.read_at(&mut check, page, |path, text| data::page(path, text, &node));
        }
        check
    }

    /// Reads the documents of a feed in every format.
    fn feed(&self, of: &PublishedFeed) -> Check {
        let mut check = Check::default();
        // A feed that has ended has no events.
        if of.is_retired {
            return check;
        }
        let PublishedVariant { variant, site, zones, events, .. } = self.variant;
        let (slug, variant) = (&of.feed.slug, *variant);
        let members: Vec<&PublishedEvent> = of.members.iter().map(|&at| &events[at]).collect();
        let page = Route::Feed(variant, slug.clone(), None);
        let at = |format| page.clone().in_format(format);
        let in_calendar = self.in_calendar(of, &members);
        self.read_at(&mut check, &at(Format::Ics), |path, text| {
            calendar::feed(path, text, *site, &of.feed, &in_calendar, zones)
        });
        self.read_at(&mut check, &at(Format::JsonLd), |path, text| {
            data::feed(path, text, &members)
        });
        self.read_at(&mut check, &at(Format::Csv), |path, text| {
            table::feed(path, text, variant, &members)
        });
        self.read_at(&mut check, &page, |path, text| data::list(path, text, &members));
        // Three formats, and the change logs, have these same items.
        let items = Items::of(&members);
        for format in [Format::Rss, Format::Atom, Format::Json] {
            self.read_at(&mut check, &at(format), |path, text| {
                // Archives are numbered without gaps; the first number without a document is the end of them.
                let archives = (1..).map_while(|number| {
                    let path = Route::Archive(variant, slug.clone(), number, format).path();
                    let text = self.text(&path)?;
                    Some((path, text))
                });
                let own = (path.to_owned(), text);
                let all: Vec<_> = std::iter::once(own).chain(archives).collect();
                syndication::feed(format, &all, &items)
            });
        }
        for format in [Format::Rss, Format::Json] {
            let changes = Route::Changes(variant, slug.clone(), Some(format));
            self.read_at(&mut check, &changes, |path, text| {
                syndication::change_log(format, path, text, &items)
            });
        }
        check
    }

    /// Returns the events that the calendar of a feed has: all but the oldest past ones that it had to leave out.
    fn in_calendar<'b>(
        &self,
        feed: &PublishedFeed,
        members: &[&'b PublishedEvent],
    ) -> Vec<&'b PublishedEvent> {
        // Members are by start, so the first past ones are the oldest.
        let mut left_out = feed.left_out;
        let is_held = |one: &&&PublishedEvent| {
            let is_left_out = left_out > 0 && one.has_passed(self.variant.now);
            left_out -= usize::from(is_left_out);
            !is_left_out
        };
        members.iter().filter(is_held).copied().collect()
    }

    /// Reads the sitemap: it has the page of every event of this language variant, and no other event's.
    fn sitemap(&self) -> Check {
        let mut check = Check::default();
        self.read_at(&mut check, &Route::Sitemap, |path, text| {
            let mut comparison = Comparison::of(path);
            match xml::read(text) {
                Err(fault) => comparison.unreadable(fault),
                Ok(tree) => {
                    let pages = tree.root_element().children();
                    let pages = pages.filter(|child| child.has_tag_name("url"));
                    let found = pages.filter_map(|page| xml::text_of(page, "loc"));
                    let root_url = self.variant.urls.absolute(&Route::Sitemap);
                    let root_url = root_url.trim_end_matches(path);
                    let is_event = |url: &&str| {
                        let route = url.strip_prefix(root_url).and_then(Route::parse);
                        let variant = self.variant.variant;
                        route.is_some_and(
                            |route| matches!(route, Route::Event(of, ..) if of == variant),
                        )
                    };
                    let pages = self.variant.events.iter().filter(|one| self.is_here(one));
                    let expected = pages.map(|one| one.statement.page.as_str()).collect();
                    comparison.same_set("page", found.filter(is_event).collect(), expected);
                }
            }
            comparison.mismatches
        });
        check
    }
}
