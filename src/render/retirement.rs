//! What is told of a feed that has ended: one notice, which names the feed that takes its place.

use super::urls::{self, Suffix, Urls};
use crate::model::{Feed, Retirement};
use crate::schedule::{Agenda, FeedAgenda};
use crate::text::dates;
use crate::text::locale::Locale;

/// The notice of a feed.
pub struct Notice<'a> {
    pub feed: &'a Feed,
    pub retirement: &'a Retirement,
    /// The feed that takes its place.
    successor: Option<&'a Feed>,
}

impl<'a> Notice<'a> {
    /// `None` while the feed goes on.
    pub fn of(feed: &'a FeedAgenda, agenda: &'a Agenda) -> Option<Self> {
        Self::announced(feed, agenda).filter(|_| feed.is_retired)
    }

    /// The same before its time.
    pub fn announced(feed: &'a FeedAgenda, agenda: &'a Agenda) -> Option<Self> {
        let retirement = feed.feed.retirement.as_ref()?;
        let successor = retirement.successor.as_ref();
        let feeds = agenda.feeds.iter().map(|feed| &feed.feed);
        let successor =
            successor.and_then(|slug| feeds.into_iter().find(|feed| feed.slug == *slug));
        Some(Self { feed: &feed.feed, retirement, successor })
    }

    /// "Dieser Feed ist beendet"
    pub fn title(&self) -> String {
        Locale::of(&self.feed.language).feed.has_ended.to_owned()
    }

    /// "Seit dem 30. Juni 2027 steht hier nichts Neues. Es geht weiter in: …", with the address in the same format.
    pub fn sentence(&self, suffix: Option<Suffix>, urls: &Urls) -> String {
        let locale = Locale::of(&self.feed.language);
        let day = dates::date(self.retirement.day, locale);
        let ended = locale.feed.ended_on.replace("{}", &day);
        match self.successor(suffix, urls) {
            Some((title, url)) => format!("{ended} {}: {title}, {url}", locale.feed.goes_on_in),
            None => ended,
        }
    }

    /// Title and address of the feed that takes its place.
    pub fn successor(&self, suffix: Option<Suffix>, urls: &Urls) -> Option<(String, String)> {
        let feed = self.successor?;
        let path = suffix.map_or_else(|| urls::part(feed), |suffix| urls::part_as(feed, suffix));
        Some((feed.title.to_string(), urls.absolute(&path)))
    }

    /// Where readers go on, or the page of the feed itself.
    pub fn link(&self, suffix: Option<Suffix>, urls: &Urls) -> String {
        let own = || urls.absolute(&urls::part(self.feed));
        self.successor(suffix, urls).map_or_else(own, |(_, url)| url)
    }
}
