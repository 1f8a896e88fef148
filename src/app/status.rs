//! What is held back on a site, since when, and why: one value for the log, `aushang check` and `aushang show --held`.

use std::collections::BTreeMap;
use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};

use super::last_good::HeldSince;
use super::removals::Missing;
use crate::source::{Loaded, Standing};

/// The items of a site that are not published as their files say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteStatus {
    /// The items, by the place of their file.
    pub items: Vec<HeldItem>,
}

/// An item that is not published as its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldItem {
    /// The place of its file, below the folder of all definitions.
    pub place: String,
    /// The instant since which it is so.
    pub since: DateTime<Utc>,
    /// What is published instead.
    pub instead: Instead,
    /// Why, in one sentence.
    pub reason: String,
}

/// What is published instead of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Its last good state.
    LastGood,
    /// What the record knows of it, which is everything but its text.
    Recorded,
    /// Nothing, since it never had a good state.
    Nothing,
    /// Nothing, since it says that it is not public.
    Withdrawn,
}

impl SiteStatus {
    /// Puts the status together; `since` are the instants at which items were held back first.
    pub(super) fn of(
        loaded: &Loaded,
        missing: &Missing,
        is_published: impl Fn(&str) -> bool,
        since: &HeldSince,
        now: DateTime<Utc>,
    ) -> Self {
        let held = loaded.held.iter().map(|(place, held)| {
            let instead = match held.standing {
                Standing::LastGood => Instead::LastGood,
                Standing::LeftOut if is_published(place) => Instead::Recorded,
                Standing::LeftOut => Instead::Nothing,
                Standing::Withdrawn => Instead::Withdrawn,
            };
            (place, instead, held.reason.clone())
        });
        let gone = missing.places.iter().map(|(uid, place)| {
            let has_text = loaded.good.files().has(place);
            let instead = if has_text { Instead::LastGood } else { Instead::Recorded };
            let reason = if missing.many.contains(uid) {
                "the file is gone with many others: put them back, or run `aushang record --accept-removals`"
            } else {
                "the file is gone"
            };
            (place, instead, reason.to_owned())
        });
        let items: BTreeMap<&String, HeldItem> = gone
            .chain(held)
            .map(|(place, instead, reason)| {
                let since = since.get(place).copied().unwrap_or(now);
                (place, HeldItem { place: place.clone(), since, instead, reason })
            })
            .collect();
        Self { items: items.into_values().collect() }
    }

    /// Returns the instants since which items are held back.
    pub(super) fn since(&self) -> HeldSince {
        self.items.iter().map(|item| (item.place.clone(), item.since)).collect()
    }

    /// Returns whether everything is published as its file says.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl fmt::Display for HeldItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let since = self.since.to_rfc3339_opts(SecondsFormat::Secs, true);
        let instead = match self.instead {
            Instead::LastGood => "its last good state is published",
            Instead::Recorded => "what the record knows of it is published, without its text",
            Instead::Nothing => "it is left out",
            Instead::Withdrawn => "it is withdrawn",
        };
        write!(f, "{}: held back since {since}: {}; {instead}", self.place, self.reason)
    }
}
