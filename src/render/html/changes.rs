//! The page of a feed's change log.

use askama::Template;

use super::frame::{Alternate, Frame};
use super::{USUAL_PAGE_LEN, fill};
use crate::model::Change;
use crate::render::context::Context;
use crate::render::formats::row;
use crate::render::variant::{EventVariant, FeedVariant};
use crate::text::locale::Locale;
use crate::text::{changes, dates};

/// One change in the list.
pub(crate) struct ChangeLine {
    title: String,
    /// The language of the event.
    language: String,
    /// The path of the event's page; `None` for an event that was deleted.
    url: Option<String>,
    /// The instant of the change, for machines.
    instant: String,
    at: String,
    /// The fields that changed, each with its value before and after.
    what: String,
}

#[derive(Template)]
#[template(path = "changes.html", config = "src/render/html/askama.toml")]
struct ChangesPage<'a> {
    page: Frame<'a>,
    feed: &'a str,
    feed_url: String,
    empty: &'static str,
    changes: Vec<&'a ChangeLine>,
}

impl ChangeLine {
    /// Returns the line of a change.
    pub(crate) fn of(event: &EventVariant, change: &Change, context: &Context) -> Self {
        let locale = Locale::of(&event.event().language);
        let has_page = event.published.removed.is_none();
        Self {
            title: changes::title(&event.published, change),
            language: event.event().language.as_str().to_owned(),
            url: has_page.then(|| context.urls.path(&event.route())),
            instant: dates::machine_instant(change.at),
            at: changes::instant(change.at, locale, &context.schedule.zones),
            what: changes::summary(change, locale),
        }
    }
}

/// Renders `/feeds/<feed>/changes`.
pub(crate) fn change_log(part: &FeedVariant, lines: Vec<&ChangeLine>, context: &Context) -> String {
    let feed = &part.feed;
    let title = changes::log_title(feed);
    let mut page = context.frame(title.clone(), feed.language.as_str());
    page.canonical = Some(context.urls.absolute(&part.changes(None)));
    page.alternates = Alternate::all(
        &title,
        |format| row(format).has_change_log,
        |format| context.urls.absolute(&part.changes(Some(format))),
    );
    let page = ChangesPage {
        page,
        feed: &feed.title,
        feed_url: context.urls.path(&part.route(None)),
        empty: Locale::of(&feed.language).changes.none,
        changes: lines,
    };
    fill(&page, USUAL_PAGE_LEN)
}
