//! The site's id: written once by the program, then kept for ever.

use std::fs;
use std::path::Path;

use toml::de::DeTable;
use uuid::Uuid;

use crate::error::Error;

/// Writes `id` into `site.toml` where that file is there, is TOML, and has none; says whether it
/// did. Any other mistake is left to [`load`](super::load).
///
/// # Errors
/// [`Error::Write`] where the file cannot be written.
pub fn ensure_site_id(root: &Path, id: Uuid) -> Result<bool, Error> {
    let path = root.join("site.toml");
    let Ok(text) = fs::read_to_string(&path) else { return Ok(false) };
    let is_without_id =
        DeTable::parse(&text).is_ok_and(|table| !table.get_ref().contains_key("id"));
    if is_without_id {
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let text = format!("id = \"{id}\"\n{text}");
        fs::write(&path, text).map_err(|source| Error::Write { path, source })?;
    }
    Ok(is_without_id)
}
