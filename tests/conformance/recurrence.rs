//! RFC 5545 §3.8.5.3: every example of DAILY or coarser with its dates, the finer ones refused;
//! §3.3.10 and §3.3.5: skipped and repeated hours.

use aushang::model::{EventTime, Rule, ZonedTime};
use aushang::recurrence::times;
use aushang::recurrence::{RuleProblem, parse_rule};
use chrono::{NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use crate::support::zones;

/// The start of nearly all examples.
const START: &str = "1997-09-02T09:00:00";

fn rule(text: &str) -> Rule {
    parse_rule(text, Tz::America__New_York, zones())
        .unwrap_or_else(|problem| panic!("{text}: {problem}"))
}

fn start(text: &str) -> NaiveDateTime {
    text.parse().expect("a local date-time")
}

/// The starts of all dates.
fn dates(rule: &Rule, start: NaiveDateTime, zone: Tz) -> impl Iterator<Item = ZonedTime> + use<> {
    let first = zones().timed(zones().locate(start, zone).placed(), None).expect("no end");
    times(rule, &first, zones()).map(|time| match time {
        EventTime::Timed(span) => span.start(),
        EventTime::Days(_) => panic!("it has a time"),
    })
}

/// "1997-09 2 3; 1997-10 1" as dates.
fn listed(text: &str) -> Vec<NaiveDate> {
    let months = text.split(';').map(str::trim);
    let dates = months.flat_map(|month| {
        let (month, days) = month.split_once(' ').expect("a month and its days");
        days.split_whitespace().map(move |day| format!("{month}-{day:0>2}"))
    });
    dates.map(|date| date.parse().expect("a date")).collect()
}

/// The dates of `text` from `from` are these, and then it ends, or goes on where `goes_on`.
fn check(text: &str, from: &str, expected: &str, goes_on: bool) {
    let expected = listed(expected);
    let times = dates(&rule(text), start(from), Tz::America__New_York);
    let times: Vec<_> = times.take(expected.len() + 1).collect();
    assert!(
        times.iter().all(|time| time.naive_local().time() == start(from).time()),
        "{text}: the wall clock"
    );
    let found: Vec<_> = times.iter().map(ZonedTime::date_naive).collect();
    assert_eq!(found[..expected.len().min(found.len())], expected, "{text}");
    assert_eq!(found.len() > expected.len(), goes_on, "{text}: its end");
}

#[test]
fn daily_examples() {
    check("FREQ=DAILY;COUNT=10", START, "1997-09 2 3 4 5 6 7 8 9 10 11", false);
    check(
        "FREQ=DAILY;INTERVAL=2",
        START,
        "1997-09 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30; 1997-10 2 4",
        true,
    );
    check("FREQ=DAILY;INTERVAL=10;COUNT=5", START, "1997-09 2 12 22; 1997-10 2 12", false);
    let until_christmas =
        dates(&rule("FREQ=DAILY;UNTIL=19971224T000000Z"), start(START), Tz::America__New_York);
    let last = until_christmas.last().expect("a date");
    assert_eq!(last.to_rfc3339(), "1997-12-23T09:00:00-05:00");
}

#[test]
fn every_day_in_january_is_said_in_two_ways() {
    let january: String = (1998..=2000)
        .map(|year| {
            let days: Vec<String> = (1..=31).map(|day| day.to_string()).collect();
            format!("{year}-01 {}", days.join(" "))
        })
        .collect::<Vec<_>>()
        .join("; ");
    let from = "1998-01-01T09:00:00";
    let yearly = "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA";
    check(yearly, from, &january, false);
    check("FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", from, &january, false);
}

#[test]
fn weekly_examples() {
    let ten_weeks = "1997-09 2 9 16 23 30; 1997-10 7 14 21 28; 1997-11 4";
    check("FREQ=WEEKLY;COUNT=10", START, ten_weeks, false);
    let until_christmas =
        "1997-09 2 9 16 23 30; 1997-10 7 14 21 28; 1997-11 4 11 18 25; 1997-12 2 9 16 23";
    check("FREQ=WEEKLY;UNTIL=19971224T000000Z", START, until_christmas, false);
    let every_other =
        "1997-09 2 16 30; 1997-10 14 28; 1997-11 11 25; 1997-12 9 23; 1998-01 6 20; 1998-02 3 17";
    check("FREQ=WEEKLY;INTERVAL=2;WKST=SU", START, every_other, true);
    let tuesdays_and_thursdays = "1997-09 2 4 9 11 16 18 23 25 30; 1997-10 2";
    check(
        "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
        START,
        tuesdays_and_thursdays,
        false,
    );
    check("FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", START, tuesdays_and_thursdays, false);
    check(
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        "1997-09-01T09:00:00",
        "1997-09 1 3 5 15 17 19 29; 1997-10 1 3 13 15 17 27 29 31; 1997-11 10 12 14 24 26 28; 1997-12 8 10 12 22",
        false,
    );
    let four_weeks = "1997-09 2 4 16 18 30; 1997-10 2 14 16";
    check("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", START, four_weeks, false);
}

#[test]
fn monthly_examples() {
    let first_friday = "1997-09 5; 1997-10 3; 1997-11 7; 1997-12 5; 1998-01 2; 1998-02 6; 1998-03 6; 1998-04 3; 1998-05 1; 1998-06 5";
    check("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05T09:00:00", first_friday, false);
    let until_christmas = "1997-09 5; 1997-10 3; 1997-11 7; 1997-12 5";
    check(
        "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
        "1997-09-05T09:00:00",
        until_christmas,
        false,
    );
    let first_and_last_sunday =
        "1997-09 7 28; 1997-11 2 30; 1998-01 4 25; 1998-03 1 29; 1998-05 3 31";
    check(
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "1997-09-07T09:00:00",
        first_and_last_sunday,
        false,
    );
    let second_to_last_monday =
        "1997-09 22; 1997-10 20; 1997-11 17; 1997-12 22; 1998-01 19; 1998-02 16";
    check("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22T09:00:00", second_to_last_monday, false);
    let third_to_last_day =
        "1997-09 28; 1997-10 29; 1997-11 28; 1997-12 29; 1998-01 29; 1998-02 26";
    check("FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28T09:00:00", third_to_last_day, true);
    let second_and_fifteenth =
        "1997-09 2 15; 1997-10 2 15; 1997-11 2 15; 1997-12 2 15; 1998-01 2 15";
    check("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", START, second_and_fifteenth, false);
    let first_and_last =
        "1997-09 30; 1997-10 1 31; 1997-11 1 30; 1997-12 1 31; 1998-01 1 31; 1998-02 1";
    check("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30T09:00:00", first_and_last, false);
    let tenth_to_fifteenth = "1997-09 10 11 12 13 14 15; 1999-03 10 11 12 13";
    check(
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "1997-09-10T09:00:00",
        tenth_to_fifteenth,
        false,
    );
    let tuesdays =
        "1997-09 2 9 16 23 30; 1997-11 4 11 18 25; 1998-01 6 13 20 27; 1998-03 3 10 17 24 31";
    check("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", START, tuesdays, true);
    // The example excludes its start, which is no Friday: no date of the rule.
    let friday_the_thirteenth = "1998-02 13; 1998-03 13; 1998-11 13; 1999-08 13; 2000-10 13";
    check("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", START, friday_the_thirteenth, true);
    let saturday_after_first_sunday = "1997-09 13; 1997-10 11; 1997-11 8; 1997-12 13; 1998-01 10; 1998-02 7; 1998-03 7; 1998-04 11; 1998-05 9; 1998-06 13";
    check(
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "1997-09-13T09:00:00",
        saturday_after_first_sunday,
        true,
    );
    let third_of_three = "1997-09 4; 1997-10 7; 1997-11 6";
    check(
        "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
        "1997-09-04T09:00:00",
        third_of_three,
        false,
    );
    let second_to_last_weekday =
        "1997-09 29; 1997-10 30; 1997-11 27; 1997-12 30; 1998-01 29; 1998-02 26; 1998-03 30";
    check(
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "1997-09-29T09:00:00",
        second_to_last_weekday,
        true,
    );
    let no_thirtieth_of_february = "2007-01 15 30; 2007-02 15; 2007-03 15 30";
    check(
        "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
        "2007-01-15T09:00:00",
        no_thirtieth_of_february,
        false,
    );
}

#[test]
fn yearly_examples() {
    let june_and_july = "1997-06 10; 1997-07 10; 1998-06 10; 1998-07 10; 1999-06 10; 1999-07 10; 2000-06 10; 2000-07 10; 2001-06 10; 2001-07 10";
    check("FREQ=YEARLY;COUNT=10;BYMONTH=6,7", "1997-06-10T09:00:00", june_and_july, false);
    let every_other_year = "1997-03 10; 1999-01 10; 1999-02 10; 1999-03 10; 2001-01 10; 2001-02 10; 2001-03 10; 2003-01 10; 2003-02 10; 2003-03 10";
    check(
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        "1997-03-10T09:00:00",
        every_other_year,
        false,
    );
    let days_of_the_year = "1997-01 1; 1997-04 10; 1997-07 19; 2000-01 1; 2000-04 9; 2000-07 18; 2003-01 1; 2003-04 10; 2003-07 19; 2006-01 1";
    check(
        "FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200",
        "1997-01-01T09:00:00",
        days_of_the_year,
        false,
    );
    check(
        "FREQ=YEARLY;BYDAY=20MO",
        "1997-05-19T09:00:00",
        "1997-05 19; 1998-05 18; 1999-05 17",
        true,
    );
    check(
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "1997-05-12T09:00:00",
        "1997-05 12; 1998-05 11; 1999-05 17",
        true,
    );
    let thursdays_in_march = "1997-03 13 20 27; 1998-03 5 12 19 26; 1999-03 4 11 18 25";
    check("FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13T09:00:00", thursdays_in_march, true);
    let thursdays_in_summer = "1997-06 5 12 19 26; 1997-07 3 10 17 24 31; 1997-08 7 14 21 28; 1998-06 4 11 18 25; 1998-07 2 9 16 23 30; 1998-08 6 13 20 27";
    check("FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "1997-06-05T09:00:00", thursdays_in_summer, true);
    let election_day = "1996-11 5; 2000-11 7; 2004-11 2";
    check(
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "1996-11-05T09:00:00",
        election_day,
        true,
    );
}

#[test]
fn dates_depend_on_the_start_of_the_week() {
    let from = "1997-08-05T09:00:00";
    check("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", from, "1997-08 5 10 19 24", false);
    check("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", from, "1997-08 5 17 19 31", false);
}

#[test]
fn examples_finer_than_a_day_are_refused_with_their_sentence() {
    let refused = [
        ("FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "FREQ=HOURLY"),
        ("FREQ=MINUTELY;INTERVAL=15;COUNT=6", "FREQ=MINUTELY"),
        ("FREQ=MINUTELY;INTERVAL=90;COUNT=4", "FREQ=MINUTELY"),
        (
            "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
            "BYHOUR=9,10,11,12,13,14,15,16",
        ),
        ("FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16", "FREQ=MINUTELY"),
    ];
    for (text, part) in refused {
        let problem = parse_rule(text, Tz::UTC, zones()).expect_err(text);
        let expected =
            format!("`{part}` repeats within a day: write an event for each time of day");
        assert_eq!(problem.to_string(), expected);
    }
}

#[test]
fn a_date_in_the_skipped_hour_is_left_out_and_not_counted() {
    let rule = rule("FREQ=DAILY;COUNT=3");
    let found = dates(&rule, start("2018-03-24T02:30:00"), Tz::Europe__Berlin);
    let found: Vec<String> = found.map(|time| time.to_rfc3339()).collect();
    let expected =
        ["2018-03-24T02:30:00+01:00", "2018-03-26T02:30:00+02:00", "2018-03-27T02:30:00+02:00"];
    assert_eq!(found, expected);
}

#[test]
fn of_a_repeated_hour_the_first_counts() {
    let rule = rule("FREQ=DAILY;COUNT=2");
    let found = dates(&rule, start("2018-10-27T02:30:00"), Tz::Europe__Berlin);
    let found: Vec<String> = found.map(|time| time.to_rfc3339()).collect();
    assert_eq!(found, ["2018-10-27T02:30:00+02:00", "2018-10-28T02:30:00+02:00"]);
}

#[test]
fn until_is_inclusive_and_a_date_counts_to_its_end() {
    for until in ["19970904T130000Z", "19970904", "19970904T090000"] {
        check(&format!("FREQ=DAILY;UNTIL={until}"), START, "1997-09 2 3 4", false);
    }
    check("FREQ=DAILY;UNTIL=19970904T125959Z", START, "1997-09 2 3", false);
}

#[test]
fn a_rule_is_read_as_people_paste_it() {
    assert_eq!(rule(" rrule:freq=weekly;byday=tu;"), rule("FREQ=WEEKLY;BYDAY=TU"));
}

#[test]
fn rules_that_say_nothing_are_refused() {
    let problem = |text: &str| parse_rule(text, Tz::UTC, zones()).expect_err(text);
    let invalid = |part: &str, value: &str| RuleProblem::InvalidValue {
        part: part.into(),
        value: value.into(),
    };
    assert_eq!(problem(""), RuleProblem::Syntax(String::new()));
    assert_eq!(problem("COUNT=3"), RuleProblem::NoFrequency);
    assert_eq!(problem("FREQ=DAILY;COUNT=3;UNTIL=20180101"), RuleProblem::CountAndUntil);
    assert_eq!(problem("FREQ=DAILY;FREQ=DAILY"), RuleProblem::Twice("FREQ".into()));
    assert_eq!(problem("FREQ=DAILY;BYEASTER=1"), RuleProblem::UnknownPart("BYEASTER".into()));
    assert_eq!(problem("FREQ=DAILY;COUNT=0"), invalid("COUNT", "0"));
    assert_eq!(problem("FREQ=DAILY;INTERVAL=0"), invalid("INTERVAL", "0"));
    assert_eq!(problem("FREQ=WEEKLY;BYDAY=XX"), invalid("BYDAY", "XX"));
    assert_eq!(problem("FREQ=MONTHLY;BYMONTHDAY=32"), invalid("BYMONTHDAY", "32"));
    assert_eq!(problem("FREQ=MONTHLY;BYDAY=ü"), invalid("BYDAY", "ü"));
}

#[test]
fn a_rule_without_dates_ends() {
    let never = dates(&rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), start(START), Tz::UTC);
    assert_eq!(never.count(), 0);
    let sparse = dates(&rule("FREQ=DAILY;INTERVAL=60000;BYMONTH=2"), start(START), Tz::UTC);
    assert!(sparse.count() < 100);
}

#[test]
fn a_rule_whose_parts_contradict_one_another_is_refused() {
    let cases = [
        ("FREQ=MONTHLY;BYWEEKNO=20", "BYWEEKNO has no meaning except with FREQ=YEARLY"),
        ("FREQ=WEEKLY;BYMONTHDAY=-1;BYDAY=MO", "BYMONTHDAY has no meaning with FREQ=WEEKLY"),
        ("FREQ=DAILY;BYYEARDAY=1", "BYYEARDAY has no meaning except with FREQ=YEARLY"),
        (
            "FREQ=WEEKLY;BYDAY=2MO",
            "a number in BYDAY has no meaning with FREQ=DAILY or FREQ=WEEKLY",
        ),
        ("FREQ=YEARLY;BYWEEKNO=2;BYDAY=1MO", "a number in BYDAY has no meaning beside BYWEEKNO"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS has no meaning without another BY… part"),
    ];
    for (text, sentence) in cases {
        assert_eq!(parse_rule(text, Tz::UTC, zones()).expect_err(text).to_string(), sentence);
    }
}

#[test]
fn a_rule_that_programs_read_in_different_ways_is_refused() {
    for (text, part) in [
        ("FREQ=MONTHLY;BYDAY=-5MO", "the fifth last day of a month, the 53rd last of a year"),
        ("FREQ=YEARLY;BYDAY=-53MO", "the fifth last day of a month, the 53rd last of a year"),
        ("FREQ=YEARLY;BYWEEKNO=53;BYDAY=SA", "BYWEEKNO at the turn of the year"),
        ("FREQ=MONTHLY;BYDAY=MO,2TU", "BYDAY with and without a number"),
    ] {
        let sentence =
            format!("{part}: programs read this in different ways; write the dates in `also`");
        assert_eq!(parse_rule(text, Tz::UTC, zones()).expect_err(text).to_string(), sentence);
    }
}

#[test]
fn positions_count_from_the_beginning_of_the_week() {
    let from = "2018-01-03T09:00:00";
    check("FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2;COUNT=3", from, "2018-01 3 10 17", false);
}

#[test]
fn whole_days_repeat_without_a_zone() {
    let first = listed("2018-03 21")[0];
    let first = zones().days(first, first, Tz::Europe__Berlin).expect("in order");
    let found = times(&rule("FREQ=WEEKLY;COUNT=3"), &first, zones()).map(|time| time.first_date());
    assert_eq!(found.collect::<Vec<_>>(), listed("2018-03 21 28; 2018-04 4"));
}
