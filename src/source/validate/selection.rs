//! `[select]`: the criteria by which a feed holds events of other folders.

use std::ops::Range;

use crate::model::{EventKind, Feed, Line, Select, Slug};
use crate::source::diagnostic::{Diagnostic, MAX_PROBLEMS, Problem, nearest};
use crate::source::format::{At, OneOrMany, SelectDefinition};
use crate::source::tree::{FeedFolder, SourceFile};

use super::checker::Checker;
use super::registry::Registry;

type Asked = Option<At<OneOrMany>>;

pub(crate) fn validate(
    checker: &Checker<'_>,
    select: &At<SelectDefinition>,
    registry: &Registry,
) -> Select {
    let SelectDefinition { kind, tag, city, venue, organizer, language, text, feeds, upcoming } =
        &select.value;
    let is_upcoming_only = upcoming.as_ref().is_some_and(|upcoming| upcoming.value);
    let all = [kind, tag, city, venue, organizer, language, text, feeds];
    // `upcoming = true` alone selects everything that is still to come.
    if all.iter().all(|asked| asked.is_none()) && !is_upcoming_only {
        checker.missing(&select.span, "city", "`city`, `kind`, `tag` or another criterion");
    }
    Select {
        kinds: kinds(checker, kind),
        tags: lines(checker, "tag", tag),
        cities: lines(checker, "city", city),
        venues: keys(checker, "venue", "venues.toml", venue, &registry.venue_keys()),
        organizers: organizers(checker, organizer, registry),
        languages: lines(checker, "language", language),
        text: lines(checker, "text", text),
        feeds: slugs(checker, feeds),
        is_upcoming_only,
    }
}

/// Returns each word of a value with the place of the whole value.
fn words(asked: &Asked) -> Vec<At<String>> {
    let Some(asked) = asked else { return Vec::new() };
    let words = asked.value.as_slice().iter();
    words.map(|word| At { span: asked.span.clone(), value: word.clone() }).collect()
}

fn lines(checker: &Checker<'_>, key: &'static str, asked: &Asked) -> Vec<Line> {
    checker.lines(key, &words(asked))
}

fn kinds(checker: &Checker<'_>, asked: &Asked) -> Vec<EventKind> {
    words(asked).into_iter().filter_map(|word| checker.kind(&Some(word))).collect()
}

fn slugs(checker: &Checker<'_>, asked: &Asked) -> Vec<Slug> {
    words(asked).iter().filter_map(|word| checker.slug("feeds", word)).collect()
}

/// Reads keys of tables in another file; if that file is broken, none is called unknown.
fn keys(
    checker: &Checker<'_>,
    key: &'static str,
    file: &'static str,
    asked: &Asked,
    known: &Option<Vec<&str>>,
) -> Vec<String> {
    let asked = words(asked);
    for word in &asked {
        let Some(known) = known else { continue };
        if !known.contains(&word.value.as_str()) {
            checker.report_unknown(key, word, known, file);
        }
    }
    asked.into_iter().map(|word| word.value).collect()
}

/// Reads keys of organizers and returns their names: events hold names, not keys.
fn organizers(checker: &Checker<'_>, asked: &Asked, registry: &Registry) -> Vec<String> {
    let known = registry.organizer_keys();
    let keys = keys(checker, "organizer", "organizers.toml", asked, &known);
    keys.iter().filter_map(|key| registry.organizer_name(key)).map(str::to_owned).collect()
}

/// The "file" in which authors find the slugs of feeds.
const FOLDER: &str = "the folder of all feeds";

/// Reports feeds that select from folders that are not there, former slugs that another feed has, and successors that
/// are no other feed. `known` are the slugs of feeds that are no folder, or whose folder has a mistake.
pub(crate) fn check_feeds(
    feeds: &[Feed],
    folders: &[FeedFolder],
    known: &[Slug],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let own = feeds.iter().map(|feed| feed.slug.as_str());
    let mut slugs: Vec<&str> = own.chain(known.iter().map(Slug::as_str)).collect();
    slugs.sort_unstable();
    slugs.dedup();
    for feed in feeds {
        let folder = folders.binary_search_by(|folder| folder.slug.cmp(&feed.slug));
        let Some(file) = folder.ok().and_then(|at| folders[at].feed.as_ref()) else { continue };
        check_former(feed, &slugs, file, diagnostics);
        check_successor(feed, &slugs, file, diagnostics);
        let selected = feed.select.iter().flat_map(|select| &select.feeds);
        let unknown = selected.filter(|slug| !slugs.contains(&slug.as_str()));
        // Suggestions are made for those that are shown.
        for (number, unknown) in unknown.enumerate() {
            let nearest = (number < MAX_PROBLEMS).then(|| nearest(unknown.as_str(), &slugs));
            let nearest = nearest.flatten().map(str::to_owned);
            let value = unknown.to_string();
            let problem = Problem::UnknownReference { key: "feed", value, file: FOLDER, nearest };
            diagnostics.push(Diagnostic::new(file, place_of(file, unknown.as_str()), problem));
        }
    }
}

/// Reports a former slug of a feed that is the slug of a feed today.
fn check_former(feed: &Feed, slugs: &[&str], file: &SourceFile, diagnostics: &mut Vec<Diagnostic>) {
    for slug in feed.former_slugs.iter().filter(|slug| slugs.contains(&slug.as_str())) {
        let other = format!("the folder `{slug}`");
        let problem = Problem::DuplicateSlug { slug: slug.clone(), other };
        diagnostics.push(Diagnostic::new(file, place_of(file, slug.as_str()), problem));
    }
}

/// Reports a successor that is no other feed.
fn check_successor(
    feed: &Feed,
    slugs: &[&str],
    file: &SourceFile,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let successor = feed.retirement.as_ref().and_then(|one| one.successor.as_ref());
    let Some(successor) = successor else { return };
    let others: Vec<&str> =
        slugs.iter().copied().filter(|slug| *slug != feed.slug.as_str()).collect();
    if !others.contains(&successor.as_str()) {
        let nearest = nearest(successor.as_str(), &others).map(str::to_owned);
        let (key, value, file_of_keys) = ("feed", successor.to_string(), FOLDER);
        let problem = Problem::UnknownReference { key, value, file: file_of_keys, nearest };
        diagnostics.push(Diagnostic::new(file, place_of(file, successor.as_str()), problem));
    }
}

/// Returns where a word first stands in quotation marks in a file: a checked feed holds no places.
fn place_of(file: &SourceFile, word: &str) -> Option<Range<usize>> {
    let quoted = format!("\"{word}\"");
    file.text.find(&quoted).map(|at| at..at + quoted.len())
}
