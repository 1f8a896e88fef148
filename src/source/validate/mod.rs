//! Definitions to the model: every rule that an author can break is checked here, all of them over
//! all files, before anything is refused.

mod change;
mod checker;
mod event;
mod feed;
mod files;
mod moment;
mod participation;
mod party;
mod place;
mod registry;
mod selection;
mod series;
mod session;
mod site;
mod text;
mod time;
mod together;
mod translation;
mod weekday;
mod zone;

use std::cell::LazyCell;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, LazyLock, OnceLock};

use schemars::Schema;

use super::definition::{EventDefinition, FeedDefinition};
use super::diagnostic::Diagnostic;
use super::files::{FeedFolder, Files, SourceFile};
use super::memory::{Finished, Known, Memory};
use super::parse::{self, schema_of};
use super::problem::Problem;
use crate::index::{Earlier, Keys};
use crate::model::{
    Catalogue, Event, Feed, Hidden, Language, Line, SiteId, Slug, Visibility, sort_by_start,
};
use crate::parallel;
use crate::schedule::Facets;
use checker::Checker;
use event::Surroundings;
use registry::Registry;

/// An event with the places that later checks point at.
#[derive(Debug)]
pub(super) struct Checked {
    pub file: SourceFile,
    pub head: Range<usize>,
    pub uid_span: Option<Range<usize>>,
    pub part_of_span: Option<Range<usize>>,
    pub event: Arc<Event>,
    pub is_draft: bool,
    /// What selections ask for, made where there are any.
    facets: OnceLock<Box<Facets>>,
}

/// The known keys of an event file.
static EVENT_SCHEMA: LazyLock<Schema> = LazyLock::new(schema_of::<EventDefinition>);

/// Validates all files; the catalogue is `None` where the site itself cannot be said.
pub(super) fn validate(
    root: &Path,
    files: Files,
    memory: &mut Memory,
) -> (Option<Catalogue>, Vec<Diagnostic>) {
    memory.turn_to([&files.site, &files.organizers, &files.venues]);
    let mut diagnostics = files.diagnostics;
    let registry = Registry::load(&files.organizers, &files.venues, &mut diagnostics);
    let site = site::load(root, files.site.as_ref(), &registry, &mut diagnostics);
    let site_id = site.as_ref().map_or_else(SiteId::unknown, |site| site.id);
    let feed_schema = schema_of::<FeedDefinition>();
    let (mut feeds, mut checked, mut selecting) = (Vec::new(), Vec::new(), Vec::new());
    let (known, mut seen) = (memory.events(), Vec::new());
    for folder in &files.feeds {
        let (feed, assets) = (&folder.slug, &*folder.assets);
        let surroundings = Surroundings { site_id, registry: &registry, feed, assets };
        let (feed, defaults) =
            feed::load(root, folder, &feed_schema, &surroundings, &mut diagnostics);
        selecting.extend(folder.feed.clone().map(|file| (folder.slug.clone(), file)));
        feeds.extend(feed);
        let before = seen.len();
        seen.extend(load_events(folder, &surroundings, &defaults, &known, before));
        report_own_events_of_all(folder, &mut diagnostics);
    }
    for known in &seen {
        let (event, problems) = known.outcome();
        checked.extend(event.clone());
        diagnostics.extend_from_slice(problems);
    }
    diagnostics.extend(files::unused(&files.feeds, &checked));
    memory.replace(seen);
    diagnostics.extend(together::check(&checked));
    let catalogue = site.map(|site| {
        add_feed_of_everything(&mut feeds, &site.title);
        let (drafts, events): (Vec<_>, Vec<_>) = checked.into_iter().partition(|one| one.is_draft);
        selection::check_feeds(&feeds, &selecting, &mut diagnostics);
        let events = finished(&events, &feeds, &memory.finished());
        memory.finish(events.clone());
        let mut events: Vec<Arc<Event>> = events.into_iter().map(|one| one.event).collect();
        sort_by_start(&mut events, |event| event);
        Catalogue { site, feeds, events, hidden: hidden(&drafts) }
    });
    (catalogue, diagnostics)
}

/// The events of a folder; those whose files were not edited are `known`, mostly in this order, `before`
/// them those of other folders.
fn load_events(
    folder: &FeedFolder,
    surroundings: &Surroundings<'_>,
    defaults: &feed::Defaults,
    known: &Earlier<'_, Arc<Known>>,
    before: usize,
) -> Vec<Arc<Known>> {
    parallel::map_at(&folder.events, |at, (slug, file)| {
        let known = known.find(before + at, &file.path).filter(|known| known.is_of(file, folder));
        known.cloned().unwrap_or_else(|| {
            let mut diagnostics = Vec::new();
            let (event, names_files) =
                load_event(slug, file, surroundings, defaults, &mut diagnostics);
            Arc::new(Known::new(file, folder, names_files, event, diagnostics))
        })
    })
}

/// The event, and whether it names files beside it.
fn load_event(
    slug: &Slug,
    file: &SourceFile,
    surroundings: &Surroundings<'_>,
    defaults: &feed::Defaults,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<Checked>, bool) {
    let parsed = parse::event_file::<EventDefinition>(file, &EVENT_SCHEMA, diagnostics);
    let Some((parsed, body)) = parsed else { return (None, false) };
    let names_files = parsed.definition.names_files();
    let checker = Checker::new(file, &parsed.rejected);
    let event = event::validate(&checker, slug, &parsed.definition, body, surroundings, defaults);
    let head = checker.head.clone();
    diagnostics.extend(checker.into_diagnostics());
    let uid_span = parsed.definition.uid.map(|uid| uid.span);
    let part_of_span = parsed.definition.part_of.map(|slug| slug.span);
    let checked = event.map(|(event, is_draft)| {
        let (file, event, facets) = (file.clone(), Arc::new(event), OnceLock::new());
        Checked { file, head, uid_span, part_of_span, event, is_draft, facets }
    });
    (checked, names_files)
}

fn report_own_events_of_all(folder: &FeedFolder, diagnostics: &mut Vec<Diagnostic>) {
    if folder.slug.as_str() == Slug::ALL {
        let own = folder.events.iter();
        diagnostics
            .extend(own.map(|(_, file)| Diagnostic::new(file, None, Problem::AllHoldsEvents)));
    }
}

/// The feed of everything always exists; without a folder it is named after the site.
fn add_feed_of_everything(feeds: &mut Vec<Feed>, site: &Line) {
    if !feeds.iter().any(|feed| feed.slug.as_str() == Slug::ALL) {
        feeds.push(Feed {
            slug: Slug::all(),
            title: site.with_remark(&Line::new(Slug::ALL).expect("a word is a line")),
            description: None,
            color: None,
            license: None,
            language: Language::german(),
            selection: None,
            former_slugs: Vec::new(),
            retirement: None,
            translation: None,
        });
        feeds.sort_by(|a, b| a.slug.cmp(&b.slug));
    }
}

fn hidden(drafts: &[Arc<Checked>]) -> Vec<Hidden> {
    let hidden = drafts.iter().map(|one| Hidden {
        uid: one.event.uid.clone(),
        has_written_uid: one.event.has_written_uid,
        slug: one.event.slug.clone(),
    });
    hidden.collect()
}

/// The events with the feeds that hold them; those that are as they were stay where they are in memory.
fn finished(
    checked: &[Arc<Checked>],
    feeds: &[Feed],
    earlier: &Earlier<'_, Finished>,
) -> Vec<Finished> {
    let is_public = |event: &Event| event.visibility == Visibility::Public;
    let public = checked.iter().map(|one| &one.event).filter(|event| is_public(event));
    let public: LazyCell<Keys<&Slug>, _> =
        LazyCell::new(|| public.clone().map(|event| &event.slug).collect());
    let selections: Vec<&Feed> = feeds.iter().filter(|feed| feed.selection.is_some()).collect();
    let finished = checked.iter().enumerate().map(|(at, one)| {
        let Checked { event: alone, file, .. } = &**one;
        // What the public does not know is no part of what it is told.
        let is_unknown = |slug: &&Slug| is_public(alone) && !public.contains(*slug);
        let part_of = alone.part_of.as_ref().filter(|slug| !is_unknown(slug));
        let holding = holding(one, feeds, &selections);
        let known = earlier.find(at, &file.path);
        let is_same = |known: &&Finished| {
            let is_alone = Arc::ptr_eq(&known.alone, alone);
            is_alone && known.event.feeds == holding && known.event.part_of.as_ref() == part_of
        };
        if let Some(known) = known.filter(is_same) {
            return known.clone();
        }
        let mut event = Arc::clone(alone);
        if event.part_of.as_ref() != part_of {
            Arc::make_mut(&mut event).part_of = None;
        }
        if event.feeds != holding {
            Arc::make_mut(&mut event).feeds = holding;
        }
        let same = known.filter(|known| known.event == event);
        let event = same.map_or(event, |known| Arc::clone(&known.event));
        Finished { path: Arc::clone(&file.path), alone: Arc::clone(alone), event }
    });
    finished.collect()
}

/// The feeds that hold an event: its own, and those that select it.
fn holding(one: &Checked, feeds: &[Feed], selections: &[&Feed]) -> Vec<Slug> {
    let facets = || one.facets.get_or_init(|| Box::new(Facets::of(&one.event)));
    let others = selections.iter().filter(|feed| feed.slug != one.event.feed);
    let selecting = others.filter(|feed| feed.selects(facets())).map(|feed| feed.slug.clone());
    let own = is_a_feed(feeds, &one.event.feed).then(|| one.event.feed.clone());
    let mut holding: Vec<Slug> = selecting.chain(own).collect();
    holding.sort();
    holding
}

fn is_a_feed(feeds: &[Feed], slug: &Slug) -> bool {
    feeds.iter().any(|feed| feed.slug == *slug)
}
