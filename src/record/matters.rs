//! What a revision changes: the difference of what was told before and what is told now.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::told::{Told, ToldDate};
use super::told_time::ToldTime;
use crate::model::{EventStatus, Line, Matter, Revised};

/// The changes of one revision, as a line of the record holds them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RevisedLine {
    pub sequence: u32,
    pub at: DateTime<Utc>,
    pub matters: Vec<MatterLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum MatterLine {
    New,
    Removed,
    Restored,
    Title { before: String, after: String },
    Time { before: ToldTime, after: ToldTime },
    Place { before: String, after: String },
    Room { before: Option<String>, after: Option<String> },
    Status { before: String, after: String },
    Rule,
    Date { date: NaiveDate, timezone: String, before: Option<ToldDate>, after: Option<ToldDate> },
    Details,
}

/// What `after` says otherwise than `before`.
pub fn difference(before: &Told, after: &Told) -> Vec<MatterLine> {
    let mut matters = Vec::new();
    if before.title() != after.title() {
        let (before, after) = (before.title().to_owned(), after.title().to_owned());
        matters.push(MatterLine::Title { before, after });
    }
    if before.time() != after.time() {
        matters.push(MatterLine::Time { before: before.time(), after: after.time() });
    }
    matters.extend(place(before, after));
    if before.status() != after.status() {
        let (before, after) = (before.status().to_owned(), after.status().to_owned());
        matters.push(MatterLine::Status { before, after });
    }
    if before.rule() != after.rule() {
        matters.push(MatterLine::Rule);
    }
    matters.extend(dates(before, after));
    if matters.is_empty() {
        matters.push(MatterLine::Details);
    }
    matters
}

fn place(before: &Told, after: &Told) -> Option<MatterLine> {
    let is_same = before.place() == after.place();
    let without_room = |told: &Told| match told.room() {
        Some(room) => told.place().replacen(&format!(", {room}"), "", 1),
        None => told.place().to_owned(),
    };
    let is_room = without_room(before) == without_room(after);
    let room = |told: &Told| told.room().map(str::to_owned);
    match (is_same, is_room) {
        (true, _) => None,
        (false, true) => Some(MatterLine::Room { before: room(before), after: room(after) }),
        (false, false) => Some(MatterLine::Place {
            before: before.place().to_owned(),
            after: after.place().to_owned(),
        }),
    }
}

/// Dates that are not as their series says, in another way than before: where the whole series moved,
/// they moved with it.
fn dates(before: &Told, after: &Told) -> Vec<MatterLine> {
    let (old, new) = (before.exceptions(), after.exceptions());
    let dates: std::collections::BTreeSet<NaiveDate> =
        old.keys().chain(new.keys()).copied().collect();
    let changed = dates.into_iter().filter_map(|date| {
        let state = |exceptions: &std::collections::BTreeMap<_, Option<ToldDate>>, told: &Told| {
            exceptions.get(&date).cloned().unwrap_or_else(|| told.usual_date(date))
        };
        let (before_state, after_state) = (state(&old, before), state(&new, after));
        let timezone = after.time().timezone;
        let is_changed = before.deviation(date) != after.deviation(date);
        is_changed.then_some(MatterLine::Date {
            date,
            timezone,
            before: before_state,
            after: after_state,
        })
    });
    changed.collect()
}

impl RevisedLine {
    pub fn read(&self) -> Revised {
        let matters = self.matters.iter().map(|matter| matter.read().unwrap_or(Matter::Details));
        Revised { sequence: self.sequence, at: self.at, matters: matters.collect() }
    }
}

impl MatterLine {
    /// `None` where a text was changed by hand into none.
    fn read(&self) -> Option<Matter> {
        let line = |text: &String| Line::new(text);
        Some(match self {
            Self::New => Matter::New,
            Self::Removed => Matter::Removed,
            Self::Restored => Matter::Restored,
            Self::Title { before, after } => Matter::Title(line(before)?, line(after)?),
            Self::Time { before, after } => Matter::Time(Box::new((before.read()?, after.read()?))),
            Self::Place { before, after } => Matter::Place(line(before)?, line(after)?),
            Self::Room { before, after } => {
                Matter::Room(before.as_ref().and_then(line), after.as_ref().and_then(line))
            }
            Self::Status { before, after } => {
                Matter::Status(EventStatus::from_name(before)?, EventStatus::from_name(after)?)
            }
            Self::Rule => Matter::Rule,
            Self::Date { date, timezone, before, after } => {
                let zone: Tz = timezone.parse().ok()?;
                let state = |told: &Option<ToldDate>| told.as_ref()?.read(zone).map(Box::new);
                Matter::Date(*date, state(before), state(after))
            }
            Self::Details => Matter::Details,
        })
    }
}
