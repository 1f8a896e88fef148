//! The organizer of an event, and the contact who answers questions about it.

use super::{EmailAddress, Line, WebUrl};

/// An organization that holds an event, or that publishes the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Organizer {
    /// The name.
    pub name: Line,
    /// The web page.
    pub url: Option<WebUrl>,
    /// The e-mail address.
    pub email: Option<EmailAddress>,
    /// The telephone number.
    pub phone: Option<Line>,
}

/// A person or an office that answers questions about an event.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contact {
    /// The name.
    pub name: Line,
    /// The task of the contact, such as "Anmeldung".
    pub role: Option<Line>,
    /// The web page.
    pub url: Option<WebUrl>,
    /// The e-mail address.
    pub email: Option<EmailAddress>,
    /// The telephone number.
    pub phone: Option<Line>,
    /// Whether public documents may name this contact; the default of a definition is that they may
    /// not.
    pub is_public: bool,
}

impl Contact {
    /// Returns whether readers are given a way to get in touch.
    #[must_use]
    pub(crate) fn is_reachable(&self) -> bool {
        self.url.is_some() || self.email.is_some() || self.phone.is_some()
    }
}
