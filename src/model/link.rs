//! Addresses that published documents may hold: web URLs and e-mail addresses.
//!
//! They are checked here and not in the templates: neither minijinja nor askama keeps `javascript:`
//! out of a link.

use std::fmt;
use std::sync::Arc;

use url::Url;

use serde::{Deserialize, Serialize};

use super::stored::stored_as_text;
use super::{Line, is_forbidden};

/// An absolute `http` or `https` URL without credentials, in the form of the URL standard; cheap to
/// clone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WebUrl(Arc<Url>);

impl WebUrl {
    /// Reads `text`; returns `None` if it is relative, has another scheme, or holds credentials,
    /// white space or control characters.
    #[must_use]
    pub(crate) fn new(text: &str) -> Option<Self> {
        // The URL standard drops tabs and line feeds silently; in a header or a content line they
        // would begin another one.
        let is_plain = !text.chars().any(|c| is_forbidden(c) || c.is_whitespace());
        let url = Url::parse(text).ok().filter(|_| is_plain)?;
        // Documents are public: a password in a link would be published.
        let has_credentials = !url.username().is_empty() || url.password().is_some();
        let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
        (is_web && !has_credentials).then(|| Self(Arc::new(url)))
    }

    /// Returns the URL, percent-encoded.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the URL with its parts.
    #[must_use]
    pub(crate) fn as_url(&self) -> &Url {
        &self.0
    }
}

impl fmt::Display for WebUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An e-mail address (RFC 5321 §4.1.2, without quoted local parts).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Makes an address of `text`, unchanged; returns `None` if it is not a single plain address.
    #[must_use]
    pub(crate) fn new(text: &str) -> Option<Self> {
        // A list or a name with angle brackets would be several recipients in a `mailto:` link.
        let (local, domain) = text.rsplit_once('@')?;
        let is_local = !local.is_empty()
            && local.chars().all(|c| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c));
        // A host without a point is known on its own network alone.
        let is_domain = domain.contains('.')
            && domain.split('.').all(|label| {
                !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            });
        (is_local && is_domain).then(|| Self(text.to_owned()))
    }

    /// Returns the address.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A link and its label.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The label that readers see.
    pub label: Line,
    /// The target.
    pub url: WebUrl,
}

stored_as_text!(WebUrl, "web address", WebUrl::new);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_web_url_is_absolute_and_safe() {
        assert!(WebUrl::new("https://example.org/straße?q=ä").is_some());
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//example.org",
            "example.org",
            "https://user:pass@example.org",
            "https://example.org/a b",
            "https://example.org/\r\nX: y",
        ] {
            assert!(WebUrl::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn an_e_mail_address_is_one_plain_address() {
        assert!(EmailAddress::new("info@example.org").is_some());
        for bad in ["info", "a@b", "a b@example.org", "a@example.org, b@example.org", "<a@b.c>"] {
            assert!(EmailAddress::new(bad).is_none(), "{bad}");
        }
    }
}
