//! What stands in the place of an item with a mistake.

use std::collections::BTreeSet;

use super::{Held, Search, Standing, is_public};
use crate::IndexMap;
use crate::model::Slug;
use crate::source::legible::{self, Legible};
use crate::source::tree::{Definition, FEED};
use crate::source::validate::Parts;

/// Folder and slug of the parts of each event.
pub(super) type Children = IndexMap<Slug, Vec<(Slug, Slug)>>;

pub(super) fn children(parts: &Parts) -> Children {
    let mut children = Children::default();
    for one in &parts.events {
        if let Some(parent) = &one.event.part_of {
            let child = (one.event.feed.clone(), one.event.slug.clone());
            children.entry(parent.clone()).or_default().push(child);
        }
    }
    children
}

impl Search<'_> {
    pub(super) fn hold(&mut self, place: &str, reason: &str, children: &Children) {
        match Definition::at(place) {
            Some(Definition::Top) => {
                let is_second = self.held.contains_key(place);
                let has_other = self.inputs.good.has(place) && !is_second;
                let standing = if has_other { Standing::LastGood } else { Standing::LeftOut };
                self.insert(place, standing, reason);
            }
            Some(Definition::Feed(folder)) => self.hold_folder(&folder, reason),
            Some(Definition::Event(folder, slug)) => {
                self.hold_event(&folder, &slug, reason);
                self.hold_children(place, slug, children);
            }
            None => {}
        }
    }

    /// Holds the parts of an event back if it is left out, and their parts. A check for each generation would make a long
    /// chain of them slow.
    fn hold_children(&mut self, place: &str, slug: Slug, children: &Children) {
        let mut parents = vec![(place.to_owned(), slug)];
        while let Some((place, slug)) = parents.pop() {
            let is_left_out =
                self.held.get(&place).is_some_and(|held| held.standing == Standing::LeftOut);
            if !is_left_out || (self.inputs.is_published)(&place) {
                continue;
            }
            for (folder, child) in children.get(&slug).into_iter().flatten() {
                let place = format!("{folder}/{child}.md");
                if !self.held.contains_key(&place) {
                    self.hold_event(
                        folder,
                        child,
                        &format!("it is part of `{slug}`, which is left out"),
                    );
                    parents.push((place, child.clone()));
                }
            }
        }
    }

    /// Holds a folder back with its events: an event whose `feed.toml` is broken is not known to be good.
    pub(super) fn hold_folder(&mut self, folder: &Slug, reason: &str) {
        let files = self.inputs.files;
        let has_feed = self.last().parts.feeds.iter().any(|feed| feed.slug == *folder);
        let standing = if has_feed { Standing::LastGood } else { Standing::LeftOut };
        self.insert(&format!("{folder}/{FEED}"), standing, reason);
        let mut events: BTreeSet<Slug> = BTreeSet::new();
        let read = files.folder(folder.as_str()).into_iter().flat_map(|folder| &folder.events);
        events.extend(read.map(|(slug, _)| slug.clone()));
        let unread = files.edited.keys().chain(files.unsettled.keys());
        events.extend(unread.filter_map(|place| match Definition::at(place) {
            Some(Definition::Event(other, slug)) if other == *folder => Some(slug),
            _ => None,
        }));
        if files.unlisted.contains(folder) {
            let last = self.last().parts.events.iter();
            let last = last.filter(|one| one.event.feed == *folder);
            events.extend(last.map(|one| one.event.slug.clone()));
        }
        for slug in events {
            self.hold_event(folder, &slug, &format!("`{folder}/{FEED}` is held back: {reason}"));
        }
    }

    fn hold_event(&mut self, folder: &Slug, slug: &Slug, reason: &str) {
        let place = format!("{folder}/{slug}.md");
        let own = match self.inputs.files.unsettled.get(&place) {
            // Half of a word is no value that nobody knows.
            Some(file) => legible::of_event(&file.text).filter(|one| *one == Legible::Closed),
            None => self.inputs.files.written(&place).and_then(legible::of_event),
        };
        let is_closed = match own {
            Some(own) => own != Legible::Open,
            None => self.is_closed(folder),
        };
        let last = self.last_event(&place);
        let standing = match last {
            // That it was not public has to be remembered: then nothing but a good file opens it.
            Some(last) if !is_closed || !is_public(last) => Standing::LastGood,
            _ if is_closed => Standing::Withdrawn,
            _ => Standing::LeftOut,
        };
        self.insert(&place, standing, reason);
    }

    fn insert(&mut self, place: &str, standing: Standing, reason: &str) {
        let reason = reason.to_owned();
        self.held.insert(place.to_owned(), Held { standing, reason });
    }

    /// Returns whether a folder says that its events are not public, however broken its `feed.toml` is.
    fn is_closed(&self, folder: &Slug) -> bool {
        let (files, place) = (self.inputs.files, format!("{folder}/{FEED}"));
        let unsettled = files.unsettled.get(&place).map(|file| file.text.as_ref());
        let texts = [unsettled, files.written(&place)];
        texts.into_iter().flatten().any(|text| legible::of_feed(text) == Some(Legible::Closed))
    }

    /// Withdraws what a file that is perhaps half written says to be not public.
    pub(super) fn withdraw_unsettled(&mut self) {
        for (place, file) in &self.inputs.files.unsettled {
            let reason = "it says that it is not public";
            match Definition::at(place) {
                Some(Definition::Event(folder, slug))
                    if legible::of_event(&file.text) == Some(Legible::Closed) =>
                {
                    self.hold_event(&folder, &slug, reason);
                }
                Some(Definition::Feed(folder))
                    if legible::of_feed(&file.text) == Some(Legible::Closed) =>
                {
                    self.hold_folder(&folder, reason);
                }
                _ => {}
            }
        }
    }
}
