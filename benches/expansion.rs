//! The expansion of 10,000 weekly series over one year. The goal: under a second.

use aushang::model::{EventTime, Frequency, Rule};
use aushang::recurrence::{parse_rule, times};
use aushang::zone::Zones;
use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;
use criterion::{Criterion, criterion_group, criterion_main};

const SERIES: i64 = 10_000;

/// Returns weekly series, one from each minute of a week on, in a time zone with two changes a year.
fn series(zones: &Zones) -> Vec<(Rule, EventTime)> {
    let monday: NaiveDateTime = "2018-01-01T00:00:00".parse().expect("a local time");
    let rule = parse_rule("FREQ=WEEKLY;COUNT=52", Tz::Europe__Berlin, zones).expect("a rule");
    assert_eq!(rule.frequency, Frequency::Weekly);
    let starts = (0..SERIES).map(|minute| monday + TimeDelta::minutes(minute));
    let place = |local| zones.locate(local, Tz::Europe__Berlin).placed();
    let end = |start| place(start + TimeDelta::minutes(90));
    let first = starts.filter_map(|start| zones.timed(place(start), Some(end(start))));
    first.map(|first| (rule.clone(), first)).collect()
}

fn expansion(criterion: &mut Criterion) {
    // Compiled zone data, so that every machine expands the same dates.
    let zones = Zones::compiled();
    let series = series(&zones);
    assert_eq!(series.len(), 10_000);
    let expand =
        || series.iter().map(|(rule, first)| times(rule, first, &zones).count()).sum::<usize>();
    assert_eq!(expand(), 520_000);
    criterion.bench_function("10,000 weekly series over one year", |bench| bench.iter(expand));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = expansion
}
criterion_main!(benches);
