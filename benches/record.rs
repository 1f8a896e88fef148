//! 10,000 events and their record: load, compare, write. The goal: under 300 ms together. The results are dropped
//! outside of the measured time.

mod events;

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::time::Duration;

use aushang::record::{Absent, Memo, Record, RevisionMoment, identify, revise, store};
use aushang::source::{Folder, LastGood, Loader};
use aushang::zone::Zones;
use chrono::{DateTime, Utc};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

const EVENTS: usize = 10_000;

fn record_bench(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    events::write(folder.path(), EVENTS, 1_000);
    let path = folder.path().join("record.jsonl");
    let zones = Arc::new(Zones::compiled());
    let store = store::open(&path, &zones).expect("a file");
    let now: DateTime<Utc> = "2018-11-01T12:00:00Z".parse().expect("a time");
    let moment = RevisionMoment { recorded_at: now, first_sequence: 0, now };
    // As `serve` loads: the loader keeps its cache for the next reload.
    let load = || {
        let mut loader = Loader::new(LastGood::default(), Arc::clone(&zones));
        let folder = Folder::new(folder.path());
        let files = Arc::new(loader.read(&folder, Duration::ZERO).expect("a folder"));
        (loader.load(&files, &BTreeSet::new(), &|_| false).expect("definitions"), loader)
    };
    let compare = |record: &Record, definitions: aushang::model::Definitions| {
        let (mut events, mut unpublished) = (definitions.events, definitions.unpublished);
        identify(
            record,
            definitions.site.id,
            &mut events,
            &mut unpublished,
            &BTreeSet::new(),
            &zones,
        );
        revise(record, events, &Absent::default(), moment, &zones, &mut Memo::default())
    };
    let known = compare(&Record::default(), load().0.definitions).record;
    assert_eq!(known.iter().count(), EVENTS);
    criterion.bench_function("load 10,000 events", |bench| {
        bench.iter_batched(|| (), |()| load(), BatchSize::PerIteration);
    });
    let definitions = load().0.definitions;
    criterion.bench_function("compare 10,000 events", |bench| {
        let copy = || definitions.clone();
        bench.iter_batched(
            copy,
            |definitions| compare(&known, definitions),
            BatchSize::PerIteration,
        );
    });
    criterion.bench_function("write 10,000 lines", |bench| {
        bench.iter(|| {
            let _ = fs::remove_file(&path);
            store.commit(None, known.clone()).expect("it can be written")
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = record_bench
}
criterion_main!(benches);
