//! `timezone`: zones by name, and those whose compiled data is older than today's.

use chrono::{Days, NaiveDate};
use chrono_tz::{TZ_VARIANTS, Tz};

use crate::model::{EventTime, Recurrence};
use crate::recurrence::{is_endless, occurrences};
use crate::source::diagnostic::{Problem, nearest};
use crate::source::format::Text;

use super::checker::Checker;

/// The zone of a folder that names none.
pub(crate) const DEFAULT_ZONE: Tz = Tz::Europe__Berlin;

/// A zone whose compiled offsets differ from today's data.
struct Outdated {
    name: &'static str,
    /// The first day (UTC, from 2000 on) with another offset: year, month, day.
    since: (i32, u32, u32),
    /// The offset in the compiled data, and the one in today's.
    offsets: (&'static str, &'static str),
}

const fn outdated(
    name: &'static str,
    since: (i32, u32, u32),
    ours: &'static str,
    theirs: &'static str,
) -> Outdated {
    Outdated { name, since, offsets: (ours, theirs) }
}

/// The zones in which chrono-tz, which ends with release 2025b, differs from today's data; `tests` keeps this list by
/// jiff's, which is newer.
const OUTDATED: [Outdated; 15] = [
    outdated("Africa/Casablanca", (2026, 9, 20), "+01:00", "+00:00"),
    outdated("Africa/El_Aaiun", (2026, 9, 20), "+01:00", "+00:00"),
    outdated("America/Edmonton", (2026, 11, 1), "-07:00", "-06:00"),
    outdated("America/Havana", (2026, 11, 1), "-05:00", "-04:00"),
    outdated("America/Inuvik", (2026, 11, 1), "-07:00", "-06:00"),
    outdated("America/Rainy_River", (2026, 11, 1), "-06:00", "-05:00"),
    outdated("America/Vancouver", (2026, 11, 1), "-08:00", "-07:00"),
    outdated("America/Winnipeg", (2026, 11, 1), "-06:00", "-05:00"),
    outdated("America/Yellowknife", (2026, 11, 1), "-07:00", "-06:00"),
    outdated("Canada/Central", (2026, 11, 1), "-06:00", "-05:00"),
    outdated("Canada/Mountain", (2026, 11, 1), "-07:00", "-06:00"),
    outdated("Canada/Pacific", (2026, 11, 1), "-08:00", "-07:00"),
    outdated("Cuba", (2026, 11, 1), "-05:00", "-04:00"),
    outdated("Europe/Chisinau", (2022, 3, 27), "+03:00", "+02:00"),
    outdated("Europe/Tiraspol", (2022, 3, 27), "+03:00", "+02:00"),
];

/// Reads the name of a zone.
pub(crate) fn zone(checker: &Checker<'_>, name: &Text) -> Option<Tz> {
    let name = name.as_ref()?;
    let zone = name.value.parse::<Tz>().ok();
    if zone.is_none() {
        let names: Vec<&str> = TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
        let nearest = nearest(&name.value, &names).map(str::to_owned);
        checker.report(&name.span, Problem::UnknownTimezone { name: name.value.clone(), nearest });
    }
    zone
}

/// Warns of an event, or a date of a series, on a day for which the compiled data may be wrong.
pub(crate) fn check_data(
    checker: &Checker<'_>,
    timezone: &Text,
    time: &EventTime,
    recurrence: &Recurrence,
) {
    let name = time.zone().name();
    let Some(outdated) = OUTDATED.iter().find(|outdated| outdated.name == name) else { return };
    let (year, month, day) = outdated.since;
    let since = NaiveDate::from_ymd_opt(year, month, day).expect("the list holds dates");
    if reaches(checker, time, recurrence, since) {
        let (ours, actual) = outdated.offsets;
        // The zone may be that of the folder: then the event has no line of its own for it.
        let span = timezone.as_ref().map_or(&checker.head, |timezone| &timezone.span);
        checker.report(span, Problem::OutdatedZone { name, since, ours, actual });
    }
}

/// Returns whether the event, or a date of its series, is not over on this day.
fn reaches(
    checker: &Checker<'_>,
    time: &EventTime,
    recurrence: &Recurrence,
    day: NaiveDate,
) -> bool {
    let is_late = |time: EventTime| time.passes().date_naive() >= day;
    match recurrence {
        Recurrence::Series(series) => {
            // A series without end reaches every day; a date within the year after it is enough to see that.
            let horizon = if is_endless(series) { day + Days::new(400) } else { NaiveDate::MAX };
            occurrences(series, time, horizon, checker.zones)
                .into_iter()
                .any(|one| is_late(one.time))
        }
        Recurrence::Once | Recurrence::Occurrence(_) => is_late(*time),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::Zones;
    use chrono::{DateTime, FixedOffset};

    const WEEK: i64 = 7 * 24 * 3600;

    /// Both offsets at an instant.
    fn offsets(
        zones: &Zones,
        zone: Tz,
        current: &jiff::tz::TimeZone,
        second: i64,
    ) -> (FixedOffset, FixedOffset) {
        let instant = DateTime::from_timestamp(second, 0).expect("in range");
        let ours = zones.at(instant, zone).offset();
        let at = jiff::Timestamp::from_second(second).expect("in range");
        (ours, FixedOffset::east_opt(current.to_offset(at).seconds()).expect("in range"))
    }

    /// The first difference between chrono-tz and jiff from 2000 to 2099: looked for week by week and
    /// then to six hours, and at the edges of every change that jiff knows.
    fn first_difference(zones: &Zones, zone: Tz) -> Option<(NaiveDate, String, String)> {
        let current = jiff::tz::TimeZone::get(zone.name()).ok()?;
        let differs = |second: &i64| {
            let (ours, theirs) = offsets(zones, zone, &current, *second);
            ours != theirs
        };
        let (start, end) = (946_684_800, 4_102_444_800);
        let week = (start..end).step_by(604_800).find(differs);
        let fine = week.and_then(|week| (week - WEEK..=week).step_by(6 * 3600).find(differs));
        let changes = current.following(jiff::Timestamp::from_second(start).expect("in range"));
        let changes = changes.map(|change| change.timestamp().as_second());
        let edges = changes.take_while(|second| *second < end).flat_map(|at| [at - 1, at]);
        let second = edges.into_iter().find(differs).into_iter().chain(fine).min()?;
        let (ours, theirs) = offsets(zones, zone, &current, second);
        let date = DateTime::from_timestamp(second, 0)?.date_naive();
        Some((date, ours.to_string(), theirs.to_string()))
    }

    #[test]
    fn the_list_of_outdated_zones_is_what_a_newer_database_says() {
        let zones = Zones::compiled();
        let mut found = Vec::new();
        for zone in TZ_VARIANTS {
            found.extend(
                first_difference(&zones, zone)
                    .map(|difference| (zone.name().to_owned(), difference)),
            );
        }
        let listed: Vec<_> = OUTDATED
            .iter()
            .map(|Outdated { name, since: (year, month, day), offsets: (ours, theirs) }| {
                let since = NaiveDate::from_ymd_opt(*year, *month, *day).expect("a date");
                ((*name).to_owned(), (since, (*ours).to_owned(), (*theirs).to_owned()))
            })
            .collect();
        assert_eq!(found, listed);
    }
}
