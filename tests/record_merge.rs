//! Two records become one, whatever the order.

use aushang::record::Record;
use proptest::prelude::*;

use crate::support::{Site, property, record_text, zones};

const SLUGS: [&str; 3] = ["a", "b", "c"];

/// A line as a writer might have left it.
fn any_line() -> impl Strategy<Value = String> {
    let of = proptest::sample::select(&["u1", "u2"][..]);
    let slugs = proptest::sample::subsequence(&SLUGS[..], 1..=3).prop_shuffle();
    let changes = proptest::collection::vec((0..30u32, 0..60u32, any::<bool>()), 0..25);
    let removed = proptest::option::of(0..60u32);
    (of, slugs, 0..4u32, 0..60u32, 0..60u32, changes, removed, any::<bool>()).prop_map(
        |(uid, slugs, sequence, created, modified, changes, removed, held)| {
            let at = |second: u32| format!("2018-11-01T12:00:{second:02}Z");
            let changes: Vec<_> = changes
                .into_iter()
                .map(|(sequence, second, is_new)| {
                    let what = if is_new { "new" } else { "details" };
                    serde_json::json!({ "sequence": sequence, "at": at(second), "matters": [{ "what": what }] })
                })
                .collect();
            let mut line = serde_json::json!({
                "v": 1, "uid": uid, "slugs": slugs, "sequence": sequence, "created": at(created),
                "modified": at(modified), "digest": format!("{}", modified % 3),
                "last": {
                    "title": "Titel", "start": "2018-12-10T10:15:00+01:00", "timezone": "Europe/Berlin",
                    "place": "Rathaus", "status": "confirmed", "form": "once", "feeds": ["termine"],
                    "language": "de",
                },
                "changes": changes, "held": { "at": at(created), "is_held": held },
                "listed": { "termine": at(modified) },
            });
            if let Some(second) = removed {
                line["removed"] = at(second).into();
            }
            line.to_string()
        },
    )
}

fn any_record() -> impl Strategy<Value = Record> {
    proptest::collection::vec(any_line(), 0..4)
        .prop_map(|lines| Record::parse(&lines.join("\n"), zones()).expect("lines of a record"))
}

/// Counts the cases in which two records know the same event: only there is something merged.
#[test]
fn merging_commutes_associates_and_repeats_without_effect() {
    let records = (any_record(), any_record(), any_record());
    property(128, 30, records, |(a, b, c), count| {
        let merge = |one: &Record, other: &Record| one.clone().merge(other.clone());
        let ab = merge(&a, &b);
        prop_assert_eq!(&ab, &merge(&b, &a), "whatever the order");
        prop_assert_eq!(&merge(&ab, &c), &merge(&a, &merge(&b, &c)), "in whatever groups");
        prop_assert_eq!(&merge(&ab, &ab), &ab, "once more");
        prop_assert_eq!(&merge(&ab, &b), &ab, "with what is in it");
        let read = Record::parse(&ab.to_text(), zones()).expect("a record");
        prop_assert_eq!(read.to_text(), ab.to_text(), "through a file");
        let is_in_both = a.iter().any(|event| b.get(event.uid()).is_some());
        count.more(usize::from(is_in_both));
        Ok(())
    });
}

#[test]
fn the_higher_sequence_wins_and_slugs_are_united() {
    let line = |slugs: &str, sequence: u32, modified: &str, title: &str| {
        format!(
            "{{\"v\":2,\"uid\":\"u\",\"slugs\":[{slugs}],\"sequence\":{sequence},\"created\":\"2018-11-01T12:00:00Z\",\
             \"modified\":\"2018-11-0{modified}T12:00:00Z\",\"digest\":\"\",\"last\":{{\"title\":\"{title}\",\
             \"kind\":\"other\",\"time\":{{\"days\":{{\"first\":\"2018-12-10\",\"last\":\"2018-12-10\",\
             \"zone\":\"Europe/Berlin\",\"begins\":\"2018-12-09T23:00:00Z\",\"passes\":\"2018-12-10T23:00:00Z\"}}}},\
             \"location\":{{\"onsite\":{{\"venue\":{{\"name\":\"Rathaus\"}}}}}},\"status\":\"confirmed\",\
             \"feeds\":[\"termine\"],\"language\":\"de\"}}}}"
        )
    };
    let one = Record::parse(&line("\"a\",\"b\"", 2, "2", "Zwei"), zones()).expect("a record");
    let other = Record::parse(&line("\"c\"", 1, "3", "Eins"), zones()).expect("a record");
    let merged = one.merge(other);
    let expected = line("\"a\",\"c\",\"b\"", 2, "3", "Zwei");
    let text = merged.to_text();
    let (keys, sum) = text.split_once(",\"sum\":").expect("a checksum");
    assert_eq!((format!("{keys}}}"), sum.len()), (expected, 20));
}

#[test]
fn a_withdrawal_survives_a_merge_with_an_older_record_and_with_an_edit() {
    let public = Site::new().event("a", "").event("b", "").record();
    let before = Record::parse(&record_text(&public), zones()).expect("a record");
    let edited = Site::new()
        .file("record.jsonl", record_text(&public))
        .event("a", "subtitle = \"Neu\"")
        .event("b", "")
        .record();
    let edited = Record::parse(&record_text(&edited), zones()).expect("a record");
    aushang::app::withdraw(&public.config(), public.now(), "a").expect("it is published");
    let held = Record::parse(&record_text(&public), zones()).expect("a record");
    for other in [before, edited.clone()] {
        let merged = held.clone().merge(other);
        assert!(merged.with_slug("a").is_some_and(|event| !event.is_present()));
    }
    let hidden = public.event("b", "visibility = \"internal\"").at("2018-11-02T12:00:00Z").record();
    let merged = Record::parse(&record_text(&hidden), zones()).expect("a record").merge(edited);
    assert!(merged.with_slug("b").is_some_and(|event| !event.is_present()));
}
