//! Web pages, from the templates beside this file.

mod changes;
mod chrome;
mod dates;
mod explanation;
mod frame;
mod listing;
mod page;

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Output, State, Value};
use pulldown_cmark_escape::{FmtWriter, escape_html};
use serde::Serialize;

use super::body::Body;
use super::facts::{self, Fact};
use super::telling::Telling;
use super::text;

pub use changes::{ChangeLine, change_log};
pub use explanation::explanation;
pub use frame::Context;
pub use listing::Listing;
pub use page::{card, date_page, error_page, event_page, feed_page, overview};

/// The design.
pub const STYLE: &str = include_str!("templates/style.css");

const TEMPLATES: [(&str, &str); 10] = [
    ("base.html", include_str!("templates/base.html")),
    ("macros.html", include_str!("templates/macros.html")),
    ("overview.html", include_str!("templates/overview.html")),
    ("feed.html", include_str!("templates/feed.html")),
    ("event.html", include_str!("templates/event.html")),
    ("changes.html", include_str!("templates/changes.html")),
    ("explanation.html", include_str!("templates/explanation.html")),
    ("error.html", include_str!("templates/error.html")),
    ("card.html", include_str!("templates/card.html")),
    ("content.html", include_str!("templates/content.html")),
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_formatter(write_escaped);
    environment.add_global("gap", GAP.to_string());
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters"));
    for (name, template) in TEMPLATES {
        environment.add_template(name, template).expect("built-in templates are tested");
    }
    environment
});

/// The engine's own writer also escapes every slash, which makes addresses unreadable.
fn write_escaped(
    output: &mut Output<'_>,
    _: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    let written = match value.as_str() {
        Some(text) if !value.is_safe() => escape_html(FmtWriter(output), text),
        Some(text) => output.write_str(text),
        None => write!(output, "{value}"),
    };
    written.map_err(Error::from)
}

fn fill(template: &str, context: impl Serialize) -> String {
    let template = ENVIRONMENT.get_template(template).expect("built-in templates are tested");
    template.render(Serde(context)).expect("built-in templates are tested")
}

/// The same around finished pieces: each gap of the template takes what stands next in `inserts`.
fn fill_around(template: &str, context: impl Serialize, inserts: Vec<Body>) -> Body {
    let text = fill(template, context);
    let mut body = Body::default();
    let mut inserts = inserts.into_iter();
    for part in text.split(GAP) {
        body.push(part);
        body.extend(inserts.next().unwrap_or_default());
    }
    body
}

/// Where something finished stands in a text; no text of an author holds it.
pub const GAP: char = '\0';

/// `text` around what stands in its gap, where it has one.
pub fn around(text: &str, insert: &Body) -> Body {
    match text.split_once(GAP) {
        Some((head, foot)) => insert.clone().between(head, foot),
        None => text.into(),
    }
}

#[derive(Serialize)]
struct Content<'a> {
    notice: Option<String>,
    subtitle: Option<String>,
    time_and_place: &'a [Fact],
    programme: &'static str,
    sessions: Vec<String>,
    details: Vec<&'a Fact>,
}

impl<'a> Content<'a> {
    fn of(telling: &'a Telling) -> Self {
        let event = &telling.published.event;
        Self {
            notice: facts::notice(event),
            subtitle: event.subtitle.as_ref().map(ToString::to_string),
            time_and_place: &telling.time_and_place,
            programme: super::words::words(&event.language).programme,
            sessions: event.sessions.iter().map(|one| text::session_line(one, event)).collect(),
            details: telling.details.iter().chain(&telling.last_change).collect(),
        }
    }
}

/// Everything about an event as a piece of HTML for feed readers.
pub fn content(telling: &Telling) -> Body {
    around(fill("content.html", Content::of(telling)).trim(), &telling.html.clone().into())
}
