//! Definitions to the model: every rule that an author can break is checked here, all of them over
//! all files, before anything is refused.

mod change;
mod checker;
mod event;
mod feed;
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
mod weekday;
mod zone;

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use schemars::Schema;

use super::definition::{EventDefinition, FeedDefinition};
use super::diagnostic::Diagnostic;
use super::files::{FeedFolder, Files, SourceFile};
use super::parse::{self, schema_of};
use super::problem::Problem;
use crate::model::{
    Catalogue, Event, Facets, Feed, Hidden, Language, Line, SiteId, Slug, Visibility,
};
use crate::parallel;
use checker::Checker;
use event::Surroundings;
use registry::Registry;

/// An event with the places that later checks point at.
pub(super) struct Checked {
    pub file: SourceFile,
    pub head: Range<usize>,
    pub uid_span: Option<Range<usize>>,
    pub part_of_span: Option<Range<usize>>,
    pub event: Event,
    pub is_draft: bool,
}

/// Validates all files; the catalogue is `None` where the site itself cannot be said.
pub(super) fn validate(root: &Path, files: Files) -> (Option<Catalogue>, Vec<Diagnostic>) {
    let mut diagnostics = files.diagnostics;
    let registry = Registry::load(&files.organizers, &files.venues, &mut diagnostics);
    let site = site::load(root, files.site.as_ref(), &registry, &mut diagnostics);
    let site_id = site.as_ref().map_or_else(SiteId::unknown, |site| site.id);
    let schema = schema_of::<EventDefinition>();
    let feed_schema = schema_of::<FeedDefinition>();
    let (mut feeds, mut checked, mut selecting) = (Vec::new(), Vec::new(), Vec::new());
    for folder in &files.feeds {
        let surroundings = Surroundings { site_id, registry: &registry, feed: &folder.slug };
        let (feed, defaults) =
            feed::load(root, folder, &feed_schema, &surroundings, &mut diagnostics);
        selecting.extend(folder.feed.clone().map(|file| (folder.slug.clone(), file)));
        feeds.extend(feed);
        let loaded = parallel::map(&folder.events, |(slug, file)| {
            let mut diagnostics = Vec::new();
            let event = load_event(slug, file, &schema, &surroundings, &defaults, &mut diagnostics);
            (event, diagnostics)
        });
        for (event, problems) in loaded {
            checked.extend(event);
            diagnostics.extend(problems);
        }
        report_own_events_of_all(folder, &mut diagnostics);
    }
    diagnostics.extend(together::check(&checked));
    let catalogue = site.map(|site| {
        add_feed_of_everything(&mut feeds, &site.title);
        let (drafts, events): (Vec<Checked>, Vec<Checked>) =
            checked.into_iter().partition(|one| one.is_draft);
        selection::check_feeds(&feeds, &selecting, &mut diagnostics);
        let events = in_order(events, &feeds);
        Catalogue { site, feeds, events, hidden: hidden(drafts) }
    });
    (catalogue, diagnostics)
}

fn load_event(
    slug: &Slug,
    file: &SourceFile,
    schema: &Schema,
    surroundings: &Surroundings<'_>,
    defaults: &feed::Defaults,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Checked> {
    let (parsed, body) = parse::event_file::<EventDefinition>(file, schema, diagnostics)?;
    let checker = Checker::new(file, &parsed.rejected);
    let event = event::validate(&checker, slug, &parsed.definition, body, surroundings, defaults);
    let head = checker.head.clone();
    diagnostics.extend(checker.into_diagnostics());
    let uid_span = parsed.definition.uid.map(|uid| uid.span);
    let part_of_span = parsed.definition.part_of.map(|slug| slug.span);
    let (event, is_draft) = event?;
    Some(Checked { file: file.clone(), head, uid_span, part_of_span, event, is_draft })
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
            query: String::new(),
        });
        feeds.sort_by(|a, b| a.slug.cmp(&b.slug));
    }
}

fn hidden(drafts: Vec<Checked>) -> Vec<Hidden> {
    let drafts = drafts.into_iter().map(|one| one.event);
    let hidden = drafts.map(|Event { uid, has_written_uid, slug, .. }| Hidden {
        uid,
        has_written_uid,
        slug,
    });
    hidden.collect()
}

/// By start, then uid.
fn in_order(checked: Vec<Checked>, feeds: &[Feed]) -> Vec<Event> {
    let mut events: Vec<Event> = checked.into_iter().map(|one| one.event).collect();
    let is_public = |event: &&Event| event.visibility == Visibility::Public;
    let public: BTreeSet<Slug> =
        events.iter().filter(is_public).map(|event| event.slug.clone()).collect();
    for event in events.iter_mut().filter(|event| event.visibility == Visibility::Public) {
        // What the public does not know is no part of what it is told.
        event.part_of = event.part_of.take().filter(|slug| public.contains(slug));
    }
    let has_selections = feeds.iter().any(|feed| feed.selection.is_some());
    for event in &mut events {
        let facets = has_selections.then(|| Facets::of(event));
        let selects = |feed: &&Feed| facets.as_ref().is_some_and(|facets| feed.selects(facets));
        let holding = feeds.iter().filter(|feed| feed.slug == event.feed || selects(feed));
        event.feeds = holding.map(|feed| feed.slug.clone()).collect();
    }
    events.sort_by_cached_key(|event| (event.time.begins(), event.uid.clone()));
    events
}
