//! The closed sets: what stands in their tables, and that no format, language or author's file lacks a row.

use aushang::model::{EventKind, EventStatus};

use crate::site::Site;

/// `keys` of an event that each status needs.
fn with_status(status: EventStatus) -> String {
    let name = status.name();
    format!("status = \"{name}\"\n[online]\nurl = \"https://example.org/live\"")
}

#[test]
fn every_status_and_kind_is_read_by_its_name_and_published() {
    assert_eq!(EventStatus::NAMES.len(), EventStatus::ALL.len());
    let mut site = Site::new();
    for status in EventStatus::ALL {
        assert_eq!(EventStatus::from_name(status.name()), Some(*status));
        site = site.event(status.name(), &with_status(*status));
    }
    for kind in EventKind::ALL {
        assert_eq!(EventKind::from_name(kind.name()), Some(*kind));
        site = site.event(kind.name(), &format!("kind = \"{}\"", kind.name()));
    }
    let feed = site.json("/feeds/termine.json");
    let items = feed["items"].as_array().expect("items");
    let said = |key: &str, name: &str| items.iter().any(|item| item["_event"][key] == name);
    for name in EventStatus::NAMES {
        assert!(said("status", name), "{name}");
        let query = format!("/feeds/termine.json?status={name}");
        assert!(!site.json(&query)["items"].as_array().expect("items").is_empty(), "{name}");
    }
    for kind in EventKind::ALL {
        // That an event is of another kind says nothing.
        assert_eq!(said("kind", kind.name()), *kind != EventKind::Other, "{}", kind.name());
        assert_eq!(site.get(&format!("/feeds/termine.ics?kind={}", kind.name())).status, 200);
    }
}
