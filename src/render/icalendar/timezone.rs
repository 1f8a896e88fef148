//! VTIMEZONE (RFC 5545 §3.6.5) from the data of chrono-tz.
//!
//! One STANDARD and, where there is summer time, one DAYLIGHT, each with a yearly rule: the shape
//! that Outlook and Exchange need. Times before that shape holds, and zones that have none, are
//! written in UTC.

use std::collections::BTreeMap;

use chrono::{
    DateTime, Datelike, Duration, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeZone, Utc,
    Weekday,
};
use chrono_tz::{OffsetName, Tz};
use icalendar::parser::{Component, Property};

use super::value;

/// The span in which compiled zone data is looked at.
const FIRST_YEAR: i32 = 1970;
const LAST_YEAR: i32 = 2099;

/// A zone's offsets as yearly rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The first instant for which the rules hold.
    pub since: DateTime<Utc>,
    standard: Observance,
    daylight: Option<Observance>,
}

/// From when on which offset holds.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Observance {
    /// The wall-clock time, by the offset before, of the first onset.
    onset: NaiveDateTime,
    from: FixedOffset,
    to: FixedOffset,
    name: String,
    rule: Option<YearlyRule>,
}

/// "the last Sunday in March": ordinal 1 to 4, or -1 for the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct YearlyRule {
    month: u32,
    ordinal: i8,
    weekday: Weekday,
}

/// A change of the offset.
#[derive(Clone, Copy, Debug)]
struct Transition {
    at: DateTime<Utc>,
    from: FixedOffset,
    to: FixedOffset,
}

impl Transition {
    /// The wall-clock time, by the offset before, at which it happens.
    fn onset(&self) -> NaiveDateTime {
        self.at.naive_utc() + self.from
    }

    fn is_into_daylight(&self) -> bool {
        self.from.local_minus_utc() < self.to.local_minus_utc()
    }
}

/// The rules of `zone`; `None` where no yearly rules lead to the end of its data.
pub fn shape(zone: Tz) -> Option<Shape> {
    let transitions = transitions(zone);
    match transitions.last() {
        Some(last) if last.at.year() == LAST_YEAR => yearly_shape(zone, &transitions),
        last => Some(fixed_shape(zone, last)),
    }
}

/// A zone without summer time, from its last change on.
fn fixed_shape(zone: Tz, last: Option<&Transition>) -> Shape {
    let start = instant(FIRST_YEAR);
    let offset = offset_at(zone, start);
    let midnight = Transition { at: start - offset, from: offset, to: offset };
    let last = last.copied().unwrap_or(midnight);
    Shape { since: last.at, standard: observance(zone, &last, None), daylight: None }
}

/// Two changes a year, back from the last year for as long as the same rules give them.
fn yearly_shape(zone: Tz, transitions: &[Transition]) -> Option<Shape> {
    let mut years: BTreeMap<i32, Vec<Transition>> = BTreeMap::new();
    for transition in transitions {
        years.entry(transition.onset().year()).or_default().push(*transition);
    }
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
    Some(Shape {
        since: first_daylight.at.min(first_standard.at),
        standard: observance(zone, &first_standard, Some(into_standard.rule()?)),
        daylight: Some(observance(zone, &first_daylight, Some(into_daylight.rule()?))),
    })
}

/// The change into summer time and the one out of it, of a year that has just these.
fn two_changes(changes: &[Transition]) -> Option<[Transition; 2]> {
    match changes {
        [a, b] if a.is_into_daylight() && !b.is_into_daylight() => Some([*a, *b]),
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
        let ordinals = [(nth <= 4).then_some(nth), is_last.then_some(-1)];
        Self { last_seen: *transition, ordinals: ordinals.into_iter().flatten().collect() }
    }

    /// What is left after one more year; `None` where it follows another rule.
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
    Observance {
        onset: transition.onset(),
        from: transition.from,
        to: transition.to,
        name: name.abbreviation().unwrap_or_default().to_owned(),
        rule,
    }
}

/// All changes of the offset, exact to the second: found by steps of two days, then by halving.
fn transitions(zone: Tz) -> Vec<Transition> {
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

/// The first instant in `(low, high]` whose offset is not `from`.
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
        .and_time(chrono::NaiveTime::MIN)
        .and_utc()
}

/// The component.
pub fn component(zone: &str, shape: &Shape) -> Component<'static> {
    let mut timezone = value::component("VTIMEZONE", vec![value::text("TZID", zone)]);
    let daylight = shape.daylight.iter().map(|daylight| ("DAYLIGHT", daylight));
    timezone.components = daylight
        .chain([("STANDARD", &shape.standard)])
        .map(|(name, observance)| value::component(name, properties(observance)))
        .collect();
    timezone
}

fn properties(observance: &Observance) -> Vec<Property<'static>> {
    let mut properties = vec![value::local("DTSTART", observance.onset)];
    properties.extend(observance.rule.map(|YearlyRule { month, ordinal, weekday }| {
        let day = weekday.to_string()[..2].to_ascii_uppercase();
        value::raw("RRULE", format!("FREQ=YEARLY;BYMONTH={month};BYDAY={ordinal}{day}"))
    }));
    properties.extend([
        value::raw("TZOFFSETFROM", utc_offset(observance.from)),
        value::raw("TZOFFSETTO", utc_offset(observance.to)),
        value::text("TZNAME", &observance.name),
    ]);
    properties
}

/// UTC-OFFSET (§3.3.14); seconds only where there are any.
fn utc_offset(offset: FixedOffset) -> String {
    let seconds = offset.local_minus_utc();
    let (sign, seconds) = if seconds < 0 { ('-', -seconds) } else { ('+', seconds) };
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match rest {
        0 => format!("{sign}{hours:02}{minutes:02}"),
        _ => format!("{sign}{hours:02}{minutes:02}{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use icalendar::parser::Calendar;

    fn block(zone: Tz) -> String {
        let shape = shape(zone).expect("it has a shape");
        let components = vec![component(zone.name(), &shape)];
        Calendar { properties: Vec::new(), components }.to_string().replace("\r\n", "\n")
    }

    #[test]
    fn berlin_has_two_yearly_rules_since_1996() {
        let expected = "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:DAYLIGHT\n\
            DTSTART:19960331T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nTZOFFSETFROM:+0100\n\
            TZOFFSETTO:+0200\nTZNAME:CEST\nEND:DAYLIGHT\nBEGIN:STANDARD\nDTSTART:19961027T030000\n\
            RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n\
            TZNAME:CET\nEND:STANDARD\nEND:VTIMEZONE\nEND:VCALENDAR\n";
        assert_eq!(block(Tz::Europe__Berlin), expected);
    }

    #[test]
    fn new_york_follows_its_rules_since_2007() {
        let block = block(Tz::America__New_York);
        assert!(block.contains("DTSTART:20070311T020000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\n"));
        assert!(
            block.contains("DTSTART:20071104T020000\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\n")
        );
    }

    #[test]
    fn a_zone_without_summer_time_has_one_observance() {
        let block = block(Tz::Asia__Kolkata);
        assert!(block.contains("DTSTART:19700101T000000\nTZOFFSETFROM:+0530\nTZOFFSETTO:+0530\n"));
        assert!(!block.contains("DAYLIGHT") && !block.contains("RRULE"));
    }

    /// The instants at which a rule changes the offset, worked out from its words alone.
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
            let Some(shape) = shape(zone) else { continue };
            let mut said = changes(&shape.standard);
            said.extend(shape.daylight.iter().flat_map(changes));
            said.sort_unstable_by_key(|change| change.0);
            let known = transitions(zone).into_iter().filter(|one| one.at >= shape.since);
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
            for Transition { at, from, to } in transitions(zone) {
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
