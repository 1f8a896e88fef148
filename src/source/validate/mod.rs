//! Definitions to the model: every rule that an author can break is checked here, all of them over all files, before
//! anything is refused.
//!
//! There is one file for each table of the format. A check that fails reports to its [`Checker`] and returns `None`,
//! and the next check goes on, so that one run shows all mistakes; only at the end does a missing part make the event
//! `None`. What needs all events at once is in `cross_checks`. Types that several checks use (`defaults`,
//! `surroundings`, `venue`, `status`, `visibility`) have files of their own: where each stood beside its first user,
//! the modules used one another in circles.

mod budget;
mod checker;
mod codes;
mod cross_checks;
mod defaults;
mod event;
mod feed;
mod files;
mod moment;
mod overrides;
mod participation;
mod party;
mod place;
mod registry;
mod selection;
mod series;
mod session;
mod site;
mod status;
mod surroundings;
mod text;
mod time;
mod translation;
mod venue;
mod visibility;
mod weekday;
mod zone;

pub(super) use cross_checks::{CrossChecks, hints};

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;
use schemars::Schema;

use super::checked::{Checked, CheckedFile};
use super::diagnostic::{self, Diagnostic, Problem};
use super::format::{self, EventDefinition, FeedDefinition, schema_of};
use super::memo::{self, FileMemo};
use super::tree::{FeedFolder, SourceFile, SourceFiles};
use crate::IndexSet;
use crate::model::{
    Definitions, Event, Feed, Line, Site, SiteId, Slug, Unpublished, Visibility, sort_by_start,
};
use crate::zone::Zones;
use checker::Checker;
use defaults::Defaults;
use registry::Registry;
use surroundings::Surroundings;

/// The known keys of an event file; made once, since it is asked for each of 10,000 files.
static EVENT_SCHEMA: LazyLock<Schema> = LazyLock::new(schema_of::<EventDefinition>);

/// The parts of a site that could be made of its files. A part that is there may still carry an error.
#[derive(Clone, Debug, Default)]
pub(super) struct Parts {
    /// The site; `None` if `site.toml` is missing or a necessary part of it is wrong.
    pub site: Option<Site>,
    /// The feeds, by slug; that of all events is only among them if it has a folder.
    pub feeds: Vec<Feed>,
    /// The events and drafts, by folder and slug.
    pub events: Vec<Arc<Checked>>,
}

/// Checks each file by itself.
pub(super) fn check_files(
    files: &SourceFiles,
    zones: &Zones,
    memo: &mut FileMemo,
    diagnostics: &mut Vec<Diagnostic>,
) -> Parts {
    let root = &files.root;
    let registry = Registry::load(&files.organizers, &files.venues, zones, diagnostics);
    let site = site::load(root, files.site.as_ref(), &registry, zones, diagnostics);
    let site_id = site.as_ref().map_or_else(SiteId::unknown, |site| site.id);
    let feed_schema = schema_of::<FeedDefinition>();
    let (mut feeds, mut events) = (Vec::new(), Vec::new());
    let site_key = memo::site_key(files, zones.fingerprint());
    for folder in &files.feeds {
        let (feed, assets) = (&folder.slug, &*folder.assets);
        let surroundings = Surroundings { site_id, registry: &registry, zones, feed, assets };
        let (feed, defaults) = feed::load(root, folder, &feed_schema, &surroundings, diagnostics);
        feeds.extend(feed);
        let folder_key = memo::folder_key(folder, site_key);
        for (key, file) in load_events(folder, &surroundings, &defaults, folder_key, memo) {
            events.extend(file.event.clone());
            diagnostics.extend_from_slice(&file.diagnostics);
            memo.keep(key, file);
        }
        report_own_events_of_all(folder, diagnostics);
    }
    Parts { site, feeds, events }
}

/// Puts definitions together; `named` are the slugs of events that are published without a definition, `withdrawn` those
/// of events whose files close them but cannot be read.
pub(super) fn definitions(
    site: Site,
    mut feeds: Vec<Feed>,
    events: &[Arc<Checked>],
    named: &BTreeSet<Slug>,
    withdrawn: &BTreeSet<Slug>,
) -> Definitions {
    add_feed_of_everything(&mut feeds, &site.title);
    let (drafts, events): (Vec<_>, Vec<_>) = events.iter().partition(|one| one.is_draft);
    let mut events = public_parts(&events, named);
    sort_by_start(&mut events, |event| event);
    let mut unpublished = unpublished(&drafts);
    unpublished.extend(withdrawn.iter().map(|slug| Unpublished {
        uid: site.id.event_uid(slug),
        has_written_uid: false,
        slug: slug.clone(),
    }));
    // Of two files with one name, one may be public: what closes the other one says nothing of it.
    let public: IndexSet<&Slug> = if unpublished.is_empty() {
        IndexSet::default()
    } else {
        events.iter().map(|event| &event.slug).collect()
    };
    unpublished.retain(|one| !public.contains(&one.slug) && !named.contains(&one.slug));
    Definitions { site, feeds, events, unpublished }
}

/// Returns the checked event files of a folder with their keys in the memo; files that the memo has are not checked
/// again.
fn load_events(
    folder: &FeedFolder,
    surroundings: &Surroundings<'_>,
    defaults: &Defaults,
    folder_key: u128,
    memo: &FileMemo,
) -> Vec<(u128, Arc<CheckedFile>)> {
    let events = folder.events.par_iter().map(|(slug, file)| {
        let key = memo::file_key(file, folder_key);
        let known = memo.find(key).cloned();
        (key, known.unwrap_or_else(|| Arc::new(load_event(slug, file, surroundings, defaults))))
    });
    events.collect()
}

fn load_event(
    slug: &Slug,
    file: &SourceFile,
    surroundings: &Surroundings<'_>,
    defaults: &Defaults,
) -> CheckedFile {
    let mut diagnostics = Vec::new();
    let parsed = format::event_file::<EventDefinition>(file, &EVENT_SCHEMA, &mut diagnostics);
    let Some((parsed, body)) = parsed else {
        diagnostic::tidy(&mut diagnostics);
        return CheckedFile { event: None, diagnostics };
    };
    // Even a file with broken syntax is checked as far as it could be read: its author sees all mistakes at once.
    let checker = Checker::new(file, &parsed.rejected, surroundings.zones);
    let event = event::validate(&checker, slug, &parsed.definition, body, surroundings, defaults);
    let head = checker.head.clone();
    diagnostics.extend(checker.into_diagnostics());
    // The memo keeps them.
    diagnostic::tidy(&mut diagnostics);
    let uid_span = parsed.definition.uid.map(|uid| uid.span);
    let part_of_span = parsed.definition.part_of.map(|slug| slug.span);
    let event = event.map(|(event, is_draft)| {
        let (file, event) = (file.clone(), Arc::new(event));
        Arc::new(Checked { file, head, uid_span, part_of_span, event, is_draft })
    });
    CheckedFile { event, diagnostics }
}

fn report_own_events_of_all(folder: &FeedFolder, diagnostics: &mut Vec<Diagnostic>) {
    if folder.slug.as_str() == Slug::ALL {
        let own = folder.events.iter();
        diagnostics
            .extend(own.map(|(_, file)| Diagnostic::new(file, None, Problem::AllHoldsEvents)));
    }
}

/// Adds the feed of everything if it has no folder: it always exists, and is then named after the site.
fn add_feed_of_everything(feeds: &mut Vec<Feed>, site: &Line) {
    if !feeds.iter().any(|feed| feed.slug.as_str() == Slug::ALL) {
        let remark = Line::new(Slug::ALL).expect("a word is a line");
        feeds.push(Feed::named(Slug::all(), site.with_remark(&remark)));
        feeds.sort_by(|a, b| a.slug.cmp(&b.slug));
    }
}

fn unpublished(drafts: &[&Arc<Checked>]) -> Vec<Unpublished> {
    let unpublished = drafts.iter().map(|one| Unpublished {
        uid: one.event.uid.clone(),
        has_written_uid: one.event.has_written_uid,
        slug: one.event.slug.clone(),
    });
    unpublished.collect()
}

/// Returns the events, without the parent of a public event if that is not public: no public document may show that
/// an internal event exists, and an edit of that must raise no public revision.
fn public_parts(checked: &[&Arc<Checked>], named: &BTreeSet<Slug>) -> Vec<Arc<Event>> {
    let is_public = |event: &Event| event.visibility == Visibility::Public;
    let public = checked.iter().map(|one| &one.event).filter(|event| is_public(event));
    let public: LazyCell<IndexSet<&Slug>, _> =
        LazyCell::new(|| public.clone().map(|event| &event.slug).collect());
    let events = checked.iter().map(|one| {
        let mut event = Arc::clone(&one.event);
        let is_unknown =
            |slug: &Slug| is_public(&one.event) && !public.contains(slug) && !named.contains(slug);
        if event.part_of.as_ref().is_some_and(is_unknown) {
            // This is a copy: in the memo the parent stays, for it may become public later.
            Arc::make_mut(&mut event).part_of = None;
        }
        event
    });
    events.collect()
}
