//! Changes as people read them: "Raum 2.14 → 1.03".

use chrono::{DateTime, NaiveDate, Utc};

use super::fields::Field;
use super::locale::Locale;
use super::{dates, titles};
use crate::model::{
    Change, EventStatus, Feed, FieldChange, Language, Line, OccurrenceState, Published,
};
use crate::zone::Zones;

/// Returns the material field changes of a change in one line: what readers planned by, before and after.
pub(crate) fn summary(change: &Change, locale: &Locale) -> String {
    let fields = change.fields.iter().filter(|field| field.is_material());
    fields.map(|field| field_change_line(field, locale)).collect::<Vec<_>>().join("; ")
}

/// Returns an instant on the clock of the site's readers: "12. März 2019, 09:40 Uhr".
pub(crate) fn instant(at: DateTime<Utc>, locale: &Locale, zones: &Zones) -> String {
    let local = zones.at(at, dates::HOME_ZONE);
    format!(
        "{}, {}{}",
        dates::date(local.date_naive(), locale),
        dates::clock(local),
        locale.dates.clock
    )
}

fn field_change_line(field: &FieldChange, locale: &Locale) -> String {
    match field {
        FieldChange::New => locale.changes.published.to_owned(),
        FieldChange::Removed => locale.changes.removed.to_owned(),
        FieldChange::Restored => locale.changes.restored.to_owned(),
        FieldChange::Title(before, after) => arrow(locale.label(Field::Title), before, after),
        FieldChange::Time(times) => {
            let (before, after) = &**times;
            arrow(
                locale.label(Field::Time),
                &dates::range(before, locale),
                &dates::range(after, locale),
            )
        }
        FieldChange::Place(places) => {
            let (before, after) = &**places;
            arrow(
                locale.label(Field::Place),
                &titles::place(before, locale),
                &titles::place(after, locale),
            )
        }
        FieldChange::Room(before, after) => room(before.as_ref(), after.as_ref(), locale),
        FieldChange::Status(before, after) => status(*before, *after, locale),
        FieldChange::Rule => locale.changes.rule.to_owned(),
        FieldChange::Date(date, before, after) => {
            date_line(*date, before.as_deref(), after.as_deref(), locale)
        }
        FieldChange::Details => locale.changes.details.to_owned(),
    }
}

fn arrow(label: &str, before: &str, after: &str) -> String {
    format!("{label}: {before} → {after}")
}

/// Returns a change of rooms: "Raum 2.14 → 1.03".
fn room(before: Option<&Line>, after: Option<&Line>, locale: &Locale) -> String {
    let label = locale.label(Field::Room);
    // Rooms are named as on their doors: if both names begin with the word for a room, it stands once.
    let number = |room: &Line| room.strip_prefix(label)?.strip_prefix(' ').map(str::to_owned);
    if let (Some(before), Some(after)) = (before.and_then(number), after.and_then(number)) {
        return format!("{label} {before} → {after}");
    }
    let name = |room: Option<&Line>| room.map_or("–".to_owned(), ToString::to_string);
    arrow(label, &name(before), &name(after))
}

fn status(before: EventStatus, after: EventStatus, locale: &Locale) -> String {
    let name = |status: EventStatus| locale.status(status).name;
    // "ABGESAGT" says it all; a label and the status before would only make it longer.
    if after.changes_plans() {
        name(after).to_owned()
    } else {
        arrow(locale.label(Field::Status), name(before), name(after))
    }
}

/// Returns the change of one date: "15. Januar 2019: ABGESAGT", "15. Januar 2019: Dienstag, … → Mittwoch, …".
fn date_line(
    date: NaiveDate,
    before: Option<&OccurrenceState>,
    after: Option<&OccurrenceState>,
    locale: &Locale,
) -> String {
    let label = dates::date(date, locale);
    let time = |state: &OccurrenceState| dates::range(&state.time, locale);
    match (before, after) {
        (_, None) => format!("{label}: {}", locale.changes.dropped_date),
        (_, Some(after)) if !after.status.takes_place() => {
            format!("{label}: {}", locale.status(after.status).name)
        }
        (None, Some(after)) => format!("{label}: {} ({})", locale.changes.added_date, time(after)),
        // An occurrence that takes place again may do so at another time.
        (Some(before), Some(after)) if !before.status.takes_place() => {
            format!("{label}: {} ({})", locale.changes.restored, time(after))
        }
        (Some(before), Some(after)) if before.time == after.time => {
            let place = |state: &OccurrenceState| titles::place(&state.location, locale);
            arrow(&label, &place(before), &place(after))
        }
        (Some(before), Some(after)) => arrow(&label, &time(before), &time(after)),
    }
}

/// Returns whether change logs list it: every material change, and the first publication.
pub(crate) fn is_logged(change: &Change) -> bool {
    change.is_material() || change.fields.contains(&FieldChange::New)
}

/// Returns the title of a change log: "Änderungen: Titel des Feeds".
pub(crate) fn log_title(feed: &Feed) -> String {
    format!("{}: {}", Locale::of(&feed.language).changes.heading, feed.title)
}

/// Returns the title of a change: "Geändert: Titel".
pub(crate) fn title(published: &Published, change: &Change) -> String {
    let locale = Locale::of(&published.event.language);
    let word = change.fields.iter().find_map(|field| match field {
        FieldChange::New => Some(locale.changes.new),
        FieldChange::Removed => Some(locale.status(EventStatus::Cancelled).name),
        FieldChange::Status(_, after) if after.changes_plans() => Some(locale.status(*after).name),
        _ => None,
    });
    format!("{}: {}", word.unwrap_or(locale.changes.changed), published.event.title)
}

/// Returns the field changes of a change, a line each, and the reason if this change set the present status.
pub(crate) fn description(published: &Published, change: &Change) -> String {
    // Feed readers do not show edited items again: an item of a change holds nothing that a later change rewrites.
    let locale = Locale::of(&published.event.language);
    let lines = change.fields.iter().map(|field| field_change_line(field, locale));
    let is_this = |field: &FieldChange| matches!(field, FieldChange::Status(_, after) if *after == published.event.status);
    let reason = published.event.reason.as_ref().filter(|_| change.fields.iter().any(is_this));
    lines.chain(reason.map(ToString::to_string)).collect::<Vec<_>>().join("\n")
}

/// Returns a line for each revision, for the terminal: "1  12. März 2019, 09:40 Uhr  Raum 2.14 → 1.03".
#[must_use]
pub(crate) fn history(revisions: &[Change], language: &Language, zones: &Zones) -> Vec<String> {
    let locale = Locale::of(language);
    let line = |change: &Change| {
        let fields: Vec<String> =
            change.fields.iter().map(|field| field_change_line(field, locale)).collect();
        format!(
            "{:<3} {}  {}",
            change.sequence,
            instant(change.at, locale, zones),
            fields.join("; ")
        )
    };
    revisions.iter().map(line).collect()
}
