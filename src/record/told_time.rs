//! A time as a line of the record holds it.

use chrono::{DateTime, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::model::EventTime;

/// A time as the record writes it: RFC 3339, or dates of which the last is inclusive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldTime {
    pub start: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
    pub timezone: String,
}

impl ToldTime {
    pub fn of(time: &EventTime) -> Self {
        let (start, end) = match time {
            EventTime::Days(days) => (days.first().to_string(), Some(days.last().to_string())),
            EventTime::Timed(span) => {
                (span.start().to_rfc3339(), span.end().map(|end| end.to_rfc3339()))
            }
        };
        Self { start, end, timezone: time.zone().name().to_owned() }
    }

    /// `None` where the text was changed by hand into none.
    pub fn read(&self) -> Option<EventTime> {
        let zone: Tz = self.timezone.parse().ok()?;
        let moment =
            |text: &String| Some(DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&zone));
        match (self.start.parse::<NaiveDate>(), &self.end) {
            (Ok(first), Some(last)) => EventTime::days(first, last.parse().ok()?, zone),
            (Ok(_), None) => None,
            (Err(_), Some(end)) => EventTime::timed(moment(&self.start)?, Some(moment(end)?)),
            (Err(_), None) => EventTime::timed(moment(&self.start)?, None),
        }
    }
}
