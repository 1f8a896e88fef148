//! The published state of a snapshot as plain data, with which the proof compares the documents.
//!
//! The proof read the schedule and the renderer itself before, and so stood on the rooms that it
//! judges. Now this file gives it values of `model` and the documents by their paths.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::Event;
use crate::proof::{
    Documents, EventTexts, PublishedEvent, PublishedFeed, PublishedVariant, SessionTexts, Statement,
};
use crate::recurrence::occurrence_on;
use crate::render::{Assembly, EventText, EventVariant, FeedVariant, html_content};
use crate::schedule::Entry;
use crate::snapshot::Snapshot;
use crate::text::locale::Locale;
use crate::text::{description, titles};

/// Returns all documents of a snapshot by path, as they are served.
#[must_use]
pub fn documents(snapshot: &Snapshot) -> Documents {
    snapshot.iter().map(|(path, one)| (path, one.content().to_vec())).collect()
}

/// Returns the published state of a snapshot in each language variant.
pub fn published(snapshot: &Snapshot) -> impl Iterator<Item = PublishedVariant> {
    snapshot.variants().iter().map(variant)
}

fn variant(assembly: &Assembly) -> PublishedVariant {
    let schedule = assembly.schedule();
    let events: Vec<(&Arc<Entry>, &EventVariant)> =
        schedule.events.iter().zip(assembly.events()).collect();
    PublishedVariant {
        variant: assembly.variant(),
        site: schedule.site.id,
        urls: assembly.urls().clone(),
        zones: Arc::clone(&schedule.zones),
        now: schedule.now,
        events: events.par_iter().map(|(entry, of)| event(entry, of, assembly)).collect(),
        feeds: assembly.feeds().par_iter().map(|part| feed(part, assembly)).collect(),
    }
}

fn feed(part: &FeedVariant, assembly: &Assembly) -> PublishedFeed {
    PublishedFeed {
        feed: part.feed.clone(),
        members: part.members.clone(),
        is_retired: part.is_retired,
        left_out: assembly.left_out(part),
    }
}

fn event(entry: &Entry, of: &EventVariant, assembly: &Assembly) -> PublishedEvent {
    let (zones, site) = (&*assembly.schedule().zones, &assembly.schedule().site);
    let changed = of.event().series().into_iter().flat_map(|series| {
        let dates = series.overrides.keys().chain(&series.additional);
        dates.filter_map(|date| occurrence_on(series, &of.event().time, *date, zones))
    });
    let mut dates = BTreeMap::new();
    for one in entry.calendar_dates().copied().chain(changed) {
        dates.entry(one.date).or_insert_with(|| statement(&of.on(&one, zones), assembly));
    }
    let changes = of.published.changes.iter();
    PublishedEvent {
        statement: statement(of, assembly),
        page: of.page,
        occurrences: entry.occurrences.clone(),
        window: entry.window,
        passes: entry.passes,
        dates,
        change_ids: changes.map(|change| of.change_id(site, change.sequence)).collect(),
    }
}

fn statement(of: &EventVariant, assembly: &Assembly) -> Statement {
    let (urls, route) = (assembly.urls(), of.route());
    Statement {
        published: Arc::clone(&of.published),
        texts: texts(&EventText::of(of.clone(), urls, &assembly.schedule().zones)),
        entry_id: of.entry_id(&assembly.schedule().site),
        page: urls.absolute(&route),
        link: urls.absolute(&of.home()),
        route,
    }
}

fn texts(text: &EventText) -> EventTexts {
    let event = text.event();
    EventTexts {
        title: titles::announced_title(event),
        status: Locale::of(&event.language).status(event.status).name,
        headline: text.headline(),
        lead: text.lead(),
        place: text.place().to_owned(),
        text: text.description().to_owned(),
        html: html_content(text).to_text(),
        sessions: sessions(event),
    }
}

fn sessions(event: &Event) -> Vec<SessionTexts> {
    let entries = event.sessions.iter().filter(|_| event.has_session_entries);
    let entries = entries.filter_map(|session| {
        Some(SessionTexts {
            uid: event.uid.session(session.id.as_ref()?),
            title: titles::session_title(session, event),
            text: format!("{}\n{}", event.title, description::session_line(session, event)),
            place: titles::session_place(session, event),
            time: session.time,
        })
    });
    entries.collect()
}
