//! Why each event of a feed is in the answer to a query or not.

use askama::Template;

use super::frame::{Context, Frame};
use super::{PAGE, fill};
use crate::render::filter::Reason;
use crate::render::urls::Suffix;
use crate::render::{Document, MediaType};
use crate::schedule::FeedAgenda;
use crate::text::locale::Locale;

#[derive(Template)]
#[template(path = "explanation.html", config = "src/render/html/askama.toml")]
struct ExplanationPage<'a> {
    page: Frame<'a>,
    asked: &'a str,
    reasons: &'a [Reason<'a>],
}

/// As a page where a page was asked for, else as JSON.
pub fn explanation(
    feed: &FeedAgenda,
    reasons: &[Reason<'_>],
    suffix: Option<Suffix>,
    asked: &str,
    context: &Context<'_>,
) -> Document {
    let (media_type, body) = if suffix.is_none() {
        let locale = Locale::of(&feed.feed.edition.language());
        let page = context
            .frame(format!("{}: {}", locale.pages.selection, feed.feed.title), locale.language);
        (MediaType::Html, fill(&ExplanationPage { page, asked, reasons }, PAGE))
    } else {
        let body = serde_json::to_string(reasons);
        (MediaType::Json, body.expect("structs of texts and lists always serialise"))
    };
    Document::new(String::new(), media_type, feed.modified, body)
}
