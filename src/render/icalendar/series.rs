//! Series: a rule with its exceptions (RFC 5545 §3.8.5), or an entry for each date.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use icalendar::parser::Property;

use super::{Fragment, event, value};
use crate::model::{EventTime, Series, SeriesForm};
use crate::recurrence::occurrence_on;
use crate::recurrence::recur_text;
use crate::render::telling::Telling;
use crate::render::urls::Urls;
use crate::schedule::Entry;

/// What a feed holds of a series; `dates` are those that are files of their own.
pub fn fragment(
    entry: &Entry,
    telling: &Telling,
    series: &Series,
    dates: &BTreeMap<NaiveDate, Fragment>,
    urls: &Urls,
) -> Fragment {
    match series.form {
        SeriesForm::Rule => by_rule(telling, series, urls),
        SeriesForm::Entries => Fragment::join(entry.told().map(|one| match dates.get(&one.date) {
            Some(known) => known.clone(),
            None => Fragment::of(&telling.on(one, urls), urls),
        })),
    }
}

/// The rule, its changed dates under the same UID, and its additional dates as entries of their own
/// (clients differ about RDATE).
fn by_rule(telling: &Telling, series: &Series, urls: &Urls) -> Fragment {
    let (event, zones) = (&telling.published.event, &*telling.zones);
    let zone = event::zone(&event.time, zones);
    let mut properties = vec![value::raw("RRULE", recur_text(&series.rule, &event.time, zones))];
    let excluded = series.excluded.iter().filter_map(|date| zones.on(&event.time, *date));
    properties.extend(excluded.map(|time| start("EXDATE", &time, zone)));
    let master = event::component(telling, zone, properties);
    let mut whole = vec![Fragment::new(master, zone)];
    for date in series.changes.keys().filter(|date| !series.additional.contains(date)) {
        let Some(occurrence) = occurrence_on(series, &event.time, *date, zones) else { continue };
        let changed = telling.on(&occurrence, urls).under(&event.uid);
        let own_zone = event::zone(&changed.published.event.time, zones);
        let id = start("RECURRENCE-ID", &occurrence.planned, zone);
        let component = event::component(&changed, own_zone, vec![id]);
        whole.push(Fragment::new(component, own_zone));
    }
    let additional = series
        .additional
        .iter()
        .filter_map(|date| occurrence_on(series, &event.time, *date, zones));
    whole.extend(additional.map(|one| Fragment::of(&telling.on(&one, urls), urls)));
    Fragment::join(whole)
}

/// A start in the type of the series' own (§3.8.4.4, §3.8.5.1).
fn start(name: &'static str, time: &EventTime, zone: Option<Tz>) -> Property<'static> {
    match time {
        EventTime::Days(days) => value::date(name, days.first()),
        EventTime::Timed(span) => event::moment(name, span.start(), zone),
    }
}
