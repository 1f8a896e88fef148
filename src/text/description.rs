//! The description of an event in plain text: `DESCRIPTION` of iCalendar, and the text of feeds. It says all that the
//! event says but time and place, which iCalendar has as properties and the other formats put before it: many clients
//! show nothing else.

use super::field_text::FieldText;
use super::locale::Locale;
use super::{dates, markdown, titles};
use crate::model::{Event, Session};
use crate::zone::Zones;

/// The length of a summary that is made from the text, in characters.
const SUMMARY_LEN: usize = 280;

/// Returns the notice of a status, subtitle, text, programme, details and last change, parted by empty lines;
/// `own_text` is the author's text as plain text.
pub(crate) fn description(
    event: &Event,
    own_text: &str,
    details: &[FieldText],
    last_change: Option<&FieldText>,
    zones: &Zones,
) -> String {
    let parts = [
        titles::notice(event, zones).unwrap_or_default(),
        event.subtitle.as_ref().map(ToString::to_string).unwrap_or_default(),
        text_or_summary(event, own_text),
        programme(event),
        lines(details),
        lines(last_change),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// Returns the short form for lists: the author's summary, or the beginning of the text.
pub(crate) fn summary(event: &Event, own_text: &str) -> String {
    match &event.summary {
        Some(summary) => summary.to_string(),
        None => markdown::excerpt(own_text, SUMMARY_LEN),
    }
}

/// Returns the author's text, or the summary if there is no text (a tombstone has none).
fn text_or_summary(event: &Event, own_text: &str) -> String {
    match &event.summary {
        Some(summary) if own_text.is_empty() => summary.to_string(),
        _ => own_text.to_owned(),
    }
}

/// Returns a line for each field: "Voraussetzung: …".
pub(crate) fn lines<'a>(fields: impl IntoIterator<Item = &'a FieldText>) -> String {
    fields.into_iter().map(FieldText::line).collect::<Vec<_>>().join("\n")
}

fn programme(event: &Event) -> String {
    if event.sessions.is_empty() {
        return String::new();
    }
    let lines =
        event.sessions.iter().map(|session| format!("\n- {}", session_line(session, event)));
    format!("{}:{}", Locale::of(&event.language).event.programme, lines.collect::<String>())
}

/// Returns the line of a session: "10:15 bis 11:00 Uhr: Begrüßung (Saal; Anna Beispiel)".
pub(crate) fn session_line(session: &Session, event: &Event) -> String {
    let locale = Locale::of(&event.language);
    let time = dates::session(&session.time, event.time.first_date(), locale);
    let speakers: Vec<&str> = session.speakers.iter().map(|speaker| &**speaker).collect();
    let room = session.room.as_ref().map(|room| room.name.to_string());
    let remarks = [room, (!speakers.is_empty()).then(|| speakers.join(", "))];
    let remarks: Vec<String> = remarks.into_iter().flatten().collect();
    if remarks.is_empty() {
        format!("{time}: {}", session.title)
    } else {
        format!("{time}: {} ({})", session.title, remarks.join("; "))
    }
}
