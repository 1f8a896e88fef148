//! 10,000 events beside their record: load, compare, write. The goal: under 300 ms together.

use std::fs;
use std::path::Path;

use aushang::record::{self, Absent, Record, Step, identify, revise};
use aushang::source;
use chrono::{DateTime, Utc};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

const EVENTS: usize = 10_000;
const TEXT: &str = "Im Entwicklungsworkshop wollen wir uns diesem Themenkomplex annehmen und im kollegialen \
    Austausch Strategien für die Weiterentwicklung des Bildungsmonitorings erarbeiten.\n\n";

fn write_site(root: &Path) {
    let file = |path: &str, text: String| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    let id = "0d9b9a4e-6b1f-4c8e-9a53-2f6d0c7b1a11";
    file("site.toml", format!("id = \"{id}\"\ntitle = \"Beispiel\"\npublisher = \"buero\"\n"));
    file("venues.toml", "[rathaus]\nname = \"Rathaus\"\ncity = \"Hannover\"\n".to_owned());
    file("organizers.toml", "[buero]\nname = \"Beispielbüro\"\n".to_owned());
    file("termine/feed.toml", "title = \"Termine\"\n".to_owned());
    for event in 0..EVENTS {
        let (year, month, day) = (2018 + event % 5, event % 12 + 1, event % 28 + 1);
        let text = format!(
            "+++\ntitle = \"Workshop Nummer {event}\"\nsubtitle = \"Bildungsmonitoring\"\nkind = \"workshop\"\n\
             start = {year}-{month:02}-{day:02}T10:15:00\nend = {year}-{month:02}-{day:02}T16:15:00\n\
             venue = \"rathaus\"\n+++\n{}",
            TEXT.repeat(6)
        );
        file(&format!("termine/workshop-{event}.md"), text);
    }
}

fn record_bench(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    write_site(folder.path());
    let path = folder.path().join("record.jsonl");
    let now: DateTime<Utc> = "2018-01-01T12:00:00Z".parse().expect("a time");
    let step = Step { now, first_sequence: 0, today: now };
    let load = || source::load(folder.path()).expect("definitions").0;
    let compare = |record: &Record, catalogue: aushang::model::Catalogue| {
        let (mut events, mut hidden) = (catalogue.events, catalogue.hidden);
        identify(record, catalogue.site.id, &mut events, &mut hidden);
        revise(record, events, &Absent::default(), step).record
    };
    let known = compare(&Record::default(), load());
    assert_eq!(known.iter().count(), EVENTS);
    criterion.bench_function("load 10,000 events", |bench| bench.iter(load));
    let catalogue = load();
    criterion.bench_function("compare 10,000 events", |bench| {
        let copy = || catalogue.clone();
        bench.iter_batched(copy, |catalogue| compare(&known, catalogue), BatchSize::PerIteration);
    });
    criterion.bench_function("write 10,000 lines", |bench| {
        bench.iter(|| {
            let _ = fs::remove_file(&path);
            record::write(&path, &Record::default(), known.clone()).expect("it can be written")
        });
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = record_bench
}
criterion_main!(benches);
