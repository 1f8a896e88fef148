//! Series in calendars: a rule with its exclusions and overrides (RFC 5545 §3.8.5), or an entry for each date.
//!
//! The form is a property of the series: a rule is written only if all clients read it alike, as `recurrence` decides,
//! and a published series keeps its form, which the record stores.

use chrono_tz::Tz;
use icalendar::parser::Property;

use super::{alone, event, joined, segment as single, value};
use crate::model::{EventTime, Series, SeriesForm};
use crate::recurrence::{occurrence_on, recur_text};
use crate::render::segment::{EventView, Segment};
use crate::schedule::Entry;

/// Renders the segment of a series.
pub(crate) fn segment(entry: &Entry, view: &EventView<'_>, series: &Series) -> Segment {
    match series.form {
        SeriesForm::Rule => by_rule(view, series),
        SeriesForm::Entries => {
            let dates = entry.calendar_dates().map(|one| alone(&view.text.on(one), view.context));
            joined(view.text, dates)
        }
    }
}

/// Renders the rule, its overrides under the same UID, and its additional dates as entries of their own.
// Clients differ about RDATE, so none is written.
fn by_rule(view: &EventView<'_>, series: &Series) -> Segment {
    let EventView { text, context, .. } = view;
    let (event, zones) = (text.event(), &*text.zones);
    let zone = event::zone(&event.time, zones);
    let mut properties = vec![value::raw("RRULE", recur_text(&series.rule, &event.time, zones))];
    let excluded = series.excluded.iter().filter_map(|date| zones.on(&event.time, *date));
    // One EXDATE for each date, in the type and the TZID of DTSTART (§3.8.5.1).
    properties.extend(excluded.map(|time| start("EXDATE", &time, zone)));
    let mut all = vec![single(event::component(text, zone, properties), text, zone)];
    for date in series.overrides.keys().filter(|date| !series.additional.contains(date)) {
        let Some(occurrence) = occurrence_on(series, &event.time, *date, zones) else { continue };
        let changed = text.on(&occurrence).under(&event.uid);
        let own_zone = event::zone(&changed.event().time, zones);
        // RECURRENCE-ID names the start that the rule gives, not the changed one (§3.8.4.4).
        let id = start("RECURRENCE-ID", &occurrence.planned, zone);
        all.push(single(event::component(&changed, own_zone, vec![id]), &changed, own_zone));
    }
    let additional = series
        .additional
        .iter()
        .filter_map(|date| occurrence_on(series, &event.time, *date, zones));
    all.extend(additional.map(|one| alone(&text.on(&one), context)));
    joined(text, all)
}

/// Returns a start in the type of the series' DTSTART (§3.8.4.4, §3.8.5.1).
fn start(name: &'static str, time: &EventTime, zone: Option<Tz>) -> Property<'static> {
    match time {
        EventTime::Days(days) => value::date(name, days.first()),
        EventTime::Timed(span) => event::moment(name, span.start(), zone),
    }
}
