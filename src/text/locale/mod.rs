//! Every word that the program writes for readers. A language is one file beside this one and one row of [`LOCALES`];
//! a word that it lacks does not compile.

mod de;
mod en;

use chrono::Locale as Calendar;

use super::fields::Field;
use crate::model::{EventKind, EventStatus, Frequency, Language};

/// The languages that the program writes in.
const LOCALES: &[&Locale] = &[&de::LOCALE, &en::LOCALE];

/// The words of one language.
#[derive(Debug)]
pub struct Locale {
    /// Its tag (RFC 5646).
    pub language: &'static str,
    /// The names of days and months.
    pub calendar: Calendar,
    /// What stands between units and tenths.
    pub decimal_mark: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub and: &'static str,
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

/// A status.
#[derive(Debug)]
pub struct StatusMessages {
    /// In a word or two; it stands before titles where the status changes plans.
    pub name: &'static str,
    /// What readers must know before everything else.
    pub sentence: Option<&'static str>,
}

/// Dates and times.
#[derive(Debug)]
pub struct DateMessages {
    /// Date formats of chrono: with the weekday, without it, without the year, the day alone, short.
    pub long: &'static str,
    pub date: &'static str,
    pub day_and_month: &'static str,
    pub day: &'static str,
    pub short: &'static str,
    /// Behind a time.
    pub clock: &'static str,
    pub to: &'static str,
    pub days: &'static str,
    pub next_day: &'static str,
    pub days_later: &'static str,
}

/// How often a series takes place.
#[derive(Debug)]
pub struct SeriesMessages {
    pub from: &'static str,
    pub until: &'static str,
    pub every: &'static str,
    pub every_several: &'static str,
    /// "jede Woche", and the word for several.
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
    /// The last, the first to the fifth.
    pub ordinals: [&'static str; 6],
    pub several_dates: &'static str,
}

/// Around an event.
#[derive(Debug)]
pub struct EventMessages {
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

/// What was changed.
#[derive(Debug)]
pub struct ChangeMessages {
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

/// What feeds say of themselves.
#[derive(Debug)]
pub struct FeedMessages {
    /// Behind the title of the feed of everything.
    pub all: &'static str,
    pub empty: &'static str,
    pub has_ended: &'static str,
    pub ended_on: &'static str,
    pub ends_on: &'static str,
    pub goes_on_in: &'static str,
}

/// Around what pages show.
#[derive(Debug)]
pub struct PageMessages {
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
    /// The other language variant of the site, in its own words.
    pub other_language: &'static str,
    /// Of the explanation of a query.
    pub selection: &'static str,
    pub asked: &'static str,
    pub is_in: &'static str,
    pub is_left_out: &'static str,
}

/// Answers that are no document.
#[derive(Debug)]
pub struct ErrorMessages {
    pub not_found: ErrorPage,
    pub gone: ErrorPage,
    pub method_not_allowed: ErrorPage,
    pub to_overview: &'static str,
}

/// What an error page says.
#[derive(Debug)]
pub struct ErrorPage {
    pub heading: &'static str,
    pub sentence: &'static str,
}

impl Locale {
    /// Returns the words for texts in `language`: English ones where the program does not write in it.
    pub fn of(language: &Language) -> &'static Self {
        let own = LOCALES.iter().find(|locale| language.is(locale.language));
        own.unwrap_or(&&en::LOCALE)
    }

    /// Returns what a field is called before its value.
    pub fn label(&self, field: Field) -> &'static str {
        (self.label)(field)
    }

    /// Returns what a field is called above its column.
    pub fn heading(&self, field: Field) -> &'static str {
        (self.heading)(field)
    }

    pub fn status(&self, status: EventStatus) -> StatusMessages {
        (self.status)(status)
    }

    pub fn kind(&self, kind: EventKind) -> &'static str {
        (self.kind)(kind)
    }

    /// Returns the remark that a text is in `language`; none in this one.
    pub fn written_in(&self, language: &Language) -> Option<&'static str> {
        (!language.is(self.language)).then(|| (self.written_in)(language.primary()))
    }

    /// "jede Woche", "alle 2 Wochen"
    pub fn each(&self, frequency: Frequency, interval: u16) -> String {
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

    /// "Montag, Dienstag und Freitag"
    pub fn list(&self, items: impl Iterator<Item = String>) -> String {
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
    use crate::text::fields::{FIELDS, Part, fields_of};

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
                let sentence = locale.status(*status).sentence;
                assert!(!status.changes_plans() || sentence.is_some(), "{}", status.name());
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

    #[test]
    fn every_field_stands_somewhere() {
        assert!(FIELDS.iter().all(|(_, parts)| *parts != 0));
    }
}
