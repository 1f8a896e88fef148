//! The words of an event, made once for all formats.

use std::cell::OnceCell;
use std::sync::Arc;

use bytes::Bytes;

use super::body::Body;
use super::context::Context;
use super::json;
use super::variant::EventVariant;
use crate::model::{Event, Published, Uid};
use crate::recurrence::Occurrence;
use crate::route::Urls;
use crate::text::event_text::{self, FieldText};
use crate::text::fields::Part;
use crate::text::locale::Locale;
use crate::text::{dates, description, markdown, titles};
use crate::zone::Zones;

/// The words of an event, or of one date of a series.
pub struct EventText {
    /// The event in its language variant.
    pub of: EventVariant,
    /// When and where.
    pub time_and_place: Vec<FieldText>,
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
    /// The rules by which its dates are placed.
    pub zones: Arc<Zones>,
    more: OnceCell<More>,
    content: OnceCell<Body>,
    description_in_json: OnceCell<Bytes>,
}

/// What only some documents need: of most dates of a series, none does.
struct More {
    details: Vec<FieldText>,
    last_change: Option<FieldText>,
    description: String,
}

impl EventText {
    /// The words of an event.
    pub fn of(event: EventVariant, urls: &Urls, zones: &Arc<Zones>) -> Self {
        let (html, own_text) = markdown::html_and_text(&event.event().body);
        let summary = description::summary(event.event(), &own_text);
        let mark = event.language_of_text.as_ref();
        let mark = mark.and_then(|one| Locale::of(&event.event().language).written_in(one));
        let (summary, own_text, html) = match mark {
            Some(mark) => (
                format!("[{mark}] {summary}"),
                format!("[{mark}] {own_text}"),
                format!("<p>[{mark}]</p>\n{html}"),
            ),
            None => (summary, own_text, html),
        };
        let html = Bytes::copy_from_slice(html.trim_end().as_bytes());
        Self::new(event, html, summary.into(), own_text.into(), (urls, zones))
    }

    /// The words of one date of the series; its author's text is that of the series.
    pub fn on(&self, occurrence: &Occurrence) -> Self {
        let (summary, own_text) = (Arc::clone(&self.summary), Arc::clone(&self.own_text));
        let of = self.of.on(occurrence, &self.zones);
        Self::new(of, self.html.clone(), summary, own_text, (&self.urls, &self.zones))
    }

    fn new(
        of: EventVariant,
        html: Bytes,
        summary: Arc<str>,
        own_text: Arc<str>,
        (urls, zones): (&Urls, &Arc<Zones>),
    ) -> Self {
        Self {
            time_and_place: texts(&of, Part::Lead, urls, zones),
            machine_time: dates::machine(&of.event().time),
            link: urls.absolute(&of.home()),
            html,
            summary,
            own_text,
            urls: urls.clone(),
            zones: Arc::clone(zones),
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
            let texts = |part| texts(&self.of, part, &self.urls, &self.zones);
            let details = texts(Part::Details);
            let last_change = texts(Part::LastChange).pop();
            let description = description::description(
                self.event(),
                &self.own_text,
                &details,
                last_change.as_ref(),
                &self.zones,
            );
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
    pub fn details(&self) -> &[FieldText] {
        &self.more().details
    }

    /// The newest change that readers plan by.
    pub fn last_change(&self) -> Option<&FieldText> {
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
        titles::headline(self.event())
    }

    /// Everything in HTML for feed readers, as `make` writes it once: no scripts, styles or classes.
    pub fn content_or(&self, make: impl FnOnce() -> Body) -> &Body {
        self.content.get_or_init(make)
    }

    /// The absolute link to its page.
    pub fn page(&self, context: &Context) -> String {
        context.urls.absolute(&self.of.route())
    }
}

fn texts(of: &EventVariant, part: Part, urls: &Urls, zones: &Zones) -> Vec<FieldText> {
    let address = |source: &_| urls.file(&of.event().slug, source);
    event_text::texts(&of.published, part, &address, zones)
}
