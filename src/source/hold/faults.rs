//! Which items have a mistake.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Held, Search, Standing, gone, is_public};
use crate::source::checked::Checked;
use crate::source::diagnostic::{Diagnostic, Problem};
use crate::source::legible::{self, Legible};
use crate::source::tree::{Definition, missing, place_of};
use crate::source::validate::Parts;

impl Search<'_> {
    /// Shows a file or a table of all feeds that is gone as the mistake, and not each item that names something in it.
    pub(super) fn blame_what_is_gone(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        let files = self.inputs.files;
        for place in ["organizers.toml", "venues.toml"] {
            let Some(good) = self.inputs.good.file(place) else { continue };
            let before = gone::keys(&good.text);
            let key = |one: &Diagnostic| match &one.problem {
                Problem::UnknownReference { file, value, .. } if *file == place => {
                    before.get(value).cloned()
                }
                _ => None,
            };
            let gone: BTreeSet<String> = diagnostics.iter().filter_map(key).collect();
            if gone.is_empty() {
                continue;
            }
            diagnostics.retain(|one| key(one).is_none());
            let Some(file) = files.get(place) else {
                let file = missing(&files.root, place);
                diagnostics.push(Diagnostic::new(&file, None, Problem::FileIsGone));
                continue;
            };
            // With another mistake in the file, its last good text holds.
            if !diagnostics.iter().any(|one| one.is_error() && *one.path() == *file.path) {
                let completed = gone::completed(file, &good.text, &gone);
                self.completed.extend(completed.map(|file| (place.to_owned(), file)));
            }
            let report = |key| Diagnostic::new(file, None, Problem::TableIsGone { key });
            diagnostics.extend(gone.into_iter().map(report));
        }
    }

    /// Returns the place of each item that is newly at fault, with the reason.
    pub(super) fn faults(
        &self,
        diagnostics: &[Diagnostic],
        parts: &Parts,
    ) -> BTreeMap<String, String> {
        let root = &self.inputs.files.root;
        let errors = diagnostics.iter().filter(|one| one.is_error());
        let mut faults = BTreeMap::new();
        for one in errors {
            let Some(place) = place_of(root, one.path()) else { continue };
            let is_new =
                self.held.get(place).is_none_or(|held| self.is_wrong_again(place, held, one));
            if is_new && Definition::at(place).is_some() {
                faults.entry(place.to_owned()).or_insert_with(|| one.problem.title());
            }
        }
        if faults.is_empty() {
            faults.extend(self.lost(parts).map(|place| (place, "it cannot be checked".to_owned())));
        }
        faults
    }

    /// Returns whether a mistake is one of the last good text of a file of all feeds, which stands there already.
    fn is_wrong_again(&self, place: &str, held: &Held, one: &Diagnostic) -> bool {
        let good = self.inputs.good.file(place);
        Definition::at(place) == Some(Definition::Top)
            && held.standing == Standing::LastGood
            && good.is_some_and(|good| good.hash == one.file_hash())
    }

    /// Returns the places of files of which no event was made, though nothing is wrong with them: something that they
    /// name is broken where it is defined.
    fn lost(&self, parts: &Parts) -> impl Iterator<Item = String> {
        let files = self.inputs.files;
        let count: usize = files.feeds.iter().map(|folder| folder.events.len()).sum();
        let paths: BTreeSet<&str> = if self.held.is_empty() && count == parts.events.len() {
            BTreeSet::new()
        } else {
            parts.events.iter().map(|one| &*one.file.path).collect()
        };
        let events = files.feeds.iter().flat_map(|folder| &folder.events);
        let events = events.filter(|_| count != parts.events.len() || !self.held.is_empty());
        let lost = events.filter(|(_, file)| !paths.contains(&*file.path));
        let places = lost.filter_map(|(_, file)| place_of(&files.root, &file.path));
        let lost = places.filter(|place| !self.held.contains_key(*place)).map(str::to_owned);
        lost.collect::<Vec<_>>().into_iter()
    }

    /// Reports files that open what was not public, or says somewhere that it is not, without a word that says so.
    pub(super) fn openings(&mut self, parts: &Parts) -> Vec<Diagnostic> {
        let files = self.inputs.files;
        let mut diagnostics = Vec::new();
        for place in files.edited.keys() {
            let Some(file) = files.get(place) else { continue };
            let is_opening = match Definition::at(place) {
                Some(Definition::Feed(_)) => {
                    let is_closed = || legible::of_feed(&file.text) == Some(Legible::Closed);
                    gone::feed_says_nothing(&file.text) && (self.was_closed(place) || is_closed())
                }
                Some(Definition::Event(..)) => {
                    legible::is_closed_in_a_comment(&file.text)
                        && find(&parts.events, &file.path).is_some_and(is_public)
                        && self.last_event(place).is_none_or(|last| !is_public(last))
                }
                _ => false,
            };
            if is_opening {
                diagnostics.push(Diagnostic::new(file, None, Problem::OpensSilently));
            }
        }
        diagnostics
    }

    /// Returns whether the last good `feed.toml` at a place says that its events are not public.
    fn was_closed(&self, place: &str) -> bool {
        let before = self.inputs.good.file(place);
        before.is_some_and(|file| legible::of_feed(&file.text) == Some(Legible::Closed))
    }
}

fn find<'a>(events: &'a [Arc<Checked>], path: &str) -> Option<&'a Arc<Checked>> {
    events.iter().find(|one| *one.file.path == *path)
}
