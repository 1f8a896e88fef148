//! The site, its feeds and its events in a language variant: a text in translation if there is one, else the original
//! with a mark that names its language.
//!
//! The model knows no variants, though it did once: there is one schedule for all of them, and an event is translated
//! when it is rendered.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::model::{
    Event, EventTranslation, Feed, FileName, Language, Line, Published, Recurrence, Site, Slug,
    Translation,
};
use crate::recurrence::{Occurrence, published_on};
use crate::route::{Format, Route, Urls, Variant};
use crate::schedule::{Entry, FeedSchedule, Schedule};
use crate::text::locale::Locale;
use crate::zone::Zones;

/// A published event in a language variant.
#[derive(Clone, Debug)]
pub(crate) struct EventVariant {
    /// The event and its history, with the texts and the language of the variant.
    pub published: Arc<Published>,
    /// The variant whose feeds list it.
    pub variant: Variant,
    /// The variant in which it has its page: the one that lists it if it is translated, else the original.
    pub page: Variant,
    /// The language of the original, if this is a translation.
    pub original: Option<Language>,
    /// The language of the author's text, if it is not that of the other fields.
    pub language_of_text: Option<Language>,
}

impl EventVariant {
    /// Returns an event in a language variant.
    #[must_use]
    pub(crate) fn of(published: &Arc<Published>, variant: Variant) -> Self {
        let original = Self {
            published: Arc::clone(published),
            variant,
            page: Variant::Original,
            original: None,
            language_of_text: None,
        };
        match variant {
            Variant::Original => original,
            Variant::English => original.in_english(),
        }
    }

    fn in_english(self) -> Self {
        let event = &self.published.event;
        let translated =
            |event| Arc::new(Published { event: Arc::new(event), ..(*self.published).clone() });
        // English feeds list untranslated events, too, with a mark: nothing is cut silently.
        let Some(translation) = &event.translation else {
            let title = marked(&event.title, &event.language);
            return Self { published: translated(Event { title, ..(**event).clone() }), ..self };
        };
        let language = event.language.clone();
        let has_own_text = translation.body.is_none() && !event.body.is_empty();
        Self {
            published: translated(english_event(event, translation)),
            variant: self.variant,
            page: self.variant,
            language_of_text: has_own_text.then(|| language.clone()),
            original: Some(language),
        }
    }

    /// Returns one date of the series.
    #[must_use]
    pub(crate) fn on(&self, occurrence: &Occurrence, zones: &Zones) -> Self {
        Self { published: published_on(&self.published, occurrence, zones), ..self.clone() }
    }

    /// Returns the event.
    #[must_use]
    pub(crate) fn event(&self) -> &Event {
        &self.published.event
    }

    /// Returns the route of its page; of a date of a series, the date's own page.
    #[must_use]
    pub(crate) fn route(&self) -> Route {
        let event = self.event();
        match event.recurrence {
            Recurrence::Occurrence(date) => self.date_route(date),
            Recurrence::Once | Recurrence::Series(_) => {
                Route::Event(self.page, event.slug.clone(), None)
            }
        }
    }

    /// Returns the route of the page of the series that it is a date of, else of its own page.
    #[must_use]
    pub(crate) fn series_route(&self) -> Route {
        Route::Event(self.page, self.event().slug.clone(), None)
    }

    /// Returns the route of the page of the date that was planned for this local day.
    #[must_use]
    pub(crate) fn date_route(&self, date: chrono::NaiveDate) -> Route {
        Route::Occurrence(self.page, self.event().slug.clone(), date, None)
    }

    /// Returns the route to which documents lead their readers: its page, or its feed if it was deleted.
    // The page of a deleted event answers 410, and its tombstone is still in the feeds: the link must lead somewhere.
    #[must_use]
    pub(crate) fn home(&self) -> Route {
        match self.published.removed {
            None => self.route(),
            Some(_) => Route::Feed(self.page, self.event().feed.clone(), None),
        }
    }

    /// Returns the route of a picture or attachment; the dates of a series share the files of the series.
    #[must_use]
    pub(crate) fn file(&self, name: &FileName) -> Route {
        Route::File(self.event().slug.clone(), name.clone())
    }

    /// Returns its identity in RSS, Atom and JSON Feed.
    #[must_use]
    pub(crate) fn entry_id(&self, site: &Site) -> String {
        site.id.entry_id(self.variant.mark(), &self.event().uid)
    }

    /// Returns the identity of the entry for one of its changes.
    #[must_use]
    pub(crate) fn change_id(&self, site: &Site, sequence: u32) -> String {
        site.id.change_id(self.variant.mark(), &self.event().uid, sequence)
    }
}

fn english_event(event: &Event, translation: &EventTranslation) -> Event {
    let EventTranslation { title, subtitle, summary, body } = translation;
    Event {
        title: title.clone().unwrap_or_else(|| marked(&event.title, &event.language)),
        subtitle: subtitle.clone().or_else(|| event.subtitle.clone()),
        // If the text is translated, a summary in the other language would hide it; one is made from the translation.
        summary: summary.clone().or_else(|| event.summary.clone().filter(|_| body.is_none())),
        body: body.clone().unwrap_or_else(|| event.body.clone()),
        language: Language::english(),
        ..event.clone()
    }
}

/// A feed in a language variant, or the part of it that a query asks for.
#[derive(Clone, Debug)]
pub(crate) struct FeedVariant {
    /// Its title, description and other properties, in the variant's language.
    pub feed: Feed,
    /// The language variant.
    pub variant: Variant,
    /// The language of the original, if this is a translation.
    pub original: Option<Language>,
    /// The canonical query that asks for this part, with its question mark; empty for the whole feed.
    pub query: String,
    /// The indices of its events in [`Schedule::events`], ascending.
    pub members: Vec<usize>,
    /// The instant at which it last changed.
    pub modified: DateTime<Utc>,
    /// Whether it has ended and contains nothing but the notice of its end.
    pub is_retired: bool,
}

impl FeedVariant {
    fn of(schedule: &FeedSchedule, feed: Feed, variant: Variant) -> Self {
        Self {
            original: (variant != Variant::Original).then(|| schedule.feed.language.clone()),
            feed,
            variant,
            query: String::new(),
            members: schedule.members.clone(),
            modified: schedule.modified,
            is_retired: schedule.is_retired,
        }
    }

    /// Returns the route of its page, or of the feed in a format, without the query.
    #[must_use]
    pub(crate) fn route(&self, format: Option<Format>) -> Route {
        Route::Feed(self.variant, self.feed.slug.clone(), format)
    }

    /// Returns the absolute URL of its page, or of the feed in a format, with the query.
    #[must_use]
    pub(crate) fn url(&self, format: Option<Format>, urls: &Urls) -> String {
        urls.absolute(&self.route(format)) + &self.query
    }

    /// Returns the route of its change log, as a page or in a format.
    #[must_use]
    pub(crate) fn changes(&self, format: Option<Format>) -> Route {
        Route::Changes(self.variant, self.feed.slug.clone(), format)
    }

    /// Returns its slug and its query, from which its identity is made.
    #[must_use]
    pub(crate) fn name(&self) -> String {
        format!("{}{}", self.feed.slug, self.query)
    }
}

/// The site and its feeds in a language variant.
#[derive(Clone, Debug)]
pub(crate) struct SiteVariant {
    pub variant: Variant,
    pub site: Site,
    pub feeds: Vec<FeedVariant>,
}

impl SiteVariant {
    /// Returns the site as its authors wrote it.
    pub(crate) fn original(schedule: &Schedule) -> Self {
        let variant = Variant::Original;
        let feeds =
            schedule.feeds.iter().map(|one| FeedVariant::of(one, one.feed.clone(), variant));
        Self { variant, site: schedule.site.clone(), feeds: feeds.collect() }
    }

    /// Returns the site in English; `None` if nothing is translated.
    pub(crate) fn english(schedule: &Schedule) -> Option<Self> {
        let is_translated = |entry: &&Arc<Entry>| entry.published.event.translation.is_some();
        // An event counts for each feed that it belongs to, also after it has left its list: what was published never
        // falls back, and an English feed must not vanish because its last translated event has passed.
        let mut translated = schedule.events.iter().filter(is_translated).peekable();
        let is_any_event = translated.peek().is_some();
        let translated: BTreeSet<&Slug> =
            translated.flat_map(|entry| &entry.published.event.feeds).collect();
        let has_translated =
            |feed: &Feed| feed.translation.is_some() || translated.contains(&feed.slug);
        let is_any = schedule.site.translation.is_some()
            || schedule.feeds.iter().any(|one| has_translated(&one.feed))
            || is_any_event;
        let is_in = |feed: &Feed| feed.slug.as_str() == Slug::ALL || has_translated(feed);
        let feeds = schedule.feeds.iter().filter(|one| is_in(&one.feed));
        let feeds = feeds.map(|one| {
            FeedVariant::of(one, english_feed(&one.feed, &schedule.site), Variant::English)
        });
        is_any.then(|| Self {
            variant: Variant::English,
            site: english_site(&schedule.site),
            feeds: feeds.collect(),
        })
    }
}

fn english_feed(feed: &Feed, site: &Site) -> Feed {
    let Translation { title, description } = feed.translation.clone().unwrap_or_default();
    let of_site = site.translation.as_ref().and_then(|site| site.title.as_ref());
    let of_all = of_site.filter(|_| feed.slug.as_str() == Slug::ALL);
    let all = Line::new(Locale::of(&Language::english()).feed.all);
    let of_all = of_all.zip(all).map(|(site, all)| site.with_remark(&all));
    Feed {
        title: title.or(of_all).unwrap_or_else(|| marked(&feed.title, &feed.language)),
        description: description.or_else(|| {
            feed.description.as_ref().map(|description| marked(description, &feed.language))
        }),
        language: Language::english(),
        ..feed.clone()
    }
}

fn english_site(site: &Site) -> Site {
    let title = site.translation.as_ref().and_then(|site| site.title.clone());
    Site { title: title.unwrap_or_else(|| site.title.clone()), ..site.clone() }
}

/// Returns a text with the remark that names its language, for readers of the English variant.
fn marked(text: &Line, language: &Language) -> Line {
    let remark = Locale::of(&Language::english()).written_in(language).and_then(Line::new);
    remark.map_or_else(|| text.clone(), |remark| text.with_remark(&remark))
}
