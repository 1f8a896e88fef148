//! The same agenda in English: translated texts where there are any, and a mark where there are none.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::index::Earlier;
use crate::model::{
    Edition, Event, EventTranslation, Feed, Language, Line, Origin, Published, Site, Slug,
    Translation,
};
use crate::parallel;
use crate::schedule::{Agenda, Entry, FeedAgenda};
use crate::text::locale::Locale;

/// `None` where nothing is translated. Entries that are as they were `earlier` are taken from there.
pub fn english(agenda: &Agenda, earlier: Option<&Agenda>) -> Option<Agenda> {
    let is_translated = |entry: &Arc<Entry>| entry.published.event.translation.is_some();
    // Addresses last: what counts is what belongs to a feed, also when it no longer stands there.
    let translated: Vec<_> = agenda.events.iter().filter(|entry| is_translated(entry)).collect();
    let is_any_event = !translated.is_empty();
    let translated = translated.into_iter().flat_map(|entry| &entry.published.event.feeds);
    let translated: BTreeSet<&Slug> = translated.collect();
    let has_translated =
        |feed: &FeedAgenda| feed.feed.translation.is_some() || translated.contains(&feed.feed.slug);
    let is_any = agenda.site.translation.is_some()
        || agenda.feeds.iter().any(has_translated)
        || is_any_event;
    let is_in = |feed: &&FeedAgenda| feed.feed.slug.as_str() == Slug::ALL || has_translated(feed);
    let feeds = agenda.feeds.iter().filter(is_in);
    let feeds = feeds
        .map(|feed| FeedAgenda { feed: english_feed(&feed.feed, &agenda.site), ..feed.clone() });
    is_any.then(|| Agenda {
        site: english_site(&agenda.site),
        feeds: feeds.collect(),
        events: entries(&agenda.events, earlier),
        ..agenda.clone()
    })
}

fn entries(originals: &[Arc<Entry>], earlier: Option<&Agenda>) -> Vec<Arc<Entry>> {
    let earlier = earlier.map_or(&[][..], |earlier| &earlier.events);
    let earlier = Earlier::of(earlier, |entry| entry.published.event.uid.as_str());
    parallel::map_at(originals, |at, original| {
        let event = Arc::new(english_event(&original.published.event));
        let published = Published { event, ..(*original.published).clone() };
        let entry = original.with(Arc::new(published));
        let known = earlier.find(at, entry.published.event.uid.as_str());
        match known.filter(|known| ***known == entry) {
            Some(known) => Arc::clone(known),
            None => Arc::new(entry),
        }
    })
}

fn english_event(event: &Event) -> Event {
    let Some(EventTranslation { title, subtitle, summary, body }) = &event.translation else {
        let title = marked(&event.title, &event.language);
        return Event { title, edition: Edition::English, ..event.clone() };
    };
    Event {
        title: title.clone().unwrap_or_else(|| marked(&event.title, &event.language)),
        subtitle: subtitle.clone().or_else(|| event.subtitle.clone()),
        // A summary in another language would hide that the text is translated.
        summary: summary.clone().or_else(|| event.summary.clone().filter(|_| body.is_none())),
        body: body.clone().unwrap_or_else(|| event.body.clone()),
        origin: Some(Origin {
            language: event.language.clone(),
            has_its_text: body.is_none() && !event.body.is_empty(),
        }),
        language: Language::english(),
        edition: Edition::English,
        page_edition: Edition::English,
        ..event.clone()
    }
}

fn english_feed(feed: &Feed, site: &Site) -> Feed {
    let Translation { title, description } = feed.translation.clone().unwrap_or_default();
    let of_site = site.translation.as_ref().and_then(|site| site.title.as_ref());
    let of_all = of_site.filter(|_| feed.slug.as_str() == Slug::ALL);
    let of_all = of_all
        .zip(Line::new(Locale::of(&Language::english()).feed.all))
        .map(|(site, all)| site.with_remark(&all));
    Feed {
        title: title.or(of_all).unwrap_or_else(|| marked(&feed.title, &feed.language)),
        description: description.or_else(|| {
            feed.description.as_ref().map(|description| marked(description, &feed.language))
        }),
        translated_from: Some(feed.language.clone()),
        language: Language::english(),
        edition: Edition::English,
        ..feed.clone()
    }
}

fn english_site(site: &Site) -> Site {
    let title = site.translation.as_ref().and_then(|site| site.title.clone());
    Site {
        title: title.unwrap_or_else(|| site.title.clone()),
        edition: Edition::English,
        ..site.clone()
    }
}

/// A text that is not in English, and says so.
fn marked(text: &Line, language: &Language) -> Line {
    let remark = Locale::of(&Language::english()).written_in(language).and_then(Line::new);
    remark.map_or_else(|| text.clone(), |remark| text.with_remark(&remark))
}
