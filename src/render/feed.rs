//! A feed in every format, put together from the fragments of its events.

use super::body::Body;
use super::bundle::Bundle;
use super::html::Listing;
use super::item;
use super::link::Link;
use super::paging::Pages;
use super::retirement::Notice;
use super::syndicated::Syndicated;
use super::urls::{self, Suffix};
use super::{Document, MediaType, Renderer, atom, csv, html, icalendar, json_feed, json_ld, rss};
use crate::model::Feed;
use crate::schedule::{Agenda, FeedAgenda};

impl Renderer<'_> {
    /// What the calendar of a feed holds.
    pub(super) fn fit(&self, feed: &FeedAgenda) -> icalendar::Fit<'_> {
        let Agenda { events, now, .. } = self.agenda;
        icalendar::fit(
            feed.members.iter().map(|&at| (&self.events[at].calendar, events[at].has_passed(*now))),
        )
    }

    /// What calendars had to leave out, or could not.
    pub(super) fn notes(&self) -> Vec<String> {
        let note = |feed: &FeedAgenda| {
            let icalendar::Fit { left_out, is_too_large, .. } = self.fit(feed);
            let slug = &feed.feed.slug;
            if is_too_large {
                return Some(format!(
                    "error: the calendar of `{slug}` has more than 1,000 entries or 900 kB, and all of it \
                     is still to come: Google will not read it; split the feed"
                ));
            }
            (left_out > 0).then(|| {
                format!(
                    "the calendar of `{slug}` leaves out its {left_out} oldest past events, so that all \
                     programs read it (1,000 entries, 900 kB); its other forms have them"
                )
            })
        };
        self.agenda.feeds.iter().filter_map(note).collect()
    }

    /// The events of a feed, or of a part of it, as pages list them.
    pub(super) fn listing(&self, feed: &FeedAgenda, earlier: Option<&Bundle>) -> Listing {
        let data = earlier.filter(|one| one.has_addresses_of(feed, self.events));
        let data = data.map(|earlier| earlier.listing.data.clone());
        let listing = earlier.map(|earlier| &earlier.listing);
        let card = |index: usize| &self.events[index].card;
        Listing::of(self.agenda, feed, card, listing, data, self.urls)
    }

    /// The page of a feed, or of a part of it.
    pub(super) fn page(&self, feed: &FeedAgenda, listing: &Listing) -> Document {
        let page = html::feed_page(self.agenda, feed, listing, &self.context);
        self.document(feed, None, MediaType::Html, page)
    }

    /// A feed, or the part of it that a query asks for, in one format or as a page, without archives.
    pub(super) fn part(
        &self,
        feed: &FeedAgenda,
        suffix: Option<Suffix>,
        earlier: Option<&Bundle>,
    ) -> Document {
        if let Some(notice) = Notice::of(feed, self.agenda) {
            return self.ended(feed, &notice, suffix);
        }
        let FeedAgenda { feed: about, modified, members, .. } = feed;
        let Agenda { site, zones, .. } = self.agenda;
        let known = Bundle::pieces(earlier, suffix.map_or(MediaType::Html, media_type));
        let events = || members.iter().map(|&at| &self.events[at]);
        let (media_type, body) = match suffix {
            None => return self.page(feed, &self.listing(feed, earlier)),
            Some(Suffix::Ics) => {
                let events = self.fit(feed).fragments;
                let body =
                    icalendar::feed(site, about, *modified, &events, known, zones, self.urls);
                (MediaType::Calendar, body)
            }
            Some(Suffix::JsonLd) => {
                let items: Vec<_> = events().map(|one| &one.json_ld).collect();
                (MediaType::JsonLd, json_ld::feed(site, about, *modified, &items, known, self.urls))
            }
            Some(Suffix::Csv) => {
                let rows = events().flat_map(|one| &one.rows).collect();
                (MediaType::Csv, csv::feed(rows, about.edition, known))
            }
            Some(suffix @ (Suffix::Rss | Suffix::Atom | Suffix::Json)) => {
                let items = events().flat_map(|one| &one.items).filter(|item| item.is_in_feed);
                let items = Pages::all(items.collect());
                let whole = Syndicated::current(about, *modified, 0, suffix);
                return self.syndicate(&whole, &items, earlier);
            }
        };
        self.document(feed, suffix, media_type, body)
    }

    /// A feed that has ended: one notice.
    fn ended(&self, feed: &FeedAgenda, notice: &Notice<'_>, suffix: Option<Suffix>) -> Document {
        let FeedAgenda { feed: about, modified, .. } = feed;
        let site = &self.agenda.site;
        let body = match suffix {
            None => html::feed_page(self.agenda, feed, &self.listing(feed, None), &self.context),
            Some(Suffix::Ics) => icalendar::ended(site, notice, &self.agenda.zones, self.urls),
            Some(Suffix::JsonLd) => json_ld::feed(site, about, *modified, &[], &[], self.urls),
            Some(Suffix::Csv) => csv::feed(vec![&csv::end(notice, self.urls)], about.edition, &[]),
            Some(suffix @ (Suffix::Rss | Suffix::Atom | Suffix::Json)) => {
                let item = item::Fragment::of_end(notice, &self.context);
                let whole = Syndicated::current(about, *modified, 0, suffix);
                return self.syndicate(&whole, &[&item], None);
            }
        };
        self.document(feed, suffix, suffix.map_or(MediaType::Html, media_type), body)
    }

    fn document(
        &self,
        feed: &FeedAgenda,
        suffix: Option<Suffix>,
        media_type: MediaType,
        body: Body,
    ) -> Document {
        let FeedAgenda { feed, modified, .. } = feed;
        let path = suffix.map_or_else(|| urls::part(feed), |suffix| urls::part_as(feed, suffix));
        Document::new(path, media_type, *modified, body).linking(&self.links(feed, suffix))
    }

    /// From the page to the other forms, and from these to the page.
    fn links(&self, feed: &Feed, suffix: Option<Suffix>) -> Vec<Link> {
        let page = self.urls.absolute(&urls::part(feed));
        let mut links = match suffix {
            None => urls::SUFFIXES
                .map(|suffix| {
                    let form = self.urls.absolute(&urls::part_as(feed, suffix));
                    Link::alternate(form, media_type(suffix))
                })
                .into(),
            Some(_) => vec![Link::alternate(page, MediaType::Html)],
        };
        links.push(Link::new(self.urls.absolute(urls::CATALOG), "describedby"));
        let retirement = feed.retirement.as_ref().and_then(|one| one.successor.as_ref());
        links.extend(retirement.map(|successor| {
            let path = suffix.map_or_else(
                || urls::feed(successor, feed.edition),
                |suffix| urls::feed_as(successor, feed.edition, suffix),
            );
            Link::new(self.urls.absolute(&path), "successor-version")
        }));
        let license = feed.license.iter().map(ToString::to_string);
        links.extend(license.map(|license| Link::new(license, "license")));
        links
    }

    /// RSS, Atom or JSON Feed of these items.
    pub(super) fn syndicate(
        &self,
        feed: &Syndicated<'_>,
        items: &[&item::Fragment],
        earlier: Option<&Bundle>,
    ) -> Document {
        let (site, media_type) = (&self.agenda.site, media_type(feed.suffix));
        let known = Bundle::pieces(earlier, media_type);
        let items = items.iter().map(|item| item.forms(&self.context));
        let body = match media_type {
            MediaType::Atom => {
                let entries = Body::grouped(items.map(|item| &item.atom), known);
                atom::feed(site, feed, entries, self.urls)
            }
            MediaType::JsonFeed => {
                let items: Vec<_> = items.map(|item| &item.json).collect();
                json_feed::feed(site, feed, &items, known, self.urls)
            }
            _ => {
                let items = Body::grouped(items.map(|item| &item.rss), known);
                rss::feed(site, feed, items, self.urls)
            }
        };
        let mut links = self.links(feed.feed, Some(feed.suffix));
        links.extend(feed.neighbours(self.urls));
        Document::new(feed.path.clone(), media_type, feed.modified, body).linking(&links)
    }
}

fn media_type(suffix: Suffix) -> MediaType {
    match suffix {
        Suffix::Ics => MediaType::Calendar,
        Suffix::Rss => MediaType::Rss,
        Suffix::Atom => MediaType::Atom,
        Suffix::Csv => MediaType::Csv,
        Suffix::Json => MediaType::JsonFeed,
        Suffix::JsonLd => MediaType::JsonLd,
    }
}
