//! The answer to `explain=1`: the reason why each event of a feed is in a filtered feed or not.

use askama::Template;

use super::frame::Frame;
use super::{USUAL_PAGE_LEN, fill};
use crate::render::context::Context;
use crate::render::document::Document;
use crate::render::filter::Reason;
use crate::render::media_type::MediaType;
use crate::render::variant::FeedVariant;
use crate::route::Format;

#[derive(Template)]
#[template(path = "explanation.html", config = "src/render/html/askama.toml")]
struct ExplanationPage<'a> {
    page: Frame<'a>,
    asked: &'a str,
    reasons: &'a [Reason<'a>],
}

/// Renders the reasons: as a page if a page was asked for, else as JSON.
pub(crate) fn explanation(
    part: &FeedVariant,
    reasons: &[Reason<'_>],
    format: Option<Format>,
    asked: &str,
    context: &Context,
) -> Document {
    let locale = context.locale;
    let (media_type, body) = if format.is_none() {
        let title = format!("{}: {}", locale.pages.selection, part.feed.title);
        let page = context.frame(title, locale.language);
        (MediaType::Html, fill(&ExplanationPage { page, asked, reasons }, USUAL_PAGE_LEN))
    } else {
        let body = serde_json::to_string(reasons);
        (MediaType::Json, body.expect("structs of texts and lists always serialise"))
    };
    Document::new(part.route(format), media_type, part.modified, body)
}
