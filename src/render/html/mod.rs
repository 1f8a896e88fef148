//! Web pages, from the templates beside this file.

mod changes;
mod dates;
mod explanation;
mod frame;
mod listing;
mod page;

use std::fmt;

use askama::Template;
use askama::filters::Escaper;
use pulldown_cmark_escape::{FmtWriter, escape_html};

use super::body::Body;
use super::telling::Telling;
use crate::text::event_text::FieldText;
use crate::text::locale::Locale;
use crate::text::{description, titles};

pub use changes::{ChangeLine, change_log};
pub use explanation::explanation;
pub use frame::Context;
pub use listing::Listing;
pub use page::{card, date_page, error_page, event_page, feed_page, overview};

/// The design.
pub const STYLE: &str = include_str!("templates/style.css");

/// How templates escape: as authors' texts are, so that quotes are `&quot;` everywhere.
#[derive(Clone, Copy, Default)]
struct Escaped;

impl Escaper for Escaped {
    fn write_escaped_str<W: fmt::Write>(&self, output: W, text: &str) -> fmt::Result {
        escape_html(FmtWriter(output), text)
    }
}

/// `capacity` is how many octets it may have.
fn fill(template: &impl Template, capacity: usize) -> String {
    let mut text = String::with_capacity(capacity);
    template.render_into(&mut text).expect("templates of texts and lists always fill");
    text
}

/// The same around finished pieces: each gap of the template takes what stands next in `inserts`.
fn fill_around(template: &impl Template, inserts: Vec<Body>) -> Body {
    let text = fill(template, PAGE);
    let mut body = Body::default();
    let mut inserts = inserts.into_iter();
    for part in text.split(GAP) {
        body.push(part);
        body.extend(inserts.next().unwrap_or_default());
    }
    body
}

/// Octets of a usual page, and of what it tells, without what fills their gaps.
const PAGE: usize = 4096;
const CONTENT: usize = 1024;

/// Where something finished stands in a text; no text of an author holds it.
pub const GAP: char = '\0';

/// `text` around what stands in its gap, where it has one.
pub fn around(text: &str, insert: &Body) -> Body {
    match text.split_once(GAP) {
        Some((head, foot)) => insert.clone().between(head, foot),
        None => text.into(),
    }
}

#[derive(Template)]
#[template(path = "content.html", config = "src/render/html/askama.toml")]
struct Content<'a> {
    notice: Option<String>,
    subtitle: Option<&'a str>,
    time_and_place: &'a [FieldText],
    programme: &'static str,
    sessions: Vec<String>,
    /// Those of one label together.
    details: Vec<&'a [FieldText]>,
}

impl<'a> Content<'a> {
    fn of(telling: &'a Telling) -> Self {
        let event = &telling.published.event;
        let details = telling.details.chunk_by(|one, other| one.label == other.label);
        Self {
            notice: titles::notice(event, &telling.zones),
            subtitle: event.subtitle.as_deref(),
            time_and_place: &telling.time_and_place,
            programme: Locale::of(&event.language).event.programme,
            sessions: event
                .sessions
                .iter()
                .map(|one| description::session_line(one, event))
                .collect(),
            details: details
                .chain(telling.last_change.as_ref().map(std::slice::from_ref))
                .collect(),
        }
    }
}

/// Everything about an event as a piece of HTML for feed readers.
pub fn content(telling: &Telling) -> Body {
    around(fill(&Content::of(telling), CONTENT).trim(), &telling.html.clone().into())
}
