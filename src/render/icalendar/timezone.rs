//! VTIMEZONE (RFC 5545 §3.6.5): one STANDARD and, if the zone has summer time, one DAYLIGHT, each with a yearly rule.
//!
//! Outlook and Exchange need this shape, without RDATE; times in a zone that does not have it are written in UTC. The
//! block is made here, since the `icalendar` crate has no VTIMEZONE, and the generator of `calcard` is wrong for 14
//! zones after its window.

use chrono::FixedOffset;
use icalendar::parser::{Component, Property};

use super::value;
use crate::zone::{Observance, YearlyRule, YearlyRules};

/// Returns the VTIMEZONE of a zone.
// ical.js and libical believe this block, while the Python library `icalendar` takes Berlin from its own data: an error
// here would move events for some subscribers only.
pub(crate) fn component(zone: &str, rules: &YearlyRules) -> Component<'static> {
    let mut timezone = value::component("VTIMEZONE", vec![value::text("TZID", zone)]);
    let daylight = rules.daylight.iter().map(|daylight| ("DAYLIGHT", daylight));
    timezone.components = daylight
        .chain([("STANDARD", &rules.standard)])
        .map(|(name, observance)| value::component(name, properties(observance)))
        .collect();
    timezone
}

fn properties(observance: &Observance) -> Vec<Property<'static>> {
    // The onset is a real transition, the first of those for which the yearly rule holds.
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

/// Returns a UTC-OFFSET (§3.3.14), with seconds if there are any.
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
    use chrono_tz::Tz;
    use icalendar::parser::Calendar;

    fn block(zone: Tz) -> String {
        let zones = crate::zone::Zones::compiled();
        let rules = zones.rules(zone).yearly_rules.as_ref().expect("it has yearly rules");
        let components = vec![component(zone.name(), rules)];
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
}
