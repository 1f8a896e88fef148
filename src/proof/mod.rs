//! The proof that every document says the same: what was rendered is read back by parsers that are not
//! ours, and compared with the model.
//!
//! In: the agenda, and the documents as they are served. Out: a [`Proof`] with every mismatch. Knows no
//! renderer but the words for an event.

mod calendar;
mod data;
mod mismatch;
mod statement;
mod syndication;
mod table;
mod vevent;
mod xml;

use std::collections::BTreeMap;

use crate::parallel;
use crate::render::{Assembly, EventVariant, FeedPart, MediaType, Variants};
use crate::route::{Format, Route};
use crate::schedule::{Agenda, Entry};
use crate::snapshot::Snapshot;
use data::Node;
use mismatch::Comparison;
pub use mismatch::Mismatch;
use statement::Expected;
use syndication::Items;

/// Documents by their paths.
pub type Documents = BTreeMap<String, (MediaType, Vec<u8>)>;

/// What was compared, and what is not the same.
#[derive(Debug, Default)]
pub struct Proof {
    /// How many documents were read.
    pub documents: usize,
    /// How many events were compared.
    pub events: usize,
    /// How many dates of series were compared one by one.
    pub dates: usize,
    /// What is not the same, by path.
    pub mismatches: Vec<Mismatch>,
}

/// All documents of a snapshot, as they are served.
#[must_use]
pub fn documents(snapshot: &Snapshot) -> Documents {
    let resources = snapshot.iter();
    resources.map(|(path, one)| (path, (one.media_type(), one.content().to_vec()))).collect()
}

/// Compares `documents` with what they were put together from, in every language.
#[must_use]
pub fn prove(variants: &Variants, documents: &Documents) -> Proof {
    let mut proof = Proof::default();
    for assembly in variants.iter() {
        proof.add(assembly, documents);
    }
    proof.mismatches.sort_by(|one, other| one.path.cmp(&other.path));
    proof
}

impl Proof {
    fn add(&mut self, assembly: &Assembly, documents: &Documents) {
        let entries = assembly.agenda().events.iter().map(|entry| &**entry);
        let events: Vec<(&Entry, &EventVariant)> = entries.zip(assembly.events()).collect();
        let expected =
            parallel::map(&events, |(entry, event)| Expected::of(entry, event, assembly));
        let shelf = Shelf { documents, assembly };
        let mut checks = parallel::map(&expected, |one| shelf.event(one));
        let members = |part: &FeedPart| part.members.iter().map(|&at| &expected[at]).collect();
        checks.extend(parallel::each(assembly.feeds(), |part| shelf.feed(part, &members(part))));
        checks.push(shelf.sitemap(&expected));
        self.documents += checks.iter().map(|check| check.documents).sum::<usize>();
        self.mismatches.extend(checks.into_iter().flat_map(|check| check.mismatches));
        // The events are the same in each language variant.
        self.events = self.events.max(expected.len());
        let dates = expected.iter().map(|one| one.dates.len()).sum();
        self.dates = self.dates.max(dates);
    }
}

/// What was found in some documents.
#[derive(Default)]
struct Check {
    documents: usize,
    mismatches: Vec<Mismatch>,
}

struct Shelf<'a> {
    documents: &'a Documents,
    assembly: &'a Assembly,
}

impl Shelf<'_> {
    fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(&self.documents.get(path)?.1).ok()
    }

    /// Reads one document; one that is not there is a mismatch, too.
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

    /// Returns whether the page of an event belongs to this language variant.
    fn is_here(&self, expected: &Expected<'_>) -> bool {
        expected.event.page == self.assembly.variant()
    }

    /// An event and its dates, each in every format that it has.
    fn event(&self, expected: &Expected<'_>) -> Check {
        let mut check = Check::default();
        if !expected.entry.is_page() || !self.is_here(expected) {
            return check;
        }
        let (node, page) = (Node::Whole(expected), &expected.whole.words.route);
        let at = |format| page.clone().in_format(format);
        let of_calendar = |path: &str, text: &str| calendar::event(path, text, expected);
        self.read_at(&mut check, &at(Format::Ics), of_calendar);
        self.read_at(&mut check, &at(Format::JsonLd), |path, text| data::file(path, text, &node));
        self.read_at(&mut check, page, |path, text| data::page(path, text, &node));
        for statement in expected.entry.pages().filter_map(|one| expected.dates.get(&one.date)) {
            let (node, page) = (Node::Date(statement), &statement.words.route);
            let at = |format| page.clone().in_format(format);
            let of_calendar =
                |path: &str, text: &str| calendar::date(path, text, statement, expected.zones);
            self.read_at(&mut check, &at(Format::Ics), of_calendar);
            self.read_at(&mut check, &at(Format::JsonLd), |path, text| {
                data::file(path, text, &node)
            });
            self.read_at(&mut check, page, |path, text| data::page(path, text, &node));
        }
        check
    }

    /// A feed in every format.
    fn feed(&self, part: &FeedPart, members: &Vec<&Expected<'_>>) -> Check {
        let mut check = Check::default();
        // It names no event.
        if part.is_retired {
            return check;
        }
        let at = |format| part.route(Some(format));
        let Agenda { site, zones, .. } = self.assembly.agenda();
        let in_calendar = self.in_calendar(part, members);
        self.read_at(&mut check, &at(Format::Ics), |path, text| {
            calendar::feed(path, text, site, &part.feed, &in_calendar, zones)
        });
        self.read_at(&mut check, &at(Format::JsonLd), |path, text| data::feed(path, text, members));
        self.read_at(&mut check, &at(Format::Csv), |path, text| {
            table::feed(path, text, part.variant, members)
        });
        self.read_at(&mut check, &part.route(None), |path, text| data::list(path, text, members));
        let items = Items::of(members);
        for format in [Format::Rss, Format::Atom, Format::Json] {
            self.read_at(&mut check, &at(format), |path, text| {
                let archives = (1..).map_while(|number| {
                    let slug = part.feed.slug.clone();
                    let path = Route::Archive(part.variant, slug, number, format).path();
                    let text = self.text(&path)?;
                    Some((path, text))
                });
                let own = (path.to_owned(), text);
                let all: Vec<_> = std::iter::once(own).chain(archives).collect();
                syndication::feed(format, &all, &items)
            });
        }
        for format in [Format::Rss, Format::Json] {
            self.read_at(&mut check, &part.changes(Some(format)), |path, text| {
                syndication::change_log(format, path, text, &items)
            });
        }
        check
    }

    /// What the calendar of a feed holds: not its oldest past events, where it would be too large.
    fn in_calendar<'b>(
        &self,
        part: &FeedPart,
        members: &[&'b Expected<'b>],
    ) -> Vec<&'b Expected<'b>> {
        let mut left_out = self.assembly.left_out(part);
        let is_told = |one: &&&'b Expected<'b>| {
            let is_left_out = left_out > 0 && one.entry.has_passed(self.assembly.agenda().now);
            left_out -= usize::from(is_left_out);
            !is_left_out
        };
        members.iter().filter(is_told).copied().collect()
    }

    /// The sitemap lists the page of every event.
    fn sitemap(&self, expected: &[Expected<'_>]) -> Check {
        let mut check = Check::default();
        self.read_at(&mut check, &Route::Sitemap, |path, text| {
            let mut comparison = Comparison::of(path);
            match xml::read(text) {
                Err(fault) => comparison.unreadable(fault),
                Ok(root) => {
                    let root_url = self.assembly.urls().absolute(&Route::Sitemap);
                    let root_url = root_url.trim_end_matches(path);
                    let found = root.all("url").filter_map(|one| one.text_of("loc"));
                    let is_event = |url: &&str| {
                        let route = url.strip_prefix(root_url).and_then(Route::parse);
                        let variant = self.assembly.variant();
                        route.is_some_and(
                            |route| matches!(route, Route::Event(of, ..) if of == variant),
                        )
                    };
                    let pages = expected.iter().filter(|one| one.entry.is_page());
                    let pages = pages.filter(|one| self.is_here(one));
                    let expected = pages.map(|one| one.whole.words.page.as_str()).collect();
                    comparison.same_set("page", found.filter(is_event).collect(), expected);
                }
            }
            comparison.mismatches
        });
        check
    }
}
