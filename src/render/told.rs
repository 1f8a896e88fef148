//! What documents tell of an event in words, apart from any document: what a proof compares with.

use std::sync::Arc;

use super::telling::Telling;
use super::urls;
use crate::model::{Event, Published, TimeSpan};
use crate::text::locale::Locale;
use crate::text::{description, titles};
use crate::zone::Zones;
use urls::Urls;

/// The words for an event, or for one date of a series.
#[derive(Clone, Debug)]
pub struct Told {
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
    /// Where readers find it.
    pub link: String,
    /// Its page, also where readers are led to its feed.
    pub page: String,
    /// Its sessions that calendars show as entries of their own.
    pub sessions: Vec<ToldSession>,
}

/// The words for a session that is an entry of its own.
#[derive(Clone, Debug)]
pub struct ToldSession {
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

/// The words for an event.
#[must_use]
pub fn told(published: &Arc<Published>, zones: &Arc<Zones>, urls: &Urls) -> Told {
    let event = &published.event;
    let telling = Telling::of(published, zones, urls);
    Told {
        title: titles::announced_title(event),
        status: Locale::of(&event.language).status(event.status).name,
        headline: titles::headline(event),
        place: telling.place().to_owned(),
        lead: telling.lead,
        text: telling.description,
        link: telling.link,
        page: urls.absolute(&urls::event(event)),
        sessions: sessions(event),
    }
}

/// The text as feeds show it: HTML, escaped by none of them yet.
#[must_use]
pub fn told_as_html(published: &Arc<Published>, zones: &Arc<Zones>, urls: &Urls) -> String {
    Telling::of(published, zones, urls).content().to_string()
}

fn sessions(event: &Event) -> Vec<ToldSession> {
    let entries = event.sessions.iter().filter(|_| event.has_session_entries);
    let entries = entries.filter_map(|session| {
        Some(ToldSession {
            uid: event.uid.session(session.id.as_ref()?),
            title: titles::session_title(session, event),
            text: format!("{}\n{}", event.title, description::session_line(session, event)),
            place: titles::session_place(session, event),
            time: session.time,
        })
    });
    entries.collect()
}
