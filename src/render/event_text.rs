//! The words of an event, made once for all formats.

use std::cell::OnceCell;
use std::sync::Arc;

use bytes::Bytes;

use super::body::Body;
use super::context::Context;
use super::variant::{EventVariant, language_remark};
use super::{html, json};
use crate::model::{Event, Published, Uid};
use crate::recurrence::Occurrence;
use crate::route::Urls;
use crate::text::fields::{self, Fact};
use crate::text::{changes, dates, description, markdown};

/// The words of an event, or of one date of a series.
pub struct EventText {
    /// The event in its language variant.
    pub of: EventVariant,
    /// When and where.
    pub time_and_place: Vec<Fact>,
    /// Start and end for machines; see [`dates::machine`].
    pub machine_time: (String, Option<String>),
    /// The link to where readers find it.
    pub link: String,
    /// The author's text in HTML.
    pub html: Bytes,
    /// The short form for lists.
    pub summary: Arc<str>,
    /// The author's text in plain text.
    own_text: Arc<str>,
    urls: Urls,
    more: OnceCell<More>,
    content: OnceCell<Body>,
    description_in_json: OnceCell<Bytes>,
}

/// What only some documents need: of most dates of a series, none does.
struct More {
    details: Vec<Fact>,
    last_change: Option<Fact>,
    description: String,
}

impl EventText {
    /// The words of an event.
    pub fn of(event: EventVariant, urls: &Urls) -> Self {
        let (html, own_text) = markdown::html_and_text(&event.event().body);
        let summary = description::summary(event.event(), &own_text);
        let mark = event.language_of_text.as_ref().and_then(language_remark);
        let (summary, own_text, html) = match mark {
            Some(mark) => (
                format!("[{mark}] {summary}"),
                format!("[{mark}] {own_text}"),
                format!("<p>[{mark}]</p>\n{html}"),
            ),
            None => (summary, own_text, html),
        };
        let html = Bytes::copy_from_slice(html.trim_end().as_bytes());
        Self::new(event, html, summary.into(), own_text.into(), urls)
    }

    /// The words of one date of the series; its author's text is that of the series.
    pub fn on(&self, occurrence: &Occurrence) -> Self {
        let (summary, own_text) = (Arc::clone(&self.summary), Arc::clone(&self.own_text));
        Self::new(self.of.on(occurrence), self.html.clone(), summary, own_text, &self.urls)
    }

    fn new(
        of: EventVariant,
        html: Bytes,
        summary: Arc<str>,
        own_text: Arc<str>,
        urls: &Urls,
    ) -> Self {
        let event = of.event();
        Self {
            time_and_place: fields::time_and_place(event),
            machine_time: dates::machine(&event.time),
            link: urls.absolute(&of.home()),
            html,
            summary,
            own_text,
            urls: urls.clone(),
            more: OnceCell::new(),
            content: OnceCell::new(),
            description_in_json: OnceCell::new(),
            of,
        }
    }

    /// The same words under another identity.
    pub fn under(mut self, uid: &Uid) -> Self {
        let published = Arc::make_mut(&mut self.of.published);
        Arc::make_mut(&mut published.event).uid = uid.clone();
        self
    }

    fn more(&self) -> &More {
        self.more.get_or_init(|| {
            let event = self.event();
            let address = |source: &_| self.urls.file(&event.slug, source);
            let details = fields::details(event, &address);
            let last_change = changes::last(self.published());
            let description =
                description::description(event, &self.own_text, &details, last_change.as_ref());
            More { details, last_change, description }
        })
    }

    /// The event.
    pub fn event(&self) -> &Event {
        self.of.event()
    }

    /// The event and its history.
    pub fn published(&self) -> &Published {
        &self.of.published
    }

    /// When and where, in two lines.
    pub fn lead(&self) -> String {
        description::lines(&self.time_and_place)
    }

    /// The time, or the rule of a series.
    pub fn time(&self) -> &str {
        self.time_and_place.first().map_or("", |fact| &fact.value)
    }

    /// The place, or the label of an online event.
    pub fn place(&self) -> &str {
        self.time_and_place.last().map_or("", |fact| &fact.value)
    }

    /// Everything beside time and place, in the order in which people ask.
    pub fn details(&self) -> &[Fact] {
        &self.more().details
    }

    /// The newest change that readers plan by.
    pub fn last_change(&self) -> Option<&Fact> {
        self.more().last_change.as_ref()
    }

    /// The whole truth in plain text.
    pub fn description(&self) -> &str {
        &self.more().description
    }

    /// The whole truth as the inside of a JSON text, for every format that is JSON.
    pub fn description_in_json(&self) -> Bytes {
        let made = || json::inside(self.description());
        self.description_in_json.get_or_init(made).clone()
    }

    /// Title, time and town in one line.
    pub fn headline(&self) -> String {
        fields::headline(self.event())
    }

    /// Everything in HTML for feed readers: no scripts, styles or classes.
    pub fn content(&self) -> &Body {
        self.content.get_or_init(|| html::content(self))
    }

    /// The absolute link to its page.
    pub fn page(&self, context: &Context) -> String {
        context.urls.absolute(&self.of.route())
    }
}
