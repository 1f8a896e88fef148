//! What was changed, as people read it: "Raum 2.14 → 1.03".

use chrono::{DateTime, NaiveDate, Utc};

use super::fields::Fact;
use super::locale::{Notice, Words, words};
use super::{dates, fields};
use crate::model::{DateState, EventStatus, Feed, Language, Line, Matter, Published, Revised};
use crate::zone::Zones;

/// "Zuletzt geändert: Raum 2.14 → 1.03 (12. März 2019, 9:40 Uhr)"
pub fn last(published: &Published, zones: &Zones) -> Option<Fact> {
    let change = published.last_change()?;
    let words = words(&published.event.language);
    let value = format!("{} ({})", sentence(change, words), instant(change.at, words, zones));
    Some(Fact::new(words.last_changed, value))
}

/// All that readers plan by and that this revision changed.
pub fn sentence(change: &Revised, words: &Words) -> String {
    let matters = change.matters.iter().filter(|matter| matter.is_material());
    matters.map(|matter| matter_line(matter, words)).collect::<Vec<_>>().join("; ")
}

/// "12. März 2019, 09:40 Uhr", on the clock of the site's readers.
pub fn instant(at: DateTime<Utc>, words: &Words, zones: &Zones) -> String {
    let local = zones.at(at, dates::HOME_ZONE);
    format!("{}, {}{}", dates::date(local.date_naive(), words), dates::clock(local), words.clock)
}

fn matter_line(matter: &Matter, words: &Words) -> String {
    match matter {
        Matter::New => words.published.to_owned(),
        Matter::Removed => words.removed.to_owned(),
        Matter::Restored => words.restored.to_owned(),
        Matter::Title(before, after) => arrow(words.title, before, after),
        Matter::Time(times) => {
            let (before, after) = &**times;
            arrow(words.time, &dates::range(before, words), &dates::range(after, words))
        }
        Matter::Place(places) => {
            let [before, after] = [&places.0, &places.1].map(|place| fields::line_of(place, words));
            arrow(words.place, &before, &after)
        }
        Matter::Room(before, after) => room(before.as_ref(), after.as_ref(), words),
        Matter::Status(before, after) => status(*before, *after, words),
        Matter::Rule => words.rule_changed.to_owned(),
        Matter::Date(date, before, after) => {
            date_line(*date, before.as_deref(), after.as_deref(), words)
        }
        Matter::Details => words.details_changed.to_owned(),
    }
}

fn arrow(label: &str, before: &str, after: &str) -> String {
    format!("{label}: {before} → {after}")
}

/// "Raum 2.14 → 1.03"; the word that both names begin with is said once.
fn room(before: Option<&Line>, after: Option<&Line>, words: &Words) -> String {
    let name = |room: Option<&Line>| room.map_or("–".to_owned(), ToString::to_string);
    let (before, after) = (name(before), name(after));
    let word = format!("{} ", words.room);
    match (before.strip_prefix(&word), after.strip_prefix(&word)) {
        (Some(before), Some(after)) => format!("{word}{before} → {after}"),
        _ => format!("{}: {before} → {after}", words.room),
    }
}

fn status(before: EventStatus, after: EventStatus, words: &Words) -> String {
    match words.notice(after) {
        Some(notice) => notice.label().to_owned(),
        None => arrow(words.status, status_name(before, words), status_name(after, words)),
    }
}

/// Whether an event takes place as announced, in a word or two.
pub fn status_name(status: EventStatus, words: &Words) -> &'static str {
    match (words.notice(status), status) {
        (Some(notice), _) => notice.label(),
        (None, EventStatus::Tentative) => words.unconfirmed,
        (None, _) => words.as_announced,
    }
}

/// "15. Januar 2019: ABGESAGT", "15. Januar 2019: Dienstag, … → Mittwoch, …"
fn date_line(
    date: NaiveDate,
    before: Option<&DateState>,
    after: Option<&DateState>,
    words: &Words,
) -> String {
    let label = dates::date(date, words);
    let time = |state: &DateState| dates::range(&state.time, words);
    let off = |state: &DateState| words.notice(state.status).filter(|_| state.status.is_off());
    match (before, after) {
        (_, None) => format!("{label}: {}", words.dropped),
        (_, Some(after)) if off(after).is_some() => {
            format!("{label}: {}", off(after).map_or("", Notice::label))
        }
        (None, Some(after)) => format!("{label}: {} ({})", words.added, time(after)),
        (Some(before), Some(after)) if off(before).is_some() => {
            format!("{label}: {} ({})", words.restored, time(after))
        }
        (Some(before), Some(after)) if before.time == after.time => {
            let place = |state: &DateState| fields::line_of(&state.location, words);
            arrow(&label, &place(before), &place(after))
        }
        (Some(before), Some(after)) => arrow(&label, &time(before), &time(after)),
    }
}

/// Claims that a change log tells of it.
pub fn is_told(change: &Revised) -> bool {
    change.is_material() || change.matters.contains(&Matter::New)
}

/// "Änderungen: Titel des Feeds"
pub fn log_title(feed: &Feed) -> String {
    format!("{}: {}", words(&feed.language).changes, feed.title)
}

/// What a change is called: "Geändert: Titel".
pub fn title(published: &Published, change: &Revised) -> String {
    let words = words(&published.event.language);
    let word = change.matters.iter().find_map(|matter| match matter {
        Matter::New => Some(words.new),
        Matter::Removed => Some(words.cancelled.label()),
        Matter::Status(_, after) => words.notice(*after).map(Notice::label),
        _ => None,
    });
    format!("{}: {}", word.unwrap_or(words.changed), published.event.title)
}

/// Before and after, and the reason of the status that it has now; nothing that later changes rewrite.
pub fn description(published: &Published, change: &Revised) -> String {
    let words = words(&published.event.language);
    let lines = change.matters.iter().map(|matter| matter_line(matter, words));
    let is_this = |matter: &Matter| matches!(matter, Matter::Status(_, after) if *after == published.event.status);
    let reason = published.event.reason.as_ref().filter(|_| change.matters.iter().any(is_this));
    lines.chain(reason.map(ToString::to_string)).collect::<Vec<_>>().join("\n")
}

/// A line for each revision, for the terminal: "1  12. März 2019, 09:40 Uhr  Raum 2.14 → 1.03".
#[must_use]
pub fn history(revisions: &[Revised], language: &Language, zones: &Zones) -> Vec<String> {
    let words = words(language);
    let line = |change: &Revised| {
        let matters: Vec<String> =
            change.matters.iter().map(|matter| matter_line(matter, words)).collect();
        format!(
            "{:<3} {}  {}",
            change.sequence,
            instant(change.at, words, zones),
            matters.join("; ")
        )
    };
    revisions.iter().map(line).collect()
}
