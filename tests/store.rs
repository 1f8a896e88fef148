//! The record in its store: versions, and writers that are faster than others.

use std::fs;
use std::path::Path;

use aushang::app::Error;
use aushang::record::Record;
use aushang::record::store;

use crate::support::{Site, record_text, zones};

/// The records of two sites: of the event `a`, and of the event `b`.
fn two_records() -> [Record; 2] {
    ["a", "b"].map(|slug| {
        let text = record_text(&Site::new().event(slug, "").record());
        Record::parse(&text, zones()).expect("a record")
    })
}

#[test]
fn a_version_says_whether_the_stored_bytes_are_still_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new/record.jsonl");
    let store = store::open(&path, zones()).expect("a file");
    assert!(store.load(None).expect("nothing yet").is_none());
    let [one, other] = two_records();
    let first = store.commit(None, one.clone()).expect("it can be written");
    let loaded = store.load(Some(&first)).expect("a record").expect("a record");
    assert_eq!((loaded.version, &loaded.record), (first.version, &one));
    let second = store.commit(Some(&first), other.clone()).expect("it can be written");
    assert!(second.version != first.version);
    let loaded = store.load(Some(&first)).expect("a record").expect("a record");
    assert_eq!((loaded.version, loaded.record), (second.version, other));
    fs::write(&path, "nothing").expect("a file");
    let loaded = store.load(Some(&second)).expect("a file").expect("a record");
    assert_eq!(loaded.record, Record::default());
    store.commit(Some(&second), second.record.clone()).expect("it can be written");
    let names = fs::read_dir(path.parent().expect("a folder")).expect("a folder");
    let copies = names.map(|one| one.expect("an entry").path());
    let copies: Vec<_> = copies.filter(|path| path.to_string_lossy().contains("unread-")).collect();
    assert_eq!(fs::read_to_string(&copies[0]).expect("a file"), "nothing", "nothing is lost");
}

#[test]
fn a_writer_that_was_faster_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("record.jsonl");
    let stores = [(); 2].map(|()| store::open(&path, zones()).expect("a file"));
    let [one, other] = two_records();
    stores[0].commit(None, one.clone()).expect("it can be written");
    let both = stores[1].commit(None, other.clone()).expect("it can be written");
    assert_eq!(both.record, one.merge(other));
    let text = fs::read_to_string(&path).expect("a file");
    assert_eq!(text, both.record.to_text());
    let inode = || std::os::unix::fs::MetadataExt::ino(&fs::metadata(&path).expect("a file"));
    let before = inode();
    stores[0].commit(None, both.record.clone()).expect("nothing to write");
    assert_eq!(inode(), before, "what says the same is left alone");
}

#[test]
fn a_place_without_a_store_is_refused() {
    let error =
        store::open(Path::new("s3://bucket/record.jsonl"), zones()).err().expect("no such store");
    assert_eq!(
        Error::from(error).to_string(),
        "record: s3://bucket/record.jsonl: the record has to be the path of a file: there is no store \
         for this address"
    );
}
