//! What a document leads to, for clients that read no further than its headers (RFC 8288).

use std::fmt::{self, Write};

use super::MediaType;

/// A target, how it relates to the document, and what it is.
pub struct Link {
    /// An absolute URL.
    pub target: String,
    /// A relation of the registry: `alternate`, `canonical`.
    pub relation: &'static str,
    pub media_type: Option<MediaType>,
}

impl Link {
    pub fn new(target: String, relation: &'static str) -> Self {
        Self { target, relation, media_type: None }
    }

    /// The same content in another form.
    pub fn alternate(target: String, media_type: MediaType) -> Self {
        Self { target, relation: "alternate", media_type: Some(media_type) }
    }
}

/// The value of the header; empty without links.
pub fn header(links: &[Link]) -> String {
    let mut value = String::new();
    for link in links {
        let separator = if value.is_empty() { "" } else { ", " };
        let _ = write!(value, "{separator}{link}");
    }
    value
}

/// `<https://example.org/>; rel="canonical"`: URLs of ours and of authors hold no white space, brackets
/// or letters beyond ASCII.
impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>; rel=\"{}\"", self.target, self.relation)?;
        self.media_type.map_or(Ok(()), |one| write!(f, "; type=\"{}\"", one.essence()))
    }
}
