//! The mistakes that an author can make, as values; their sentences are in `messages`.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime};

use crate::model::{Slug, Uid, ZonedTime};
use crate::recurrence::RuleProblem;

/// The consequence of a problem for its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Severity {
    /// The file is held back at its last good content.
    Error,
    /// The file is published all the same.
    Warning,
}

/// One mistake with the values that its sentence needs.
#[expect(missing_docs, reason = "the sentence of each variant says it: see `Problem::title`")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Unreadable {
        reason: String,
    },
    TooLarge {
        limit: usize,
    },
    InvalidUtf8,
    ControlCharacter {
        character: char,
    },
    NotASlug {
        name: String,
        nearest: Option<Slug>,
    },
    ReservedSlug {
        slug: Slug,
    },
    AllHoldsEvents,
    NestedFolder,
    MissingFile {
        example: &'static str,
    },
    FileIsGone,
    TableIsGone {
        key: String,
    },
    OpensSilently,
    NoFrontMatter,
    UnclosedFrontMatter,
    Syntax {
        message: String,
    },
    UnknownKey {
        key: String,
        nearest: Option<String>,
        belongs_to: Option<String>,
    },
    MisplacedKey {
        key: String,
        table: String,
    },
    MissingKey {
        key: &'static str,
        example: &'static str,
    },
    WrongType {
        key: String,
        expected: &'static str,
        found: &'static str,
    },
    NotOneLine {
        key: &'static str,
    },
    UnknownChoice {
        key: &'static str,
        value: String,
        choices: &'static [&'static str],
    },
    UnknownReference {
        key: &'static str,
        value: String,
        file: &'static str,
        nearest: Option<String>,
    },
    UnknownTimezone {
        name: String,
        nearest: Option<String>,
    },
    UnknownCurrency {
        code: String,
        nearest: Option<String>,
    },
    UnknownCountry {
        code: String,
        nearest: Option<String>,
    },
    InvalidValue {
        key: &'static str,
        value: String,
        expected: &'static str,
    },
    UnsafeUrl {
        url: String,
    },
    WrongWeekday {
        written: String,
        date: NaiveDate,
        actual: &'static str,
    },
    EndNotAfterStart {
        start: String,
        end: String,
    },
    TimeWithoutDate {
        key: &'static str,
        example: String,
    },
    MixedTimes {
        key: &'static str,
    },
    SkippedHour {
        local: NaiveDateTime,
        later: ZonedTime,
        earlier: ZonedTime,
    },
    RepeatedHour {
        local: NaiveDateTime,
        first: ZonedTime,
        second: ZonedTime,
    },
    WrongOffset {
        written: FixedOffset,
        actual: ZonedTime,
    },
    DateOutOfRange {
        year: i32,
    },
    NotAWholeSecond,
    Conflict {
        key: &'static str,
        other: &'static str,
    },
    Needs {
        key: &'static str,
        other: &'static str,
    },
    NoPlace,
    DoorsAfterStart,
    DuplicateSlug {
        slug: Slug,
        other: String,
    },
    DuplicateUid {
        uid: Uid,
        other: String,
    },
    UnknownParent {
        slug: Slug,
        nearest: Option<String>,
    },
    DuplicateId {
        id: Slug,
    },
    InvalidRule {
        problem: RuleProblem,
    },
    TooManyDates {
        limit: usize,
    },
    NoDates,
    StartNotInSeries {
        start: NaiveDate,
        first: NaiveDate,
    },
    NotInSeries {
        key: &'static str,
        date: NaiveDate,
        near: Vec<NaiveDate>,
    },
    AlreadyInSeries {
        date: NaiveDate,
    },
    DateTwice {
        date: NaiveDate,
    },
    AllExcluded,
    SeriesMeetsClockChange {
        date: NaiveDate,
        is_skipped: bool,
    },
    RuleIsNotPortable,
    OutdatedZone {
        name: &'static str,
        since: NaiveDate,
        ours: &'static str,
        actual: &'static str,
    },
    NoSuchFile {
        name: String,
        nearest: Option<String>,
    },
    NotOfItsType {
        name: String,
        expected: &'static str,
    },
    WrittenFileName {
        name: String,
        nearest: String,
    },
    NotAFileName {
        nearest: String,
    },
    PictureWithoutWords,
    UnusedFile,
    IgnoredFile,
    UpdatedBeforePublished,
    DurationInDoubt {
        end: ZonedTime,
    },
    UnreachableContact,
    RoomClash {
        other: String,
    },
    DeadlineAfterStart,
    SessionOutsideEvent,
    LooksLikeHtml,
    DirectionControl {
        character: char,
    },
    TooManyItems {
        key: String,
        count: usize,
        limit: usize,
    },
    TextTooLong {
        count: usize,
        limit: usize,
    },
    TooMuchText {
        dates: usize,
        len: usize,
        limit: usize,
    },
    More {
        errors: usize,
        warnings: usize,
    },
}

impl Problem {
    /// Returns whether the problem is an error or a warning.
    #[must_use]
    pub(crate) fn severity(&self) -> Severity {
        match self {
            Self::SeriesMeetsClockChange { .. }
            | Self::RuleIsNotPortable
            | Self::OutdatedZone { .. }
            | Self::NotAFileName { .. }
            | Self::PictureWithoutWords
            | Self::UnusedFile
            | Self::IgnoredFile
            | Self::UnreachableContact
            | Self::RoomClash { .. }
            | Self::DeadlineAfterStart
            | Self::SessionOutsideEvent
            | Self::LooksLikeHtml
            | Self::More { errors: 0, .. } => Severity::Warning,
            // A new problem is an error until somebody puts it among the warnings.
            _ => Severity::Error,
        }
    }

    /// Returns the number of problems of a severity that it stands for.
    #[must_use]
    pub(crate) fn count(&self, severity: Severity) -> usize {
        match (self, severity) {
            (Self::More { errors, .. }, Severity::Error) => *errors,
            (Self::More { warnings, .. }, Severity::Warning) => *warnings,
            _ => usize::from(self.severity() == severity),
        }
    }
}
