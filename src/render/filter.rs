//! Filtered feeds: the part of a feed that a query asks for, assembled on request from finished segments.
//!
//! No event is rendered for a query, so that an answer costs a copy of references and not the work of a reload.

use serde::Serialize;

use super::document::Document;
use super::{Assembly, html};
use crate::model::{Line, Slug};
use crate::route::Format;
use crate::schedule::{Entry, Selection};

/// The filter that a query asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// The criteria by which events are selected.
    pub selection: Selection,
    /// The canonical query, without a question mark: its known parameters in one order.
    pub canonical: String,
    /// The name of the filter for readers: "Hannover, workshop".
    pub label: String,
    /// Whether the query asks for the reason why each event is in or out (`explain=1`), not for the events.
    pub is_explained: bool,
}

/// The reason why an event is in a filtered feed or not, as `explain=1` lists it.
#[derive(Serialize)]
pub(crate) struct Reason<'a> {
    pub title: &'a str,
    pub url: String,
    pub is_in: bool,
    /// The parameter that leaves it out; `None` if it is in.
    pub left_out_by: Option<&'static str>,
}

impl Assembly {
    /// Assembles the part of a feed that `filter` asks for, in a format or as a page; `None` if there is no such feed.
    #[must_use]
    pub(crate) fn filtered(
        &self,
        feed: &Slug,
        format: Option<Format>,
        filter: &Filter,
    ) -> Option<Document> {
        let mut part = self.context.feed(feed)?.clone();
        if filter.is_explained {
            let reasons: Vec<Reason<'_>> =
                part.members.iter().map(|&index| self.reason(index, filter)).collect();
            let asked = &filter.label;
            return Some(html::explanation(&part, &reasons, format, asked, &self.context));
        }
        part.members.retain(|&index| self.left_out_by(index, filter).is_none());
        // Self links carry the canonical query, so that all spellings of a query have one identity.
        part.query = format!("?{}", filter.canonical);
        if let Some(label) = Line::new(&filter.label) {
            part.feed.title = part.feed.title.with_remark(&label);
        }
        Some(self.part(&part, format))
    }

    fn left_out_by(&self, index: usize, filter: &Filter) -> Option<&'static str> {
        let reason = filter.selection.why_not(&self.events[index].facets);
        reason.or_else(|| outside(&self.context.schedule.events[index], &filter.selection))
    }

    fn reason(&self, index: usize, filter: &Filter) -> Reason<'_> {
        let event = &self.events[index].event;
        let left_out_by = self.left_out_by(index, filter);
        Reason {
            title: &event.event().title,
            url: self.context.urls.absolute(&event.home()),
            is_in: left_out_by.is_none(),
            left_out_by,
        }
    }
}

/// Returns the parameter of time, `from` or `to`, that leaves an event out.
fn outside(entry: &Entry, selection: &Selection) -> Option<&'static str> {
    let event = &entry.published.event;
    // A series has no time of its own: it is in if one of its dates is.
    let own = std::iter::once(event.time).filter(|_| event.series().is_none());
    let days: Vec<_> = own
        .chain(entry.occurrences.iter().map(|one| one.time))
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
