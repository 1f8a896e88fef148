//! The sentences of every [`Problem`]: what is wrong, and what to write instead.

use chrono::NaiveDateTime;

use super::{Problem, nearest};
use crate::source::tree::MAX_FILE_LEN;

/// The forms in which TOML has a wall-clock time and an instant: what is printed can be pasted.
const LOCAL: &str = "%Y-%m-%dT%H:%M:%S";
const OFFSET: &str = "%Y-%m-%dT%H:%M:%S%:z";

impl Problem {
    /// Returns what is wrong, in one line without a full stop.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one flat table")]
    pub(crate) fn title(&self) -> String {
        match self {
            Self::Unreadable { reason } => format!("this file cannot be read: {reason}"),
            Self::TooLarge { limit } => format!("this file is larger than {} KiB", limit / 1024),
            Self::InvalidUtf8 => "this file is not UTF-8 text".to_owned(),
            Self::ControlCharacter { character } => {
                format!("the control character U+{:04X} is not allowed", u32::from(*character))
            }
            Self::NotASlug { name, .. } => format!("`{name}` cannot be part of a web address"),
            Self::ReservedSlug { slug } => format!("the name `{slug}` is reserved"),
            Self::AllHoldsEvents => "the feed of all events holds no events of its own".to_owned(),
            Self::NestedFolder => "a feed holds event files, not folders".to_owned(),
            Self::MissingFile { .. } => "this file is missing".to_owned(),
            Self::FileIsGone => "this file is gone, but events name what stands in it".to_owned(),
            Self::TableIsGone { key } => {
                format!("`{key}` is gone from this file, but events name it")
            }
            Self::OpensSilently => {
                "this was not public, and no line says that it is public now".to_owned()
            }
            Self::NoFrontMatter => "the file does not begin with a line `+++`".to_owned(),
            Self::UnclosedFrontMatter => "the second line `+++` is missing".to_owned(),
            Self::Syntax { message } => format!("this is not TOML: {message}"),
            Self::UnknownKey { key, .. } => format!("unknown key `{key}`"),
            Self::MisplacedKey { key, table } => {
                format!("`{key}` stands below `[{table}]`, where it has no meaning")
            }
            Self::MissingKey { key, .. } => format!("the key `{key}` is missing"),
            Self::WrongType { key, expected, found } => {
                format!("`{key}` must be {expected}, but this is {found}")
            }
            Self::NotOneLine { key } => format!("`{key}` must be one line of text"),
            Self::UnknownChoice { key, value, .. } => format!("`{value}` is not a valid {key}"),
            Self::UnknownReference { key, value, .. } => format!("unknown {key} `{value}`"),
            Self::UnknownTimezone { name, .. } => format!("unknown time zone `{name}`"),
            Self::UnknownCurrency { code, .. } => format!("unknown currency `{code}`"),
            Self::UnknownCountry { code, .. } => format!("unknown country `{code}`"),
            Self::InvalidValue { key, value, expected } => {
                format!("`{value}` is not a valid {key}: it must be {expected}")
            }
            Self::UnsafeUrl { url } => format!("`{url}` is not a safe web address"),
            Self::WrongWeekday { written, date, actual } => {
                format!("{} is a {actual}, not a {written}", date.format("%Y-%m-%d"))
            }
            Self::EndNotAfterStart { start, end } => {
                format!("the end ({end}) does not lie after the start ({start})")
            }
            Self::TimeWithoutDate { key, .. } => format!("`{key}` needs its date"),
            Self::MixedTimes { key } => {
                format!("`{key}` and `start` must both be dates, or both be times")
            }
            Self::SkippedHour { local, .. } => format!(
                "{} does not exist in this time zone: clocks are put forward past it",
                written(*local)
            ),
            Self::RepeatedHour { local, .. } => format!(
                "{} happens twice in this time zone: clocks are put back that night",
                written(*local)
            ),
            Self::WrongOffset { written, actual } => format!(
                "the offset {written} is not that of {} at this moment ({})",
                actual.timezone(),
                actual.format("%:z")
            ),
            Self::DateOutOfRange { year } => format!("the year {year} is out of range"),
            Self::NotAWholeSecond => {
                "an event begins and ends on a whole second, 00 to 59".to_owned()
            }
            Self::Conflict { key, other } => format!("`{key}` and `{other}` contradict each other"),
            Self::Needs { key, other } => format!("`{key}` has no meaning without {other}"),
            Self::NoPlace => "the event has no place".to_owned(),
            Self::DoorsAfterStart => "the doors open after the start".to_owned(),
            Self::DuplicateSlug { slug, other } => {
                format!("the name `{slug}` is already taken by {other}")
            }
            Self::DuplicateUid { uid, other } => {
                format!("the uid `{uid}` is already taken by {other}")
            }
            Self::UnknownParent { slug, .. } => format!("there is no other event `{slug}`"),
            Self::DuplicateId { id } => format!("two sessions have the id `{id}`"),
            Self::InvalidRule { problem } => problem.to_string(),
            Self::TooManyDates { limit } => {
                format!("a series has at most {} dates", grouped(*limit))
            }
            Self::NoDates => "this series has no date".to_owned(),
            Self::StartNotInSeries { start, first } => {
                format!("the start ({start}) is no date of this series: its first date is {first}")
            }
            Self::NotInSeries { key, date, .. } => {
                format!("`{key}` names {date}, which is no date of this series")
            }
            Self::AlreadyInSeries { date } => {
                format!("`also` names {date}, which is a date of this series already")
            }
            Self::DateTwice { date } => format!("{date} is listed twice"),
            Self::AllExcluded => "no date of this series is left".to_owned(),
            Self::SeriesMeetsClockChange { date, is_skipped: true } => format!(
                "on {date} clocks are put forward past the start: this date is left out, and \
                 calendars get single entries instead of a rule"
            ),
            Self::SeriesMeetsClockChange { date, is_skipped: false } => format!(
                "on {date} clocks are changed during this event: calendars get single entries \
                 instead of a rule"
            ),
            Self::RuleIsNotPortable => {
                "not all calendars read this rule alike: they get single entries".to_owned()
            }
            Self::OutdatedZone { name, since, ours, actual } => format!(
                "this program's data of {name} is old: from {since} on it has {ours}, not {actual}"
            ),
            Self::NoSuchFile { name, .. } => format!("there is no file `{name}` in this folder"),
            Self::NotOfItsType { name, expected } => {
                format!("`{name}` is no {expected} file, whatever its name says")
            }
            Self::WrittenFileName { name, .. } => {
                format!("a file cannot be published under the name `{name}`")
            }
            Self::NotAFileName { .. } => "this file cannot be published under its name".to_owned(),
            Self::PictureWithoutWords => {
                "people who cannot see this picture do not learn what it shows".to_owned()
            }
            Self::UnusedFile => "no event of this folder names this file".to_owned(),
            Self::IgnoredFile => "this file is not read".to_owned(),
            Self::UpdatedBeforePublished => "`updated` lies before `published`".to_owned(),
            Self::DurationInDoubt { .. } => {
                "the event ends in the hour in which clocks are changed".to_owned()
            }
            Self::UnreachableContact => {
                "this contact has neither e-mail nor phone nor page".to_owned()
            }
            Self::RoomClash { other } => {
                format!("another event takes place in this room at this time: {other}")
            }
            Self::DeadlineAfterStart => "registration ends after the event has begun".to_owned(),
            Self::SessionOutsideEvent => "this session lies outside of the event".to_owned(),
            Self::LooksLikeHtml => "this looks like HTML".to_owned(),
            Self::DirectionControl { character } => format!(
                "the character U+{:04X} changes the direction in which text is read",
                u32::from(*character)
            ),
            Self::TooManyItems { key, count, limit } => format!(
                "`{key}` has {} entries, and at most {} are read",
                grouped(*count),
                grouped(*limit)
            ),
            Self::TextTooLong { count, limit } => format!(
                "this text has {} characters, and at most {} are read",
                grouped(*count),
                grouped(*limit)
            ),
            Self::TooMuchText { dates, len, .. } => format!(
                "calendars repeat the {} KiB of this event at each of its {} entries",
                grouped(len.div_ceil(1024)),
                grouped(*dates)
            ),
            Self::More { errors, warnings } => {
                format!("… and {} in this file", counted(errors + warnings, "more problem"))
            }
        }
    }

    /// Returns what to do about it; `None` if the title says all that there is to say.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one flat table")]
    pub(crate) fn help(&self) -> Option<String> {
        let help = match self {
            Self::TooLarge { .. } => {
                format!("an event file holds text only, at most {} KiB", MAX_FILE_LEN / 1024)
            }
            Self::InvalidUtf8 => "save it again with the encoding UTF-8".to_owned(),
            Self::ControlCharacter { .. } => {
                "delete it; it is invisible in most editors".to_owned()
            }
            Self::NotASlug { nearest, .. } => match nearest {
                Some(slug) => format!("rename it to `{slug}`"),
                None => "use small letters a-z, digits and single hyphens".to_owned(),
            },
            Self::ReservedSlug { .. } => "choose another name".to_owned(),
            Self::AllHoldsEvents => "move the event into another folder".to_owned(),
            Self::NestedFolder => {
                "move it one level up, or let its name begin with `_` to leave it out".to_owned()
            }
            Self::MissingFile { example } => format!("write it; it begins like this: {example}"),
            Self::FileIsGone => "put it back; until then its last good text holds".to_owned(),
            Self::TableIsGone { .. } => {
                "put it back, or write another one where it is named; until then its last good text holds"
                    .to_owned()
            }
            Self::OpensSilently => {
                "if it is meant to be public, write `visibility = \"public\"` (in \
                                    `feed.toml` below `[defaults]`)"
                    .to_owned()
            }
            Self::NoFrontMatter => {
                "put the keys between two lines `+++`, and the text below them".to_owned()
            }
            Self::UnclosedFrontMatter => {
                "write a line `+++` between the keys and the text".to_owned()
            }
            Self::Syntax { .. } => "texts are put in quotation marks; a date is written \
                                    `2018-12-10`, a time `2018-12-10T10:15:00`"
                .to_owned(),
            Self::UnknownKey { nearest, belongs_to, .. } => match (nearest, belongs_to) {
                // A key that is spelt right and belongs elsewhere is a better guess than one that is spelt alike.
                (_, Some(table)) => format!("write it below `[{table}]`"),
                (Some(nearest), None) => format!("did you mean `{nearest}`?"),
                (None, None) => return None,
            },
            Self::MisplacedKey { table, .. } => {
                format!("move it above all tables: above `[{table}]` or `[[{table}]]`")
            }
            Self::MissingKey { example, .. } => format!("write {example}"),
            Self::WrongType { expected, found, .. } => return wrong_type_help(expected, found),
            Self::NotOneLine { .. } => "write it in one line that is not empty".to_owned(),
            Self::UnknownChoice { value, choices, .. } => match nearest(value, choices) {
                Some(choice) => {
                    format!("did you mean `{choice}`? Possible: {}", choices.join(", "))
                }
                None => format!("possible: {}", choices.join(", ")),
            },
            Self::UnknownReference { nearest, file, .. } => match nearest {
                Some(nearest) => format!("did you mean `{nearest}`? The keys stand in {file}"),
                None => format!("add it to {file}"),
            },
            Self::UnknownTimezone { nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "write an IANA name such as `Europe/Berlin`".to_owned(),
            },
            Self::UnknownCurrency { nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "write a code of ISO 4217 such as `EUR`".to_owned(),
            },
            Self::UnknownCountry { nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "write a code of ISO 3166-1 such as `DE`".to_owned(),
            },
            Self::UnsafeUrl { .. } => {
                "write the whole address, beginning with https:// (in the text also mailto: or \
                 tel:), without a password"
                    .to_owned()
            }
            Self::WrongWeekday { .. } => "correct the date or the weekday".to_owned(),
            Self::EndNotAfterStart { .. } => "correct one of the two".to_owned(),
            Self::TimeWithoutDate { example, .. } => format!("write `{example}`"),
            Self::MixedTimes { .. } => {
                "whole days: `2018-12-10`; with a time: `2018-12-10T10:15:00`".to_owned()
            }
            Self::SkippedHour { later, earlier, .. } => {
                format!("write {} or {}", earlier.format(LOCAL), later.format(LOCAL))
            }
            Self::RepeatedHour { first, second, .. } => format!(
                "write {} for the first or {} for the second time",
                first.format(OFFSET),
                second.format(OFFSET)
            ),
            Self::WrongOffset { actual, .. } => {
                format!("at the instant that is written, the clock shows {}", actual.format(LOCAL))
            }
            Self::DateOutOfRange { .. } => "dates lie between 1970 and 2099".to_owned(),
            Self::Conflict { key, other } => format!("keep either `{key}` or `{other}`"),
            Self::NoPlace => {
                "write `venue = \"…\"`, a `[location]` with a `name` and a `city`, or `[online]`"
                    .to_owned()
            }
            Self::DuplicateSlug { .. } => "names are unique over all feeds: rename one".to_owned(),
            Self::UnknownParent { nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "write the file name of an event or series, without `.md`".to_owned(),
            },
            Self::DuplicateUid { .. } => "delete the `uid` line in the newer file".to_owned(),
            Self::InvalidRule { .. } => "a rule looks like `FREQ=WEEKLY;BYDAY=TU;COUNT=10`; in \
                                         words: `every = \"week\"` and `on = \"tuesday\"`"
                .to_owned(),
            Self::TooManyDates { .. } => {
                "write a smaller `count`, an earlier `until`, or neither for a series without end"
                    .to_owned()
            }
            Self::NoDates => "correct the rule, or its end".to_owned(),
            Self::StartNotInSeries { first, .. } => {
                format!("move `start` to {first}, or correct the rule")
            }
            Self::NotInSeries { near, .. } => match near.as_slice() {
                [] => return None,
                near => {
                    let near: Vec<String> = near.iter().map(ToString::to_string).collect();
                    format!("the nearest dates: {}", near.join(", "))
                }
            },
            Self::AllExcluded => {
                "delete an exception; a series that is called off has `status = \"cancelled\"`"
                    .to_owned()
            }
            Self::AlreadyInSeries { .. } | Self::DateTwice { .. } => "delete it".to_owned(),
            Self::SeriesMeetsClockChange { .. } => "nothing is wrong with the single entries; \
                                                    write `series = \"expand\"` to choose them, \
                                                    or choose another hour"
                .to_owned(),
            Self::RuleIsNotPortable => "write `series = \"expand\"`, or delete the line".to_owned(),
            Self::OutdatedZone { .. } => {
                "compare the published times with a clock in that place".to_owned()
            }
            Self::NoSuchFile { nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "put it beside the event file, or correct the name".to_owned(),
            },
            Self::NotOfItsType { .. } => {
                "save it again as a file of this type, in the program that made it".to_owned()
            }
            Self::WrittenFileName { nearest, .. } => {
                format!("call the file `{nearest}`, and write this name here")
            }
            Self::NotAFileName { nearest } => format!("call it `{nearest}`"),
            Self::PictureWithoutWords => {
                "write `image_alt = \"…\"`, a sentence that says what the picture shows".to_owned()
            }
            Self::UnusedFile => {
                "write `image = …` or `attachments = […]` in the event that it belongs to"
                    .to_owned()
            }
            Self::IgnoredFile => "an event file ends in `.md` and lies in the folder of a feed; \
                                  begin the name with `_` to leave a file out"
                .to_owned(),
            Self::DurationInDoubt { end } => {
                format!("write `end = {}` instead of `duration`", end.format(OFFSET))
            }
            Self::UnreachableContact => "add `email`, `phone` or `url`".to_owned(),
            Self::SessionOutsideEvent => "correct the session, or the event's `end`".to_owned(),
            Self::LooksLikeHtml => {
                "texts are Markdown; HTML is shown to the readers as it is written here".to_owned()
            }
            Self::DirectionControl { .. } => "delete it: it is invisible, and text from right to \
                                              left needs only its language, such as \
                                              `language = \"ar\"`"
                .to_owned(),
            Self::TooManyItems { .. } => "delete some, or divide the file into several".to_owned(),
            Self::TextTooLong { .. } => {
                "shorten it; what is longer goes below the second line `+++`".to_owned()
            }
            Self::TooMuchText { dates, limit, .. } => format!(
                "shorten the file to {} characters and link to the rest, or write fewer dates",
                grouped(limit / (*dates).max(1))
            ),
            Self::More { .. } => {
                "correct those that are shown, and then check the file again".to_owned()
            }
            Self::Unreadable { .. }
            | Self::UpdatedBeforePublished
            | Self::InvalidValue { .. }
            | Self::NotAWholeSecond
            | Self::Needs { .. }
            | Self::DoorsAfterStart
            | Self::DuplicateId { .. }
            | Self::RoomClash { .. }
            | Self::DeadlineAfterStart => return None,
        };
        Some(help)
    }
}

/// Returns a number with commas between its thousands.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let parts = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    parts.collect::<Vec<_>>().join(",")
}

/// Returns a number with its noun: "1 more problem", "2,000 more problems".
pub(super) fn counted(number: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(number), if number == 1 { "" } else { "s" })
}

fn written(local: NaiveDateTime) -> String {
    local.format(LOCAL).to_string()
}

fn wrong_type_help(expected: &str, found: &str) -> Option<String> {
    let help = match (expected, found) {
        ("a date or time", "text") => "write it without quotation marks: 2018-12-10T10:15:00",
        ("text", _) => "put it in quotation marks",
        ("true or false", "text") => "write it without quotation marks",
        ("a list", "a table") => "write its name in double brackets: [[…]]",
        _ => return None,
    };
    Some(help.to_owned())
}
