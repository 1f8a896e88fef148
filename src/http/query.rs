//! A query as a list of parameters: what stands behind the question mark, split and decoded.
//!
//! `form_urlencoded` alone would take everything: it puts U+FFFD in the place of what is not UTF-8, and a filter for that
//! is an empty feed, of which nobody learns why.

use url::form_urlencoded;

use crate::model::is_forbidden;

/// The longest query, in bytes: it bounds the work of a request that nobody has asked before.
const MAX_LEN: usize = 2_000;

/// A parameter with its value.
pub(super) struct Parameter<'a> {
    pub(super) name: String,
    /// The decoded value; where a percent sign begins no escape, it stands for itself, as in browsers.
    pub(super) value: String,
    written: &'a str,
}

impl Parameter<'_> {
    /// Returns whether each percent sign begins an escape (RFC 3986 §2.1).
    pub(super) fn is_well_escaped(&self) -> bool {
        let mut escapes = self.written.split('%').skip(1);
        escapes.all(|rest| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2)
    }
}

/// Splits a query into its parameters.
///
/// # Errors
/// A message to whoever wrote the query: it is too long, or is no text.
pub(super) fn parameters(query: &str) -> Result<Vec<Parameter<'_>>, String> {
    if query.len() > MAX_LEN {
        return Err(format!("the query is longer than {MAX_LEN} bytes: ask for less"));
    }
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts.map(parameter).collect()
}

fn parameter(written: &str) -> Result<Parameter<'_>, String> {
    let mut decoded = form_urlencoded::parse(written.as_bytes());
    let (name, value) = decoded.next().unwrap_or_default();
    for c in name.chars().chain(value.chars()) {
        if c == char::REPLACEMENT_CHARACTER {
            return Err("the query is not UTF-8: write `ü` as %C3%BC, for example".to_owned());
        }
        if is_forbidden(c) {
            let code = u32::from(c);
            return Err(format!(
                "the query holds the control character U+{code:04X}: leave it out"
            ));
        }
    }
    Ok(Parameter { name: name.into_owned(), value: value.into_owned(), written })
}
