//! The offsets of a time zone over the years, from the data of chrono-tz: every transition, and the
//! yearly rules that the last ones follow.
//!
//! The yearly rules are one standard time and at most one summer time, each with one yearly onset:
//! the shape of a VTIMEZONE (RFC 5545 §3.6.5) that Outlook and Exchange read. A zone whose last
//! transitions do not have it, such as Morocco's, has no yearly rules, and its times are published
//! in UTC.

use std::collections::BTreeMap;

use chrono::{
    DateTime, Datelike, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset,
    TimeZone, Utc, Weekday,
};
use chrono_tz::{OffsetName, Tz};

/// The span of years in which the compiled zone data are read.
// chrono-tz's tables end with 2099 (Berlin has no summer time in 2100 there): later dates are
// refused.
const FIRST_YEAR: i32 = 1970;
const LAST_YEAR: i32 = 2099;

/// The offsets of a zone from 1970 to 2099.
#[derive(Clone, Debug)]
pub(crate) struct ZoneRules {
    /// Every transition, in order.
    pub transitions: Vec<Transition>,
    /// The yearly rules; `None` if the last transitions follow none.
    pub yearly_rules: Option<YearlyRules>,
}

/// The yearly rules of a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct YearlyRules {
    /// The first instant for which the rules hold.
    pub since: DateTime<Utc>,
    /// The standard time (`STANDARD`).
    pub standard: Observance,
    /// The summer time (`DAYLIGHT`), if there is one.
    pub daylight: Option<Observance>,
}

/// An offset and its onset (RFC 5545 §3.6.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Observance {
    /// The wall-clock time of the first onset, by the offset before it (`DTSTART`).
    pub onset: NaiveDateTime,
    /// The offset before the onset (`TZOFFSETFROM`).
    pub from: FixedOffset,
    /// The offset from the onset on (`TZOFFSETTO`).
    pub to: FixedOffset,
    /// The abbreviation (`TZNAME`).
    pub name: String,
    /// The yearly onset; `None` if it happened once.
    pub rule: Option<YearlyRule>,
}

/// A yearly day such as "the last Sunday in March".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct YearlyRule {
    /// The month, from 1 to 12.
    pub month: u32,
    /// The ordinal of the weekday in the month: 1 to 4, or -1 for the last one.
    pub ordinal: i8,
    /// The weekday.
    pub weekday: Weekday,
}

/// A change of a zone's offset.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Transition {
    /// The instant of the change.
    pub at: DateTime<Utc>,
    /// The offset before it.
    pub from: FixedOffset,
    /// The offset after it.
    pub to: FixedOffset,
}

impl Transition {
    /// Returns the wall-clock time of the change, by the offset before it.
    #[must_use]
    pub(crate) fn onset(&self) -> NaiveDateTime {
        self.at.naive_utc() + self.from
    }

    /// Returns by how much clocks are changed, forward or back.
    #[must_use]
    pub(crate) fn gap(&self) -> Duration {
        Duration::seconds((self.to.local_minus_utc() - self.from.local_minus_utc()).abs().into())
    }

    fn is_into_daylight(&self) -> bool {
        // By the offsets, not by the names: the database gives Dublin a negative summer time, in
        // winter.
        self.from.local_minus_utc() < self.to.local_minus_utc()
    }
}

impl ZoneRules {
    pub(super) fn of(zone: Tz) -> Self {
        let transitions = transitions(zone);
        let yearly_rules = match transitions.last() {
            Some(last) if last.at.year() == LAST_YEAR => yearly_shape(zone, &transitions),
            last => Some(fixed_shape(zone, last)),
        };
        Self { transitions, yearly_rules }
    }
}

/// Returns the rules of a zone without summer time, from its last transition on.
fn fixed_shape(zone: Tz, last: Option<&Transition>) -> YearlyRules {
    let start = instant(FIRST_YEAR);
    let offset = offset_at(zone, start);
    // RFC 5545 §3.6.5 demands an onset even of a zone that never changed its offset.
    let midnight = Transition { at: start - offset, from: offset, to: offset };
    let last = last.copied().unwrap_or(midnight);
    YearlyRules { since: last.at, standard: observance(zone, &last, None), daylight: None }
}

/// Returns the rules that the last year's two transitions follow, from the first year on in which
/// both hold; `None` if the last year has others than one into summer time and one out.
fn yearly_shape(zone: Tz, transitions: &[Transition]) -> Option<YearlyRules> {
    let mut years: BTreeMap<i32, Vec<Transition>> = BTreeMap::new();
    for transition in transitions {
        years.entry(transition.onset().year()).or_default().push(*transition);
    }
    // Backwards from the last year: the present law is the last one, and it has to hold until the
    // end.
    let mut rules: Option<[Candidates; 2]> = None;
    let mut first_year = None;
    for year in (FIRST_YEAR..=LAST_YEAR).rev() {
        let changes = years.get(&year).map(Vec::as_slice).unwrap_or_default();
        let Some([a, b]) = two_changes(changes) else { break };
        let narrowed = match &rules {
            None => Some([Candidates::of(&a), Candidates::of(&b)]),
            Some([first, second]) => first.narrow(&a).zip(second.narrow(&b)).map(|(a, b)| [a, b]),
        };
        let Some(narrowed) = narrowed else { break };
        (rules, first_year) = (Some(narrowed), Some([a, b]));
    }
    let ([into_daylight, into_standard], [first_daylight, first_standard]) =
        rules.zip(first_year)?;
    Some(YearlyRules {
        since: first_daylight.at.min(first_standard.at),
        standard: observance(zone, &first_standard, Some(into_standard.rule()?)),
        daylight: Some(observance(zone, &first_daylight, Some(into_daylight.rule()?))),
    })
}

/// Returns the transitions into summer time and out of it, if the year has these two alone.
fn two_changes(changes: &[Transition]) -> Option<[Transition; 2]> {
    match changes {
        [a, b] if a.is_into_daylight() && !b.is_into_daylight() => Some([*a, *b]),
        // South of the equator, summer time ends before it begins.
        [a, b] if !a.is_into_daylight() && b.is_into_daylight() => Some([*b, *a]),
        _ => None,
    }
}

/// The yearly rules that give all onsets seen so far.
struct Candidates {
    last_seen: Transition,
    ordinals: Vec<i8>,
}

impl Candidates {
    fn of(transition: &Transition) -> Self {
        let date = transition.onset().date();
        let nth = i8::try_from((date.day() - 1) / 7 + 1).expect("a month has five weeks at most");
        let is_last = (date + Duration::days(7)).month() != date.month();
        // Outlook knows a first to fourth and a last weekday of a month, and no fifth.
        let ordinals = [(nth <= 4).then_some(nth), is_last.then_some(-1)];
        Self { last_seen: *transition, ordinals: ordinals.into_iter().flatten().collect() }
    }

    /// Returns the rules that still fit after one more year; `None` if that year follows another
    /// rule.
    fn narrow(&self, transition: &Transition) -> Option<Self> {
        let (seen, new) = (self.last_seen.onset(), transition.onset());
        let is_alike = seen.month() == new.month()
            && seen.weekday() == new.weekday()
            && seen.time() == new.time()
            && self.last_seen.from == transition.from
            && self.last_seen.to == transition.to;
        let mut narrowed = Self::of(transition);
        narrowed.ordinals.retain(|ordinal| self.ordinals.contains(ordinal));
        (is_alike && !narrowed.ordinals.is_empty()).then_some(narrowed)
    }

    fn rule(&self) -> Option<YearlyRule> {
        let date = self.last_seen.onset().date();
        let ordinal = *self.ordinals.last()?;
        Some(YearlyRule { month: date.month(), ordinal, weekday: date.weekday() })
    }
}

fn observance(zone: Tz, transition: &Transition, rule: Option<YearlyRule>) -> Observance {
    let name = zone.offset_from_utc_datetime(&transition.at.naive_utc());
    // Since 2017 the database has no letters for zones that have none of their own.
    let name = name.abbreviation().map_or_else(|| numeric_name(transition.to), str::to_owned);
    Observance { onset: transition.onset(), from: transition.from, to: transition.to, name, rule }
}

/// Returns a name such as "+1030" or "+11", as the database calls zones without letters.
fn numeric_name(offset: FixedOffset) -> String {
    let name = offset.to_string().replace(':', "");
    name.strip_suffix("00").map(str::to_owned).unwrap_or(name)
}

/// Returns all transitions, exact to the second.
fn transitions(zone: Tz) -> Vec<Transition> {
    // chrono-tz has no public list of them. Steps of two days and halving find every transition of
    // all its 597 names.
    let mut found = Vec::new();
    let (mut at, end) = (instant(FIRST_YEAR), instant(LAST_YEAR + 1));
    let mut from = offset_at(zone, at);
    while at < end {
        let next = at + Duration::days(2);
        let to = offset_at(zone, next);
        if from != to && next < end {
            found.push(Transition { at: halve(zone, at, next, from), from, to });
        }
        (at, from) = (next, to);
    }
    found
}

/// Returns the first instant in `(low, high]` whose offset is not `from`.
fn halve(
    zone: Tz,
    mut low: DateTime<Utc>,
    mut high: DateTime<Utc>,
    from: FixedOffset,
) -> DateTime<Utc> {
    while high - low > Duration::seconds(1) {
        let middle = low + Duration::seconds((high - low).num_seconds() / 2);
        if offset_at(zone, middle) == from {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

fn offset_at(zone: Tz, instant: DateTime<Utc>) -> FixedOffset {
    zone.offset_from_utc_datetime(&instant.naive_utc()).fix()
}

fn instant(year: i32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .expect("a first of January")
        .and_time(NaiveTime::MIN)
        .and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the instants at which a rule changes the offset, worked out from its words alone.
    fn changes(observance: &Observance) -> Vec<(DateTime<Utc>, FixedOffset, FixedOffset)> {
        let first = observance.onset.year();
        let years = if observance.rule.is_some() { first..=LAST_YEAR } else { first..=first };
        let onset = |year| match observance.rule {
            None => observance.onset,
            Some(YearlyRule { month, ordinal, weekday }) => {
                let days = (1..=31).filter_map(|day| NaiveDate::from_ymd_opt(year, month, day));
                let days: Vec<_> = days.filter(|day| day.weekday() == weekday).collect();
                let date = match usize::try_from(ordinal) {
                    Ok(nth) => days[nth - 1],
                    Err(_) => days[days.len() - 1],
                };
                date.and_time(observance.onset.time())
            }
        };
        let change =
            |year| ((onset(year) - observance.from).and_utc(), observance.from, observance.to);
        years.map(change).collect()
    }

    #[test]
    fn every_block_of_every_zone_equals_the_data_transition_by_transition() {
        let mut count = 0;
        for zone in chrono_tz::TZ_VARIANTS {
            let ZoneRules { yearly_rules: Some(yearly_rules), transitions } = ZoneRules::of(zone)
            else {
                continue;
            };
            let mut said = changes(&yearly_rules.standard);
            said.extend(yearly_rules.daylight.iter().flat_map(changes));
            said.sort_unstable_by_key(|change| change.0);
            let known = transitions.iter().filter(|one| one.at >= yearly_rules.since);
            let known: Vec<_> = known.map(|one| (one.at, one.from, one.to)).collect();
            said.retain(|(_, from, to)| from != to);
            let difference = said.iter().zip(&known).find(|(said, known)| said != known);
            assert_eq!((difference, said.len()), (None, known.len()), "{zone}");
            count += 1;
        }
        assert!(count > 550, "only {count} zones have a block");
    }

    #[test]
    fn transitions_are_exact_to_the_second() {
        for zone in [Tz::Europe__Berlin, Tz::Australia__Lord_Howe, Tz::Africa__Casablanca] {
            let transitions = transitions(zone);
            assert!(transitions.len() > 100, "{zone}: only {}", transitions.len());
            for Transition { at, from, to } in transitions {
                let before = at - Duration::seconds(1);
                assert_eq!(
                    (offset_at(zone, before), offset_at(zone, at)),
                    (from, to),
                    "{zone} {at}"
                );
            }
        }
    }
}
