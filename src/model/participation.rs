//! The conditions of taking part: who may, at what price, and how to register.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::stored::stored_as_text;
use super::{EmailAddress, Line, TimePoint, WebUrl};

/// The conditions of taking part; what is not known is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Participation {
    /// The price.
    pub price: Option<Price>,
    /// The condition that participants must meet.
    pub requires: Option<Line>,
    /// A recommendation to participants.
    pub recommends: Option<Line>,
    /// The audience for whom the event is made.
    pub audience: Option<Line>,
    /// The number of places.
    pub capacity: Option<u32>,
    /// The registration.
    pub registration: Registration,
}

/// The price of taking part.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Price {
    /// It is free of charge.
    Free,
    /// It has a price, which is not known.
    Unknown,
    /// It has this price.
    Amount {
        /// The hundredths of the currency's unit, above zero.
        cents: u32,
        /// The currency.
        currency: Currency,
    },
}

impl Price {
    /// Returns the amount with two decimals and a point (`49.90`), or `0`; `None` if it is not
    /// known.
    #[must_use]
    pub(crate) fn decimal(&self) -> Option<String> {
        match self {
            Self::Free => Some("0".to_owned()),
            Self::Unknown => None,
            // schema.org's `price` wants a point as the decimal mark, whatever the language.
            Self::Amount { cents, .. } => Some(format!("{}.{:02}", cents / 100, cents % 100)),
        }
    }
}

/// A currency code: three capital letters (ISO 4217).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Currency(String);

impl Currency {
    /// Makes a currency of `code`, unchanged; returns `None` if it is not three capital letters.
    #[must_use]
    pub(crate) fn new(code: &str) -> Option<Self> {
        let is_code = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        is_code.then(|| Self(code.to_owned()))
    }

    /// Returns the code.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The way to register, and the time in which it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Registration {
    /// The address of the form.
    pub url: Option<WebUrl>,
    /// The e-mail address to write to.
    pub email: Option<EmailAddress>,
    /// The time at which registration opens.
    pub opens: Option<TimePoint>,
    /// The time at which registration closes; a date counts until its midnight.
    pub deadline: Option<TimePoint>,
}

stored_as_text!(Currency, "currency", Currency::new);
