//! The page of a feed's changes.

use askama::Template;

use super::frame::{Alternate, Context, Frame};
use super::{PAGE, fill};
use crate::model::{Feed, Published, Revised};
use crate::render::urls::{self, Suffix};
use crate::text::locale::Locale;
use crate::text::{changes, dates};

/// One change in the list.
pub struct ChangeLine {
    title: String,
    url: Option<String>,
    /// A machine's form of the instant.
    instant: String,
    at: String,
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
    pub fn of(published: &Published, change: &Revised, context: &Context<'_>) -> Self {
        let locale = Locale::of(&published.event.language);
        let has_page = published.removed.is_none();
        Self {
            title: changes::title(published, change),
            url: has_page.then(|| context.path(&urls::event(&published.event))),
            instant: dates::machine_instant(change.at),
            at: changes::instant(change.at, locale, context.zones),
            what: changes::sentence(change, locale),
        }
    }
}

/// `/feeds/<feed>/changes`
pub fn change_log(
    feed: &Feed,
    title: String,
    changes: Vec<&ChangeLine>,
    context: &Context<'_>,
) -> String {
    let mut page = context.frame(title.clone(), feed.language.as_str());
    page.canonical = Some(context.urls.absolute(&urls::changes(feed)));
    let alternate = |media_type, suffix| Alternate {
        media_type,
        title: title.clone(),
        url: context.urls.absolute(&urls::changes_as(feed, suffix)),
    };
    page.alternates = vec![
        alternate("application/rss+xml", Suffix::Rss),
        alternate("application/feed+json", Suffix::Json),
    ];
    let page = ChangesPage {
        page,
        feed: &feed.title,
        feed_url: context.path(&urls::feed(&feed.slug, feed.edition)),
        empty: Locale::of(&feed.language).changes.none,
        changes,
    };
    fill(&page, PAGE)
}
