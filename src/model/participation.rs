//! Who may take part, what it costs and how to register.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::stored::stored_as_text;
use super::{EmailAddress, Line, TimePoint, WebUrl};

/// The conditions of taking part; everything that is not known is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Participation {
    /// What it costs.
    pub price: Option<Price>,
    /// A condition that must be met.
    pub requires: Option<Line>,
    /// An advice.
    pub recommends: Option<Line>,
    /// For whom the event is made.
    pub audience: Option<Line>,
    /// Number of places.
    pub capacity: Option<u32>,
    /// How to register.
    pub registration: Registration,
}

/// What taking part costs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Price {
    /// Nothing.
    Free,
    /// Something; how much is not known.
    Unknown,
    /// An amount in hundredths of the currency's unit.
    Amount {
        /// Hundredths, above zero.
        cents: u32,
        /// The currency.
        currency: Currency,
    },
}

impl Price {
    /// The amount with two decimals and a point (`49.90`), or `0`; `None` where it is not known.
    #[must_use]
    pub fn decimal(&self) -> Option<String> {
        match self {
            Self::Free => Some("0".to_owned()),
            Self::Unknown => None,
            Self::Amount { cents, .. } => Some(format!("{}.{:02}", cents / 100, cents % 100)),
        }
    }
}

/// A currency: three capital letters (ISO 4217).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Currency(String);

impl Currency {
    /// Takes `code` as it is; `None` where it is not three capital letters.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        let is_code = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        is_code.then(|| Self(code.to_owned()))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How and until when to register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Registration {
    /// The form.
    pub url: Option<WebUrl>,
    /// The address to write to.
    pub email: Option<EmailAddress>,
    /// When registration begins.
    pub opens: Option<TimePoint>,
    /// When registration ends; a date counts until its midnight.
    pub deadline: Option<TimePoint>,
}

stored_as_text!(Currency, "currency", Currency::new);
