//! The notice of a feed that has ended, which names its successor.

use super::context::Context;
use super::variant::FeedVariant;
use crate::model::{Line, Retirement};
use crate::route::{Format, Urls};
use crate::text::dates;
use crate::text::locale::Locale;

/// The notice that a feed has ended or will end.
pub(crate) struct Notice<'a> {
    pub feed: &'a FeedVariant,
    pub retirement: &'a Retirement,
    /// The feed that takes its place, if there is one.
    successor: Option<&'a FeedVariant>,
}

impl<'a> Notice<'a> {
    /// Returns the notice of a feed that has ended; `None` while it goes on.
    pub(crate) fn of(feed: &'a FeedVariant, context: &'a Context) -> Option<Self> {
        Self::announced(feed, context).filter(|_| feed.is_retired)
    }

    /// Returns the notice of a feed that has an end, also before that day.
    pub(crate) fn announced(feed: &'a FeedVariant, context: &'a Context) -> Option<Self> {
        Self::among(feed, &context.feeds)
    }

    fn among(feed: &'a FeedVariant, feeds: &'a [FeedVariant]) -> Option<Self> {
        let retirement = feed.feed.retirement.as_ref()?;
        let successor = retirement.successor.as_ref();
        let successor = successor.and_then(|slug| feeds.iter().find(|one| one.feed.slug == *slug));
        Some(Self { feed, retirement, successor })
    }

    /// Returns the title: "Dieser Feed ist beendet".
    pub(crate) fn title(&self) -> String {
        Locale::of(&self.feed.feed.language).feed.has_ended.to_owned()
    }

    /// Returns the text: "Seit dem 30. Juni 2027 steht hier nichts Neues. Es geht weiter in: …", with the URL of the
    /// successor in the same format.
    // Subscribers read the notice in a program that reads this format.
    pub(crate) fn message(&self, format: Option<Format>, urls: &Urls) -> String {
        let locale = Locale::of(&self.feed.feed.language);
        let day = dates::date(self.retirement.day, locale);
        let ended = locale.feed.ended_on.replace("{}", &day);
        match self.successor(format, urls) {
            Some((title, url)) => format!("{ended} {}: {title}, {url}", locale.feed.goes_on_in),
            None => ended,
        }
    }

    /// Returns the title and the absolute URL of the successor.
    pub(crate) fn successor(
        &self,
        format: Option<Format>,
        urls: &Urls,
    ) -> Option<(String, String)> {
        let successor = self.successor?;
        Some((successor.feed.title.to_string(), successor.url(format, urls)))
    }

    /// Returns the absolute URL of the successor's page, or of the feed's own.
    pub(crate) fn link(&self, urls: &Urls) -> String {
        let own = || self.feed.url(None, urls);
        self.successor(None, urls).map_or_else(own, |(_, url)| url)
    }
}

/// Replaces the description of each feed that has ended by the text of its notice.
pub(crate) fn describe_retired(feeds: &mut [FeedVariant], urls: &Urls) {
    let message = |feed: &FeedVariant| {
        let notice = Notice::among(feed, feeds).filter(|_| feed.is_retired)?;
        Line::new(&notice.message(None, urls))
    };
    let messages: Vec<Option<Line>> = feeds.iter().map(message).collect();
    for (feed, message) in feeds.iter_mut().zip(messages) {
        feed.feed.description = message.or(feed.feed.description.take());
    }
}
