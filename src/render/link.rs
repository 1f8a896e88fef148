//! What a document leads to, for clients that read no further than its headers (RFC 8288).

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

/// The value of the header; `None` without links.
pub fn header(links: &[Link]) -> Option<String> {
    let links: Vec<String> = links.iter().map(value).collect();
    (!links.is_empty()).then(|| links.join(", "))
}

/// URLs of ours and of authors hold no white space, brackets or letters beyond ASCII.
fn value(link: &Link) -> String {
    let media_type = link.media_type.map(|one| format!("; type=\"{}\"", one.essence()));
    format!("<{}>; rel=\"{}\"{}", link.target, link.relation, media_type.unwrap_or_default())
}
