//! Web pages, from the templates beside this file.

mod changes;
mod dates;
mod explanation;
mod page;

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Error, Output, State, Value};
use pulldown_cmark_escape::{FmtWriter, escape_html};
use serde::Serialize;

use super::changes::last as last_change;
use super::facts::{self, Fact};
use super::markdown;
use super::text;
use crate::model::Published;

pub use changes::{ChangeLine, change_log};
pub use explanation::explanation;
pub use page::{Context, card, date_page, error_page, event_page, feed_page, overview};

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

/// HTML that this program made itself and that stands in a template as it is; cheap to copy.
pub type Markup = Value;

fn markup(html: String) -> Markup {
    Value::from_safe_string(html)
}

#[derive(Serialize)]
struct Content {
    notice: Option<String>,
    subtitle: Option<String>,
    time_and_place: Vec<Fact>,
    body: Value,
    programme: &'static str,
    sessions: Vec<String>,
    details: Vec<Fact>,
}

impl Content {
    fn of(published: &Published) -> Self {
        let event = &published.event;
        Self {
            notice: facts::notice(event),
            subtitle: event.subtitle.as_ref().map(ToString::to_string),
            time_and_place: facts::time_and_place(event),
            body: markup(markdown::to_html(&event.body)),
            programme: super::words::words(&event.language).programme,
            sessions: event.sessions.iter().map(|one| text::session_line(one, event)).collect(),
            details: facts::details(event).into_iter().chain(last_change(published)).collect(),
        }
    }
}

/// Everything about an event as a piece of HTML for feed readers: no scripts, styles or classes.
pub fn content(published: &Published) -> String {
    fill("content.html", Content::of(published)).trim().to_owned()
}
