//! JSON-LD, in documents of its own and in pages, read back by `serde_json`.

use serde_json::Value;

use super::mismatch::{Comparison, Mismatch};
use super::published::{PublishedEvent, Statement};
use super::statement;
use crate::model::{Location, OnlineLocation, Place};

/// The tags before and after the data of a page.
const SCRIPT: [&str; 2] = ["<script type=\"application/ld+json\">", "</script>"];

/// Compares the JSON-LD document of an event or date.
pub(crate) fn file(path: &str, document: &str, expected: &Node<'_>) -> Vec<Mismatch> {
    let mut comparison = Comparison::of(path);
    if let Some(node) = read(document, &mut comparison) {
        expected.compare(&node, &mut comparison);
    }
    comparison.mismatches
}

/// Compares the data in the page of an event or date.
pub(crate) fn page(path: &str, document: &str, expected: &Node<'_>) -> Vec<Mismatch> {
    let mut comparison = Comparison::of(path);
    if let Some(node) = script(document, &mut comparison) {
        expected.compare(&node, &mut comparison);
    }
    comparison.mismatches
}

/// Compares a feed: it has exactly its events, in order.
pub(crate) fn feed(path: &str, document: &str, members: &[&PublishedEvent]) -> Vec<Mismatch> {
    let mut comparison = Comparison::of(path);
    if let Some(feed) = read(document, &mut comparison) {
        let items = feed["dataFeedElement"].as_array().into_iter().flatten();
        let nodes: Vec<&Value> = items.map(|item| &item["item"]).collect();
        let found = nodes.iter().map(|node| text(node, "identifier")).collect();
        let expected = members.iter().map(|member| member.statement.uid()).collect();
        comparison.same_set("event", found, expected);
        // Both are by start and UID: an item at another place is a mismatch.
        for (node, member) in nodes.iter().zip(members) {
            Node::Event(member).compare(node, &mut comparison);
        }
    }
    comparison.mismatches
}

/// Compares the page of a feed: it lists exactly the pages of its events, in order.
// Deleted events are tombstones on the page, too, but have no page to be listed with.
pub(crate) fn list(path: &str, document: &str, members: &[&PublishedEvent]) -> Vec<Mismatch> {
    let mut comparison = Comparison::of(path);
    if let Some(list) = script(document, &mut comparison) {
        let items = list["itemListElement"].as_array().into_iter().flatten();
        let found: Vec<&str> = items.map(|item| text(item, "url")).collect();
        let pages = members.iter().filter(|member| member.has_own_page());
        let expected: Vec<&str> = pages.map(|member| member.statement.page.as_str()).collect();
        comparison.same("order of events", "the page", &found.join("\n"), &expected.join("\n"));
    }
    comparison.mismatches
}

fn read(document: &str, comparison: &mut Comparison<'_>) -> Option<Value> {
    serde_json::from_str(document).map_err(|fault| comparison.unreadable(fault)).ok()
}

/// Reads the data of a page.
// As in a browser, the first end tag ends the script, whatever the JSON around it.
fn script(page: &str, comparison: &mut Comparison<'_>) -> Option<Value> {
    let script = page.split_once(SCRIPT[0]).and_then(|(_, rest)| rest.split_once(SCRIPT[1]));
    if let Some((json, _)) = script {
        return read(json, comparison);
    }
    comparison.unreadable("the page has no JSON-LD");
    None
}

fn text<'a>(node: &'a Value, key: &str) -> &'a str {
    node[key].as_str().unwrap_or_default()
}

/// The expected side of a node: an event or a series, or one date of a series.
#[derive(Debug)]
pub(crate) enum Node<'a> {
    Event(&'a PublishedEvent),
    Date(&'a Statement),
}

impl Node<'_> {
    fn statement(&self) -> &Statement {
        match self {
            Self::Event(event) => &event.statement,
            Self::Date(statement) => statement,
        }
    }

    /// Returns the first and the last day or instant; of a series, those of its first and of its last date.
    fn times(&self) -> String {
        let time = &self.statement().event().time;
        match self {
            Self::Event(event) if event.event().series().is_some() => {
                // A series without end has no last date.
                let last = event.occurrences.last().filter(|_| event.passes.is_some());
                let end = last.and_then(|last| statement::end(&last.time));
                format!("{}/{}", statement::start(time), end.unwrap_or_default())
            }
            _ => statement::times(time),
        }
    }

    fn compare(&self, node: &Value, comparison: &mut Comparison<'_>) {
        let statement = self.statement();
        let event = statement.event();
        let uid = statement.uid();
        let [start, end] =
            ["startDate", "endDate"].map(|key| statement::read_point(text(node, key)));
        comparison.same("identifier", uid, text(node, "identifier"), uid);
        comparison.same("time", uid, &format!("{start}/{end}"), &self.times());
        comparison.same("title", uid, text(node, "name"), &event.title);
        comparison.same("text", uid, text(node, "description"), &statement.texts.text);
        comparison.same("link", uid, text(node, "url"), &statement.page);
        let status = statement::schema_status(event.status);
        comparison.same("status", uid, text(node, "eventStatus"), status);
        comparison.same("place", uid, &place(&node["location"]), &expected_place(statement));
    }
}

/// Returns the place of a node in one line, or its online location with its name, or both.
fn place(location: &Value) -> String {
    let one = |node: &Value| match text(node, "@type") {
        "VirtualLocation" => format!("{} {}", text(node, "name"), text(node, "url")),
        _ => place_line(node),
    };
    match location.as_array() {
        Some(both) => both.iter().map(one).collect::<Vec<_>>().join(" + "),
        None => one(location),
    }
}

fn place_line(place: &Value) -> String {
    let address = &place["address"];
    if let Some(line) = address.as_str() {
        return line.to_owned();
    }
    let venue = place["containedInPlace"]["name"].as_str();
    let parts = [venue, place["name"].as_str(), address["streetAddress"].as_str()];
    let town = [address["postalCode"].as_str(), address["addressLocality"].as_str()];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = parts.into_iter().flatten().chain([town.as_str()]);
    parts.collect::<Vec<_>>().join(", ")
}

/// Returns venue, room, street, postcode and town of a place, or its name if nothing else is known.
fn place_line_of(place: &Place) -> String {
    let room = place.room.as_ref().map(|room| room.name.as_str());
    let parts = std::iter::once(place.venue.name.as_str()).chain(room);
    let Some(address) = place.address() else { return place.venue.name.to_string() };
    let town = [address.postal_code.as_deref(), Some(&*address.city)];
    let town = town.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let parts = parts.chain(address.street.as_deref()).chain([town.as_str()]);
    parts.collect::<Vec<_>>().join(", ")
}

fn expected_place(statement: &Statement) -> String {
    let online = |online: &OnlineLocation| {
        let url = online.public_url().map_or(statement.page.as_str(), |url| url.as_str());
        format!("{} {url}", online.label.as_deref().unwrap_or_default())
    };
    match &statement.event().location {
        Location::Onsite(place) => place_line_of(place),
        Location::Online(link) => online(link),
        Location::Mixed(place, link) => format!("{} + {}", place_line_of(place), online(link)),
    }
}
