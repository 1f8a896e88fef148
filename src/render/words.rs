//! The words for an event, apart from any document: what a proof compares with.

use std::sync::Arc;

use super::event_text::EventText;
use super::html;
use super::variant::EventVariant;
use crate::model::{Event, TimeSpan};
use crate::route::{Route, Urls};
use crate::text::locale::Locale;
use crate::text::{description, titles};
use crate::zone::Zones;

/// The words for an event, or for one date of a series.
#[derive(Clone, Debug)]
pub struct EventWords {
    /// Its title, behind the prefix of its status.
    pub title: String,
    /// What its status is called.
    pub status: &'static str,
    /// Title, time and town: what feed readers show in their lists.
    pub headline: String,
    /// When and where, in two lines.
    pub lead: String,
    /// The place in one line.
    pub place: String,
    /// The whole text.
    pub text: String,
    /// The whole text as feeds show it: HTML, escaped by none of them yet.
    pub html: String,
    /// Where readers find it.
    pub link: String,
    /// Its page.
    pub route: Route,
    /// The link to its page, also where readers are led to its feed.
    pub page: String,
    /// Its sessions that calendars show as entries of their own.
    pub sessions: Vec<SessionWords>,
}

/// The words for a session that is an entry of its own.
#[derive(Clone, Debug)]
pub struct SessionWords {
    /// Its identity.
    pub uid: String,
    /// Its title, behind the prefix of the event's status.
    pub title: String,
    /// The event, and the session's line of the programme.
    pub text: String,
    /// The place in one line.
    pub place: String,
    /// When it takes place.
    pub time: TimeSpan,
}

impl EventWords {
    /// The words for an event in a language variant.
    #[must_use]
    pub fn of(variant: &EventVariant, urls: &Urls, zones: &Arc<Zones>) -> Self {
        let (event, text) = (variant.event(), EventText::of(variant.clone(), urls, zones));
        Self {
            title: titles::announced_title(event),
            status: Locale::of(&event.language).status(event.status).name,
            headline: titles::headline(event),
            lead: text.lead(),
            place: text.place().to_owned(),
            text: text.description().to_owned(),
            html: html::content(&text).to_text(),
            page: urls.absolute(&variant.route()),
            route: variant.route(),
            sessions: sessions(event),
            link: text.link,
        }
    }
}

fn sessions(event: &Event) -> Vec<SessionWords> {
    let entries = event.sessions.iter().filter(|_| event.has_session_entries);
    let entries = entries.filter_map(|session| {
        Some(SessionWords {
            uid: event.uid.session(session.id.as_ref()?),
            title: titles::session_title(session, event),
            text: format!("{}\n{}", event.title, description::session_line(session, event)),
            place: titles::session_place(session, event),
            time: session.time,
        })
    });
    entries.collect()
}
