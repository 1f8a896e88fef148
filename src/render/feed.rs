//! A feed in every format, put together from the fragments of its events.

use super::item;
use super::paging::Pages;
use super::syndicated::Syndicated;
use super::urls::{self, Suffix};
use super::{
    Document, MediaType, Renderer, atom, change_log, csv, html, icalendar, json_feed, json_ld, rss,
};
use crate::occurrence::FeedAgenda;

impl Renderer<'_> {
    /// All documents of a feed.
    pub(super) fn feed(&self, feed: &FeedAgenda) -> Vec<Document> {
        let site = &self.agenda.site;
        let slug = &feed.feed.slug;
        let fragments: Vec<_> = feed.members.iter().map(|&at| &self.fragments[at]).collect();
        let calendar: Vec<_> = fragments.iter().map(|one| &one.calendar).collect();
        let json_ld: Vec<_> = fragments.iter().map(|one| &one.json_ld).collect();
        let rows: Vec<_> = fragments.iter().map(|one| one.csv.as_str()).collect();
        let document =
            |path, media_type, body| Document::new(path, media_type, feed.modified, body);
        let page = html::feed_page(self.agenda, feed, &self.cards(), &self.context);
        let as_calendar = icalendar::feed(site, &feed.feed, feed.modified, &calendar, self.urls);
        let as_data = json_ld::feed(site, &feed.feed, feed.modified, &json_ld, self.urls);
        let mut documents = vec![
            document(urls::feed(slug), MediaType::Html, page),
            document(urls::feed_as(slug, Suffix::Ics), MediaType::Calendar, as_calendar),
            document(urls::feed_as(slug, Suffix::JsonLd), MediaType::JsonLd, as_data),
            document(urls::feed_as(slug, Suffix::Csv), MediaType::Csv, csv::feed(&rows)),
        ];
        documents.extend(self.syndicated(feed));
        let items = fragments.iter().flat_map(|one| &one.items);
        documents.extend(change_log::documents(site, feed, items, &self.context));
        documents
    }

    /// RSS, Atom and JSON Feed, with their archives.
    fn syndicated(&self, feed: &FeedAgenda) -> Vec<Document> {
        let members = feed.members.iter().flat_map(|&at| &self.fragments[at].items);
        let pages = Pages::of(members.filter(|item| item.is_in_feed).collect());
        let mut documents = Vec::new();
        for (suffix, media_type) in [
            (Suffix::Rss, MediaType::Rss),
            (Suffix::Atom, MediaType::Atom),
            (Suffix::Json, MediaType::JsonFeed),
        ] {
            let current =
                Syndicated::current(&feed.feed, feed.modified, pages.archives.len(), suffix);
            documents.push(self.syndicate(&current, &pages.current, media_type));
            for (items, number) in pages.archives.iter().zip(1..) {
                let modified = items.first().map_or(feed.modified, |item| item.at);
                let archive = Syndicated::archive(&feed.feed, modified, number, suffix);
                documents.push(self.syndicate(&archive, items, media_type));
            }
        }
        documents
    }

    fn syndicate(
        &self,
        feed: &Syndicated<'_>,
        items: &[&item::Fragment],
        media_type: MediaType,
    ) -> Document {
        let site = &self.agenda.site;
        let body = match media_type {
            MediaType::Atom => {
                let entries: Vec<&str> = items.iter().map(|item| item.atom.as_str()).collect();
                atom::feed(site, feed, &entries, self.urls)
            }
            MediaType::JsonFeed => {
                let items: Vec<_> = items.iter().map(|item| &*item.json).collect();
                json_feed::feed(site, feed, &items, self.urls)
            }
            _ => {
                let items: Vec<&str> = items.iter().map(|item| item.rss.as_str()).collect();
                rss::feed(site, feed, &items, self.urls)
            }
        };
        Document::new(feed.path.clone(), media_type, feed.modified, body)
    }
}
