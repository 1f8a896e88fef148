//! Who holds an event and who answers questions about it.

use super::{EmailAddress, Line, WebUrl};

/// The organization that holds an event, or that publishes the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Organizer {
    /// Its name.
    pub name: Line,
    /// Its web page.
    pub url: Option<WebUrl>,
    /// Its e-mail address.
    pub email: Option<EmailAddress>,
    /// Its telephone number.
    pub phone: Option<Line>,
}

/// A person or office that answers questions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Contact {
    /// Name.
    pub name: Line,
    /// What the person does ("Anmeldung").
    pub role: Option<Line>,
    /// Web page.
    pub url: Option<WebUrl>,
    /// E-mail address.
    pub email: Option<EmailAddress>,
    /// Telephone number.
    pub phone: Option<Line>,
    /// Returns whether this contact may stand in public documents.
    pub is_public: bool,
}

impl Contact {
    /// Returns whether a reader has a way to get in touch.
    #[must_use]
    pub fn is_reachable(&self) -> bool {
        self.url.is_some() || self.email.is_some() || self.phone.is_some()
    }
}
