//! Instants are the same in every format, in every season and zone.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use proptest::sample::select;
use proptest::strategy::Strategy;
use proptest::{prop_assert, prop_assert_eq};

use crate::support::{Outcome, Site, property, zones};

fn start_and_end(site: &Site) -> (Vec<String>, String, String) {
    let lines = site.lines("/events/a.ics");
    let times =
        lines.into_iter().filter(|line| line.starts_with("DTSTART") || line.starts_with("DTEND"));
    let times = times.filter(|line| line.contains("2018") || line.contains("1995")).collect();
    let event = site.json("/events/a.jsonld");
    let text = |key: &str| event[key].as_str().unwrap_or_default().to_owned();
    (times, text("startDate"), text("endDate"))
}

#[test]
fn summer_time_has_its_offset_everywhere() {
    let site = Site::new().event("a", "start = 2018-07-10T10:15:00\nend = 2018-07-10T16:15:00");
    let (lines, start, end) = start_and_end(&site);
    assert_eq!(lines[0], "DTSTART;TZID=Europe/Berlin:20180710T101500");
    assert_eq!(
        (start.as_str(), end.as_str()),
        ("2018-07-10T10:15:00+02:00", "2018-07-10T16:15:00+02:00")
    );
    let rss = site.get("/feeds/termine.rss").body;
    assert!(rss.contains("<ev:startdate>2018-07-10T10:15:00+02:00</ev:startdate>"));
}

#[test]
fn the_night_in_october_is_an_hour_longer_in_utc() {
    let site = Site::new().event("a", "start = 2018-10-27T22:00:00\nend = 2018-10-28T06:00:00");
    let (_, start, end) = start_and_end(&site);
    let instant = |text: &str| chrono::DateTime::parse_from_rfc3339(text).expect("RFC 3339");
    assert_eq!((instant(&end) - instant(&start)).num_hours(), 9);
}

#[test]
fn the_repeated_hour_is_written_in_utc() {
    let site =
        Site::new().event("a", "start = 2018-10-28T02:30:00+01:00\nend = 2018-10-28T04:00:00");
    let (lines, start, _) = start_and_end(&site);
    assert_eq!(lines, ["DTSTART:20181028T013000Z", "DTEND:20181028T030000Z"]);
    assert_eq!(start, "2018-10-28T02:30:00+01:00");
    assert!(site.get("/events/a").body.contains("02:30 Uhr (UTC+01:00)"));
}

#[test]
fn times_before_the_yearly_rules_are_written_in_utc() {
    let site = Site::new().event("a", "start = 1995-10-10T10:15:00");
    assert_eq!(start_and_end(&site).0, ["DTSTART:19951010T091500Z"]);
}

#[test]
fn another_zone_has_its_own_block_and_is_named_in_words() {
    let keys = "start = 2018-12-10T10:15:00\ntimezone = \"America/New_York\"";
    let site = Site::new().event("a", keys);
    let (lines, start, _) = start_and_end(&site);
    assert_eq!(lines, ["DTSTART;TZID=America/New_York:20181210T101500"]);
    assert_eq!(start, "2018-12-10T10:15:00-05:00");
    assert!(site.lines("/events/a.ics").contains(&"TZID:America/New_York".into()));
    assert!(site.get("/events/a").body.contains("(America/New_York, UTC-05:00)"));
}

#[test]
fn a_feed_carries_one_block_for_each_zone_in_use() {
    let site = Site::new()
        .event("a", "")
        .event("b", "timezone = \"America/New_York\"")
        .event("c", "")
        .event("d", "timezone = \"Africa/Casablanca\"");
    let lines = site.lines("/feeds/termine.ics");
    let zones: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("TZID:")).collect();
    assert_eq!(zones, ["America/New_York", "Europe/Berlin"]);
    assert!(!lines.iter().any(|line| line.starts_with("X-WR-TIMEZONE")));
}

const ZONES: [&str; 6] = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Europe/Dublin",
];

/// The instant of a content line, by a second time zone database.
fn instant(line: &str) -> jiff::Timestamp {
    let (name, value) = line.rsplit_once(':').expect("a value");
    let zone = name.split_once("TZID=").map_or("UTC", |(_, zone)| zone);
    let local = value.trim_end_matches('Z');
    let local = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%S", local).expect("a local time");
    local.in_tz(zone).expect("a zone").timestamp()
}

/// A rule as people paste it, of any frequency that is not refused.
fn any_rule() -> impl Strategy<Value = String> {
    let frequency = select(&["DAILY", "WEEKLY", "MONTHLY", "YEARLY"][..]);
    let parts = [
        "INTERVAL=[1-9][0-9]?",
        "COUNT=[1-9][0-9]{0,4}",
        "UNTIL=20[0-9]{2}1231",
        "BYMONTH=[1-9](,1[0-2])?",
        "BYMONTHDAY=-?[1-9](,[12][0-9],31)?",
        "BYDAY=(MO|TU|2WE|-1SU)(,FR)?",
        "BYYEARDAY=-?[1-3][0-9]{0,2}",
        "BYWEEKNO=-?[1-5][0-9]?",
        "BYSETPOS=-?[1-9]",
        "WKST=(MO|SU)",
    ];
    let parts: Vec<_> =
        parts.into_iter().map(|part| proptest::option::weighted(0.15, part)).collect();
    (frequency, parts).prop_map(|(frequency, parts)| {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        [&[format!("FREQ={frequency}")][..], &parts].concat().join(";")
    })
}

#[test]
fn every_rule_is_refused_or_ends_with_the_zone_data() {
    property(200, 80, (any_rule(), 0..10_000_i64), |(text, day), count| {
        let zone = chrono_tz::Europe::Berlin;
        let Ok(rule) = aushang::recurrence::parse_rule(&text, zone, zones()) else { return Ok(()) };
        let date = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a date") + TimeDelta::days(day);
        let first = zones().days(date, date, zone).expect("one day");
        let dates: Vec<_> = aushang::recurrence::times(&rule, &first, zones()).collect();
        prop_assert!(dates.len() <= 100 * 366, "{}: {} dates", text, dates.len());
        let is_in_order = dates.windows(2).all(|pair| pair[0].first_date() < pair[1].first_date());
        prop_assert!(is_in_order, "{}", text);
        count.more(usize::from(dates.len() > 1));
        Ok(())
    });
}

/// Returns a wall-clock time so many days and minutes after the yearly rules of Europe began.
fn wall_clock(days: i64, minutes: i64) -> NaiveDateTime {
    let first = NaiveDate::from_ymd_opt(1996, 4, 1).expect("a date").and_time(NaiveTime::MIN);
    first + TimeDelta::days(days) + TimeDelta::minutes(minutes)
}

/// The dates of series; some dates are refused, since their start is skipped.
#[test]
fn of_every_date_of_a_series_calendar_data_and_page_agree() {
    let values = (
        0..20_000_i64,
        0..24 * 60_i64,
        select(&["day", "week", "month", "year"][..]),
        1..9_u8,
        select(&ZONES[..]),
        select(&["rule", "expand"][..]),
    );
    property(24, 60, values, |(days, minutes, every, interval, zone, form), count| {
        let start = wall_clock(days, minutes);
        let keys = format!(
            "start = {}\nduration = \"95min\"\ntimezone = \"{zone}\"\nseries = \"{form}\"\n\
             [repeat]\nevery = \"{every}\"\ninterval = {interval}\ncount = 4",
            start.format("%Y-%m-%dT%H:%M:%S")
        );
        let site = Site::new().event("a", &keys).at(&start.and_utc().to_rfc3339());
        let Ok(built) = site.build() else { return Ok(()) };
        let pages = built.snapshot.iter().map(|(path, _)| path);
        let pages: Vec<String> =
            pages.filter(|path| path.starts_with("/events/a/") && !path.contains('.')).collect();
        prop_assert!(!pages.is_empty());
        for path in pages {
            agree_on_every_instant(&site, &path)?;
            count.one();
        }
        Ok(())
    });
}

/// A wall-clock time that is skipped or repeated is refused: see `refusals`.
#[test]
fn calendar_data_and_page_agree_on_every_instant() {
    let values = (0..20_000_i64, 0..24 * 60_i64, 1..3_000_i64, select(&ZONES[..]));
    property(48, 40, values, |(days, minutes, length, zone), count| {
        let keys = format!(
            "start = {}\nduration = \"{length}min\"\ntimezone = \"{zone}\"",
            wall_clock(days, minutes).format("%Y-%m-%dT%H:%M:%S")
        );
        let site = Site::new().event("a", &keys);
        if site.build().is_err() {
            return Ok(());
        }
        agree_on_every_instant(&site, "/events/a")?;
        count.one();
        Ok(())
    });
}

/// Compares the instants in the calendar, the data and the page at a path.
fn agree_on_every_instant(site: &Site, path: &str) -> Outcome {
    let data = site.json(&format!("{path}.jsonld"));
    let page = site.get(path).body;
    for (property, key) in [("DTSTART", "startDate"), ("DTEND", "endDate")] {
        let line = site.entries(&format!("{path}.ics"), &[property])[0].concat();
        let text = data[key].as_str().expect("a time");
        let time = DateTime::parse_from_rfc3339(text).expect("RFC 3339");
        prop_assert_eq!(instant(&line).as_second(), time.timestamp(), "{} {}", path, property);
        prop_assert!(page.contains(&time.format("%H:%M").to_string()));
        prop_assert!(page.contains(&time.format("%Y").to_string()));
    }
    Ok(())
}
