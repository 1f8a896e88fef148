//! Weekdays and their numbers in a month ("second tuesday"), in German and in English.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::model::DayOfWeek;
use crate::source::diagnostic::Problem;
use crate::source::format::Text;

use super::checker::Checker;

/// The English name of each weekday, then the German ones; case does not count.
const WEEKDAYS: [(Weekday, [&str; 4]); 7] = [
    (Weekday::Mon, ["Monday", "Montag", "Mo", "Mo."]),
    (Weekday::Tue, ["Tuesday", "Dienstag", "Di", "Di."]),
    (Weekday::Wed, ["Wednesday", "Mittwoch", "Mi", "Mi."]),
    (Weekday::Thu, ["Thursday", "Donnerstag", "Do", "Do."]),
    (Weekday::Fri, ["Friday", "Freitag", "Fr", "Fr."]),
    (Weekday::Sat, ["Saturday", "Samstag", "Sonnabend", "Sa"]),
    (Weekday::Sun, ["Sunday", "Sonntag", "So", "So."]),
];

const ORDINALS: [(i16, [&str; 4]); 6] = [
    (1, ["first", "erster", "ersten", "1."]),
    (2, ["second", "zweiter", "zweiten", "2."]),
    (3, ["third", "dritter", "dritten", "3."]),
    (4, ["fourth", "vierter", "vierten", "4."]),
    (5, ["fifth", "fünfter", "fünften", "5."]),
    (-1, ["last", "letzter", "letzten", "letzte"]),
];

fn find<T: Copy>(names: &[(T, [&str; 4])], text: &str) -> Option<T> {
    let text = text.to_lowercase();
    let is_named = |names: &[&str; 4]| names.iter().any(|name| name.to_lowercase() == text);
    names.iter().find(|(_, names)| is_named(names)).map(|(value, _)| *value)
}

/// Reads "tuesday", "Dienstag", "second tuesday" or "letzter Freitag".
pub(crate) fn day_of_week(text: &str) -> Option<DayOfWeek> {
    match text.split_whitespace().collect::<Vec<_>>().as_slice() {
        [day] => Some(DayOfWeek { nth: None, weekday: find(&WEEKDAYS, day)? }),
        [nth, day] => {
            Some(DayOfWeek { nth: Some(find(&ORDINALS, nth)?), weekday: find(&WEEKDAYS, day)? })
        }
        _ => None,
    }
}

/// Checks the weekday that is written against the date: this finds most typos in dates.
pub(crate) fn check(checker: &Checker<'_>, written: &Text, date: NaiveDate) {
    let expected = "the German or English name of a day such as `Montag`";
    let weekday = checker.valid("weekday", expected, written, |text| find(&WEEKDAYS, text));
    let Some((weekday, written)) = weekday.zip(written.as_ref()) else { return };
    if weekday != date.weekday() {
        // The right weekday is named in the language of the wrong one.
        let is_english = WEEKDAYS.iter().any(|(_, names)| names[0] == written.value);
        let actual = WEEKDAYS.iter().find(|(weekday, _)| *weekday == date.weekday());
        let actual = actual.map_or("", |(_, names)| names[usize::from(!is_english)]);
        let (written, span) = (written.value.clone(), &written.span);
        checker.report(span, Problem::WrongWeekday { written, date, actual });
    }
}
