//! CSV documents, read back by the `csv` crate.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use super::mismatch::{Comparison, Mismatch};
use super::published::{PublishedEvent, Statement};
use crate::model::{EventStatus, EventTime, Line};
use crate::route::Variant;

/// The columns that are compared, by their German and English headings.
// The headings are written here once more: a column that the renderer moves or leaves out is found.
const COLUMNS: [[&str; 2]; 12] = [
    ["Titel", "Title"],
    ["Beginn", "Start"],
    ["Ende", "End"],
    ["Ganztägig", "All day"],
    ["Status", "Status"],
    ["Ort", "Place"],
    ["Raum", "Room"],
    ["Straße", "Street"],
    ["PLZ", "Postcode"],
    ["Stadt", "Town"],
    ["Adresse", "Address"],
    ["UID", "UID"],
];

/// Compares a feed: it has exactly its events and the near dates of its series.
pub(crate) fn feed(
    path: &str,
    document: &str,
    variant: Variant,
    members: &[&PublishedEvent],
) -> Vec<Mismatch> {
    let mut comparison = Comparison::of(path);
    let expected: BTreeMap<&str, &Statement> =
        members.iter().flat_map(|one| statements(one)).map(|one| (one.uid(), one)).collect();
    match rows(document) {
        Err(fault) => comparison.unreadable(fault),
        Ok(rows) => {
            let cell = |row: &BTreeMap<String, String>, key: &str| {
                row.get(key).cloned().unwrap_or_default()
            };
            let uids: Vec<String> = rows.iter().map(|row| cell(row, "UID")).collect();
            let found = uids.iter().map(String::as_str).collect();
            comparison.same_set("row", found, expected.keys().copied().collect());
            for (row, uid) in rows.iter().zip(&uids) {
                let Some(statement) = expected.get(uid.as_str()) else { continue };
                for (key, expected) in cells(statement, variant) {
                    comparison.same(key, uid, &unmarked(&cell(row, key)), &expected);
                }
            }
        }
    }
    comparison.mismatches
}

fn statements(event: &PublishedEvent) -> Vec<&Statement> {
    match event.event().series() {
        None => vec![&event.statement],
        Some(_) => event.pages().collect(),
    }
}

/// Reads the rows, each as cells by the German headings of its columns, whatever the language and order of these.
fn rows(document: &str) -> Result<Vec<BTreeMap<String, String>>, String> {
    // Without the byte order mark, Excel shows no umlauts.
    let text = document.strip_prefix('\u{feff}').ok_or("no byte order mark")?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().map_err(|fault| fault.to_string())?.clone();
    let rows = reader.records().map(|row| {
        let cells = row.map_err(|fault| fault.to_string())?;
        let cell = |names: &[&str; 2]| {
            let at = headings.iter().position(|heading| names.contains(&heading))?;
            Some((names[0].to_owned(), cells.get(at)?.to_owned()))
        };
        Ok(COLUMNS.iter().filter_map(cell).collect())
    });
    rows.collect()
}

/// Returns a cell without the apostrophe that keeps Excel from taking a text for a formula.
fn unmarked(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(['=', '+', '-', '@']) => text.to_owned(),
        _ => cell.to_owned(),
    }
}

/// Returns the name of a status; empty for a confirmed event.
fn status(statement: &Statement) -> &str {
    match statement.event().status {
        EventStatus::Confirmed => "",
        _ => statement.texts.status,
    }
}

fn cells(statement: &Statement, variant: Variant) -> Vec<(&'static str, String)> {
    let (event, texts) = (statement.event(), &statement.texts);
    let minutes = |local: NaiveDateTime| local.format("%Y-%m-%d %H:%M").to_string();
    let [yes, no] = match variant {
        Variant::Original => ["ja", "nein"],
        Variant::English => ["yes", "no"],
    };
    let (begin, end, is_whole_day) = match &event.time {
        EventTime::Days(days) => (days.first().to_string(), days.last().to_string(), yes),
        EventTime::Timed(span) => {
            let end = span.end().map(|end| minutes(end.naive_local()));
            (minutes(span.start().naive_local()), end.unwrap_or_default(), no)
        }
    };
    let mut cells = vec![
        ("Titel", event.title.to_string()),
        ("Beginn", begin),
        ("Ende", end),
        ("Ganztägig", is_whole_day.to_owned()),
        ("Status", status(statement).to_owned()),
        ("Adresse", statement.link.clone()),
    ];
    match event.location.place() {
        None => cells.push(("Ort", texts.place.clone())),
        Some(place) => {
            let text = |line: Option<&Line>| line.map(ToString::to_string);
            let address = place.address();
            let room = place.room.as_ref().map(|room| &room.name);
            cells.push(("Ort", place.venue.name.to_string()));
            cells.push(("Raum", text(room).unwrap_or_default()));
            cells.push((
                "Straße",
                text(address.and_then(|one| one.street.as_ref())).unwrap_or_default(),
            ));
            cells.push((
                "PLZ",
                text(address.and_then(|one| one.postal_code.as_ref())).unwrap_or_default(),
            ));
            cells.push(("Stadt", text(address.map(|one| &one.city)).unwrap_or_default()));
        }
    }
    cells
}
