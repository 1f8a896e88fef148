//! What is told of an event in words, made once for all formats.

use std::cell::OnceCell;
use std::sync::Arc;

use super::body::{Body, Piece};
use super::urls::{self, Urls};
use super::{html, json};
use crate::model::{Event, Published, Site, Uid};
use crate::recurrence::{Occurrence, published_on};
use crate::text::event_text::{self, FieldText};
use crate::text::fields::Part;
use crate::text::locale::Locale;
use crate::text::{dates, description, markdown, titles};
use crate::zone::Zones;

/// An event, or one date of a series, and its texts.
pub struct Telling {
    pub published: Arc<Published>,
    /// By which rules its dates are placed.
    pub zones: Arc<Zones>,
    /// When and where.
    pub time_and_place: Vec<FieldText>,
    /// Start and end for machines; see [`dates::machine`].
    pub machine_time: (String, Option<String>),
    /// When and where, in two lines.
    pub lead: String,
    /// Where people read of it.
    pub link: String,
    /// Everything else that is known about it, in the order in which people ask.
    pub details: Vec<FieldText>,
    /// The newest change that readers plan by.
    pub last_change: Option<FieldText>,
    /// The whole truth in plain text.
    pub description: String,
    /// The author's text as HTML.
    pub html: Piece,
    /// The short form for lists.
    pub summary: Arc<str>,
    /// The author's text as plain text.
    own_text: Arc<str>,
    content: OnceCell<Body>,
    headline: OnceCell<String>,
    entry_id: OnceCell<String>,
    description_in_json: OnceCell<Piece>,
}

impl Telling {
    pub fn of(published: &Arc<Published>, zones: &Arc<Zones>, urls: &Urls) -> Self {
        let event = &published.event;
        let (html, own_text) = markdown::html_and_text(&event.body);
        let summary = description::summary(event, &own_text);
        let (summary, own_text, html) = match foreign_text(event) {
            Some(mark) => (
                format!("[{mark}] {summary}"),
                format!("[{mark}] {own_text}"),
                format!("<p>[{mark}]</p>\n{html}"),
            ),
            None => (summary, own_text, html),
        };
        let html = html.trim_end().into();
        Self::new(Arc::clone(published), zones, html, summary.into(), own_text.into(), urls)
    }

    /// What takes place on one date of the series; its author's text is that of the series.
    pub fn on(&self, occurrence: &Occurrence, urls: &Urls) -> Self {
        let published = published_on(&self.published, occurrence, &self.zones);
        let (summary, own_text) = (Arc::clone(&self.summary), Arc::clone(&self.own_text));
        Self::new(published, &self.zones, self.html.clone(), summary, own_text, urls)
    }

    fn new(
        published: Arc<Published>,
        zones: &Arc<Zones>,
        html: Piece,
        summary: Arc<str>,
        own_text: Arc<str>,
        urls: &Urls,
    ) -> Self {
        let event = &published.event;
        let fields =
            |part| event_text::texts(&published, part, &|source| urls.source(event, source), zones);
        let time_and_place = fields(Part::Lead);
        let details = fields(Part::Details);
        let last_change = fields(Part::LastChange).pop();
        Self {
            lead: description::lines(&time_and_place),
            time_and_place,
            machine_time: dates::machine(&event.time),
            link: urls.absolute(&urls::home_of(&published)),
            description: description::description(
                event,
                &own_text,
                &details,
                last_change.as_ref(),
                zones,
            ),
            details,
            last_change,
            html,
            summary,
            own_text,
            content: OnceCell::new(),
            headline: OnceCell::new(),
            entry_id: OnceCell::new(),
            description_in_json: OnceCell::new(),
            zones: Arc::clone(zones),
            published,
        }
    }

    /// The same under another identity.
    pub fn under(mut self, uid: &Uid) -> Self {
        self.entry_id = OnceCell::new();
        let published = Arc::make_mut(&mut self.published);
        Arc::make_mut(&mut published.event).uid = uid.clone();
        self
    }

    /// The time, or the rule of a series.
    pub fn time(&self) -> &str {
        self.time_and_place.first().map_or("", |fact| &fact.value)
    }

    /// The place, or the label of an online event.
    pub fn place(&self) -> &str {
        self.time_and_place.last().map_or("", |fact| &fact.value)
    }

    /// The whole truth as the inside of a JSON text.
    pub fn description_in_json(&self) -> Piece {
        let made = || json::inside(&self.description);
        self.description_in_json.get_or_init(made).clone()
    }

    /// Title, time and town in one line.
    pub fn headline(&self) -> String {
        self.headline.get_or_init(|| titles::headline(&self.published.event)).clone()
    }

    /// Its identity in RSS, Atom and JSON Feed.
    pub fn entry_id(&self, site: &Site) -> String {
        let event = &self.published.event;
        self.entry_id.get_or_init(|| site.id.entry_id(&event.uid, event.edition)).clone()
    }

    /// Everything as a piece of HTML for feed readers: no scripts, styles or classes.
    pub fn content(&self) -> &Body {
        self.content.get_or_init(|| html::content(self))
    }
}

/// That the author's text is in another language than everything else.
fn foreign_text(event: &Event) -> Option<&'static str> {
    let origin = event.origin.as_ref().filter(|origin| origin.has_its_text)?;
    Locale::of(&event.language).written_in(&origin.language)
}
