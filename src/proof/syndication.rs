//! RSS, Atom and JSON Feed, read back by `feed-rs` and not by the crates that write them. It leaves extensions out: XML
//! and JSON readers read these.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use feed_rs::model::{Entry, Feed};
use feed_rs::parser;
use serde_json::Value;

use super::mismatch::{Comparison, Mismatch};
use super::published::{PublishedEvent, Statement};
use super::{statement, xml};
use crate::route::Format;

/// The namespace of the RSS 1.0 event module.
const RSS_EVENTS: &str = "http://purl.org/rss/1.0/modules/event/";

/// The number of changes that a change log has at most.
const NEWEST: usize = 200;

/// The items of a feed, by identity.
#[derive(Debug, Default)]
pub(crate) struct Items<'a> {
    own: BTreeMap<&'a str, &'a Statement>,
    changes: BTreeMap<&'a str, DateTime<Utc>>,
    /// The changes of the change log.
    logged: BTreeSet<&'a str>,
}

impl<'a> Items<'a> {
    /// Returns the items that a feed of these events must have.
    pub(crate) fn of(members: &[&'a PublishedEvent]) -> Self {
        let mut items = Self::default();
        for member in members {
            items.own.extend(member.items().map(|one| (one.entry_id.as_str(), one)));
            for change in member.logged() {
                items.logged.insert(change.id);
                if change.is_in_feed {
                    items.changes.insert(change.id, change.at);
                }
            }
        }
        items
    }
}

/// Compares a feed and its archives, each with its path: together they have exactly the items of the feed.
// An item about an upcoming event may be in the feed and in an archive, but in none of them twice.
pub(crate) fn feed(
    format: Format,
    documents: &[(String, &str)],
    items: &Items<'_>,
) -> Vec<Mismatch> {
    let mut mismatches = Vec::new();
    let mut found: BTreeSet<String> = BTreeSet::new();
    for (path, document) in documents {
        let mut comparison = Comparison::of(path);
        if let Some(feed) = read(format, document, &mut comparison) {
            for entry in &feed.entries {
                self::entry(format, entry, items, &mut comparison);
            }
            let extensions = match format {
                Format::Rss => rss_extensions(document),
                Format::Json => json_extensions(document),
                _ => Vec::new(),
            };
            let expected =
                feed.entries.iter().filter(|one| items.own.contains_key(one.id.as_str()));
            if matches!(format, Format::Rss | Format::Json) {
                let expected = expected.map(|one| one.id.as_str()).collect();
                let found = extensions.iter().map(|one| one.id.as_str()).collect();
                comparison.same_set("item with data", found, expected);
            }
            for extension in extensions {
                extension.compare(items, &mut comparison);
            }
            // Readers show one of two items with one identity, so none may be there twice.
            let ids: Vec<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
            let each_once: BTreeSet<&str> = ids.iter().copied().collect();
            comparison.same_set("item", ids, each_once.into_iter().collect());
            found.extend(feed.entries.into_iter().map(|entry| entry.id));
        }
        mismatches.extend(comparison.mismatches);
    }
    let mut comparison = Comparison::of(documents.first().map_or("", |(path, _)| path));
    let expected = items.own.keys().chain(items.changes.keys()).copied().collect();
    comparison.same_set("item", found.iter().map(String::as_str).collect(), expected);
    mismatches.extend(comparison.mismatches);
    mismatches
}

/// Compares a change log: it has the newest changes and nothing else.
pub(crate) fn change_log(
    format: Format,
    path: &str,
    document: &str,
    items: &Items<'_>,
) -> Vec<Mismatch> {
    let mut comparison = Comparison::of(path);
    if let Some(feed) = read(format, document, &mut comparison) {
        let expected = items.logged.len().min(NEWEST).to_string();
        comparison.same("number of changes", "the log", &feed.entries.len().to_string(), &expected);
        let ids = feed.entries.iter().map(|one| one.id.as_str());
        let unknown = ids.filter(|id| !items.logged.contains(id)).collect();
        comparison.same_set("change", unknown, Vec::new());
    }
    comparison.mismatches
}

fn read(format: Format, document: &str, comparison: &mut Comparison<'_>) -> Option<Feed> {
    // XML that is not well-formed is refused, whatever `feed-rs` makes of it: many feed readers have a strict parser.
    if format != Format::Json
        && let Err(fault) = xml::read(document)
    {
        comparison.unreadable(fault);
        return None;
    }
    parser::parse(document.as_bytes()).map_err(|fault| comparison.unreadable(fault)).ok()
}

fn entry(format: Format, entry: &Entry, items: &Items<'_>, comparison: &mut Comparison<'_>) {
    let id = entry.id.as_str();
    let published = entry.published.map(statement::instant).unwrap_or_default();
    if let Some(at) = items.changes.get(id) {
        comparison.same("date", id, &published, &statement::instant(*at));
    }
    let Some(statement) = items.own.get(id) else { return };
    let (texts, revision) = (&statement.texts, statement.published.revision);
    let text = |text: &Option<feed_rs::model::Text>| text.as_ref().map(|text| text.content.clone());
    let summary = text(&entry.summary).unwrap_or_default();
    let link = entry.links.first().map_or("", |link| link.href.as_str());
    let body = entry.content.as_ref().and_then(|content| content.body.as_deref());
    comparison.same("title", id, &text(&entry.title).unwrap_or_default(), &texts.headline);
    comparison.same("link", id, link, &statement.link);
    comparison.same("date", id, &published, &statement::instant(revision.created));
    comparison.same("HTML", id, body.unwrap_or_default(), &texts.html);
    let whole = format!("{}\n\n{}", texts.lead, texts.text);
    match format {
        Format::Rss => comparison.same("text", id, &summary, whole.trim_end()),
        Format::Atom => comparison.same("time and place", id, &summary, &texts.lead),
        _ => {}
    }
    if format != Format::Rss {
        let updated = entry.updated.map(statement::instant).unwrap_or_default();
        comparison.same("last change", id, &updated, &statement::instant(revision.modified));
    }
}

/// The data of an item beside its texts.
#[derive(Debug, Default)]
struct Extension {
    id: String,
    times: String,
    place: String,
    /// The status, which JSON Feed alone has.
    status: Option<String>,
    /// The plain text of JSON Feed, beside its HTML.
    text: Option<String>,
}

impl Extension {
    fn compare(&self, items: &Items<'_>, comparison: &mut Comparison<'_>) {
        let Some(statement) = items.own.get(self.id.as_str()) else { return };
        let (event, texts) = (statement.event(), &statement.texts);
        comparison.same("time", &self.id, &self.times, &statement::times(&event.time));
        comparison.same("place", &self.id, &self.place, &texts.place);
        if let Some(status) = &self.status {
            comparison.same("status", &self.id, status, event.status.name());
        }
        if let Some(text) = &self.text {
            let whole = format!("{}\n\n{}", texts.lead, texts.text);
            comparison.same("text", &self.id, text, whole.trim_end());
        }
    }
}

fn times(start: Option<&str>, end: Option<&str>) -> String {
    let point = |text: Option<&str>| text.map(statement::read_point).unwrap_or_default();
    format!("{}/{}", point(start), point(end))
}

/// Reads the elements of the RSS 1.0 event module.
fn rss_extensions(document: &str) -> Vec<Extension> {
    let Ok(tree) = xml::read(document) else { return Vec::new() };
    let items = tree.root_element().descendants().filter(|node| node.has_tag_name("item"));
    let extensions = items.filter_map(|item| {
        let [start, end, place] =
            ["startdate", "enddate", "location"].map(|name| xml::text_of(item, (RSS_EVENTS, name)));
        Some(Extension {
            id: xml::text_of(item, "guid").unwrap_or_default().to_owned(),
            times: times(Some(start?), end),
            place: place.unwrap_or_default().to_owned(),
            ..Extension::default()
        })
    });
    extensions.collect()
}

/// Reads the extension `_event` of JSON Feed.
fn json_extensions(document: &str) -> Vec<Extension> {
    let Ok(root) = serde_json::from_str::<Value>(document) else { return Vec::new() };
    let items = root["items"].as_array().into_iter().flatten();
    let events = items.filter(|item| item["_event"].is_object());
    let extensions = events.map(|item| {
        let event = &item["_event"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Extension {
            id: text(&item["id"]),
            times: times(event["start"].as_str(), event["end"].as_str()),
            place: text(&event["location"]),
            status: Some(text(&event["status"])),
            text: Some(text(&item["content_text"])),
        }
    });
    extensions.collect()
}
