//! The digest of an event's published state: SHA-256 of JSON. Another digest is a new revision.
//!
//! It holds the wall clock, the zone and, in a repeated hour, which of the two it is, but never an
//! offset: a new law is no edit. It holds no slug, no uid, no address of the site and no text that
//! this program writes: none of them is what the author says of the event.
//!
//! Empty keys are left out, so that a key that is added to the format changes no digest of an event
//! without it. The event and its parts are destructured without `..`: a forgotten key does not
//! compile.

mod parts;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::model::{Event, EventKind, Language, Line, Link, Slug, hex};
use parts::{
    Clock, Conditions, Media, Party, ProgrammePart, Repetition, Status, Times, TranslatedTexts,
    Where,
};

/// The prefix of each digest of this form; those of the first form have none.
const MARK: &str = "sha256:";

/// Returns the digest of an event.
pub(super) fn digest(event: &Event) -> String {
    // In one piece: the many short ones that serde writes, one by one, take the hash twice as long.
    let form = serde_json::to_vec(&DigestForm::of(event));
    let form = form.expect("structs of texts, numbers and lists always serialise");
    format!("{MARK}{}", hex(&Sha256::digest(form)))
}

#[derive(Serialize)]
struct DigestForm<'a> {
    title: &'a Line,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtitle: Option<&'a Line>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'a Line>,
    #[serde(skip_serializing_if = "str::is_empty")]
    body: &'a str,
    kind: EventKind,
    time: Times,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<Repetition<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doors: Option<Clock>,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a Line>,
    location: Where<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organizer: Option<Party<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<Party<'a>>,
    participation: Conditions<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sessions: Vec<ProgrammePart<'a>>,
    #[serde(skip_serializing_if = "is_false")]
    has_session_entries: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    part_of: Option<&'a Slug>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tags: &'a [Line],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    links: &'a [Link],
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Media<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Media<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    translation: Option<TranslatedTexts<'a>>,
    language: &'a Language,
    #[serde(skip_serializing_if = "is_false")]
    busy: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<DateTime<Utc>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields so")]
fn is_false(value: &bool) -> bool {
    !value
}

impl<'a> DigestForm<'a> {
    fn of(event: &'a Event) -> Self {
        // Left out: its identity, the feeds that hold it, and its visibility, which no document shows.
        let Event {
            uid: _,
            has_written_uid: _,
            slug: _,
            feed: _,
            feeds: _,
            title,
            subtitle,
            summary,
            body,
            kind,
            time,
            recurrence: _,
            doors,
            status,
            reason,
            location,
            organizer,
            contact: _,
            participation,
            sessions,
            has_session_entries,
            part_of,
            tags,
            links,
            image,
            attachments,
            translation,
            language,
            visibility: _,
            busy,
            published,
            updated,
        } = event;
        Self {
            title,
            subtitle: subtitle.as_ref(),
            summary: summary.as_ref(),
            body,
            kind: *kind,
            time: Times::of(time),
            series: event.series().map(Repetition::of),
            doors: doors.as_ref().map(Clock::of),
            status: Status::of(*status),
            reason: reason.as_ref(),
            location: Where::of(location),
            organizer: organizer.as_deref().map(Party::of),
            // Public revisions come from the public part alone: no count may show that there is an internal contact.
            contact: event.public_contact().map(Party::of_contact),
            participation: Conditions::of(participation),
            sessions: sessions.iter().map(ProgrammePart::of).collect(),
            has_session_entries: *has_session_entries,
            part_of: part_of.as_ref(),
            tags,
            links,
            image: image.as_ref().map(Media::of_image),
            attachments: attachments.iter().map(Media::of_attachment).collect(),
            translation: translation.as_ref().map(TranslatedTexts::of),
            language,
            busy: *busy,
            published: *published,
            updated: *updated,
        }
    }
}
