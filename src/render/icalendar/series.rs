//! Series: a rule with its exceptions (RFC 5545 §3.8.5), or an entry for each date.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use icalendar::parser::Property;

use super::{Fragment, event, value};
use crate::model::{
    DayOfWeek, Event, EventTime, Frequency, Published, Rule, RuleEnd, Series, SeriesForm,
    WallClock, locate,
};
use crate::occurrence::{Entry, Occurrence, event_on, occurrence_on};
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
    let event = event_on(&published.event, occurrence);
    let published = Published { event, revision: published.revision };
    (occurrence.date, Fragment::of(&published, urls))
}

/// The rule, its changed dates under the same UID, and its additional dates as entries of their own
/// (clients differ about RDATE).
fn by_rule(published: &Published, series: &Series, urls: &Urls) -> Fragment {
    let Published { event, revision } = published;
    let zone = event::zone(&event.time);
    let mut properties = vec![value::raw("RRULE", rule(&series.rule, &event.time))];
    let excluded = series.excluded.iter().filter_map(|date| event.time.on(*date));
    properties.extend(excluded.map(|time| start("EXDATE", &time, zone)));
    let master = event::component(published, urls, zone, properties);
    let mut whole = vec![Fragment::new(master, zone)];
    for date in series.changes.keys().filter(|date| !series.additional.contains(date)) {
        let Some(occurrence) = occurrence_on(series, &event.time, *date) else { continue };
        let changed = Event { uid: event.uid.clone(), ..event_on(event, &occurrence) };
        let own_zone = event::zone(&changed.time);
        let id = start("RECURRENCE-ID", &occurrence.planned, zone);
        let changed = Published { event: changed, revision: *revision };
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

/// RECUR (§3.3.10) of a rule that all clients read alike; the week begins on Monday.
fn rule(rule: &Rule, first: &EventTime) -> String {
    let frequency = match rule.frequency {
        Frequency::Daily => "DAILY",
        Frequency::Weekly => "WEEKLY",
        Frequency::Monthly => "MONTHLY",
        Frequency::Yearly => "YEARLY",
    };
    let mut parts = vec![format!("FREQ={frequency}")];
    match rule.end {
        RuleEnd::Never => {}
        RuleEnd::Count(count) => parts.push(format!("COUNT={count}")),
        RuleEnd::Until(until) => parts.push(format!("UNTIL={}", self::until(until, first))),
    }
    if rule.interval > 1 {
        parts.push(format!("INTERVAL={}", rule.interval));
    }
    if !rule.by_day.is_empty() {
        let days: Vec<String> = rule.by_day.iter().copied().map(day).collect();
        parts.push(format!("BYDAY={}", days.join(",")));
    }
    if let Some(day) = rule.by_month_day.first() {
        parts.push(format!("BYMONTHDAY={day}"));
    }
    if rule.interval > 1 && rule.frequency == Frequency::Weekly {
        parts.push("WKST=MO".to_owned());
    }
    parts.join(";")
}

/// "TU", "-1FR"
fn day(DayOfWeek { nth, weekday }: DayOfWeek) -> String {
    let weekday = weekday.to_string()[..2].to_ascii_uppercase();
    nth.map_or_else(|| weekday.clone(), |nth| format!("{nth}{weekday}"))
}

/// A date for whole days, else an instant: node-ical loses the last date before a local UNTIL.
fn until(until: NaiveDateTime, first: &EventTime) -> String {
    match first {
        EventTime::Days(_) => until.format("%Y%m%d").to_string(),
        EventTime::Timed(_) => {
            let instant: DateTime<Utc> = match locate(until, first.zone()) {
                WallClock::Once(moment)
                | WallClock::Repeated { second: moment, .. }
                | WallClock::Skipped { later: moment, .. } => moment.to_utc(),
            };
            instant.format("%Y%m%dT%H%M%SZ").to_string()
        }
    }
}
