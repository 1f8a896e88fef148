//! The messages of the program to readers, in each language. A language is one file beside this one and one row of
//! [`LOCALES`]; a message that it lacks does not compile.
//!
//! The formats are in chrono's notation. `{}` in a message is replaced by a date or a number.

mod de;
mod en;

use chrono::Locale as Calendar;

use super::fields::Field;
use crate::model::{EventKind, EventStatus, Frequency, Language};

/// The languages in which the program writes.
const LOCALES: &[&Locale] = &[&de::LOCALE, &en::LOCALE];

/// The messages of one language.
#[derive(Debug)]
pub(crate) struct Locale {
    /// The primary language of the tag (RFC 5646).
    pub language: &'static str,
    /// chrono's names of days and months.
    pub calendar: Calendar,
    /// The mark between units and tenths.
    pub decimal_mark: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub and: &'static str,
    // These are functions: a match in which a new field, status or kind is forgotten does not compile.
    label: fn(Field) -> &'static str,
    heading: fn(Field) -> &'static str,
    status: fn(EventStatus) -> StatusMessages,
    kind: fn(EventKind) -> &'static str,
    written_in: fn(&str) -> &'static str,
    pub dates: DateMessages,
    pub series: SeriesMessages,
    pub event: EventMessages,
    pub changes: ChangeMessages,
    pub feed: FeedMessages,
    pub pages: PageMessages,
    pub errors: ErrorMessages,
}

/// The messages of a status.
#[derive(Debug)]
pub(crate) struct StatusMessages {
    /// The name in a word or two; titles begin with it if the status changes plans.
    pub name: &'static str,
    /// The message that readers must see before everything else; `None` if all is as announced.
    pub message: Option<&'static str>,
}

/// The formats and messages of dates and times.
#[derive(Debug)]
pub(crate) struct DateMessages {
    /// Date formats: with the weekday, without it, without the year, the day alone, short.
    pub long: &'static str,
    pub date: &'static str,
    pub day_and_month: &'static str,
    pub day: &'static str,
    pub short: &'static str,
    /// The suffix of a time: " Uhr".
    pub clock: &'static str,
    pub to: &'static str,
    pub days: &'static str,
    pub next_day: &'static str,
    pub days_later: &'static str,
}

/// The messages for the rule of a series.
#[derive(Debug)]
pub(crate) struct SeriesMessages {
    pub from: &'static str,
    pub until: &'static str,
    pub every: &'static str,
    pub every_several: &'static str,
    /// Once a period, and the plural: "täglich" and "Tage" (of "alle 2 Tage").
    pub daily: [&'static str; 2],
    pub weekly: [&'static str; 2],
    pub monthly: [&'static str; 2],
    pub yearly: [&'static str; 2],
    pub on_weekday: &'static str,
    pub on_date: &'static str,
    pub on_nth: &'static str,
    pub of_each_month: &'static str,
    pub in_month: &'static str,
    pub day_of_month: &'static str,
    pub last_day: &'static str,
    /// The ordinals of weekdays in a month: last, first to fifth.
    pub ordinals: [&'static str; 6],
    pub several_dates: &'static str,
}

/// The messages around an event.
#[derive(Debug)]
pub(crate) struct EventMessages {
    pub before: &'static str,
    pub now: &'static str,
    pub online: &'static str,
    pub link_after_registration: &'static str,
    pub link_on_request: &'static str,
    pub free: &'static str,
    pub charged: &'static str,
    pub programme: &'static str,
    pub all_dates: &'static str,
    pub next_date: &'static str,
    pub dates: &'static str,
    pub more_dates: &'static str,
    pub past_dates: &'static str,
}

/// The messages of changes.
#[derive(Debug)]
pub(crate) struct ChangeMessages {
    pub heading: &'static str,
    pub none: &'static str,
    pub new: &'static str,
    pub changed: &'static str,
    pub published: &'static str,
    pub removed: &'static str,
    pub restored: &'static str,
    pub rule: &'static str,
    pub details: &'static str,
    pub added_date: &'static str,
    pub dropped_date: &'static str,
}

/// The messages of feeds about themselves.
#[derive(Debug)]
pub(crate) struct FeedMessages {
    /// The remark behind the title of the feed of everything.
    pub all: &'static str,
    pub empty: &'static str,
    pub has_ended: &'static str,
    pub ended_on: &'static str,
    pub ends_on: &'static str,
    pub goes_on_in: &'static str,
}

/// The messages of pages.
#[derive(Debug)]
pub(crate) struct PageMessages {
    pub upcoming: &'static str,
    pub nothing_upcoming: &'static str,
    pub past: &'static str,
    pub feeds: &'static str,
    pub calendar: &'static str,
    pub subscribe: &'static str,
    pub subscribe_how: &'static str,
    pub for_readers: &'static str,
    pub as_table: &'static str,
    pub for_programs: &'static str,
    pub what_changed: &'static str,
    pub about_this: &'static str,
    pub add_event: &'static str,
    pub add_all_dates: &'static str,
    pub part_of: &'static str,
    /// The name of the other language variant, in its own language.
    pub other_language: &'static str,
    /// The heading of the page that explains a query.
    pub selection: &'static str,
    pub asked: &'static str,
    pub is_in: &'static str,
    pub is_left_out: &'static str,
}

/// The messages of error pages.
#[derive(Debug)]
pub(crate) struct ErrorMessages {
    pub not_found: ErrorPage,
    pub gone: ErrorPage,
    pub method_not_allowed: ErrorPage,
    pub to_overview: &'static str,
}

/// The heading and the message of an error page.
#[derive(Debug)]
pub(crate) struct ErrorPage {
    pub heading: &'static str,
    pub message: &'static str,
}

impl Locale {
    /// Returns the messages for texts in `language`, or the English ones if the program does not write in it.
    pub(crate) fn of(language: &Language) -> &'static Self {
        let own = LOCALES.iter().find(|locale| language.is(locale.language));
        own.unwrap_or(&&en::LOCALE)
    }

    /// Returns the label of a field before its value.
    pub(crate) fn label(&self, field: Field) -> &'static str {
        (self.label)(field)
    }

    /// Returns the heading of a field's column.
    pub(crate) fn heading(&self, field: Field) -> &'static str {
        (self.heading)(field)
    }

    pub(crate) fn status(&self, status: EventStatus) -> StatusMessages {
        (self.status)(status)
    }

    pub(crate) fn kind(&self, kind: EventKind) -> &'static str {
        (self.kind)(kind)
    }

    /// Returns the remark that a text is in `language`; `None` if that is this one.
    pub(crate) fn written_in(&self, language: &Language) -> Option<&'static str> {
        (!language.is(self.language)).then(|| (self.written_in)(language.primary()))
    }

    /// Returns how often: "jede Woche", "alle 2 Wochen".
    pub(crate) fn each(&self, frequency: Frequency, interval: u16) -> String {
        let [each, plural] = match frequency {
            Frequency::Daily => self.series.daily,
            Frequency::Weekly => self.series.weekly,
            Frequency::Monthly => self.series.monthly,
            Frequency::Yearly => self.series.yearly,
        };
        match interval {
            1 => each.to_owned(),
            _ => format!("{} {interval} {plural}", self.series.every_several),
        }
    }

    /// Returns a list in words: "Montag, Dienstag und Freitag".
    pub(crate) fn list(&self, items: impl Iterator<Item = String>) -> String {
        let mut items: Vec<String> = items.collect();
        match items.pop() {
            Some(last) if !items.is_empty() => {
                format!("{} {} {last}", items.join(", "), self.and)
            }
            last => last.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::text::fields::{Part, fields_of};

    fn locale(tag: &str) -> &'static Locale {
        Locale::of(&Language::new(tag).expect("a language"))
    }

    #[test]
    fn every_language_has_its_own_words_and_english_serves_the_others() {
        for (tag, language) in [("de", "de"), ("de-CH", "de"), ("en-GB", "en"), ("fr", "en")] {
            assert_eq!(locale(tag).language, language, "{tag}");
        }
        let tags: BTreeSet<&str> = LOCALES.iter().map(|locale| locale.language).collect();
        assert_eq!(tags.len(), LOCALES.len());
    }

    #[test]
    fn every_status_kind_and_field_has_words_of_its_own_in_each_language() {
        let are_distinct = |words: Vec<&str>| {
            assert!(words.iter().all(|word| !word.trim().is_empty()), "{words:?}");
            let distinct: BTreeSet<&str> = words.iter().copied().collect();
            assert_eq!(distinct.len(), words.len(), "{words:?}");
        };
        for locale in LOCALES {
            are_distinct(EventStatus::ALL.iter().map(|one| locale.status(*one).name).collect());
            are_distinct(EventKind::ALL.iter().map(|one| locale.kind(*one)).collect());
            are_distinct(fields_of(Part::Details).map(|one| locale.label(one)).collect());
            are_distinct(fields_of(Part::Column).map(|one| locale.heading(one)).collect());
            for status in EventStatus::ALL {
                let message = locale.status(*status).message;
                assert!(!status.changes_plans() || message.is_some(), "{}", status.name());
            }
        }
    }

    #[test]
    fn a_text_says_in_which_other_language_it_is() {
        let written_in = |tag: &str, other: &str| {
            locale(tag).written_in(&Language::new(other).expect("a language"))
        };
        assert_eq!(written_in("en", "de-AT"), Some("in German"));
        assert_eq!(written_in("en", "la"), Some("in its own language"));
        assert_eq!(written_in("en", "en-GB"), None);
        assert_eq!(written_in("de", "en"), Some("auf Englisch"));
    }
}
