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
use crate::render::urls::{self, Suffix, Urls};
use crate::render::{Assembly, Editions, MediaType};
use crate::schedule::{Agenda, Entry, FeedAgenda};
use crate::snapshot::Snapshot;
use data::Node;
use mismatch::Comparison;
pub use mismatch::Mismatch;
use statement::Expected;
use syndication::Items;

/// Documents by their paths.
pub type Documents<'a> = BTreeMap<&'a str, (MediaType, Vec<u8>)>;

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
pub fn documents(snapshot: &Snapshot) -> Documents<'_> {
    let resources = snapshot.iter();
    resources.map(|(path, one)| (path, (one.media_type(), one.body().to_octets()))).collect()
}

/// Compares `documents` with what they were put together from, in every language.
#[must_use]
pub fn prove(editions: &Editions, documents: &Documents<'_>) -> Proof {
    let mut proof = Proof::default();
    for assembly in editions.iter() {
        proof.add(assembly, documents);
    }
    proof.mismatches.sort_by(|one, other| one.path.cmp(&other.path));
    proof
}

impl Proof {
    fn add(&mut self, assembly: &Assembly, documents: &Documents<'_>) {
        let (agenda, urls) = (assembly.agenda(), assembly.urls());
        let entries: Vec<&Entry> = agenda.events.iter().map(|entry| &**entry).collect();
        let expected = parallel::map(&entries, |entry| Expected::of(entry, agenda, urls));
        let shelf = Shelf { documents, agenda, assembly };
        let mut checks = parallel::map(&expected, |one| shelf.event(one));
        let members = |feed: &FeedAgenda| feed.members.iter().map(|&at| &expected[at]).collect();
        checks.extend(parallel::each(&agenda.feeds, |feed| shelf.feed(feed, &members(feed))));
        checks.push(shelf.sitemap(&expected, urls));
        self.documents += checks.iter().map(|check| check.documents).sum::<usize>();
        self.mismatches.extend(checks.into_iter().flat_map(|check| check.mismatches));
        // Each edition tells of the same ones.
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
    documents: &'a Documents<'a>,
    agenda: &'a Agenda,
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

    /// Claims that the page of an event belongs to this edition.
    fn is_here(&self, expected: &Expected<'_>) -> bool {
        expected.whole.event.page_edition == self.agenda.site.edition
    }

    /// An event and its dates, each in every format that it has.
    fn event(&self, expected: &Expected<'_>) -> Check {
        let mut check = Check::default();
        if !expected.entry.is_page() || !self.is_here(expected) {
            return check;
        }
        let event = &expected.whole.event;
        let node = Node::Whole(expected);
        let path = urls::event_as(event, Suffix::Ics);
        self.read(&mut check, &path, |text| calendar::event(&path, text, expected));
        let path = urls::event_as(event, Suffix::JsonLd);
        self.read(&mut check, &path, |text| data::file(&path, text, &node));
        let path = urls::event(event);
        self.read(&mut check, &path, |text| data::page(&path, text, &node));
        for statement in expected.entry.pages().filter_map(|one| expected.dates.get(&one.date)) {
            let node = Node::Date(statement);
            let path = urls::event_as(&statement.event, Suffix::Ics);
            self.read(&mut check, &path, |text| {
                calendar::date(&path, text, statement, expected.zones)
            });
            let path = urls::event_as(&statement.event, Suffix::JsonLd);
            self.read(&mut check, &path, |text| data::file(&path, text, &node));
            let path = urls::event(&statement.event);
            self.read(&mut check, &path, |text| data::page(&path, text, &node));
        }
        check
    }

    /// A feed in every format.
    fn feed(&self, feed: &FeedAgenda, members: &Vec<&Expected<'_>>) -> Check {
        let mut check = Check::default();
        // It tells of no event.
        if feed.is_retired {
            return check;
        }
        let about = &feed.feed;
        let path = urls::feed_as(&about.slug, about.edition, Suffix::Ics);
        let site = &self.agenda.site;
        let told = self.in_calendar(feed, members);
        self.read(&mut check, &path, |text| {
            calendar::feed(&path, text, site, about, &told, &self.agenda.zones)
        });
        let path = urls::feed_as(&about.slug, about.edition, Suffix::JsonLd);
        self.read(&mut check, &path, |text| data::feed(&path, text, members));
        let path = urls::feed_as(&about.slug, about.edition, Suffix::Csv);
        self.read(&mut check, &path, |text| table::feed(&path, text, members));
        let path = urls::feed(&about.slug, about.edition);
        self.read(&mut check, &path, |text| data::list(&path, text, members));
        let items = Items::of(members);
        for suffix in [Suffix::Rss, Suffix::Atom, Suffix::Json] {
            let path = urls::feed_as(&about.slug, about.edition, suffix);
            self.read(&mut check, &path, |text| {
                let archives = (1..).map_while(|number| {
                    let path = urls::archive(about, number, suffix);
                    Some((path.clone(), self.text(&path)?))
                });
                let all: Vec<_> = std::iter::once((path.clone(), text)).chain(archives).collect();
                syndication::feed(suffix, &all, &items)
            });
        }
        for suffix in [Suffix::Rss, Suffix::Json] {
            let path = urls::changes_as(about, suffix);
            let log = |text: &str| syndication::change_log(suffix, &path, text, &items);
            self.read(&mut check, &path, log);
        }
        check
    }

    /// What the calendar of a feed holds: not its oldest past events, where it would be too large.
    fn in_calendar<'b>(
        &self,
        feed: &FeedAgenda,
        members: &[&'b Expected<'b>],
    ) -> Vec<&'b Expected<'b>> {
        let mut left_out = self.assembly.left_out(feed);
        let is_told = |one: &&&'b Expected<'b>| {
            let is_left_out = left_out > 0 && one.entry.has_passed(self.agenda.now);
            left_out -= usize::from(is_left_out);
            !is_left_out
        };
        members.iter().filter(is_told).copied().collect()
    }

    /// The sitemap lists the page of every event.
    fn sitemap(&self, expected: &[Expected<'_>], urls: &Urls) -> Check {
        let mut check = Check::default();
        self.read(&mut check, urls::SITEMAP, |text| {
            let mut comparison = Comparison::of(urls::SITEMAP);
            match xml::read(text) {
                Err(fault) => comparison.unreadable(fault),
                Ok(root) => {
                    let found: Vec<&str> =
                        root.all("url").filter_map(|one| one.text_of("loc")).collect();
                    let events = urls::in_edition("/events/", self.agenda.site.edition);
                    let events = urls.absolute(&events);
                    let pages = expected.iter().filter(|one| one.entry.is_page());
                    let pages = pages.filter(|one| self.is_here(one));
                    let expected = pages.map(|one| one.whole.told.page.as_str()).collect();
                    let is_event = |one: &&&str| {
                        one.strip_prefix(&events).is_some_and(|slug| !slug.contains('/'))
                    };
                    let found = found.iter().filter(is_event).copied().collect();
                    comparison.same_set("page", found, expected);
                }
            }
            comparison.mismatches
        });
        check
    }
}
