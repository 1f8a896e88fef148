//! The notice of a feed that has ended; it names the feed that takes its place.

use super::context::Context;
use super::variant::FeedPart;
use crate::model::{Line, Retirement};
use crate::route::{Format, Urls};
use crate::text::dates;
use crate::text::locale::Locale;

/// The notice of a feed.
pub struct Notice<'a> {
    pub feed: &'a FeedPart,
    pub retirement: &'a Retirement,
    /// The feed that takes its place.
    successor: Option<&'a FeedPart>,
}

impl<'a> Notice<'a> {
    /// `None` while the feed goes on.
    pub fn of(feed: &'a FeedPart, context: &'a Context) -> Option<Self> {
        Self::announced(feed, context).filter(|_| feed.is_retired)
    }

    /// The notice, also before its time.
    pub fn announced(feed: &'a FeedPart, context: &'a Context) -> Option<Self> {
        Self::among(feed, &context.feeds)
    }

    fn among(feed: &'a FeedPart, feeds: &'a [FeedPart]) -> Option<Self> {
        let retirement = feed.feed.retirement.as_ref()?;
        let successor = retirement.successor.as_ref();
        let successor = successor.and_then(|slug| feeds.iter().find(|one| one.feed.slug == *slug));
        Some(Self { feed, retirement, successor })
    }

    /// "Dieser Feed ist beendet"
    pub fn title(&self) -> String {
        Locale::of(&self.feed.feed.language).feed.has_ended.to_owned()
    }

    /// "Seit dem 30. Juni 2027 steht hier nichts Neues. Es geht weiter in: …", with the address in this format.
    pub fn sentence(&self, format: Option<Format>, urls: &Urls) -> String {
        let locale = Locale::of(&self.feed.feed.language);
        let day = dates::date(self.retirement.day, locale);
        let ended = locale.feed.ended_on.replace("{}", &day);
        match self.successor(format, urls) {
            Some((title, url)) => format!("{ended} {}: {title}, {url}", locale.feed.goes_on_in),
            None => ended,
        }
    }

    /// Title and address of the feed that takes its place.
    pub fn successor(&self, format: Option<Format>, urls: &Urls) -> Option<(String, String)> {
        let successor = self.successor?;
        Some((successor.feed.title.to_string(), successor.url(format, urls)))
    }

    /// Where readers go on, or the page of the feed itself.
    pub fn link(&self, urls: &Urls) -> String {
        let own = || self.feed.url(None, urls);
        self.successor(None, urls).map_or_else(own, |(_, url)| url)
    }
}

/// A feed that has ended says of itself that it has.
pub fn describe_retired(feeds: &mut [FeedPart], urls: &Urls) {
    let sentence = |feed: &FeedPart| {
        let notice = Notice::among(feed, feeds).filter(|_| feed.is_retired)?;
        Line::new(&notice.sentence(None, urls))
    };
    let sentences: Vec<Option<Line>> = feeds.iter().map(sentence).collect();
    for (feed, sentence) in feeds.iter_mut().zip(sentences) {
        feed.feed.description = sentence.or(feed.feed.description.take());
    }
}
