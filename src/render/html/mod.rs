//! Web pages, from the templates beside this file, and the HTML of feeds.
//!
//! The templates are filled by `askama`: the compiler checks them. `minijinja` filled them before, at run time, and its
//! escaping wrote every slash as a reference, unlike the HTML of authors' texts. Bytes that pages share with other
//! documents (the text of an event, its data, the items of lists) are not copied: the template has a gap for them.

mod changes;
mod dates;
mod direction;
mod explanation;
mod frame;
mod listing;
mod page;

use std::fmt;

use askama::Template;
use askama::filters::Escaper;
use bytes::Bytes;
use pulldown_cmark_escape::{FmtWriter, escape_html};

use super::body::Body;
use super::event_text::EventText;
use crate::text::field_text::FieldText;
use crate::text::locale::Locale;
use crate::text::{description, titles};

pub(crate) use changes::{ChangeLine, change_log};
pub(crate) use direction::direction_in;
pub(crate) use explanation::explanation;
pub(crate) use listing::Listing;
pub(crate) use page::{card, error_page, event_page, feed_page, overview};

/// The style sheet.
pub(crate) const STYLE: &str = include_str!("templates/style.css");

/// The escaping of templates.
// It is that of authors' texts, so that a quote is `&quot;` in all HTML.
#[derive(Clone, Copy, Default)]
struct Escaped;

impl Escaper for Escaped {
    fn write_escaped_str<W: fmt::Write>(&self, output: W, text: &str) -> fmt::Result {
        escape_html(FmtWriter(output), text)
    }
}

/// Fills a template; `capacity` is the usual number of bytes.
fn fill(template: &impl Template, capacity: usize) -> String {
    let mut text = String::with_capacity(capacity);
    template.render_into(&mut text).expect("templates of texts and lists always fill");
    text
}

/// Fills a template around finished bytes: its gaps take the bodies of `inserts`, in order.
fn fill_around(template: &impl Template, inserts: &[&Body]) -> Body {
    let text = Bytes::from(fill(template, USUAL_PAGE_LEN));
    let mut body = Body::default();
    let mut inserts = inserts.iter();
    for part in text.split(|byte| *byte == GAP_BYTE) {
        body.push(text.slice_ref(part));
        inserts.next().into_iter().for_each(|insert| body.append(insert));
    }
    body
}

/// The number of bytes of a usual page without the bytes in its gaps.
const USUAL_PAGE_LEN: usize = 4096;
/// The number of bytes of the usual HTML of an event in feeds, without those in its gap.
const CONTENT: usize = 1024;

/// The character that marks the place of finished bytes.
// The model refuses control characters, so no text of an author contains it.
pub(crate) const GAP: char = '\0';
const GAP_BYTE: u8 = 0;

/// Returns `text` with `insert` in its gap, or `text` alone if it has no gap.
pub(crate) fn around(text: &str, insert: &Body) -> Body {
    match text.split_once(GAP) {
        Some((head, foot)) => insert.clone().between(head.to_owned(), foot.to_owned()),
        None => text.to_owned().into(),
    }
}

#[derive(Template)]
#[template(path = "content.html", config = "src/render/html/askama.toml")]
struct ContentTemplate<'a> {
    notice: Option<String>,
    subtitle: Option<&'a str>,
    time_and_place: &'a [FieldText],
    programme: &'static str,
    sessions: Vec<String>,
    /// The other fields, those with one label together.
    details: Vec<&'a [FieldText]>,
}

impl<'a> ContentTemplate<'a> {
    fn of(text: &'a EventText) -> Self {
        let event = text.event();
        let details = text.details().chunk_by(|one, other| one.label == other.label);
        Self {
            notice: titles::notice(event, &text.zones),
            subtitle: event.subtitle.as_deref(),
            time_and_place: &text.time_and_place,
            programme: Locale::of(&event.language).event.programme,
            sessions: event
                .sessions
                .iter()
                .map(|one| description::session_line(one, event))
                .collect(),
            details: details.chain(text.last_change().map(std::slice::from_ref)).collect(),
        }
    }
}

/// Returns the full text of an event as HTML for feed readers.
pub(crate) fn content(text: &EventText) -> &Body {
    text.content_or(|| {
        around(fill(&ContentTemplate::of(text), CONTENT).trim(), &text.html.clone().into())
    })
}
