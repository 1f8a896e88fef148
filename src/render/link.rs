//! The `Link` header (RFC 8288 §3), for clients that read no further than the headers of a document.

use std::fmt::{self, Write};

use super::MediaType;

/// A link from a document to another one.
pub(crate) struct Link {
    /// An absolute URL.
    pub target: String,
    /// A relation type of IANA's registry: `alternate`, `canonical`.
    pub relation: &'static str,
    /// The media type of the target, if the link names it.
    pub media_type: Option<MediaType>,
}

impl Link {
    pub(crate) fn new(target: String, relation: &'static str) -> Self {
        Self { target, relation, media_type: None }
    }

    /// Returns a link to the content of the document in another format.
    pub(crate) fn alternate(target: String, media_type: MediaType) -> Self {
        Self { target, relation: "alternate", media_type: Some(media_type) }
    }
}

/// Returns the value of the header; empty if there are no links.
pub(crate) fn header(links: &[Link]) -> String {
    let mut value = String::new();
    for link in links {
        let separator = if value.is_empty() { "" } else { ", " };
        let _ = write!(value, "{separator}{link}");
    }
    value
}

/// Writes one link: `<https://example.org/>; rel="canonical"`.
// Nothing is escaped: the URLs of this program have no white space, angle brackets or letters beyond ASCII, and in the
// URLs of authors they are percent-encoded.
impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>; rel=\"{}\"", self.target, self.relation)?;
        self.media_type.map_or(Ok(()), |one| write!(f, "; type=\"{}\"", one.essence()))
    }
}
