//! Series: a rule with its exceptions (RFC 5545 §3.8.5), or an entry for each date.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use icalendar::parser::Property;

use super::{Fragment, event, value};
use crate::model::{EventTime, Published, Series, SeriesForm, recur_text};
use crate::occurrence::{Entry, Occurrence, occurrence_on, published_on};
use crate::render::urls::Urls;

/// What a feed holds of a series, and the dates that are files of their own.
pub fn fragments(
    entry: &Entry,
    series: &Series,
    urls: &Urls,
) -> (Fragment, BTreeMap<NaiveDate, Fragment>) {
    let published = &entry.published;
    let dates: BTreeMap<NaiveDate, Fragment> = match series.form {
        SeriesForm::Rule => entry.pages().map(|one| date(published, one, urls)).collect(),
        SeriesForm::Entries => entry.told().map(|one| date(published, one, urls)).collect(),
    };
    let whole = match series.form {
        SeriesForm::Rule => by_rule(published, series, urls),
        SeriesForm::Entries => Fragment::join(dates.values()),
    };
    (whole, dates)
}

/// A date as an entry of its own.
fn date(published: &Published, occurrence: &Occurrence, urls: &Urls) -> (NaiveDate, Fragment) {
    (occurrence.date, Fragment::of(&published_on(published, occurrence), urls))
}

/// The rule, its changed dates under the same UID, and its additional dates as entries of their own
/// (clients differ about RDATE).
fn by_rule(published: &Published, series: &Series, urls: &Urls) -> Fragment {
    let event = &published.event;
    let zone = event::zone(&event.time);
    let mut properties = vec![value::raw("RRULE", recur_text(&series.rule, &event.time))];
    let excluded = series.excluded.iter().filter_map(|date| event.time.on(*date));
    properties.extend(excluded.map(|time| start("EXDATE", &time, zone)));
    let master = event::component(published, urls, zone, properties);
    let mut whole = vec![Fragment::new(master, zone)];
    for date in series.changes.keys().filter(|date| !series.additional.contains(date)) {
        let Some(occurrence) = occurrence_on(series, &event.time, *date) else { continue };
        let mut changed = published_on(published, &occurrence);
        changed.event.uid = event.uid.clone();
        let own_zone = event::zone(&changed.event.time);
        let id = start("RECURRENCE-ID", &occurrence.planned, zone);
        let component = event::component(&changed, urls, own_zone, vec![id]);
        whole.push(Fragment::new(component, own_zone));
    }
    let additional =
        series.additional.iter().filter_map(|date| occurrence_on(series, &event.time, *date));
    whole.extend(additional.map(|one| date(published, &one, urls).1));
    Fragment::join(&whole)
}

/// A start in the type of the series' own (§3.8.4.4, §3.8.5.1).
fn start(name: &'static str, time: &EventTime, zone: Option<Tz>) -> Property<'static> {
    match time {
        EventTime::Days(days) => value::date(name, days.first()),
        EventTime::Timed(span) => event::moment(name, span.start(), zone),
    }
}
