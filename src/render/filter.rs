//! A part of a feed, put together from fragments that are rendered already.

use serde::Serialize;

use super::urls::Suffix;
use super::{Assembly, Document, html};
use crate::model::{Line, Slug};
use crate::schedule::Selection;
use crate::schedule::{Entry, FeedAgenda};

/// What a query asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The criteria.
    pub selection: Selection,
    /// The query in its one form, without a question mark: known parameters in one order.
    pub canonical: String,
    /// What is asked for, in words: "Hannover, workshop".
    pub label: String,
    /// Claims that not the events are asked for, but why each of them is in or out.
    pub is_explained: bool,
}

/// Why an event is in the answer or not.
#[derive(Serialize)]
pub struct Reason<'a> {
    pub title: &'a str,
    pub url: String,
    pub is_in: bool,
    /// The parameter that leaves it out.
    pub left_out_by: Option<&'static str>,
}

impl Assembly {
    /// The part of a feed that `filter` asks for, in a format, or as a page; `None` where there is no
    /// such feed.
    #[must_use]
    pub fn filtered(
        &self,
        feed: &Slug,
        suffix: Option<Suffix>,
        filter: &Filter,
    ) -> Option<Document> {
        let whole = self.agenda.feeds.iter().find(|one| one.feed.slug == *feed)?;
        if filter.is_explained {
            return Some(self.explained(whole, suffix, filter));
        }
        let is_in = |index: &usize| self.left_out_by(*index, filter).is_none();
        let mut part = whole.clone();
        part.members.retain(is_in);
        part.feed.query = format!("?{}", filter.canonical);
        if let Some(label) = Line::new(&filter.label) {
            part.feed.title = part.feed.title.with_remark(&label);
        }
        Some(self.renderer().part(&part, suffix, None))
    }

    fn left_out_by(&self, index: usize, filter: &Filter) -> Option<&'static str> {
        let reason = filter.selection.why_not(&self.events[index].facets);
        reason.or_else(|| outside(&self.agenda.events[index], &filter.selection))
    }

    fn explained(&self, feed: &FeedAgenda, suffix: Option<Suffix>, filter: &Filter) -> Document {
        let renderer = self.renderer();
        let reasons = feed.members.iter().map(|&index| {
            let entry = &self.agenda.events[index];
            let left_out_by = self.left_out_by(index, filter);
            Reason {
                title: &entry.published.event.title,
                url: self.urls().absolute(&super::urls::home_of(&entry.published)),
                is_in: left_out_by.is_none(),
                left_out_by,
            }
        });
        let reasons: Vec<Reason<'_>> = reasons.collect();
        html::explanation(feed, &reasons, suffix, &filter.label, &renderer.context)
    }
}

/// The parameter of time that leaves an event out.
fn outside(entry: &Entry, selection: &Selection) -> Option<&'static str> {
    let event = &entry.published.event;
    let own = std::iter::once(event.time).filter(|_| event.series().is_none());
    let days: Vec<_> = own
        .chain(entry.dates.iter().map(|one| one.time))
        .map(|time| (time.first_date(), time.last_date()))
        .collect();
    let is_from = |from| days.iter().any(|(_, last)| *last >= from);
    let is_to = |to| days.iter().any(|(first, _)| *first <= to);
    let is_between = |from, to| days.iter().any(|(first, last)| *last >= from && *first <= to);
    match (selection.from, selection.to) {
        (Some(from), _) if !is_from(from) => Some("from"),
        (_, Some(to)) if !is_to(to) => Some("to"),
        (Some(from), Some(to)) if !is_between(from, to) => Some("to"),
        _ => None,
    }
}
