//! The text of an event, made once for all formats.
//!
//! Every format shows these lines and no others, so that readers of one see the time, the place and the conditions that
//! readers of any other see. Formats that share a text share its bytes.

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
use crate::text::field_text::{self, FieldText};
use crate::text::fields::{Field, Part};
use crate::text::locale::Locale;
use crate::text::{dates, description, markdown, titles};
use crate::zone::Zones;

/// The text of an event, or of one date of a series, in a language variant.
pub(crate) struct EventText {
    /// The event in its language variant.
    pub of: EventVariant,
    /// The fields of time and place.
    pub time_and_place: Vec<FieldText>,
    /// The start and the end for machines; see [`dates::machine`].
    pub machine_time: (String, Option<String>),
    /// The absolute URL of [`EventVariant::home`].
    pub link: String,
    /// The author's text in HTML.
    pub html: Bytes,
    /// The summary for lists.
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

/// The parts of the text that only some documents need.
// No document needs them of most dates of a series, so they are made when first asked for.
struct More {
    details: Vec<FieldText>,
    last_change: Option<FieldText>,
    description: String,
}

impl EventText {
    /// Returns the text of an event.
    pub(crate) fn of(event: EventVariant, urls: &Urls, zones: &Arc<Zones>) -> Self {
        let (html, own_text) = markdown::html_and_text(&event.event().body);
        let summary = description::summary(event.event(), &own_text);
        // If the title is translated and the text is not, a mark before the text names its language.
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

    /// Returns the text of one date of the series. The author's text is that of the series, and not copied.
    pub(crate) fn on(&self, occurrence: &Occurrence) -> Self {
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

    /// Returns this text under another UID.
    // An override has the UID of its series (RFC 5545 §3.8.4.4), while its own document has one of its own.
    pub(crate) fn under(mut self, uid: &Uid) -> Self {
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

    /// Returns the event.
    pub(crate) fn event(&self) -> &Event {
        self.of.event()
    }

    /// Returns the event and its history.
    pub(crate) fn published(&self) -> &Published {
        &self.of.published
    }

    /// Returns time and place, in two lines.
    pub(crate) fn lead(&self) -> String {
        description::lines(&self.time_and_place)
    }

    /// Returns the time in words; of a series, its rule.
    pub(crate) fn time(&self) -> &str {
        self.lead_value(Field::Time)
    }

    /// Returns the place in one line; of an online event, its label.
    pub(crate) fn place(&self) -> &str {
        self.lead_value(Field::Place)
    }

    fn lead_value(&self, field: Field) -> &str {
        let found = self.time_and_place.iter().find(|one| one.field == field);
        found.map_or("", |one| &one.value)
    }

    /// Returns all fields but time and place, in the order in which people ask for them.
    pub(crate) fn details(&self) -> &[FieldText] {
        &self.more().details
    }

    /// Returns the newest change that people plan by.
    pub(crate) fn last_change(&self) -> Option<&FieldText> {
        self.more().last_change.as_ref()
    }

    /// Returns the description as plain text: the author's text and all fields but time and place.
    pub(crate) fn description(&self) -> &str {
        &self.more().description
    }

    /// Returns the description as the inside of a JSON text, which JSON-LD and JSON Feed share.
    pub(crate) fn description_in_json(&self) -> Bytes {
        let made = || json::inside(self.description());
        self.description_in_json.get_or_init(made).clone()
    }

    /// Returns title, time and town in one line.
    pub(crate) fn headline(&self) -> String {
        titles::headline(self.event())
    }

    /// Returns the full text as HTML for feed readers; `make` renders it when it is first asked for.
    // It has no scripts, styles or classes: W3C's feed validator warns of scripts, frames and positioned elements.
    pub(crate) fn content_or(&self, make: impl FnOnce() -> Body) -> &Body {
        self.content.get_or_init(make)
    }

    /// Returns the absolute URL of its page.
    pub(crate) fn page(&self, context: &Context) -> String {
        context.urls.absolute(&self.of.route())
    }
}

fn texts(of: &EventVariant, part: Part, urls: &Urls, zones: &Zones) -> Vec<FieldText> {
    let address = |source: &_| urls.file(&of.event().slug, source);
    field_text::texts(&of.published, part, &address, zones)
}
